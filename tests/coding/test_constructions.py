"""Constructions: each row of the tables holds for its example and passes its counter-example by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding import constructions, parties
from comity.coding.agreements import PARTY_FACTS, gather
from comity.coding.clauses import USES as CLAUSES
from comity.coding.clauses import clauses, compiled
from comity.coding.constructions import (
    DECISIONS,
    QUESTIONS,
    TABLE,
    USES,
    Fact,
    check_row,
    conditions,
    decide,
    fact,
    path,
)
from comity.coding.dossiers import RECORD_FACTS, SIEVE_FACTS
from comity.coding.events import code_events
from comity.coding.instrument_mentions import FACTS, read
from comity.coding.instruments import find_instruments
from comity.coding.stages import OUTCOME_FACTS, act_on
from comity.coding.visits import code_visits
from comity.document.document import Document
from comity.errors import TableError
from comity.knowledge import plover
from comity.knowledge.agreement_words import pattern, words
from comity.knowledge.plover import Trigger
from comity.knowledge.states import rows
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.mentions.reader import read_article

Row = dict[str, str]
MENTIONS = {"state", "adjective"}
POS = {"AUX": "VERB", "PROPN": "NOUN"}
SENT = "Peru's president sent two ministers and an aide to Chile and will fly to Bolivia."


def article(text: str) -> Article:
    return read_article(Document(id="d", text=text, title=None, published="2019-09-02", language="en"))


def known_as(sentence: Sentence, index: int) -> frozenset[str]:
    """What a word is for a row: its lemma, its frames, and what the word above it is by itself."""
    token = sentence.tokens[index]
    known = {token.lemma.lower(), *(f"frame:{t.frame}" for t in triggers_of(token))}
    if token.head >= 0:
        above = constructions.found("status", sentence, token.head)
        known |= {above.yields} if above else set()
        for trigger in triggers_of(sentence.tokens[token.head]):
            known |= {"trigger", "itself", token.upos.lower(), trigger.event}
    return frozenset(known)


def triggers_of(token: Token) -> tuple[Trigger, ...]:
    return plover.triggers().get((token.lemma.lower(), POS.get(token.upos, token.upos)), ())


def of_a_word(row: Row, text: str) -> bool:
    """Whether a row's pattern holds at a word of a text for which the row is."""
    own = next(c for c in constructions.constructions(row["use"]) if c.name == row["name"])
    sentence = article(text).sentences[0]
    # a type of event or a kind of mention may be seen in any word, a frame or lemma of the table only in its own
    everywhere = all(name.partition(":")[0].isupper() or name in MENTIONS for name in own.of)
    at = [t.index for t in sentence.tokens if everywhere or own.of & known_as(sentence, t.index)]
    return any(constructions.where(own, sentence, i) is not None for i in at)


def of_a_case(row: Row, text: str) -> bool:
    """Whether a row answers its question somewhere in a report."""
    report = article(text)
    pair = parties.dyad(report)
    pairs = [(s, i) for s in report.sentences for i in find_instruments(s)]
    mentions = [read(report, s, i, [], pair) for s, i in pairs]
    gathered = gather(report, None, pair)
    found = [decide(question, FACTS, m) for question in ("an instrument", "private", "a stranger") for m in mentions]
    found += [decide("parties", PARTY_FACTS, (d, pair)) for d in gathered.dossiers]
    return row["name"] in {r.name for r in [*found, *gathered.applied] if r}


def of_a_text(row: Row, text: str) -> bool:
    if row["use"] == "part":
        return compiled(f"{{{row['name']}}}").fullmatch(text) is not None
    return row["name"] in {c.name for c in clauses(row["use"], text)}


def of_an_outcome(row: Row, text: str) -> bool:
    """Whether an instrument is at the stage that a row yields."""
    report = article(text)
    acts = [act_on(report, s, i) for s in report.sentences for i in find_instruments(s)]
    asked = {v for f, _ in conditions(row["pattern"], fact, row["name"]) if f.name == "stage" for v in f.values}
    wanted = asked if row["yields"] == "as it is" else {row["yields"]}
    return not wanted.isdisjoint(a.stage for a in acts if a and a.stage)


