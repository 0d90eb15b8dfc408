"""Later short names, offices, "he" and "I" mean whom the report has named before."""

import pytest

from comity.document.document import Document
from comity.mentions.actors import Memory
from comity.mentions.mention import ActorMention
from comity.mentions.reader import read_article


def met(*people: tuple[str | None, str | None, str | None]) -> Memory:
    """What a report remembers that has named these: name, office and state."""
    memory = Memory()
    for n, (name, role, state) in enumerate(people):
        memory.meet(ActorMention(n, 0, 1, 0, 0, 1, name or "", "person", name=name, role=role, state=state))
    return memory


ROJAS, QUISPE = ("Ana Rojas", "President", "CHL"), ("Julio Quispe", "Foreign Minister", "PER")


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Rojas", "Ana Rojas"),
        ("Ana Rojas", "Ana Rojas"),
        ("ana rojas", "Ana Rojas"),
        ("Ana", "Ana Rojas"),
        ("Rojas’s", "Ana Rojas"),
        ("A. Rojas", "Ana Rojas"),
        ("Pedro Rojas", None),
        ("Quispe", "Julio Quispe"),
        ("Julio", "Julio Quispe"),
        ("Roja", None),
        ("Ana Quispe", None),
        ("", None),
    ],
)
def test_a_short_name_is_a_part_of_a_full_one(name: str, who: str | None) -> None:
    found = met(ROJAS, QUISPE).person(name)
    assert (found.name if found else None) == who


def test_of_two_with_one_surname_the_latest_is_meant() -> None:
    found = met(ROJAS, ("Luis Rojas", "Minister", "PER")).person("Rojas")
    assert found is not None
    assert found.name == "Luis Rojas"


def test_the_surname_alone_met_first_is_carried_by_the_full_name() -> None:
    found = met(("Rojas", "President", "CHL")).person("Ana Rojas")
    assert found is None or found.name == "Rojas"


def test_somebody_without_a_name_is_nobody_by_name() -> None:
    assert met((None, "President", "CHL")).person("Rojas") is None


@pytest.mark.parametrize(
    ("role", "state", "who"),
    [
        ("President", None, "Ana Rojas"),
        ("president", None, "Ana Rojas"),
        ("president", "CHL", "Ana Rojas"),
        ("president", "PER", None),
        ("foreign minister", None, "Julio Quispe"),
        ("minister", None, None),
        ("envoy", None, None),
    ],
)
def test_an_office_means_whoever_was_named_in_it(role: str, state: str | None, who: str | None) -> None:
    found = met(ROJAS, QUISPE, (None, "Envoy", "PER")).role(role, state)
    assert (found.name if found else None) == who


def actors(text: str) -> list[ActorMention]:
    return list(read_article(Document(id="d", text=text, published="2019-09-02", language="en")).actors)


@pytest.mark.parametrize(
    ("text", "role", "state"),
    [
        ("Peruvian President Julio Quispe met his Chilean counterpart Ana Rojas.", "President", "CHL"),
        ("Peruvian Foreign Minister Julio Quispe met his Chilean counterpart Ana Rojas.", "Foreign Minister", "CHL"),
        ("Peruvian President Julio Quispe flew home. His Chilean counterpart Ana Rojas stayed.", "President", "CHL"),
        ("The Chilean counterpart Ana Rojas stayed.", None, "CHL"),
    ],
)
def test_a_counterpart_has_the_office_of_the_other(text: str, role: str | None, state: str) -> None:
    found = next(m for m in actors(text) if m.name == "Ana Rojas")
    assert (found.role, found.state) == (role, state)


STATEMENT = "Statement by Peruvian President Julio Quispe\n\n"


@pytest.mark.parametrize("word", ["I", "We", "My", "Our"])
def test_a_statement_speaks_for_its_author(word: str) -> None:
    text = STATEMENT + {"I": "I", "We": "We"}.get(word, f"{word} government") + " condemn the attack."
    found = next(m for m in actors(text) if m.text == word)
    assert (found.states, found.antecedent and found.antecedent[0]) == (("PER",), "Peruvian President Julio Quispe")


@pytest.mark.parametrize("lead", ["Remarks by", "Joint Statement by", "Message from", "Letter from", "Speech by"])
def test_other_papers_of_one_person_are_their_authors_own_voice(lead: str) -> None:
    text = f"{lead} Peruvian President Julio Quispe\n\nI condemn the attack."
    assert next(m for m in actors(text) if m.text == "I").states == ("PER",)


def test_a_report_is_nobodys_own_voice() -> None:
    text = "Peruvian President Julio Quispe spoke.\n\nI was there when it rained on the road."
    assert [m.text for m in actors(text) if m.text == "I"] == []


def test_he_is_the_subject_rather_than_whoever_stood_last() -> None:
    text = "Peruvian President Julio Quispe will meet Chilean President Ana Rojas when he visits Santiago."
    assert next(m for m in actors(text) if m.text == "he").name == "Julio Quispe"


def test_the_delegation_is_the_one_that_was_named() -> None:
    text = "A Chilean delegation left. A Peruvian delegation came. The delegation ate."
    found = [m for m in actors(text) if m.text == "The delegation"]
    assert [m.states for m in found] == [("PER",)]
    assert [m.antecedent and m.antecedent[0] for m in found] == ["Peruvian delegation"]
