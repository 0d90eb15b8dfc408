"""Times every regular expression of Comity on text made against it.

`python tests/promises/patterns.py --characters 100000` prints the slowest. Patterns are found twice over: by looking
at every call of `re` in the sources, and by watching what `re` is asked to compile while all modules are imported and
reports are read; a call that neither way resolves is a fault, so that no pattern escapes.
"""

import argparse
import ast
import importlib
import json
import pkgutil
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType, SimpleNamespace
from typing import Any, ClassVar, Self

FUNCTIONS = {"compile", "match", "search", "fullmatch", "sub", "subn", "findall", "finditer", "split"}
SCANS = ("search", "finditer", "findall", "sub", "split")
"""What looks for a pattern from every place of a text, not only from its start."""


def _limits() -> dict[str, int]:
    from comity.language.tree import DATELINE_CHARACTERS
    from comity.settings import DEFAULTS

    return {
        "comity.coding": DEFAULTS.sentence_characters,
        "comity.mentions": DEFAULTS.sentence_characters,
        "comity.ledger.agreement": DEFAULTS.sentence_characters,
        "comity.document.layout": DEFAULTS.line_characters,
        "comity.document.dateline": DEFAULTS.line_characters,
        "comity.language.tree": DATELINE_CHARACTERS,
        # the rows of public registers that the evaluations read; no user's text
        "comity.evaluation": 2_000,
    }


def limit(module: str) -> int | None:
    """The longest text that a module's patterns are given; null where any text may come."""
    return next((most for name, most in _limits().items() if (module + ".").startswith(name + ".")), None)


@dataclass(frozen=True)
class Found:
    """A pattern, where it is written, and whether it is looked for from every place of a text."""

    pattern: re.Pattern[Any]
    module: str
    line: int
    scans: bool


class Watch:
    """What `re` is asked to compile from within Comity while this is in force: pattern, module, line."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, int], set[re.Pattern[Any]]] = {}
        self._compile = re._compile  # type: ignore[attr-defined]

    def __enter__(self) -> Self:
        def watched(pattern: Any, flags: Any) -> Any:
            made = self._compile(pattern, flags)
            frame: FrameType | None = sys._getframe(2)
            name = frame.f_globals.get("__name__", "") if frame else ""
            if frame is not None and name.startswith("comity"):
                self.seen.setdefault((name, frame.f_lineno), set()).add(made)
            return made

        re._compile = watched  # type: ignore[attr-defined]
        return self

    def __exit__(self, *_: object) -> None:
        re._compile = self._compile  # type: ignore[attr-defined]


def modules() -> list[ModuleType]:
    """All modules of Comity, imported."""
    import comity

    names = [m.name for m in pkgutil.walk_packages(comity.__path__, "comity.")]
    return [importlib.import_module(n) for n in names if not n.endswith("__main__")]


def calls(module: ModuleType) -> Iterator[tuple[ast.Call, str]]:
    """Each call of `re` in a module's source, with the name of the function called."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            base = node.func.value
            if isinstance(base, ast.Name) and base.id == "re" and node.func.attr in FUNCTIONS:
                yield node, node.func.attr


def methods(module: ModuleType) -> dict[str, set[str]]:
    """For each name of a module, the methods of a pattern that are called on it."""
    out: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in FUNCTIONS:
            out.setdefault(node.value.id, set()).add(node.attr)
    return out


def collected(watch: Watch) -> tuple[list[Found], list[str]]:
    """All patterns, and the calls that could not be resolved."""
    found: dict[tuple[re.Pattern[Any], str], Found] = {}
    missed = []
    for module in modules():
        used, names = methods(module), {id(v): k for k, v in vars(module).items() if isinstance(v, re.Pattern)}
        for node, function in calls(module):
            made = set(watch.seen.get((module.__name__, node.lineno), ()))
            if not made:
                made = _evaluated(node, function, module)
            if not made:
                missed.append(f"{module.__name__}:{node.lineno}")
            for pattern in made:
                asked = {function} if function != "compile" else used.get(names.get(id(pattern), ""), set(SCANS))
                scans = bool(asked & set(SCANS)) or not asked
                before = found.get((pattern, module.__name__))
                if before is None or (scans and not before.scans):
                    found[pattern, module.__name__] = Found(pattern, module.__name__, node.lineno, scans)
        for value in vars(module).values():
            if isinstance(value, re.Pattern) and not any(p is value for p, _ in found):
                found.setdefault((value, module.__name__), Found(value, module.__name__, 0, scans=True))
    return list(found.values()), missed


