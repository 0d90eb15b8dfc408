# ruff: noqa: E501 - a report has long lines
"""Reading in Python: what comes back, that it is the same each time, and that bad input stops nothing."""

import json
import subprocess
import sys
import time
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import comity
from comity.document.inputs import Failure
from comity.reading import CODERS

REPORT = """Chile and Peru Sign Border Treaty

LIMA, May 3, 2012 - Chilean President Sebastian Pinera and his Peruvian counterpart Ollanta Humala signed a border treaty in Lima on Thursday.

The treaty will remain in force for ten years. Peru's exports to Chile rose by 12 percent to 1.5 billion dollars in 2011, Humala said.

Pinera will visit Brazil next week."""


@pytest.fixture(scope="module")
def reading():
    return comity.read(REPORT)


def test_every_quote_is_exactly_where_its_offsets_say(reading):
    for r in reading.records:
        if r.kind != "document":
            held = reading.source.text if r.part == "text" else reading.source.title
            assert held[r.start : r.end] == r.quote


def test_the_reading_knows_its_document(reading):
    document = reading.document
    assert document.title == "Chile and Peru Sign Border Treaty"
    assert document.published == "2012-05-03"
    assert set(document.states) >= {"CHL", "PER"}
    assert document.language == "en"


def test_a_treaty_signed_is_found_once_with_parties_place_date_and_term(reading):
    treaties = [a for a in reading.agreements if set(a.parties) == {"CHL", "PER"}]
    assert len(treaties) == 1
    assert treaties[0].stage == "signed"
    assert treaties[0].date == "2012-05-03"
    assert treaties[0].duration == "P10Y"


def test_a_figure_has_its_value_its_change_and_its_speaker(reading):
    figure = next(f for f in reading.figures if f.measure == "exports")
    assert (figure.reporter, figure.partner) == ("PER", "CHL")
    assert figure.value == 1.5e9
    assert figure.change_pct == 12
    assert figure.attribution.state == "PER"


def test_a_visit_to_come_is_planned_and_dated(reading):
    visit = next(v for v in reading.visits if v.host == "BRA")
    assert visit.status == "planned"
    assert visit.visitors[0].state == "CHL"


def test_each_record_names_its_kind_document_and_id(reading):
    ids = [r.id for r in reading.records]
    assert len(ids) == len(set(ids))
    assert {r.document for r in reading.records} == {reading.document.id}
    assert {r.kind for r in reading.records} <= {"document", *CODERS}


def test_records_cannot_be_changed(reading):
    with pytest.raises(FrozenInstanceError):
        reading.agreements[0].stage = "in force"


def test_lines_hold_one_object_each_the_document_first(reading):
    rows = [json.loads(x) for x in reading.to_jsonl().splitlines()]
    assert rows[0]["kind"] == "document"
    assert len(rows) == len(reading.records)


def test_show_prints_for_people(reading, capsys):
    reading.show()
    assert "Agreements (1)" in capsys.readouterr().out


def test_a_notebook_gets_the_highlighted_article(reading):
    assert "<mark" in reading._repr_html_()


def test_the_same_text_gives_the_same_records(reading):
    assert comity.read(REPORT).to_jsonl() == reading.to_jsonl()


def test_only_the_kinds_asked_for_are_read():
    kinds = {r.kind for r in comity.read(REPORT, kinds=["visit"]).records}
    assert kinds == {"document", "visit"}


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(comity.InputError, match="treaties"):
        comity.read(REPORT, kinds=["treaties"])


def test_the_publication_date_given_wins():
    assert comity.read("Putin met Xi on Tuesday.", published="2019-06-06").document.published == "2019-06-06"


def test_a_path_is_read_from_disk(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert comity.read(path).agreements == comity.read(REPORT).agreements


def test_a_missing_file_says_which(tmp_path):
    with pytest.raises(comity.InputError, match=r"nowhere\.txt"):
        comity.read(tmp_path / "nowhere.txt")


def test_a_text_without_facts_gives_none():
    found = comity.read("The orchestra played three pieces by young composers and the audience liked them very much.")
    assert [r.kind for r in found.records] == ["document"]


def test_a_text_that_is_not_english_is_said_so_and_nothing_is_made_up():
    found = comity.read(
        "Le président de la République et le chancelier ont signé hier à Paris un traité d'amitié entre la France "
        "et l'Allemagne, qui sera ratifié par les deux parlements avant la fin de l'année."
    )
    assert found.document.language not in (None, "en")
    assert [r.kind for r in found.records] == ["document"]


def test_a_batch_goes_on_after_a_bad_document(tmp_path):
    good, bad = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text(REPORT, encoding="utf-8")
    bad.write_bytes(b"")
    results = list(comity.read_all([good, bad, good]))
    assert [isinstance(r, Failure) for r in results] == [False, True, False]
    assert "b.txt" in results[1].source


def test_several_jobs_give_the_same_as_one(tmp_path):
    path = tmp_path / "d.jsonl"
    rows = [{"id": f"d{i}", "title": None, "date": "2012-05-03", "text": REPORT} for i in range(5)]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    one = [r.to_jsonl() for r in comity.read_all([path])]
    assert [r.to_jsonl() for r in comity.read_all([path], jobs=2)] == one


def test_importing_comity_loads_no_model():
    code = "import sys, comity; print([m for m in ('onnxruntime', 'trafilatura', 'numpy', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_seed_report_is_read_whole(shared, tmp_path):
    seed = next((shared / "seed").glob("*.txt"))
    records = tmp_path / "r.jsonl"
    records.write_text(comity.read(Path(seed)).to_jsonl(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(shared / "seed" / "check.py"), str(records)], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "30 of 30 facts", done.stdout


def test_workers_end_where_the_process_that_gives_them_work_is_killed(tmp_path):
    import os
    import signal
    import subprocess
    import sys
    import time

    texts = tmp_path / "many.jsonl"
    row = {
        "id": "a",
        "title": None,
        "date": None,
        "text": "Kenya and Uganda signed a fisheries agreement on Monday. " * 20,
    }
    texts.write_text("".join(json.dumps({**row, "id": str(n)}) + "\n" for n in range(4000)))
    code = f"import comity\nif __name__ == '__main__':\n for r in comity.read_all([{str(texts)!r}], jobs=2): print('read', flush=True)"
    script = tmp_path / "run.py"
    script.write_text(code)
    started = [sys.executable, str(script)]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True, start_new_session=True) as ran:
        assert ran.stdout is not None
        assert ran.stdout.readline() == "read\n"
        group = os.getpgid(ran.pid)
        ran.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        os.killpg(group, signal.SIGKILL)
        raise AssertionError("workers were left behind")


def test_a_reading_shows_itself_in_a_line() -> None:
    assert repr(comity.read("France and Germany signed a treaty on Monday.")).startswith(
        "<reading of 'France and Germany"
    )
    assert repr(comity.read("It rained all day.")) == "<reading of 'It rained all day.': no fact between states>"


def test_a_report_four_times_as_long_takes_not_much_more_than_four_times_as_long() -> None:
    sentence = "Kenya and Uganda signed a trade agreement in Nairobi on 4 May 2021, and Chile and Peru met in Lima. "

    def seconds(times: int) -> float:
        begun = time.process_time()
        comity.read(sentence * times)
        return time.process_time() - begun

    seconds(5)  # what is loaded at the first use is loaded now
    assert seconds(240) < 10 * seconds(60)
