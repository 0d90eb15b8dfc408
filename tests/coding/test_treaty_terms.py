"""How long an instrument lasts, how it is renewed and ended, and what brings it into force, in many wordings."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.clauses import (
    TABLE,
    Condition,
    clauses,
    compiled,
    find_condition,
    find_terms,
    find_testimonium,
    first,
    goes_on,
    may_state_term,
)
from comity.document.document import Document
from comity.errors import TableError
from comity.knowledge.states import rows
from comity.mentions.reader import read_article

SOME = settings(deadline=None, max_examples=50)  # the first text of a use compiles its patterns
UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
SPELLED = {1: "one", 2: "two", 12: "twelve", 18: "eighteen", 25: "twenty-five", 90: "ninety", 100: "a hundred"}


def durations(text: str) -> list[str | None]:
    return [t.duration for t in find_terms(text)]


@pytest.mark.parametrize(("number", "words"), SPELLED.items())
@pytest.mark.parametrize("unit", UNITS)
def test_a_length_is_the_same_in_words_in_figures_and_in_both(number: int, words: str, unit: str) -> None:
    units = unit if number == 1 else f"{unit}s"
    for written in (words, str(number), f"{words} ({number})"):
        text = f"The treaty shall remain in force for a period of {written} {units}."
        assert durations(text) == [f"P{number}{UNITS[unit]}"]


@SOME
@given(
    st.integers(1, 240), st.sampled_from(sorted(UNITS)), st.sampled_from(["treaty", "Agreement", "protocol", "pact"])
)
def test_every_length_comes_back_whatever_instrument_it_is_of(number: int, unit: str, kind: str) -> None:
    text = f"The {kind} shall remain in force for {number} {unit}s."
    (term,) = find_terms(text)
    assert term.duration == f"P{number}{UNITS[unit]}"
    assert term.subject is not None
    assert kind in text[slice(*term.subject)]
    assert f"{number} {unit}s" in text[term.start : term.end]


@pytest.mark.parametrize(
    "written",
    [
        "This Agreement shall remain in force for ten years.",
        "THIS AGREEMENT SHALL REMAIN IN FORCE FOR TEN YEARS.",
        "this agreement shall remain in force for ten years.",
        "This Agreement\nshall remain\n  in force for\tten years.",
        "This Agreement shall remain in force for ten\u00a0years.",
    ],
)
def test_letters_and_line_breaks_do_not_change_a_length(written: str) -> None:
    assert durations(written) == ["P10Y"]


@pytest.mark.parametrize("hours", [1, 24, 72])
def test_hours_are_written_as_a_time(hours: int) -> None:
    assert durations(f"The two sides agreed a {hours}-hour ceasefire.") == [f"PT{hours}H"]


def test_two_instruments_of_a_sentence_have_a_length_each() -> None:
    text = "The Treaty shall remain in force for ten (10) years and the Protocol for five years."
    assert [(t.duration, text[slice(*(t.subject or (0, 0)))]) for t in find_terms(text)] == [
        ("P10Y", "The Treaty"),
        ("P5Y", "Protocol"),
    ]


def test_one_instrument_has_one_length_though_two_are_stated() -> None:
    assert durations("The Agreement is valid for two years and shall remain in force until it is denounced.") == ["P2Y"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("The treaty expires in 2024.", "until 2024"),
        ("The treaty expires on 3 May 2024.", "until 2024-05-03"),
        ("The treaty lapses on 31 December 2024.", "until 2024-12-31"),
        ("The treaty runs out in 2024.", "until 2024"),
        ("The treaty will expire at the end of 2024.", "until 2024"),
    ],
)
def test_an_end_is_kept_to_the_day_where_the_day_is_stated(text: str, end: str) -> None:
    (term,) = find_terms(text)
    assert term.duration == end
    assert term.until is not None
    assert "2024" in text[slice(*term.until)]


@SOME
@given(st.dates())
def test_every_day_on_which_a_treaty_expires_comes_back(day) -> None:
    if 1900 <= day.year < 2100:
        text = f"The treaty expires on {day.day} {day:%B} {day.year}."
        assert durations(text) == [f"until {day.isoformat()}"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He shall remain in office for ten years.",
        "The sanctions shall remain in force for ten years.",
        "The treaty of 20 pages was read for ten days.",
        "The treaty ran late.",
        "The pact is ten years old.",
        "Farmers have waited two years for a treaty.",
        "Either party may terminate the lease on six months' notice.",
        "The road shall be closed for two weeks.",
        "The treaty was signed ten years ago.",
    ],
)
def test_the_length_of_something_else_is_no_term(text: str) -> None:
    assert durations(text) == []


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("Either Party may terminate this Agreement by giving six months' notice in writing.", "P6M"),
        ("Either party may denounce it with one year's notice.", "P1Y"),
        ("The treaty may be terminated by notice of 90 days.", "P90D"),
        ("It shall cease to be in force 12 months after the notice of termination.", "P12M"),
    ],
)
def test_a_notice_stands_by_itself_where_no_length_is_stated(text: str, notice: str) -> None:
    (term,) = find_terms(text)
    assert (term.duration, term.notice) == (None, notice)


@SOME
@given(st.integers(1, 24), st.sampled_from(["month", "day", "week"]))
def test_every_period_of_notice_comes_back(number: int, unit: str) -> None:
    (term,) = find_terms(f"Either Party may terminate this Agreement by giving {number} {unit}s' notice.")
    assert term.notice == f"P{number}{UNITS[unit]}"


@SOME
@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 12))
def test_length_renewal_and_notice_of_a_sentence_are_never_mixed_up(years: int, more: int, months: int) -> None:
    (term,) = find_terms(
        f"The agreement is valid for {years} years and is extended for successive periods of {more} years unless "
        f"either party gives {months} months' notice."
    )
    assert (term.duration, term.renewal, term.notice) == (f"P{years}Y", f"P{more}Y", f"P{months}M")


@SOME
@given(st.text(max_size=300))
def test_a_text_has_no_term_where_it_speaks_of_no_time(text: str) -> None:
    if not may_state_term(text):
        assert find_terms(text) == ()


PIECES = st.sampled_from([
    "The treaty", "It", "shall remain in force", "is valid", "for", "five years", "until 3 May 2024", "unless",
    "denounced", "on six months' notice", "and is extended", "by two years", ".", ";", ",", "the Protocol", "“", "ü",
])  # fmt: skip


@SOME
@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_every_term_lies_in_its_text_and_each_subject_has_one(text: str) -> None:
    found = find_terms(text)
    for term in found:
        assert 0 <= term.start < term.end <= len(text)
        assert re.fullmatch(r"(?:P(?:T\d+H|\d+[YMWD])|indefinite|until .+)?", term.duration or "")
        for span in filter(None, (term.subject, term.until)):
            assert text[slice(*span)].strip()
    subjects = [t.subject for t in found if t.subject]
    assert len(set(subjects)) == len(subjects)
    assert len({t.notice for t in found}) <= 1


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The treaty shall enter into force provisionally upon signature.", Condition("signature")),
        (
            "The treaty shall enter into force on the thirtieth day after the exchange of notes.",
            Condition("notes", "P30D"),
        ),
        (
            "The treaty shall enter into force upon the deposit of the third instrument of ratification.",
            Condition("deposits", None, 3),
        ),
        ("THE TREATY WILL ENTER INTO FORCE UPON SIGNATURE.", Condition("signature")),
        ("The treaty will not enter into force.", None),
        ("The treaty will enter into force soon.", None),
        ("The law was signed and the police used force.", None),
        ("", None),
    ],
)
def test_what_brings_a_treaty_into_force_is_found_or_left_open(text: str, condition: Condition | None) -> None:
    assert find_condition(text) == condition


@SOME
@given(st.integers(2, 60), st.integers(1, 12))
def test_the_number_of_deposits_is_not_taken_for_the_delay(count: int, months: int) -> None:
    found = find_condition(f"It will enter into force {months} months after {count} states ratify it.")
    assert found == Condition("deposits", f"P{months}M", count)


def test_a_renewal_is_no_open_end() -> None:
    assert goes_on("It is valid for two years and thereafter until denounced by either party.")
    assert not goes_on("It is valid for two years and is thereafter renewed for two more.")
    assert not goes_on("")


def attested(text: str) -> tuple[str, str | None] | None:
    """Where and when a text was done by its own words."""
    found = find_testimonium(read_article(Document(id="d", text=text, published="2019-09-02", language="en")))
    return (found.place, found.date) if found else None


def test_the_last_attestation_of_a_text_is_its_own() -> None:
    text = (
        "Done at Oslo on 4 March 2003, in duplicate. The Protocol sets out more.\n\n"
        "Done at Bergen on 9 May 2004, both texts being equally authentic."
    )
    assert attested(text) == ("Bergen", "2004-05-09")


def test_a_date_before_the_attestation_is_not_that_of_the_signature() -> None:
    text = "In witness whereof, as agreed on 4 March 2003, both have signed.\n\nDone at Oslo."
    assert attested(text) == ("Oslo", None)


def test_without_an_attestation_there_is_no_testimonium() -> None:
    assert attested("The work was done at Oslo on 4 March 2003.") is None
    assert attested("") is None


def test_a_use_that_the_table_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(TableError, match=r"treaty_clauses\.csv.*'no such use'"):
        first("no such use", "The treaty is valid for ten years.")


def test_the_first_clause_is_the_first_of_the_row_that_stands_first() -> None:
    text = "It is extended for periods of two years. It is extended for periods of five years."
    opening, after = clauses("renewal", text)
    found = first("renewal", text)
    assert found is not None
    assert (found.yields, found.found.span()) == (opening.yields, opening.found.span()) == ("P2Y", opening.found.span())
    assert after.found.start() > opening.found.end()
    assert first("renewal", "") is None


@pytest.mark.parametrize(
    "row", [r for r in rows(TABLE) if r["use"] not in {"part", "context"}], ids=lambda r: f"{r['use']}: {r['name']}"
)
def test_no_clause_minds_the_white_space_between_its_words(row: dict[str, str]) -> None:
    spread = row["example"].replace(" ", " \n ")
    assert row["name"] in {c.name for c in clauses(row["use"], spread)}


def test_a_blank_in_a_pattern_stands_for_any_white_space_and_letters_for_both_cases() -> None:
    assert compiled("in force").fullmatch("IN \n\t FORCE")
    assert not compiled("in force").fullmatch("inforce")
