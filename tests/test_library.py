"""What `import comity` offers: quick to import, every name there, documented and described."""

import dataclasses
import importlib.util
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import comity

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
