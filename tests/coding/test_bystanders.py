"""Who is only named beside an act is no party to it: what a user relies on when he counts who did what to whom."""

import pytest

from comity.coding.contradictions import narrowed, public, uncontradicted
from comity.document.document import Document
from comity.mentions.reader import read_article
from comity.reading import read_document
from comity.records.record import Actor, Event


def reported(text: str, word: str, event: str, actor: list[tuple[str, str]], recipient: list[tuple[str, str]]):
    """An event with parties given by their words, and where the word for it stands."""
    article = read_article(Document(id="d", text=text, title=None, published="2019-05-06", language="en"))
    sentence = article.sentences[0]
    index = next(t.index for t in sentence.tokens if t.text == word)

    def side(some: list[tuple[str, str]]) -> tuple[Actor, ...]:
        return tuple(Actor(text=w, state=c, start=text.index(w), end=text.index(w) + len(w)) for w, c in some)

    return article, sentence, index, Event(document="d", event=event, actor=side(actor), recipient=side(recipient))


@pytest.mark.parametrize(
    ("text", "word", "event", "actor", "recipient", "left"),
    [
        (
            "Portugal defended Norway's attack on a Chilean ship.", "attack", "ASSAULT",
            [("Portugal", "PRT"), ("Norway", "NOR")], [("Chilean", "CHL")], ["NOR"],
        ),
        (
            "Kenya, backed by Uganda, invaded Somalia.", "invaded", "ASSAULT",
            [("Kenya", "KEN"), ("Uganda", "UGA")], [("Somalia", "SOM")], ["KEN"],
        ),
        (
            "Kenya and Uganda invaded Somalia.", "invaded", "ASSAULT",
            [("Kenya", "KEN"), ("Uganda", "UGA")], [("Somalia", "SOM")], ["KEN", "UGA"],
        ),
    ],
)  # fmt: skip
def test_who_backs_an_attacker_does_not_attack(text, word, event, actor, recipient, left):
    assert [a.state for a in narrowed(*reported(text, word, event, actor, recipient)).actor] == left


@pytest.mark.parametrize(
    ("text", "word", "event", "actor", "recipient"),
    [
        ("Danish farmers asked Poland for more time.", "asked", "REQUEST", [("Danish", "DNK")], [("Poland", "POL")]),
    ],
)
def test_firms_and_farmers_are_no_states_that_act(text, word, event, actor, recipient):
    assert public(*reported(text, word, event, actor, recipient)) is None


def test_whom_a_complaint_is_about_may_stand_right_before_who_complains():
    text = "The dispute ended in an accord that Lima, Chilean officials complain, never kept."
    found = reported(text, "complain", "ACCUSE", [("Chilean", "CHL")], [("Lima", "PER")])
    assert public(*found) == found[-1]


def test_criticism_that_somebody_draws_comes_from_nobody_named():
    text = "In Peru the law of Chile has drawn criticism."
    drawn = reported(text, "criticism", "ACCUSE", [("Peru", "PER")], [("Chile", "CHL")])
    assert uncontradicted(*drawn) is None


def test_an_attack_that_one_blames_another_for_is_no_fight_of_both():
    text = "Oman blamed Qatar for the attack."
    assert uncontradicted(*reported(text, "attack", "ASSAULT", [("Oman", "OMN"), ("Qatar", "QAT")], [])) is None


def test_a_state_that_asks_is_kept():
    event = public(*reported("Denmark asked Poland.", "asked", "REQUEST", [("Denmark", "DNK")], [("Poland", "POL")]))
    assert event is not None
    assert [a.state for a in event.actor] == ["DNK"]


def events(text: str) -> list[Event]:
    document = Document(id="d", text=text, title=None, published="2019-05-06", language="en")
    return [r for r in read_document(document).records if isinstance(r, Event)]


def test_thanks_that_somebody_would_like_to_give_are_given():
    said = events('"I would like to thank Norway for its help," the president of Kenya said.')
    assert [e.status for e in said if e.event == "SUPPORT"][:1] == ["occurred"]


def test_the_visiting_guest_is_the_guest():
    event = narrowed(
        *reported(
            "Norway's premier told the visiting Kenyan minister that she was glad.", "visiting", "CONSULT",
            [("Norway", "NOR")], [("Kenyan", "KEN")],
        )
    )  # fmt: skip
    assert ([a.state for a in event.actor], [a.state for a in event.recipient]) == (["KEN"], ["NOR"])
