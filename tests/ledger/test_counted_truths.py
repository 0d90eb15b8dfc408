"""What a user may rely on where Comity counts: sources, stages and shares are the same numbers wherever they stand."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

import comity
from comity.analysis.dossier import Dossier
from comity.analysis.open_ledger import OpenLedger
from comity.analysis.pull import pull
from comity.document.document import Document
from comity.errors import InputError
from comity.ledger import intake
from comity.ledger.store import Writer
from comity.records.record import Actor, Agreement, Attribution, DocumentRecord, Event, EventScale, Record, Visit
from comity.settings import Settings

Told = tuple[Document, list[Record]]
_WORDS = ("harbour", "meadow", "lantern", "copper", "violet", "timber", "saddle", "orchard", "pebble", "harvest")
_PARTIES = ("MNG", "RUS")


def own_text(n: int) -> str:
    """A text that no other number has."""
    return " ".join(f"{_WORDS[(n * 7 + i * 3) % 10]}{n * 131 + i * i}" for i in range(40)) + "."


def report(n: int, *records: Record, day: str = "2019-09-04", at: str | None = None, text: str = "") -> Told:
    """A report with its records, found at an address where one is given."""
    body = text or own_text(n)
    document = Document(id=f"r{n}", text=body, published=day, text_sha256=f"{n}", source=at)
    return document, [DocumentRecord(id=f"r{n}", document=f"r{n}"), *records]


def agreement(n: int, title: str, stage: str, day: str | None, **more: object) -> Agreement:
    fields = {"type": "treaty", "parties": _PARTIES, "quote": f"{stage} {title}", **more}
    return Agreement(
        id=f"agreement:{n}", document=f"r{n}", part="text", start=0, end=4, title=title, stage=stage, date=day, **fields
    )


def event(n: int, actor: str = "RUS", recipient: str = "MNG", *, day: str = "2019-09-03", **more: object) -> Event:
    return Event(
        id=f"event:{n}", document=f"r{n}", quote="sent help", part="text", start=0, end=9, event="AID", date=day,
        actor=(Actor(text=actor, state=actor),), recipient=(Actor(text=recipient, state=recipient),), quad_code=2,
        event_scale=EventScale(name="plover", version="2.0", value=6.0), **more,
    )  # fmt: skip


def visit(n: int, guest: str, host: str, *, day: str, status: str = "occurred") -> Visit:
    return Visit(
        id=f"visit:{n}", document=f"r{n}", quote="came", part="text", start=0, end=4, host=host, date=day,
        visitors=(Actor(text=guest, state=guest),), level="head of state", status=status,
    )  # fmt: skip


def ledger(path: Path, told: Iterable[Told], settings: Settings | None = None) -> OpenLedger:
    writer = Writer(path)
    intake.store(writer, intake.Entries(readings=list(told)))
    writer.publish()
    writer.close()
    return comity.open(path, settings=settings) if settings else comity.open(path)


@pytest.fixture
def made(tmp_path):
    """Makes a ledger of reports."""
    opened = []

    def make(*told: Told, settings: Settings | None = None) -> OpenLedger:
        opened.append(ledger(tmp_path / f"{len(opened)}.duckdb", told, settings))
        return opened[-1]

    yield make
    for held in opened:
        held.close()


def told_by(held: OpenLedger) -> str:
    """How the one event of a ledger is told, in words."""
    (row,) = held.events()
    return held.show(row["id"])["told_by"]


# sources


def test_a_wire_that_eight_outlets_print_is_eight_reports_and_one_independent_source(made):
    wire = own_text(1)
    held = made(*(report(n, event(n), at=f"https://paper{n}.example/story", text=wire) for n in range(8)))
    assert told_by(held) == "8 reports, 8 outlets, 1 independent source"


def test_five_releases_of_one_government_are_one_outlet_and_a_party_to_it(made):
    held = made(*(report(n, event(n, "USA"), at=f"https://www.whitehouse.gov/{n}") for n in range(5)))
    assert told_by(held) == "5 reports, 1 outlet, a party to it"


def test_two_stories_of_one_paper_are_one_independent_source(made):
    held = made(*(report(n, event(n), at=f"https://www.paper.example/{n}") for n in range(2)))
    assert told_by(held) == "2 reports, 1 outlet, 1 independent source"


def test_a_release_beside_two_papers_leaves_two_independent_sources_and_a_party(made):
    places = ("https://kremlin.ru/1", "https://one.example/1", "https://two.example/1")
    held = made(*(report(n, event(n), at=at) for n, at in enumerate(places)))
    assert told_by(held) == "3 reports, 3 outlets, 2 independent sources and a party to it"


def test_a_paper_that_prints_a_partys_release_word_for_word_is_no_independent_source(made):
    places = ("https://kremlin.ru/1", "https://one.example/1")
    held = made(*(report(n, event(n), at=at, text=own_text(1)) for n, at in enumerate(places)))
    assert told_by(held) == "2 reports, 2 outlets, a party to it"


def test_a_government_that_tells_of_others_is_no_party(made):
    held = made(*(report(n, event(n), at=f"https://www.whitehouse.gov/{n}") for n in range(2)))
    assert told_by(held) == "2 reports, 1 outlet, 1 independent source"


def test_reports_without_an_address_have_no_outlet_made_up_for_them(made):
    held = made(report(1, event(1)), report(2, event(2)), report(3, event(3), at="https://one.example/3"))
    (row,) = held.events()
    assert (row["reports"], row["outlets"], row["independent"]) == (3, 1, 3)
    assert told_by(held) == "3 reports, 1 outlet (2 not told), 3 independent sources"
    (bare,) = made(report(1, event(1))).events()
    assert bare["outlets"] is None


def test_what_a_paper_tells_stands_before_what_only_a_party_tells(made):
    held = made(
        *(report(n, event(n, place="Moscow"), at=f"https://kremlin.ru/{n}") for n in range(3)),
        report(7, event(7, place="Ulaanbaatar"), at="https://one.example/7"),
    )
    (row,) = held.events()
    assert row["place"] == "Ulaanbaatar"
    assert "Moscow (a party to it)" in held.show_text(row["id"])


def test_every_list_tells_the_same_reports_outlets_and_sources(made):
    wire = own_text(1)
    held = made(
        *(report(n, event(n), at=f"https://paper{n}.example/a", text=wire) for n in range(3)),
        report(5, event(5), at="https://kremlin.ru/5"),
    )
    (row,) = held.events()
    numbers = (row["reports"], row["outlets"], row["independent"], row["told_by_parties"])
    assert numbers == (4, 4, 1, "RUS")
    found = held.dossier("RUS", "MNG", on="2019-12-31")
    (line,) = next(s for s in found.sections if s.heading == "Latest events").lines
    (item,) = found.strip.items
    exported = next(json.loads(x) for x in held.export())
    assert line.told_by == held.show(row["id"])["told_by"] == item.provenance.text == found.provenance.text
    assert (exported["reports"], exported["outlets"], exported["independent"]) == numbers[:3]


# one page, one number


SIGNED = report(1, agreement(1, "treaty on transit", "signed", "2019-09-03"))
FORCED = report(2, agreement(2, "treaty on transit", "in force", "2020-09-21"), day="2020-09-22")


def line_under(found: Dossier, key: str) -> tuple[str, str]:
    return next((s.heading, x.text) for s in found.sections for x in s.lines if x.fact == key)


@pytest.mark.parametrize("day", ["2019-09-03", "2019-12-31", "2020-09-20", "2020-09-21", "2024-01-01"])
def test_show_and_the_dossier_tell_the_same_stage_on_every_day(made, day):
    held = made(SIGNED, FORCED)
    (row,) = held.agreements("RUS", "MNG", on=day)
    heading, text = line_under(held.dossier("RUS", "MNG", on=day), row["id"])
    shown = held.show(row["id"], on=day)["status"]
    assert (shown["stands"], row["stands"]) == (heading, heading)
    assert shown["words"] in text
    assert f"on {day}: {shown['words']}" in held.show_text(row["id"], on=day)


def test_show_says_in_force_of_a_treaty_whose_only_long_report_told_of_its_signature(made):
    held = made(SIGNED, FORCED)
    (row,) = held.agreements("RUS", "MNG", on="2021-01-01")
    first = held.show_text(row["id"], on="2021-01-01").splitlines()[0]
    assert first.startswith("agreement: treaty on transit (2019-09-03) · in force")


def test_show_knows_no_more_than_the_dossier_of_an_earlier_day_of_knowledge(made):
    held = made(SIGNED, FORCED)
    (row,) = held.agreements("RUS", "MNG", on="2021-01-01", known="2019-12-31")
    shown = held.show(row["id"], on="2021-01-01", known="2019-12-31")
    heading, _ = line_under(held.dossier("RUS", "MNG", on="2021-01-01", known="2019-12-31"), row["id"])
    assert shown["status"]["stands"] == heading == "Entry into force not told"
    assert len(shown["statements"]) == 1


@pytest.mark.parametrize("kind", ["joint statement", "declaration", "memorandum"])
@pytest.mark.parametrize("stage", ["planned", "signed"])
def test_a_text_that_binds_nobody_is_neither_pending_nor_in_force(made, kind, stage):
    held = made(report(1, agreement(1, f"{kind} on transit", stage, "2019-09-03", type=kind)))
    (row,) = held.agreements("RUS", "MNG", on="2019-12-31")
    found = held.dossier("RUS", "MNG", on="2019-12-31")
    assert row["stands"] == line_under(found, row["id"])[0] == "Not binding"
    assert "0 agreements in force, 0 pending and 0 ended, 1 text not binding" in found.summary


def test_a_memorandum_that_says_how_it_enters_into_force_binds(made):
    text = agreement(1, "memorandum on transit", "signed", "2019-09-03", type="memorandum", force="signature")
    (row,) = made(report(1, text)).agreements("RUS", "MNG", on="2019-12-31")
    assert (row["stands"], row["inferred"]) == ("In force", True)


def test_a_treaty_of_which_no_more_than_the_signature_is_told_is_not_called_pending(made):
    found = made(SIGNED).dossier("RUS", "MNG", on="2024-01-01")
    assert [s.heading for s in found.sections] == ["Entry into force not told"]
    assert "0 pending" in found.summary
    assert "1 whose entry into force is not told" in found.summary


def test_a_treaty_that_a_parliament_has_approved_is_pending(made):
    quote = "Russia's State Duma ratified the treaty on transit"
    vote = agreement(2, "treaty on transit", "ratified", "2020-06-23", quote=quote)
    (row,) = made(SIGNED, report(2, vote, day="2020-06-24")).agreements("RUS", "MNG", on="2020-07-01")
    assert (row["stands"], row["stage"]) == ("Pending", "signed")


def test_a_treaty_that_is_still_to_be_signed_is_pending(made):
    held = made(report(1, agreement(1, "treaty on transit", "planned", "2019-12-03")))
    (row,) = held.agreements("RUS", "MNG", on="2019-10-01")
    assert (row["stands"], row["stage"]) == ("Pending", "proposed")


def test_an_agreement_that_only_a_later_report_tells_of_without_a_day_is_in_no_list_of_an_earlier_day(made):
    held = made(SIGNED, report(2, agreement(2, "treaty on fisheries", "signed", None), day="2024-09-03"))
    for day, count in (("2020-12-31", 1), ("2024-12-31", 2)):
        assert len(list(held.agreements("RUS", "MNG", on=day))) == count
        assert f"{count} whose entry into force is not told" in held.dossier("RUS", "MNG", on=day).summary


def test_the_headline_adds_up_to_the_list_of_agreements_and_to_the_strip(made):
    subjects = ("transit", "fisheries", "aviation", "customs", "water")
    kinds = ("treaty", "declaration", "memorandum", "agreement", "convention")
    stages = ("signed", "signed", "signed", "planned", "in force")
    held = made(
        *(
            report(n, agreement(n, f"{k} on {s}", stage, f"201{n}-03-01", type=k), day=f"201{n}-03-02")
            for n, (s, k, stage) in enumerate(zip(subjects, kinds, stages, strict=True), 1)
        )
    )
    found = held.dossier("RUS", "MNG", on="2019-12-31")
    listed = list(held.agreements("RUS", "MNG", on="2019-12-31"))
    counted = sum(n for what, n in found.counts.items() if what.startswith("agreements"))
    assert counted == len(listed) == len(found.strip.bars) == 5
    for heading in {r["stands"] for r in listed}:
        section = next(s for s in found.sections if s.heading == heading)
        assert len(section.lines) == sum(r["stands"] == heading for r in listed)
        assert len(list(held.agreements("RUS", "MNG", on="2019-12-31", stages=heading))) == len(section.lines)


def test_visits_that_are_only_planned_are_counted_apart_from_those_that_took_place(made):
    held = made(
        report(1, visit(1, "RUS", "MNG", day="2019-03-01")),
        report(2, visit(2, "MNG", "RUS", day="2019-05-01")),
        report(3, visit(3, "RUS", "MNG", day="2019-12-01", status="planned")),
        report(4, event(4)),
    )
    found = held.dossier("RUS", "MNG", on="2019-12-31")
    lists = {s.heading: len(s.lines) for s in found.sections}
    assert lists["Visits of Russia to Mongolia"] == found.counts["visits of RUS"] == 1
    assert lists["Visits not told to have taken place"] == found.counts["visits not told to have taken place"] == 1
    assert "1 visit of Russia and 1 of Mongolia, and 1 event" in found.summary
    drawn = found.plot()
    assert ">Visits (2)<" in drawn
    assert ">Events (1)<" in drawn


def test_a_lane_that_leaves_out_far_days_says_of_how_many_it_shows_how_many(made):
    days = ["1950-01-01", *(f"2019-{m:02d}-{d:02d}" for m in (3, 4, 5) for d in (1, 9, 17, 25))]
    held = made(*(report(n, event(n, day=d), day="2019-12-01") for n, d in enumerate(days)))
    found = held.dossier("RUS", "MNG", on="2019-12-31")
    assert found.counts["events"] == 13
    assert ">Events (12 of 13)<" in found.plot()


def test_an_agreement_that_a_state_speaks_of_stands_there_as_in_its_own_list(made):
    says = Attribution(text="the Kremlin", state="RUS")
    signed = agreement(1, "treaty on transit", "signed", "2019-09-03", attribution=says)
    found = made(report(1, signed), FORCED).dossier("RUS", "MNG", on="2021-01-01")
    texts = {s.heading: s.lines[0].text for s in found.sections}
    assert texts["What Russia says"] == texts["In force"]


# thin lanes


def about(n: int, other: str, year: int) -> Told:
    return report(n, event(n, other, day=f"{year}-03-01"), day=f"{year}-03-{n % 27 + 1:02d}")


def test_a_share_of_a_few_reports_is_not_drawn_and_the_lane_says_why(made):
    held = made(*(about(n, "RUS" if n % 2 else "CHN", 2019) for n in range(4)))
    drawn = held.dossier("RUS", "MNG", on="2019-12-31").plot()
    assert "Who pulls at Mongolia" in drawn
    assert "not drawn: at most 4 reports in a year, a share needs 20" in drawn
    assert 'class="share"' not in drawn


def test_a_share_says_on_how_many_reports_it_rests(made):
    held = made(*(about(n, "RUS" if n % 4 else "CHN", 2018 if n < 3 else 2019) for n in range(23)))
    found = pull(held, "MNG", "RUS")
    assert found.mass == "on 20 reports of 2019; 1 year with fewer than 20 reports left out"
    assert {r.code: dict(r.shares) for r in found.rivals} == {
        "RUS": {2018: None, 2019: 0.75},
        "CHN": {2018: None, 2019: 0.25},
    }


def test_a_report_that_tells_ten_things_weighs_no_more_in_a_share_than_one_that_tells_one(made):
    many = [event(1, "CHN", day=f"2019-{m:02d}-01") for m in range(1, 11)]
    held = made(report(1, *many), about(2, "RUS", 2019), settings=Settings(pull_reports=2))
    assert {r.code: dict(r.shares)[2019] for r in pull(held, "MNG", "RUS").rivals} == {"RUS": 0.5, "CHN": 0.5}


def test_how_many_reports_a_share_needs_can_be_set(made):
    told = [about(n, "RUS", 2019) for n in range(4)]
    assert not pull(made(*told), "MNG", "RUS").drawn
    assert pull(made(*told, settings=Settings(pull_reports=4)), "MNG", "RUS").drawn


@pytest.mark.parametrize("pair", [("RUS", "MNG"), ("MNG", "RUS")])
def test_who_pulls_is_asked_of_the_smaller_state_whichever_is_named_first(made, pair):
    held = made(about(1, "RUS", 2019))
    assert held.dossier(*pair, on="2019-12-31").strip.pull.of == "MNG"
    assert held.dossier(*pair, on="2019-12-31", pulled="Russia").strip.pull.of == "RUS"


def test_who_pulls_is_asked_of_no_third_state(made):
    with pytest.raises(InputError, match="neither RUS nor MNG"):
        made(about(1, "RUS", 2019)).dossier("RUS", "MNG", pulled="CHN")


def test_a_share_of_a_handful_of_events_is_no_influence(made):
    few = made(*(about(n, "RUS", 2019) for n in range(4)), settings=Settings(pull_events=2))
    (row,) = few.influence("MNG", "RUS", measures="event-share")
    assert (row["told"], row["value"], row["missing"]) == ("missing", None, "2 foreign events of MNG (1 are told)")
    enough = made(about(1, "RUS", 2019), about(2, "CHN", 2019), settings=Settings(pull_events=2))
    (row,) = enough.influence("MNG", "RUS", measures="event-share")
    assert (row["value"], row["notes"]) == (50.0, "on 2 foreign events of MNG")


def test_a_series_begins_with_its_first_value_and_says_what_it_left_out(made):
    # of 1993 no report is held, so that its count is only a least one
    held = made(report(1, event(1, day="1993-05-01")), report(2, event(2), day="2019-09-04"))
    for found in (
        held.series("RUS", "MNG", measures="events"),
        held.influence("MNG", "RUS", measures="events"),
    ):
        assert [(r["time"], r["told"]) for r in found] == [("2019", "value")]
        (note,) = found.notes
        assert note.startswith("26 rows before the first values left out (1 missing, 25 not covered)")
    whole = held.series("RUS", "MNG", measures="events", first="1993")
    assert (len(whole), whole.notes) == (27, ())


def test_a_series_without_any_value_stays_and_says_so(made):
    held = made(report(1, event(1, day="1993-05-01")))
    found = held.series("RUS", "MNG", measures="events", last="1993")
    assert [r["told"] for r in found] == ["missing"]
    assert found.notes == ("1 of 1 series hold no value, only bounds",)


def test_alerts_say_how_many_agreements_tell_a_term_at_all(made):
    subjects = ("transit", "fisheries", "aviation")
    bare = [report(n, agreement(n, f"treaty on {s}", "signed", f"201{n}-03-01")) for n, s in enumerate(subjects, 1)]
    found = made(*bare).alerts("RUS", "MNG", on="2019-12-31")
    assert (len(found), found.notes) == (0, ("0 of 3 agreements tell a term",))
    text = agreement(5, "treaty on water", "in force", "2015-06-01", duration="P5Y", quote="entered into force")
    found = made(*bare, report(5, text)).alerts("RUS", "MNG", on="2019-12-31")
    assert [r["kind"] for r in found] == ["term_end"]
    assert found.notes == ("1 of 4 agreements tells a term, 1 of them in force on that day; of 1 something comes up",)
