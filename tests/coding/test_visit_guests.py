"""Who travels, to whom, when and what for; and which journeys are no visits between states."""

from functools import cache

import pytest

from comity.coding.visits import code_visits, level_of
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.records.record import Actor, Visit

GUEST = "Kenyan President John Otieno"


@cache
def visits(text: str, title: str | None = None) -> tuple[Visit, ...]:
    document = Document(id="d", text=text, title=title, published="2019-09-02", language="en")
    return tuple(code_visits(read_article(document)))


def only(text: str) -> Visit:
    (visit,) = visits(text)
    return visit


@pytest.mark.parametrize(
    ("text", "status", "date"),
    [
        (f"{GUEST} visited Uganda on 3 May 2019.", "occurred", "2019-05-03"),
        (f"{GUEST} visits Uganda on 9 September 2019.", "planned", "2019-09-09"),
        (f"{GUEST} visits Uganda on 1 September 2019.", "occurred", "2019-09-01"),
        (f"Later this month, {GUEST} visits Uganda.", "planned", "2019-09"),
        (f"{GUEST} may visit Uganda next week.", "hypothetical", "2019-09-09/2019-09-15"),
        (f"{GUEST} wants to visit Uganda.", "hypothetical", None),
        (f"{GUEST} will not travel to Uganda.", "denied", None),
        (f"{GUEST} did not visit Uganda.", "denied", None),
        (f"{GUEST} postponed his visit to Uganda.", "denied", None),
        (f"{GUEST}'s visit to Uganda was cancelled.", "denied", None),
        (f"{GUEST} began a three-day visit to Uganda on Sunday.", "occurred", "2019-09-01"),
        (f"Uganda invited {GUEST} to Kampala.", "planned", None),
        (f"Ugandan President Sam Kato hosted {GUEST} in Kampala.", "occurred", None),
    ],
)
def test_a_visit_is_done_planned_wished_for_or_called_off(text: str, status: str, date: str | None) -> None:
    found = only(text)
    assert (found.host, found.status, found.date) == ("UGA", status, date)
    assert [a.name for a in found.visitors] == ["John Otieno"]


def test_a_visit_that_is_called_off_after_it_was_announced_does_not_stay_planned() -> None:
    found = only(f"{GUEST} will visit Uganda on 9 September. Otieno cancelled his visit to Uganda.")
    assert (found.status, found.date) == ("denied", "2019-09-09")
    assert found.quote == "Otieno cancelled his visit to Uganda"


def test_a_visit_that_is_announced_after_another_was_called_off_is_planned() -> None:
    found = only(f"{GUEST} cancelled his visit to Uganda. Otieno will visit Uganda on 9 September.")
    assert (found.status, found.date) == ("planned", "2019-09-09")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (f"{GUEST} visited Uganda.", "head of state"),
        ("Kenyan Foreign Minister Sam Kato visited Uganda.", "minister"),
        ("A Kenyan diplomat visited Uganda.", "other"),
        ("A Kenyan delegation arrived in Kampala.", "other"),
        ("Norway's king visited Uganda.", "head of state"),
    ],
)
def test_the_rank_is_that_of_the_office(text: str, level: str) -> None:
    assert only(text).level == level


def test_the_rank_of_several_guests_is_the_highest_and_of_none_unknown() -> None:
    minister = Actor(text="the minister", role="foreign minister", state="KEN")
    king = Actor(text="the king", role="king", state="NOR")
    assert level_of((minister, king)) == level_of((king, minister)) == "head of state"
    assert level_of((minister,)) == "minister"
    assert level_of((Actor(text="Ola Vik", name="Ola Vik"),)) is None
    assert level_of(()) is None


def test_guests_of_two_states_make_a_visit_each() -> None:
    found = visits(f"{GUEST} and Norwegian Foreign Minister Ola Vik visited Uganda.")
    assert [({a.state for a in v.visitors}, v.host, v.level) for v in found] == [
        ({"KEN"}, "UGA", "head of state"),
        ({"NOR"}, "UGA", "minister"),
    ]


