"""Data sets in the forms in which their publishers give them, and with the names that they write."""

import csv
from datetime import date

import pytest

from comity.data_sets.arms import delivery_years
from comity.data_sets.crosswalk import known, named
from comity.data_sets.notation import Days, Numbers
from comity.errors import InputError


@pytest.fixture
def file(tmp_path):
    """Writes a file of these lines."""

    def write(*lines: str, name: str = "t.csv", encoding: str = "utf-8"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write


REGISTER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)


def test_sipris_trade_register_is_read_behind_its_notes(file, read_file):
    found = read_file(
        "sipri",
        file(
            "Transfers of major conventional arms from All countries, to All countries.",
            "A '?' in a column, indicates uncertain data; see the 'Year(s) of delivery'",
            "",
            REGISTER,
            "Mongolia,Soviet Union,1974,?,20,,T-55,tank,20,,1975; 1976,New,,1.5,30,30",
            'Peru,Czechoslovakia,2001,,2,,L-39,trainer,,,,New,"delivered late, if at all",2,4,',
            "Atlantis,Turkiye,2019,,6,?,TB-2,UAV,6,,2020-2021,New,,0.5,3,0",
            encoding="utf-8-sig",
        ),
    )  # fmt: skip
    tanks, jets, drones = found.rows.values()
    assert (tanks.a, tanks.b, tanks.value, tanks.standing) == ("SUN", "MNG", 30e6, "estimated")
    assert (tanks.first, tanks.last) == (date(1975, 1, 1), date(1976, 12, 31))
    assert (jets.standing, jets.value, jets.first) == ("missing", None, date(2001, 1, 1))
    assert (drones.a, drones.b, drones.value) == ("TUR", None, 0)
    assert found.unknown == {"Atlantis": 1}


@pytest.mark.parametrize("years", ['"1975; 1976"', "1975; 1976"])
def test_sipris_trade_register_may_have_semicolons_and_notes_above_it(file, read_file, years):
    found = read_file(
        "sipri",
        file(
            "Trade Register generated: 1 May 2024" + ";" * 15,
            "Information of the data base; deals with deliveries or orders, 1974-1976",
            "",
            REGISTER.replace(",", ";"),
            f"Mongolia;Soviet Union;1974;?;20;;T-55;tank;20;;{years};New;;1,5;30,5;30,5",
        ),
    )
    (tanks,) = found.rows.values()
    assert (tanks.a, tanks.b, tanks.value, tanks.last) == ("SUN", "MNG", 30.5e6, date(1976, 12, 31))
    assert not found.malformed


@pytest.mark.parametrize("stamp", ["25-April-2019", "25-Apr-2019", "25 April 2019"])
def test_a_day_of_acled_is_read_with_its_month_in_words(stamp):
    assert Days(0)(stamp) == date(2019, 4, 25)


@pytest.mark.parametrize(
    ("cell", "value"), [("(12)", -12), ("(1,234.5)", -1234.5), ("$201.02", 201.02), ("US$1,201.02", 1201.02)]
)
def test_numbers_of_accountants_and_dollars_are_read(cell, value):
    assert Numbers((0,))(cell) == value


@pytest.mark.parametrize("cell", ["NOK 5", "€5", "(-12)", "()", "$", "$$5", "(12"])
def test_what_is_of_another_currency_or_no_number_is_malformed(cell):
    with pytest.raises(ValueError, match="not a finite number"):
        Numbers((0,))(cell)


def test_what_sipri_revises_has_the_same_key_and_other_deals_have_another(file, read_file):
    line = "Peru,France,2001,,2,,AS-350,helicopter,{},,{},New,{},2,4,{}"
    once = read_file("sipri", file(REGISTER, line.format(1, "2002", "A", 2), line.format(1, "2002", "B", 2)))
    later = read_file("sipri", file(REGISTER, line.format(2, "2002; 2004", "A", 4)))
    assert len(once.rows) == 2
    assert set(later.rows) < set(once.rows)


@pytest.mark.parametrize(
    ("cell", "years"), [("2005; 2007-2008", [2005, 2007, 2008]), ("2005?", [2005]), ("", []), ("(2019)", [2019])]
)
def test_years_of_delivery(cell, years):
    assert delivery_years(cell) == years


