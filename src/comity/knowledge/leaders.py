"""Leaders: heads of state and government, foreign ministers and the like, with the years in which they held office."""

from dataclasses import dataclass
from functools import cache

from comity.knowledge.states import rows

_UNKNOWN_END = 9999


@dataclass(frozen=True, slots=True)
class Leader:
    """A person in an office; `to` is null while in office."""

    name: str
    state: str
    office: str
    level: str
    from_: str
    to: str | None


@cache
def _index() -> dict[str, tuple[Leader, ...]]:
    out: dict[str, list[Leader]] = {}
    for r in rows("leaders.csv"):
        leader = Leader(r["name"], r["state"], r["office"], r["level"], r["from"], r["to"] or None)
        for key in {r["name"].casefold(), surname(r["name"], r["state"]).casefold()}:
            out.setdefault(key, []).append(leader)
    return {k: tuple(v) for k, v in out.items()}


def surname(name: str, state: str) -> str:
    """The word by which a report calls a person after the first mention; the first where the family name leads.

    >>> surname("Vladimir Putin", "RUS"), surname("Xi Jinping", "CHN")
    ('Putin', 'Xi')
    """
    words = name.split()
    if state in {"CHN", "KOR", "PRK", "VNM"} and len(words) > 1:
        return words[0]
    low = [w.lower() for w in words]
    for particle in ("de", "bin", "von"):
        if particle in low[1:]:
            return " ".join(words[low.index(particle) :])
    return words[-1]


def by_name(name: str, on: str | None = None) -> list[Leader]:
    """Those who bear a name or surname, whoever held office on the date (EDTF), or nearest to it, first.

    >>> [(x.office, x.state) for x in by_name("Putin", on="2019-09-02")][:1]
    [('President', 'RUS')]
    """
    found = _index().get(name.casefold(), ())
    return sorted(found, key=lambda x: distance(x, on))


def distance(leader: Leader, on: str | None) -> int:
    """Years between a date and the time in office; 0 within it, or where the date is unknown.

    >>> distance(by_name("Brezhnev")[0], "1992")
    10
    """
    if on is None or not on[:4].isdigit():
        return 0
    year = int(on[:4])
    first, last = int(leader.from_[:4]), int((leader.to or str(_UNKNOWN_END))[:4])
    return max(first - year, year - last, 0)
