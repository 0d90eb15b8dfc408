"""UN Comtrade, in the formats of Comtrade Plus and of the older site: what each reporter reports for each partner.

Values are US dollars as reported by one side (imports cif, exports fob): the two sides differ and both are kept.
"Areas, nes" and other groups are not states: they are counted, not stored. "Other Asia, nes" (490) is by practice
Taiwan.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from comity.data_sets.cells import Cells, month, text, whole, year
from comity.data_sets.crosswalk import known, named
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Row
from comity.data_sets.notation import counted
from comity.data_sets.observed import Observed

_FLOWS = {
    "M": "imports", "X": "exports", "RX": "re-exports", "RM": "re-imports", "IMPORT": "imports", "EXPORT": "exports",
    "IMPORTS": "imports", "EXPORTS": "exports", "RE-EXPORT": "re-exports", "RE-IMPORT": "re-imports",
    "RE-EXPORTS": "re-exports", "RE-IMPORTS": "re-imports",
}  # fmt: skip
_TOTALS = frozenset({"TOTAL", "AG0"})
_WORLD = frozenset({"W00", "WLD", "WORLD"})
_UNION = {"EUR": "EU", "EU2": "EU", "EU27": "EU", "EU28": "EU", "97": "EU"}
_GROUPS = frozenset({"", "_X", "NULL"})
_NOT_PARTS = frozenset({"0", "C00", "W00", ""})
_MONTH = 6


class Side(NamedTuple):
    """A reporter or a partner: its state if it is one, whether it is the World, and its name in the file."""

    state: str | None
    shown: str
    world: bool = False


class _Country:
    """Identifies a reporter or partner by its number, otherwise its letters, otherwise its name."""

    __slots__ = ("code", "iso", "name")

    def __init__(self, at: Columns, who: str):
        self.code, self.iso = at.maybe(f"{who}_code"), at.maybe(f"{who}_iso")
        self.name = at.maybe(f"{who}_desc|{who}")
        if self.code is None and self.iso is None and self.name is None:
            raise ValueError(f"has neither {who}Code nor {who}ISO")

    def __call__(self, cells: Cells, on: str) -> Side:
        code, iso, name = ("" if i is None else (text(cells[i]) or "") for i in (self.code, self.iso, self.name))
        if not (code or iso or name):
            raise ValueError("has no reporter or no partner")
        if code:
            number = str(whole(code))
            if number == "0":
                return Side(None, iso or "0", world=True)
            found = known("m49", number, on) or _UNION.get(number)
            return Side(found, iso or number) if found or not iso else self._lettered(iso, name, on)
        if iso:
            return self._lettered(iso, name, on)
        return Side(named(name, on), name, world=name.upper() in _WORLD)

    def _lettered(self, iso: str, name: str, on: str) -> Side:
        letters = iso.upper()
        if letters in _WORLD:
            return Side(None, iso, world=True)
        found = _UNION.get(letters) or (None if letters in _GROUPS else known("iso", letters, on))
        if found is None and self.code is None and letters.isalpha() and named(name, on) is None:
            raise ValueError(f"{iso!r} is not an ISO code")
        # "S19" and the like are the letters of "Other Asia, nes"
        return Side(found or (named(name, on) if name else None), iso)


def _side(found: Side, unknown: Counter[str]) -> bool:
    if found.state is None and not found.world:
        unknown[f"m49 {found.shown}" if found.shown.isdigit() else found.shown] += 1
        return False
    return True


def _plus(at: Columns) -> Mapped:
    when, flow, goods, amount = (at(c) for c in ("period", "flowcode", "cmdcode", "primaryvalue"))
    # parts of a total by a second partner, customs procedure or means of transport
    parts = tuple(at.have("partner2code", "customscode", "motcode").values())
    return _mapping(at, when, flow, goods, amount, parts, plus=True)


def _older(at: Columns) -> Mapped:
    when, flow, goods, amount = (at(c) for c in ("period|year", "trade_flow", "commodity_code", "trade_value_us"))
    parts = tuple(at.have("2nd_partner_code", "customs_proc_code", "mode_of_transport_code").values())
    return _mapping(at, when, flow, goods, amount, parts, plus=False)


def _mapping(
    at: Columns, when: int, flow: int, goods: int, amount: int, parts: tuple[int, ...], *, plus: bool
) -> Mapped:
    reporter, partner = _Country(at, "reporter"), _Country(at, "partner")
    more = at.have("cifvalue", "fobvalue", "isreported", "classificationcode")
    observed, unknown, number = Observed(at.release), at.unknown, at.numbers(amount)

    def row(cells: Cells) -> Iterable[Row]:
        span = str(whole(cells[when]))
        days = month(span) if len(span) == _MONTH else year(span)[:2]
        on = f"{days[0].year}-07-01"
        one, other = reporter(cells, on), partner(cells, on)
        if one.world:
            unknown[f"m49 {one.shown}"] += 1
        sound = [_side(s, unknown) for s in (one, other)]
        if not all(sound) or one.world:
            return
        printed, commodity = cells[flow].strip(), cells[goods].strip().upper()
        measure = _FLOWS.get(printed.upper())
        if measure is None:
            raise ValueError(f"{printed!r} is not a Comtrade flow")
        part = "/".join(c for i in parts if i < len(cells) and (c := text(cells[i]) or "") not in _NOT_PARTS)
        details: dict[str, object] = {n: text(cells[i]) for n, i in more.items() if i < len(cells)}
        if commodity not in _TOTALS or part:
            details |= {"commodity": commodity, "part": part or None}
            measure = f"{measure} of {commodity}" + (" (part)" if part else "")
        sides = (_number(cells, reporter), _number(cells, partner)) if plus else (one.shown, other.shown)
        key = f"{sides[0]}-{sides[1]}-{span}-{printed}-{commodity}{part}"
        yield observed.figure(
            key, measure, one.state, other.state, days, counted(number(cells[amount])), "USD", details
        )

    return row


def _number(cells: Cells, side: _Country) -> str:
    """The identifier of a reporter or partner in a row's key: its number if the file has it."""
    i = next(i for i in (side.code, side.iso, side.name) if i is not None)
    return cells[i].strip()


COMTRADE = DataSet(
    kind="comtrade",
    layouts=(
        Layout(
            (
                "period", "reportercode|reporteriso|reporterdesc", "flowcode", "partnercode|partneriso|partnerdesc",
                "cmdcode", "primaryvalue",
            ),
            _plus,
        ),
        Layout(
            (
                "year", "trade_flow", "reporter_iso|reporter_code|reporter", "partner_iso|partner_code|partner",
                "commodity_code", "trade_value_us",
            ),
            _older,
        ),
    ),
)  # fmt: skip