def test_a_table_of_sipri_has_the_partners_of_one_state(file, read_file):
    found = read_file(
        "sipri",
        file(
            "SIPRI Arms Transfers Database",
            '"TIV of arms exports from France, 2019-2021"',
            "Figures are SIPRI Trend Indicator Values (TIVs) expressed in millions.",
            "A '0' indicates that the value of deliveries is less than 0.5m.",
            "",
            ",2019,2020,2021,Total",
            "Peru,12,,0,12",
            "Viet Nam,1,2,3,6",
            "Total,13,2,3,18",
        ),
    )
    assert {k: o.value for k, o in found.rows.items()} == {
        "France-Peru-2019": 12e6, "France-Peru-2021": 0, "France-Viet Nam-2019": 1e6, "France-Viet Nam-2020": 2e6,
        "France-Viet Nam-2021": 3e6,
    }  # fmt: skip
    assert (found["France-Peru-2019"].a, found["France-Peru-2019"].b, found.malformed) == ("FRA", "PER", [])
    bought = read_file("sipri", file("TIV of arms imports to Peru; 2019-2020", "Supplier,2019,2020", "France,1,2"))
    assert (bought["France-Peru-2020"].a, bought["France-Peru-2020"].b) == ("FRA", "PER")
    best = read_file("sipri", file("TIV of arms exports from the top 10 largest exporters", ",2019", "Israel,5"))
    assert (best["Israel-exports-2019"].measure, best["Israel-exports-2019"].b) == ("arms exports", None)


LEGACY = (
    "Classification,Year,Period,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,"
    "Partner ISO,Commodity Code,Trade Value (US$)"
)


@pytest.mark.parametrize(
    ("partner", "state"),
    [
        ('490,"Other Asia, nes",', "TWN"),
        ("842,USA,USA", "USA"),
        ("97,EU-28,EUR", "EU"),
        ("180,Dem. Rep. of the Congo,COD", "COD"),
        (",Viet Nam,", "VNM"),
        ("0,World,W00", None),
        (",,WLD", None),
    ],
)
def test_partners_of_the_older_comtrade(file, read_file, partner, state):
    found = read_file("comtrade", file(LEGACY, f"HS,2015,2015,1,Import,496,Mongolia,MNG,{partner},TOTAL,700"))
    (only,) = found.rows.values()
    assert (only.a, only.b, only.value, found.unknown) == ("MNG", state, 700, {})


@pytest.mark.parametrize(
    "partner", ['899,"Areas, nes",', "837,Bunkers,", '577,"Other Africa, nes",_X', ',"Areas, nes",', "838,Free Zones,"]
)
def test_areas_that_are_no_states_are_not_the_world(file, read_file, partner):
    found = read_file("comtrade", file(LEGACY, f"HS,2015,2015,1,Import,496,Mongolia,MNG,{partner},TOTAL,700"))
    assert (found.rows, found.malformed, found.unknown.total()) == ({}, [], 1)


@pytest.mark.parametrize("header", ["partnerCode", "partner_code"])
def test_an_empty_partner_is_not_the_world(file, read_file, header):
    found = read_file(
        "comtrade", file(f"period,reporterCode,flowCode,{header},cmdCode,primaryValue", "2018,496,M,,TOTAL,5")
    )
    assert (found.rows, found.malformed[0].reason) == ({}, "has no reporter or no partner")


def test_the_union_of_28_is_the_union(file, read_file):
    found = read_file("comtrade", file(LEGACY, "H1,2000,2000,0,M,97,EU-28,EUR,422,Lebanon,LBN,252310,12"))
    (only,) = found.rows.values()
    assert (only.a, only.b, only.measure) == ("EU", "LBN", "imports of 252310")


def test_the_world_banks_data_bank(file, read_file):
    found = read_file(
        "world_bank",
        file(
            "Country Name,Country Code,Series Name,Series Code,1992 [YR1992],1993 [YR1993]",
            "Mongolia,MNG,GDP (current US$),NY.GDP.MKTP.CD,1317600000,..",
            "World,WLD,GDP (current US$),NY.GDP.MKTP.CD,5,6",
            ",,,,,",
            "Data from database: World Development Indicators,,,,,",
            "Last Updated: 06/28/2024",
        ),
    )
    assert (found["MNG-NY.GDP.MKTP.CD-1992"].measure, found["MNG-NY.GDP.MKTP.CD-1992"].value) == ("gdp", 1317600000)
    assert found["MNG-NY.GDP.MKTP.CD-1993"].standing == "missing"
    assert (len(found.rows), found.malformed, found.unknown) == (2, [], {"WLD": 1})
    turned = read_file(
        "world_bank",
        file(
            "Time,Time Code,Country Name,Country Code,GDP (current US$) [NY.GDP.MKTP.CD],Made up [XX.MADE.UP]",
            "1992,YR1992,Mongolia,MNG,1317600000,..",
        ),
    )
    assert (turned["MNG-NY.GDP.MKTP.CD-1992"].value, turned["MNG-XX.MADE.UP-1992"].value) == (1317600000, None)


