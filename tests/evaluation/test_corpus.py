"""The hand-read articles of the repository: what is asked, what counts as right, and what the command prints."""

import gzip
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from comity.errors import FormatError, InputError
from comity.evaluation.corpus import compare, records_of, score_corpus
from comity.evaluation.marks import marks_of, read_marks
from comity.evaluation.matching import likeness, match, tally
from comity.evaluation.roles import code_of
from comity.evaluation.score import Score
from comity.evaluation.tasks import evaluate
from comity.records.lines import plain
from comity.records.record import Actor, Agreement, Event, Figure, Visit

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = (
    "Peru's president accused Chile of spying on 4 May.\n\nHe will visit Bolivia, which owes Peru 30 million dollars."
)


def article(*records):
    return {"id": "a", "title": "Peru and Chile", "date": "2019-05-04", "text": TEXT, "records": list(records)}


def event(**more):
    marked = {"p": 1, "k": "event", "type": "ACCUSE", "status": "occurred", "main": 1, "trig": "accused",
            "actor": [["Peru's president", "PER"]], "rec": [["Chile", "CHL"]]}  # fmt: skip
    return marked | more


def mark(record):
    (found,) = marks_of(article(record)).marks
    return found


def read(kind="ACCUSE", actor="PER", recipient="CHL", start=0, end=50, part="text"):
    sides = {"actor": (Actor(text="x", state=actor),), "recipient": (Actor(text="y", state=recipient),)}
    return Event(event=kind, start=start, end=end, part=part, document="a", **sides)


def test_an_event_is_right_where_type_actor_and_recipient_agree():
    assert likeness(mark(event()), read()) > 0
    assert likeness(mark(event()), read(kind="THREATEN")) == 0
    assert likeness(mark(event()), read(actor="CHL", recipient="PER")) == 0


def test_another_type_that_can_be_defended_is_right_but_less_like():
    both = event(alt=["REJECT"])
    assert 0 < likeness(mark(both), read(kind="REJECT")) < likeness(mark(both), read())


def test_of_a_mutual_act_two_parties_are_enough_on_either_side():
    talks = event(type="CONSULT", actor=[["", "PER"], ["", "CHL"], ["", "BOL"]], rec=[])
    assert likeness(mark(talks), read(kind="CONSULT", actor="CHL", recipient="BOL")) > 0
    assert likeness(mark(talks), read(kind="CONSULT", actor="CHL", recipient="USA")) == 0


def test_a_former_states_code_is_its_continuators():
    assert likeness(mark(event(actor=[["", "SUN"]])), read(actor="RUS")) > 0
    assert likeness(mark(event(actor=[["", "NSA:PSE"]])), read(actor="PSE")) > 0


def test_a_visit_needs_its_host_and_its_place_in_the_text_or_a_name():
    marked = {"p": 2, "k": "visit", "trig": "visit", "visitor": [["He", "PER"]], "host": ["Bolivia", "BOL"],
            "type": "visit", "status": "planned", "main": 1}  # fmt: skip
    here = {"visitors": (Actor(text="He", state="PER"),), "part": "text", "document": "a"}
    assert likeness(mark(marked), Visit(**here, host="BOL", start=60, end=75)) > 0
    assert likeness(mark(marked), Visit(**here, host="CHL", start=60, end=75)) == 0
    assert likeness(mark(marked), Visit(**here, host="BOL", start=0, end=10)) == 0


def test_a_figure_needs_its_value_to_half_a_percent_and_one_side():
    marked = {"p": 2, "k": "figure", "measure": "debt", "reporter": ["Peru", "PER"], "partner": ["Bolivia", "BOL"],
            "text": "30 million dollars", "value": 30e6, "unit": "USD", "main": 1}  # fmt: skip
    assert likeness(mark(marked), Figure(reporter="PER", value=30.1e6)) > 0
    assert likeness(mark(marked), Figure(reporter="PER", value=31e6)) == 0
    assert likeness(mark(marked), Figure(reporter="USA", value=30e6)) == 0


def test_an_agreement_needs_half_of_its_parties():
    marked = {"p": 1, "k": "agreement", "title": "spying", "type": "treaty", "stage": "signed", "interstate": 1,
            "main": 1, "parties": [["", "PER"], ["", "CHL"]]}  # fmt: skip
    assert likeness(mark(marked), Agreement(parties=("PER",))) > 0
    assert likeness(mark(marked), Agreement(parties=("PER", "BOL", "USA"))) == 0


def test_a_contract_of_firms_is_neither_asked_for_nor_right():
    marked = {"p": 1, "k": "agreement", "title": "spying", "type": "contract", "stage": "signed", "interstate": 0,
            "parties": [["", "PER"], ["", "CHL"]], "main": 1}  # fmt: skip
    figures, missed = tally([mark(marked)], [Agreement(parties=("PER", "CHL"))])
    assert (figures.precision.right, figures.precision.cases, figures.recall.cases, missed) == (0, 1, 0, [])


