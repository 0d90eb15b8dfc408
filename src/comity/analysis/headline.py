"""The headline of two states for some of their days, kinds or sources: the numbers that the strip's lanes show."""

from datetime import date

from comity.analysis.canvas import OCCURRED
from comity.analysis.chronicle import Choice
from comity.analysis.strip import Strip
from comity.knowledge.state_names import in_prose
from comity.ledger.provenance import counted


def headline(strip: Strip, choice: Choice) -> str | None:
    """One sentence with the numbers of a selection; null if everything that occurred is selected.

    >>> from datetime import date
    >>> bare = dict(items=(), bars=(), pull=None, coverage={}, first=date(2001, 1, 1), last=date(2020, 1, 1))
    >>> strip = Strip(a="KEN", b="UGA", on=date(2020, 1, 1), **bare)
    >>> headline(strip, Choice(first=date(2019, 1, 1), last=date(2019, 12, 31), kinds=("event",)))
    'From 2019-01-01 to 2019-12-31 Kenya and Uganda have 0 events.'
    >>> headline(strip, Choice())
    """
    if choice in {OCCURRED, Choice()}:
        return None
    one, other = in_prose(strip.a), in_prose(strip.b)
    wanted = choice.kinds or ("agreement", "visit", "event")
    parts = []
    if "agreement" in wanted:
        parts.append(_agreements(strip, choice))
    if "visit" in wanted:
        visits = strip.items_of("visit", choice)
        there, back = (sum(i.side == side for i in visits) for side in ("ab", "ba"))
        parts.append(f"{counted(there, 'visit')} of {one} and {back:,} of {other}")
        if there + back < len(visits):
            parts.append(f"{counted(len(visits) - there - back, 'visit')} together or with others")
    if "event" in wanted:
        events = strip.items_of("event", choice)
        up, down = (sum((i.value or 0.0) * sign > 0 for i in events) for sign in (1, -1))
        split = f" ({up:,} of cooperation, {down:,} of conflict)" if events else ""
        parts.append(counted(len(events), "event") + split)
    rest = [k for k in choice.kinds if k not in {"agreement", "visit", "event"}]
    parts += [counted(len(strip.items_of(k, choice)), k) for k in rest]
    words = " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
    days = _days(choice)
    least = f" reported by {counted(choice.least, 'independent source')} or more" if choice.least > 0 else ""
    return f"{days}{one if days else _raised(one)} and {other} have {words}{least}."


def _agreements(strip: Strip, choice: Choice) -> str:
    bars = strip.agreements(choice)
    forced = sum(b.effect == "in force" for b in bars)
    return counted(len(bars), "agreement") + (f" ({forced:,} of them in force on {strip.on})" if bars else "")


def _days(choice: Choice) -> str:
    first, last = choice.first, choice.last
    if first and last:
        return f"From {first} to {last} "
    return f"From {first} on " if first else f"Until {last} " if last else ""


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]


def preset(presets: tuple[tuple[str, date, date], ...], choice: Choice) -> str | None:
    """The selected one of the offered spans; null if none is.

    >>> spans = (("1 year", date(2019, 1, 1), date(2020, 1, 1)),)
    >>> preset(spans, Choice(first=date(2019, 1, 1), last=date(2020, 1, 1)))
    '1 year'
    """
    return next((words for words, first, last in presets if (choice.first, choice.last) == (first, last)), None)
