"""A data set: its kind, its releases, the layouts of its files and how their rows are mapped."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from itertools import islice
from pathlib import Path

from comity.data_sets.cells import Cells
from comity.data_sets.crosswalk import named
from comity.data_sets.notation import Days, Numbers, Pairs, settle
from comity.data_sets.sheet import BROKEN, Sheet, opened, plain_name, squeezed, texts
from comity.errors import FormatError, InputError
from comity.knowledge.states import rows as table_rows
from comity.records.observation import DataSource, Observation
from comity.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Mention:
    """A report of an event in a data set: `row` is the event's row key."""

    source: str
    row: str
    url: str
    outlet: str | None = None
    day: date | None = None
    body: str = "{}"


@dataclass(frozen=True, slots=True)
class Malformed:
    """A row that could not be parsed, with its location and the reason."""

    file: str
    line: int
    reason: str


Row = Observation | Mention
Mapped = Callable[[Cells], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Columns:
    """The positions of the columns of a file; `release` is the imported release, `unknown` counts unknown names."""

    header: tuple[str, ...]
    release: DataSource
    unknown: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    read: list[Numbers | Days | Pairs] = field(default_factory=list)
    """The columns whose notation is determined before the first row is read."""

    def __call__(self, name: str) -> int:
        """The position of a required column; `a|b` is the first of both that exists."""
        found = self.maybe(name)
        if found is None:
            raise ValueError(f"has no column {name}")
        return found

    def maybe(self, name: str) -> int | None:
        """The position of an optional column."""
        names = [squeezed(n) for n in self.header]
        return next((names.index(n) for n in map(squeezed, name.split("|")) if n in names), None)

    def have(self, *names: str) -> dict[str, int]:
        """The positions of those of the given columns that exist."""
        return {n: i for n in names if (i := self.maybe(n)) is not None}

    def state(self, name: str, on: str) -> str | None:
        """The code of a state or organisation by its name on a day (ISO 8601); null, and counted, if unknown."""
        found = named(name, on)
        if found is None:
            self.unknown[name.strip()] += 1
        return found

    def numbers(self, *places: int) -> Numbers:
        """The parser of numbers for these columns, which share a notation."""
        numbers = Numbers(places)
        self.read.append(numbers)
        return numbers

    def days(self, place: int, usual: str | None = None) -> Days:
        """The parser of days for a column."""
        days = Days(place, usual)
        self.read.append(days)
        return days

    def pairs(self, one: int, other: int) -> Pairs:
        """The check whether the file gives pairs of states in both orders."""
        pairs = Pairs(one, other)
        self.read.append(pairs)
        return pairs


@dataclass(frozen=True, slots=True)
class Layout:
    """One format of a data set's files: its required columns (`plain_name`s), and the mapping of rows to observations.

    A column `a|b` has either name. A file without a header has exactly `columns`, and `begins` recognizes it by its
    first row; `heads` recognizes a header whose columns have no fixed names. `version` is set if only that one has
    this format.
    """

    columns: tuple[str, ...]
    mapping: Callable[[Columns], Mapped]
    begins: Callable[[Cells], bool] | None = None
    version: str | None = None
    heads: Callable[[tuple[str, ...]], bool] | None = None

    def fits(self, header: tuple[str, ...]) -> bool:
        """Whether a line of column names is the header of this format."""
        if self.begins is not None:
            return False
        if self.heads is not None and not self.heads(header):
            return False
        names = {squeezed(n) for n in header}
        return bool(self.columns or self.heads) and all(
            any(squeezed(n) in names for n in column.split("|")) for column in self.columns
        )

    @property
    def described(self) -> str:
        """Its columns in words."""
        if self.begins:
            return f"{len(self.columns)} columns without a header"
        shown = ", ".join(c.replace("|", " or ") for c in self.columns)
        return f"{shown or 'a first column'} and one column per year" if self.heads else shown


@dataclass(frozen=True, slots=True)
class DataSet:
    """A kind of data set; with `explodes` a row with several actors becomes one observation per pair.

    `release` is the release imported by default; a data set of your own needs it, the built-in ones have theirs in the
    table `data_sets.csv`.
    """

    kind: str
    layouts: tuple[Layout, ...]
    quoted: bool = True
    explodes: bool = False
    release: DataSource | None = None


@dataclass(slots=True)
class Tally:
    """The outcome for a file: rows read, rows with nothing to store, and unknown names with their counts.

    `continued` counts the lines that continue a cell of the previous line. `encodings` describes how each file that is
    not UTF-8 was decoded.
    """

    rows: int = 0
    left_out: int = 0
    continued: int = 0
    encodings: dict[str, str] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)