def of_a_journey(row: Row, text: str) -> bool:
    """Whether a text has the visit that a row finds, written as `KEN>UGA planned`."""
    found = code_visits(article(text))
    return row["records"] in {f"{'+'.join(a.state or '?' for a in v.visitors)}>{v.host} {v.status}" for v in found}


BEARS = {
    TABLE: of_a_word,
    DECISIONS: of_a_case,
    "en/treaty_clauses.csv": of_a_text,
    "en/journeys.csv": of_a_journey,
}
# contexts need an instrument: test_contexts
ROWS = [(table, row) for table in BEARS for row in rows(table) if row.get("use") != "context"]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{r.get('use', t)}: {r['name']}" for t, r in ROWS])
def test_a_row_holds_for_its_example_and_not_for_its_counter_example(table: str, row: Row) -> None:
    bears = of_an_outcome if row.get("use") == "outcome" else BEARS[table]
    assert (bears(row, row["example"]), bears(row, row["counter_example"])) == (True, False)


@pytest.mark.parametrize("table", BEARS)
def test_every_row_has_a_name_of_its_own_and_says_where_it_is_from(table: str) -> None:
    found = rows(table)
    assert len({(r.get("use"), r["name"]) for r in found}) == len(found)
    assert all(r["name"] and r["pattern"] and r["source"] for r in found)


@pytest.mark.parametrize("row", rows("en/role_frames.csv"), ids=lambda r: r["frame"])
def test_a_frame_says_who_does_it_to_whom_and_who_has_no_part(row: Row) -> None:
    def sides(text: str) -> set[tuple[frozenset[str], ...]]:
        found = [e for e in code_events(article(text)) if (e.evidence or "").startswith(row["frame"])]
        return {tuple(frozenset(a.state or "" for a in side) for side in (e.actor, e.recipient)) for e in found}

    wanted = tuple(frozenset(s.split("+")) if s else frozenset() for s in row["roles"].split(">"))
    assert wanted in sides(row["example"])
    assert not sides(row["counter_example"])


def reach(text: str, word: str, written: str) -> list[str]:
    sentence = article(text).sentences[0]
    at = next(t.index for t in sentence.tokens if t.text == word)
    return [sentence.tokens[i].text for i in path(written).reached(sentence, at)]


@pytest.mark.parametrize(
    ("word", "written", "words"),
    [
        ("sent", "nsubj", ["president"]),
        ("fly", "nsubj", ["president"]),  # the subject of the first of two joined verbs
        ("sent", "obj", ["ministers", "aide"]),  # both that are joined
        ("fly", "obl:to", ["Bolivia"]),
        ("fly", "obl:from/to", ["Bolivia"]),
        ("sent", "obl:to | obj nmod:to", ["Chile"]),  # the first way that leads anywhere
        ("sent", "obj[minister]", ["ministers"]),
        ("sent", "obj[-minister]", ["aide"]),
        ("sent", "obj[NOUN][-minister]", ["aide"]),
        ("sent", "obj[minister,PROPN]", ["ministers"]),
        ("sent", "nsubj nmod:poss", ["Peru"]),
        ("sent", "any[PROPN]", []),
        ("sent", "any*[PROPN]", ["Peru", "Chile", "Bolivia"]),
        ("Bolivia", "<obl[VERB] nsubj", ["president"]),
        ("Bolivia", "<obl[NOUN] nsubj", []),
        ("Bolivia", "<any*[send]", ["sent"]),
        ("Bolivia", ".[to_bolivia]", ["Bolivia"]),  # a noun behind its preposition
        ("sent", "nsubj[PROPN]", []),
        ("sent", ".[send]", ["sent"]),
        ("sent", "nsubj:pass", []),
        ("sent", "&obl nsubj", []),
        ("fly", "&obl:to nsubj", ["president"]),
        ("sent", "!obl nsubj", ["president"]),
        ("ministers", "<obj nsubj,obj[NOUN]", ["president", "ministers", "aide"]),
        ("ministers", "conj?", ["ministers", "aide"]),
        ("fly", "{subject}", ["president"]),
        ("ministers", "previous", ["two"]),
        ("sent", "next? next[minister]", ["ministers"]),
        (".", "next", []),
    ],
)
def test_a_path_leads_to_who_takes_part(word: str, written: str, words: list[str]) -> None:
    assert reach(SENT, word, written) == words


