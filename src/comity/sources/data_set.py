"""A data set as Comity reads it: its kind, its releases, the layouts of its files and the row that each maps."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from comity.errors import FormatError, InputError
from comity.knowledge.states import rows as table_rows
from comity.records.observation import DataSource, Observation
from comity.settings import DEFAULTS, Settings
from comity.sources.cells import Cells
from comity.sources.sheet import BROKEN, Sheet, opened, texts


@dataclass(frozen=True, slots=True)
class Mention:
    """A report that tells of an event of a data set: `row` is the event's row key."""

    source: str
    row: str
    url: str
    outlet: str | None = None
    day: date | None = None
    body: str = "{}"


@dataclass(frozen=True, slots=True)
class Malformed:
    """A row that could not be understood, with its place and the reason."""

    file: str
    line: int
    reason: str


Row = Observation | Mention
Mapping = Callable[[Cells], Iterable[Row]]


@dataclass(slots=True)
class Columns:
    """Where the columns of a file stand; `release` is what is imported, `unknown` counts names that no table knows."""

    header: tuple[str, ...]
    release: DataSource
    unknown: Counter[str] = field(default_factory=Counter)

    def __call__(self, name: str) -> int:
        """The place of a column that the layout needs."""
        return self.header.index(name)

    def maybe(self, name: str) -> int | None:
        """The place of a column that need not be there."""
        return self.header.index(name) if name in self.header else None

    def have(self, *names: str) -> dict[str, int]:
        """The places of those of some columns that are there."""
        return {n: self.header.index(n) for n in names if n in self.header}


@dataclass(frozen=True, slots=True)
class Layout:
    """One form of a data set's files: the columns that it needs (`plain_name`s), and what makes a row's observations.

    A file without a header has exactly `columns`, and `begins` says by its first row whether it is one. `version` is
    the only one that has this form, where that is so.
    """

    columns: tuple[str, ...]
    mapping: Callable[[Columns], Mapping]
    begins: Callable[[Cells], bool] | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class DataSet:
    """A kind of data set; `explodes` says so where one row of many actors becomes an observation a pair."""

    kind: str
    layouts: tuple[Layout, ...]
    quoted: bool = True
    explodes: bool = False


@dataclass(slots=True)
class Tally:
    """What a file gave: rows read, and names and codes that were not known, each with its number."""

    rows: int = 0
    unknown: Counter[str] = field(default_factory=Counter)


@cache
def releases() -> tuple[DataSource, ...]:
    """The releases that Comity knows, in the order of the table; the last one of a kind is taken by default."""
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
    """The release of a kind, the newest known where no version is given; of an unknown version the coverage is null.

    >>> release("cow_trade").key, release("cow_trade").coverage
    ('cow_trade@4.0', 'covers 1870–2014')
    """
    known = [r for r in releases() if r.kind == kind]
    if not known:
        raise InputError(f"{kind!r} is no kind of data set; comity import --list shows them")
    if version is None:
        return known[-1]
    if not version.strip() or any(c in "@/ " for c in version):
        raise InputError(f"{version!r} is no version: write it without spaces, @ and /")
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
    path: Path, data_set: DataSet, source: DataSource, tally: Tally, settings: Settings = DEFAULTS
) -> Iterator[Row | Malformed]:
    """What the rows of a file tell, in their order; a row that cannot be understood is given as `Malformed`.

    Raises `InputError` where the file cannot be read or is no file of this data set.
    """
    wanted = [frozenset(layout.columns) for layout in data_set.layouts if layout.begins is None]
    with texts(path) as found:
        for name, text in found:
            try:
                sheet = opened(name, text, wanted, quoted=data_set.quoted, settings=settings)
            except FormatError as error:
                raise FormatError(f"{name}: {error}") from error
            layout = _layout(sheet, data_set)
            if layout.version not in (None, source.version) and source in releases():
                told = f"is a file of {data_set.kind} {layout.version}, not {source.version}"
                raise FormatError(f"{name}: {told}; import it with --version {layout.version}")
            header = layout.columns if layout.begins else sheet.header
            columns = Columns(header, source, tally.unknown)
            yield from _rows(sheet, layout.mapping(columns), tally, _least(layout, columns))


def _least(layout: Layout, columns: Columns) -> int:
    return len(layout.columns) if layout.begins else max(columns(c) for c in layout.columns) + 1


def _rows(sheet: Sheet, mapping: Mapping, tally: Tally, least: int) -> Iterator[Row | Malformed]:
    for cells in sheet:
        tally.rows += 1
        if len(cells) < least:
            reason = cells[0][1:] if cells[0].startswith(BROKEN) else f"has {len(cells)} cells, not {least}"
            yield Malformed(sheet.name, sheet.line, reason)
            continue
        try:
            made = mapping(cells)
            if not isinstance(made, list | tuple):
                made = list(made)
        except (ValueError, KeyError, IndexError, OverflowError) as error:
            yield Malformed(sheet.name, sheet.line, str(error) or type(error).__name__)
            continue
        for item in made:
            if isinstance(item, Observation) and item.last and item.first and item.last < item.first:
                yield Malformed(sheet.name, sheet.line, f"ends on {item.last}, before it begins on {item.first}")
            else:
                yield item


def _layout(sheet: Sheet, data_set: DataSet) -> Layout:
    header = set(sheet.header)
    for layout in data_set.layouts:
        if layout.begins is None:
            if header >= set(layout.columns):
                return layout
        elif sheet.first is not None and len(sheet.first) == len(layout.columns) and layout.begins(sheet.first):
            return layout
    forms = " or ".join(
        f"{len(x.columns)} columns without a header" if x.begins else ", ".join(x.columns) for x in data_set.layouts
    )
    shown = ", ".join(sheet.header[:12]) + (" …" if len(sheet.header) > 12 else "")
    raise FormatError(f"{sheet.name}: is no file of {data_set.kind}: it begins with {shown}; expected are {forms}")
