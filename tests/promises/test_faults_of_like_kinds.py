"""More faults of the kinds that people reported: each once a wrong record in silence, or a record lost."""

import json

import pytest

from comity.document.document import Document
from comity.document.encoding import decode
from comity.errors import FormatError
from comity.mentions.reader import read_article
from comity.reading import Failure, Reading, read_all, read_document

PERU = "Peru and Chile signed a water agreement in Lima on Monday."


def said(text: str, published: str = "2019-05-10") -> Reading:
    one = read_document(Document(id="d", text=text, title=None, published=published, language="en"))
    assert isinstance(one, Reading)
    return one


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway said on Monday that it would hold back food aid to Malawi.",
        "Norway agreed to hold back its food aid to Malawi.",
        "Norway put a planned loan to Malawi on hold on Monday.",
        "Norway put on hold its military assistance to Malawi on Monday.",
        "Norway halved its development aid to Malawi on Monday.",
        "Norway pulled out of talks with Malawi on Monday.",
        "Norway walked out of talks with Malawi on Monday.",
        "Talks between Norway and Malawi were suspended on Monday.",
        "A Norwegian loan to Malawi has been held up since Monday.",
        "No aid will be sent by Norway to Malawi, its foreign minister said on Monday.",
        "Norway made aid to Malawi conditional on reforms on Monday.",
    ],
)
def test_what_is_held_back_cut_or_left_is_neither_given_nor_agreed(sentence):
    assert {e.event for e in said(sentence).events} <= {"SANCTION", "REJECT", "THREATEN"}


def test_aid_that_is_given_and_talks_that_are_agreed_stay_so():
    assert {e.event for e in said("Norway resumed aid to Malawi on Monday.").events} == {"AID"}
    assert "AGREE" in {e.event for e in said("Norway agreed to give Malawi food aid.").events}
    assert "CONSULT" in {e.event for e in said("Norway held talks with Malawi in Oslo on Monday.").events}


def test_a_visit_called_off_did_not_take_place():
    one = said("Norway cancelled a visit to Malawi by its foreign minister on Monday.")
    assert "occurred" not in {v.status for v in one.visits}


@pytest.mark.parametrize(
    "place",
    ["Stratford-upon-Avon", "Garmisch-Partenkirchen", "Saint-Jean-de-Luz", "Bar-le-Duc", "Al-Ula", "Aix-en-Provence"],
)
def test_a_place_with_hyphens_is_whole_though_no_table_has_it(place):
    one = said(f"Norway and Japan signed a fisheries agreement in {place} on Monday.")
    assert [a.place for a in one.agreements] == [place]
    based = said("Norway and Japan signed a fisheries agreement in London-based offices on Monday.")
    assert [a.place for a in based.agreements] == ["London"]


@pytest.mark.parametrize(
    ("amount", "value", "unit"),
    [
        ("R$ 2.345,67 million", 2_345_670_000, "BRL"),
        ("Z$2.3 million", 2_300_000, None),
        ("NOK 3.4 billion", 3_400_000_000, "NOK"),
        ("KSh 12.5bn", 12_500_000_000, "KES"),
        ("US$450 mln", 450_000_000, "USD"),
        ("Rs 7,500 crore", 75_000_000_000, None),
    ],
)
def test_a_sign_with_letters_before_it_is_of_that_currency_or_of_none(amount, value, unit):
    text = f"Exports of Kenya to Uganda reached {amount} in 2018."
    document = Document(id="d", text=text, title=None, published="2019-05-10", language="en")
    assert [(a.value, a.unit) for a in read_article(document).amounts if a.kind == "money"] == [(value, unit)]


@pytest.mark.parametrize(
    ("amount", "value", "unit"),
    [
        ("$3/4 billion", 750_000_000, "USD"),
        ("$2½ billion", 2_500_000_000, "USD"),
        ("$1⁄2 billion", 500_000_000, "USD"),
        ("$5-1/4 billion", 5_250_000_000, "USD"),
        ("2 ½ billion dollars", 2_500_000_000, "USD"),
        ("Rs. 7,500 crore", 75_000_000_000, None),
        ("INR 45,000 crores", 450_000_000_000, "INR"),
        ("₹2,50,000 lakh", 25_000_000_000, "INR"),
        ("₦450 billion", 450_000_000_000, "NGN"),
        ("CHF 3.4 Mrd.", 3_400_000_000, "CHF"),
        ("$3.4 Mio.", 3_400_000, "USD"),
        ("٧١٫٩ billion dollars", 71_900_000_000, "USD"),
        ("३४५ million dollars", 345_000_000, "USD"),
    ],
)
def test_a_sum_is_read_in_the_notation_of_its_country(amount, value, unit):
    one = said(f"Exports of Kenya to Uganda reached {amount} in 2018. Peru is far from both.")
    assert [(f.value, f.unit) for f in one.figures] == [(value, unit)]