@pytest.mark.parametrize(
    ("key", "amount", "unit"),
    [
        ("AidData TUFF Project ID", "Amount (Constant USD2017)", "USD (2017)"),
        ("AidData Record ID", "Amount (Constant USD 2021)", "USD (2021)"),
        ("Project_ID", "amount.constant.usd.2014", "USD (2014)"),
    ],
)
def test_aiddatas_projects_by_the_names_of_each_release(file, read_file, key, amount, unit):
    header = f"{key},Recommended For Aggregates,Financier Country,Recipient,Commitment Year,Title,{amount}"
    (only,) = read_file("aiddata", file(header, "7,Yes,China,Ivory Coast,2012,Made up,1250000.5"), "2.0").rows.values()
    assert (only.row, only.a, only.b, only.value, only.unit) == ("7", "CHN", "CIV", 1250000.5, unit)


GDELT = "GLOBALEVENTID,SQLDATE,Actor1CountryCode,Actor2CountryCode,EventCode,EventRootCode,GoldsteinScale,AvgTone"


def test_gdelt_is_read_by_name(file, read_file):
    rows = read_file("gdelt", file(GDELT, "5,20240322,USA,RUS,50,5,3.5,-3.71", '6,2024-03-22,CHN,,190,19,-10,"1"')).rows
    assert (rows["5"].a, rows["5"].b, rows["5"].record["cameo"], rows["5"].value) == ("USA", "RUS", "050", 3.5)
    assert (rows["6"].a, rows["6"].measure, rows["6"].record["tone"]) == ("CHN", "ASSAULT", 1)
    tabbed = ("," + GDELT + ",SOURCEURL").replace(",", "\t")
    line = '0\t7\t20240322.0\tUSA\tRUS\t043\t04\t2.8\t1.0\thttps://example.org/"a'
    (only,) = read_file("gdelt", file(tabbed, line)).rows.values()
    assert (only.row, only.url) == ("7", 'https://example.org/"a')
    header = "EventCode,GoldsteinScale,Actor2CountryCode,globaleventid,sqldate,Actor1CountryCode"
    shuffled = read_file("gdelt", file(header, "010,0,MNG,8,19791231,SUN"))
    assert (shuffled["8"].a, shuffled["8"].b) == ("SUN", "MNG")
    mentions = "GLOBALEVENTID,MentionTimeDate,MentionType,MentionSourceName,MentionIdentifier,Confidence,MentionDocTone"
    found = read_file("gdelt", file(mentions, "5,20240322180000,1,example.org,https://example.org/a,80,-1.5"))
    assert [(m.row, m.outlet) for m in found.mentions] == [("5", "example.org")]


ICEWS = "Event ID\tEvent Date\tSource Name\tSource Country\tEvent Text\tIntensity\tTarget Name\tTarget Country"


def test_icews_of_2017_has_event_texts_and_american_days(file, read_file):
    found = read_file(
        "icews",
        file(
            ICEWS,
            "1\t1/2/2017\tXi Jinping\tNA\tMake a visit\t1.9\tForeign Affairs (Namibia)\tNA",
            "2\t1/13/2017\tEuropean Union\t\tConsult\t1\tMongolia\tMongolia",
            "3\t1/14/2017\tA\tChina\tDo something else\t1\tB\tPeru",
        ),
    )
    visit = found["1"]
    assert (visit.a, visit.b, visit.first, visit.record["cameo"]) == ("CHN", "NAM", date(2017, 1, 2), "042")
    assert found["2"].a == "EU"
    assert [m.line for m in found.malformed] == [4]


def test_ged_without_a_header_and_with_the_names_of_its_columns(file, read_file):
    cells = ["7", "x-1", "2009", "1", "Clear", "1", "3", "3", "Made up", "6", "6", "A - B", "9", "9",
             "Government of Uganda", "4", "4", "B", "2", 'Agency, "made up"', "", "", "", "", "5", "Place", "Place", "",
             "", "5.4", "26.5", "POINT (26.5 5.4)", "1", "Central African Republic", "482", "Africa", "1", "1",
             "2009-02-20 00:00:00.000", "2009-02-21 00:00:00", "0", "3", "0", "0", "3", "4", "3", "500",
             ""]  # fmt: skip
    path = file("")
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(cells)
    (only,) = read_file("ucdp_ged", path).rows.values()
    assert (only.a, only.value, only.last, only.record["high"]) == ("UGA", 3, date(2009, 2, 21), "4")


ACLED = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,fatalities"


@pytest.mark.parametrize(
    ("actor", "state"),
    [
        ("Military Forces of the Republic of Congo (1997-)", "COG"),
        ("Military Forces of the Democratic Republic of Congo (2019-)", "COD"),
        ("Police Forces of eSwatini (1986-)", "SWZ"),
        ("Military Forces of Ivory Coast (2011-) Republican Guard", "CIV"),
        ("Police Forces of Bosnia and Herzegovina (1996-)", "BIH"),
        ("Military Forces of the United States (2021-2025)", "USA"),
        ("Police Forces of Timor-Leste (2002-)", "TLS"),
        ("Rioters (Democratic Republic of Congo)", None),
    ],
)
def test_acleds_own_names_of_countries(file, read_file, actor, state):
    line = f"X1,03 September 2019,Battles,Armed clash,{actor},Made-up Group,Peru,2"
    assert read_file("acled", file(ACLED, line))["X1"].a == state


