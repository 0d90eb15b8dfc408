"""Searching the reports of a ledger for words and phrases."""

import csv
import gzip
import io
import json
import os
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comity
from comity.analysis.search import search
from comity.cli import main
from comity.document.document import Document
from comity.errors import InputError, LedgerError
from comity.ledger import ingest
from comity.ledger.ledger import Ledger
from comity.ledger.store import Writer
from comity.ledger.word_index import index_path
from comity.settings import DEFAULTS

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("format*.duckdb.gz"))


def kept(path: Path, texts: Iterable[str], *, at_once: int = 100) -> Path:
    """A ledger of reports without facts, stored as they are, so many in a batch."""
    documents = [Document(id=f"r{n}", text=t, text_sha256=sha256(t.encode()).hexdigest()) for n, t in enumerate(texts)]
    writer = Writer(path)
    try:
        for n in range(0, len(documents), at_once):
            ingest.store(writer, ingest.Batch(readings=[(d, ()) for d in documents[n : n + at_once]]))
        writer.publish()
    finally:
        writer.close()
    return path


def ids(path: Path, words: str, **more) -> list[str]:
    with Ledger(path) as led:
        return sorted(h.id for h in search(led, words, **more).hits)


@pytest.fixture
def said(capsys):
    """Runs a command; gives exit code, output and talk."""

    def run(*words: object) -> tuple[int, str, str]:
        try:
            main([str(w) for w in words])
        except SystemExit as end:
            code = int(end.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


# words, phrases, names


def test_a_word_is_found_in_all_its_forms_and_marked(tmp_path):
    path = kept(tmp_path / "l.duckdb", ["They signed a treaty.", "Treaties were read.", "A treat for all."])
    with Ledger(path) as led:
        found = search(led, "treaty")
    assert sorted(h.id for h in found.hits) == ["r0", "r1"]
    assert {p.text() for h in found.hits for p in h.passages} == {"They signed a [treaty].", "[Treaties] were read."}
    assert found.headline() == "2 of 3 reports hold: treaty (treaties)"


def test_a_phrase_is_found_as_it_stands(tmp_path):
    texts = ["A fisheries agreement was signed.", "An agreement on fisheries.", "Two fisheries agreements."]
    path = kept(tmp_path / "l.duckdb", texts)
    assert ids(path, '"fisheries agreement"') == ["r0"]
    assert ids(path, "“fisheries agreement”") == ["r0"]
    assert ids(path, "fisheries agreement") == ["r0", "r1", "r2"]
    assert ids(path, '"agreement') == ["r0", "r1"]


def test_a_beginning_is_found_with_any_end(tmp_path):
    path = kept(tmp_path / "l.duckdb", ["Fishing rights.", "The fishery.", "No fis h."])
    assert ids(path, "fish*") == ["r0", "r1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Erdoğan met Đoković.", "erdogan"),
        ("Erdogan spoke.", "Erdoğan"),
        ("Erdoğan met Đoković.", "Dokovic"),
        ("Minsk, Weißrussland, hosted it.", "weissrussland"),
        ("Minsk, Weissrussland, hosted it.", "Weißrussland"),
        ("Færøerne and Ærø: talks in Tórshavn.", "faeroerne aero torshavn"),
        ("Lars Løkke Rasmussen spoke.", "lokke"),
        ("Þórdís Gylfadóttir spoke.", "Thordis"),
        ("Lech Wałęsa spoke.", "walesa"),
        ("Jean-Noël Barrot spoke.", '"jean noel barrot"'),
        ("Nguyễn Phú Trọng spoke.", "Nguyen Phu Trong"),
        ("Ulaanbaatar (Улаанбаатар) hosted it.", "УЛААНБААТАР"),
        ("The U.S. envoy spoke.", "U.S."),
    ],
)
def test_a_name_is_found_with_and_without_its_accents_and_shown_as_it_stands(tmp_path, text, words):
    path = kept(tmp_path / "l.duckdb", [text, "Nobody else was there."])
    with Ledger(path) as led:
        [hit] = search(led, words).hits
    [passage] = hit.passages
    assert "".join(t for t, _ in passage.pieces) == text
    assert any(found for _, found in passage.pieces)