def _evaluated(node: ast.Call, function: str, module: ModuleType) -> set[re.Pattern[Any]]:
    """A pattern that is written out, or made of the module's own names, where it is called."""
    place = {"split": 2, "sub": 3, "subn": 3}.get(function, 1 if function == "compile" else 2)
    given = {k.arg: k.value for k in node.keywords}
    flags = given.get("flags") or (node.args[place] if len(node.args) > place and function != "split" else None)
    try:
        text = eval(compile(ast.Expression(node.args[0]), "pattern", "eval"), dict(vars(module)))
        wanted = eval(compile(ast.Expression(flags), "flags", "eval"), dict(vars(module))) if flags else 0
        return {re.compile(text, wanted)}
    except (NameError, AttributeError, TypeError):
        return set()


# texts made against a pattern


def _sample(tree: Any, groups: dict[int, str], choice: int = 0) -> str:
    """A text that the pattern, or part of it, would match; alternatives and sets take their member `choice`."""
    out = []
    for op, value in tree:
        if op is sre.LITERAL:
            out.append(chr(value))
        elif op is sre.NOT_LITERAL:
            out.append("a" if value != ord("a") else "b")
        elif op is sre.ANY:
            out.append("a")
        elif op is sre.IN:
            out.append(_member(value, choice))
        elif op is sre.BRANCH:
            ways = value[1]
            out.append(_sample(ways[choice % len(ways)], groups, choice))
        elif op is sre.SUBPATTERN:
            made = _sample(value[3], groups, choice)
            if value[0] is not None:
                groups[value[0]] = made
            out.append(made)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, body = value
            out.append(_sample(body, groups, choice) * (least or min(1, int(most))))
        elif op is sre.ATOMIC_GROUP:
            out.append(_sample(value, groups, choice))
        elif op is sre.GROUPREF:
            out.append(groups.get(value, ""))
    return "".join(out)


_CLASSES = {
    sre.CATEGORY_DIGIT: "1a",
    sre.CATEGORY_NOT_DIGIT: "a ",
    sre.CATEGORY_SPACE: " \t",
    sre.CATEGORY_NOT_SPACE: "a1",
    sre.CATEGORY_WORD: "aA",
    sre.CATEGORY_NOT_WORD: " .",
}


def _member(members: Any, choice: int) -> str:
    refuses = members[0][0] is sre.NEGATE
    if refuses:
        regex_set = {chr(v) for op, v in members[1:] if op is sre.LITERAL}
        kinds = {v for op, v in members[1:] if op is sre.CATEGORY}
        order = ("a", " ", "1", ".", "A")
        for c in (*order[choice % 3 :], *order):
            digit, space = c.isdigit(), c.isspace()
            word = c.isalnum()
            barred = (
                (sre.CATEGORY_DIGIT in kinds and digit)
                or (sre.CATEGORY_SPACE in kinds and space)
                or (sre.CATEGORY_WORD in kinds and word)
                or (sre.CATEGORY_NOT_WORD in kinds and not word)
                or (sre.CATEGORY_NOT_DIGIT in kinds and not digit)
                or (sre.CATEGORY_NOT_SPACE in kinds and not space)
            )
            if c not in regex_set and not barred:
                return c
        return "é"
    options = []
    for op, v in members:
        if op is sre.LITERAL:
            options.append(chr(v))
        elif op is sre.RANGE:
            options.append(chr(v[0]))
        elif op is sre.CATEGORY:
            options.append(_CLASSES[v][0])
    return options[choice % len(options)]


def _repeats(tree: Any, before: str, choice: int) -> Iterator[tuple[str, str]]:
    """For each part that may repeat without end: a text that leads up to it, and one turn of it."""
    groups: dict[int, str] = {}
    for i, (op, value) in enumerate(tree):
        lead = before + _sample(tree[:i], groups, choice)
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if int(value[1]) > 3:
                yield lead, _sample(value[2], groups, choice)
            yield from _repeats(value[2], lead, choice)
        elif op is sre.SUBPATTERN:
            yield from _repeats(value[3], lead, choice)
        elif op is sre.BRANCH:
            for way in value[1]:
                yield from _repeats(way, lead, choice)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(value[1], lead, choice)