@pytest.mark.parametrize("day", ["0025-06-30", "25-06-30", "0205-01-01", "1019-01-01"])
def test_an_event_of_the_year_25_is_malformed(file, read_file, day):
    found = read_file("acled", file(ACLED, f"X1,{day},Battles,Armed clash,A,B,Peru,2"))
    assert (found.rows, len(found.malformed)) == ({}, 1)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Azerbaidjan", "AZE"), ("Tadjikistan", "TJK"), ("Kirgizia", "KGZ"), ("Macao, China", "MAC"),
        ("Taiwan Province of China", "TWN"), ("Saint Kitts & Nevis", "KNA"), ("St. Kitts and Nevis", "KNA"),
        ("São Tomé and Príncipe", "STP"), ("Sao Tome & Principe", "STP"), ("FYR Macedonia", "MKD"),
        ("D.R. Congo", "COD"), ("Republic of Congo", "COG"), ("Congo, Dem. Rep. of the", "COD"),
        ("Bosnia & Herz.", "BIH"),
        ("Antigua & Barbuda", "ATG"), ("Trinidad & Tobago", "TTO"), ("Viet Nam", "VNM"), ("Gambia (The)", "GMB"),
        ("Central African Rep.", "CAF"), ("Cote d'Ivoire", "CIV"), ("St. Vincent & the Grenadines", "VCT"),
        ("Aruba", "ABW"), ("Cayman Isds", "CYM"),
        ("Guam", "GUM"), ("Faeroe Isds", "FRO"),
        ("NA", None), ("-", None),
        ("N/A", None), ("Republic of China", "TWN"), ("Korea, Dem. People's Rep. of", "PRK"),
    ],
)  # fmt: skip
def test_names_as_lists_of_states_write_them(name, code):
    assert named(name, "2019-07-01") == code


@pytest.mark.parametrize(("number", "state"), [("970", "KIR"), ("971", "NRU"), ("972", "TON"), ("973", "TUV")])
def test_the_pacific_states_of_gleditsch_and_ward(number, state):
    assert known("gw", number, "2010-01-01") == state
    assert known("cow", "970", "2010-01-01") == "NRU"


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["2,20,1999,136.5,7", "20,2,1999,8,9"], 6),
    ],
)
def test_trade_is_read_whichever_state_comes_first(file, read_file, lines, rows):
    # the same dyad in the other order gives the same keys
    assert len(read_file("cow_trade", file("ccode1,ccode2,year,flow1,flow2", *lines)).rows) == rows - 3


ATOP = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul"


def test_what_each_ally_owes_the_other_is_kept(file, read_file):
    rows = read_file("atop", file(ATOP, "2,740,2000,1,0,0,1,1", "740,2,2000,0,0,0,1,1")).rows
    assert [(o.a, o.b, o.directed, len(o.record["obligations"])) for o in rows.values()] == [
        ("USA", "JPN", True, 3), ("JPN", "USA", True, 2),
    ]  # fmt: skip
    undirected = read_file("atop", file(ATOP, "740,2,2000,1.0,0.0,0.0,1.0,1.0", "2,20,2000,1,0,0,0,-9"))
    assert {k: o.directed for k, o in undirected.rows.items()} == {"2-740-2000": False, "2-20-2000": False}


def test_columns_of_other_names_are_reported_and_then_read(file, read_file):
    path = file("Lieferant;Empfänger;Jahr;Wert", "Atlantis;Peru;2019;1.234,5", "France;Peru;2020;12.345")
    with pytest.raises(InputError, match=r"expected: .*supplier, recipient, year, tiv.*--columns OURS=THEIRS"):
        read_file("sipri", path)
    from comity.data_sets.catalogue import data_set
    from comity.data_sets.data_set import Tally, read, release

    columns = {"supplier": "Lieferant", "recipient": "Empfänger", "year": "Jahr", "tiv": "Wert"}
    found = list(read(path, data_set("sipri"), release("sipri"), Tally(), columns=columns))
    assert [(o.a, o.b, o.value) for o in found] == [(None, "PER", 1234.5e6), ("FRA", "PER", 12345e6)]
    with pytest.raises(InputError, match="has no column Betrag; its columns are Lieferant, Empfänger, Jahr, Wert"):
        list(read(path, data_set("sipri"), release("sipri"), Tally(), columns={**columns, "tiv": "Betrag"}))