@pytest.mark.parametrize("amount", ["NOK 12.500", "NOK 12.500 million", "$1/0 billion", "$3/11 billion"])
def test_a_sum_that_may_be_two_or_none_is_no_figure(amount):
    assert not said(f"Exports of Kenya to Uganda reached {amount} in 2018.").figures


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("on 25-APR-2019", "2019-04-25"),
        ("on 25-APR-19", None),
        ("in 2019-04", "2019-04"),
        ("on Friday (25/4)", None),
        ("in FY2017/18", "2017/2018"),
    ],
)
def test_a_day_in_short_is_read_or_left_open(when, day):
    one = said(f"Norway and Japan signed a fisheries agreement in Oslo {when}.")
    assert [(a.date, a.place) for a in one.agreements] == [(day, "Oslo")]


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("02.09.2019", "2019-09-02"),
        ("2. September 2019", "2019-09-02"),
        ("2019年9月2日", "2019-09-02"),
        ("02/09/2019", None),
        ("31.09.2019", None),
    ],
)
def test_a_row_has_the_day_of_its_stamp_where_only_one_is_meant(tmp_path, stamp, day):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": PERU, "date": stamp}) + "\n", encoding="utf-8")
    (one,) = read_all([path])
    assert isinstance(one, Reading)
    assert one.document.published == day


@pytest.mark.parametrize("page", ["cp1257", "iso8859-4", "iso8859-13"])
@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Šimonytė met Krišjānis Kariņš in Rīga and Panevėžys.",
        "Gitanas Nausėda met Valdis Dombrovskis; Žemaitija.",
        "Lithuania signed a pact in Šiauliai.",
    ],
)
def test_baltic_letters_are_right_or_the_file_is_refused(tmp_path, page, text):
    path = tmp_path / "t.txt"
    path.write_bytes(text.encode(page))
    try:
        read = decode(path.read_bytes())
    except FormatError:
        with pytest.raises(FormatError, match="save it as UTF-8"):
            decode(path.read_bytes())
    else:
        assert read == text


def test_a_table_in_place_of_reports_is_reported_the_order_that_import_takes(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Event ID,Source Name,CAMEO Code\n1,Kenya,042\n", encoding="utf-8")
    (one,) = read_all([path])
    assert isinstance(one, Failure)
    assert "comity import LEDGER icews FILE" in one.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks between Norway and Malawi broke down on Monday.",
        "Norway's talks with Malawi collapsed on Monday.",
        "Negotiations between Norway and Malawi failed on Monday.",
        "Peace talks between Norway and Malawi fell apart on Monday.",
        "Fishing negotiations between Norway and Malawi have stalled.",
    ],
)
def test_talks_that_broke_down_are_no_consultation(sentence):
    assert "CONSULT" not in {e.event for e in said(sentence).events}
    assert "CONSULT" in {e.event for e in said("Talks between Norway and Malawi began on Monday.").events}


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Norway refused to let Malawi's envoy in on Saturday.", "2019-05-04"),
        ("Norway declined to receive Malawi's envoy on Saturday.", "2019-05-04"),
        ("Norway began to withdraw its troops from Malawi on Saturday.", "2019-05-04"),
        ("Norway will refuse to let Malawi's envoy in on Saturday.", "2019-05-11"),
    ],
)
def test_what_was_refused_or_begun_is_dated_before_the_report_and_not_a_week_ahead(sentence, day):
    assert {e.date for e in said(sentence).events} == {day}


def test_what_has_occurred_is_never_dated_after_the_report():
    for sentence in (
        "Norway rejected on Monday Malawi's plea for aid in December 2019.",
        "Norway refused to give Malawi aid for a vote on 25 May 2019.",
        "Norway condemned Malawi for a parade planned for next month.",
    ):
        for event in said(sentence).events:
            assert event.status != "occurred" or event.date is None or event.date <= "2019-05-11", event
