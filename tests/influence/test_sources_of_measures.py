"""Figures, ties and acts of data sets become measures; what a source does not report is never a nought."""

from dataclasses import replace
from datetime import date

import pytest

from comity.analysis.indicators.acts import Acts, Way
from comity.analysis.indicators.data import IndicatorData
from comity.analysis.indicators.figures import Figures
from comity.analysis.indicators.indicator import indicators
from comity.analysis.indicators.point import points
from comity.analysis.indicators.ties import Ties
from comity.analysis.indicators.time_unit import TimeUnit
from comity.analysis.indicators.treaties import Treaties
from comity.ledger.reporting_volume import EventCount

YEAR, MONTH = TimeUnit("year"), TimeUnit("month")


@pytest.fixture
def data(source, observed):
    """Makes the data of one or more made-up data sets."""

    def make(*rows, sources=(), rivals=(), counts=(), records=None, time_unit=YEAR, directed=False):
        acts = Acts(time_unit, {}, records or {})
        acts.count(counts)
        acts.travel(rows, sources)
        return IndicatorData(
            time_unit=time_unit, states=(), rivals=tuple(rivals), figures=Figures(rows, sources, time_unit),
            ties=Ties(rows, sources, time_unit), acts=acts, treaties=Treaties((), {}, rows, sources, time_unit),
            directed=directed,
        )  # fmt: skip

    return make


def ask(data, measure, a, b, at, key):
    return indicators()[measure].answer(data, a, b, at, key)


def test_two_reports_of_one_flow_are_the_bounds_of_the_importers(data, source, observed):
    own = observed("c@1", "figure", "imports", "KEN", "UGA", 2010, 110.0, unit="USD")
    mirror = observed("c@1", "figure", "exports", "UGA", "KEN", 2010, 90.0, unit="USD")
    back = observed("c@1", "figure", "imports", "UGA", "KEN", 2010, 50.0, unit="USD")
    found = ask(data(own, mirror, back, sources=[source("c@1")]), "trade", "KEN", "UGA", 2010, "c@1")
    assert (found.value, found.low, found.high) == (160.0, 140.0, 160.0)
    assert "different values" in found.notes[0]


def test_an_estimate_of_the_data_set_is_marked(data, source, observed):
    row = observed("c@1", "figure", "trade", "KEN", "UGA", 2010, 5.0, unit="USD")
    held = data(replace(row, standing="estimated"), sources=[source("c@1")])
    assert "estimated" in ask(held, "trade", "UGA", "KEN", 2010, "c@1").notes[0]


def test_a_pair_that_a_source_never_shows_is_not_covered_and_one_year_that_lacks_is_missing(data, source, observed):
    rows = [observed("c@1", "figure", "trade", "KEN", "UGA", y, 5.0, unit="USD") for y in (2008, 2010)]
    held = data(*rows, sources=[source("c@1", 2000, 2012)])
    assert ask(held, "trade", "KEN", "TZA", 2010, "c@1") is None
    assert ask(held, "trade", "KEN", "UGA", 2009, "c@1").missing == ("trade of KEN with UGA, 2009",)
    assert ask(held, "trade", "KEN", "UGA", 2013, "c@1") is None


def test_dependence_takes_the_product_in_the_same_money(data, source, observed):
    trade = observed("c@1", "figure", "trade", "KEN", "UGA", 2010, 30.0, unit="USD")
    wrong = observed("a@1", "figure", "gdp", "UGA", None, 2010, 60.0, unit="UGX")
    right = observed("w@1", "figure", "gdp", "UGA", None, 2010, 120.0, unit="USD")
    found = ask(data(trade, wrong, right, sources=[source("c@1")]), "trade-dependence", "KEN", "UGA", 2010, "c@1")
    assert found.value == 25.0
    assert found.notes == ("product of w@1",)


