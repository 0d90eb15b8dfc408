# ruff: noqa: E501 - rows are as long as the data set has them
"""Who pulls at a state: from trade where a data set was imported, from reports where none was."""

import comity
from comity.analysis.pull import pull

# made-up figures in the format of Correlates of War trade 4.0; 712 is Mongolia, 365 Russia, 710 China
DYADS = """ccode1,ccode2,year,importer1,importer2,flow1,flow2,smoothflow1,smoothflow2,smoothtotrade,spike1,spike2,dip1,dip2,trdspike,tradedip,bel_lux_alt_flow1,bel_lux_alt_flow2,china_alt_flow1,china_alt_flow2,source1,source2,version
365,712,2001,Russia,Mongolia,30,20,30,20,50,0,0,0,0,0,0,-9,-9,-9,-9,1,1,4
365,712,2002,Russia,Mongolia,-9,20,-9,20,-9,0,0,0,0,0,0,-9,-9,-9,-9,1,1,4
710,712,2001,China,Mongolia,10,10,10,10,20,0,0,0,0,0,0,-9,-9,-9,-9,1,1,4
710,712,2002,China,Mongolia,40,20,40,20,60,0,0,0,0,0,0,-9,-9,-9,-9,1,1,4
"""
TOTALS = """ccode,statename,stateabb,year,imports,exports,alt_imports,alt_exports,source1,source2,version
712,Mongolia,MON,2001,40,60,-9,-9,1,1,4
712,Mongolia,MON,2002,50,70,-9,-9,1,1,4
"""


def test_shares_of_trade_are_taken_where_they_were_imported_and_gaps_stay_gaps(mongolia, tmp_path):
    path = tmp_path / "asia.duckdb"
    path.write_bytes(mongolia.read_bytes())
    (tmp_path / "Dyadic_COW_4.0.csv").write_text(DYADS, encoding="utf-8")
    (tmp_path / "National_COW_4.0.csv").write_text(TOTALS, encoding="utf-8")
    with comity.open(path) as led:
        before = pull(led, "MNG", "RUS")
        led.import_("cow_trade", [tmp_path / "Dyadic_COW_4.0.csv", tmp_path / "National_COW_4.0.csv"])
        after = pull(led, "MNG", "RUS")
    assert (before.source, before.rivals[0].code) == ("reports in this ledger", "RUS")
    assert after.measure == "share of its trade"
    assert after.source.startswith("cow_trade@")
    # Russia's first, a missing flow is a gap and no nought
    assert [(r.code, r.shares) for r in after.rivals] == [
        ("RUS", ((2001, 0.5), (2002, None))),
        ("CHN", ((2001, 0.2), (2002, 0.5))),
    ]
