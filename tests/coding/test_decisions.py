"""The rows by which instruments are read: each holds for its example and passes its counter-example by."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding import decisions, parties
from comity.coding.agreements import PARTY_FACTS, gather
from comity.coding.dossiers import RECORD_FACTS, SIEVE_FACTS
from comity.coding.instrument_mentions import FACTS, read
from comity.coding.instruments import find_instruments
from comity.document.document import Document
from comity.errors import TableError
from comity.knowledge.agreement_words import pattern, words
from comity.mentions.reader import read_article


def table(name: str) -> list[dict[str, str]]:
    path = files("comity.knowledge") / "tables" / "en" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


ROWS = table("agreement_decisions.csv")
OF_MENTIONS = ("an instrument", "private", "a stranger")


def decided(text: str) -> set[str]:
    """The names of the rows that answer a question somewhere in a report."""
    article = read_article(Document(id="t", text=text, published="2019-09-02", language="en"))
    pair = parties.dyad(article)
    mentions = [read(article, s, i, [], pair) for s in article.sentences for i in find_instruments(s)]
    gathered = gather(article, None, pair)
    found = [decisions.decide(question, FACTS, m) for question in OF_MENTIONS for m in mentions]
    found += [decisions.decide("parties", PARTY_FACTS, (d, pair)) for d in gathered.dossiers]
    return {rule.name for rule in [*found, *gathered.applied] if rule}


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['question']}: {r['name']}" for r in ROWS])
def test_a_row_decides_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    assert row["name"] in decided(row["example"])
    assert row["name"] not in decided(row["counter_example"])


def test_every_row_has_a_name_of_its_own_and_asks_for_facts_that_are_known() -> None:
    assert len({r["name"] for r in ROWS}) == len(ROWS)
    known = {"one instrument": SIEVE_FACTS, "parties": PARTY_FACTS, "a record of its own": RECORD_FACTS}
    for row in ROWS:
        asked = {decisions.condition(text).fact for text in row["when"].split("; ")}
        assert asked <= set(known.get(row["question"], FACTS)), row["name"]


def test_every_fact_is_asked_for_by_some_row() -> None:
    asked = {decisions.condition(text).fact for row in ROWS for text in row["when"].split("; ")}
    assert asked == {*RECORD_FACTS, *SIEVE_FACTS, *PARTY_FACTS}


def test_a_row_with_an_unknown_fact_is_named_with_the_facts_that_there_are() -> None:
    with pytest.raises(TableError, match="'unknown doer'; it knows two parties"):
        decisions.decide("a stranger", {"two parties": lambda _: False}, None)


NAMES = st.from_regex(r"[a-z]{1,9}( [a-z]{1,9})?", fullmatch=True).filter(lambda name: not name.startswith("not "))


@given(NAMES, st.sets(NAMES, max_size=3), st.booleans())
def test_what_a_row_asks_is_read_as_it_is_written(fact: str, values: set[str], wanted: bool) -> None:
    text = ("" if wanted else "not ") + fact + ("=" + "|".join(sorted(values)) if values else "")
    assert decisions.condition(text) == decisions.Condition(fact, frozenset(values), wanted)


@pytest.mark.parametrize(
    ("when", "case", "holds"),
    [
        ("stage=signed|initialled", {"signed"}, True),
        ("stage=signed", {"planned"}, False),
        ("not stage=signed", {"planned"}, True),
        ("stage", set(), False),
        ("not stage", set(), True),
        ("stage=@signing", {"sign"}, True),
        ("stage=@signing", {"read"}, False),
    ],
)
def test_a_value_holds_where_the_fact_has_it(when: str, case: set[str], holds: bool) -> None:
    asked = decisions.condition(when)
    assert decisions.meets(asked, case) is holds


PATTERNS = table("agreement_patterns.csv")


@pytest.mark.parametrize("row", PATTERNS, ids=[r["name"] for r in PATTERNS])
def test_a_pattern_holds_for_its_example_and_not_for_its_counter_example(row: dict[str, str]) -> None:
    assert pattern(row["name"]).search(row["example"])
    assert not pattern(row["name"]).search(row["counter_example"])


def test_a_class_or_pattern_that_is_missing_is_named() -> None:
    with pytest.raises(TableError, match="'fish'"):
        words("fish")
    with pytest.raises(TableError, match="'fish'"):
        pattern("fish")
