"""A person's word on a fact: signed, dated, kept when reports are read again."""

import pytest

import comity
from comity.errors import FactError, InputError


def the_new(led, **more):
    return next((r for r in led.agreements("RUS", "MNG", on="2020-09-22", **more) if "strategic" in r["title"]), None)


def test_a_rejected_fact_is_gone_from_every_answer_and_can_be_taken_back(own):
    with comity.open(own) as led:
        key = the_new(led)["id"]
        led.judge(key, "reject", signed="A. Reader", dated="2021-01-05", note="another treaty")
        assert the_new(led) is None
        led.judge(key, "accept", signed="A. Reader", dated="2021-01-06")
        assert the_new(led) is not None


def test_a_rejection_holds_from_its_day_on(own):
    with comity.open(own) as led:
        key = the_new(led)["id"]
        led.judge(key, "reject", signed="A. Reader", dated="2021-01-05")
        assert the_new(led, known="2020-12-31") is not None


def test_a_correction_stands_before_what_reports_say_and_names_its_author(own):
    with comity.open(own) as led:
        key = the_new(led)["id"]
        led.judge(
            key, "correct", {"entered into force": "2020-09-20", "notice": "P12M"}, signed="B", dated="2021-01-05"
        )
        row = the_new(led)
        assert (row["entered"], row["notice"], row["note"]) == ("2020-09-20", "P12M", None)
        shown = led.show(key)
    assert shown["judgements"][0]["signed"] == "B"
    assert any(a["sources"] == ["judgement:1"] for a in shown["acts"])


def test_a_correction_can_state_what_no_report_says_of_the_term(own):
    with comity.open(own) as led:
        old = next(r for r in led.agreements("RUS", "MNG", on="2019-12-31") if "strategic" not in r["title"])
        changes = {"duration": "P3Y", "renewal": "P1Y", "afterwards": "indefinite"}
        led.judge(old["id"], "correct", changes, signed="B", dated="2021-01-05")
        row = next(r for r in led.agreements("RUS", "MNG", on="2019-12-31") if r["id"] == old["id"])
    assert (row["effect"], row["term_end"]) == ("in force", None)


def test_a_judgement_survives_reading_again(own):
    with comity.open(own) as led:
        key = the_new(led)["id"]
        led.judge(key, "correct", {"title": "Treaty of Friendship"}, signed="B", dated="2021-01-05")
        before = list(led.export())
        assert led.rebuild(read_again=True) == []
        assert list(led.export()) == before
        assert led.check() == []
        assert any(r["title"] == "Treaty of Friendship" for r in led.agreements("RUS", "MNG"))


def test_two_facts_can_be_made_one_and_parted_again(own):
    with comity.open(own) as led:
        one, other = [e["id"] for e in led.events("RUS", "MNG")][:2]
        count = len(led.events("RUS", "MNG"))
        led.judge(one, "same", {"other": other}, signed="B", dated="2021-01-05")
        assert len(led.events("RUS", "MNG")) == count - 1
        assert led.fact(one).id == led.fact(other).id
        led.judge(one, "accept", signed="B", dated="2021-01-06")
        assert len(led.events("RUS", "MNG")) == count


def test_a_statement_can_be_taken_out_of_its_fact(own):
    with comity.open(own) as led:
        fact = led.fact(the_new(led)["id"])
        statement = fact.statements[-1].id
        led.judge(statement, "apart", signed="B", dated="2021-01-05")
        assert led.fact(statement).id != fact.id
        assert len(led.fact(fact.id).statements) == len(fact.statements) - 1


def test_an_id_once_given_leads_to_its_fact_when_an_earlier_report_joins(own, tmp_path):
    import json

    with comity.open(own) as led:
        key = the_new(led)["id"]
        earlier = {
            "id": "rumour",
            "title": None,
            "date": "2019-08-20",
            "text": "Russia and Mongolia will sign a treaty on friendly relations and comprehensive strategic "
            "partnership in Ulaanbaatar on September 3.",
        }
        (tmp_path / "more.jsonl").write_text(json.dumps(earlier) + "\n", encoding="utf-8")
        led.add(tmp_path / "more.jsonl")
        assert the_new(led)["id"] != key
        assert led.fact(key).id == the_new(led)["id"]


@pytest.mark.parametrize(
    ("changes", "way_out"),
    [
        ({"colour": "red"}, "has no field"),
        ({"entered into force": "soon"}, "YYYY-MM-DD"),
        ({"duration": "long"}, "P20Y"),
        ({"renewal": "five"}, "P5Y"),
        ({"count": "some"}, "no number"),
        ({"force": "magic"}, "none of"),
        ({}, "FIELD=VALUE"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused_with_the_way_out(own, changes, way_out):
    with comity.open(own) as led:
        key = the_new(led)["id"]
        with pytest.raises(InputError, match=way_out):
            led.judge(key, "correct", changes, signed="B", dated="2021-01-05")


def test_a_judgement_needs_a_name_a_day_and_a_fact(own):
    with comity.open(own) as led:
        key = the_new(led)["id"]
        with pytest.raises(InputError, match="name"):
            led.judge(key, "accept", signed=" ", dated="2021-01-05")
        with pytest.raises(InputError, match="date"):
            led.judge(key, "accept", signed="B", dated="today")
        with pytest.raises(FactError, match="holds no fact"):
            led.judge("fact:agreement:0000", "accept", signed="B", dated="2021-01-05")


def test_an_open_ledger_never_answers_from_before_a_judgement_or_an_addition(own, short):
    with comity.open(own) as led:
        assert the_new(led) is not None
        led.judge(the_new(led)["id"], "reject", signed="B", dated="2021-01-05")
        assert the_new(led) is None
        before = len(led.facts())
        led.add(short)
        assert len(led.facts()) > before


def test_how_many_answers_are_kept_is_a_setting(own):
    from comity.settings import Settings

    with comity.open(own, settings=Settings(answers_cached=1)) as led:
        assert led.facts("RUS") == led.facts("RUS")
        assert led.facts("MNG", kinds=("event",)) != led.facts("RUS")


def test_a_rebuild_without_reading_keeps_every_byte_of_the_export(own):
    with comity.open(own) as led:
        before = list(led.export())
        led.rebuild()
        assert list(led.export()) == before
        assert led.check() == []
    assert not list(own.parent.glob("*.rebuild*"))
