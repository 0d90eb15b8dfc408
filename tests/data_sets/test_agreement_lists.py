"""Treaties and trade agreements, and the journeys of leaders."""

from datetime import date

import pytest


def test_the_treaty_index_has_its_own_party_codes(read_sample):
    found = read_sample("wti", "wti.tsv")
    old, new, *_ = found.rows.values()
    assert (old.kind, old.measure, old.a, old.b, old.first) == ("agreement", "treaty", "MNG", "SUN", date(1966, 1, 15))
    assert (new.a, new.b, new.block) == ("MNG", "RUS", "MNG RUS")
    assert new.record["signed"] == "1993-01-20"
    assert "entered" not in new.record
    assert old.record["published"] == "UNTS 9, 1"


def test_an_unknown_party_is_named_beside_the_known_ones(read_sample):
    found = read_sample("wti", "wti.tsv")
    lone = next(o for o in found.rows.values() if o.measure == "agreement")
    assert (lone.record["parties"], lone.record["others"], lone.a) == (["UNESCO"], ["NOBODY"], None)
    assert lone.record["title"] == 'Cooperation "agreement"'
    assert found.unknown == {"NOBODY": 1}


def test_two_treaties_under_one_number_are_two(read_sample):
    rows = read_sample("wti", "wti.tsv").rows
    assert len([k for k in rows if k.startswith("900003/")]) == 2


def test_a_treaty_with_only_its_entry_into_force_is_dated_by_that(read_sample):
    rows = read_sample("wti", "wti.tsv").rows
    (korea,) = (o for k, o in rows.items() if k.startswith("900005/"))
    assert (korea.first, korea.measure, korea.a, korea.b) == (date(1901, 10, 17), "protocol", "BEL", "PRK")


def test_the_soviet_union_is_not_in_israel(tmp_path, read_file):
    """Copies of the index carry a geocoder's country codes, which place the Soviet Union in Israel."""
    path = tmp_path / "wti.tsv"
    path.write_text(
        "treaty_id\tSigned\tForce\tparty1\tparty2\ttitle\tcountry_code3\n1\t1966-01-15\t\tUSSR\tMONGOL\tTREATY\tISR\n"
    )
    (only,) = read_file("wti", path).rows.values()
    assert only.block == "MNG RUS"


def test_a_listing_of_the_treaty_series(read_sample):
    rows = read_sample("unts", "unts.csv")
    assert (rows["I-90001"].a, rows["I-90001"].b, rows["I-90001"].first) == ("MNG", "RUS", date(1993, 1, 20))
    assert rows["I-90001"].url == "https://example.org/I-90001"
    assert (rows["I-90002"].measure, rows["II-904"].a) == ("protocol", "WHO")
    assert rows["I-90005"].record["others"] == ["Atlantis"]


def test_desta_names_members_by_number_as_of_the_year(read_sample):
    rows = read_sample("desta", "desta.csv")
    assert (rows["9001"].a, rows["9001"].b, rows["9001"].block) == ("JPN", "MNG", "JPN MNG")
    assert (rows["9002"].a, rows["9002"].record["parties"]) == (None, ["RUS", "CHN", "MNG"])
    assert set(rows["9003"].record["parties"]) == {"SUN", "DDR"}
    assert rows["9004"].record["stage"] == "negotiated"
    assert "9002+1" in rows.rows


def test_the_world_banks_list_names_members_by_name(read_sample):
    found = read_sample("gptad", "gptad.csv")
    assert len(found.rows) == 4
    pair = found["Japan - Mongolia/2015-02-10"]
    assert (pair.a, pair.b, pair.record["entered"]) == ("JPN", "MNG", "2016-06-07")
    many = found["EFTA - Example/2005-12-15"]
    assert many.record["parties"] == ["EFTA", "ISL", "NOR", "CHE", "KOR"]
    assert found["Pair/1994-07-01"].record["parties"] == ["CZE", "SVK"]
    assert found["Nowhere/2003-01-02"].record["others"] == ["Atlantis"]


def test_manytreaties_has_its_parties_from_the_title_and_says_so(read_sample):
    found = read_sample("manytreaties", "manytreaties.csv")
    by_title = {o.record["title"].split()[0]: o for o in found.rows.values()}
    first, *_ = found.rows.values()
    assert (first.a, first.b, first.record["parties_basis"]) == ("MNG", "RUS", "title")
    assert by_title["Protocol"].last is None
    fisheries = by_title["Fisheries"]
    assert (fisheries.last, fisheries.record["until"]) == (None, "1976-06-31")
    assert by_title["Convention"].record["date"] == "1993"
    assert next(o for o in found.rows.values() if "Soviet" in o.record["title"]).block == "MNG RUS"


def test_a_president_travels_as_head_of_state_and_a_secretary_as_minister(read_sample):
    rows = read_sample("us_travels", "us_travels.csv")
    president, secretary = rows["president-7001"], rows["secretary-7001"]
    assert (president.kind, president.measure, president.a, president.b) == ("visit", "head of state", "USA", "MNG")
    assert (secretary.measure, secretary.b) == ("minister", "MNG")
    assert rows["president-7003"].b == "SUN"
    assert (rows["president-7004"].b, rows["secretary-7005"].b) == ("YUG", "KOR")
    assert rows["secretary-7005"].last == date(1969, 5, 5)


def test_a_list_of_travels_in_the_form_of_colt(read_sample):
    found = read_sample("colt", "colt.csv")
    assert [(o.measure, o.a, o.b) for o in found.rows.values()] == [
        ("head of state", "RUS", "MNG"),
        ("head of government", "MNG", "CHN"),
        ("head of state", "SUN", "MNG"),
        ("minister", "MNG", "RUS"),
        ("head of state", None, "MNG"),
    ]
    assert found.unknown == {"ATL": 1}


@pytest.mark.parametrize(
    ("kind", "file", "rows", "most_malformed"),
    [
        ("wti", "world_treaty_index.tsv.gz", 61_365, 0),
        ("desta", "desta.csv.gz", 1_217, 0),
        ("gptad", "gptad.csv.gz", 352, 0),
        ("manytreaties", "huggo_agreements.csv.gz", 4_532, 2),
        ("us_travels", "us_travels.csv.gz", 4_271, 0),
    ],
)
def test_the_real_files_are_read_whole(shared, read_file, kind, file, rows, most_malformed):
    found = read_file(kind, shared / "data" / file)
    assert found.read == rows
    assert len(found.malformed) <= most_malformed, found.malformed[:5]


def test_the_real_treaty_index_knows_nearly_all_parties(shared, read_file):
    found = read_file("wti", shared / "data" / "world_treaty_index.tsv.gz")
    assert sum(found.unknown.values()) / (2 * found.read) < 0.01
    soviet = [o for o in found.rows.values() if "SUN" in o.record.get("parties", [])]
    assert len(soviet) > 2500
    assert not any("ISR" in o.record["parties"] and "USSR" in o.row and "ISRAEL" not in o.row for o in soviet)