def test_asymmetry_is_the_difference_of_the_two_shares(data, source, observed):
    rows = [
        observed("c@1", "figure", "trade", "KEN", "UGA", 2010, 30.0, unit="USD"),
        observed("c@1", "figure", "trade", "UGA", None, 2010, 60.0, unit="USD"),
        observed("c@1", "figure", "trade", "KEN", None, 2010, 300.0, unit="USD"),
    ]
    assert ask(data(*rows, sources=[source("c@1")]), "asymmetry", "KEN", "UGA", 2010, "c@1").value == 40.0


def test_projects_and_deliveries_add_up_and_unknown_givers_count_in_the_whole(data, source, observed):
    rows = [
        observed("d@1", "figure", "aid", "NOR", "UGA", 2010, 10.0, unit="USD", row="1"),
        observed("d@1", "figure", "aid", "NOR", "UGA", 2010, 20.0, unit="USD", row="2"),
        observed("d@1", "figure", "aid", None, "UGA", 2010, 70.0, unit="USD", row="3"),
    ]
    assert ask(data(*rows, sources=[source("d@1")]), "aid-share", "NOR", "UGA", 2010, "d@1").value == 30.0


def test_arms_are_counted_as_stock_of_ten_years(data, source, observed):
    rows = [
        observed("s@1", "figure", "arms", "RUS", "UGA", 2001, 30.0, unit="TIV"),
        observed("s@1", "figure", "arms", "CHN", "UGA", 2009, 10.0, unit="TIV"),
    ]
    held = data(*rows, sources=[source("s@1", 1990, 2020)])
    assert ask(held, "arms-share", "RUS", "UGA", 2010, "s@1").value == 75.0
    assert ask(held, "arms-share", "RUS", "UGA", 2011, "s@1").value == 0.0
    assert ask(held, "arms-share", "RUS", "UGA", 1995, "s@1") is None


def test_an_older_release_of_a_data_set_widens_the_newest(data, source, observed):
    rows = [
        observed("c@3.0", "figure", "trade", "KEN", "UGA", 2010, 5.0, unit="USD"),
        observed("c@4.0", "figure", "trade", "KEN", "UGA", 2010, 6.0, unit="USD"),
    ]
    held = data(*rows, sources=[source("c@3.0"), source("c@4.0")])
    (found,) = points(held, indicators()["trade"], "KEN", "UGA")
    assert (found.source, found.estimate.value, found.estimate.low) == ("c@4.0", 6.0, 5.0)
    assert "releases differ" in found.estimate.notes[0]


def test_obligations_are_named_and_no_alliance_is_a_nought_only_of_known_states(data, source, observed):
    rows = [
        observed(
            "atop@5.1", "tie", "alliance", "SUN", "MNG", 1960, body='{"obligations": ["defense", "consultation"]}'
        ),
        observed("atop@5.1", "tie", "alliance", "CHN", "PRK", 1960, body='{"obligations": ["defense"]}'),
    ]
    held = data(*rows, sources=[source("atop@5.1", 1815, 2018)])
    found = ask(held, "alliance", "RUS", "MNG", 1960, "atop@5.1")
    assert (found.value, found.notes) == (2.0, ("defense, consul",))
    assert ask(held, "alliance-index", "RUS", "MNG", 1960, "atop@5.1").value == 80.0
    assert ask(held, "alliance", "CHN", "MNG", 1960, "atop@5.1").value == 0.0
    assert ask(held, "alliance", "CHN", "KEN", 1960, "atop@5.1") is None
    assert ask(held, "alliance", "CHN", "MNG", 1961, "atop@5.1") is None


