"""A lone title tells its kind, its parties, its date and what it does to an earlier instrument."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.coding.titles import read_title


@pytest.mark.parametrize(
    ("title", "kind", "parties"),
    [
        ("Treaty of Friendly Relations and Cooperation between Peru and Chile", "treaty", ("PER", "CHL")),
        ("AGREEMENT BETWEEN THE GOVERNMENT OF SIAM AND THE GOVERNMENT OF PERSIA", "agreement", ("THA", "IRN")),
        ("US–Mongolia Transparency Agreement", "agreement", ("USA", "MNG")),
        ("Soviet–Chinese Protocol on Trade", "protocol", ("SUN", "CHN")),
        ("Sino-Nepalese Boundary Treaty", "treaty", ("CHN", "NPL")),
        ("Franco-Italian Convention on Alpine Tunnels", "treaty", ("FRA", "ITA")),
        ("Tripartite Agreement between Kenya, Uganda and Rwanda", "agreement", ("KEN", "UGA", "RWA")),
        ("Agreement Between Mali Mauritania And Senegal On Joint Works", "agreement", ("MLI", "MRT", "SEN")),
        ("CONVENTION BETWEEN CZECHOSLOVAKIA AND YUGOSLAVIA", "treaty", ("CSK", "YUG")),
        ("Exchange of Notes Constituting an Agreement between Ceylon and the Union of Soviet Socialist Republics",
         "agreement", ("LKA", "SUN")),
        ("Treaty between Norway and the Ottoman Empire", "treaty", ("NOR", "TUR")),
        ("Loan Agreement (Roads Project) between Nepal and the International Bank for Reconstruction and Development",
         "agreement", ("NPL", "IBRD")),
        ("Memorandum of Understanding between the Ministry for Foreign Affairs of Finland and the World Food Programme",
         "memorandum", ("FIN", "WFP")),
        ("Agreement between Her Majesty's Government in the United Kingdom and Belgium", "agreement", ("GBR", "BEL")),
        ("Protocol between the European Community on the one hand and Iceland on the other", "protocol", ("EC", "ISL")),
        ("Joint Declaration of the Presidents of Chile and Peru", "declaration", ("CHL", "PER")),
        ("Agreement with Jordan on Transit", "agreement", ("JOR",)),
    ],
)  # fmt: skip
def test_a_title_tells_its_kind_and_its_parties(title, kind, parties):
    read = read_title(title)
    assert read.kind is not None
    assert (read.kind.type, read.parties) == (kind, parties)


@pytest.mark.parametrize(
    "title",
    [
        "EXTENSION OF THE TREATY OF COMMERCE",
        "AMENDING 1953 AGREEMENT ON SALT",
        "PEACE TREATY PROVISIONS",
        "EXCHANGE OF STUDENTS",
        "",
    ],
)
def test_a_heading_that_names_another_instrument_or_none_has_no_kind(title):
    assert read_title(title).kind is None


@pytest.mark.parametrize(
    "title", ["COOPERATION BETWEEN SCIENCE ACADEMIES", "Convention on the Law of the Sea", "Agreement on Wine of 1955"]
)
def test_no_parties_are_guessed(title):
    assert read_title(title).parties == ()


def test_names_alone_are_parties():
    assert read_title("Jordan Morocco").parties == ("JOR", "MAR")
    assert read_title("EC Singapore").parties == ("EC", "SGP")


def test_what_a_bracket_or_the_matter_names_is_no_party():
    title = "Agreement between Peru and Chile concerning Trade with Bolivia and Brazil"
    assert read_title(title).parties == ("PER", "CHL")


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Agreement of 1 August 1983 on Fisheries between Spain and Morocco", "1983-08-01"),
        ("Convention between Belgium and Sweden on Shipping. Signed at Stockholm, May 31, 1929", "1929-05-31"),
        ("The 1929 Treaty of Lima", "1929"),
        ("Treaty of 1929 between Peru and Chile", "1929"),
        ("Treaty between Peru and Chile", None),
    ],
)
def test_a_title_tells_its_own_date(title, date):
    assert read_title(title).date == date


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("Protocol amending the Convention on Wetlands", "amends"),
        ("Amendments to the Agreement on Tuna", "amends"),
        ("Exchange of Notes extending the Agreement on Crabs", "renews"),
        ("Convention on Wetlands as amended", None),
    ],
)
def test_a_title_tells_what_it_does_to_an_earlier_instrument(title, link):
    assert read_title(title).link == link


def test_names_are_read_as_of_the_day_of_signature():
    assert read_title("Treaty between Serbia and Norway", "1980").parties == ("YUG", "NOR")


@given(st.text(max_size=80))
def test_any_text_can_be_read_as_a_title(text):
    read = read_title(text)
    assert len(set(read.parties)) == len(read.parties)
