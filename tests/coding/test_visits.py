"""Visits, standing and anniversaries, on sentences of our own."""

from functools import cache

import pytest

from comity.coding.assessments import code_assessments
from comity.coding.commemorations import code_commemorations
from comity.coding.visits import code_visits
from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article


@cache
def article(text: str, published: str = "2019-09-02") -> Article:
    return read_article(Document(id="t", text=text, published=published, language="en"))


@pytest.mark.parametrize(
    ("text", "host", "status"),
    [
        ("Peruvian President Julio Quispe visited Chile.", "CHL", "occurred"),
        ("Peruvian President Julio Quispe will visit Chile.", "CHL", "planned"),
        ("Peruvian President Julio Quispe arrived in Santiago on Monday.", "CHL", "occurred"),
        ("Peruvian President Julio Quispe paid a visit to Chile.", "CHL", "occurred"),
        ("Chile's president welcomed Peruvian President Julio Quispe to Santiago.", "CHL", "occurred"),
        ("Peruvian President Julio Quispe cancelled his trip to Chile.", "CHL", "denied"),
        ("Peruvian President Julio Quispe spoke ahead of his visit to Chile.", "CHL", "planned"),
    ],
)
def test_a_visit_has_its_host_and_whether_it_took_place(text, host, status):
    found = code_visits(article(text))
    assert [(v.host, v.status) for v in found] == [(host, status)]
    assert {a.state for a in found[0].visitors} == {"PER"}


@pytest.mark.parametrize(
    ("text", "host", "date", "status"),
    [
        ("Chile looks forward to welcoming Peruvian President Julio Quispe to Santiago.", "CHL", None, "planned"),
        ("Julio Quispe, Peru's president, will be in Santiago on October 3.", "CHL", "2019-10-03", "planned"),
        ("Peruvian President Julio Quispe, who is in Santiago for talks, praised Chile.", "CHL", None, "occurred"),
        ("Peru is sending Foreign Minister Julio Quispe to Chile.", "CHL", None, "planned"),
        ("Peru sent a delegation to Chile last week.", "CHL", "2019-08-26/2019-09-01", "occurred"),
        ("Peru named a delegation to Chile to see games on Friday, October 4, 2019.", "CHL", "2019-10-04", "planned"),
        ("After the May 1 summit Peru's foreign minister will fly to Chile on May 4.", "CHL", "2020-05-04", "planned"),
    ],
)  # fmt: skip
def test_stays_delegations_and_sendings_are_visits(text, host, date, status):
    (visit,) = code_visits(article(text))
    assert (visit.host, visit.date, visit.status) == (host, date, status)


@pytest.mark.parametrize(
    "text",
    [
        "Peru welcomes Chile as an ally.",
        "Peruvian President Julio Quispe returned; he is the first leader to visit Chile since 1998.",
        "LIMA, Sept 2 - Peruvian President Julio Quispe arrived from Santiago.",
    ],
)
def test_welcomed_allies_ranked_visits_and_homecomings_are_none(text):
    assert code_visits(article(text)) == []


def test_an_official_named_without_a_state_is_of_the_government_that_publishes():
    text = "National Cyber Director Ann Field traveled to Chile."
    told = Document(id="t", text=text, published="2019-09-02", source="https://www.whitehouse.gov/x", language="en")
    (visit,) = code_visits(read_article(told))
    assert [(a.name, a.state) for a in visit.visitors] == [("Ann Field", "USA")]


def test_a_visit_has_the_rank_of_its_visitor():
    assert code_visits(article("Peruvian President Julio Quispe visited Chile."))[0].level == "head of state"
    assert code_visits(article("Peruvian Foreign Minister Julio Quispe visited Chile."))[0].level == "minister"


def test_a_visit_told_twice_is_one_with_its_date():
    text = "Peruvian President Julio Quispe spoke ahead of his visit to Chile. Quispe will visit Chile on September 9."
    assert [v.date for v in code_visits(article(text))] == ["2019-09-09"]


@pytest.mark.parametrize(
    "text",
    [
        "Peruvian President Julio Quispe met Chilean President Ana Rojas by telephone.",
        "Peruvian troops went to the border with Chile.",
        "Tourists visited Chile.",
    ],
)
def test_calls_troops_and_tourists_are_no_visits(text):
    assert code_visits(article(text)) == []


