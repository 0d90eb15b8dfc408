"""A title gives the same parties however it is set, and nobody whom only its matter or a bracket names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding.titles import read_title

STATES = {
    "Peru": "PER", "Chile": "CHL", "Norway": "NOR", "Kenya": "KEN", "Portugal": "PRT", "Mongolia": "MNG",
    "Uruguay": "URY", "Tunisia": "TUN", "Finland": "FIN", "Nepal": "NPL",
}  # fmt: skip
KINDS = ("Treaty", "Agreement", "Protocol", "Convention", "Memorandum of Understanding", "Joint Declaration")
NAMES = st.lists(st.sampled_from(sorted(STATES)), min_size=2, max_size=5, unique=True)
KIND = st.sampled_from(KINDS)


def listed(names: list[str], before: str = "") -> str:
    owned = [before + n for n in names]
    return ", ".join(owned[:-1]) + " and " + owned[-1]


def codes(names: list[str]) -> tuple[str, ...]:
    return tuple(STATES[n] for n in names)


@settings(deadline=None, max_examples=30)
@given(KIND, NAMES, st.sampled_from(["", "the Government of ", "the Ministry for Health of ", "the Republic of "]))
def test_a_title_between_some_states_is_between_these_in_the_order_named(kind: str, names: list[str], of: str) -> None:
    assert read_title(f"{kind} between {listed(names, of)}").parties == codes(names)


@settings(deadline=None, max_examples=30)
@given(KIND, NAMES)
def test_a_title_in_capitals_has_the_same_parties_and_the_same_kind(kind: str, names: list[str]) -> None:
    title = f"{kind} between {listed(names)}"
    plain, loud = read_title(title), read_title(title.upper())
    assert (loud.parties, loud.kind) == (plain.parties, plain.kind)


@settings(deadline=None, max_examples=30)
@given(KIND, NAMES, st.sampled_from(["concerning", "on", "regarding", "for", "about"]), st.sampled_from(sorted(STATES)))
def test_whom_the_matter_names_is_no_party(kind: str, names: list[str], word: str, other: str) -> None:
    assert read_title(f"{kind} between {listed(names)} {word} Trade with {other}").parties == codes(names)


@settings(deadline=None, max_examples=30)
@given(KIND, NAMES, st.sampled_from(sorted(STATES)))
def test_whom_a_bracket_names_is_no_party(kind: str, names: list[str], other: str) -> None:
    first, *rest = names
    title = f"{kind} between {first} (Bridge to {other} Project), {listed(rest) if len(rest) > 1 else rest[0]}"
    title = title if len(rest) > 1 else title.replace("), ", ") and ")
    assert read_title(title).parties == codes(names)


@settings(deadline=None, max_examples=30)
@given(KIND, NAMES)
def test_blanks_around_a_title_say_nothing(kind: str, names: list[str]) -> None:
    title = f"{kind} between {listed(names)}"
    assert read_title(f"  {title} ") == read_title(title)


@settings(deadline=None, max_examples=30)
@given(KIND, NAMES)
def test_a_state_named_twice_is_one_party(kind: str, names: list[str]) -> None:
    assert read_title(f"{kind} between {listed([*names, names[0]])}").parties == codes(names)


@settings(deadline=None, max_examples=30)
@given(KIND, NAMES)
def test_the_parties_do_not_hang_on_the_kind(kind: str, names: list[str]) -> None:
    assert read_title(f"{kind} among {listed(names)}").parties == read_title(f"Treaty among {listed(names)}").parties


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("Treaty Protocol between Peru and Chile", "protocol"),
        ("Agreement Amendment between Peru and Chile", "amendment"),
        ("Protocol to the Convention between Peru and Chile", "protocol"),
        ("Peace Treaty Series", "treaty"),
    ],
)
def test_of_joined_kinds_the_last_is_meant_and_of_linked_ones_the_first(title: str, type_: str) -> None:
    kind = read_title(title).kind
    assert kind is not None
    assert type_ in {kind.type, kind.word}


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Sino-Nepalese Treaty", ("CHN", "NPL")),
        ("Chilean–Peruvian Protocol on Salt", ("CHL", "PER")),
        ("Oslo-Helsinki Agreement", ("NOR", "FIN")),  # capitals tied together
        ("Treaty of Lima", ()),  # a capital alone names the place
        ("Chile-Chile Agreement", ("CHL",)),
    ],
)
def test_names_tied_by_a_hyphen_are_parties_and_a_town_alone_is_a_place(title: str, parties: tuple[str, ...]) -> None:
    assert read_title(title).parties == parties


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Joint Declaration of the Presidents of Chile and Peru", ("CHL", "PER")),
        ("Joint Declaration by the Governments of Chile and Peru", ("CHL", "PER")),
        ("Joint Declaration of the Fishermen of Chile and Peru", ()),
        ("Peruvian Agreement with Chile and Bolivia", ("PER", "CHL", "BOL")),
        ("Agreement with Chile", ("CHL",)),
    ],
)
def test_behind_of_only_those_who_govern_are_parties(title: str, parties: tuple[str, ...]) -> None:
    assert read_title(title).parties == parties


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Peru Chile Free Trade Agreement", ("PER", "CHL")),
        ("Peru - Chile", ("PER", "CHL")),
        ("Peru, Chile and Bolivia", ("PER", "CHL", "BOL")),
        ("EXPORT OF TIN FROM PERU TO CHILE", ("PER", "CHL")),
        ("Tin from Peru to Chile and Bolivia", ()),
        ("TIN IN PERU", ()),
        ("COOPERATION BETWEEN PERU AND CHILE IN BOLIVIA", ("PER", "CHL")),
    ],
)
def test_a_heading_without_a_kind_has_parties_where_it_names_little_else(title: str, parties: tuple[str, ...]) -> None:
    assert read_title(title).parties == parties


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Protocol of 3 May 1931 between Peru and Chile", "1931-05-03"),
        ("Treaty between Peru and Chile, done at Lima on 3 May 1931", "1931-05-03"),
        ("Agreement between Peru and Chile dated 3 May 1931", "1931-05-03"),
        ("Agreement of 1931 between Peru and Chile", "1931"),
        ("1931 Agreement between Peru and Chile", "1931"),
        ("Agreement between Peru and Chile amending the Treaty of 3 May 1931", None),
        ("Agreement No. 1931 between Peru and Chile", None),
        ("Treaty of Peace between Peru and Chile", None),
    ],
)
def test_only_a_day_beside_the_kind_or_behind_signed_is_the_day_of_the_instrument(title: str, date: str | None) -> None:
    assert read_title(title).date == date


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("Agreement extending the Treaty of Lima", "renews"),
        ("Protocol amending the Treaty of Lima", "amends"),
        ("Agreement replacing the Treaty of Lima", "replaces"),
        ("Treaty of Lima as amended", None),
        ("Treaty of Lima", None),
    ],
)
def test_what_an_instrument_does_to_an_earlier_one_is_told_by_its_title(title: str, link: str | None) -> None:
    assert read_title(title).link == link


def test_names_are_those_of_the_day() -> None:
    title = "Treaty between Burma and Ceylon"
    assert read_title(title, "1955").parties == read_title(title).parties
    assert read_title("Treaty between Germany and Norway", "1910").parties == ("DEU", "NOR")


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("Accord «Peru-Chile» on Salt", ("PER", "CHL")),
        ("Treaty between ‹Peru› and ‹Chile›", ("PER", "CHL")),
        ("«Salt»-«Tin» Agreement", ()),
        ("‹Salt› ‹Tin›", ()),
    ],
)
def test_quotation_marks_around_a_word_make_no_party_of_it(title: str, parties: tuple[str, ...]) -> None:
    assert read_title(title).parties == parties


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="-–‹›«»()[],. andbetweofPruChil1931", max_size=60))
def test_signs_of_any_kind_in_a_title_give_codes_or_nothing(title: str) -> None:
    assert all(code.isupper() and code.isalpha() for code in read_title(title).parties)
