"""The PLOVER tables agree with the manual and with each other."""

import pytest

from comity.errors import TableError
from comity.knowledge import plover
from comity.knowledge.states import rows_of


def test_there_are_sixteen_event_types_and_thirty_seven_contexts() -> None:
    assert len(plover.events()) == 16
    assert len({c for cs in plover.context_words().values() for c in cs}) == 37


def test_cooperation_scores_above_conflict() -> None:
    for event in plover.events().values():
        assert (event.score > 0) == (event.side == "cooperation") or event.name == "REQUEST"


@pytest.mark.parametrize(
    ("event", "mode", "value"),
    [
        ("ACCUSE", None, -3.0),
        ("ACCUSE", "investigate", -3.5),
        ("RETREAT", "disarm", 10.0),
        ("PROTEST", "vandalize", -5.0),
    ],
)
def test_an_intensity_names_its_scale_and_falls_back_on_the_type(event: str, mode: str | None, value: float) -> None:
    scale = plover.scale(event, mode)
    assert (scale.name, scale.version, scale.value) == ("plover", "2.0", value)


def test_every_trigger_uses_known_types_modes_and_codes() -> None:
    for group in plover.triggers().values():
        for trigger in group:
            assert trigger.event in plover.events(), trigger
            assert trigger.mode is None or trigger.mode in plover.modes()[trigger.event], trigger
            assert trigger.cameo in plover.cameo(), trigger


def test_every_cameo_code_maps_to_a_type_and_mode_of_the_manual() -> None:
    contexts = {c for cs in plover.context_words().values() for c in cs}
    for code in plover.cameo().values():
        assert code.event in plover.events(), code
        assert code.mode is None or code.mode in plover.modes()[code.event], code
        assert set(code.contexts) <= contexts, code


def test_cameo_codes_keep_their_leading_zero() -> None:
    assert plover.cameo()["030"].code == "030"
    assert "30" not in plover.cameo()


def test_planned_and_refused_acts_have_codes_that_exist() -> None:
    for event in plover.events().values():
        assert {event.cameo, event.cameo_planned, event.cameo_refused} <= set(plover.cameo())


def test_more_particular_triggers_come_first() -> None:
    for group in plover.triggers().values():
        weights = [t.weight for t in group]
        assert weights == sorted(weights, reverse=True)


ROW = {"lemma": "condemn", "pos": "VERB", "event": "ACCUSE", "mode": "disapprove", "cameo": "111", "frame": "direct"}


@pytest.mark.parametrize(
    ("cell", "written", "said"),
    [
        ("event", "ACUSE", r"'ACUSE' is not in plover_events\.csv"),
        ("mode", "blame", r"'blame' is not in plover_modes\.csv for ACCUSE"),
        ("cameo", "1111", r"'1111' is not in cameo\.csv"),
        ("cameo", "", r"'' is not in cameo\.csv"),
        ("frame", "mutal", r"'mutal' is not in en/role_frames\.csv"),
        ("pos", "verb", r"'verb' is none of VERB, NOUN, ADJ"),
        ("lemma", "lash out", r"put its particle in `preposition`"),
    ],
)
def test_a_trigger_with_a_cell_that_means_nothing_is_refused_with_its_line(cell: str, written: str, said: str) -> None:
    plover.check_row(ROW, "line 7")
    with pytest.raises(TableError, match=f"^line 7: .*{said}"):
        plover.check_row(ROW | {cell: written}, "line 7")


@pytest.mark.parametrize("row", ["condemn,VERB", "condemn,VERB,against,", "condemn,the raid,VERB,against"])
def test_a_row_with_too_few_or_too_many_cells_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(TableError, match=r"^words\.csv:3: has \d cells, but the table has 3 columns"):
        rows_of(f"lemma,pos,preposition\nabduct,VERB,\n{row}\n", "words.csv")