@pytest.mark.parametrize(("written", "words"), [("nsubj", ["minister"]), ("nsubj:/xsubj", []), ("obl:agent", ["Peru"])])
def test_who_is_sent_and_who_sends_stay_apart_in_the_passive(written: str, words: list[str]) -> None:
    assert reach("The minister was sent to Chile by Peru.", "sent", written) == words


@pytest.mark.parametrize("written", ["nsubj", "obj[minister]", "!obj[war] nsubj", "case[to]", "obj[war] | obl:to"])
def test_a_path_is_tried_in_every_sentence_in_which_it_leads_somewhere(written: str) -> None:
    sentence = article(SENT).sentences[0]
    assert any(path(written).reached(sentence, t.index) for t in sentence.tokens)
    assert path(written).may_lead(sentence)


@pytest.mark.parametrize("written", ["obj[war]", "nsubj <obj[war]", "&cop nsubj", ".[NEGATED]"])
def test_a_path_whose_words_or_relations_a_sentence_lacks_is_not_tried(written: str) -> None:
    assert not path(written).may_lead(article(SENT).sentences[0])


@pytest.mark.parametrize("pattern", ["obl:to[lima", "[VERB]", "<", "nsubj >obj", "^obj", "", "obj [war]", ".; ", "{x}"])
def test_a_pattern_that_cannot_be_read_is_refused_with_its_line(pattern: str) -> None:
    with pytest.raises(TableError, match=r"^table:7: "):
        conditions(pattern, path, "table:7")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"use": "turnd"}, "no rule asks for 'turnd'"),
        ({"of": "AIDD"}, "'AIDD' is no event type"),
        ({"of": "ASSAULT:plannd"}, "'ASSAULT:plannd' is no event type"),
        ({"of": "frame:mutal"}, "'frame:mutal' is no event type .* and no frame"),
        ({"yields": "SANCTION"}, "cannot yield 'SANCTION'"),
        ({"yields": "SANKTION 162"}, "cannot yield 'SANKTION 162'"),
        ({"yields": "SANCTION 9999"}, "cannot yield 'SANCTION 9999'"),
        ({"yields": "SANCTION 162 allege"}, "cannot yield 'SANCTION 162 allege'"),
        ({"use": "act", "yields": "SANCTION 162 discontinue"}, "cannot yield"),
        ({"use": "status", "yields": "plannd"}, "it yields occurred, planned, hypothetical, denied"),
    ],
)
def test_a_row_that_could_have_no_effect_is_refused_with_its_line(cells: Row, said: str) -> None:
    row = {"use": "turned", "of": "AID ASSAULT:planned frame:meta defend", "yields": "SANCTION 162 discontinue"}
    check_row(row, "table:7")
    with pytest.raises(TableError, match=f"^table:7: .*{said}"):
        check_row(row | cells, "table:7")


def test_every_use_has_a_row() -> None:
    assert {r["use"] for r in rows(TABLE)} == set(USES)
    assert {r["use"] for r in rows(DECISIONS)} == set(QUESTIONS)
    assert {r["use"] for r in rows("en/treaty_clauses.csv")} == CLAUSES


@pytest.mark.parametrize(
    ("cells", "said"), [({"use": "a strangr"}, "no rule asks"), ({"yields": "maybe"}, "cannot yield")]
)
def test_an_answer_that_nobody_asks_for_is_refused_with_its_line(cells: Row, said: str) -> None:
    row = {"use": "a stranger", "of": "", "yields": "yes"}
    check_row(row, "table:7", QUESTIONS)
    with pytest.raises(TableError, match=f"^table:7: .*{said}"):
        check_row(row | cells, "table:7", QUESTIONS)