def test_one_record_answers_one_mark():
    twice = [mark(event()), mark(event(main=0))]
    assert len(match(twice, [read()])) == 1
    assert match(twice, [read()]) == {0: 0}


def test_recall_asks_for_what_the_article_is_about_and_precision_for_every_record():
    minor = event(main=0, trig="spying", type="COERCE", actor=[["Chile", "CHL"]], rec=[["", "PER"]])
    figures, missed = tally(marks_of(article(event(), minor)).marks, [read("COERCE", "CHL", "PER"), read("AID")])
    assert (figures.precision.right, figures.precision.cases) == (1, 2)
    assert (figures.recall.right, figures.recall.cases) == (0, 1)
    assert [m.words for m in missed] == ["accused"]


def test_an_event_with_one_party_is_no_record_between_states():
    figures, _ = tally([mark(event())], [read(recipient="PER")])
    assert figures.precision.cases == 0


@pytest.fixture
def small(tmp_path):
    """A corpus of one floor in a folder of its own."""
    with gzip.open(tmp_path / "floors.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(article(event())) + "\n")
    return tmp_path


def run(folder, *more):
    command = [sys.executable, "-m", "comity.cli", "evaluate", "corpus", *more]
    return subprocess.run(command, capture_output=True, check=False, cwd=folder, encoding="utf-8")


def test_the_command_prints_each_figure_and_the_hash_of_the_file(small):
    done = run(small, "--corpus", str(small))
    assert done.returncode == 0, done.stderr
    figures = {line.split()[2]: line for line in done.stdout.splitlines()}
    assert len(figures) == 13
    assert "of 1" in figures["events.recall"]
    assert all("no floor" in line for line in figures.values())
    assert "floors.jsonl.gz sha256" in done.stderr


def test_the_library_gives_the_figures_that_the_command_prints(small):
    found = evaluate("corpus", corpus=small)
    printed = run(small, "--corpus", str(small))
    assert [f"{s.figure:<20} {s.value:.3f}" for s in found.scores] == [
        line.split(maxsplit=2)[2].split("  no floor")[0] for line in printed.stdout.splitlines()
    ]
    assert found.corpus == printed.stderr.strip()
    assert found.fallen == ()


def test_without_a_folder_the_command_reads_the_one_named_corpus_here(small):
    (small / "corpus").mkdir()
    (small / "floors.jsonl.gz").rename(small / "corpus" / "floors.jsonl.gz")
    assert run(small).returncode == 0


def test_a_missing_file_is_named(tmp_path):
    done = run(tmp_path)
    assert done.returncode == 1
    assert "floors.jsonl.gz" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_line_that_is_no_article_is_named(tmp_path):
    path = tmp_path / "floors.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps(article()) + '\n{"id": "b"}\n')
    with pytest.raises(FormatError, match=r"floors\.jsonl\.gz:2"):
        list(read_marks(path))
    path.write_bytes(b"no gzip")
    with pytest.raises(FormatError, match="gzip"):
        list(read_marks(path))


def test_an_article_that_cannot_be_read_is_an_error_and_no_lower_figure(tmp_path):
    with gzip.open(tmp_path / "floors.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(article() | {"text": ""}) + "\n")
    with pytest.raises(InputError, match="all articles must be readable"):
        records_of(tmp_path / "floors.jsonl.gz")


def test_the_floors_of_the_repository_are_scored_and_hold():
    scores, missed = score_corpus(CORPUS, half="held out")
    assert [s for s in scores if not s.is_met] == []
    marked = list(read_marks(CORPUS / "floors.jsonl.gz"))
    recalls = {s.figure.removesuffix(".recall"): s for s in scores if s.figure.endswith(".recall")}
    for kind, score in recalls.items():
        assert score.cases == sum(m.asked for a in marked for m in a.of(kind)) > 0
    assert len(missed) == round(sum(s.cases * (1 - s.value) for s in recalls.values()))


def test_a_figure_under_its_floor_would_fail_the_command():
    assert not Score("corpus", "events.f1", 0.39, 0.4).is_met


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_rules_give_what_the_scorer_of_the_development_sets_gives(shared):
    """The second reader's marks as records; codes that mean one party are made one for both."""
    scorer, turner = module(shared / "gold" / "score.py"), module(shared / "corpus" / "to_gold.py")
    scorer.code = lambda code: code_of(code) if code else code
    readers = module(CORPUS / "readers.py")
    authors, seconds = readers.read_by()
    records = [readers.as_record(a.id, m) for a in seconds for m in a.marks]
    with gzip.open(CORPUS / "floors.jsonl.gz", "rt", encoding="utf-8") as lines:
        golds = [turner.gold(a) for a in map(json.loads, lines) if a["id"] in {x.id for x in authors}]
    wanted = scorer.documents(golds, [{"quote": "", **plain(r)} for r in records])
    ours, _ = compare(authors, records)
    for kind, figures in ours.items():
        got = {"precision": figures.precision.value, "recall": figures.recall.value, "f1": figures.f1}
        assert {k: round(v, 3) for k, v in got.items()} == {k: wanted[kind][k] for k in got}, kind
