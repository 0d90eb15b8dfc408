"""An editor's queue: the facts from whose judgement most is gained, and past judgements as training data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2, prod
from typing import Any

from comity.analysis.absence import absence
from comity.analysis.line import wording
from comity.errors import FactError
from comity.ledger.account import corrected
from comity.ledger.fact import Fact
from comity.ledger.judgement import Judgement, called_one
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.provenance import counted, provenance
from comity.ledger.statement import Statement
from comity.ledger.table import Table

COLUMNS = (
    "id", "kind", "sure", "used", "gain", "fact", "date", "reports", "independent", "quote", "title", "published",
    "document",
)  # fmt: skip
"""The columns of a queue; `document` is the key of the report that the quote is from."""
JUDGED = (
    "number", "verdict", "stands", "changes", "signed", "dated", "note", "fact", "statement", "kind", "document",
    "document_key", "text_sha256", "published", "part", "start", "end", "quote", "confidence", "record", "right",
)  # fmt: skip
"""The columns of judged statements; `right` is the record with the judgement applied, null if it is rejected."""
_CANDIDATES = """
    SELECT kind, block, document, id, confidence, count(*) OVER (PARTITION BY block) AS used
    FROM standing WHERE {where} ORDER BY ALL"""
_WORDS = frozenset({"accept", "reject", "correct"})
# statements are weighed before they are joined to facts, and a fact has several of them
_CANDIDATES_A_FACT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A fact waiting for a judgement.

    `sure` (0 to 1) is the probability that at least one of its sources was read correctly, by the confidence of their
    statements; `used` is the number of statements in the ledger about the same states, in whose counts, lists and
    series the fact is included; `gain` grows with both doubt and use.
    """

    fact: Fact
    sure: float
    used: int

    @property
    def gain(self) -> float:
        """The gain from judging it: its doubt times the logarithm of its use."""
        return (1 - self.sure) * log2(1 + self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Facts waiting, by gain; the number judged, and the number of all waiting statements.

    `absent` says what was searched for without result and what there is instead; empty if some are waiting.
    """

    facts: tuple[Waiting, ...]
    judged: int
    waiting: int
    rows: Table
    absent: str = ""


def queue(ledger: Ledger, *states: str, kinds: Sequence[str] = (), most: int | None = None) -> Queue:
    """The facts about all of some states from whose judgement most is gained: the least certain and most used first.

    Facts that a person has accepted, rejected or corrected are left out, as are those at least as certain as the
    setting `queue_sure`; `most` is the largest number of facts, by default the setting `queue_facts`.
    """
    most = ledger.settings.queue_facts if most is None else most
    judged = {j.id.partition("/")[0] for j in ledger.judgements() if j.verdict in _WORDS}
    where, parameters = ["block <> ''"], list[Any]()
    for code in map(code_of, states):
        where.append("(' ' || block || ' ') LIKE ?")
        parameters.append(f"% {code} %")
    if kinds:
        where.append("kind IN (SELECT unnest(?))")
        parameters.append(list(kinds))
    found = ledger.rows(_CANDIDATES.format(where=" AND ".join(where)), parameters)
    done = _done(ledger, judged)
    loose = [r for r in found if r[4] < ledger.settings.queue_sure and (r[2], r[3]) not in done]
    loose.sort(key=lambda r: (-(1 - r[4]) * log2(1 + r[5]), r[2], r[3]))
    candidates: dict[str, Waiting] = {}
    for fact, used in _facts(ledger, loose[: most * _CANDIDATES_A_FACT]):
        candidates[fact.id] = Waiting(fact=fact, sure=_sure(fact, ledger.family()), used=used)
    waiting = [w for w in candidates.values() if w.sure < ledger.settings.queue_sure]
    waiting.sort(key=lambda w: (-w.gain, w.fact.id))
    shown = tuple(waiting[:most])
    absent = "" if shown else _absent(ledger, states, kinds)
    return Queue(facts=shown, judged=len(judged), waiting=len(loose), rows=_table(ledger, shown), absent=absent)


def _absent(ledger: Ledger, states: Sequence[str], kinds: Sequence[str]) -> str:
    """What was searched for without result, and what the ledger contains instead."""
    sure = f"less sure than {ledger.settings.queue_sure:g} and not judged yet"
    return absence(ledger, " or ".join(kinds) or "fact", states, asked=sure)


def _done(ledger: Ledger, judged: set[str]) -> set[tuple[str, str]]:
    """The statements of judged facts, by document and id, and those judged themselves."""
    keys = sorted(judged)
    query = "SELECT DISTINCT kind, block FROM statement WHERE fact IN (SELECT unnest($1)) OR id IN (SELECT unnest($1))"
    out = set()
    for kind, block in ledger.rows(query, [keys]) if keys else ():
        for fact in ledger.facts(*block.split(), kinds=(kind,)):
            whole = fact.id in judged or any(s.fact in judged for s in fact.statements)
            out |= {(s.document, s.id) for s in fact.statements if whole or s.id in judged}
    return out


def _facts(ledger: Ledger, candidates: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Fact, int]]:
    """The facts of statements, each once, with the number of statements about its states."""
    wanted: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for kind, block, document, key, _, used in candidates:
        wanted.setdefault((kind, block), {})[document, key] = used
    for (kind, block), keys in wanted.items():
        for fact in ledger.facts(*block.split(), kinds=(kind,)):
            uses = [keys[s.document, s.id] for s in fact.statements if (s.document, s.id) in keys]
            if uses:
                yield fact, max(uses)


def _sure(fact: Fact, family: Mapping[str, str]) -> float:
    """The probability that at least one of its sources was read correctly; copies of a text count once."""
    best: dict[str, float] = {}
    for s in fact.statements:
        text = family.get(s.document, s.document)
        best[text] = max(best.get(text, 0.0), s.confidence)
    return round(1 - prod(1 - min(1.0, c) for c in best.values()), 4)


def _table(ledger: Ledger, waiting: Sequence[Waiting]) -> Table:
    family = ledger.family()
    documents = ledger.documents(w.fact.lead.document for w in waiting)
    rows = []
    for w in waiting:
        lead, sources = w.fact.lead, provenance(w.fact, family)
        source = documents[lead.document]
        rows.append(
            (
                w.fact.id, w.fact.kind, w.sure, w.used, round(w.gain, 3), wording(w.fact, family),
                getattr(lead.record, "date", None), sources.reports, sources.independent, " ".join(lead.quote.split()),
                source["title"] or source["document"], source["published"], lead.document,
            )
        )  # fmt: skip
    return Table(COLUMNS, tuple(rows))


def as_table(found: Queue) -> Table:
    """The queue as rows, with its progress, or the reason why it is empty, in the notes."""
    return Table(found.rows.columns, found.rows.rows, (progress(found), *([found.absent] if found.absent else [])))


def progress(found: Queue) -> str:
    """The progress in words."""
    facts = "fact" if found.judged == 1 else "facts"
    shown, waiting = len(found.facts), counted(found.waiting, "unsure statement")
    return f"{found.judged:,} {facts} judged; {shown:,} listed, {waiting} in all"


def judged_statements(ledger: Ledger) -> Table:
    """Every judgement with each of its statements: document, part, offsets, record and verdict.

    It can be used to train a reader: `record` is what was read, `right` the record with the judgement applied, and
    `text_sha256` identifies the text to which the offsets refer. `stands` is false if a later judgement revoked it.
    """
    judged = ledger.judgements()
    taken_back = _taken_back(judged)
    of_id: dict[str, tuple[str, Sequence[Statement]]] = {}
    for j in judged:
        if j.id not in of_id:
            of_id[j.id] = _statements(ledger, j.id)
    documents = ledger.documents(s.document for _, found in of_id.values() for s in found)
    rows = []
    for j in judged:
        fact, found = of_id[j.id]
        for s in found:
            d, record = documents[s.document], s.record
            right = None if j.verdict == "reject" else s.stored
            if j.verdict == "correct":
                right = corrected(s, dict(j.changes)).stored
            rows.append(
                (
                    j.number, j.verdict, j.number not in taken_back, dict(j.changes), j.signed, j.dated, j.note, fact,
                    s.id, s.kind, d["document"], s.document, d["text_sha256"], d["published"], record.part,
                    record.start, record.end, s.quote, s.confidence, s.stored, right,
                )
            )  # fmt: skip
    counts = Counter(j.verdict for j in judged)
    lost = sum(not found for _, found in of_id.values())
    notes: tuple[str, ...] = (
        (f"{len(judged):,} judgements: {', '.join(f'{n:,} {v}' for v, n in sorted(counts.items()))}",) if judged else ()
    )
    if not judged:
        notes = (
            "nobody has judged a fact of this ledger yet; comity queue lists those that most is gained by judging",
        )
    if lost:
        notes += (f"{lost:,} judged ids are of no statement that this reader still makes",)
    return Table(JUDGED, tuple(rows), notes)


def _statements(ledger: Ledger, key: str) -> tuple[str, Sequence[Statement]]:
    """The fact of an id and its statements; for a statement's id that statement alone; none if the id is unknown."""
    try:
        fact = ledger.fact(key)
    except FactError:
        return key, ()
    own = [s for s in fact.statements if s.id == key]
    return fact.id, own or fact.statements


def _taken_back(judged: Sequence[Judgement]) -> set[int]:
    """The numbers of judgements that a later one of the same id revoked."""
    turns = sorted(judged, key=lambda j: (j.dated, j.number))
    undoes = {"accept": {"reject"}, "correct": {"reject"}, "reject": {"accept", "correct"}, "apart": {"accept"}}
    out = {
        j.number
        for at, j in enumerate(turns)
        if any(later.id == j.id and later.verdict in undoes.get(j.verdict, ()) for later in turns[at + 1 :])
    }
    by_id: dict[str, tuple[Judgement, ...]] = {}
    for j in turns:
        by_id[j.id] = (*by_id.get(j.id, ()), j)
    pairs = set(called_one(by_id))
    return out | {j.number for j in turns if j.verdict == "same" and (j.id, dict(j.changes).get("other")) not in pairs}