def test_shared_organisations_come_from_counts_or_from_lists_of_members(data, source, observed):
    counted = observed("igo@3", "tie", "membership", "KEN", "UGA", 2010, 39.0, unit="organisations")
    assert ask(data(counted, sources=[source("igo@3")]), "organisations", "UGA", "KEN", 2010, "igo@3").value == 39
    lists = [
        observed("igo@3", "tie", "membership", state, organisation, 2010, body=body)
        for state, organisation, body in (
            ("KEN", "EAC", '{"role": "full member"}'), ("UGA", "EAC", '{"role": "full member"}'),
            ("KEN", "AU", '{"role": "full member"}'), ("UGA", "AU", '{"role": "observer"}'),
        )
    ]  # fmt: skip
    assert ask(data(*lists, sources=[source("igo@3")]), "organisations", "UGA", "KEN", 2010, "igo@3").value == 1


def test_posts_of_a_year_that_was_not_listed_are_not_reported(data, source, observed):
    rows = [
        observed("d@1", "tie", "post", "KEN", "UGA", 2005, 3.0, body='{"level": "ambassador"}'),
        observed("d@1", "tie", "post", "UGA", "TZA", 2005, 3.0, body='{"level": "other"}'),
    ]
    held = data(*rows, sources=[source("d@1", 1817, 2005)])
    assert ask(held, "posts", "KEN", "UGA", 2005, "d@1").value == 0.5
    assert ask(held, "posts", "UGA", "TZA", 2005, "d@1").value is None
    assert ask(held, "posts", "KEN", "UGA", 2004, "d@1") is None


def counts(*rows):
    return [EventCount("icews@1", date(*start), a, b, event, None, n) for start, a, b, event, n in rows]


def test_events_of_both_directions_count_once_and_directed_apart(data, source):
    held = counts(((2014, 9, 1), "RUS", "UKR", "ASSAULT", 3), ((2014, 9, 1), "UKR", "RUS", "ACCUSE", 2))
    records = {("icews@1", MONTH.of(date(2014, 9, 1))): 100}
    at = MONTH.of(date(2014, 9, 1))
    both = data(counts=held, records=records, time_unit=MONTH)
    assert ask(both, "events", "UKR", "RUS", at, "icews@1").value == 5
    one = data(counts=held, records=records, time_unit=MONTH, directed=True)
    assert ask(one, "events", "RUS", "UKR", at, "icews@1").value == 3
    assert ask(one, "conflict", "UKR", "RUS", at, "icews@1").value == 2
    assert ask(one, "cooperation", "UKR", "RUS", at, "icews@1").value == 0


def test_a_month_that_a_source_read_is_a_zero_and_another_is_not_covered(data):
    held = counts(((2014, 9, 1), "RUS", "UKR", "ASSAULT", 3), ((2014, 11, 1), "RUS", "UKR", "ASSAULT", 1))
    records = {("icews@1", MONTH.of(date(2014, m, 1))): n for m, n in ((9, 100), (10, 80), (11, 50))}
    made = points(
        data(counts=held, records=records, time_unit=MONTH), indicators()["events"], "RUS", "UKR",
        first=MONTH.of(date(2014, 8, 1)), last=MONTH.of(date(2014, 11, 1)),
    )  # fmt: skip
    assert [(MONTH.label(p.at), p.availability, p.covered, p.per_thousand) for p in made] == [
        ("2014-08", "not covered", None, None),
        ("2014-09", "value", 100, 30.0),
        ("2014-10", "zero", 80, 0.0),
        ("2014-11", "value", 50, 20.0),
    ]


def test_a_state_that_the_source_never_names_has_no_events_at_nought(data):
    held = counts(((2014, 9, 1), "RUS", "UKR", "ASSAULT", 3))
    made = data(counts=held, records={("icews@1", 2014): 10})
    assert ask(made, "events", "RUS", "TUV", 2014, "icews@1") is None


def test_the_share_of_events_is_of_all_foreign_ones(data):
    held = counts(
        ((2014, 9, 1), "RUS", "UKR", "ASSAULT", 3),
        ((2014, 9, 1), "UKR", "POL", "CONSULT", 1),
        ((2014, 9, 1), "UKR", "UKR", "PROTEST", 50),
    )
    made = data(counts=held, records={("icews@1", 2014): 60})
    assert ask(made, "event-share", "RUS", "UKR", 2014, "icews@1").value == 75.0
    assert ask(made, "intensity", "RUS", "UKR", 2014, "icews@1").value < 0


