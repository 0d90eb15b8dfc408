"""Small things that show: what is refused, counted, called by its name, and said where there is nothing."""

import json
import re
import subprocess
import sys
from datetime import datetime

import pytest

import comity
from comity.analysis.absence import absence
from comity.errors import InputError
from comity.knowledge.plain_words import event_phrase
from comity.knowledge.state_names import in_prose
from comity.ledger.table import Table
from comity.pages.facts import fact_line
from comity.records.record import Actor, Visit


def ran(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "comity", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_module_is_the_command():
    reported = ran("--help")
    assert reported.returncode == 0
    assert reported.stdout.startswith("Usage: comity ")
    assert "dossier" in reported.stdout


def test_a_dossier_of_one_state_with_itself_is_refused(sample):
    done = ran("dossier", sample, "Russia", "Russian Federation")
    assert done.returncode == 1
    assert done.stderr == "comity: Russia and Russia are one state: name two\n"


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("to take part in a summit", "to take part in a summit"),
        (", for a meeting", "for a meeting"),
        ("a state visit", "for a state visit"),
        (" ,", None),
        (None, None),
    ],
)
def test_what_a_visit_is_for_reads_as_english(purpose, words):
    guest = Actor(text="Putin", state="RUS")
    line = fact_line(Visit(visitors=(guest,), host="MNG", status="occurred", purpose=purpose))
    assert line.split(" · ")[2:] == ([words] if words else [])


def test_add_counts_from_the_first_document_on(tmp_path, four):
    reported = ran("add", tmp_path / "l.duckdb", four).stderr.splitlines()
    assert reported[0] == "read 1 document"
    assert reported[1].startswith("stored 4 documents")


def test_each_line_of_a_dossier_as_json_has_the_fields_of_its_fact(sample):
    made = json.loads(ran("dossier", sample, "RUS", "MNG", "--on", "2020-09-22", "--format", "json").stdout)
    lines = {line["fields"]["kind"]: line for s in made["sections"] for line in s["lines"]}
    assert {"agreement", "visit", "event"} <= set(lines)
    assert {"title", "parties", "stands", "stage", "entered", "duration"} <= set(lines["agreement"]["fields"])
    assert {"visitors", "host", "first", "last"} <= set(lines["visit"]["fields"])
    event = lines["event"]["fields"]
    assert event["actor"][0]["state"] in {"RUS", "MNG"}
    assert "quote" not in event
    # nothing is cut short in silence
    assert all(s["total"] == len(s["lines"]) + s["left_out"] for s in made["sections"])


def test_an_empty_answer_says_what_was_looked_for_and_what_there_is(sample):
    done = ran("events", sample, "RUS", "MNG", "--since", "2090")
    assert re.search(
        r"no event of Russia and Mongolia since 2090\S* is reported; of these states there are ", done.stderr
    )
    assert "on events" in done.stderr
    with comity.open(sample) as led:
        apart = absence(led, "agreement", ("Mongolia", "Tonga"))
        assert apart.startswith(
            "no agreement of Mongolia and Tonga is reported; nothing is reported of them together, but of "
        )
        assert all(f"{in_prose(c)} ({n:,})" in apart for c, n in led.partners("MNG"))
        assert "no visit of Tonga is reported; nothing at all is reported of it; most is reported of " in absence(
            led, "visit", ("Tonga",)
        )


def test_nothing_new_says_what_was_looked_for_what_there_is_and_when_reports_last_came_in(sample):
    done = ran("changes", sample, "Mongolia", "Tonga", "--since", "2020")
    assert done.returncode == 0
    reported = (
        r"no change of Mongolia and Tonga since 2020 is reported; nothing is reported of them together, but of .*;"
    )
    assert re.search(reported + r" reports last came in on \d{4}-\d\d-\d\d", done.stderr)
    assert "no visit to Fiji is reported; " in ran("visits", sample, "--host", "FJI").stderr