@pytest.mark.parametrize("name", ["@no_such_class", "~no_such_effect"])
def test_words_of_a_class_that_no_table_has_are_refused(name: str) -> None:
    with pytest.raises(TableError, match=r"event_nouns\.csv|modality\.csv"):
        path(f"obj[{name}]")


@given(st.text(alphabet="abobj:/,;!.<*?[]-@~{} N|&", max_size=30))
def test_whatever_is_written_as_a_pattern_is_read_or_refused_by_name(pattern: str) -> None:
    try:
        found = conditions(pattern, path, "table:7")
    except TableError:
        return
    assert len(found) == pattern.count(";") + 1


STEP = st.from_regex(r"<?(obl|nmod|obj)(:(to|in)(/at)?)?(\[-?[a-z]+\])?", fullmatch=True)


@given(st.lists(st.lists(STEP, min_size=1), min_size=1))
def test_every_well_formed_path_is_read_step_by_step(parts: list[list[str]]) -> None:
    read = path(" | ".join(" ".join(way) for way in parts))
    assert [[s.up for s in way] for way in read.ways] == [[s.startswith("<") for s in way] for way in parts]


OF_QUESTION = {
    "one instrument": SIEVE_FACTS,
    "parties": PARTY_FACTS,
    "a record of its own": RECORD_FACTS,
    "outcome": OUTCOME_FACTS,
}


def test_every_fact_is_asked_for_by_some_row_and_every_row_asks_for_facts_that_are_known() -> None:
    asked = {(r["use"], f.name) for r in rows(DECISIONS) for f, _ in conditions(r["pattern"], fact, r["name"])}
    assert {name for use, name in asked if name not in OF_QUESTION.get(use, FACTS)} == set()
    assert {name for _, name in asked} == {*RECORD_FACTS, *SIEVE_FACTS, *PARTY_FACTS, *OUTCOME_FACTS}


def test_a_row_with_an_unknown_fact_is_named_with_the_facts_that_there_are() -> None:
    with pytest.raises(TableError, match="'unknown doer'; it knows two parties"):
        decide("a stranger", {"two parties": lambda _: False}, None)


NAMES = st.from_regex(r"[a-z]{1,9}( [a-z]{1,9})?", fullmatch=True).filter(lambda name: not name.startswith("not "))


@given(NAMES, st.sets(NAMES, max_size=3), st.booleans())
def test_what_a_row_asks_is_read_as_it_is_written(name: str, values: set[str], wanted: bool) -> None:
    text = ("" if wanted else "not ") + name + ("=" + "|".join(sorted(values)) if values else "")
    assert conditions(text, fact, "table:7") == ((Fact(name, frozenset(values)), wanted),)


@pytest.mark.parametrize(
    ("asked", "case", "holds"),
    [
        ("stage=signed|initialled", {"signed"}, True),
        ("stage=signed", {"planned"}, False),
        ("stage", set(), False),
        ("stage", {"planned"}, True),
        ("named", False, False),
        ("stage=@signing", {"sign"}, True),
        ("stage=@signing", {"read"}, False),
    ],
)
def test_a_fact_holds_where_it_has_the_value(asked: str, case: set[str] | bool, holds: bool) -> None:
    assert fact(asked).holds(case) is holds


PATTERNS = rows("en/agreement_patterns.csv")


@pytest.mark.parametrize("row", PATTERNS, ids=lambda r: r["name"])
def test_a_pattern_holds_for_its_example_and_not_for_its_counter_example(row: Row) -> None:
    assert pattern(row["name"]).search(row["example"])
    assert not pattern(row["name"]).search(row["counter_example"])


def test_a_class_or_pattern_that_is_missing_is_named() -> None:
    with pytest.raises(TableError, match="'fish'"):
        words("fish")
    with pytest.raises(TableError, match="'fish'"):
        pattern("fish")
