"""Coding a corpus: one shard a collection, the same bytes for any number of processes, resumed, and nothing lost."""

import gzip
import json
import shutil
import signal
import subprocess
import sys

import duckdb
import pytest

import comity
from comity.corpus import coding, gates
from comity.corpus.order import Order, shards
from comity.corpus.pool import Chunk, Pool
from comity.corpus.run import code_corpus
from comity.document.collection import Raw
from comity.errors import CorpusError
from comity.settings import Settings

from .conftest import archive, outputs, page, reports, run, until, write


def test_each_collection_is_one_shard_with_a_marker(coded):
    names = {"a.jsonl", "d.parquet", "crawl.warc.gz", "2019/b.jsonl.gz", "2019/c.jsonl.zst"}
    assert set(outputs(coded)) == {f"{n}.parquet" for n in names}
    for name in names:
        marker = json.loads((coded / f"{name}.parquet.done.json").read_text())
        assert marker["documents"] > 0
        assert marker["failed"] == []
        assert set(marker["versions"]) == {"code", "models", "tables", "extractor"}
        assert len(marker["input_sha256"]) == 64


def test_nothing_else_is_left_in_the_folder(coded):
    assert [p for p in coded.rglob("*") if p.is_file() and p.suffix not in {".parquet", ".json"}] == []
    assert list(coded.rglob(".*")) == []


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_bytes_are_the_same_for_any_number_of_processes(tmp_path, mixed, coded, jobs):
    done = run("code-corpus", mixed, tmp_path / "out", "--jobs", jobs)
    assert done.returncode == 0, done.stderr
    assert outputs(tmp_path / "out") == outputs(coded)


def test_a_shard_holds_the_records_that_read_prints(mixed, coded, monkeypatch):
    monkeypatch.chdir(mixed)
    for name in ("a.jsonl", "crawl.warc.gz", "2019/b.jsonl.gz"):
        query = f"SELECT body FROM '{coded / name}.parquet'"
        lines = [line for reading in comity.read_all([name]) for line in reading.to_jsonl().splitlines()]
        # the rule is said by the evidence, and is not stored twice
        printed = [{k: v for k, v in json.loads(line).items() if k != "rule"} for line in lines]
        assert [json.loads(r[0]) for r in duckdb.sql(query).fetchall()] == printed


def test_a_shard_can_be_asked_by_its_columns(coded):
    query = f"""SELECT block, type, first FROM '{coded}/**/*.parquet'
                WHERE kind = 'event' AND block = 'KEN UGA' ORDER BY first"""
    rows = duckdb.sql(query).fetchall()
    assert rows
    assert {r[1] for r in rows} <= {"AGREE", "CONSULT", "COOPERATE", "SUPPORT"}


def test_what_is_done_is_passed_by(tmp_path, coded, mixed):
    out = shutil.copytree(coded, tmp_path / "out")
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    done = run("code-corpus", mixed, out)
    assert done.returncode == 0
    assert "5 of them done before" in done.stderr
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.is_file()} == {
        p: t for p, t in before.items() if p.is_file()
    }


def _coded_anew(mixed, out, **options):
    now = []
    code_corpus([mixed], out, notify=lambda done: now.append(done.shard.input) if done.now else None, **options)
    return now


def test_a_changed_input_a_changed_version_a_cut_shard_and_a_lost_marker_are_done_anew(tmp_path, coded, mixed):
    news, out = shutil.copytree(mixed, tmp_path / "news"), shutil.copytree(coded, tmp_path / "out")
    write(news / "a.jsonl", reports(41))
    marker = out / "d.parquet.parquet.done.json"
    held = json.loads(marker.read_text())
    held["versions"]["tables"] = "00000000"
    marker.write_text(json.dumps(held))
    cut = out / "2019" / "b.jsonl.gz.parquet"
    cut.write_bytes(cut.read_bytes()[:-10])
    (out / "2019" / "c.jsonl.zst.parquet.done.json").unlink()
    assert _coded_anew(news, out) == ["2019/b.jsonl.gz", "2019/c.jsonl.zst", "a.jsonl", "d.parquet"]
    same = outputs(coded)
    assert {n: b for n, b in outputs(out).items() if n != "a.jsonl.parquet"} == {
        n: b for n, b in same.items() if n != "a.jsonl.parquet"
    }
    assert _coded_anew(news, out) == []
    assert _coded_anew(news, out, order=Order(published="2019-12-31"))


