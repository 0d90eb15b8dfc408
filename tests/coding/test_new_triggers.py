"""A row added to the table of triggers is read at once, whatever networks that never met the word make of it."""

from comity import read
from comity.coding.event_verdicts import by_rule_alone, is_new
from comity.coding.weighing import FEATURES, NEW, learnt_triggers, probability
from comity.document.document import Document
from comity.knowledge import plover
from comity.language.analysis import analyse

MIDDLING = 0.75
"""What rules find is right in three of five reports; a new row is trusted no more than that, as long as it is new."""


def test_a_word_with_a_new_row_is_coded_by_it_alone() -> None:
    # if "expropriate" has been learnt since, take another word that was added after the weights
    text = "Bolivia's government has expropriated the gas fields of Brazil."
    (event,) = read(text).events
    assert (event.event, event.actor[0].state, event.recipient[0].state) == ("COERCE", "BOL", "BRA")
    assert 0.5 <= event.confidence <= MIDDLING


def test_a_new_row_is_bound_by_status_and_by_the_parties_that_it_needs() -> None:
    assert not read("Bolivia may expropriate the gas fields of Brazil, a columnist wrote.").events
    assert not read("Bolivia has expropriated its farmers, a paper in Brazil wrote.").events


def test_only_words_of_the_table_that_the_weights_do_not_know_are_new() -> None:
    (sentence,) = analyse(Document(id="d", text="They expropriated, seized and admired the fields.", language="en"))
    assert {t.text for t in sentence.tokens if is_new(sentence, t.index)} == {"expropriated"}
    assert learnt_triggers() & set(plover.triggers())


def test_the_weights_for_new_rows_hear_of_no_network() -> None:
    features = [0.0] * len(FEATURES["event"])
    for name in ("seen", "seen nearby", "word", "actor", "recipient", "between", "nothing", "unnamed"):
        changed = list(features)
        changed[FEATURES["event"].index(name)] = 4.0
        assert probability(NEW, by_rule_alone(changed)) == probability(NEW, by_rule_alone(features))
