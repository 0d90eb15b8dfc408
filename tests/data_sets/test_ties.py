"""Ties: the state system, alliances, neighbours, posts and shared organisations."""

from datetime import date

import comity


def test_membership_of_the_state_system_ends_open_where_the_release_ends(read_sample):
    rows = read_sample("cow_states", "cow_states.csv")
    mongolia = rows["712-1921-03-13"]
    assert (mongolia.kind, mongolia.measure, mongolia.a, mongolia.censored) == ("tie", "state", "MNG", True)
    east = rows["265-1954-03-25"]
    assert (east.a, east.last, east.censored) == ("DDR", date(1990, 10, 2), False)


def test_the_letters_mng_of_the_correlates_of_war_are_montenegro(read_sample):
    rows = read_sample("cow_states", "cow_states.csv")
    assert rows["341-2006-06-03"].a == "MNE"
    assert rows["345-1944-10-20"].a == "SRB"


def test_an_alliance_in_force_at_the_end_of_the_release_is_censored(read_sample):
    rows = read_sample("cow_alliances", "cow_alliances.csv")
    old = rows["9001-365-712-1946-02-27"]
    assert (old.a, old.b, old.last, old.censored) == ("SUN", "MNG", date(1993, 1, 20), False)
    assert old.record["obligations"] == ["defense", "nonaggression", "entente"]
    new = rows["9002-365-712-1993-01-20"]
    assert (new.a, new.last, new.censored) == ("RUS", date(2012, 12, 31), True)
    assert rows["9005-255-300-1879-10-07"].record["asymmetric"] is True


def test_atop_shows_the_obligations_of_each_year(read_sample):
    rows = read_sample("atop", "atop.csv")
    assert rows["365-712-1992"].record["obligations"] == ["defense"]
    assert rows["365-712-1993"].record["obligations"] == ["defense", "nonaggression"]
    assert (rows["365-712-2018"].record["obligations"], rows["365-712-2018"].censored) == (["nonaggression"], True)
    assert "710-712-1994" not in rows.rows


def test_atop_as_published_is_read_too(read_sample):
    rows = read_sample("atop", "atop_ddyr.csv")
    assert (rows["365-712-1966"].a, rows["365-712-1966"].record["treaties"]) == ("SUN", ["3285"])
    assert rows["365-712-1993"].record["treaties"] == ["3285", "4680"]


def test_neighbours_have_the_kind_of_border(read_sample):
    rows = read_sample("cow_contiguity", "cow_contiguity.csv")
    border = rows["365-712-1921-03"]
    assert (border.value, border.record["how"], border.first) == (1.0, "land or river border", date(1921, 3, 1))
    assert (border.censored, rows["255-265-1954-03"].last) == (True, date(1954, 4, 30))


def test_a_post_goes_from_the_sender_to_the_host(read_sample):
    rows = read_sample("cow_diplomatic", "cow_diplomatic.csv")
    # DR_at_2 = 2 is how Mongolia is represented in China
    assert (rows["712-710-1985"].a, rows["712-710-1985"].b, rows["712-710-1985"].value) == ("MNG", "CHN", 2.0)
    assert rows["710-712-1985"].value == 3.0
    assert "2-712-1985" not in rows.rows
    assert rows["710-2-1975"].record["level"] == "other"


def test_posts_of_both_lists(read_sample):
    lowy = read_sample("lowy", "lowy.csv")
    assert {(o.a, o.b) for o in lowy.rows.values()} == {("MNG", "RUS"), ("KOR", "MNG"), ("TUR", "MNG"), (None, "MNG")}
    assert lowy.unknown == {"Atlantis": 1}
    level = read_sample("diplometrics", "diplometrics.csv")
    assert (level["USSR/Mongolia/1980"].a, level["Chad/Mongolia/2020"].value) == ("SUN", 0.375)
    assert level["Kenya/Mongolia/2020"].standing == "missing"
    assert "Peru/Mongolia/2020" not in level.rows


def test_memberships_and_what_is_missing_of_them(read_sample):
    rows = read_sample("cow_igo", "cow_igo.csv")
    assert (rows["712-1961-un"].a, rows["712-1961-un"].b) == ("MNG", "UN")
    assert rows["712-2005-sco"].record["role"] == "observer"
    assert (rows["365-2014-nato"].standing, rows["365-2014-nato"].value) == ("missing", None)
    assert "712-1961-nato" not in rows.rows
    assert rows["365-1961-un"].a == "SUN"


def test_shared_organisations_are_counted_for_two_states(read_sample):
    counts = read_sample("cow_igo", "cow_igo_counts.csv")
    assert (counts["365-712-2000"].value, counts["365-712-2000"].unit) == (29, "organisations")
    assert counts["710-712-1950"].standing == "missing"
    named = read_sample("cow_igo", "cow_igo_dyads.csv")
    assert (named["365-712-2012"].value, named["365-712-2012"].record["organisations"]) == (2, ["UN", "WTO"])
    assert named["710-712-2002"].record["missing"] == ["NATO"]


def test_russia_and_mongolia_in_the_real_atop_file(tmp_path, shared):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("atop", shared / "data" / "atop51_mng.csv")
        years = {o.first.year: o.record["obligations"] for o in led.observations("RUS", "MNG") if o.first}
        ends = {o.first.year for o in led.observations("RUS", "MNG") if o.first and o.censored}
    assert [y for y, obligations in years.items() if "defense" in obligations] == list(range(1936, 1994))
    assert [y for y, obligations in years.items() if "nonaggression" in obligations] == list(range(1993, 2019))
    assert ends == {2018}


def test_shared_organisations_in_the_real_file(tmp_path, shared):
    with comity.open(tmp_path / "l.duckdb") as led:
        led.import_("cow_igo", shared / "data" / "cow_igo_mng.csv")
        shared_with = {
            (c, o.first.year): o.value for c in ("RUS", "CHN") for o in led.observations(c, "MNG") if o.first
        }
    assert [shared_with["RUS", y] for y in (1989, 2000, 2014)] == [15, 29, 39]
    assert [shared_with["CHN", y] for y in (1989, 2000, 2014)] == [14, 33, 43]
