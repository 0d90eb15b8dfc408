"""Of what the rules and the network find, what is kept: each fact once, at least as likely as asked, in order."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.coding.verdicts import choose
from comity.document.inputs import from_text
from comity.reading import Reading, read_document
from comity.records.record import Actor, Agreement, Figure, Record, Visit
from comity.settings import DEFAULTS


def visit(start: int, *, guest: str = "KEN", host: str = "UGA", date: str | None = None, part: str = "text") -> Visit:
    guests = (Actor(text="the president", state=guest),)
    return Visit(visitors=guests, host=host, date=date, part=part, start=start, end=start + 10)


def treaty(start: int, title: str, *parties: str) -> Agreement:
    return Agreement(title=title, parties=parties or ("KEN", "UGA"), part="text", start=start, end=start + 10)


def figure(start: int, value: float | None, change: float | None = None) -> Figure:
    return Figure(
        value=value, change_pct=change, reporter="KEN", partner="UGA", part="text", start=start, end=start + 10
    )


RULE, NETWORK = True, False


def kept(*weighed: tuple[float, Record, bool]) -> list[tuple[int | None, float]]:
    return [(r.start, r.confidence) for r in choose(weighed, 0.0)]  # type: ignore[type-var]


def test_what_the_rules_tell_apart_stays_apart() -> None:
    assert kept((0.9, visit(0), RULE), (0.8, visit(50), RULE)) == [(0, 0.9), (50, 0.8)]


def test_what_both_find_is_one_record_of_the_rules_at_the_higher_likelihood() -> None:
    assert kept((0.9, visit(50), NETWORK), (0.6, visit(0), RULE)) == [(0, 0.9)]
    assert kept((0.3, visit(50), NETWORK), (0.6, visit(0), RULE)) == [(0, 0.6)]


def test_of_two_that_only_the_network_sees_the_likelier_is_kept() -> None:
    assert kept((0.4, visit(0), NETWORK), (0.7, visit(50), NETWORK)) == [(50, 0.7)]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (visit(50), True),
        (visit(50, host="RWA"), False),
        (visit(50, guest="NOR"), False),
        (visit(50, date="2019-05"), True),
        (visit(50, date="2019-05-03"), True),
        (visit(50, date="2018"), False),
    ],
)
def test_a_journey_is_the_same_from_one_state_to_one_host_on_days_that_agree(other: Visit, same: bool) -> None:
    first = visit(0, date=None if other.date is None else "2019-05")
    assert len(kept((0.9, first, RULE), (0.5, other, NETWORK))) == (1 if same else 2)


def test_a_former_state_and_its_successor_are_one_host() -> None:
    found = kept((0.9, visit(0, host="SUN"), RULE), (0.5, visit(50, host="RUS"), NETWORK))
    assert [start for start, _ in found] == [0]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (treaty(50, "fishing treaty"), True),
        (treaty(50, "the pact"), True),
        (treaty(50, "Fishing Treaty of 1999"), True),
        (treaty(50, "salt treaty"), False),
        (treaty(50, "fishing treaty", "KEN", "NOR"), False),
        (treaty(50, "fishing treaty", "KEN", "UGA", "NOR"), True),
        (treaty(5, "salt treaty", "KEN", "NOR"), True),
        (treaty(5, "salt treaty", "NOR", "PER"), False),
    ],
)
def test_an_instrument_is_the_same_by_its_matter_and_its_parties_or_by_its_words(other: Agreement, same: bool) -> None:
    assert len(kept((0.9, treaty(0, "fishing treaty"), RULE), (0.5, other, NETWORK))) == (1 if same else 2)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (figure(50, 3e8), True),
        (figure(50, 4e8), False),
        (figure(50, 3e8, 5), False),
        (figure(5, 3e8, 5), True),
        (figure(5, 4e8), False),
    ],
)
def test_an_amount_is_the_same_by_its_number(other: Figure, same: bool) -> None:
    assert len(kept((0.9, figure(0, 3e8), RULE), (0.5, other, NETWORK))) == (1 if same else 2)


CANDIDATES = st.lists(
    st.tuples(
        st.floats(0, 1), st.sampled_from(["KEN", "NOR"]), st.sampled_from(["UGA", "RWA"]),
        st.sampled_from([None, "2018", "2019-05"]), st.sampled_from(["title", "text"]), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@settings(deadline=None)
@given(CANDIDATES, st.floats(0, 1))
def test_what_is_kept_is_likely_enough_in_the_order_of_the_report_and_none_is_new(rows, least) -> None:
    weighed = [
        (likely, visit(10 * n, guest=guest, host=host, date=date, part=part), rule)
        for n, (likely, guest, host, date, part, rule) in enumerate(rows)
    ]
    found = choose(weighed, least)
    assert all(v.confidence >= round(least, 2) for v in found)
    assert [v.part != "title" for v in found] == sorted(v.part != "title" for v in found)
    for part in ("title", "text"):
        starts = [v.start or 0 for v in found if v.part == part]
        assert starts == sorted(starts)
    given_ = [replace(v, confidence=1.0) for _, v, _ in weighed]
    assert all(replace(v, confidence=1.0) in given_ for v in found)
    by_rule = [v for likely, v, rule in weighed if rule and likely >= least]
    assert {v.start for v in by_rule} <= {v.start for v in found}


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_the_order_in_which_candidates_come_does_not_matter(likely: list[float], shuffle) -> None:
    weighed = [(p, visit(10 * n), bool(n % 2)) for n, p in enumerate(likely)]
    mixed = list(weighed)
    shuffle.shuffle(mixed)
    assert choose(mixed, 0.0) == choose(weighed, 0.0)


@cache
def reading(text: str, least: float = DEFAULTS.min_confidence) -> Reading:
    return read_document(from_text(text, published="2019-09-02"), settings=replace(DEFAULTS, min_confidence=least))


def test_a_lone_clause_on_a_term_is_kept_though_it_names_no_party() -> None:
    (found,) = reading("It shall stay in force for three years.").agreements
    assert (found.duration, found.parties) == ("P3Y", ())


def test_a_law_of_one_state_is_no_agreement_however_likely_it_looks() -> None:
    found = reading("The United States and Kenya praised the Harkin Amendment.", 0.0).agreements
    assert "Harkin Amendment" not in {a.title for a in found}


def test_an_agreement_and_its_earlier_acts_keep_what_their_quotes_say() -> None:
    (found,) = reading(
        "The transit treaty between Kenya and Uganda was signed in 2018. Kenya's parliament ratified it on Monday."
    ).agreements
    assert found.wording is not None
    assert all(act.wording is not None for act in found.acts)


def test_asking_for_surer_records_never_adds_any() -> None:
    text = (
        "Kenyan President John Otieno visited Uganda on Sunday and signed a transit treaty with it. Kenya's exports to "
        "Uganda rose by 5 percent to 300 million dollars in 2018. Norway may have lent Kenya 20 million dollars."
    )
    counts = [len(reading(text, least).records) for least in (0.0, 0.5, 0.9, 1.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_one_kind_is_read_as_it_is_among_all_kinds() -> None:
    text = "Kenyan President John Otieno visited Uganda on Sunday and signed a transit treaty with it."
    every = comity.read(text, published="2019-09-02")
    alone = comity.read(text, published="2019-09-02", kinds=["visit"])
    assert [(v.host, v.quote, v.confidence) for v in alone.visits] == [
        (v.host, v.quote, v.confidence) for v in every.visits
    ]
    assert alone.agreements == ()
    assert every.agreements