def test_passages_are_short_and_show_the_places_that_hold_most(tmp_path):
    rest = " ".join(f"word{n}" for n in range(400))
    path = kept(tmp_path / "l.duckdb", [f"A treaty. {rest} A visa treaty here. {rest} The visa."])
    with Ledger(path) as led:
        [hit] = search(led, "visa treaty").hits
    texts = [p.text() for p in hit.passages]
    assert any("[visa] [treaty]" in t for t in texts)
    assert all(len(t) < 400 for t in texts)
    assert all(a.end <= b.start for a, b in zip(hit.passages, hit.passages[1:], strict=False))


@given(words=st.text(max_size=60) | st.text(alphabet='"*()-+^:{}\\ ANDORTabé\x00', max_size=30))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered_or_refused_in_words(mongolia, words):
    with comity.open(mongolia) as led:
        if not any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in words):
            with pytest.raises(InputError, match="nothing to look for"):
                led.search(words)
            return
        found = led.search(words)
        assert found.notes[0].startswith(f"{len(found)} of 4 report")


WORDS = st.sampled_from(["sea", "ore", "gas", "oil"])


@given(
    texts=st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6), asked=st.lists(WORDS, min_size=1)
)
@settings(max_examples=12, deadline=None)
def test_what_is_found_is_what_reading_them_all_would_find(texts, asked):
    with tempfile.TemporaryDirectory() as folder:
        path = kept(Path(folder) / "l.duckdb", [" ".join(t) + f" {n}" for n, t in enumerate(texts)])
        quoted = " ".join(f'"{w}"' for w in asked)
        assert ids(path, quoted) == sorted(f"r{n}" for n, t in enumerate(texts) if {*asked} <= {*t})
        phrase = " ".join(asked)
        assert ids(path, f'"{phrase}"') == sorted(
            f"r{n}" for n, t in enumerate(texts) if re.search(rf"\b{phrase}\b", " ".join(t))
        )


# choosing reports


def test_a_dyad_and_days_choose_the_reports(short, tmp_path):
    path = tmp_path / "l.duckdb"
    with comity.open(path) as led:
        led.add(short)
        everything = led.search("agreement", limit=100)
        of_two = led.search("agreement", "Kenya", "UGA", limit=100)
        of_days = led.search("agreement", "Kenya", "UGA", since="2010-02", until="2010-12", limit=100)
    assert len(everything) > len(of_two) > 0
    assert all("Kenya" in r["passage"] and "Uganda" in r["passage"] for r in of_two)
    assert {r["id"] for r in of_days} == {r["id"] for r in of_two if "2010-02-01" <= r["published"] <= "2010-12-31"}
    assert "on Kenya and Uganda published from 2010-02-01 until 2010-12-31" in of_days.notes[0]


def test_the_newest_come_first_where_that_is_asked(mongolia):
    with comity.open(mongolia) as led:
        days = [r["published"] for r in led.search("treaty", newest=True)]
    assert days == sorted(days, reverse=True)
    assert len(days) == 4


def test_words_of_one_quote_find_the_facts_that_it_reports(mongolia):
    with comity.open(mongolia) as led:
        anywhere = search(led, "1993 Ulaanbaatar").hits
        assert [h.id for h in anywhere] == ["signature"]
        assert search(led, "1993 Ulaanbaatar", quotes=True).hits == ()
        [hit] = search(led, "ratified", ("RUS", "MNG"), quotes=True).hits
        assert hit.id == "duma"
        assert hit.facts
        assert all("ratified" in f.quote and led.fact(f.fact) for f in hit.facts)


def test_what_a_person_rejected_is_not_among_the_facts(own):
    with comity.open(own) as led:
        [hit] = search(led, "ratified", quotes=True).hits
        for fact in {f.fact for f in hit.facts}:
            led.judge(fact, "reject", signed="A. Reader", dated="2024-01-01")
        assert search(led, "ratified", quotes=True).hits == ()
        [still] = search(led, "ratified").hits
        assert still.facts == ()