@pytest.mark.parametrize(
    ("text", "dimension", "direction"),
    [
        ("China's influence over Laos increased.", "influence", "up"),
        ("French influence in Mali declined.", "influence", "down"),
        ("The relations between Peru and Chile are good.", "relations", "level"),
        ("Relations between Peru and Chile have deteriorated.", "relations", "down"),
        ("Turkey countered Russian influence in Azerbaijan.", "influence", "countered"),
    ],
)
def test_standing_has_its_dimension_and_direction(text, dimension, direction):
    found = code_assessments(article(text))
    assert [(a.dimension, a.direction) for a in found] == [(dimension, direction)]


def test_influence_has_whose_and_over_whom():
    a = code_assessments(article("China's influence over Laos increased."))[0]
    assert (a.of, a.over) == ("CHN", "LAO")


def test_a_country_without_a_word_of_direction_gives_no_assessment():
    assert code_assessments(article("Peru has relations.")) == []


def test_an_anniversary_has_its_ordinal_its_year_and_when_it_is_marked():
    c = code_commemorations(article("Peru and Chile mark the 90th anniversary of the Treaty of Lima this year."))[0]
    assert (c.ordinal, c.occurred, c.on) == (90, "1929", "2019")
    assert c.parties == ("CHL", "PER")


def test_a_stated_year_wins_over_the_arithmetic():
    text = "Peru marked the 50th anniversary of the victory over Chile on the river in 1968."
    assert code_commemorations(article(text))[0].occurred == "1968"


def test_an_anniversary_of_nothing_told_is_left_out():
    assert code_commemorations(article("Peru had an anniversary.")) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Peruvian President Julio Quispe is scheduled to travel to Chile on September 9.", "2019-09-09"),
        ("Peruvian President Julio Quispe conducted a visit to the Republic of Chile on August 30.", "2019-08-30"),
        ("Peruvian President Julio Quispe is in Chile today.", "2019-09-02"),
        ("Quispe will travel to Chile in September. Quispe will travel to Chile on September 9.", "2019-09-09"),
        ("While in Quito President Quispe will rest. On Monday, President Quispe will travel to Chile.", "2019-09-02"),
    ],
)
def test_a_visit_is_found_however_it_is_told_with_its_finest_date(text, date):
    found = code_visits(article(f"Peruvian President Julio Quispe spoke. {text}"))
    assert [(v.host, v.date) for v in found] == [("CHL", date)]
    assert {a.state for a in found[0].visitors} == {"PER"}


def test_who_leads_a_delegation_travels():
    text = "On September 9, a Peruvian delegation, led by Foreign Minister Julio Quispe of Peru, will travel to Chile."
    (found,) = code_visits(article(text))
    assert "Julio Quispe" in {a.name for a in found.visitors}


def test_a_list_of_hosts_ends_before_the_clause_that_follows():
    text = "Peruvian President Julio Quispe will fly to Chile, where he will meet the leaders of Brazil and Bolivia."
    assert [v.host for v in code_visits(article(text))] == ["CHL"]


def test_who_is_sent_travels_not_who_sends():
    text = "Peruvian President Ana Rojas sent Foreign Minister Julio Quispe of Peru to visit Chile."
    (found,) = code_visits(article(text))
    assert {a.name for a in found.visitors} == {"Julio Quispe"}


def test_an_anniversary_behind_a_long_opening_is_read_whatever_its_tree() -> None:
    text = (
        "As people around the world, including nearly four million proud Indian-Americans, celebrate the 75th "
        "anniversary of India’s independence on August 15, the United States joins the people of India to honor its "
        "democratic journey, guided by Mahatma Gandhi’s enduring message of truth and non-violence."
    )
    (made,) = code_commemorations(article(text))
    assert made.ordinal == 75
    assert made.quote is not None
    assert "75th anniversary" in made.quote


def test_who_is_where_a_body_meets_does_not_visit_its_host():
    stay = "Kenyan oil minister John Otieno is in Vienna today"
    assert [v.host for v in code_visits(article(f"{stay}."))] == ["AUT"]
    assert code_visits(article(f"{stay} for a meeting of OPEC ministers.")) == []