@cache
def releases() -> tuple[DataSource, ...]:
    """The known releases, in the order of the table; the last one of a kind is the default."""
    return tuple(
        DataSource(
            key=f"{r['kind']}@{r['version']}",
            kind=r["kind"],
            title=r["title"],
            version=r["version"],
            licence=r["licence"],
            citation=r["citation"],
            url=r["url"] or None,
            first=_day(r["first"], end=False),
            last=_day(r["last"], end=True),
        )
        for r in table_rows("data_sets.csv")
    )


def release(kind: str, version: str | None = None) -> DataSource:
    """The release of a kind, by default the newest known; for an unknown version the coverage is null.

    >>> release("cow_trade").key, release("cow_trade").coverage
    ('cow_trade@4.0', 'covers 1870–2014')
    """
    known = [r for r in releases() if r.kind == kind]
    if not known:
        raise InputError(f"{kind!r} is not a kind of data set; `comity import --list` lists them")
    if version is None:
        return known[-1]
    if not version.strip() or any(c in "@/ " for c in version):
        raise InputError(f"{version!r} is not a version: write it without spaces, @ and /")
    for r in known:
        if r.version == version:
            return r
    last = known[-1]
    return DataSource(
        key=f"{kind}@{version}",
        kind=kind,
        title=last.title,
        version=version,
        licence=last.licence,
        citation=last.citation,
        url=last.url,
    )


def _day(year: str, *, end: bool) -> date | None:
    if not year:
        return None
    if len(year) > 4:
        return date.fromisoformat(year)
    return date(int(year), 12, 31) if end else date(int(year), 1, 1)


def read(
    path: Path,
    data_set: DataSet,
    source: DataSource,
    tally: Tally,
    settings: Settings = DEFAULTS,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Row | Malformed]:
    """The observations of a file in the order of its rows; a row that cannot be parsed yields one `Malformed`.

    `columns` maps this data set's column names to those in the file. Raises `InputError` if the file cannot be read or
    is not a file of this data set.
    """
    renamed = {squeezed(theirs): plain_name(ours) for ours, theirs in (columns or {}).items()}

    def sheets() -> Iterator[Sheet]:
        with texts(path) as found:
            for name, text, decoding in found:
                if decoding is not None:
                    tally.encodings[name] = decoding
                try:
                    yield opened(
                        name,
                        text,
                        lambda names: any(x.fits(names) for x in data_set.layouts),
                        quoted=data_set.quoted,
                        renamed=renamed,
                        settings=settings,
                    )
                except FormatError as error:
                    raise FormatError(f"{name}: {error}") from error

    for n, sheet in enumerate(sheets()):
        _all_there(sheet, columns or {})
        layout = _layout(sheet, data_set)
        if layout.version not in (None, source.version) and source in releases():
            found = f"is a file of {data_set.kind} {layout.version}, not {source.version}"
            raise FormatError(f"{sheet.name}: {found}; import it with --version {layout.version}")
        header = layout.columns if layout.begins else sheet.header
        at = Columns(header, source, tally.unknown, sheet.notes, sheet.raw)
        try:
            mapping = layout.mapping(at)
        except ValueError as error:
            raise FormatError(f"{sheet.name}: {error}; {_expected(data_set)}") from error
        if at.read:
            # a second pass over the file, since the last row may determine the notation of the first
            _look(partial(_nth, sheets, n), at)
        yield from _rows(sheet, mapping, tally, _least(layout, at), len(header))