def test_two_hosts_are_two_visits_of_one_guest() -> None:
    found = visits(f"{GUEST} visited Uganda and Rwanda.")
    assert [(v.host, [a.name for a in v.visitors]) for v in found] == [
        ("UGA", ["John Otieno"]),
        ("RWA", ["John Otieno"]),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{GUEST} visited Kampala.", "Kampala"),
        (f"{GUEST} visited Uganda.", None),
        (f"{GUEST} arrived in Kampala on Sunday.", "Kampala"),
    ],
)
def test_the_town_is_kept_where_one_is_named(text: str, place: str | None) -> None:
    found = only(text)
    assert (found.host, found.place) == ("UGA", place)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        (f"{GUEST} visited Uganda in May 2019 for talks on copper.", "talks on copper"),
        (f"{GUEST} will visit Uganda to attend the harvest festival.", "to attend the harvest festival"),
        (f"{GUEST} visited Uganda.", None),
        (f"For years {GUEST} praised copper; he visited Uganda.", None),
    ],
)
def test_what_it_is_for_is_kept_in_its_own_words(text: str, purpose: str | None) -> None:
    assert only(text).purpose == purpose


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        (f"{GUEST} flew from Uganda to Rwanda.", ["RWA"]),
        (f"After visiting Uganda, {GUEST} went home.", ["UGA"]),
        (f"{GUEST} returned to Kenya from Uganda.", ["UGA"]),
        (f"KAMPALA, Sept 2 - {GUEST} arrived on Monday.", ["UGA"]),
        (f"NAIROBI, Sept 2 - {GUEST} arrived on Monday.", []),
    ],
)
def test_the_host_is_where_the_journey_goes_and_never_home(text: str, hosts: list[str]) -> None:
    assert [v.host for v in visits(text)] == hosts


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{GUEST} visited Mombasa.",
        f"{GUEST} returned home.",
        f"{GUEST} praised Uganda.",
        f"{GUEST} telephoned Uganda's president.",
        f"{GUEST} visited the Ugandan embassy in Nairobi.",
        f"Visiting {GUEST} praised Uganda.",
        "Kenyan tourists visited Uganda.",
        "John Otieno visited Uganda.",
        "Ivan of the hills went to Uganda.",
        "The president visited.",
    ],
)
def test_journeys_at_home_calls_and_travellers_without_a_state_are_none(text: str) -> None:
    assert visits(text) == ()


def test_soldiers_march_and_do_not_visit_beside_their_minister() -> None:
    found = only("Kenyan soldiers and Foreign Minister Sam Kato of Kenya flew to Uganda.")
    assert [a.name for a in found.visitors] == ["Sam Kato"]


def test_a_visit_reported_in_headline_and_text_is_one_with_the_finest_day() -> None:
    (found,) = visits(
        f"{GUEST} visited Uganda. He visited Uganda on 3 May 2019 for talks on tea. The visit to Uganda helped.",
        f"{GUEST} in Uganda",
    )
    assert (found.date, found.purpose) == ("2019-05-03", "talks on tea")


def test_two_journeys_of_other_days_or_other_guests_stay_apart() -> None:
    found = visits(f"{GUEST} visited Uganda in May 2018. In March 2019 President Otieno visited Uganda.")
    assert [v.date for v in found] == ["2018-05", "2019-03"]
    found = visits(f"{GUEST} visited Uganda. Norwegian Foreign Minister Ola Vik visited Uganda.")
    assert [{a.state for a in v.visitors} for v in found] == [{"KEN"}, {"NOR"}]


def test_without_a_day_of_publication_no_date_lies_ahead() -> None:
    document = Document(id="d", text=f"{GUEST} visits Uganda on 9 September 2019.", language="en")
    assert [(v.status, v.date) for v in code_visits(read_article(document))] == [("occurred", "2019-09-09")]


def test_a_wish_is_less_sure_than_a_journey_that_took_place() -> None:
    assert only(f"{GUEST} wants to visit Uganda.").confidence < only(f"{GUEST} visited Uganda.").confidence


TEXTS = (
    f"“{GUEST} visited Uganda,” the paper wrote — and Norway’s king flew to Nairobi on 3 May 2019.",
    f"{GUEST} may visit Uganda. A Peruvian delegation, led by Foreign Minister Julio Quispe of Peru, went to Chile.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_visit_has_guests_of_another_state_than_its_host_and_its_words(text: str) -> None:
    found = visits(text)
    assert len(found) == 2
    for one in found:
        assert one.start is not None
        assert one.quote == text[one.start : one.end]
        assert one.visitors
        assert one.host is not None
        assert one.host not in {a.state for a in one.visitors}
        assert all(a.name or a.role for a in one.visitors)
