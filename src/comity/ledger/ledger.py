"""A ledger as a user sees it: add to it, query its facts, judge them, check and export it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from comity.data_sets.data_set import DataSet
from comity.document.document import Document, Failure
from comity.errors import CodeError, FactError, LedgerError
from comity.knowledge.states import continuing
from comity.knowledge.typed import code_named, unknown
from comity.ledger import addition, grouping, import_run, integrity, observations, reporting_volume, view
from comity.ledger import rebuild as rebuilding
from comity.ledger.addition import Added, Count, Notify
from comity.ledger.export import line, mention_line, observation_line, source_line
from comity.ledger.fact import Fact, facts_of, in_order
from comity.ledger.families import Families, families
from comity.ledger.import_run import Imported, Progress
from comity.ledger.judgement import Judgement, Verdict
from comity.ledger.judgements import Judgements
from comity.ledger.linked_blocks import LinkedBlocks, beyond, linked_blocks, together
from comity.ledger.naming import naming
from comity.ledger.query import Typed, sql
from comity.ledger.reporting_volume import EventCount, ReportingVolume
from comity.ledger.statement import COLUMNS, Statement, from_row
from comity.ledger.store import Writer, beside, published, reader, refusals, refuse_other
from comity.ledger.table import Table
from comity.records.observation import DataSource, Observation
from comity.settings import DEFAULTS, Settings

_STATEMENTS = f"SELECT {COLUMNS} FROM statement"  # noqa: S608 - our own names
_BLOCK = "(kind = ? AND block = ?)"
_HOSTS = r"""
    SELECT DISTINCT document, host FROM (
        SELECT document, lower(regexp_extract(place, '^[a-z]+://(?:[^/@]*@)?([^/:?#]+)', 1)) AS host
        FROM origin WHERE place LIKE '%://%')
    WHERE host <> '' ORDER BY ALL"""


class Ledger:
    """One ledger file. Reading opens the published copy and never waits for a writer.

    `passive` reads the copy as it is and never publishes one itself. Raises `LedgerError` if the file cannot be
    opened, written or understood.
    """

    def __init__(self, path: str | Path, *, settings: Settings = DEFAULTS, passive: bool = False):
        self.path = Path(path)
        self.passive = passive
        self.settings = settings
        self.note: str | None = None
        self._connection: Any = None
        self._families: Families | None = None
        self._roles: dict[str, set[tuple[str, str]]] | None = None
        self._facts: dict[tuple[object, ...], list[Fact]] = {}
        self._changes: dict[str, view.Changes] = {}
        self._views: set[str] = set()
        self._naming: list[Statement] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; the next query opens it again in its current state."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._families, self._roles = None, None, None
        # new dictionaries, since other threads' ledgers may share the old ones
        self._facts, self._changes, self._views, self._naming = {}, {}, set(), None

    def another(self) -> Self:
        """A ledger on the same state for another thread, as long as this one is open.

        They share their cached answers.
        """
        if self._connection is None:
            self._ask("SELECT 1", [])
        twin = type(self)(self.path, settings=self.settings, passive=self.passive)
        with refusals(self.path):
            twin._connection = beside(self._connection)
        twin.note, twin._facts, twin._families = self.note, self._facts, self.family()
        twin._changes, twin._naming = self._changes, self._naming
        return twin

    # writing

    def add(
        self,
        inputs: Iterable[str | Path | Document] | str | Path,
        *,
        published: str | None = None,
        read_again: bool = False,
        jobs: int = 1,
        notify: Notify | None = None,
        count: Count | None = None,
    ) -> Added:
        """Reads and stores documents; creates the ledger if it does not exist.

        Documents already in it are not read again. Shards coded by `code-corpus` are added as they are, or read again
        with `read_again`. `notify` is called with each batch once it is on disk, `count` after each document.
        """
        given: Iterable[str | Path | Document] = [inputs] if isinstance(inputs, str | Path) else inputs
        self.close()
        writer = Writer(self.path)
        try:
            with refusals(self.path):
                try:
                    done = addition.add(
                        writer,
                        given,
                        published=published,
                        read_again=read_again,
                        jobs=jobs,
                        settings=self.settings,
                        notify=notify,
                        count=count,
                    )
                    grouping.keep(writer, self.settings)
                finally:
                    writer.publish_if_stale()
        finally:
            writer.close()
        return done

    def import_(
        self,
        kind: str | DataSet,
        files: Iterable[str | Path] | str | Path,
        version: str | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        notify: Callable[[Progress], None] | None = None,
    ) -> Imported:
        """Imports files of a data set; creates the ledger if it does not exist. A second import adds nothing.

        `kind` is one of those that `comity import --list` shows, or a `DataSet` of your own with its release.

        `version` is the release (by default the newest that Comity knows); `columns` maps the data set's column names
        to those in the files if they differ. Raises `InputError` for an unknown kind; files that cannot be read are
        listed in the result.
        """
        given = [files] if isinstance(files, str | Path) else files
        self.close()
        return import_run.import_into(
            self.path, kind, map(Path, given), version, columns=columns, settings=self.settings, notify=notify
        )

    def rebuild(self, *, read_again: bool = False, jobs: int = 1, notify: Notify | None = None) -> list[Failure]:
        """Rebuilds the ledger from its documents and records, or reads its documents again; judgements are kept."""
        self.close()
        with refusals(self.path):
            if not self.path.exists():
                raise LedgerError("does not exist; make it with: comity add LEDGER FILES…")
            refuse_other(self.path, blank=False)
        return rebuilding.rebuild(self.path, read_again=read_again, jobs=jobs, settings=self.settings, notify=notify)

    def judge(
        self,
        key: str,
        verdict: Verdict,
        changes: Mapping[str, str] | None = None,
        *,
        signed: str,
        dated: str,
        note: str | None = None,
    ) -> Judgement:
        """Appends a person's judgement of a fact or a statement. Raises `FactError` if the id is unknown.

        `correct` corrects fields of a fact; `same` needs `other`, the fact that is the same.
        """
        fields = tuple(sorted((changes or {}).items()))
        return self.judgements.add(
            Judgement(number=0, id=key, verdict=verdict, changes=fields, signed=signed, dated=dated, note=note)
        )

    # reading

    def facts(self, *states: str, kinds: Sequence[str] = (), known: date | None = None) -> list[Fact]:
        """The facts about all of some states (others may take part), of some kinds, as known on a day."""
        about = tuple(sorted({continuing(code_of(s)) for s in states}))
        asked_for = (about, tuple(kinds), known)
        if asked_for in self._facts:
            return list(self._facts[asked_for])
        if kinds and (whole := self._facts.get((about, (), known))) is not None:
            return [f for f in whole if f.kind in kinds]
        judged = self.judgements.standing(known)
        where, parameters = self._where(about, kinds)
        for block in beyond(self._linked_blocks(judged), about, kinds):
            where, parameters = f"({where}) OR {_BLOCK}", [*parameters, *block]
        facts = [f for f in self._facts_in(where, parameters, known, judged) if f.instrument is None]
        if not kinds or "agreement" in kinds:
            facts += self._instruments(known, judged)
        facts = sorted((f for f in facts if {*about} <= {*f.block.split()}), key=in_order)
        if len(self._facts) >= self.settings.answers_cached:
            self._facts.clear()
        self._facts[asked_for] = facts
        return list(facts)

    def facts_in(self, blocks: Iterable[tuple[str, str]]) -> list[Fact]:
        """The facts of some blocks (kind and states), with those that a person linked to them."""
        judged = self.judgements.standing(None)
        tied = self._linked_blocks(judged)
        wanted = sorted({other for block in blocks for other in together(tied, block)})
        where = "(kind, block) IN (SELECT unnest(?), unnest(?))"
        found = self._facts_in(where, [[k for k, _ in wanted], [b for _, b in wanted]], None, judged)
        named = self._instruments(None, judged) if any(kind == "agreement" for kind, _ in wanted) else []
        return sorted([*(f for f in found if f.instrument is None), *named], key=in_order)

    def fact(self, key: str, *, known: date | None = None) -> Fact:
        """The fact of an id, its own or that of a statement, rejected or not. Raises `FactError` if there is none.

        An id stays valid after more reports have joined its fact.
        """
        stem, _, _ = key.partition("/")
        blocks = self._ask("SELECT DISTINCT kind, block FROM statement WHERE fact = ? OR id = ?", [stem, stem])
        judged = self.judgements.standing(known)
        tied = self._linked_blocks(judged)
        # facts in effect come first, then those that a person rejected
        for with_rejected in (False, True):
            named: list[Fact] = []
            if any(kind == "agreement" for kind, _ in blocks):
                named = self._instruments(known, judged, with_rejected=with_rejected)
            for kind, block in blocks:
                blocks_of = together(tied, (kind, block))
                where, parameters = " OR ".join([_BLOCK] * len(blocks_of)), [x for b in blocks_of for x in b]
                found = self._facts_in(where, parameters, known, judged, with_rejected=with_rejected)
                for fact in (*named, *(f for f in found if f.instrument is None)):
                    if any(key in (s.fact, s.id) for s in fact.statements):
                        return fact
        raise FactError(f"{self.path}: holds no fact {key!r}")

    def statements(self, key: str) -> list[Statement]:
        """The statements of an id, whether or not a person rejected them."""
        found = self._ask(_STATEMENTS + " WHERE fact = ? OR id = ? ORDER BY ALL", [key, key])
        return [from_row(r) for r in found]

    @property
    def judgements(self) -> Judgements:
        """The judgements: `ledger.judgements()`, those `standing` on a day, and `add` for a new one."""
        return Judgements(self, self._ask)

    def family(self) -> Families:
        """Each document that has copies with its family, and the outlets at which documents were found."""
        if self._families is None:
            copies = self._ask("SELECT document, other FROM copy ORDER BY ALL", [])
            self._families = families(copies, self._ask(_HOSTS, []))
        return self._families

    def documents(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Id, title, day of publication, hash and addresses of documents, by their keys."""
        asked_for = list(dict.fromkeys(keys))
        query = "SELECT key, id, title, published, text_sha256 FROM document WHERE key IN (SELECT unnest(?))"
        names = ("document", "title", "published", "text_sha256")
        places = self.places_of(asked_for)
        return {
            key: {
                **dict(zip(names, rest, strict=True)),
                "addresses": [p for p in places.get(key, []) if "://" in p],
            }
            for key, *rest in self._ask(query, [asked_for])
        }

    def text(self, key: str) -> tuple[str, str]:
        """Title and text of a document. Raises `FactError` if the key is unknown."""
        found = self._ask("SELECT title, text FROM document WHERE key = ?", [key])
        if not found:
            raise FactError(f"{self.path}: holds no document {key!r}")
        return found[0][0] or "", found[0][1]

    def texts(self, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Title and text of documents by their keys, in one query."""
        query = "SELECT key, title, text FROM document WHERE key IN (SELECT unnest(?))"
        return {key: (title or "", text) for key, title, text in self._ask(query, [list(dict.fromkeys(keys))])}

    def places_of(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Where documents were found, by their keys, in one query."""
        query = "SELECT document, place FROM origin WHERE document IN (SELECT unnest(?)) ORDER BY ALL"
        out: dict[str, list[str]] = {}
        for key, place in self._ask(query, [list(dict.fromkeys(keys))]):
            out.setdefault(key, []).append(place)
        return out

    def places(self, key: str) -> list[str]:
        """Where a document was found: paths and addresses."""
        return [r[0] for r in self._ask("SELECT place FROM origin WHERE document = ? ORDER BY place", [key])]

    def counts(self) -> dict[str, int]:
        """The numbers of documents, statements, and documents without a day of publication in the ledger."""
        query = """SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM statement),
                          (SELECT count(*) FROM document WHERE known IS NULL)"""
        return dict(zip(("documents", "statements", "undated"), self._ask(query, [])[0], strict=True))

    def partners(self, *states: str, known: date | None = None, most: int = 3) -> list[tuple[str, int]]:
        """The other states that most statements mention together with one of these."""
        mine = {continuing(code_of(s)) for s in states}
        where = " OR ".join("(' ' || block || ' ') LIKE ?" for _ in mine)
        parameters: list[Any] = [f"% {s} %" for s in sorted(mine)]
        limit = " AND known <= ?" if known is not None else ""
        query = f"""SELECT code, count(*) AS n FROM (
                    SELECT unnest(string_split(block, ' ')) AS code FROM {self.standing(known)} WHERE ({where}){limit})
                    GROUP BY code ORDER BY n DESC, code LIMIT {len(mine) + most}"""  # noqa: S608
        found = self._ask(query, [*parameters, known] if known is not None else parameters)
        return [(code, n) for code, n in found if code and code not in mine][:most]

    def observations(
        self,
        *states: str,
        kinds: Sequence[str] = (),
        measures: Sequence[str] = (),
        sources: Sequence[str] = (),
        first: date | None = None,
        last: date | None = None,
        most: int | None = None,
    ) -> list[Observation]:
        """What imported data sets say about all of some states, filtered by kinds, measures and sources.

        A source is a key (`cow_trade@4.0`) or a kind; `first` and `last` select what covers any day between them;
        `most` is the largest number of rows.
        """
        codes = [continuing(code_of(s)) for s in states]
        if not self._observes():
            return []
        with refusals(self.path):
            return observations.ask(
                self._connection,
                codes,
                kinds=kinds,
                measures=measures,
                sources=sources,
                first=first,
                last=last,
                most=most,
            )

    def observation(self, key: str) -> Observation:
        """The observation of an id (`source/row`). Raises `FactError` if there is none."""
        found = observations.one(self._connection, key) if self._observes() else None
        if found is None:
            raise FactError(f"{self.path}: holds no observation {key!r}")
        return found

    def mentions(self, key: str) -> list[tuple[str, str | None, date | None]]:
        """The reports that mention an imported event (`source/row`): address, outlet and day."""
        return observations.mentions(self._connection, key) if self._observes() else []

    def roles(self) -> dict[str, set[tuple[str, str]]]:
        """The kinds and measures of each imported data set, by its key."""
        if self._roles is None:
            self._roles = observations.roles(self._connection) if self._observes() else {}
        return self._roles

    def speakers(self, state: str, kind: str) -> set[str]:
        """The keys of the data sets with imported rows of a kind about a state."""
        return observations.speakers(self._connection, continuing(code_of(state)), kind) if self._observes() else set()

    def event_counts(self, a: str, b: str, *, last: date | None = None) -> list[tuple[str, int, str, int, str]]:
        """The events of two states in data sets until a day: source, year, measure, number, the latest."""
        codes = [continuing(code_of(s)) for s in (a, b)]
        return observations.event_counts(self._connection, codes, last) if self._observes() else []

    def sources(self) -> list[DataSource]:
        """The data sets that were imported, with the days that they cover."""
        return observations.sources(self._connection) if self._observes() else []

    def each_figure(
        self, *states: str, sources: Sequence[str] = (), first: date | None = None
    ) -> Iterator[Observation]:
        """The figures of data sets about all of some states, one by one; run no other query until the last."""
        codes = [continuing(code_of(s)) for s in states]
        if self._observes():
            with refusals(self.path):
                yield from observations.stream(self._connection, codes, kinds=("figure",), sources=sources, first=first)

    def dyad_events(
        self, *states: str, unit: Literal["year", "month"] = "year", sources: Sequence[str] = ()
    ) -> list[EventCount]:
        """The events of data sets about all of some states, counted by pair, type and time."""
        codes = [continuing(code_of(s)) for s in states]
        self._ask("SELECT 1", [])
        with refusals(self.path):
            return reporting_volume.dyad_events(self._connection, unit, codes, sources)

    def volume(self, unit: Literal["year", "month"] = "year", *, known: date | None = None) -> ReportingVolume:
        """The numbers of documents, and of events of each data set, in each year or month."""
        self._ask("SELECT 1", [])
        with refusals(self.path):
            return reporting_volume.volume(self._connection, unit, known)

    def _observes(self) -> bool:
        self._ask("SELECT 1", [])
        return observations.holds(self._connection)

    def export(self) -> Iterator[str]:
        """All facts with their statements as canonical JSON Lines, then the imported data sets.

        The same content gives the same bytes, whatever the order of addition.
        """
        family, judged = self.family(), self.judgements.standing(None)
        tied = self._linked_blocks(judged)
        later = {block for r in tied for block in r.blocks[1:]}
        found = self._ask(_STATEMENTS + " ORDER BY kind, block, document, id", [])
        for block, members in groupby(found, key=lambda r: (r[3], r[4])):
            if block in later:
                continue  # listed with the block to which a person linked it
            statements = [from_row(r) for r in members]
            for other in together(tied, block)[1:]:
                statements += view.of_block(self._ask, other)
            yield from self._lines((f for f in facts_of(statements, judged) if f.instrument is None), family)
        # a known instrument is one fact, whatever states its reports mention
        yield from self._lines(self._instruments(None, judged), family)
        yield from self._observed()

    def _lines(self, facts: Iterable[Fact], family: Families) -> Iterator[str]:
        listed = list(facts)
        documents = self.documents(s.document for f in listed for s in f.statements)
        for fact in listed:
            yield line(fact, documents, family)

    def _observed(self) -> Iterator[str]:
        """The imported data as lines: data sets, observations, mentions, each by its key."""
        if not self._observes():
            return
        with refusals(self.path):
            yield from (source_line(s) for s in observations.sources(self._connection))
            yield from (observation_line(o) for o in observations.every(self._connection))
            yield from (mention_line(*m) for m in observations.mentioned(self._connection))

    def check(self) -> list[str]:
        """The faults of the ledger, one line each; empty if it is sound."""
        self._ask("SELECT 1", [])
        with refusals(self.path):
            return list(integrity.faults(self._connection))

    def notes(self) -> list[str]:
        """Notes on a sound ledger."""
        self._ask("SELECT 1", [])
        with refusals(self.path):
            return list(integrity.notes(self._connection))

    def sql(self, query: str) -> Table:
        """The rows of a query: read only, without files or network, ended after a limit.

        Besides the tables there is the view `standing`: the statements with judgements applied.
        """
        return self.asked(query)

    def asked(self, query: str, tables: Mapping[str, Typed] | None = None) -> Table:
        """The rows of a query on the stored tables, the view `standing` and additional `tables`."""
        return sql(self.path, query, self._changed("standing", None), tables, self.settings)

    def _facts_in(
        self,
        where: str,
        parameters: list[Any],
        known: date | None,
        judged: Mapping[str, tuple[Judgement, ...]],
        *,
        with_rejected: bool = False,
    ) -> list[Fact]:
        """The facts of the statements that match a condition on kind and block."""
        limit, days = (" AND known <= ?", [known]) if known is not None else ("", [])
        found = self._ask(_STATEMENTS + f" WHERE ({where}){limit}", [*parameters, *days])
        kept = grouping.kept(self._ask, where, parameters)
        return facts_of((from_row(r) for r in found), judged, with_rejected=with_rejected, kept=kept)

    def _named(self) -> list[Statement]:
        """The statements that name a known instrument."""
        if self._naming is None:
            self._naming = naming(self._ask)
        return self._naming

    def _instruments(
        self, known: date | None, judged: Mapping[str, tuple[Judgement, ...]], *, with_rejected: bool = False
    ) -> list[Fact]:
        """The known instruments in the reports, each one fact, with those that a person judged to be the same."""
        asked_for = ("instruments", known, with_rejected)
        if asked_for not in self._facts:
            by_key = {(s.document, s.id): s for s in self._named()}
            blocks = {("agreement", s.block) for s in by_key.values()}
            tied = {
                b for r in self._linked_blocks(judged) if blocks & {*r.blocks} for b in r.blocks if b[0] == "agreement"
            }
            for block in sorted(tied):
                by_key |= {(s.document, s.id): s for s in view.of_block(self._ask, block)}
            so_far = [s for s in by_key.values() if known is None or (s.known is not None and s.known <= known)]
            facts = facts_of(so_far, judged, with_rejected=with_rejected)
            self._facts[asked_for] = [f for f in facts if f.instrument is not None]
        return self._facts[asked_for]

    def _linked_blocks(self, judged: Mapping[str, tuple[Judgement, ...]]) -> list[LinkedBlocks]:
        return linked_blocks(self._ask, judged) if judged else []

    def standing(self, known: date | None = None) -> str:
        """The name of a view with the columns of the table `statement`, with the judgements up to a day applied.

        It excludes rejected statements and visits by video; corrected statements are in it with their corrections.
        """
        name = "standing"
        if known is not None:
            # as many names as there are judgements, whatever the number of days queried
            name += f"_{sum(map(len, self.judgements.standing(known).values()))}"
        if name not in self._views:
            found = self._changed(name, known)
            with refusals(self.path):
                view.create(self._connection, name, found)
            self._views.add(name)
        return name

    def _changed(self, name: str, known: date | None) -> view.Changes:
        if name not in self._changes:
            self._changes[name] = view.changes(self._ask, self.judgements.standing(known), self._named())
        self._ask("SELECT 1", [])
        return self._changes[name]

    def rows(self, query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of one of Comity's own queries on the published tables and on the view `standing`."""
        self.standing()
        return self._ask(query, parameters)

    def _where(self, states: Sequence[str], kinds: Sequence[str]) -> tuple[str, list[Any]]:
        where, parameters = ["true"], list[Any]()
        for state in states:
            where.append("(' ' || block || ' ') LIKE ?")
            parameters.append(f"% {state} %")
        if kinds:
            where.append("kind IN (SELECT unnest(?))")
            parameters.append(list(kinds))
        return " AND ".join(where), parameters

    def _ask(self, query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            self._connection, self.note = (published if self.passive else reader)(self.path)
        with refusals(self.path):
            found: list[tuple[Any, ...]] = self._connection.execute(query, parameters).fetchall()
        return found


def code_of(state: str) -> str:
    """The code of a state or organisation by any of its names or codes. Raises `CodeError` if it is unknown.

    >>> code_of("mng"), code_of("MN"), code_of("N. Korea"), code_of("EU")
    ('MNG', 'MNG', 'PRK', 'EU')
    """
    found = code_named(state)
    if found is None:
        raise CodeError(unknown(state))
    return found
