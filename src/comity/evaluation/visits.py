"""Journeys of US presidents and secretaries of state: those in White House articles, and those found.

The Office of the Historian lists each trip with traveller, country, towns and days. An article reports a trip if
one of its sentences, split at full stops and line ends, contains by plain strings, without Comity:

- the traveller ("Biden", "the President", "Blinken", "Secretary of State", …),
- the country or one of the towns,
- a travel word ("travel", "trip", "visit", "arrive", "depart", "head to", …), and
- a day that fits the trip, from the day before its first to the day after its last: by its date ("July 11",
  "11 July", "July 9-13"), as a weekday at most six days from publication, or as today, tomorrow or yesterday;

and if it was published from 30 days before the trip to 14 days after it. A trip reported only without its day is not
included. It is found if the reading of one of these articles contains a visit to the correct state by a visitor of the
United States with that name (or that office, unnamed), on a day that fits; a month alone does not.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from comity.document.document import Document
from comity.evaluation.halves import Half, sample
from comity.evaluation.score import Score, floor_of, need
from comity.evaluation.titles import table
from comity.knowledge.states import by_name
from comity.mentions.edtf import moment
from comity.reading import read_document
from comity.records.record import Actor, Visit

TRIPS = 100
"""The number of reported trips in the sample."""
ARTICLES = 6
"""The maximum number of articles read for one trip, the shortest first."""
_FIRST_YEAR = "2021"
_BEFORE, _AFTER = timedelta(days=30), timedelta(days=14)
_DAY = timedelta(days=1)
_TRAVEL = re.compile(
    r"\b(?:travel\w*|trips?|visit\w*|arriv\w+|depart\w*|leav(?:e|es|ing) for|fl(?:y|ies|ew|ying)|land(?:s|ed|ing)"
    r"|go(?:es|ing)? to|went to|head(?:s|ed|ing)? to|journey\w*|stop(?:s|ped|ping)? in)\b"
)
_CUT = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z“\"])|\n+")
_OFFICES = {"president": "President", "secretary": "Secretary of State"}
# hosts with names particular to the register
_HOSTS = {
    "Korea, South": ("KOR", "South Korea", "Republic of Korea", "ROK"),
    "Democratic Republic of the Congo (Zaire)": ("COD", "Democratic Republic of the Congo", "DRC"),
    "Palestinian Authority": ("PSE", "West Bank", "Ramallah"),
    "West Bank": ("PSE", "West Bank"),
    "Vatican City": ("VAT", "Vatican", "Holy See"),
    "Denmark (Greenland)": ("GRL", "Greenland"),
    "United Kingdom": ("GBR", "United Kingdom", "U.K.", "UK", "England", "Britain", "Northern Ireland"),
    "Türkiye": ("TUR", "Türkiye", "Turkey"),
    "Korea, Republic of": ("KOR", "South Korea", "Republic of Korea", "ROK"),
    "China, People’s Republic of": ("CHN", "China"),
}


@dataclass(frozen=True, slots=True)
class Trip:
    """A trip of the register; `names` are the country and the towns as written in articles."""

    traveller: str
    role: str
    first: date
    last: date
    host: str
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """The identity of the trip."""
        return f"{self.traveller} {self.first} {self.host}"


@dataclass(frozen=True, slots=True)
class Missed:
    """A trip that was not found, the sentences that report it, and the visits that were read instead."""

    trip: Trip
    sentences: tuple[str, ...]
    read: tuple[str, ...]


def score_visits(
    data: Path, news: Path, *, half: Half = "held out", size: int = TRIPS, seed: int = 1
) -> tuple[list[Score], list[Missed]]:
    """The share of the reported trips that readings find with the correct host and day, and those missed.

    `data` is the folder of the register, `news` that of the articles. Raises `InputError` if a file is missing.
    """
    register, *papers = [*need(data, "us_travels.csv.gz"),
                         *need(news, "whitehouse.jsonl.gz", "whitehouse_transcripts_actions.jsonl.gz")]  # fmt: skip
    articles = list(_articles(papers))
    reported = [(trip, found) for trip in trips(register) if (found := list(reporting(trip, articles)))]
    drawn = sample(reported, lambda t: t[0].key, half, size, seed)
    readings: dict[str, tuple[Visit, ...]] = {}
    missed = []
    for trip, sources in drawn:
        near: list[Visit] = []
        for document, _ in sorted(sources, key=lambda s: (len(s[0].text), s[0].id))[:ARTICLES]:
            if document.id not in readings:
                readings[document.id] = read_document(document, kinds=("visit",)).visits
            near += [v for v in readings[document.id] if v.host == trip.host]
            if any(finds(v, trip) for v in near):
                break
        else:
            lines = tuple(s for _, sentences in sources for s in sentences)
            missed.append(
                Missed(trip, lines, tuple(f"{v.date} {[a.name or a.role for a in v.visitors]}" for v in near))
            )
    value = 1 - len(missed) / len(drawn) if drawn else 0.0
    floor = floor_of("visits", "recall", register) if (half, size, seed) == ("held out", TRIPS, 1) else None
    return [Score("visits", "recall", value, floor, len(drawn))], missed


def trips(register: Path) -> list[Trip]:
    """The trips of the register since 2021, each once."""
    out: dict[str, Trip] = {}
    for row in table(register, ","):
        if row["end_date"] < _FIRST_YEAR or row["role"] not in _OFFICES:
            continue
        code, *names = _HOSTS.get(row["country"], ("", row["country"]))
        state = by_name(row["country"])
        towns = [t.strip() for t in row["locale"].split(",")]
        trip = Trip(
            row["name"], _OFFICES[row["role"]], date.fromisoformat(row["start_date"]),
            date.fromisoformat(row["end_date"]), code or (state.code if state else "?"),
            tuple(n for n in (*names, *towns) if n),
        )  # fmt: skip
        out.setdefault(trip.key, trip)
    return list(out.values())


def _articles(papers: Iterable[Path]) -> Iterator[Document]:
    for paper in papers:
        with gzip.open(paper, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if len(row.get("date") or "") == 10 and row["date"] >= _FIRST_YEAR:
                    yield Document(
                        id=row["id"], text=row["text"], title=row["title"], published=row["date"], source=row["url"]
                    )


def reporting(trip: Trip, articles: Iterable[Document]) -> Iterator[tuple[Document, list[str]]]:
    """The articles that report a trip, by the rule of this module, with the sentences that do."""
    surname = trip.traveller.split()[-1]
    office = r"[Tt]he President" if trip.role == "President" else "Secretary of State"
    who = re.compile(rf"\b(?:{surname}|{office})\b")
    where = re.compile(r"\b(?:" + "|".join(re.escape(n) for n in trip.names) + r")(?!\w)")
    since, until = (trip.first - _BEFORE).isoformat(), (trip.last + _AFTER).isoformat()
    for article in articles:
        published = article.published or ""
        if not since <= published <= until or not any(n in article.text for n in trip.names):
            continue
        when = _fitting(trip, date.fromisoformat(published))
        found = [
            s
            for line in (article.title or "", *article.text.splitlines())
            if where.search(line) and when.search(line)
            for s in _CUT.split(line)
            if where.search(s) and who.search(s) and _TRAVEL.search(s)
        ]
        if found:
            yield article, found


def _fitting(trip: Trip, seen: date) -> re.Pattern[str]:
    """The forms in which an article of a given day may write a day of the trip."""
    ways: set[str] = set()
    day = trip.first - _DAY
    while day <= trip.last + _DAY:
        month = f"{day:%B}"
        ways |= {
            rf"{month} {day.day}(?:st|nd|rd|th)?",
            rf"{day.day}(?:st|nd|rd|th)? {month}",
            rf"{month[:3]}\.? {day.day}",
        }
        if abs(day - seen) <= 6 * _DAY:
            ways.add(f"{day:%A}")
        near = {timedelta(0): "today|tonight|this (?:morning|afternoon|evening)", _DAY: "tomorrow", -_DAY: "yesterday"}
        ways |= {near[day - seen]} if day - seen in near else set()
        day += _DAY
    return re.compile(r"\b(?:" + "|".join(sorted(ways)) + r")\b", re.IGNORECASE)


def finds(visit: Visit, trip: Trip) -> bool:
    """Whether a visit in a reading is the trip: its host, its traveller, and a day at most one day away."""
    bounds = [_day(part) for part in (visit.date or "").split("/")]
    if visit.host != trip.host or None in bounds or not any(_is(a, trip) for a in visit.visitors):
        return False
    days = [d for d in bounds if d]
    return days[0] <= trip.last + _DAY and days[-1] >= trip.first - _DAY


def _day(edtf: str) -> date | None:
    found = moment(edtf)
    return found.exact if found else None


def _is(visitor: Actor, trip: Trip) -> bool:
    if visitor.state != "USA":
        return False
    if visitor.name:
        return visitor.name.split()[-1] == trip.traveller.split()[-1]
    return (visitor.role or "").lower() == trip.role.lower()
