"""Measures from the ledger's own facts: events, visits and treaties that reports state."""

import json

import pytest

import comity


def of(table, measure):
    return {r["time"]: r for r in table if r["measure"] == measure}


def test_a_treaty_counts_from_its_entry_into_force_and_there_may_be_more(mongolia):
    with comity.open(mongolia) as led:
        found = of(led.influence("MNG", "RUS", measures="treaties"), "treaties")
        before = of(led.influence("MNG", "RUS", measures="treaties", since="1985", until="1985"), "treaties")
    assert {found[y]["value"] for y in ("1993", "2005", "2019", "2020")} == {1.0}
    assert {found[y]["high"] for y in found} == {None}
    assert "there may be more" in found["2020"]["notes"]
    assert before == {} or before["1985"]["availability"] == "not covered"


def test_what_was_not_known_then_does_not_count(mongolia):
    with comity.open(mongolia) as led:
        found = led.influence("MNG", "RUS", measures="signatures", known="2019-09-02")
    assert "2019" not in of(found, "signatures")


def test_a_month_without_reports_is_not_covered(mongolia):
    with comity.open(mongolia) as led:
        found = led.series("RUS", "MNG", unit="month", measures="events", since="2019-08", until="2019-10")
    assert [(m.time, m.availability, m.value, m.covered) for m in found] == [
        ("2019-08", "not covered", None, None),
        ("2019-09", "value", 1.0, 2),
        ("2019-10", "not covered", None, None),
    ]
    assert [m.per_thousand for m in found] == [None, 500.0, None]


def test_an_event_reported_in_passing_is_as_many_at_least(mongolia):
    with comity.open(mongolia) as led:
        (row,) = led.series("RUS", "MNG", measures="events", since="1993", until="1993")
    # it was signed, and it entered into force
    assert (row.availability, row.value, row.low, row.missing) == ("missing", None, 2.0, "documents of 1993")


def test_a_year_with_reports_of_others_alone_is_a_zero(tmp_path):
    report = tmp_path / "r.jsonl"
    reported = {"2010-01-05": "Kenya and Uganda signed a trade agreement on January 4, 2010."}
    reported["2011-01-05"] = "Chile and Peru signed a trade agreement on January 4, 2011."
    rows = [json.dumps({"id": day, "title": None, "date": day, "text": text}) for day, text in reported.items()]
    report.write_text("\n".join(rows), encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(report)
        found = of(
            led.series("KEN", "UGA", measures="events,cooperation", since="2010", until="2012").table(), "events"
        )
    assert [found[y]["availability"] for y in ("2010", "2011", "2012")] == ["value", "zero", "not covered"]


def test_an_event_that_no_report_dates_is_possible_when_it_was_reported(tmp_path):
    report = tmp_path / "r.jsonl"
    reported = "Kenya condemned Uganda's tariffs."
    report.write_text(f'{{"id": "1", "title": null, "date": "2010-01-05", "text": "{reported}"}}\n', encoding="utf-8")
    with comity.open(tmp_path / "l.duckdb") as led:
        led.add(report)
        found = list(led.series("KEN", "UGA", measures="events", since="2010", until="2010"))
        dated = [(r["date"], r["date_basis"]) for r in led.events("KEN", "UGA")]
    assert dated == [("../2010-01-05", "report")]
    assert [(m.availability, m.value, m.high) for m in found] == [("value", 0.0, 1.0)]


def test_reports_or_a_data_set_can_be_asked_alone(mongolia):
    with comity.open(mongolia) as led:
        assert {r["source"] for r in led.influence("MNG", "RUS", sources=["reports"])} == {"reports"}
        assert led.influence("MNG", "RUS", sources=["cow_trade"]).rows == ()


def test_the_answer_is_a_frame_of_the_library_that_one_works_with(mongolia):
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    with comity.open(mongolia) as led:
        found = led.series("RUS", "MNG", measures="treaties")
    assert len(found.df()) == len(found.pl()) == found.arrow().num_rows == len(found)
