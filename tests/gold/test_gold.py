"""Articles read by hand: what Comity finds in them of agreements and visits, held out and not."""

import gzip
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.reading import Reading, read_all
from comity.records.lines import plain

ARTICLES = Path(__file__).with_name("articles.jsonl")
Row = dict[str, Any]
# what stages of the guide the stages of a record are
STAGES = {
    "planned": "proposed planned negotiated", "agreed": "initialled agreed", "signed": "signed", "ratified": "ratified",
    "in_force": "in force|amended|extended|renewed", "terminated": "suspended superseded terminated expired",
}  # fmt: skip


@cache
def gold() -> tuple[Row, ...]:
    return tuple(json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, Row]:
    """The reports that the rows are about, from the collections where they stand."""
    wanted, out = {row["id"] for row in gold()}, {}
    for name in sorted({row["file"] for row in gold()}):
        with gzip.open(shared / "news" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                report = json.loads(line)
                if report["id"] in wanted:
                    out[report["id"]] = report
    return out


@pytest.fixture(scope="module")
def found(texts: dict[str, Row], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    path = tmp_path_factory.mktemp("gold") / "articles.jsonl"
    path.write_text("".join(json.dumps(texts[row["id"]]) + "\n" for row in gold()), encoding="utf-8")
    readings = (r for r in read_all([path]) if isinstance(r, Reading))
    records = [plain(record) for reading in readings for record in reading.records]
    return {row["id"]: [r for r in records if r["document"] == row["id"]] for row in gold()}


def codes(value: Any) -> set[str]:
    """The codes of a field; the Community is the Union."""
    given = [value] if isinstance(value, str) else value or []
    return {"EU" if c == "EC" else c for c in given if c}


def words(text: str | None) -> set[str]:
    return {w for w in re.findall(r"\w+", (text or "").lower()) if len(w) > 3}


def touch(g: Row, r: Row) -> bool:
    if g["quote_in"] != r["part"]:
        return False
    return r["start"] < g["quote_end"] and g["quote_start"] < r["end"]


def share(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def like_agreement(g: Row, r: Row) -> float:
    parties = share(codes(g["parties"]), codes(r["parties"]))
    return 0 if parties < 0.5 else parties + 2 * touch(g, r) + share(words(g["title"]), words(r["title"]))


def like_visit(g: Row, r: Row) -> float:
    guests = {c for v in r["visitors"] for c in codes(v["state"] or v["organisation"])}
    named = words(g["visitor"]) & words(" ".join(str(v["name"] or v["text"]) for v in r["visitors"]))
    if not guests & codes(g["visitor_state"]) or not codes(r["host"]) & codes(g["host_state"]):
        return 0
    return 1 + 2 * touch(g, r) + bool(named) if touch(g, r) or named else 0


def pairs(golds: list[Row], records: list[Row], likeness: Any) -> dict[int, int]:
    """One record for each row at most, the likest pairs first."""
    likest = sorted(((likeness(g, r), i, j) for i, g in enumerate(golds) for j, r in enumerate(records)), reverse=True)
    out: dict[int, int] = {}
    for score, i, j in likest:
        if score > 0 and i not in out and j not in out.values():
            out[i] = j
    return out


def f1(found: dict[str, list[Row]], kind: str, *, held_out: bool) -> float:
    """F1 with recall on what an article is about and precision against all that it mentions."""
    right = wrong = hit = wanted = 0
    for row in (r for r in gold() if r["held_out"] is held_out):
        golds = row[kind + "s"]
        records = [r for r in found[row["id"]] if r["kind"] == kind and (kind == "visit" or r["parties"])]
        matched = pairs(golds, records, like_visit if kind == "visit" else like_agreement)
        main = [i for i, g in enumerate(golds) if is_main(kind, g)]
        good = sum(kind == "visit" or golds[i]["interstate"] for i in matched)
        right, wrong = right + good, wrong + len(records) - good
        hit, wanted = hit + sum(i in matched for i in main), wanted + len(main)
    precision, recall = right / (right + wrong), hit / wanted
    return 2 * precision * recall / (precision + recall)


def is_main(kind: str, g: Row) -> bool:
    if kind == "visit":
        return bool(g["main"] and g["type"] == "visit")
    return bool(g["interstate"] and not g["background"])


@pytest.mark.parametrize(
    ("kind", "held_out", "floor"),
    [("agreement", True, 0.8), ("agreement", False, 0.88), ("visit", True, 0.68), ("visit", False, 0.78)],
)
def test_agreements_and_visits_are_found_in_articles_read_by_hand(
    found: dict[str, list[Row]], kind: str, held_out: bool, floor: float
) -> None:
    assert f1(found, kind, held_out=held_out) >= floor


def test_the_stage_and_the_parties_of_what_is_found_are_mostly_right(found: dict[str, list[Row]]) -> None:
    stages = {s: name for name, words in STAGES.items() for s in re.split(r"\|", words.replace(" ", "|")) if s}
    stages["in force"] = "in_force"
    held: list[tuple[bool, bool]] = []
    for row in gold():
        records = [r for r in found[row["id"]] if r["kind"] == "agreement" and r["parties"]]
        for i, j in pairs(row["agreements"], records, like_agreement).items():
            g, r = row["agreements"][i], records[j]
            if g["interstate"]:
                ok = {*g["stage_ok"], *(["planned"] if "agreed" in g["stage_ok"] else [])}
                held.append((stages.get(r["stage"] or "") in ok, codes(g["parties"]) == codes(r["parties"])))
    assert sum(s for s, _ in held) >= 0.75 * len(held)
    assert sum(p for _, p in held) >= 0.85 * len(held)


def test_the_articles_are_still_those_that_were_read(texts: dict[str, Row]) -> None:
    for row in gold():
        report = texts[row["id"]]
        assert hashlib.sha256(report["text"].encode()).hexdigest() == row["text_sha256"]
        for mark in [*row["agreements"], *row["visits"]]:
            part = report["title"] if mark["quote_in"] == "title" else report["text"]
            assert part[mark["quote_start"] : mark["quote_end"]].strip()


def test_no_words_of_the_articles_are_here() -> None:
    assert all(not {"text", "quote"} & {*row, *(k for a in row["agreements"] for k in a)} for row in gold())


def test_a_third_is_held_out() -> None:
    assert 10 <= sum(row["held_out"] for row in gold()) <= 16