def test_reports_without_a_day_cannot_be_chosen_by_days_and_are_counted(tmp_path):
    path = kept(tmp_path / "l.duckdb", ["A treaty."])
    with comity.open(path) as led:
        found = led.search("treaty", since="2019")
    assert len(found) == 0
    assert "1 report has no day of publication and cannot be chosen by days" in found.notes


# nothing found


def test_no_hit_says_what_was_looked_for_and_what_there_is(mongolia):
    with comity.open(mongolia) as led:
        notes = led.search("treety visa").notes
        assert notes[0] == "0 of 4 reports hold: treety, visa (visaed, visaing, visas)"
        assert "no report holds 'treety'; near words that some do: treaty" in notes
        assert any(n.startswith("each by itself: treety: 0 reports; visa ") for n in notes)
        assert notes[-1] == "the ledger holds 4 reports, published from 2019-09-02 to 2020-09-21"
        elsewhere = led.search("treaty", "KEN", "UGA").notes
        assert any("no report of the ledger is of this choice" in n for n in elsewhere)
        assert "anywhere in the ledger: 4 reports hold all of it" in elsewhere


def test_an_unknown_state_is_refused_with_near_names_and_nothing_with_what_to_give(mongolia):
    with comity.open(mongolia) as led:
        with pytest.raises(InputError, match="did you mean Mongolia"):
            led.search("treaty", "Mongola", "RUS")
        with pytest.raises(InputError, match="nothing to look for"):
            led.search('"!" -- *')
        with pytest.raises(InputError, match="more than 32"):
            led.search(" ".join(f"w{n}" for n in range(33)))


# the index


def test_what_is_added_is_found_by_the_next_search(own, tmp_path):
    report = tmp_path / "more.txt"
    report.write_text("Kenya and Uganda signed a fisheries agreement in Kampala on 2 June 2021.", encoding="utf-8")
    with comity.open(own) as led:
        assert len(led.search("Kampala")) == 0
        led.add(report)
        assert len(led.search("Kampala")) == 1
        assert len(led.search("treaty")) == 4


def test_another_ledger_under_the_same_name_is_not_searched_by_the_old_index(tmp_path):
    path = kept(tmp_path / "l.duckdb", ["Of gas.", "Of oil."])
    assert ids(path, "gas") == ["r0"]
    for made in tmp_path.glob("l.duckdb*"):
        if not made.name.endswith(".words"):
            made.unlink()
    kept(path, ["Of ore.", "Of sea.", "Of tin."])
    assert ids(path, "gas") == []
    assert ids(path, "tin") == ["r2"]


def test_a_rebuilt_ledger_is_searched_anew(own):
    with comity.open(own) as led:
        before = led.search("treaty")
        assert index_path(own).exists()
        led.rebuild()
        assert not index_path(own).exists()
        assert sorted(r["id"] for r in led.search("treaty")) == sorted(r["id"] for r in before)


def test_an_index_that_is_not_yet_whole_says_so_and_the_next_search_goes_on(tmp_path):
    path = kept(tmp_path / "l.duckdb", [f"Report {n} of gas." for n in range(6)], at_once=2)
    with Ledger(path, settings=replace(DEFAULTS, index_documents=2)) as led:
        none = search(led, "gas", patience=0)
        assert (none.count, none.notes) == (
            0, ("the index of words is being made: 0 of 6 reports can be searched so far; ask again in a moment",),
        )  # fmt: skip
        steps = []

        class StoppedError(Exception):
            """As a user's Ctrl-C ends a search."""

        def stop(indexed: int, reports: int) -> None:
            steps.append((indexed, reports))
            if len(steps) == 2:
                raise StoppedError

        with pytest.raises(StoppedError):
            search(led, "gas", notify=stop)
        some = search(led, "gas", patience=0)
        assert (some.count, some.searched) == (4, 4)
        assert "4 of 6 reports can be searched so far" in some.notes[0]
        whole = search(led, "gas")
        assert (whole.count, whole.notes) == (6, ())