def test_the_parts_of_an_array_job_make_up_the_whole(tmp_path, mixed, coded):
    for part in ("1/2", "2/2"):
        assert run("code-corpus", mixed, tmp_path / "out", "--shard", part).returncode == 0
    assert outputs(tmp_path / "out") == outputs(coded)


@pytest.mark.parametrize("part", ["0/2", "3/2", "x", "2"])
def test_a_part_that_is_none_is_wrong_usage(tmp_path, mixed, part):
    done = run("code-corpus", mixed, tmp_path / "out", "--shard", part)
    assert done.returncode == 2
    assert "3/8" in done.stderr


def test_an_unknown_engine_is_wrong_usage(tmp_path, mixed):
    assert run("code-corpus", mixed, tmp_path / "out", "--engine", "spark").returncode == 2


def test_what_cannot_be_read_is_listed_and_the_rest_is_coded(tmp_path, coded):
    good = write(tmp_path / "good.jsonl", [*reports(2), {"id": "no text"}])
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(b"%PDF-1.7 and so on")
    shard = coded / "a.jsonl.parquet"
    inputs = (good, pdf, shard, tmp_path / "missing.jsonl")
    for _ in range(2):  # a second run says the same
        done = run("code-corpus", *inputs, tmp_path / "out")
        assert done.returncode == 1
        assert "good.jsonl:3: line has no text" in done.stderr
        assert "report.pdf: is a PDF" in done.stderr
        assert "has already been coded" in done.stderr
        assert "missing.jsonl: No such file" in done.stderr
        assert "Traceback" not in done.stderr
        assert set(outputs(tmp_path / "out")) == {"good.jsonl.parquet"}


