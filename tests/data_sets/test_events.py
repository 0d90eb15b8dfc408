"""Event data: who did what to whom, by machines unless people coded it, in PLOVER's terms."""

from datetime import date

from comity.knowledge.plover import events


def test_a_gdelt_event_keeps_its_day_actors_scale_and_address(read_sample):
    rows = read_sample("gdelt", "gdelt2.tsv")
    visit = rows["9000000"]
    assert (visit.kind, visit.measure, visit.a, visit.b, visit.directed) == ("event", "CONSULT", "MNG", "RUS", True)
    assert (visit.first, visit.last) == (date(2023, 1, 5), date(2023, 1, 5))
    assert (visit.value, visit.unit) == (1.9, "goldstein-gdelt")
    assert (visit.standing, visit.url) == ("unverified", "https://example.org/0")
    assert visit.record["cameo"] == "042"
    assert visit.record["mode"] == "visit"
    assert visit.record["event_scale"] == {"name": "plover", "version": "2.0", "value": 4.0}
    assert visit.record["place_state"] == "MNG"


def test_gdelt_names_russia_as_the_soviet_union_before_1992(read_sample):
    signing = read_sample("gdelt", "gdelt2.tsv")["9000001"]
    assert (signing.a, signing.b, signing.block) == ("SUN", "MNG", "MNG RUS")


def test_cameo_codes_that_plover_drops_are_kept_under_their_own_names(read_sample):
    appeal = read_sample("gdelt", "gdelt2.tsv")["9000002"]
    assert appeal.measure == "APPEAL"
    assert appeal.measure not in events()
    assert (appeal.a, appeal.b) == ("UN", "ROU")
    assert appeal.record["cameo"] == "020"


def test_an_actor_without_a_country_stays_unknown(read_sample):
    rows = read_sample("gdelt", "gdelt2.tsv")
    assert (rows["9000003"].a, rows["9000003"].b, rows["9000003"].directed) == (None, "CHN", False)
    assert rows["9000004"].measure == "ASSAULT"


def test_the_first_gdelt_is_read_as_its_own_version_only(read_sample, tmp_path):
    rows = read_sample("gdelt", "gdelt1.tsv", "1.0")
    assert rows["9000000"].source == "gdelt@1.0"
    assert rows["9000000"].measure == "CONSULT"


def test_mentions_name_the_event_and_the_report(read_sample):
    found = read_sample("gdelt", "gdelt_mentions.tsv").mentions
    assert [(m.row, m.url) for m in found[:2]] == [
        ("9000000", "https://example.org/a"),
        ("9000000", "https://example.org/b"),
    ]
    assert found[0].outlet == "example.org"


def test_icews_takes_the_country_and_puts_back_lost_zeros(read_sample):
    rows = read_sample("icews", "icews.tab")
    assert (rows["9000001"].a, rows["9000001"].b, rows["9000001"].record["cameo"]) == ("RUS", "MNG", "042")
    assert rows["9000004"].record["cameo"] == "0256"
    assert (rows["9000004"].a, rows["9000004"].b) == (None, "NGA")
    assert (rows["9000001"].value, rows["9000001"].unit) == (1.9, "intensity-icews")
    assert rows["9000005"].a == "SUN"


def test_lists_of_icews_events_are_read_by_name_bracket_and_office(read_sample):
    found = read_sample("icews", "icews_list.tsv")
    pairs = [(o.a, o.b, o.measure) for o in found.rows.values()]
    assert pairs == [
        ("MNG", "RUS", "CONSULT"),
        ("CHN", "MNG", "CONSULT"),
        ("IND", "IND", "COERCE"),
        (None, "EU", "STATEMENT"),
        ("CHN", "MNG", "SUPPORT"),
    ]
    assert found.unknown == {"A Party Nobody Lists": 1}


