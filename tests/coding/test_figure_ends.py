"""A figure between states: what it measures, who stands at either end, how it moved, of which time it is."""

from functools import cache

import pytest

from comity.coding.figures import code_figures
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Figure


@cache
def figures(text: str, title: str | None = None) -> tuple[Figure, ...]:
    document = Document(id="d", text=text, title=title, published="2019-09-02", language="en")
    return tuple(code_figures(read_article(document)))


def only(text: str) -> Figure:
    (figure,) = figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "measure", "reporter", "partner"),
    [
        ("Chile owes Peru 3 billion dollars.", "debt", "CHL", "PER"),
        ("The debt of Kenya to China stands at 3 billion dollars.", "debt", "KEN", "CHN"),
        ("Chile gave Peru 3 million dollars for schools.", "aid", "CHL", "PER"),
        ("Norwegian aid worth 20 million dollars was received by Peru.", "aid", "NOR", "PER"),
        ("Kenya got 3 million dollars of aid from Norway.", "aid", "NOR", "KEN"),
        ("Kenya borrowed more than 3 million dollars from China.", "loan", "CHN", "KEN"),
        ("China granted Kenya a credit of 3 million dollars.", "loan", "CHN", "KEN"),
        ("Chile lent Peru 300 million dollars at 5 percent interest.", "loan", "CHL", "PER"),
        ("Investment from Chile in Peru reached 20 million euros.", "investment", "CHL", "PER"),
        ("Chile invested 20 million euros in Peru.", "investment", "CHL", "PER"),
        ("Kenya imported flowers for 3 million dollars from Uganda.", "imports", "KEN", "UGA"),
        ("Brazil sold 2 million tonnes of wheat to Egypt.", "exports", "BRA", "EGY"),
        ("Russia will deliver 100 tanks to India.", "arms", "RUS", "IND"),
        ("The United States set a quota of 50,000 tonnes of sugar for Peru.", "imports", "USA", "PER"),
        ("Chile imposed a 25 percent tariff on steel from Peru.", "tariff", "CHL", "PER"),
        ("EU exports to Japan reached 64 billion euros.", "exports", "EU", "JPN"),
    ],
)
def test_who_gives_owes_sells_or_buys_stands_at_its_own_end(
    text: str, measure: str, reporter: str, partner: str
) -> None:
    found = only(text)
    assert (found.measure, found.reporter, found.partner) == (measure, reporter, partner)


def test_two_sums_of_a_sentence_are_two_figures_with_their_own_measures() -> None:
    aid, loan = figures("Chile gave Peru 3 million dollars in aid and lent it 5 million dollars.")
    assert (aid.measure, aid.value, loan.measure, loan.value) == ("aid", 3e6, "loan", 5e6)
    assert {(f.reporter, f.partner) for f in (aid, loan)} == {("CHL", "PER")}


def test_the_same_sum_of_headline_and_text_is_one_figure_of_the_text() -> None:
    (found,) = figures(
        "Chile's exports to Peru reached 300 million dollars in 2018, officials said.",
        "Chile's exports to Peru reached 300 million dollars",
    )
    assert (found.part, found.period) == ("text", "2018")


@pytest.mark.parametrize(
    ("text", "value", "change", "direction"),
    [
        ("Chile's exports to Peru rose by 5 percent to 300 million dollars.", 3e8, 5, "up"),
        ("Chile's exports to Peru doubled to 300 million dollars.", 3e8, 100, "up"),
        ("Chile's exports to Peru halved in 2018.", None, -50, "down"),
        ("Chile's exports to Peru fell by a third to 20 million dollars.", 2e7, -33.33, "down"),
        ("Trade between Chile and Peru tripled in 2018.", None, 200, "up"),
        ("Trade between Norway and Kenya was up 12 pct.", None, 12, "up"),
        ("Trade between Norway and Kenya reached 20 million dollars, a 12 percent increase.", 2e7, 12, "up"),
        ("Chile cut its tariff on Peruvian grain by 10 percent.", None, -10, "down"),
        ("Chile raised its tariff on steel from Peru to 25 percent.", 25, None, None),
        ("Chile's debt to Peru fell to 3 billion dollars.", 3e9, None, "down"),
        ("Chile's imports from Peru fell from 400 million dollars to 300 million dollars.", 3e8, None, "down"),
        ("Chile's exports to Peru amounted to 300 million dollars, 20 percent of its total.", 3e8, None, None),
    ],
)
def test_a_change_is_signed_and_a_level_or_a_share_is_none(
    text: str, value: float | None, change: float | None, direction: str | None
) -> None:
    found = only(text)
    assert (found.value, found.change_pct, found.direction) == (value, change, direction)


