"""The project's own hand-read articles: every mark stands where it says, and the data card's counts are true."""

import gzip
import hashlib
import importlib.util
import json
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"


@cache
def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check = script(CORPUS / "check.py")
readers = script(CORPUS / "readers.py")


@cache
def held(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(check.load(f"{name}.jsonl.gz"))


def written() -> list[dict[str, Any]]:
    return [*held("written"), *held("floors")]


def one(**changes: Any) -> dict[str, Any]:
    """A small article with one event, changed."""
    record = {"p": 1, "k": "event", "type": "ACCUSE", "status": "occurred", "trig": "accused", "main": 1,
              "actor": [["Peru", "PER"]], "rec": [["Chile", "CHL"]]}  # fmt: skip
    return {"id": "a", "title": None, "text": "Peru accused Chile of spying.", "records": [record | changes]}


def test_every_span_is_where_it_is_marked_and_every_code_is_known_or_listed():
    assert [f for article in written() for f in check.faults(article)] == []


def test_the_second_readers_marks_stand_in_the_same_texts():
    texts = {a["id"]: a for a in written()}
    assert [f for row in held("second_reader") for f in check.faults(texts[row["id"]], row["records"])] == []


def test_the_marks_on_articles_of_others_are_whole():
    assert [f for row in held("real") for f in check.real_faults(row)] == []


def test_the_marks_on_articles_of_others_stand_in_their_texts(shared):
    found = check.every_fault(shared / "news")
    assert found == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"trig": "blamed"}, "'blamed' is not in the paragraph"),
        ({"actor": [["Per", "PER"]]}, "'Per' is not in the paragraph"),
        ({"rec": [["Chile", "QQQ"]]}, "code 'QQQ' is unknown"),
        ({"rec": [["Chile", "PER"]]}, "fewer than two parties"),
        ({"type": "BLAME"}, "type 'BLAME'"),
        ({"alt": ["BLAME"]}, "alt 'BLAME'"),
        ({"date": "last May"}, "date 'last May' is no EDTF"),
        ({"p": 2}, "paragraph 2"),
        ({"src": ["Lima", "PER"]}, "'Lima' is not near"),
        ({"mentions": [[1, "the spies"]]}, "'the spies' is not in paragraph 1"),
    ],
)
def test_a_wrong_mark_is_found_out(changes, message):
    assert check.faults(one()) == []
    assert [f.split(": ", 1)[1] for f in check.faults(one(**changes))] == [message]


def test_another_text_under_the_same_id_is_found_out():
    text = "Peru accused Chile of spying."
    sha = hashlib.sha256(text.encode()).hexdigest()
    record = {"p": 1, "part": "text", "k": "event", "type": "ACCUSE", "status": "occurred", "trig": [5, 12],
              "actor": [[0, 4, "PER"]], "rec": [[13, 18, "CHL"]]}  # fmt: skip
    row = {"id": "a", "paragraphs": 1, "text_sha256": sha, "title_sha256": None, "records": [record]}
    assert check.real_faults(row, {"text": f"{text}\n\nMore.", "title": None}) == []
    other = {"text": "Peru accused Chile.", "title": None}
    assert check.real_faults(row, other) == ["a: the text or the title is another"]
    beyond = row | {"records": [record | {"trig": [5, 40]}]}
    assert check.real_faults(beyond, {"text": text, "title": None}) == ["a record 1: span [5, 40]"]


def test_no_text_of_others_is_in_the_corpus():
    """Their records hold numbers, codes, dates and the guide's words, never words of an article."""
    vocabulary = {v for values in check.VALUES.values() for v in values} | set(check.TYPES) | set(check.KINDS)
    free = {"mode", "unit", "date", "period", "founded", "occurred", "on", "duration", "ordinal", "part", "areas"}
    for row in held("real"):
        assert "text" not in row
        assert "title" not in row
        for record in row["records"]:
            for key, value in record.items():
                if isinstance(value, str):
                    assert value in vocabulary or (key in free and len(value) < 25), (row["id"], key, value)


def test_the_floors_are_those_that_their_ids_make_floors():
    assert all(check.floor(a["id"]) for a in held("floors"))
    assert not any(check.floor(a["id"]) for a in held("written"))
    batches = [a for a in written() if re.match(r"comity:w[1-4]-", a["id"])]
    assert (len(held("floors")), len(batches)) == (82, 160)


def test_an_article_stands_in_one_file_and_once():
    ids = [a["id"] for a in (*written(), *held("real"))]
    assert len(ids) == len(set(ids))


def passages(text: str, length: int = 10) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_no_passage_of_a_floor_stands_in_what_is_learnt_from():
    floors = set().union(*(passages(a["text"]) for a in held("floors")))
    assert not floors & set().union(*(passages(a["text"]) for a in held("written")))
    for folder in ("src/comity/knowledge/tables", "src/comity/coding", "training", "scripts"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".csv", ".py", ".tsv", ".json", ".jsonl"}:
                for line in path.read_text(encoding="utf-8").splitlines():
                    assert not passages(line) & floors, path


def test_training_passes_the_floors_by(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    data = script(ROOT / "training" / "frames_data.py")
    for article in written():
        assert bool(data.floor(article["id"])) == check.floor(article["id"])
    documents, marks = tmp_path / "all.jsonl", tmp_path / "all.marks.jsonl"
    lines = [json.dumps({k: v for k, v in a.items() if k != "records"}) for a in written()]
    documents.write_text("\n".join(lines), encoding="utf-8")
    output = [json.dumps(x) for a in written() for x in ({"doc": a["id"]}, *a["records"])]
    marks.write_text("\n".join(output), encoding="utf-8")
    learnt = {d["id"] for d, _ in data.documents(documents, marks)}
    assert learnt == {a["id"] for a in held("written")}
    sys.modules.pop("frames_data", None)


def test_the_counts_of_the_data_card_are_true():
    card = (CORPUS / "README.md").read_text(encoding="utf-8").splitlines()
    assert [row for row in check.counts() if row not in card] == []


def test_the_data_card_shows_how_far_two_readers_agree():
    card = (CORPUS / "README.md").read_text(encoding="utf-8").splitlines()
    rows = readers.table()
    assert len(rows) == 5
    assert [row for row in rows if row not in card] == []


def test_everything_that_was_written_is_open():
    assert {(a["source"], a["license"]) for a in written()} == {("written for Comity", "CC BY 4.0")}


def test_the_packed_files_hold_no_time_and_are_packed_the_same_anew():
    for path in CORPUS.glob("*.gz"):
        packed = path.read_bytes()
        assert packed[4:8] == b"\0\0\0\0", path
        lines = gzip.decompress(packed).decode().splitlines()
        assert [json.dumps(json.loads(line), ensure_ascii=False) for line in lines] == lines


def test_the_corpus_is_no_part_of_the_package():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert build["wheel"]["packages"] == ["src/comity"]
    assert "corpus" not in build["sdist"]["include"]
