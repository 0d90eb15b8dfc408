"""The form again after invalid input: as filled in, with the error and similar names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from urllib.parse import urlencode

from comity.errors import InputError
from comity.knowledge.typed import code_named, near
from comity.site.address import ADDRESSES, Address
from comity.site.parameters import Parameter

_STATES = {
    "a": "One state",
    "b": "Another state",
    "c": "One state of the second pair",
    "d": "Another state of the second pair",
    "code": "State or organisation",
    "state": "State",
    "pulled": "Rivals at",
}
_DAYS = {"on": "Status on", "known": "As known on", "from": "From", "to": "To"}
_SHOWS = frozenset({"a", "b", "c", "d", "code"})
_LEAVES = frozenset({"part", "page", "fact", "width"})
_CLOSE = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A name similar to the input, and the address with it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form as filled in; `fault` is the error, empty if there is none."""

    name: str
    label: str
    value: str
    fault: str = ""
    near: tuple[Near, ...] = ()

    @property
    def of_states(self) -> bool:
        """Whether it offers the names of states."""
        return self.name in _STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form to fill in again: its target and its fields."""

    action: str
    fields: tuple[Field, ...]


def form_again(path: str, named: Mapping[str, str], query: Iterable[tuple[str, str]]) -> Form | None:
    """The form for an invalid address; null if none of its fields is the cause.

    >>> form = form_again("/state/Mongola", {"code": "Mongola"}, [])
    >>> form.action, form.fields[0].value, [n.address for n in form.fields[0].near][:1]
    ('/state', 'Mongola', ['/state?code=Mongolia'])
    """
    given = [(k, v) for k, v in query if k not in _LEAVES]
    head = "/" + path.strip("/").partition("/")[0]
    typed = [*((k, v) for k, v in named.items() if k in _SHOWS), *((k, v) for k, v in given if v.strip())]
    if head in {"/dyad", "/compare"}:
        wanted = "ab" if head == "/dyad" else "abcd"
        typed = [*((k, dict(typed).get(k, "")) for k in wanted), *((k, v) for k, v in typed if k not in wanted)]
    address = _address(path)
    fields = [_field(k, v, address) for k, v in typed]
    if not any(f.fault for f in fields) and head not in {"/dyad", "/compare"}:
        return None
    leads = any(k in _SHOWS for k in named)
    action = head if leads else path
    filled = []
    for at, field in enumerate(fields):
        others = [(f.name, f.value) for f in fields]
        names = [n.name for n in field.near]
        filled.append(
            replace(
                field,
                near=tuple(
                    Near(name=n, address=f"{action}?{urlencode([*others[:at], (field.name, n), *others[at + 1 :]])}")
                    for n in names
                ),
            )
        )
    return Form(action=action, fields=tuple(filled)) if filled else None


def _address(path: str) -> Address | None:
    head = path.strip("/").partition("/")[0]
    return next((a for a in ADDRESSES if a.path.strip("/").partition("/")[0] == head), None)


def _field(name: str, value: str, address: Address | None) -> Field:
    """A field with its error."""
    if name in _STATES:
        return _of_state(name, value)
    parameter = next((p for p in address.parameters if p.name == name), None) if address else None
    label = _DAYS.get(name, name.capitalize())
    if parameter is None:
        return Field(name=name, label=label, value=value)
    fault = _fault(parameter, value)
    close = get_close_matches(value, parameter.choices, n=3, cutoff=_CLOSE) if fault else []
    return Field(name=name, label=label, value=value, fault=fault, near=_unlinked(close))


def _of_state(name: str, value: str) -> Field:
    label = _STATES[name]
    if not value.strip():
        return Field(name=name, label=label, value=value, fault="name a state")
    if code_named(value) is not None:
        return Field(name=name, label=label, value=value)
    close = [m.name for m in near(value)]
    fault = "not a known state or organisation" + ("; did you mean" if close else "")
    return Field(name=name, label=label, value=value, fault=fault, near=_unlinked(close))


def _unlinked(names: Iterable[str]) -> tuple[Near, ...]:
    return tuple(Near(name=n, address="") for n in dict.fromkeys(names))


def _fault(parameter: Parameter, value: str) -> str:
    try:
        parameter.read([value])
    except InputError as error:
        return str(error)
    return ""