def test_a_collection_damaged_in_the_middle_is_coded_up_to_there(tmp_path):
    cut = tmp_path / "cut.jsonl.gz"
    rows = "".join(json.dumps(r) + "\n" for r in reports(300)).encode()
    packed = gzip.compress(rows)
    cut.write_bytes(packed[: len(packed) // 2])
    done = run("code-corpus", cut, tmp_path / "out")
    assert done.returncode == 1
    assert "damaged gzip" in done.stderr
    marker = json.loads((tmp_path / "out" / "cut.jsonl.gz.parquet.done.json").read_text())
    assert 0 < marker["documents"] < 300


def test_two_inputs_that_would_be_one_shard_are_refused(tmp_path):
    one, other = (write(tmp_path / d / "x.jsonl", reports(1)) for d in "ab")
    done = run("code-corpus", one, other, tmp_path / "out")
    assert done.returncode == 1
    assert "same name" in done.stderr
    assert run("code-corpus", tmp_path, tmp_path / "out").returncode == 0


def test_an_empty_folder_and_a_file_as_output_are_said_to_be_so(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "holds no" in run("code-corpus", tmp_path / "empty", tmp_path / "out").stderr
    file = write(tmp_path / "x.jsonl", reports(1))
    assert "need a folder" in run("code-corpus", file, file).stderr


def test_a_run_killed_at_any_time_goes_on_and_ends_with_the_same_bytes(tmp_path, mixed, coded):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "comity.cli", "code-corpus", str(mixed), str(out), "--jobs", "2"]
    kills = 0
    for whole in range(4):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            # killed in the middle of the next shard, however fast the machine is
            until(lambda n=whole: (len(outputs(out)) >= n and list(out.rglob(".*.part"))) or process.poll() is not None)
            kills += process.poll() is None
            process.send_signal(signal.SIGKILL)
        assert {n: b for n, b in outputs(coded).items() if n in outputs(out)} == outputs(out)
    assert kills > 0
    assert run("code-corpus", mixed, out).returncode == 0
    assert outputs(out) == outputs(coded)
    assert list(out.rglob(".*")) == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_clears_away_what_it_began(tmp_path, mixed, sign):
    out = tmp_path / "out"
    rows = write(tmp_path / "many.jsonl", reports(2000))
    command = [sys.executable, "-m", "comity.cli", "code-corpus", str(rows), str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: list(out.glob(".*.part")))
        process.send_signal(sign)
        output = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert "Traceback" not in output
    assert list(out.iterdir()) == []


def test_a_worker_that_does_not_start_in_time_ends_the_run_with_its_reason(tmp_path, mixed):
    order = Order(settings=Settings(worker_start_seconds=0.01))
    with pytest.raises(CorpusError, match="before they were ready"):
        code_corpus([mixed / "a.jsonl"], tmp_path / "out", order=order)
    assert list((tmp_path / "out").iterdir()) == []


def test_large_documents_go_to_a_worker_in_smaller_chunks(tmp_path):
    rows = write(tmp_path / "x.jsonl", [{"id": str(n), "text": "word " * 1000} for n in range(6)])
    for most, sizes in ((4_000_000, [6]), (9_000, [2, 2, 2, 0])):
        settings = Settings(chunk_bytes=most)
        found = coding.chunks(shards([rows], tmp_path / "out"), tmp_path / "out", Order(settings=settings))
        assert [len(c.raws) for c in found] == sizes


def test_no_more_is_taken_from_the_inputs_than_the_limit(mixed):
    settings = Settings(chunk_documents=1, chunks_in_flight=2)
    taken = given = most = 0

    def chunks():
        nonlocal taken, most
        for n, row in enumerate(reports(30)):
            taken += 1
            most = max(most, taken - given)
            yield Chunk([Raw("lines", f"x:{n}", "x", json.dumps(row).encode())])

    with Pool(2, Order(settings=settings)) as pool:
        for chunk in pool.coded(chunks()):
            given += 1
            assert len(chunk.outcomes) == 1
    assert given == 30
    assert most <= 2 * 2 + 1


def test_progress_shows_rate_and_remaining_time(tmp_path, mixed):
    lines = []
    code_corpus([mixed], tmp_path / "out", order=Order(settings=Settings(progress_seconds=0.0)), say=lines.append)
    assert "a second" in lines[-1]
    assert lines[-1].endswith(" left")


def test_a_crawl_is_coded_without_other_languages_and_pages_of_no_size(tmp_path):
    french = "<p>Le président de la République et le chancelier ont signé hier à Paris un traité d'amitié.</p>" * 3
    english = "<p>The presidents of Chile and Peru signed a border treaty in Lima on Monday, officials said.</p>" * 3
    crawl = archive(
        tmp_path / "crawl.warc.gz",
        [
            ("https://a.example/1", page(english)),
            ("https://a.example/2", page(french)),  # says that it is English, and is not
            ("https://a.example/3", page(english, "fr")),  # the other way round
            ("https://a.example/4", page("<p>Nothing.</p>", "de")),
            ("https://a.example/5", page(english, size=0)[:500]),
            ("https://a.example/6", page(english, size=3_100_000)),
        ],
    )
    done = run("code-corpus", crawl, tmp_path / "out", "--language", "en")
    assert done.returncode == 0, done.stderr
    marker = json.loads((tmp_path / "out" / "crawl.warc.gz.parquet.done.json").read_text())
    assert marker["documents"] == 2
    assert marker["passed"] == {gates.FOREIGN: 2, gates.LARGE: 1, gates.SMALL: 1}
    assert "skipped: 2 (another language)" in done.stderr


def test_rows_in_another_language_are_passed_by_only_where_asked(tmp_path):
    french = "Le président de la République et le chancelier ont signé hier à Paris un traité d'amitié entre eux."
    rows = write(tmp_path / "x.jsonl", [*reports(1), {"id": "f", "text": french}])
    assert code_corpus([rows], tmp_path / "all").documents == 2
    report = code_corpus([rows], tmp_path / "english", order=Order(languages=("en",)))
    assert (report.documents, report.passed[gates.FOREIGN]) == (1, 1)
