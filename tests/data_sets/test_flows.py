"""Flows of goods, money and arms, and the influence capacity made of them."""

from datetime import date

import pytest


def test_comtrade_keeps_what_each_side_reports(read_sample):
    rows = read_sample("comtrade", "comtrade.csv")
    bought, sold = rows["496-643-2018-M-TOTAL"], rows["643-496-2018-X-TOTAL"]
    assert (bought.measure, bought.a, bought.b, bought.value) == ("imports", "MNG", "RUS", 1_701_000_000.5)
    assert (sold.measure, sold.a, sold.b, sold.value) == ("exports", "RUS", "MNG", 1.56e9)
    assert (rows["496-0-2018-X-TOTAL"].b, rows["496-0-2018-X-TOTAL"].unit) == (None, "USD")


def test_partners_that_are_no_states_are_counted_and_not_taken_for_the_world(tmp_path, read_file):
    path = tmp_path / "t.csv"
    path.write_text(
        "period,reporterCode,flowCode,partnerCode,cmdCode,primaryValue\n"
        "2018,496,M,899,TOTAL,5\n2018,496,M,0,TOTAL,7\n2018,0,M,496,TOTAL,9\n"
    )
    found = read_file("comtrade", path)
    assert [(o.b, o.value) for o in found.rows.values()] == [(None, 7)]
    assert found.unknown == {"m49 899": 1, "m49 0": 1}


def test_a_commodity_of_comtrade_is_no_total(read_sample):
    assert read_sample("comtrade", "comtrade.csv")["496-643-2018-M-27"].measure == "imports of 27"


def test_a_month_of_comtrade_covers_its_days(read_sample):
    month = read_sample("comtrade", "comtrade.csv")["496-156-201803-M-TOTAL"]
    assert (month.first, month.last) == (date(2018, 3, 1), date(2018, 3, 31))


def test_the_older_form_of_comtrade(read_sample):
    found = read_sample("comtrade", "comtrade_old.csv")
    assert found["MNG-RUS-1996-Import-TOTAL"].value == 153e6
    assert found["FIN-SUN-1985-Import-TOTAL"].b == "SUN"
    assert [m.line for m in found.malformed] == [6]


def test_the_world_banks_notes_are_passed_by_and_blanks_are_missing(read_sample):
    found = read_sample("world_bank", "world_bank.csv")
    gdp = found["MNG-NY.GDP.MKTP.CD-1990"]
    assert (gdp.measure, gdp.value, gdp.unit, gdp.b) == ("gdp", 2560785660, "USD", None)
    assert found["MNG-NY.GDP.MKTP.CD-1979"].standing == "missing"
    assert (found["MNG-XX.MADE.UP-1990"].value, found["MNG-XX.MADE.UP-2018"].measure) == (None, "XX.MADE.UP")
    assert found["RUS-NY.GDP.MKTP.CD-1979"].a == "SUN"


def test_groups_of_states_are_counted_and_not_kept(read_sample):
    found = read_sample("world_bank", "world_bank.csv")
    assert found.unknown == {"EAS": 1}
    assert not any(k.startswith("EAS") for k in found.rows)


def test_arms_go_from_supplier_to_recipient_in_units_of_sipri(read_sample):
    found = read_sample("sipri", "sipri.csv")
    tanks = found["1-1976"]
    assert (tanks.measure, tanks.a, tanks.b, tanks.value, tanks.unit) == ("arms", "SUN", "MNG", 8e6, "TIV")
    assert found["2-2019"].standing == "estimated"
    assert (found["4-2017"].standing, found["4-2017"].b) == ("missing", "VNM")
    assert found["3-2001"].a is None


def test_aid_is_in_dollars_of_a_year_that_the_unit_names(read_sample):
    rows = read_sample("aiddata", "aiddata.csv")
    assert (rows["90001"].a, rows["90001"].b, rows["90001"].value, rows["90001"].unit) == (
        "JPN", "MNG", 12_500_000.5, "USD (2011)",
    )  # fmt: skip
    assert rows["90003"].standing == "missing"
    china = read_sample("aiddata", "aiddata_china.csv")
    assert (china["80001"].a, china["80001"].unit, china["80005"].b) == ("CHN", "USD (2021)", "CIV")


def test_fbic_keeps_the_columns_that_it_is_made_of(read_sample):
    found = read_sample("fbic", "fbic.csv")
    value = found["CHN-MNG-2000-fbic"]
    assert (value.measure, value.a, value.b, value.value, value.unit) == ("fbic", "CHN", "MNG", 0.0703, "index")
    assert value.record["norm_lor_avg_ma"] == 0.75
    assert found["CHN-MNG-2000-bandwidth"].record == {}
    assert (found["CHN-MNG-2023-fbic"].standing, found["CHN-MNG-2023-dependence"].value) == ("missing", 0.7)
    assert found["RSM-ITA-1990-fbic"].a == "SMR"
    assert (found["BRF-NGA-1968-fbic"].a, found.unknown) == ("BRF", {"BRF": 1})


@pytest.mark.parametrize("column", ["norm_lor_avg_ma", "totaltradeaballtradeb_ma"])
def test_the_real_rows_of_fbic_are_all_read(shared, read_file, column):
    found = read_file("fbic", shared / "data" / "fbic_1000_rows.csv")
    values = [o for o in found.rows.values() if o.measure == "fbic"]
    assert (found.read, len(found.malformed), len(values)) == (1000, 0, 1000)
    assert all(column in o.record for o in values)
