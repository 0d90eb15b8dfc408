"""Role words of hand-read articles: what is given, what is asked, and what counts as right."""

import gzip
import json

import pytest

from comity.errors import InputError
from comity.evaluation.roles import RoleEvent, Word, article_of, occurrence, read_corpus, role_events, score_roles
from comity.mentions.antecedents import scene_of

TEXT = "Peru accused Chile of spying.\n\nThe two countries will meet in Lima. They hope for peace."


def found(records, text=TEXT):
    return {"id": "a", "title": None, "date": "2019-05-04", "text": text, "records": records}


def event(**more):
    return {"p": 1, "k": "event", "type": "ACCUSE", "status": "occurred", "main": 1, "trig": "accused", **more}


def events(*records):
    document = found(list(records))
    return list(role_events(document, scene_of(article_of(document))))


def test_words_that_name_a_state_are_read_as_it():
    (one,) = events(event(actor=[["Peru", "PER"]], rec=[["Chile", "CHL"]]))
    assert one.both
    assert [w.right for w in one.words] == [1.0, 1.0]
    assert all(w.question is None for w in one.words)


def test_words_that_name_nobody_are_asked_of_the_network():
    pair = [["The two countries", "PER"], ["The two countries", "CHL"]]
    (one,) = events(event(p=2, trig="meet", actor=pair, rec=[]))
    assert one.words[0].question.form == "two"
    assert one.words[0].found == {"PER", "CHL"}


def test_a_party_that_is_left_out_is_asked_for_without_words():
    (one,) = events(event(actor=[["", "PER"]], rec=[["Chile", "CHL"]]))
    left = next(w for w in one.words if not w.tokens)
    assert left.question.form == "left out"
    assert left.question.taken == {"CHL"}


def test_an_unknown_party_is_right_where_nobody_is_found():
    word = Word("a", "actor", "gunmen", (1,), frozenset({"XXX"}), frozenset())
    assert word.right == 1.0
    assert not Word("a", "actor", "gunmen", (1,), frozenset({"XXX"}), frozenset({"PER"})).right


def test_one_party_too_many_makes_the_event_wrong():
    words = (
        Word("a", "actor", "Peru", (0,), frozenset({"PER"}), frozenset({"PER", "BOL"})),
        Word("a", "rec", "Chile", (2,), frozenset({"CHL"}), frozenset({"CHL"})),
    )
    assert not RoleEvent("a", 0, 1, main=True, words=words).both


def test_words_are_found_at_the_occurrence_that_is_marked():
    assert occurrence("he said that he", "he") == (0, 2)
    assert occurrence("the man said he", "he#2") == (13, 15)
    assert occurrence("nothing here", "absent") is None


def test_the_parts_of_the_corpus_share_no_article(tmp_path):
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(found([]) | {"id": f"x{n}"}) + "\n" for n in range(40))
    parts = [
        {d["id"] for d in read_corpus(tmp_path / "articles.jsonl.gz", half=h)} for h in ("development", "held out")
    ]
    assert parts[0] | parts[1] == {f"x{n}" for n in range(40)}
    assert not parts[0] & parts[1]
    assert parts[1]


def test_a_missing_corpus_is_named(tmp_path):
    with pytest.raises(InputError, match="articles"):
        score_roles(tmp_path, half="held out")


def test_held_out_articles_reach_the_floors(shared):
    scores, missed = score_roles(shared / "corpus", half="held out")
    assert all(s.is_met for s in scores)
    assert {s.figure for s in scores if s.floor is not None} == {"words", "main_events"}
    assert missed
