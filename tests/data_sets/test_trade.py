"""Trade: who imports from whom, in dollars, and what is missing though a zero is printed."""

import comity


def test_flow1_is_what_the_first_state_imports(read_sample):
    rows = read_sample("cow_trade", "cow_trade.csv")
    bought = rows["365-712-1992-imports"]
    assert (bought.a, bought.b, bought.value, bought.unit, bought.directed) == ("RUS", "MNG", 250e6, "USD", True)
    assert rows["712-365-1992-imports"].value == 214e6
    assert rows["365-712-1992-trade"].value == 464e6


def test_zeros_of_the_soviet_bloc_are_missing_and_say_why(read_sample):
    rows = read_sample("cow_trade", "cow_trade.csv")
    for key in ("365-712-1970-imports", "712-365-1970-imports", "365-712-1970-trade"):
        assert (rows[key].value, rows[key].standing) == (None, "missing")
        assert rows[key].record["printed"] == 0
        assert "Soviet bloc" in rows[key].record["why"]


def test_the_soviet_union_is_named_as_such_until_1991_and_found_by_russia(read_sample):
    rows = read_sample("cow_trade", "cow_trade.csv")
    assert {rows["365-712-1970-trade"].a, rows["365-712-1970-trade"].b} == {"SUN", "MNG"}
    assert rows["365-712-1970-trade"].block == rows["365-712-1992-trade"].block == "MNG RUS"


def test_minus_nine_is_missing_and_a_total_of_one_direction_is_no_total(read_sample):
    rows = read_sample("cow_trade", "cow_trade.csv")
    assert (rows["712-710-1996-imports"].value, rows["712-710-1996-imports"].record) == (None, {"smoothed": 61.0})
    total = rows["710-712-1996-trade"]
    assert (total.value, total.standing, total.record["at_least"]) == (None, "missing", 70e6)


def test_the_last_year_of_the_data_set_is_no_end_in_the_world(read_sample):
    rows = read_sample("cow_trade", "cow_trade.csv")
    assert rows["710-712-2014-trade"].censored
    assert not rows["365-712-1993-trade"].censored


def test_totals_of_a_state_stand_without_partner_and_say_what_they_lack(read_sample):
    rows = read_sample("cow_trade", "cow_trade_national.csv")
    assert (rows["712-1992-trade"].a, rows["712-1992-trade"].b, rows["712-1992-trade"].value) == ("MNG", None, 806e6)
    assert (rows["712-1979-trade"].value, rows["712-1979-exports"].value) == (None, 30e6)
    assert "Soviet bloc" in rows["712-1985-trade"].record["note"]
    assert rows["712-1992-trade"].record == {}


def test_mongolia_in_the_real_file_trades_more_with_china_from_1997(tmp_path, shared):
    with comity.open(tmp_path / "l.duckdb") as led:
        done = led.import_("cow_trade", shared / "data" / "cow_trade_mng_rus_chn.csv")
        assert done.malformed == 0
        trade = {
            (o.first.year, c): o.value
            for c in ("RUS", "CHN")
            for o in led.observations("MNG", c, measures=("trade",))
            if o.first
        }
    assert all(trade[y, "RUS"] is None for y in range(1981, 1992))
    assert min(y for y in range(1992, 2015) if (trade[y, "CHN"] or 0) > (trade[y, "RUS"] or 0)) == 1997
