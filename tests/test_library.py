"""What `import comity` offers: quick to import, every name there, documented and described."""

import dataclasses
import importlib
import importlib.util
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import comity
from comity.analysis.questions import AgreementQuestions, InfluenceQuestions, JudgementQuestions
from comity.cli import main

ROOT = Path(__file__).parents[1]


def test_importing_loads_no_model_and_no_table():
    code = (
        "import sys, comity; print(*sorted(m for m in sys.modules if m.split('.')[0] not in sys.stdlib_module_names))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    ours = {m for m in ran.stdout.split() if m.split(".")[0] in {"comity", "numpy", "duckdb", "onnxruntime", "click"}}
    assert ours == {"comity", "comity.errors"}


def test_what_a_wildcard_imports_is_what_is_exported():
    names: dict[str, object] = {}
    exec("from comity import *", names)
    assert {*comity.__all__} == {n for n in names if n != "__builtins__"}
    assert sorted(comity.__all__) == comity.__all__
    assert {*comity.__all__} <= {*dir(comity)}


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'ledgers'"):
        comity.ledgers  # noqa: B018 - asking is the test


@pytest.mark.parametrize("name", comity.__all__)
def test_every_exported_name_says_what_it_is(name):
    held = getattr(comity, name)
    text = inspect.getdoc(held) or ""
    assert text.split("\n")[0].endswith((".", ":")), f"comity.{name} has no docstring"
    # the docstring that a dataclass makes of its fields says nothing
    assert not text.startswith(f"{name}(")


def test_a_reading_and_a_ledger_give_what_is_exported(tmp_path):
    reading = comity.read("Kenya and Uganda signed a trade agreement in Nairobi.", published="2021-05-04")
    assert isinstance(reading, comity.Reading)
    assert isinstance(reading.source, comity.Document)
    assert isinstance(reading.agreements[0], comity.Agreement)
    (tmp_path / "report.txt").write_text(reading.source.text, encoding="utf-8")
    with comity.open(tmp_path / "reports.duckdb") as ledger:
        assert isinstance(ledger, comity.Ledger)
        added = ledger.add([tmp_path / "report.txt", tmp_path / "none.txt"], published="2021-05-04")
        assert isinstance(added, comity.Added)
        assert isinstance(added.failed[0], comity.Failure)
        fact = next(f for f in ledger.facts("KEN", "UGA") if f.kind == "agreement")
        assert isinstance(fact, comity.Fact)
        assert isinstance(fact.statements[0], comity.Statement)
        assert isinstance(ledger.judge(fact.id, "accept", signed="A. Reader", dated="2021-05-05"), comity.Judgement)
        assert isinstance(ledger.dossier("KEN", "UGA", on="2021-06-01"), comity.Dossier)
        assert isinstance(ledger.agreements("KEN", "UGA", on="2021-06-01"), comity.Table)


def test_what_is_held_cannot_be_changed_by_chance():
    for name in comity.__all__:
        held = getattr(comity, name)
        if dataclasses.is_dataclass(held):
            assert held.__dataclass_params__.frozen, name
            assert "__slots__" in vars(held), name


def test_every_exported_name_stands_in_the_reference():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.library()
    for name in comity.__all__:
        held = getattr(comity, name)
        if inspect.isclass(held) and issubclass(held, Exception):
            assert name in page, name
        else:
            assert f"## {name if inspect.isclass(held) else f'comity.{name}'}\n" in page, name


TWINS = {
    "add": comity.Ledger.add,
    "agreements": AgreementQuestions.__call__,
    "alerts": AgreementQuestions.alerts,
    "bench": "comity.bench.speed:measure",
    "changes": comity.Ledger.changes,
    "check": comity.Ledger.check,
    "code": comity.code,
    "code-corpus": comity.code_corpus,
    "corroborate": comity.Ledger.corroborate,
    "dossier": comity.Ledger.dossier,
    "evaluate": comity.evaluate,
    "events": comity.Ledger.events,
    "export": comity.Ledger.export,
    "figures": comity.Ledger.figures,
    "glossary": comity.glossary,
    "import": comity.Ledger.import_,
    "influence": InfluenceQuestions.__call__,
    "judge": comity.Ledger.judge,
    "judgements": JudgementQuestions.statements,
    "merge-corpus": comity.merge_corpus,
    "queue": JudgementQuestions.queue,
    "read": comity.read_all,
    "rebuild": comity.Ledger.rebuild,
    "sample": comity.sample,
    "search": comity.Ledger.search,
    "series": comity.Ledger.series,
    "serve": comity.serve,
    "show": comity.Ledger.show,
    "sql": comity.Ledger.sql,
    "treaties": comity.treaties,
    "visits": comity.Ledger.visits,
    "watch": comity.watch_once,
    "who": comity.who,
}
"""What a program calls where a person writes a command."""
OF_THE_SHELL = {"completion"}


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_can_be_asked_of_the_library(name):
    if name in OF_THE_SHELL:
        return
    twin = TWINS[name]
    if isinstance(twin, str):
        module, _, function = twin.partition(":")
        twin = getattr(importlib.import_module(module), function)
    assert callable(twin)
    assert inspect.getdoc(twin)


def test_no_twin_is_of_a_command_that_is_gone():
    assert {*TWINS} | OF_THE_SHELL == {*main.commands}


def test_a_pair_is_coded_as_the_command_codes_it(tmp_path):
    row = {"id": "7", "text": "Kenya condemned Uganda's tariffs.", "source_text": "Kenya", "target_text": "Uganda"}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(row), encoding="utf-8")
    printed = CliRunner().invoke(main, ["code", str(tmp_path / "pairs.jsonl")])
    found = comity.code(row)
    assert isinstance(found, comity.PairCode)
    assert json.loads(printed.stdout) == dataclasses.asdict(found)
    with pytest.raises(comity.FormatError, match="no text"):
        comity.code({"id": "7"})


def test_treaties_are_found_by_name_and_by_the_year_of_the_report():
    (found,) = comity.treaties("NPT")
    assert isinstance(found, comity.KnownInstrument)
    assert found in comity.treaties()
    with pytest.raises(comity.InputError, match="did you mean"):
        comity.treaties("INF Treety")
    with pytest.raises(comity.InputError, match="is not a date"):
        comity.treaties("NPT", "soon")


def test_codes_are_said_in_plain_words():
    assert {w.code for w in comity.glossary("SANCTION")} >= {"SANCTION"}
    assert len(comity.glossary()) > len(comity.glossary("SANCTION"))
    with pytest.raises(comity.CodeError, match="SANCTION"):
        comity.glossary("SANCTIONS")


def test_a_task_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(comity.InputError, match="is not a task"):
        comity.evaluate("everything")


def test_one_round_of_a_watch_gives_what_changed_once(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "watch.toml").write_text('ledger = "w.duckdb"\nfolders = ["in"]\n', encoding="utf-8")
    comity.watch_once(tmp_path / "watch.toml")
    report = "Kenya and Uganda signed a trade agreement in Nairobi."
    (tmp_path / "in" / "a.txt").write_text(f"3 May 2021\n\n{report}", encoding="utf-8")
    found = comity.watch_once(tmp_path / "watch.toml")
    assert isinstance(found, comity.Watched)
    assert (found.added, found.failed) == (1, ())
    assert "new fact" in {r["change"] for r in found.changes}
    assert comity.watch_once(tmp_path / "watch.toml").changes.rows == ()
