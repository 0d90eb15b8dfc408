"""How far an instrument has come: each row of the tables holds for its example and not for its counter-example."""

import pytest

from comity.coding.instruments import find_instruments
from comity.coding.stages import act_on, besides, rank
from comity.document.document import Document
from comity.knowledge.states import rows
from comity.mentions.reader import read_article

IDIOMS = [r for r in rows("en/constructions.csv") if r["use"] == "stage"]
MODIFIERS = rows("en/stage_modifiers.csv")


def stages(text: str) -> set[str | None]:
    """The stages of the acts on any instrument of a report, null for one on which no act is reported."""
    article = read_article(Document(id="t", text=text, published="2019-09-02"))
    acts = [act_on(article, s, i) for s in article.sentences for i in find_instruments(s)]
    return {a.stage if a else None for a in acts}


def further(text: str) -> list[str | None]:
    article = read_article(Document(id="t", text=text, published="2019-09-02"))
    found = [(s, i, act_on(article, s, i)) for s in article.sentences for i in find_instruments(s)]
    return [b.stage for s, i, act in found for b in besides(s, i, act)]


@pytest.mark.parametrize("row", IDIOMS, ids=lambda r: r["name"])
def test_a_verb_with_a_word_beside_it_has_its_own_stage(row: dict[str, str]) -> None:
    stage = None if row["yields"] == "none" else row["yields"]
    assert stage in stages(row["example"])
    assert stage not in stages(row["counter_example"])


@pytest.mark.parametrize("row", MODIFIERS, ids=lambda r: r["word"])
def test_a_modifier_says_how_far_an_instrument_is_of_which_no_act_is_reported(row: dict[str, str]) -> None:
    assert row["yields"] in stages(row["example"])
    assert row["yields"] not in stages(row["counter_example"])


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Kenya and Uganda met under the transit treaty.", "in force"),
        ("Kenya and Uganda acted in line with the transit treaty.", "in force"),
        ("Kenya and Uganda are committed to the transit treaty.", "in force"),
        ("Kenya and Uganda met under a transit treaty signed in May 2018.", "signed"),
        ("The transit treaty between Kenya and Uganda, signed in May 2018, helps.", "signed"),
        ("The transit treaty, which Kenya and Uganda signed in May, helps.", "signed"),
        ("Kenya submitted the transit treaty with Uganda to parliament for ratification.", "planned"),
        ("Kenya's parliament gave its consent to ratification of the transit treaty with Uganda.", "planned"),
        ("Kenya and Uganda failed to agree on a transit deal and will meet again.", "planned"),
        ("Kenya and Uganda did not sign the transit treaty.", None),
        ("The transit treaty of Kenya and Uganda ended.", "terminated"),
        ("The transit treaty of Kenya and Uganda ended all tolls.", None),
        ("The transit treaty of Kenya and Uganda enters into force in May 2020.", "planned"),
        ("Kenya, Uganda to sign transit treaty", "planned"),
    ],
)
def test_tense_and_order_tell_how_far_an_instrument_is(text: str, stage: str | None) -> None:
    assert stages(text) == {stage}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("The salt treaty was signed by Kenya and Uganda and entered into force in July.", ["in force"]),
        ("Kenya and Uganda signed a tea protocol and ratified the salt treaty.", []),
        ("The salt treaty was signed by Kenya and Uganda and will enter into force in July.", []),
    ],
)
def test_a_second_verb_is_a_further_act_where_it_has_no_object_of_its_own(text: str, more: list[str]) -> None:
    assert further(text) == more


def test_an_instrument_comes_into_force_after_its_signature_and_before_its_end() -> None:
    assert rank(None) < rank("planned") < rank("signed") < rank("in force") < rank("terminated")
