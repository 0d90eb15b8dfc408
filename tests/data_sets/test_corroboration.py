"""What data sets say of what reports state; reports and rows are made up, but for the tests on the real files."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import comity
from comity.analysis.corroboration import corroborate
from comity.analysis.page import as_html, as_text
from comity.errors import InputError
from comity.evaluation.corroboration import COLUMNS, fact_of
from comity.settings import Settings

SAMPLES = Path(__file__).parent / "samples"
DATA = {
    "wti": "wti.tsv",
    "atop": "atop_ddyr.csv",
    "us_travels": "us_travels.csv",
    "cow_trade": "cow_trade.csv",
    "desta": "desta.csv",
}
ALL = ("corroborated", "contradicted", "not found", "not verifiable")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corroboration")
    with comity.open(folder / "l.duckdb") as led:
        assert not led.add(SAMPLES / "reports.jsonl").failed
        for kind, file in DATA.items():
            assert not led.import_(kind, SAMPLES / file).malformed
    return folder / "l.duckdb"


@pytest.fixture(scope="module")
def said(ledger):
    """What the data sets say of the facts of a report, by kind of fact and data set."""
    with comity.open(ledger) as led:
        found = list(led.corroborate(outcomes=ALL))
        documents = {f.id: {s["source"]["document"] for s in led.show(f.id)["statements"]} for f in led.facts()}

    def of(report: str, kind: str, source: str) -> list[tuple[str, str]]:
        return [
            (r["outcome"], r["text"])
            for r in found
            if report in documents[r["id"]] and r["kind"] == kind and r["source"].startswith(source)
        ]

    return of


def test_a_treaty_is_found_by_parties_day_and_words_and_says_so(said):
    ((outcome, text),) = said("treaty", "agreement", "wti")
    assert outcome == "corroborated"
    assert "World Treaty Index 2: FRIENDLY RELATIONS AND COOPERATION, 1993-01-20 (words " in text
    assert text.endswith("cooperation, friendship, relations; parties MNG RUS; signed 1993-01-20 as reported)")


def test_an_alliance_is_looked_up_by_the_obligation_that_begins_then(said):
    ((outcome, text),) = said("treaty", "agreement", "atop")
    assert outcome == "corroborated"
    assert "non-aggression pact 1993" in text


def test_another_day_of_the_same_treaty_is_a_contradiction(said):
    ((outcome, text),) = said("wrong day", "agreement", "wti")
    assert outcome == "contradicted"
    assert "is dated 1966-01-15, the reports state 1966-02-03" in text


def test_what_is_not_there_is_not_found_with_the_coverage(said):
    assert said("unknown", "agreement", "wti") == [
        ("not found", "not found in World Treaty Index 2 (covers 1900–2003)")
    ]


def test_what_lies_outside_of_the_coverage_is_not_verifiable(said):
    ((outcome, text),) = said("later", "agreement", "wti")
    assert outcome == "not verifiable with this source"
    assert "2019-09-03 lies outside of what it covers 1900–2003" in text


def test_states_of_which_nothing_was_imported_are_not_verifiable(said):
    ((outcome, text),) = said("elsewhere", "agreement", "wti")
    assert outcome == "not verifiable with this source"
    assert "the rows that were imported hold nothing on KEN" in text


def test_the_silence_of_a_list_of_trade_agreements_says_nothing_of_fisheries(said):
    ((outcome, text),) = said("unknown", "agreement", "desta")
    assert outcome == "not verifiable with this source"
    assert "it holds trade agreements" in text


def test_a_visit_is_found_among_the_journeys(said):
    ((outcome, text),) = said("president", "visit", "us_travels")
    assert outcome == "corroborated"
    assert "Example President, 2005-11-21 (office head of state; host MNG; 2005-11-21 as reported)" in text


def test_journeys_of_one_state_cannot_speak_of_another(said):
    ((outcome, text),) = said("russian", "visit", "us_travels")
    assert outcome == "not verifiable with this source"
    assert "hold no journeys of RUS" in text


def test_a_figure_is_the_same_within_a_tolerance(said):
    ((outcome, text),) = said("imports", "figure", "cow_trade")
    assert outcome == "corroborated"
    assert "214 million USD (imports of MNG, 1992)" in text


def test_how_far_a_value_may_differ_can_be_set(ledger):
    with comity.open(ledger, settings=Settings(figure_tolerance=1.0)) as led:
        found = {r["outcome"] for r in led.corroborate("RUS", "MNG", kinds="figure") if "464 million" in r["why"]}
    assert found == {"corroborated"}


def test_another_value_of_the_year_is_a_contradiction(said):
    ((outcome, text),) = said("too much", "figure", "cow_trade")
    assert outcome == "contradicted"
    assert "464 million USD" in text


def test_missing_soviet_trade_verifies_nothing(said):
    ((outcome, text),) = said("bloc", "figure", "cow_trade")
    assert outcome == "not verifiable with this source"
    assert "Soviet bloc" in text


def test_a_year_after_the_data_set_is_not_verifiable(said):
    ((outcome, text),) = said("out", "figure", "cow_trade")
    assert outcome == "not verifiable with this source"
    assert "covers 1870–2014" in text


def test_a_fall_without_a_base_year_is_not_verifiable_and_says_why(said):
    ((outcome, text),) = said("fall", "figure", "cow_trade")
    assert outcome == "not verifiable with this source"
    assert "no base year for the change of -80 %" in text
    assert "missing are 1970 (zeros between states of the Soviet bloc" in text


def asked(ledger, *options: str) -> tuple[list[str], str]:
    line = [sys.executable, "-m", "comity.cli", "corroborate", str(ledger), "RUS", "MNG", *options]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize("outcomes", [(), ("contradicted",), ("not verifiable",), ("corroborated", "not found")])
def test_the_command_and_the_library_give_the_same(ledger, outcomes):
    lines, notes = asked(ledger, "--format", "jsonl", *(o for x in outcomes for o in ("--outcome", x)))
    with comity.open(ledger) as led:
        found = led.corroborate("RUS", "MNG", outcomes=outcomes)
    assert [json.loads(r) for r in lines] == list(found)
    assert lines
    assert notes == "".join(f"note: {n}\n" for n in found.notes)


def test_what_is_not_verifiable_is_counted_by_what_is_lacking_and_listed_on_request(ledger):
    with comity.open(ledger) as led:
        short, whole = led.corroborate("RUS", "MNG"), led.corroborate("RUS", "MNG", outcomes=ALL)
        listed = led.corroborate("RUS", "MNG", outcomes="not verifiable")
    assert not any(r["outcome"].startswith("not verifiable") for r in short)
    assert all(r["outcome"] == "not verifiable with this source" for r in listed)
    assert len(whole) == len(short) + len(listed)
    counts = [int(n.split(": ")[1].split()[0]) for n in short.notes]
    assert sum(counts) == len(listed)
    assert any(n.startswith("not verifiable with cow_trade@4.0: ") and "no day 1" in n for n in short.notes)
    assert listed.notes == ()


def test_each_finding_is_printed_with_its_whole_reason_and_its_rows(ledger):
    lines, _ = asked(ledger, "--kind", "agreement", "--outcome", "corroborated")
    at = next(n for n, line in enumerate(lines) if line.startswith("corroborated  wti@2  fact:agreement:"))
    assert lines[at + 1].endswith("; parties MNG RUS; signed 1993-01-20 as reported)")
    assert lines[at + 2].strip().startswith("[wti@2/")


def test_an_outcome_that_there_is_not_is_named_with_those_there_are(ledger):
    with comity.open(ledger) as led, pytest.raises(InputError, match=r"'maybe' is no outcome; ask for one of: corrob"):
        led.corroborate(outcomes="maybe")


def test_trade_of_both_does_not_follow_from_what_one_buys(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        text = "Mongolia's trade with Russia was $214 million in 1992."
        led.add([_report(tmp_path, "flow", "1993-03-03", text)])
        led.import_("cow_trade", SAMPLES / "cow_trade.csv")
        found = {(r["outcome"], "464 million" in r["why"]) for r in led.corroborate(kinds="figure", outcomes=ALL)}
    assert found == {("contradicted", True)}


def _report(folder: Path, name: str, day: str, text: str) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps({"id": name, "title": None, "date": day, "text": text}) + "\n", encoding="utf-8")
    return path


def test_without_data_sets_nothing_is_said(tmp_path):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(SAMPLES.parents[1] / "ledger" / "reports" / "four.jsonl")
        assert list(led.corroborate()) == []


@pytest.fixture(scope="module")
def seed(tmp_path_factory, shared):
    """The seed report with the real data sets on Mongolia."""
    path = tmp_path_factory.mktemp("seed") / "l.duckdb"
    with comity.open(path) as led:
        led.add(next((shared / "seed").glob("*.txt")), published="2019-09-02")
        led.import_("cow_trade", [shared / "data" / f"cow_trade_mng_{n}.csv" for n in ("rus_chn", "national")])
        led.import_("atop", shared / "data" / "atop51_mng.csv")
        led.import_("cow_igo", shared / "data" / "cow_igo_mng.csv")
        led.import_("wti", shared / "data" / "world_treaty_index.tsv.gz")
        led.import_("icews", SAMPLES / "icews.tab")
        led.import_("terrier", SAMPLES / "terrier.csv")
    return path


def test_the_seed_reports_fall_of_trade_is_answered_with_the_reason(seed):
    with comity.open(seed) as led:
        found = led.corroborate("RUS", "MNG", kinds="figure", outcomes="not verifiable")
        (answer,) = [r for r in found if r["source"] == "cow_trade@4.0"]
    assert answer["outcome"] == "not verifiable with this source"
    assert "no base year" in answer["why"]
    assert "1981–1991 (" in answer["why"]
    assert "Soviet bloc" in answer["why"]


def test_the_seed_reports_treaty_of_1993_is_in_the_index_and_in_atop(seed):
    with comity.open(seed) as led:
        found = [r for r in led.corroborate("RUS", "MNG", kinds="agreement") if "1993" in r["fact"]]
    assert {(r["source"], r["outcome"]) for r in found} == {
        ("wti@2", "corroborated"),
        ("atop@5.1", "corroborated"),
    }
    assert "non-aggression pact 1993–2018 (where the data set ends)" in " ".join(r["why"] for r in found)


def test_a_dossier_mixes_reports_and_records_each_with_source_and_standing(seed):
    with comity.open(seed) as led:
        made = led.dossier("RUS", "MNG", on="2019-12-31")
        sources = {s.key for s in led.sources()}
    by_heading = {s.heading: s for s in made.sections}
    ties = [line.text for line in by_heading["Ties in data sets"].lines]
    assert "defence pact 1936–1993" in ties
    assert "non-aggression pact 1993–2018 (where the data set ends)" in ties
    figures = by_heading["Figures in data sets"].lines
    assert any("missing are" in line.text and "Soviet bloc" in line.text for line in figures)
    agreements = by_heading["Agreements in data sets"]
    assert agreements.left_out > 50
    assert f"… and {agreements.left_out} more (comity sql, table observation)" in as_text(made)
    assert f"… and {agreements.left_out} more in the ledger’s table of observations" in as_html(made)
    imported = [line for s in made.sections if "data sets" in s.heading for line in s.lines]
    for line in imported:
        assert line.sources[0].document in sources
        assert line.marks[0] in {"reported", "missing", "estimated", "unverified"}
    events = {line.sources[0].document: line for line in by_heading["Events in data sets"].lines}
    assert events["icews@2023"].text == "3 events 1990–2014: 3 of cooperation, 0 of conflict"
    assert events["icews@2023"].fact == "icews@2023/9000002"
    assert events["icews@2023"].marks == ("unverified",)
    fall = next(line for line in by_heading["Figures"].lines if "-80 %" in line.text)
    assert any("not verifiable with this source" in c for c in fall.checked)
    assert fall.sources[0].quote


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_every_format_of_the_dossier_shows_the_records(seed, form):
    with comity.open(seed) as led:
        page = led.dossier_as(form, "RUS", "MNG", on="2019-12-31")
    for part in (
        "defence pact 1936–1993",
        "Alliance Treaty Obligations and Provisions 5.1",
        "not verifiable with this",
    ):
        assert part in page


def test_a_dossier_as_known_on_a_day_leaves_data_sets_out_and_says_so(seed):
    with comity.open(seed) as led:
        made = led.dossier("RUS", "MNG", on="2019-12-31", known="2019-09-02")
    assert not any("data sets" in s.heading for s in made.sections)
    assert any("what data sets state is left out" in n for n in made.notes)


def test_counts_across_a_change_of_coverage_say_so(seed):
    with comity.open(seed) as led:
        made = led.dossier("CHN", "MNG", on="2019-12-31")
        early = led.dossier("CHN", "MNG", on="2014-12-31")

    def stated(dossier):
        return [x.text for s in dossier.sections for x in s.lines if x.sources[0].document.startswith("terrier")]

    why = "the sources of TERRIER's stories change in 2015: counts before and after are not one series"
    assert stated(made) == [f"2 events 2014–2015: 1 of cooperation, 1 of conflict; {why}"]
    assert stated(early) == ["1 events 2014: 0 of cooperation, 1 of conflict"]


def test_show_prints_a_row_with_its_data_set(seed):
    line = [sys.executable, "-m", "comity.cli", "show", str(seed), "cow_trade@4.0/712-365-1981-imports"]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=True)
    assert "figure: imports · MNG from SUN · missing · 1981 [missing]" in done.stdout
    assert "licence: free for research with citation" in done.stdout
    assert "why: zeros between states of the Soviet bloc" in done.stdout
    line[-1] = "cow_trade@4.0/none"
    failed = subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)
    assert (failed.returncode, "holds no observation" in failed.stderr) == (1, True)


@pytest.fixture(scope="module")
def public(tmp_path_factory, shared):
    """What real data sets say of one report, by kind of fact."""
    base = tmp_path_factory.mktemp("public")
    with comity.open(base / "sets.duckdb") as led:
        led.import_("wti", shared / "data" / "world_treaty_index.tsv.gz")
        led.import_("desta", shared / "data" / "desta.csv.gz")
        led.import_("manytreaties", shared / "data" / "huggo_agreements.csv.gz")
        led.import_("us_travels", shared / "data" / "us_travels.csv.gz")

    def said(kind: str, day: str, text: str) -> list[dict[str, str]]:
        path = base / f"{len(list(base.iterdir()))}.duckdb"
        shutil.copy(base / "sets.duckdb", path)
        with comity.open(path) as led:
            led.add([_report(base, path.stem, day, text)])
            return list(led.corroborate(kinds=kind, outcomes=ALL))

    return said


def test_a_declaration_without_a_day_is_not_a_treaty_of_another_century(public):
    text = "The United States and Mexico reaffirmed the Los Angeles Declaration on Migration and Protection."
    found = public("agreement", "2022-07-11", text)
    assert {r["outcome"] for r in found} == {"not verifiable with this source"}
    assert any(r["why"].startswith("no day: the reports state none, and no row of these parties bears") for r in found)


def test_a_memorandum_without_a_title_is_not_any_memorandum_of_the_two(public):
    text = "The United States and Mexico signed a memorandum of understanding in Mexico City on September 9, 2003."
    found = [r for r in public("agreement", "2003-09-10", text) if r["source"] == "wti@2"]
    assert [r["why"][:7] for r in found] == ["no name"]


@pytest.mark.parametrize("date", ["", "2018-11-30"])
@pytest.mark.parametrize("parties", ["CAN MEX USA", "MEX USA"])
@pytest.mark.parametrize("name", ["United States-Mexico-Canada Agreement", "USMCA", "Mexico-Canada deal (USMCA)"])
def test_an_agreement_is_found_by_its_name_whatever_way_it_is_written(shared, tmp_path, name, parties, date):
    row = dict.fromkeys(COLUMNS, "") | {"fact": "f", "kind": "agreement", "stage": "signed", "reported": "2020-01-01"}
    fact = fact_of(row | {"title": name, "parties": parties, "date": date})
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("desta", shared / "data" / "desta.csv.gz")
        ((found,),) = corroborate(led, [fact]).values()
    assert (found.outcome, found.rows) == ("corroborated", ("desta@2.2/1007",))
    assert "name USMCA; parties" in found.why


def test_bodies_whose_code_has_a_blank_are_looked_up_as_one(tmp_path):
    row = dict.fromkeys(COLUMNS, "") | {"fact": "f", "kind": "agreement", "stage": "signed", "date": "1945-02-11"}
    fact = fact_of(row | {"title": "Yalta agreement", "parties": "BIG THREE;MNG"})
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("wti", SAMPLES / "wti.tsv")
        ((found,),) = corroborate(led, [fact]).values()
    assert found.why == "nothing on a state: the rows that were imported hold nothing on BIG THREE"


def test_a_trip_without_a_day_is_not_that_of_whoever_went_there(public):
    found = public("visit", "2014-06-01", "U.S. President Donald Trump visited France.")
    assert found
    assert all(r["outcome"] == "not verifiable with this source" for r in found)
