"""Which word tells an event: the one whose conditions on its object and preposition are met, and no word twice."""

from functools import cache

import pytest

from comity.coding.triggers import find_triggers, objects_of, trigger, withholds
from comity.document.document import Document
from comity.knowledge import plover
from comity.language.analysis import analyse
from comity.language.tree import Sentence


@cache
def sentence(text: str) -> Sentence:
    return analyse(Document(id="d", text=text, language="en"))[0]


def hits(text: str) -> list[tuple[str, str]]:
    one = sentence(text)
    return [(one.tokens[h.token].text, h.trigger.event) for h in find_triggers(one)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru signed a treaty with Chile.", [("signed", "SUPPORT")]),
        ("Peru signed a decree on Chile.", []),
        ("Peru held talks with Chile.", [("held", "CONSULT")]),
        ("Peru held a cup against Chile.", []),
        ("Peru imposed sanctions on Chile.", [("imposed", "SANCTION")]),
        ("Peru imposed silence on Chile.", []),
        ("The minister of Peru came to Chile.", [("came", "CONSULT")]),
        ("The minister of Peru came on Saturday.", []),
        ("The minister of Peru came under fire.", []),
        ("Sanctions were imposed on Chile.", [("imposed", "SANCTION")]),
        ("The sanctions that Peru imposed hurt Chile.", [("imposed", "SANCTION")]),
    ],
)  # fmt: skip
def test_a_verb_tells_an_event_where_its_object_or_preposition_fits(text: str, expected: list[tuple[str, str]]) -> None:
    assert [h for h in hits(text) if h[0] != "hurt"] == expected


@pytest.mark.parametrize(
    ("text", "verb", "noun"),
    [
        ("Peru signed a peace treaty with Chile.", "signed", "treaty"),
        ("Peru held talks with Chile.", "held", "talks"),
        ("Peru imposed sanctions on Chile.", "imposed", "sanctions"),
    ],
)
def test_a_noun_that_tells_the_event_with_its_verb_is_no_event_of_its_own(text: str, verb: str, noun: str) -> None:
    found = [w for w, _ in hits(text)]
    assert verb in found
    assert noun not in found
    (hit,) = [h for h in find_triggers(sentence(text)) if sentence(text).tokens[h.token].text == verb]
    assert [sentence(text).tokens[i].text for i in hit.objects] == [noun]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya ordered the release of the Ugandan crew.", ["release"]),
        ("Kenya announced the release of the Ugandan crew.", ["release"]),
    ],
)
def test_who_orders_an_act_tells_it_once(text: str, expected: list[str]) -> None:
    assert [w for w, _ in hits(text) if w in {"ordered", "release"}] == expected


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Peru suspended its aid to Chile.", "SANCTION"),
        ("Peru stopped supporting Chile.", "REJECT"),
        ("Peru walked out of talks with Chile.", "REJECT"),
        ("Peru lifted the suspension of aid to Chile.", "CONCEDE"),
        ("Peru put its aid to Chile on hold.", "SANCTION"),
    ],
)
def test_what_is_held_back_is_not_given_and_its_return_is_no_cut(text: str, event: str) -> None:
    kinds = {kind for _, kind in hits(text)}
    assert event in kinds or kinds <= {"SANCTION", "REJECT"}
    assert not kinds & {"AID", "CONSULT", "SUPPORT", "COOPERATE"}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Peru raised its aid to Chile.", "AID"),
        ("Peru began supporting Chile.", "SUPPORT"),
        ("Peru came out of talks with Chile.", "CONSULT"),
        ("Peru put its aid to Chile on show.", "AID"),
    ],
)
def test_what_is_given_and_what_ends_is_told(text: str, event: str) -> None:
    assert event in {kind for _, kind in hits(text)}


@pytest.mark.parametrize(
    ("text", "word", "held"),
    [
        ("Peru would hold back food aid.", "hold", True),
        ("Peru agreed to hold back its aid.", "agreed", True),
        ("The talks were suspended.", "suspended", True),
        ("Peru gave no aid to Chile.", "gave", True),
        ("Peru made its aid conditional on reforms.", "made", True),
        ("Peru did not hold back its aid.", "hold", False),
        ("Peru gave aid to Chile.", "gave", False),
        ("The talks were resumed.", "resumed", False),
        ("Peru made its aid public.", "made", False),
    ],
)
def test_a_word_withholds_aid_or_talks_or_does_not(text: str, word: str, held: bool) -> None:
    one = sentence(text)
    assert withholds(one, next(t.index for t in one.tokens if t.text == word)) is held


@pytest.mark.parametrize(
    ("text", "word", "lemmas", "objects"),
    [
        ("Peru signed a treaty.", "signed", "treaty", ["treaty"]),
        ("Peru signed a treaty and a protocol.", "signed", "treaty protocol", ["treaty", "protocol"]),
        ("A treaty was signed.", "signed", "treaty", ["treaty"]),
        ("The treaty signed in May failed.", "signed", "treaty", ["treaty"]),
        ("Peru approved a treaty package.", "approved", "treaty", ["package"]),
        ("Peru signed a letter on a treaty.", "signed", "treaty", []),
        ("Peru signed.", "signed", "treaty", []),
    ],
)
def test_an_object_counts_by_its_head_or_by_a_noun_before_it(
    text: str, word: str, lemmas: str, objects: list[str]
) -> None:
    one = sentence(text)
    at = next(t.index for t in one.tokens if t.text == word)
    found = objects_of(one, at, frozenset(lemmas.split()))
    assert [one.tokens[i].text for i in found] == objects


def test_behind_a_preposition_an_object_counts_only_where_it_is_asked_for() -> None:
    one = sentence("Peru called for a treaty.")
    at = next(t.index for t in one.tokens if t.text == "called")
    assert objects_of(one, at, frozenset({"treaty"})) == ()
    assert len(objects_of(one, at, frozenset({"treaty"}), oblique=True)) == 1


TEXTS = (
    "Peru condemned Chile, held talks with Bolivia and asked Norway to send aid.",
    "After the attack, the accused spy was arrested, and sanctions that had been lifted were imposed again.",
    "Peru.",
    "...",
)


@pytest.mark.parametrize("text", TEXTS)
def test_each_word_tells_at_most_one_event_in_text_order(text: str) -> None:
    found = find_triggers(sentence(text))
    tokens = [h.token for h in found]
    assert tokens == sorted(set(tokens))
    assert find_triggers(sentence(text)) == found
    assert all(h.trigger.event in plover.events() and h.trigger.frame in plover.frames() for h in found)
    assert not {i for h in found for i in h.objects} & {h.token for h in found if not h.trigger.lemma}


def test_who_changes_the_list_that_was_given_changes_nothing_for_others() -> None:
    first = find_triggers(sentence(TEXTS[0]))
    first.clear()
    assert find_triggers(sentence(TEXTS[0]))


def test_a_trigger_of_an_idiom_asks_for_nothing_beside_it() -> None:
    made = trigger("SANCTION", "162", mode="discontinue", pos="NOUN", frame="noun")
    assert (made.objects, made.prepositions, made.weight) == (frozenset(), frozenset(), 0)
    assert (made.event, made.cameo, made.mode, made.frame) == ("SANCTION", "162", "discontinue", "noun")
