"""Names typed by users: the state or organisation that is meant, and similar names if there is none."""

from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from comity.knowledge.lexicon import entries, key
from comity.knowledge.meaning import Meaning
from comity.knowledge.states import by_code, by_name, rows, states


def code_named(text: str) -> str | None:
    """The code of a state or organisation by any of its names, its ISO alpha-2 or alpha-3 code or its acronym.

    >>> [code_named(x) for x in ("mng", "MN", "N. Korea", "D.R. Congo", "Cabo Verde", "uae", "NATO", "Mongola")]
    ['MNG', 'MNG', 'PRK', 'COD', 'CPV', 'ARE', 'NATO', None]
    """
    text = " ".join(text.split())
    state = by_code(text.upper()) or by_name(text)
    if state is not None:
        return state.code
    if text.upper() in _acronyms():
        return text.upper()
    if text.upper() in _alpha2():
        return _alpha2()[text.upper()]
    for name in (key(text), key(text).removeprefix("the ")):
        matches = [e for e in entries().get(name, ()) if e.kind in {"state", "organisation"}]
        matches.sort(key=lambda e: (e.kind != "state", e.last is not None, -(e.last or 0)))
        if matches:
            return matches[0].code
    return None


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(r["acronym"] for r in rows("organisations.csv"))


@cache
def _alpha2() -> dict[str, str]:
    """Alpha-2 codes; including those of former states that are not reused."""
    found = [s for s in states().values() if s.iso2]
    return {s.iso2: s.code for s in sorted(found, key=lambda s: s.last_year is None) if s.iso2}


_CLOSE = 0.72
"""The similarity from which a name is suggested (1 is identical)."""


def near(name: str, limit: int = 3) -> tuple[Meaning, ...]:
    """States and organisations whose name, adjective, capital or acronym resembles a mistyped one, the nearest first.

    >>> [(m.name, m.code) for m in near("Mongola", limit=1)]
    [('Mongolia', 'MNG')]
    """
    asked = key(name).removeprefix("the ")
    if not 2 <= len(asked) <= 60:
        return ()
    pairs = set(map("".join, pairwise(f" {asked} ")))
    matcher = SequenceMatcher(None, "", asked, autojunk=False)
    out: dict[str, tuple[float, int, Meaning]] = {}
    for n, (k, of, meaning) in enumerate(_typed()):
        lengths_ = len(k) + len(asked)
        if 2 * min(len(k), len(asked)) < _CLOSE * lengths_ or 2.2 * len(pairs & of) < len(pairs):
            continue
        matcher.set_seq1(k)
        if matcher.quick_ratio() < _CLOSE:
            continue
        likeness = matcher.ratio()
        old = out.get(meaning.code)
        if likeness >= _CLOSE and (old is None or likeness > old[0]):
            out[meaning.code] = (likeness, n, meaning)
    best = sorted(out.values(), key=lambda x: (-x[0], x[1]))
    return tuple(m for likeness, _, m in best[:limit] if likeness >= best[0][0] - 0.1)


@cache
def _typed() -> tuple[tuple[str, frozenset[str], Meaning], ...]:
    """Possible inputs for a state: names, then adjectives and capitals, then organisations; with pairs of letters."""
    out: dict[str, Meaning] = {}
    living = [s for s in states().values() if (s.last_year or 9999) >= 1918]
    for kind in ("state", "people", "city"):
        for s in living:
            own = {"state": (s.name, *s.alternatives), "people": s.adjectives, "city": s.capitals}[kind]
            for name in own:
                out.setdefault(key(name), Meaning(s.code, name, kind, None, None, "states.csv"))
    for r in rows("organisations.csv"):
        for name in (r["acronym"], *r["names"].split(";")):
            if name:
                out.setdefault(key(name), Meaning(r["acronym"], name, "organisation", None, "IGO", "organisations.csv"))
    return tuple((k, frozenset(map("".join, pairwise(f" {k} "))), m) for k, m in out.items())


def unknown(name: str) -> str:
    """The message for a name that no state or organisation has, with similar names.

    >>> unknown("Mongola")
    "'Mongola' is not a known state or organisation; did you mean Mongolia (MNG)?"
    """
    message = f"{name!r} is not a known state or organisation; "
    found = [f"{m.name} ({m.code})" for m in near(name)]
    if not found:
        return message + "write its code, such as MNG"
    return message + f"did you mean {' or '.join(filter(None, [', '.join(found[:-1]), found[-1]]))}?"
