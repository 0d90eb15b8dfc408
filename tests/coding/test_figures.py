"""What users rely on in figures between states."""

import json
from pathlib import Path

import pytest

from comity.coding.figures import code_figures
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Figure


def figures(text: str, published: str | None = "1987-04-03") -> list[Figure]:
    return code_figures(read_article(Document(id="x", text=text, published=published)))


def test_a_fall_of_trade_is_a_signed_change_between_its_two_states() -> None:
    (found,) = figures("Mongolia's trade with Russia declined by 80%.", "2019")
    assert (found.measure, found.reporter, found.partner) == ("trade", "MNG", "RUS")
    assert (found.change_pct, found.direction, found.value) == (-80, "down", None)


@pytest.mark.parametrize(
    ("text", "measure", "reporter", "partner", "value", "unit"),
    [
        ("Chile's exports to Peru reached 300 million dollars in 1986.", "exports", "CHL", "PER", 3e8, "USD"),
        ("Japanese imports from Canada totalled 2 billion dlrs.", "imports", "JPN", "CAN", 2e9, "USD"),
        ("French aid to Chad totalled 50 mln dlrs last year.", "aid", "FRA", "TCD", 5e7, "USD"),
        ("Bolivia will receive a 90 mln dlr loan from West Germany.", "loan", "DEU", "BOL", 9e7, "USD"),
    ],
)
def test_each_end_of_a_figure_is_told_by_its_preposition(
    text: str, measure: str, reporter: str, partner: str, value: float, unit: str
) -> None:
    (found,) = figures(text)
    assert (found.measure, found.reporter, found.partner) == (measure, reporter, partner)
    assert (found.value, found.unit) == (value, unit)


def test_a_change_beside_its_value_is_one_record() -> None:
    (found,) = figures("Trade between China and Sweden reached 290 mln dlrs last year, up 32 pct on 1985.")
    assert (found.value, found.change_pct, found.direction, found.period) == (2.9e8, 32, "up", "1986")


def test_a_number_about_one_state_alone_is_no_figure() -> None:
    assert figures("France cut its budget by 3 pct.") == []
    assert figures("The bridge between Chile and Peru cost 10 mln dlrs.") == []


def test_figures_of_the_development_set_are_found(shared: Path) -> None:
    rows = (shared / "gold" / "documents_dev.jsonl").read_text(encoding="utf-8").splitlines()
    right = wanted = 0
    for row in map(json.loads, rows):
        if not row["figures"] or len(row["text"]) > 5000:
            continue
        document = Document(id=row["id"], text=row["text"], title=row["title"], published=row["date"])
        found = {f.value for f in code_figures(read_article(document))}
        wanted += len(row["figures"])
        right += sum(g["value"] in found for g in row["figures"])
    assert wanted
    assert right / wanted >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "Chile sold wheat to Peru at 105 dlrs per tonne.",
        "The trade minister of Chile told Peru that 10 mln people live there.",
        "LONDON, March 16 - France exported 2 mln tonnes of wheat.",
        "Saudi Arabia kept to its OPEC quota of 4.1 mln barrels per day.",
        "General Motors of the United States sold 8,000 vehicles to Switzerland.",
    ],
)
def test_prices_datelines_and_production_quotas_make_no_figure(text: str) -> None:
    assert figures(text) == []


def test_a_sum_told_again_in_another_currency_is_one_figure() -> None:
    (found,) = figures("Trade between Japan and Britain reached 6.2 billion pounds (9.8 billion dollars).")
    assert (found.value, found.unit) == (6.2e9, "GBP")


def test_a_currency_is_told_by_the_state_beside_it_and_by_the_year() -> None:
    assert [f.unit for f in figures("French aid to Chad totalled 50 mln francs.")] == ["FRF"]
    assert [f.unit for f in figures("Soviet aid to Cuba totalled 50 mln roubles.")] == ["SUR"]
    assert [f.unit for f in figures("Russian aid to Cuba totalled 50 mln roubles.", "2019")] == ["RUB"]


def test_the_quote_is_the_text_at_its_offsets() -> None:
    text = "Chile is near. Chile's exports to Peru reached 300 million dollars in 1986."
    (found,) = figures(text)
    assert text[found.start : found.end] == found.quote


def test_who_borrows_is_the_far_end_of_a_loan() -> None:
    (found,) = figures("Indonesia signed an agreement to borrow 150 billion yen from Japan's Export-Import Bank.")
    assert (found.measure, found.reporter, found.partner) == ("loan", "JPN", "IDN")


def test_the_subject_of_joined_verbs_is_the_near_end_of_both() -> None:
    found = figures("Australia sold 428 mln dlrs of goods to India and bought 170 mln dlrs of goods from India.")
    assert [(f.measure, f.reporter, f.partner) for f in found] == [("exports", "AUS", "IND"), ("imports", "AUS", "IND")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trade between Chile and Peru reached $8.2bn in 2018, up from $7.9bn in 2017.",
            [(8.2e9, "2018", "up"), (7.9e9, "2017", None)],
        ),
        (
            "Trade between India and Nepal rose to $8.2bn in 2018 from $7.9bn in 2017.",
            [(8.2e9, "2018", "up"), (7.9e9, "2017", None)],
        ),
        (
            "Trade between Chile and Peru reached $8.2bn in 2018, against $7.9bn a year earlier.",
            [(8.2e9, "2018", None), (7.9e9, "2017", None)],
        ),
        (
            "Trade between Chile and Peru was $7.9bn in 2017 and $8.2bn in 2018.",
            [(7.9e9, "2017", None), (8.2e9, "2018", None)],
        ),
        (
            "In 2018 trade between Chile and Peru reached $8.2bn, up from $7.9bn.",
            [(8.2e9, "2018", "up"), (7.9e9, None, None)],
        ),
    ],
)
def test_what_a_figure_is_compared_with_is_of_its_own_time(
    text: str, expected: list[tuple[float, str | None, str | None]]
) -> None:
    assert [(f.value, f.period, f.direction) for f in figures(text, "2019-10-10")] == expected


@pytest.mark.parametrize("written", ["71,9 billion", "71.9 billion", "71 900 million", "71'900 million"])
def test_a_figure_of_another_locale_is_that_figure(written: str) -> None:
    (found,) = figures(f"Exports of Germany to Poland reached {written} euros in 2018.", "2019-10-10")
    assert (found.value, found.unit, found.period) == (7.19e10, "EUR", "2018")


def test_a_number_that_cannot_be_decided_is_no_figure() -> None:
    assert figures("Exports of Germany to Poland reached 1.250 million euros in 2018.", "2019-10-10") == []