def test_a_reader_of_an_older_state_does_not_find_what_came_later(own, tmp_path):
    report = tmp_path / "more.txt"
    report.write_text("Kenya and Uganda signed a treaty in Kampala on 2 June 2021.", encoding="utf-8")
    with comity.open(own) as older:
        assert len(older.search("treaty")) == 4
        with comity.open(own) as newer:
            newer.add(report)
            assert len(newer.search("treaty")) == 5
        assert len(older.search("treaty")) == 4


def test_a_file_that_is_no_index_is_left_alone(own):
    other = index_path(own)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    held = other.read_bytes()
    with comity.open(own) as led, pytest.raises(LedgerError, match="move it away"):
        led.search("treaty")
    assert other.read_bytes() == held
    other.write_text("notes of mine, long enough to be read as a file of its own\n" * 40, encoding="utf-8")
    with comity.open(own) as led, pytest.raises(LedgerError, match="remove it"):
        led.search("treaty")


def test_the_export_is_the_same_with_an_index_and_without(own):
    with comity.open(own) as led:
        before = list(led.export())
        led.search("treaty")
        assert index_path(own).exists()
        assert list(led.export()) == before
        assert led.check() == []


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda p: p.name.split(".")[0])
def test_a_ledger_of_an_earlier_format_is_searched(fixture, tmp_path):
    path = tmp_path / "old.duckdb"
    path.write_bytes(gzip.decompress(fixture.read_bytes()))
    with comity.open(path) as led:
        found = led.search("Kenya")
        assert len(found) == sum("Kenya" in text for (text,) in led.sql("SELECT text FROM document").rows)
        assert len(found) > 0


def test_a_ledger_in_a_folder_that_cannot_be_written_has_its_index_in_the_cache(mongolia, monkeypatch):
    held = mongolia.read_bytes()
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        path = Path(folder) / "asia.duckdb"
        path.write_bytes(held)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        Path(cache).chmod(0o777)
        monkeypatch.setenv("COMITY_CACHE", cache)
        if root:
            os.seteuid(65534)
        try:
            with comity.open(path) as led:
                assert len(led.search("treaty")) == 4
            assert [p.name for p in Path(folder).iterdir()] == ["asia.duckdb"]
            assert [p.suffix for p in Path(cache).rglob("*") if p.is_file()] == [".words"]
        finally:
            if root:
                os.seteuid(0)
            Path(folder).chmod(0o755)


# the command


def test_the_command_prints_reports_with_their_passages_and_facts(said, mongolia):
    code, out, err = said("search", mongolia, "ratified", "--dyad", "RUS", "MNG")
    assert code == 0
    assert "1 of 4 reports on Russia and Mongolia holds: ratified" in err
    assert out.startswith("2020-06-23  State Duma approves treaty with Mongolia")
    assert "[ratified]" in out
    [fact] = re.findall(r"\* .*(fact:agreement:\w+)", out)
    assert said("show", mongolia, fact)[0] == 0


def test_words_in_one_argument_are_a_phrase(said, mongolia):
    _, _, apart = said("search", mongolia, "relations", "friendly")
    _, _, phrase = said("search", mongolia, "relations friendly")
    assert "4 of 4 reports hold" in apart
    assert '0 of 4 reports hold: "relations friendly"' in phrase


def test_the_command_gives_json_and_csv(said, mongolia):
    _, out, _ = said("search", mongolia, "treaty", "--format", "json", "--limit", "2")
    made = json.loads(out)
    assert (made["reports"], made["searched"], len(made["found"])) == (4, 4, 2)
    assert all(x["passages"] and x["facts"] for x in made["found"])
    _, out, _ = said("search", mongolia, "treaty", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 4
    assert all(r["document"] and "[" in r["passage"] for r in rows)


def test_the_command_refuses_what_it_cannot_look_for(said, mongolia):
    code, out, err = said("search", mongolia, "!?")
    assert (code, out) == (1, "")
    assert "nothing to look for" in err
    code, _, err = said("search", mongolia, "treaty", "--since", "soon")
    assert code in {1, 2}
    assert "'soon' is not a date" in err
