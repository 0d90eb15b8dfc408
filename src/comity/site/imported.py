"""What imported data sets contain on a state or on agreements, for the pages that show it next to the reports."""

from datetime import date

from markupsafe import Markup

from comity.analysis.data_lanes import chart
from comity.analysis.data_series import InSets, Row, of_state
from comity.analysis.drawing import framed
from comity.knowledge.state_names import name
from comity.site.answer import Ask


def state_sets(ask: Ask, code: str, on: date) -> Markup | None:
    """What data sets contain on a state up to a day, drawn; null if none was imported or none contains it."""
    canvas = chart(_sets(ask, code, on), code)
    if canvas is None:
        return None
    # our own drawing, every word in it escaped
    return Markup(framed(canvas, f"{name(code)} in imported data sets"))  # noqa: S704


def treaties(ask: Ask, codes: tuple[str, ...], on: date) -> list[dict[str, str | None]]:
    """The treaties in data sets among all of the given states up to a day, the latest first, each with its data set."""
    if not codes:
        return []
    found = _sets(ask, codes[0], on)
    wanted = set(codes)
    rows = [r for r in found.treaties if wanted <= set(r.states)]
    rows.sort(key=lambda r: (r.when.first or date.min, r.id), reverse=True)
    return [_shown(r, found) for r in rows]


def _sets(ask: Ask, code: str, on: date) -> InSets:
    return ask.snapshot.once(("sets", code, on), lambda: of_state(ask.ledger, code, on))


def _shown(row: Row, found: InSets) -> dict[str, str | None]:
    day = row.when.first.isoformat() if row.when.first else None
    return {"id": row.id, "set": row.source, "name": found.name(row.source), "date": day, "text": row.text}