def test_what_it_was_before_is_a_figure_of_its_own_without_a_movement() -> None:
    now, before = figures("Chile bought 300,000 tonnes of grain from Peru, down from 400,000 tonnes.")
    assert (now.value, now.unit, now.direction) == (3e5, "tonne", "down")
    assert (before.value, before.direction) == (4e5, None)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("In May 2019, trade between Peru and Chile reached 30 million dollars.", "2019-05"),
        ("Peru's trade with Chile reached 3 billion dollars in the first half of 2019.", "2019-01/2019-06"),
        ("Peru's trade with Chile reached 3 billion dollars on 5 May 2019.", None),
        ("On 5 May 2019 Chile lent Peru 30 million dollars.", None),
        ("Peru's trade with Chile reached 3 billion dollars.", None),
        ("Peru's exports to Chile reached 30 million dollars in 2017-18.", "2017/2018"),
        ("Peru's exports to Chile rose from 20 million dollars in 2017 to 30 million dollars in 2018.", "2017"),
    ],
)
def test_the_period_is_the_time_of_the_sum_and_never_the_day_of_the_news(text: str, period: str | None) -> None:
    assert figures(text)[0].period == period


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Chilean investment in Peru reached almost 20 million euros.", "nearly"),
        ("Chilean investment in Peru reached at least 20 million euros.", "at least"),
        ("Chilean investment in Peru reached 20 million euros.", None),
        ("Norway will give Kenya 30 million dollars in aid next year.", "planned"),
        ("Trade between Peru and Chile will reach about 3 billion dollars in 2025.", "about; planned"),
        ("Peru's trade deficit with Chile reached 300 million dollars.", "deficit"),
        ("Peru's trade surplus with Chile narrowed by 10 percent to 300 million dollars.", "surplus"),
        ("Peru set a quota of 50,000 tonnes of sugar for Chile.", "quota"),
    ],
)
def test_what_limits_a_figure_is_kept_beside_it(text: str, qualifier: str | None) -> None:
    assert only(text).qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Trade between Norway and Kenya was 20 million kroner.", "NOK"),
        ("Swedish aid to Kenya was 20 million kronor.", "SEK"),
        ("Swedish aid to Kenya was 20 million euros.", "EUR"),
        ("Norwegian aid to Kenya was 20 million dollars.", "USD"),
        ("Norway sent Kenya 300 tonnes of grain as aid.", "tonne"),
        ("Norway imposed a 25 percent tariff on steel from Kenya.", "pct"),
        ("Norway's exports to Kenya rose by 5 percent.", None),
    ],
)
def test_the_unit_is_the_one_of_the_value_and_a_change_alone_has_none(text: str, unit: str | None) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Chile accounts for 20 percent of Peru's exports.",
        "Peru's exports to Chile rose.",
        "Norway pays Kenya 2 dollars.",
        "Trade between Norway and Kenya rose by 2 percentage points.",
        "Kenya's debt of 3 billion dollars worried Uganda and Norway.",
        "Kenya's budget is 3 million dollars, and Uganda sells goods.",
        "France sold Egypt 12 aircraft.",
        "The trade minister of Kenya told Uganda that 3 million people live there.",
        "Kenyan exports reached 3 million dollars.",
        "Exports reached 300 million dollars.",
        "Kenya and Uganda drank 30 million cups of tea.",
    ],
)
def test_shares_prices_and_sums_of_one_state_are_no_figure(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("before", "pair"),
    [
        ("Peru and Chile met.", {"PER", "CHL"}),
        ("Peru met Chile. They talked for long.", {"PER", "CHL"}),
        ("Peru, Chile, Kenya and Oman met.", None),
        ("Peru met.", None),
        ("Peru met Chile. They talked. Kenya and Oman met.", None),
    ],
)
def test_an_end_left_out_is_one_of_the_two_that_the_report_is_about_or_open(before: str, pair: set[str] | None) -> None:
    found = figures(f"{before} Bilateral trade reached 3 billion dollars in 2018.")
    assert [{f.reporter, f.partner} for f in found] == ([pair] if pair else [])


def test_an_end_that_is_left_out_makes_a_figure_less_sure() -> None:
    (stated,) = figures("Trade between Peru and Chile reached 3 billion dollars.")
    (meant,) = figures("Peru and Chile met. Bilateral trade reached 3 billion dollars.")
    assert stated.confidence > meant.confidence


TEXTS = (
    "Trade between Chile and Peru reached $8.2bn in 2018, up 4 percent. Chile gave Peru 3 million dollars in aid.",
    "Norwegens Nachbar: Norway’s exports to Kenya reached 300 million kroner — “a record” — in 2018.",
    "Kenya owes China 3 billion dollars. Uganda owes China 2 billion dollars. Nobody owes Norway.",
    "EU exports to Japan rose 3 percent to 64 billion euros in 2018, and Japan's exports to the EU fell by 2 percent.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_figure_has_two_ends_a_number_and_the_words_that_say_so(text: str) -> None:
    found = figures(text)
    assert found
    for one in found:
        assert one.start is not None
        assert one.quote == text[one.start : one.end]
        assert one.reporter
        assert one.partner
        assert one.reporter != one.partner
        assert one.value is not None or one.change_pct is not None
        assert (one.unit is None) == (one.value is None)
        if one.change_pct is not None:
            assert one.direction == ("up" if one.change_pct > 0 else "down")
    keys = [(f.measure, f.reporter, f.partner, f.value, f.change_pct) for f in found]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("written", "value"),
    [("300 million", 3e8), ("three hundred million", 3e8), ("0.3 billion", 3e8), ("300,000,000", 3e8)],
)
def test_a_sum_is_the_same_however_it_is_written(written: str, value: float) -> None:
    found = only(f"Chile's exports to Peru reached {written} dollars in 2018.")
    assert (found.value, found.unit, found.period) == (value, "USD", "2018")
