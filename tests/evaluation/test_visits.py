"""A trip counts where an article reports it with its day; it is found by its host, its traveller and its day."""

import gzip
import json
from datetime import date

import pytest

from comity.document.document import Document
from comity.errors import InputError
from comity.evaluation.visits import Trip, finds, reporting, score_visits
from comity.records.record import Actor, Visit

TRIP = Trip("Joseph R. Biden", "President", date(2023, 7, 9), date(2023, 7, 10), "GBR", ("United Kingdom", "London"))


def marked(text: str, published: str = "2023-07-02") -> bool:
    return bool(list(reporting(TRIP, [Document(id="a", text=text, title="News", published=published)])))


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("President Biden will travel to London on July 9.", "2023-07-02"),
        ("On Sunday, the President will visit the United Kingdom.", "2023-07-05"),
        ("The President arrived in London yesterday.", "2023-07-10"),
    ],
)
def test_an_article_reports_a_trip_by_traveller_host_travel_and_day(text, published):
    assert marked(text, published)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("President Biden will travel to London this summer.", "2023-07-02"),
        ("President Biden will travel to London on July 19.", "2023-07-02"),
        ("President Biden spoke of London on July 9.", "2023-07-02"),
        ("The delegation will travel to London on July 9.", "2023-07-02"),
        ("President Biden travelled to London on July 9.", "2023-12-02"),
    ],
)
def test_what_does_not_report_it_is_not_asked_for(text, published):
    assert not marked(text, published)


def visit(
    host: str = "GBR", day: str | None = "2023-07-09", name: str | None = "Joe Biden", state: str = "USA"
) -> Visit:
    guest = Actor(text="guest", name=name, role="President", state=state)
    return Visit(visitors=(guest,), host=host, date=day)


@pytest.mark.parametrize("day", ["2023-07-09", "2023-07-08", "2023-07-11", "2023-07-05/2023-07-08"])
def test_a_trip_is_found_within_a_day(day):
    assert finds(visit(day=day), TRIP)


@pytest.mark.parametrize(
    "other",
    [visit(host="FRA"), visit(day="2023-07-13"), visit(day="2023-07"), visit(day=None), visit(name="Jake Sullivan"),
     visit(state="GBR")],
)  # fmt: skip
def test_another_host_day_or_traveller_is_another_trip(other):
    assert not finds(other, TRIP)


def corpus(folder, sentences: list[str]):
    rows = ["role,name,start_date,end_date,country,locale"]
    rows += [
        f"president,Joseph R. Biden,2023-07-{n:02d},2023-07-{n:02d},Norway,Oslo" for n in range(1, len(sentences) + 1)
    ]
    (folder / "us_travels.csv.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    lines = [
        json.dumps(
            {"id": str(n), "title": "News", "date": "2023-06-25", "url": "https://www.whitehouse.gov/x", "text": s}
        )
        for n, s in enumerate(sentences)
    ]
    for name in ("whitehouse", "whitehouse_transcripts_actions"):
        text = "\n".join(lines) if name == "whitehouse" else ""
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(text.encode()))


def test_recall_is_the_share_of_the_reported_trips(tmp_path):
    corpus(tmp_path, [f"President Biden will travel to Oslo, Norway, on July {n}." for n in range(1, 20, 3)])
    both = [score_visits(tmp_path, tmp_path, half=half)[0][0] for half in ("development", "held out")]
    assert {s.value for s in both if s.cases} == {1.0}


def test_a_trip_reported_but_not_read_is_listed_with_its_sentence(tmp_path):
    text = "July 1: trip of Biden, Oslo."
    corpus(tmp_path, [text])
    missed = [m for half in ("development", "held out") for m in score_visits(tmp_path, tmp_path, half=half)[1]]
    assert [m.sentences for m in missed] == [(text,)]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="us_travels"):
        score_visits(tmp_path, tmp_path)


def test_seven_of_ten_trips_are_found(shared):
    (score,), _ = score_visits(shared / "data", shared / "news")
    assert score.cases
    assert score.value >= 0.7
