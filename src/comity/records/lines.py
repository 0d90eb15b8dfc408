"""Records as JSON Lines and as rows of a table."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

from comity.errors import FormatError
from comity.records.record import NEWER, SHAPES, Record


def plain(value: Any) -> Any:
    """The value as JSON knows it: dataclasses as objects in the order of their fields, tuples as lists.

    A field that is newer than some records is left out where it is null, so that those stay as they were written.

    >>> from comity.records.record import Span
    >>> plain((Span(start=0, end=4, why="caption"),))
    [{'start': 0, 'end': 4, 'why': 'caption'}]
    """
    if is_dataclass(value) and not isinstance(value, type):
        values = {f.name: getattr(value, f.name) for f in fields(value)}
        late = {f.name for f in fields(value) if f.metadata.get(NEWER)}
        return {n: plain(v) for n, v in values.items() if v is not None or n not in late}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, float):
        return round(value, 6)
    return value


def as_row(record: Record) -> dict[str, Any]:
    """The fields of a record as JSON knows them, with its `rule` beside the `evidence` that names it.

    >>> from comity.records.record import Cooperation
    >>> as_row(Cooperation(evidence="rule: cooperate"))["rule"]
    'cooperate'
    """
    out: dict[str, Any] = {}
    for name, value in plain(record).items():
        if name == "evidence":
            out["rule"] = record.rule
        out[name] = value
    return out


def to_json(record: Record) -> str:
    """One record as one line of JSON, without the line's end.

    >>> from comity.records.record import Cooperation
    >>> to_json(Cooperation(parties=("MNG", "RUS"), areas=("trade",)))[:37]
    '{"kind": "cooperation", "id": "", "do'
    """
    return json.dumps(as_row(record), ensure_ascii=False)


def from_json(line: str) -> Record:
    """The record of a line that `to_json` wrote, its codes as members of their lists. Raises `FormatError` if none.

    >>> from comity.records.record import Cooperation
    >>> from_json(to_json(Cooperation(parties=("MNG", "RUS")))) == Cooperation(parties=("MNG", "RUS"))
    True
    """
    try:
        row = json.loads(line)
        return cast("Record", _builder(_SHAPE_OF[row["kind"]])(row))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise FormatError(f"is no record: {line[:80]!r} ({type(error).__name__})") from error


_SHAPE_OF: dict[str, Any] = {str(s.__dataclass_fields__["kind"].default): s for s in SHAPES}


@cache
def _builder(shape: type[Any]) -> Callable[[dict[str, Any]], Any]:
    """What makes a shape of an object of JSON that is used up by it; names that the shape has not are left out."""
    hints = get_type_hints(shape, include_extras=True)
    names = frozenset(f.name for f in fields(shape))
    makers = [(n, make) for n in names if (make := _maker(hints[n])) is not None]

    def build(row: dict[str, Any]) -> Any:
        given = row if row.keys() <= names else {n: v for n, v in row.items() if n in names}
        for name, make in makers:
            if (value := given.get(name)) is not None:
                given[name] = make(value)
        return shape(**given)

    return build


def _maker(hint: Any) -> Callable[[Any], Any] | None:
    """What makes the value of a field of that of JSON, as the field's annotation says; null where it is the same."""
    kind, parts = get_origin(hint), get_args(hint)
    if kind is Annotated:
        return _members(parts[1])
    if kind is Union or kind is UnionType:
        return _maker(next(p for p in parts if p is not NoneType))
    if kind is tuple:
        make = _maker(parts[0])
        return tuple if make is None else lambda values: tuple(map(make, values))
    if isinstance(hint, type) and is_dataclass(hint):
        return _builder(hint)
    return float if hint is float else None


def _members(codes: type[StrEnum]) -> Callable[[str], str]:
    """The member of a closed list for a code; a code that the list has not, as a person may set one, stays itself."""
    known: dict[str, str] = {c.value: c for c in codes}
    return lambda code: known.get(code, code)


def dumps(value: Any) -> str:
    """Any value as one line of JSON, with the words as they are."""
    return json.dumps(value, ensure_ascii=False)


def to_csv(records: Iterable[Record], *, header: bool = True) -> str:
    """The records as one table, a row a record, whatever their kinds; nested values are JSON in their cell.

    The columns are the union of the fields of all kinds, in a fixed order, so that two readings stack.

    >>> from comity.records.record import Cooperation
    >>> to_csv([Cooperation(parties=("MNG", "RUS"))]).splitlines()[0].split(",")[:3]
    ['kind', 'id', 'document']
    """
    out = io.StringIO()
    columns = _columns()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    if header:
        writer.writeheader()
    for record in records:
        row = as_row(record)
        writer.writerow({k: _cell(v) for k, v in row.items()})
    return out.getvalue()


def _columns() -> list[str]:
    names: dict[str, None] = dict.fromkeys(as_row(Record(kind="")))
    for shape in SHAPES:
        names.update(dict.fromkeys(f.name for f in fields(shape)))
    return list(names)


def _cell(value: Any) -> Any:
    if value is None or value == []:
        return ""
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return " ".join(value) if all(" " not in v for v in value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