RUNS = (
    " ",
    "a",
    "A",
    "1",
    ".",
    "-",
    "a ",
    "A ",
    "Aa ",
    "1 ",
    "1,",
    "the ",
    "\n",
    "\u00a0",
    "'",
    "\u2019s ",
    "<",
    "é",
    "a-",
    "A.",
)
"""What is repeated to the full length, whatever the pattern."""


def attacks(pattern: re.Pattern[Any], size: int, choices: int = 3) -> Iterator[str]:
    """Texts of so many characters: long runs, the pattern's own beginnings over and over, near misses, pumped parts."""
    seen = set()
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    pieces: list[tuple[str, str]] = [("", r) for r in RUNS]
    for choice in range(choices):
        whole = _sample(tree, {}, choice)
        # near misses: all of a match but its last character, half of it, and all with a wrong end
        pieces += [("", whole), ("", whole[:-1]), ("", whole[: len(whole) // 2]), ("", whole[:-1] + "\x01")]
        for lead, turn in _repeats(tree, "", choice):
            pieces += [(lead, turn), ("", lead + turn), (lead, turn + " ")]
    for lead, turn in pieces:
        if turn and (lead, turn) not in seen:
            seen.add((lead, turn))
            yield (lead + turn * (size // len(turn) + 1))[: size - 1] + "\x01"


class _LateError(Exception):
    pass


def _alarm(*_: object) -> None:
    raise _LateError


def seconds(pattern: re.Pattern[Any], text: str, *, scans: bool, most: float) -> float:
    """How long the pattern takes on a text in processor time; `most` where it had to be stopped there."""
    given: Any = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    signal.signal(signal.SIGPROF, _alarm)
    began = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_PROF, most)
        if scans:
            for _ in pattern.finditer(given):
                pass
        else:
            pattern.match(given)
            pattern.fullmatch(given)
        signal.setitimer(signal.ITIMER_PROF, 0)
    except _LateError:
        return most
    return time.process_time() - began


def slowest(found: Found, size: int, most: float, choices: int = 3) -> tuple[float, str]:
    """The longest time and the text (its first characters) that took it; stops at the first that takes too long."""
    worst = (0.0, "")
    for text in attacks(found.pattern, size, choices):
        took = seconds(found.pattern, text, scans=found.scans, most=2 * most)
        if took > most:
            took = min(took, *(seconds(found.pattern, text, scans=found.scans, most=2 * most) for _ in range(4)))
        if took > worst[0]:
            worst = (took, text[:80])
        if took > most:
            break
    return worst


def exercised() -> Watch:
    """Imports everything and reads reports, so that patterns made where they are first needed are made."""
    with Watch() as watch:
        modules()
        from datetime import date

        import comity
        from comity.coding.titles import read_title
        from comity.data_sets import treaty_lists
        from comity.document.document import Document
        from comity.evaluation import titles, visits
        from comity.ledger import similarity
        from comity.ledger.interval import OPEN
        from comity.records.record import Agreement

        treaty_lists._words()
        read_title("Agreement between the Government of Chile and the Government of Peru on Fisheries")
        titles._vocabulary("wti"), titles._vocabulary("huggo"), titles._pattern({"france", "french republic"})
        trip = visits.Trip("Barack Obama", "President", date(2014, 6, 5), date(2014, 6, 7), "FRA", ("France", "Paris"))
        list(visits.reporting(trip, [Document(id="1", text="He visited France.", published="2014-06-05")]))
        results = SimpleNamespace(quote="an agreement")
        bare = {"words": frozenset(), "year": None, "signed": OPEN, "record": Agreement(title=None, type=None)}
        similarity._indefinite(SimpleNamespace(statement=results, **bare))
        for path in sorted((Path(__file__).parents[2] / "examples").glob("*.txt")):
            comity.read(path)
        reports = Path(__file__).parents[1] / "ledger" / "reports" / "four.jsonl"
        with tempfile.TemporaryDirectory() as folder, comity.open(Path(folder) / "a.duckdb") as ledger:
            ledger.add(reports)
            for day in ("2019-03-01", "2019-03-04"):
                text = "Kenya and Uganda signed an agreement on fishing."
                row = {"id": day, "date": day, "text": f"{text} They met in Nairobi."}
                results = Path(folder) / f"{day}.jsonl"
                results.write_text(json.dumps(row), encoding="utf-8")
                ledger.add(results)
            list(ledger.export())
    return watch


class Measured:
    """A pattern that notes how long the longest text is that it is given, by the module that made it and its source."""

    longest: ClassVar[dict[str, int]] = {}

    def __init__(self, pattern: re.Pattern[Any], module: str):
        self.own, self.module = pattern, module

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.own, name)
        if name not in FUNCTIONS:
            return found

        def given(*words: Any, **more: Any) -> Any:
            text = more.get("string", words[1 if name in {"sub", "subn"} and len(words) > 1 else 0])
            key = f"{self.module} {self.own.pattern}"
            self.longest[key] = max(self.longest.get(key, 0), len(text))
            return found(*words, **more)

        return given


HOSTILE = (
    "Kenya and Uganda signed a trade agreement for five years in Nairobi on 3 May 2012. ",
    "Kenya" + " " * 100_000 + "and Uganda signed an agreement of 2 million dollars. ",
    "Kenya and " + "Uganda" * 20_000 + " signed a treaty. ",
    "Kenya, " + "Uganda, Peru and Chile, " * 100 + "signed a treaty on 3 May 2012. ",
    "NAIROBI, May 3, 2012 (Agency) - Kenya " + "said, " * 600 + "and signed. ",
    "Photo: " + "Kenya " * 600 + "\n\n" + "By " + "A" * 100_000 + "\n\n" + "Kenya signed a treaty with Peru. " * 60,
)
"""Reports whose lines, sentences, words and white space are far longer than any limit."""


def measured() -> dict[str, int]:
    """The longest text that each pattern is given while reports beyond all limits are read."""
    own = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: Any) -> Any:
        if isinstance(pattern, Measured):
            return pattern
        made, name = own(pattern, flags), sys._getframe(2).f_globals.get("__name__", "")
        return Measured(made, name) if name.startswith("comity") else made

    re._compile = watched  # type: ignore[attr-defined]
    modules()
    import comity

    rows = [{"id": str(i), "date": None, "title": None, "text": text} for i, text in enumerate(HOSTILE)]
    rows += [{**row, "id": f"t{row['id']}", "title": row["text"]} for row in rows]
    with tempfile.TemporaryDirectory() as folder, comity.open(Path(folder) / "a.duckdb") as ledger:
        path = Path(folder) / "hostile.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        done = ledger.add(path)
        list(ledger.export())
    if done.failed:
        raise SystemExit(f"not read: {done.failed}")
    return Measured.longest


def main() -> None:
    """Times all patterns and lists the slowest; exit code 1 where one takes too long or could not be found."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--characters", type=int, default=100_000)
    words.add_argument("--milliseconds", type=float, default=50)
    words.add_argument("--only", default="", help="Only the modules whose names begin so.")
    words.add_argument("--choices", type=int, default=3, help="How many ways of matching are tried.")
    words.add_argument("--lengths", action="store_true", help="Tell the longest texts given instead, as JSON.")
    words.add_argument("--longest", type=Path, help="What --lengths printed; found anew where it is not given.")
    given = words.parse_args()
    if given.lengths:
        print(json.dumps(measured()))
        return
    if given.longest is None:
        # in a process of its own: there every pattern is wrapped as it is made
        results = subprocess.run([sys.executable, __file__, "--lengths"], capture_output=True, text=True, check=True)
        longest = json.loads(results.stdout)
    else:
        longest = json.loads(given.longest.read_text(encoding="utf-8"))
    found, missed = collected(exercised())
    found = [f for f in found if f.module.startswith(given.only)] if given.only else found
    rows = []
    for f in sorted(found, key=lambda f: (f.module, f.line)):
        # what a limit holds for is timed at the limit; what was seen to be given more is timed in full
        most = limit(f.module) or given.characters
        beyond = longest.get(f"{f.module} {f.pattern.pattern}", 0) > most
        size = given.characters if beyond else min(given.characters, most)
        took, text = slowest(f, size, given.milliseconds / 1000, given.choices)
        rows.append((took, f, text))
    rows.sort(key=lambda r: -r[0])
    slow = [r for r in rows if r[0] * 1000 > given.milliseconds]
    for took, f, text in slow:
        print(f"{took * 1000:7.1f} ms {f.module}:{f.line} {str(f.pattern.pattern)[:70]!r} on {text[:40]!r}")
    for call in missed:
        print(f"not found: the pattern of {call}")
    within = max((r[0] for r in rows if r not in slow), default=0.0)
    print(f"{len(rows)} patterns, {len(slow)} too slow, the slowest of the others {within * 1000:.1f} ms")
    sys.exit(1 if slow or missed else 0)


if __name__ == "__main__":
    main()
