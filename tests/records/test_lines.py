"""Records as lines and rows: every field there, every value readable."""

import csv
import io
import json

from comity.records.lines import to_csv, to_json
from comity.records.record import SHAPES, Actor, Agreement, Event, EventScale, Figure, Predecessor, Visit


def test_a_line_holds_every_field_of_its_kind_even_the_unknown_ones():
    row = json.loads(to_json(Visit()))
    assert {"kind", "id", "document", "quote", "part", "start", "end", "attribution", "confidence"} <= row.keys()
    assert {"visitors", "host", "place", "date", "purpose", "status", "level"} <= row.keys()
    assert row["host"] is None
    assert row["visitors"] == []


def test_nested_actors_and_scales_are_objects():
    event = Event(
        actor=(Actor(text="Peru", state="PER"),),
        event="AID",
        event_scale=EventScale(name="plover", version="2.0", value=10.0),
    )
    row = json.loads(to_json(event))
    assert row["actor"][0]["state"] == "PER"
    assert row["event_scale"] == {"name": "plover", "version": "2.0", "value": 10.0}


def test_letters_of_all_scripts_stay_as_they_are():
    assert "Élysée" in to_json(Agreement(title="Élysée Treaty"))


def test_a_table_of_mixed_kinds_has_one_header_and_stacks():
    first = to_csv([Visit(host="MNG"), Figure(value=1.5)])
    second = to_csv([Agreement(parties=("CHL", "PER"))], header=False)
    rows = list(csv.DictReader(io.StringIO(first + second)))
    assert [r["kind"] for r in rows] == ["visit", "figure", "agreement"]
    assert rows[0]["host"] == "MNG"
    assert rows[1]["value"] == "1.5"
    assert rows[2]["parties"] == "CHL PER"


def test_a_quote_with_commas_and_line_ends_survives_the_table():
    rows = list(csv.DictReader(io.StringIO(to_csv([Visit(quote='He said, "yes"\nand left')]))))
    assert rows[0]["quote"] == 'He said, "yes"\nand left'


def test_lists_whose_items_hold_spaces_are_json_in_their_cell():
    rows = list(csv.DictReader(io.StringIO(to_csv([Agreement(areas=("virgin lands", "trade"))]))))
    assert json.loads(rows[0]["areas"]) == ["virgin lands", "trade"]


def test_predecessors_are_json_in_their_cell():
    rows = list(csv.DictReader(io.StringIO(to_csv([Agreement(predecessors=(Predecessor(date="1993"),))]))))
    assert json.loads(rows[0]["predecessors"])[0]["date"] == "1993"


def test_every_kind_of_record_names_its_kind():
    assert sorted(shape().kind for shape in SHAPES) == [
        "agreement",
        "assessment",
        "commemoration",
        "cooperation",
        "document",
        "event",
        "figure",
        "project",
        "visit",
    ]
