"""Days as people say them, and the same words for the same thing in every command."""

import json
from datetime import datetime, timedelta

import click
import pytest
from click.testing import CliRunner

from comity.cli import main


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """The bundled sample as `comity sample` writes it."""
    path = tmp_path_factory.mktemp("sample") / "trial.duckdb"
    done = CliRunner().invoke(main, ["sample", str(path)])
    assert done.exit_code == 0, done.stderr
    return path


def today():
    return datetime.now().astimezone().date()


def ran(*words):
    return CliRunner().invoke(main, [str(w) for w in words])


def test_the_sample_is_a_sound_ledger_and_overwrites_nothing(trial):
    assert ran("check", trial).exit_code == 0
    size = trial.stat().st_size
    again = ran("sample", trial)
    assert again.exit_code == 1
    assert "already exists" in again.stderr
    assert trial.stat().st_size == size


def test_a_sample_in_a_folder_that_does_not_exist_is_refused(tmp_path):
    done = ran("sample", tmp_path / "no" / "trial.duckdb")
    assert done.exit_code == 1
    assert "its folder does not exist" in done.stderr


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("changes", "--since"), ("changes", "--until"), ("events", "--since"), ("visits", "--until"),
        ("figures", "--in"), ("events", "--on"), ("agreements", "--on"), ("alerts", "--known"), ("queue", "--kind"),
    ],
)  # fmt: skip
def test_what_is_no_date_or_kind_is_wrong_usage_and_says_what_can_be_written(trial, command, option):
    done = ran(command, trial, option, "last decade")
    assert done.exit_code == 2
    assert "last decade" in done.stderr
    assert ("'last week'" if option != "--kind" else "'visit'") in done.stderr


def test_last_year_said_is_last_year_written(trial):
    year = today().year - 1
    said, written = ran("events", trial, "--in", "last year"), ran("events", trial, "--in", year)
    assert said.exit_code == 0
    assert said.stdout == written.stdout
    assert "fact:event:" in said.stdout


def test_a_period_is_how_long_ago(trial):
    day = today() - timedelta(days=3000)
    said, written = ran("search", trial, "treaty", "--since", "P3000D"), ran("search", trial, "treaty", "--since", day)
    assert said.exit_code == 0
    assert said.stdout == written.stdout


def test_changes_without_a_day_are_those_of_the_last_seven(trial):
    week = (today() - timedelta(days=7)).isoformat()
    done = ran("changes", trial)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Changes since {week}\n")
    assert done.stdout == ran("changes", trial, "--since", week).stdout


def test_last_week_begins_on_its_monday_and_ends_on_its_sunday(trial):
    monday = today() - timedelta(days=today().weekday() + 7)
    done = ran("changes", trial, "--since", "last week", "--until", "last week", "--summary")
    assert done.stdout.startswith(f"Changes since {monday} until {monday + timedelta(days=6)}\n")


def test_the_summary_counts_what_the_list_shows(trial):
    short = ran("changes", trial, "Mongolia", "--summary").stdout.splitlines()
    groups = json.loads(ran("changes", trial, "Mongolia", "--format", "json").stdout)["groups"]
    assert len(short) == 3 + len(groups)
    assert sum(len(g["changes"]) for g in groups) == sum(
        int(part.split()[0].replace(",", "")) for part in short[1].split(", ")
    )
    assert ran("changes", trial, "--summary", "--format", "csv").exit_code == 2


@pytest.mark.parametrize("command", ["changes", "dossier", "alerts", "queue", "events"])
def test_a_misspelt_state_is_wrong_usage_in_every_command(trial, command):
    done = ran(command, trial, "Rusia", *(["MNG"] if command == "dossier" else []))
    assert done.exit_code == 2
    assert "did you mean Russia" in done.stderr


@pytest.mark.parametrize("words", [("alerts",), ("queue",), ("visits",), ("agreements",), ("judgements",)])
def test_every_list_is_also_json(trial, words):
    done = ran(words[0], trial, "--format", "json")
    assert done.exit_code == 0
    assert isinstance(json.loads(done.stdout), list)


def test_rows_are_written_to_the_file_that_is_named(trial, tmp_path):
    file = tmp_path / "visits.csv"
    done = ran("visits", trial, "--format", "csv", "--bom", "--output", file)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert file.read_text(encoding="utf-8") == ran("visits", trial, "--format", "csv", "--bom").stdout
    assert str(file) in done.stderr


def test_the_ledger_stands_first_in_an_import(trial, tmp_path):
    table = tmp_path / "trade.csv"
    table.write_text("ccode1,ccode2,year,flow1,flow2,smoothtotrade\n712,365,2014,1.5,2.5,4.0\n", encoding="utf-8")
    assert "0 known" in ran("import", trial, "cow_trade", table).stderr
    assert "0 observations added" in ran("import", trial, "cow_trade", table).stderr
    assert ran("import", trial).exit_code == 2
    old = ran("import", "cow_trade", table, trial)
    assert old.exit_code == 2
    assert f"the ledger comes first: comity import {trial} cow_trade {table}" in old.stderr


def test_influence_takes_its_state_behind_the_ledger(trial):
    assert ran("influence", trial, "MNG", "--by", "RUS,CHN", "--since", "2019").exit_code == 0
    assert ran("influence", trial).exit_code == 2


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (("influence", "--on", "MNG"), "comity influence LEDGER STATE"),
        (("influence", "MNG", "--from", "2019"), "use --since"),
        (("series", "RUS", "MNG", "--to", "2019"), "use --until"),
    ],
)
def test_an_option_by_its_old_name_is_refused_with_the_new_one(trial, words, instead):
    done = ran(words[0], trial, *words[1:])
    assert done.exit_code == 2
    assert instead in done.stderr


def test_an_option_means_the_same_wherever_it_stands():
    held: dict[str, set[str | None]] = {}
    for command in main.commands.values():
        for option in (p for p in command.params if isinstance(p, click.Option) and not p.hidden):
            for name in option.opts:
                held.setdefault(name, set()).add(option.metavar)
    for name in ("--on", "--known", "--since", "--until", "--published", "--in"):
        assert held[name] == {"DATE"}, name
    assert held["--within"] == {"PERIOD"}
    assert not {"--from", "--to"} & {*held}


def test_the_ledger_is_the_first_word_of_every_command_that_has_one():
    for name, command in main.commands.items():
        words = [str(p.metavar) for p in command.params if isinstance(p, click.Argument)]
        assert not any("LEDGER" in w for w in words[1:]), name
