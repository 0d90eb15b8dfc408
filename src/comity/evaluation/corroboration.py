"""Accuracy of corroboration on pairs of a fact and a row of a data set, judged by hand.

Each fact is built from its codes, its data sets are imported into a separate ledger, and `corroborate` is called as a
user would. A pair is named if the fact is corroborated by that row, or a contradiction is based on it. Precision is
the share of named pairs that are the same, recall the share of pairs that are the same and named. Named rows that
nobody has judged are listed separately and count for neither.
"""

import csv
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from comity.analysis.corroboration import corroborate
from comity.errors import InputError
from comity.evaluation.halves import Half
from comity.evaluation.score import Score, floor_of, need
from comity.knowledge.states import continuing
from comity.ledger.fact import Fact, facts_of
from comity.ledger.interval import interval
from comity.ledger.ledger import Ledger
from comity.ledger.statement import Statement
from comity.records.lines import dumps, plain
from comity.records.record import Actor, Agreement, Record, Visit

FILES = {
    "wti": "world_treaty_index.tsv.gz",
    "desta": "desta.csv.gz",
    "gptad": "gptad.csv.gz",
    "manytreaties": "huggo_agreements.csv.gz",
    "us_travels": "us_travels.csv.gz",
    "atop": "atop51_mng.csv",
}
"""The file of each data set in the folder of the data."""
NAME = "corroboration.csv"
"""The file of the pairs in its folder."""
FOLDER = Path("tests", "gold")
"""Its location in the repository."""
COLUMNS = (
    "fact", "kind", "title", "parties", "date", "reported", "stage", "visitor", "level", "host", "place", "source",
    "row", "same", "why",
)  # fmt: skip
"""The columns of the table of pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A fact and a row of a data set: `same` is a person's judgement, `named` whether corroboration names the row.

    `same` is null if nobody has judged.
    """

    fact: str
    row: str
    same: bool | None
    named: bool
    why: str = ""

    @property
    def right(self) -> bool:
        """Whether the two agree."""
        return self.same == self.named


def score_pairs(folder: Path, data: Path, *, half: Half = "held out") -> tuple[list[Score], list[Pair]]:
    """The scores of a half, and its incorrect pairs, including named ones that nobody has judged.

    The half of a fact is determined by the md5 of its name. Raises `InputError` if a file is missing or no such table.
    """
    with imported(folder, data) as ledger:
        return score_against(ledger, folder, half=half)


@contextmanager
def imported(folder: Path, data: Path) -> Iterator[Ledger]:
    """A ledger of its own with the data sets of all judged pairs, gone afterwards. Raises as `score_pairs` does."""
    (pairs,) = need(folder, NAME)
    kinds = dict.fromkeys(r["source"] for r in _read(pairs))
    need(data, *FILES.values())
    with tempfile.TemporaryDirectory() as place, Ledger(Path(place) / "pairs.duckdb") as ledger:
        for kind in kinds:
            ledger.import_(kind, data / FILES[kind])
        yield ledger


def score_against(ledger: Ledger, folder: Path, *, half: Half) -> tuple[list[Score], list[Pair]]:
    """The same scores of a half, with the data sets in a ledger already."""
    (pairs,) = need(folder, NAME)
    judged = [r for r in _read(pairs) if half_of(r["fact"]) == half]
    keys = {s.kind: s.key for s in ledger.sources()}
    facts = {r["fact"]: r for r in judged}
    facts_by_name = {name: fact_of(row) for name, row in facts.items()}
    found = corroborate(ledger, list(facts_by_name.values()))
    asked = {(r["fact"], keys[r["source"]]) for r in judged}
    named = {
        (name, row)
        for name, fact in facts_by_name.items()
        for f in found.get(fact.id, ())
        if f.outcome in {"corroborated", "contradicted"}
        for row in f.rows
    }
    out = []
    for r in judged:
        row = f"{keys[r['source']]}/{r['row']}"
        out.append(
            Pair(fact=r["fact"], row=row, same=r["same"] == "yes", named=(r["fact"], row) in named, why=r["why"])
        )
    known = {(p.fact, p.row) for p in out}
    unjudged = sorted(n for n in named - known if (n[0], n[1].split("/", 1)[0]) in asked)
    wrong = [p for p in out if not p.right]
    return _scores(out, pairs), [*wrong, *(Pair(fact=f, row=r, same=None, named=True) for f, r in unjudged)]


def half_of(fact: str) -> Half:
    """The half of a fact by its name.

    >>> half_of("usmca-no-day")
    'development'
    """
    return "held out" if int(hashlib.md5(fact.encode(), usedforsecurity=False).hexdigest(), 16) % 2 else "development"


def _scores(pairs: Sequence[Pair], table: Path) -> list[Score]:
    named, same = [p for p in pairs if p.named], [p for p in pairs if p.same]
    both = sum(bool(p.same) for p in named)
    return [
        Score("corroboration", name, both / len(of) if of else 0.0, floor_of("corroboration", name, table), len(of))
        for name, of in (("precision", named), ("recall", same))
    ]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        table = csv.DictReader(lines)
        if not set(table.fieldnames or ()).issuperset(COLUMNS):
            raise InputError(f"{path}: is not a table of judged pairs; it needs the columns {', '.join(COLUMNS)}")
        return list(table)


def fact_of(row: dict[str, str]) -> Fact:
    """The fact described by the codes of a row, as in a single report.

    Parties are separated by blanks, or by semicolons if a code contains a blank.
    """
    name = row["fact"]
    parties = tuple(p.strip() for p in row["parties"].split(";" if ";" in row["parties"] else None))
    record: Record
    if row["kind"] == "agreement":
        record = Agreement(
            id=name, title=row["title"], parties=parties, stage=row["stage"] or None, date=row["date"] or None
        )
        codes = [continuing(c) for c in parties]
    else:
        who = Actor(text=row["visitor"], name=row["visitor"] or None, state=parties[0])
        record = Visit(
            id=name,
            visitors=(who,),
            host=row["host"],
            place=row["place"] or None,
            date=row["date"] or None,
            status=row["stage"],
            level=row["level"] or None,
        )
        codes = [continuing(parties[0]), continuing(row["host"])]
    statement = Statement(
        document=name,
        id=name,
        fact=f"fact:{row['kind']}:{name}",
        kind=row["kind"],
        block=" ".join(sorted(set(codes))),
        type=None,
        mode=None,
        status=row["stage"] if row["kind"] == "visit" else None,
        when=interval(row["date"]),
        known=interval(row["reported"]).last,
        confidence=1.0,
        quote="",
        body=dumps(plain(record)),
    )
    return facts_of([statement])[0]