def test_no_value_no_finding_and_nothing_to_judge_say_what_there_is_instead(sample):
    series = ran("series", sample, "France", "Kenya", "--measure", "trade", "--since", "2000")
    assert (
        "no value of trade of France and Kenya since 2000 is reported; nothing is reported of them together"
        in series.stderr
    )
    assert "no data set is imported; comity import --list shows those that can be" in series.stderr
    shares = ran("influence", sample, "MNG", "--by", "RUS", "--measure", "trade-share")
    assert "no value of trade-share of Mongolia by RUS is reported; of it there are " in shares.stderr
    with comity.open(sample) as led:
        facts = len(led.facts("RUS", "MNG"))
        [found] = led.corroborate("RUS", "MNG").notes
        assert found.startswith(f"no data set says anything of {facts} facts of Russia and Mongolia; ")
        assert found.endswith("no data set is imported; comity import --list shows those that can be")
        assert led.corroborate("France", "Kenya").notes[0].startswith("no fact of France and Kenya is reported; ")
        waiting = led.judgements.queue("France", "Kenya").notes[1]
        assert waiting.startswith("no fact of France and Kenya less sure than 0.9 and not judged yet is reported; ")
        assert "nothing is reported of them together, but of France with " in waiting
        assert "nobody has judged a fact of this ledger yet" in led.judgements.statements().notes[0]


def test_the_list_of_commands_says_the_whole_of_what_each_is_for():
    reported = ran("--help").stdout
    assert "..." not in reported.partition("Commands:")[2]
    words = " ".join(reported.split())
    assert "Code reports on relations between states and print the facts, each with its exact quote" in words
    assert max(map(len, reported.splitlines())) <= 80


def test_days_may_be_said_in_the_library_as_on_the_command_line(sample):
    with comity.open(sample) as led:
        last_year = str(datetime.now().astimezone().year - 1)
        assert led.events(during="last year").rows == led.events(during=last_year).rows
        assert led.visits(until="last year").rows == led.visits(until=last_year).rows
        # the last week where no beginning is said, as `comity changes` has it
        assert led.changes("RUS", "MNG").rows == led.changes("RUS", "MNG", since="P7D").rows
        assert led.search("treaty", since="last year").rows == led.search("treaty", since=last_year).rows
        with pytest.raises(InputError, match="is no date"):
            led.events(since="last fortnight")


def test_an_empty_ledger_says_that_nothing_was_read(tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("The shop opens at nine.", encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(note)
        reported = absence(led, "event")
    assert reported == "no event is reported; the ledger holds 1 document and no statement; comity add reads more"


def test_an_event_is_in_plain_words_beside_its_code_in_a_dossier_and_when_shown(sample):
    with comity.open(sample) as led:
        fact = next(f for f in led.facts("RUS", "MNG", kinds=("event",)) if f.lead.mode and f.status == "occurred")
        words = event_phrase(fact.lead.type, fact.lead.mode)
        code = f"{fact.lead.type} {fact.lead.mode}"
        assert words
        assert words != code
        assert led.show_text(fact.id).startswith(f"event: {words} · {code} · ")
        made = led.dossier("RUS", "MNG", on="2020-12-31")
    lines = [x.text for s in made.sections for x in s.lines if x.fact.startswith("fact:event:")]
    assert lines
    for line in lines:
        reported, codes = line.split(" · ")[:2]
        assert event_phrase(*codes.split(" ", 1)) == reported


def test_a_table_shows_its_first_rows_and_how_many_there_are():
    many = Table(("state", "n"), tuple((f"S{n:03}", n) for n in range(25)), ("counted by hand",))
    reported = repr(many).splitlines()
    assert reported[0].split() == ["state", "n"]
    assert reported[20].split() == ["S019", "19"]
    assert reported[21:] == ["the first 20 of 25 rows; .df() has all", "note: counted by hand"]
    page = many._repr_html_()
    assert page.count("<tr>") == 21
    assert "the first 20 of 25 rows" in page
    assert repr(Table(("a",), ((None,),))).splitlines()[-1] == "1 row"


def test_a_table_of_many_columns_names_those_that_it_leaves_out(sample):
    with comity.open(sample) as led:
        reported = repr(led.events("RUS", "MNG")).splitlines()
    assert max(map(len, reported[:-1])) <= 200
    assert "more columns: " in reported[-1]
    assert "reporting_parties" in reported[-1]


def test_a_ledger_and_a_dossier_are_a_line(sample, tmp_path):
    with comity.open(sample) as led:
        assert repr(led).startswith(f"<ledger {sample}: ")
        made = led.dossier("RUS", "MNG", on="2020-09-22")
    assert repr(made) == f"<dossier RUS MNG: {made.summary}>"
    assert "not made yet" in repr(comity.open(tmp_path / "none.duckdb"))


def test_the_strip_is_no_wider_than_the_notebook(sample):
    with comity.open(sample) as led:
        made = led.dossier("RUS", "MNG", on="2020-09-22")
    assert ".comity-dossier .chart svg{max-width:100%;height:auto}" in made._repr_html_()
    drawn = made.plot()
    assert drawn.startswith("<svg")
    assert "max-width:100%" in drawn._repr_html_()
