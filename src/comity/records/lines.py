"""Records as JSON Lines and as rows of a table."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

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
        told = {f.name: getattr(value, f.name) for f in fields(value)}
        late = {f.name for f in fields(value) if f.metadata.get(NEWER)}
        return {n: plain(v) for n, v in told.items() if v is not None or n not in late}
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
    """The record of a line that `to_json` wrote. Raises `FormatError` where it is none.

    >>> from comity.records.record import Cooperation
    >>> from_json(to_json(Cooperation(parties=("MNG", "RUS")))) == Cooperation(parties=("MNG", "RUS"))
    True
    """
    try:
        row = json.loads(line)
        shape = next(s for s in SHAPES if s.__dataclass_fields__["kind"].default == row["kind"])
        return cast("Record", _made(shape, row))
    except (ValueError, TypeError, KeyError, StopIteration) as error:
        raise FormatError(f"is no record: {line[:80]!r} ({type(error).__name__})") from error


def _made(shape: Any, value: Any) -> Any:
    """A value of JSON as the shape that a field's annotation names."""
    if value is None:
        return None
    if get_origin(shape) is UnionType:
        return _made(next(a for a in get_args(shape) if a is not NoneType), value)
    if get_origin(shape) is tuple:
        return tuple(_made(get_args(shape)[0], v) for v in value)
    if is_dataclass(shape) and isinstance(shape, type):
        hints = _hints(shape)
        return shape(**{n: _made(hints[n], v) for n, v in value.items() if n in hints})
    return float(value) if shape is float else value


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


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
