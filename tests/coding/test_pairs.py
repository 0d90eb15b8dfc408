"""`comity code`: what a marked source does to a marked target."""

import json
import subprocess
import sys

import pytest

from comity.coding.pairs import code_pair, pair_of
from comity.errors import FormatError


def code(text: str, source: str, target: str):
    return code_pair(pair_of({"id": "1", "text": text, "source_text": source, "target_text": target}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France condemned Serbia for the raid.", "ACCUSE"),
        ("France bombed Serbia on Sunday.", "ASSAULT"),
        ("France threatened to attack Serbia.", "THREATEN"),
        ("France urged Serbia to withdraw its troops.", "REQUEST"),
        ("France rejected the demands of Serbia.", "REJECT"),
        ("France held talks with Serbia.", "CONSULT"),
        ("France will sign a treaty with Serbia.", "AGREE"),
        ("France signed a treaty with Serbia.", "SUPPORT"),
        ("France sent food aid to Serbia.", "AID"),
        ("France deported Serbian refugees to Serbia.", "COERCE"),
    ],
)
def test_the_type_follows_the_codebook(text, expected):
    assert code(text, "France", "Serbia").plover == expected


def test_the_cameo_code_is_a_string():
    found = code("France condemned Serbia for the raid.", "France", "Serbia").cameo
    assert isinstance(found, str)
    assert found.startswith("11")


def test_a_passive_has_its_source_behind_by():
    assert code("Serbia was bombed by France on Sunday.", "France", "Serbia").plover == "ASSAULT"


def test_imposed_sanctions_are_coercion_or_sanction_as_the_decisions_say():
    assert code("France imposed sanctions on Serbia.", "France", "Serbia").plover in {"COERCE", "SANCTION"}


def test_the_evidence_names_the_classifier_and_the_rules():
    found = code("France condemned Serbia for the raid.", "France", "Serbia").evidence
    assert found.startswith("classifier: ACCUSE")
    assert "condemned" in found


def test_two_names_without_an_act_have_no_code():
    found = code("France lies north of Serbia.", "France", "Serbia")
    assert (found.plover, found.confidence) == (None, 0.0)


@pytest.mark.parametrize(
    "row",
    [
        {"id": "1", "text": ""},
        {"id": "1"},
        {"id": "1", "text": "France met Serbia."},
        {"id": "1", "text": "France met Serbia.", "source_text": "Gamma", "target_text": "Serbia"},
        {"id": "1", "text": "France met Serbia.", "source_spans": [[0, 6]], "target_spans": [[10, 400]]},
    ],
)
def test_a_row_that_cannot_be_coded_says_why(row):
    with pytest.raises(FormatError):
        pair_of(row)


def test_a_text_of_fifty_thousand_characters_is_coded():
    text = "France condemned Serbia. " + "It rained all day in the valley. " * 1500
    assert code(text, "France", "Serbia").plover == "ACCUSE"


def test_bad_rows_are_listed_by_line_and_coded_null_while_the_rest_goes_on():
    row = {"id": "a", "text": "France condemned Serbia.", "source_spans": [[0, 6]], "target_spans": [[17, 23]]}
    rows = [json.dumps(row), "{oops", json.dumps({**row, "target_spans": [[16, 99]]})]
    rows.append(json.dumps({**row, "target_spans": [[float("inf"), 23]]}))
    done = subprocess.run(
        [sys.executable, "-m", "comity.cli", "code", "-"],
        input="\n".join(rows).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert [json.loads(x)["plover"] for x in done.stdout.decode().splitlines()] == ["ACCUSE", None, None, None]
    assert b":2:" in done.stderr
    assert b":3:" in done.stderr
    assert b":4: target_spans has inf" in done.stderr
    assert b"Traceback" not in done.stderr
