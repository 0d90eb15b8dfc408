"""What the network sees reported, and between whom."""

from dataclasses import replace

from comity.coding.frames import Frame, find_frames, parties
from comity.coding.gate import passing
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.settings import DEFAULTS


def frames(text: str, title: str | None = None):
    document = Document(id="d", text=text, title=title, published="2020-05-01", language="en")
    return find_frames(read_article(document, DEFAULTS, passing))


def best(text: str, kind: str) -> Frame:
    return max(frames(text).of(kind), key=lambda f: f.likely)


def test_an_attack_has_who_attacked_and_who_was_attacked() -> None:
    frame = best("Russian warplanes bombed two Georgian villages on Friday, officials in Tbilisi said.", "event")
    assert frame.type == "ASSAULT"
    assert frame.first["RUS"] > 0.5 > frame.first["GEO"]
    assert frame.second["GEO"] > 0.5 > frame.second["RUS"]


def test_a_journey_has_who_travelled_and_where_to() -> None:
    frame = best("Japanese Prime Minister Shinzo Abe flew to Ulaanbaatar on Saturday for a visit.", "visit")
    assert frame.first["JPN"] > frame.first["MNG"]
    assert frame.second["MNG"] > frame.second["JPN"]


def test_a_report_that_names_one_party_has_no_frames() -> None:
    assert frames("Peru raised its taxes. The president defended the budget in parliament.").found == ()


def test_the_same_report_has_the_same_frames() -> None:
    text = "Kenya and Ethiopia signed a border pact in Nairobi. Somalia denounced it and recalled its envoy."
    assert frames(text).found == frames(text).found


def test_a_likelihood_is_one() -> None:
    for f in frames("France accused Serbia of shelling the town, and Serbia denied it.").found:
        held = [f.likely, *f.types.values(), *f.status.values(), *f.first.values(), *f.second.values()]
        assert all(0 <= p <= 1 for p in held)
        assert abs(sum(f.status.values()) - 1) < 1e-4


FRAME = Frame("event", 0, 1, 0.9, {"AID": 1.0}, {"occurred": 1.0}, {}, {})


def test_a_party_stands_on_its_likelier_side() -> None:
    frame = replace(FRAME, first={"PER": 0.9, "CHL": 0.4}, second={"PER": 0.1, "CHL": 0.8})
    assert parties(frame, ("PER", "CHL"), 0.35, 0.1) == (frozenset({"PER"}), frozenset({"CHL"}))


def test_a_side_that_would_be_empty_takes_the_likeliest_that_is_left() -> None:
    frame = replace(FRAME, first={"PER": 0.9, "CHL": 0.2, "BOL": 0.1}, second={"PER": 0.6, "CHL": 0.2, "BOL": 0.15})
    assert parties(frame, ("PER", "CHL", "BOL"), 0.35, 0.1) == (frozenset({"PER"}), frozenset({"CHL"}))
    assert parties(frame, ("PER", "CHL", "BOL"), 0.35, 0.3) == (frozenset({"PER"}), frozenset())


def test_a_report_whose_dateline_alone_names_parties_is_read() -> None:
    assert frames("TOLUCA LAKE, Calif., March 4 - It agreed to a loan.", "Plains Bank").found == ()