def test_an_act_of_many_becomes_an_observation_a_pair_and_says_so(read_sample):
    rows = read_sample("polecat", "polecat.txt")
    summit = {k: o for k, o in rows.rows.items() if k.startswith("20230101-2")}
    assert {(o.a, o.b) for o in summit.values()} == {("CHN", "MNG"), ("CHN", "RUS"), ("MNG", "RUS")}
    assert all(o.record["exploded"] == 3 for o in summit.values())
    assert rows["20230101-1"].record.get("exploded") is None
    assert {o.a for k, o in rows.rows.items() if k.startswith("20230102-1")} == {"USA", "CAN"}


def test_polecat_keeps_plovers_mode_and_contexts(read_sample):
    visit = read_sample("polecat", "polecat.txt")["20230101-1"]
    assert (visit.measure, visit.record["mode"], visit.record["context"]) == (
        "CONSULT",
        "visit",
        ["diplomatic", "economic"],
    )
    assert visit.unit == "intensity-polecat"


def test_records_of_the_coder_are_read_from_json_lines(read_sample):
    rows = read_sample("polecat", "ngec.jsonl")
    assert (rows["r1"].a, rows["r1"].b, rows["r1"].url) == ("MNG", "CHN", "https://example.org/1")
    assert {k for k in rows.rows if k.startswith("r2")} == {"r2#CHN-MNG", "r2#CHN-RUS", "r2#MNG-RUS"}
    assert (rows["r5"].a, rows["r5"].b) == ("FRA", None)


def test_phoenix_is_read_in_all_its_forms(read_sample):
    daily = read_sample("phoenix", "phoenix.txt")
    assert (daily["1001_v1.3"].a, daily["1001_v1.3"].b, daily["1001_v1.3"].url) == (
        "MNG", "RUS", "https://example.org/a",
    )  # fmt: skip
    assert daily["1004_v1.3"].a == "UN"
    historical = read_sample("phoenix", "phoenix_historical.csv")
    assert (historical["NYT1"].a, historical["NYT2"].a, historical["NYT3"].a) == ("SUN", "SUN", "RUS")
    assert historical["NYT5"].a == "NATO"
    assert historical["NYT4"].unit == "goldstein-phoenix"
    assert read_sample("terrier", "terrier.csv")["t3"].measure == "COOPERATE"


def test_acled_and_ucdp_are_coded_by_people(read_sample):
    acled = read_sample("acled", "acled.csv")
    assert (acled["RUS2"].a, acled["RUS2"].b, acled["RUS2"].standing) == ("RUS", "UKR", "reported")
    assert (acled["RUS2"].value, acled["RUS2"].unit) == (5, "deaths")
    assert (acled["MNG1"].measure, acled["MNG1"].first) == ("PROTEST", date(2019, 9, 3))
    assert (acled["IND4"].a, acled["IND4"].measure) == ("IND", "COERCE")
    assert acled["MLI5"].a is None
    ucdp = read_sample("ucdp_ged", "ucdp_ged.csv")
    assert (ucdp["1"].a, ucdp["1"].b, ucdp["1"].value) == ("IRQ", "KWT", 3)
    assert (ucdp["2"].a, ucdp["2"].last, ucdp["5"].a) == ("SUN", date(1991, 1, 21), "RUS")
    assert ucdp["4"].record["violence"] == "one-sided violence"


def test_a_code_that_is_none_is_a_malformed_row(tmp_path, read_file):
    from comity.bench.synthesis import gdelt_day

    path = tmp_path / "day.csv"
    lines = [line.split("\t") for line in gdelt_day(3)]
    lines[1][26] = "---"
    path.write_text("".join("\t".join(cells) + "\n" for cells in lines))
    found = read_file("gdelt", path)
    assert (found.read, len(found.rows)) == (3, 2)
    assert [(m.line, m.reason) for m in found.malformed] == [(2, "'---' is not a CAMEO code")]


def test_a_quotation_mark_in_a_gdelt_cell_swallows_no_rows(tmp_path, read_file):
    from comity.bench.synthesis import gdelt_day

    path = tmp_path / "day.csv"
    lines = [line.split("\t") for line in gdelt_day(3)]
    lines[0][6] = '"QUOTED NAME'
    path.write_text("".join("\t".join(cells) + "\n" for cells in lines))
    assert len(read_file("gdelt", path).rows) == 3
