"""What a report says of an act is read once and kept; of older records the quote is read."""

import json
from dataclasses import replace

import pytest

import comity
from comity.ledger.naming import instrument_of
from comity.ledger.stated_acts import acts_of, acts_on
from comity.records.lines import from_json, to_json
from comity.records.record import Agreement, Step

REPORTS = {
    "vote": "The Senate of Chile approved the fisheries treaty with Peru on 4 May 2012.",
    "notice": "On 6 June 2016 Peru denounced the extradition treaty with Chile.",
    "exchange": "Peru and Chile exchanged the instruments of ratification of the transit treaty in Lima.",
}


def stored_agreements(led):
    return [s for f in led.facts(kinds=("agreement",)) for s in f.statements]


def older(statement):
    """The statement as a reader stored it that kept only quotes."""
    body = json.loads(statement.body)
    body.pop("wording", None)
    for step in body.get("acts", ()):
        step.pop("wording", None)
    return replace(statement, body=json.dumps(body, ensure_ascii=False))


@pytest.fixture
def reported(tmp_path, four):
    """The statements on agreements of three small reports and of four on a treaty's life, as the ledger stores them."""
    rows = [{"id": name, "title": None, "date": "2016-06-07", "text": text} for name, text in REPORTS.items()]
    (tmp_path / "santiago.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    with comity.open(tmp_path / "kept.duckdb") as led:
        led.add([tmp_path / "santiago.jsonl", four])
        return stored_agreements(led)


@pytest.mark.parametrize(
    ("report", "words"), [("vote", {"legislature", "approval"}), ("notice", {"notice"}), ("exchange", {"exchange"})]
)
def test_a_record_keeps_what_its_quote_says_of_the_act(report, words):
    (agreement,) = comity.read(REPORTS[report], published="2016-06-07").agreements
    assert set(json.loads(to_json(agreement))["wording"]) == words


def test_older_records_without_it_give_the_same_acts(reported):
    assert len(reported) > 3
    for s in reported:
        instrument = instrument_of(s)
        assert s.record.wording is not None
        assert acts_of(older(s)) == acts_of(s)
        assert instrument is None or acts_on(older(s), instrument) == acts_on(s, instrument)


def test_the_ledger_goes_by_the_record_and_not_by_the_language_of_the_quote(reported):
    vote = next(s for s in reported if {"legislature", "approval"} <= set(s.record.wording))
    spanish = replace(vote, quote="El Senado de Chile aprobó el tratado de pesca con Perú")
    assert "approved" in {a.kind for a in acts_of(spanish)}
    assert "approved" not in {a.kind for a in acts_of(older(spanish))}


def test_a_line_of_an_older_record_stays_as_it_was_written():
    row = json.loads(to_json(Agreement(title="Treaty of Lima", acts=(Step(stage="signed", quote="signed it"),))))
    assert "wording" not in row
    assert "wording" not in row["acts"][0]
    new = Agreement(wording=(), acts=(Step(stage="signed", wording=("entry",)),))
    assert from_json(to_json(new)) == new
    assert json.loads(to_json(new))["wording"] == []
