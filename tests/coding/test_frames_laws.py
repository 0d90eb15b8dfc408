"""Who stands on which side of a frame follows from how likely each is, and from nothing else."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.frames import KINDS, MEASURES, STAGES, STATUS, TYPES, Frame, Frames, find_frames, parties
from comity.coding.windows import stage_of
from comity.document.document import Document
from comity.knowledge import plover
from comity.mentions.reader import read_article

CODES = ("PER", "CHL", "BOL", "NOR")
SHARE = st.floats(0, 1)
SHARES = st.fixed_dictionaries(dict.fromkeys(CODES, SHARE))
BARE = Frame("event", 0, 1, 0.9, {"AID": 0.7, "AGREE": 0.3}, {"occurred": 0.6, "planned": 0.4}, {}, {})
TEXT = (
    "Kenya and Ethiopia signed a border pact in Nairobi on Monday. Somalia denounced it and recalled its envoy. "
    "Kenya lent Ethiopia 20 million dollars, and its president will fly to Mogadishu in June."
)


def frame(first: dict[str, float], second: dict[str, float]) -> Frame:
    return replace(BARE, first=first, second=second)


@settings(deadline=None, max_examples=30)
@given(SHARES, SHARES, SHARE, SHARE)
def test_nobody_stands_on_both_sides(first: dict[str, float], second: dict[str, float], a: float, b: float) -> None:
    one, other = parties(frame(first, second), CODES, max(a, b), min(a, b))
    assert not one & other
    assert one | other <= set(CODES)


@settings(deadline=None, max_examples=30)
@given(SHARES, SHARES, SHARE, SHARE)
def test_whoever_is_likely_enough_takes_part(
    first: dict[str, float], second: dict[str, float], a: float, b: float
) -> None:
    least, weak = max(a, b), min(a, b)
    one, other = parties(frame(first, second), CODES, least, weak)
    assert {c for c in CODES if max(first[c], second[c]) >= least} <= one | other
    assert all(max(first[c], second[c]) >= weak for c in one | other)


@settings(deadline=None, max_examples=30)
@given(SHARES, SHARES, SHARE, SHARE)
def test_turned_round_the_sides_are_turned_round(
    first: dict[str, float], second: dict[str, float], a: float, b: float
) -> None:
    least, weak = max(a, b), min(a, b)
    told = [*first.values(), *second.values()]
    if len(set(told)) == len(told):  # where two are as likely, the order decides
        one, other = parties(frame(first, second), CODES, least, weak)
        assert parties(frame(second, first), CODES, least, weak) == (other, one)
        assert parties(frame(first, second), CODES[::-1], least, weak) == (one, other)


@settings(deadline=None, max_examples=30)
@given(SHARES, SHARES)
def test_of_whom_nothing_is_likely_enough_nobody_takes_part(first: dict[str, float], second: dict[str, float]) -> None:
    assert parties(frame(first, second), CODES, 1.1, 1.1) == (frozenset(), frozenset())


def test_two_surely_on_one_side_need_nobody_on_the_other() -> None:
    joint = frame({"PER": 0.9, "CHL": 0.8, "BOL": 0.3, "NOR": 0.0}, {"PER": 0.1, "CHL": 0.1, "BOL": 0.3, "NOR": 0.0})
    assert parties(joint, CODES, 0.35, 0.1) == (frozenset({"PER", "CHL"}), frozenset())
    alone = replace(joint, first={**joint.first, "CHL": 0.2})
    assert parties(alone, CODES, 0.35, 0.1) == (frozenset({"PER"}), frozenset({"BOL"}))


@settings(deadline=None, max_examples=30)
@given(st.floats(0, 1), st.sampled_from(TYPES[1:]))
def test_an_act_of_a_type_is_never_likelier_than_an_act_at_all(likely: float, kind: str) -> None:
    one = replace(BARE, likely=likely)
    assert 0 <= one.chance_of(kind) <= likely
    assert one.chance_of("no such type") == 0


def test_the_likeliest_type_and_status_are_those_of_the_frame() -> None:
    assert (BARE.type, BARE.likeliest_status) == ("AID", "occurred")
    turned = replace(BARE, types={"AID": 0.2, "AGREE": 0.8}, status={"occurred": 0.1, "planned": 0.9})
    assert (turned.type, turned.likeliest_status) == ("AGREE", "planned")


def read(text: str, **fields: str) -> Frames:
    return find_frames(read_article(Document(id="d", text=text, published="2020-05-01", language="en", **fields)))


FOUND = read(TEXT)


def test_frames_are_listed_in_the_order_of_the_text_each_once() -> None:
    order = [(f.sentence, f.token, KINDS.index(f.kind)) for f in FOUND.found]
    assert order == sorted(set(order))
    assert sorted(f for k in KINDS for f in map(repr, FOUND.of(k))) == sorted(map(repr, FOUND.found))


def test_every_kind_is_seen_in_a_report_that_has_it() -> None:
    assert all(FOUND.of(kind) for kind in ("event", "visit", "agreement"))
    assert FOUND.of("treaty") == ()


def test_a_frame_weighs_the_types_of_its_kind_and_every_party_of_the_report() -> None:
    names = {"event": TYPES[1:], "visit": ("visit",), "agreement": STAGES, "figure": MEASURES}
    for f in FOUND.found:
        assert tuple(f.types) == tuple(names[f.kind])
        assert abs(sum(f.types.values()) - 1) < 1e-4
        assert tuple(f.status) == STATUS
        assert tuple(f.first) == tuple(f.second) == FOUND.stage.codes


def test_the_types_of_acts_are_those_of_the_manual() -> None:
    assert set(TYPES[1:]) == set(plover.events())


def test_a_frame_stands_at_a_word_of_its_sentence() -> None:
    sentences = {s.index: s for s in FOUND.stage.article.sentences}
    assert all(0 <= f.token < len(sentences[f.sentence].tokens) for f in FOUND.found)


def test_what_is_seen_can_be_written_and_read_back_without_loss() -> None:
    numbers = [[f.likely, f.types, f.status, f.first, f.second] for f in FOUND.found]
    assert json.loads(json.dumps(numbers)) == numbers
    assert all(round(f.likely, 6) == f.likely for f in FOUND.found)


def test_a_report_without_two_parties_or_without_a_word_has_no_frames() -> None:
    for text in ("Peru raised its taxes.", "It rained.", "..."):
        assert read(text).found == ()
    empty = replace(FOUND.stage.article, sentences=(), actors=(), places=(), dates=(), amounts=(), quotations=())
    assert find_frames(empty).found == ()
    assert find_frames(empty).stage == stage_of(empty)