def _nth(sheets: Callable[[], Iterator[Sheet]], n: int) -> Iterator[Cells]:
    """The parseable rows of the given sheet of a path, read again."""
    for sheet in islice(sheets(), n, n + 1):
        yield from (cells for cells in sheet if not cells[0].startswith(BROKEN))


def _look(again: Callable[[], Iterator[Cells]], at: Columns) -> None:
    """Passes all cells of each column to its parser."""
    for cells in again():
        for column in at.read:
            column.look(cells)
    numbers = [c for c in at.read if isinstance(c, Numbers)]
    if any(c.open for c in numbers):
        settle(numbers, again())


def _all_there(sheet: Sheet, columns: Mapping[str, str]) -> None:
    names = {squeezed(c) for c in sheet.raw}
    if absent := [theirs for theirs in columns.values() if squeezed(theirs) not in names]:
        raise FormatError(f"{sheet.name}: has no column {', '.join(absent)}; its columns are {', '.join(sheet.raw)}")


def _least(layout: Layout, at: Columns) -> int:
    return len(layout.columns) if layout.begins else max((at(c) for c in layout.columns), default=0) + 1


def _rows(sheet: Sheet, mapping: Mapped, tally: Tally, least: int, most: int) -> Iterator[Row | Malformed]:
    before = tally.continued
    for cells in sheet:
        tally.rows += 1
        tally.continued = before + sheet.continued
        if cells[0].startswith(BROKEN):
            yield Malformed(sheet.name, sheet.line, cells[0][1:])
            continue
        if not any(c.strip() for c in cells):
            tally.left_out += 1
            continue
        if len(cells) > most and any(c.strip() for c in cells[most:]):
            yield Malformed(sheet.name, sheet.line, f"has {len(cells)} cells, not {most}")
            continue
        if len(cells) < least:
            if sum(bool(c.strip()) for c in cells) == 1 and least > 1 and tally.rows > 1 and _NOTE.match(cells[0]):
                tally.left_out += 1
                continue
            yield Malformed(sheet.name, sheet.line, f"has {len(cells)} cells, not {least}")
            continue
        try:
            observations = mapping(cells)
            if not isinstance(observations, list | tuple):
                observations = list(observations)
        except KeyError as error:
            yield Malformed(sheet.name, sheet.line, f"contains {error}, which is in no table of the data set")
            continue
        except (ValueError, IndexError, OverflowError, RecursionError) as error:
            yield Malformed(sheet.name, sheet.line, str(error) or type(error).__name__)
            continue
        wrong = next(
            (o for o in observations if isinstance(o, Observation) and o.last and o.first and o.last < o.first), None
        )  # fmt: skip
        if wrong is not None:
            yield Malformed(sheet.name, sheet.line, f"ends on {wrong.last}, before it begins on {wrong.first}")
            continue
        if not observations:
            tally.left_out += 1
        yield from observations


_NOTE = re.compile(r"\s*(?:Data from database|Last updated|Source|Note|©)\b", re.IGNORECASE)


def _layout(sheet: Sheet, data_set: DataSet) -> Layout:
    for layout in data_set.layouts:
        if layout.fits(sheet.header):
            return layout
        if layout.begins is None or sheet.first is None or len(sheet.first) != len(layout.columns):
            continue
        if layout.begins(sheet.first):
            return layout
    shown = ", ".join(sheet.header[:12]) + (" …" if len(sheet.header) > 12 else "")
    reason = f"is not a file of {data_set.kind}: it begins with {shown}; {_expected(data_set)}"
    raise FormatError(f"{sheet.name}: {reason}")


def _expected(data_set: DataSet) -> str:
    forms = " or ".join(dict.fromkeys(x.described for x in data_set.layouts))
    return f"expected: {forms}; if the columns have other names, map them with --columns OURS=THEIRS"