def test_statements_and_appeals_are_no_plover_events(data):
    held = counts(((2014, 9, 1), "RUS", "UKR", "STATEMENT", 3))
    made = data(counts=held, records={("icews@1", 2014): 60})
    assert made.acts.holding("events") == []


def test_visits_of_a_list_of_one_states_travellers_say_nothing_of_the_others(data, source, observed):
    trip = observed("us@1", "visit", "head of state", "USA", "MNG", 2005)
    held = data(trip, sources=[source("us@1", 1866, 2025)], directed=True)
    assert ask(held, "visits", "USA", "MNG", 2005, "us@1").value == 1
    assert ask(held, "visits", "USA", "MNG", 2006, "us@1").value == 0
    assert ask(held, "visits", "MNG", "USA", 2005, "us@1") is None
    both = ask(data(trip, sources=[source("us@1", 1866, 2025)]), "visits", "USA", "MNG", 2005, "us@1")
    assert (both.value, both.low, both.high) == (None, 1.0, None)


def test_signatures_are_counted_by_their_year(data, source, observed):
    rows = [
        replace(observed("wti@2", "agreement", "treaty", "SUN", "MNG", 1966), body='{"signed": "1966-01-15"}'),
        replace(observed("wti@2", "agreement", "treaty", "CHN", "MNG", 1960), body='{"signed": null}'),
    ]
    held = data(*rows, sources=[source("wti@2", 1900, 2003)])
    assert ask(held, "signatures", "RUS", "MNG", 1966, "wti@2").value == 1
    assert ask(held, "signatures", "RUS", "MNG", 1967, "wti@2").value == 0
    assert ask(held, "signatures", "RUS", "MNG", 2004, "wti@2") is None


def test_a_way_without_direction_is_the_same_from_both_ends():
    assert Way("RUS", "MNG").key() == Way("MNG", "RUS").key()
    assert Way("RUS", "MNG", directed=True).key() != Way("MNG", "RUS", directed=True).key()


def test_a_years_sum_is_no_months(data, source, observed):
    row = observed("c@1", "figure", "trade", "KEN", "UGA", 2010, 5.0, unit="USD")
    assert data(row, sources=[source("c@1")], time_unit=MONTH).figures.holding("trade") == []


def test_a_months_sum_is_no_years(data, source, observed):
    whole = observed("c@1", "figure", "trade", "KEN", "UGA", 2010, 60.0, unit="USD")
    march = replace(
        observed("c@1", "figure", "trade", "KEN", "UGA", 2011, 5.0, unit="USD"),
        first=date(2011, 3, 1), last=date(2011, 3, 31),
    )  # fmt: skip
    yearly = data(whole, march, sources=[source("c@1", 2000, 2020)])
    assert ask(yearly, "trade", "KEN", "UGA", 2011, "c@1").value is None
    monthly = data(whole, march, sources=[source("c@1", 2000, 2020)], time_unit=MONTH)
    assert ask(monthly, "trade", "KEN", "UGA", MONTH.of(date(2011, 3, 1)), "c@1").value == 5.0


def test_before_a_state_was_one_nothing_is_reported_of_it(data, source, observed):
    rows = [observed("c@1", "figure", "trade", "UKR", "MNG", y, 5.0, unit="USD") for y in (1995, 1996)]
    held = data(*rows, sources=[source("c@1", 1870, 2014)])
    made = points(held, indicators()["trade"], "UKR", "MNG", first=1985, last=1997)
    expected = {p.at: p.availability for p in made}
    assert (expected[1985], expected[1992], expected[1995], expected[1997]) == (
        "not covered",
        "missing",
        "value",
        "missing",
    )
