"""The addresses of the site: which page answers, what may be asked, in which forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from comity.site import (
    articles,
    atlas,
    changes,
    comparison,
    coverage,
    dyads,
    editing,
    evidence,
    exports,
    front,
    search,
    states,
    table_parameters,
    tables,
    treaties,
)
from comity.site.answer import Ask, Page
from comity.site.parameters import (
    ABOUT,
    AREA,
    BY,
    DUE,
    ENDS,
    FACT,
    FROM,
    KINDS,
    KNOWN,
    LEAST,
    LEAST_TOLD,
    OF,
    ON,
    ORDER,
    PAGE,
    PAIRS,
    PULLED,
    SIGNED,
    SORT,
    SORTS,
    STAGES,
    STANDS,
    STATE,
    STATES,
    STATUS,
    SUBJECT,
    TITLE,
    TO,
    TYPES,
    WHERE,
    WIDTH,
    WITHIN,
    WORDS,
    Parameter,
)

_TABLES = ("html", "json", "csv", "xlsx", "metadata.json")
_REFERENCES: dict[str, Callable[[Ask], str]] = {"ris": exports.ris, "bib": exports.bibtex}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place on the site. `path` names its parts in braces; `others` are forms with a maker of their own."""

    path: str
    page: Callable[[Ask], Page]
    told: str
    parameters: tuple[Parameter, ...] = ()
    forms: tuple[str, ...] = _TABLES
    others: Mapping[str, Callable[[Ask], str]] = field(default_factory=dict)

    @property
    def every_form(self) -> tuple[str, ...]:
        """All forms in which it answers."""
        return (*self.forms, *self.others)


_CHRONICLE = (ON, KNOWN, FROM, TO, KINDS, TYPES, STATUS, LEAST, PAGE, FACT, WIDTH, PULLED)

ADDRESSES = (
    Address(path="/index", page=front.front, told="The pairs of states that most is told of."),
    Address(
        path="/dyad/{a}/{b}",
        page=dyads.dyad,
        told="The relation of two states: summary, strip of four lanes, chronicle, dossier.",
        parameters=_CHRONICLE,
        forms=(*_TABLES, "svg"),
        others={"ics": exports.calendar, "atom": exports.feed, **_REFERENCES},
    ),
    Address(
        path="/dyad/{a}/{b}/brief",
        page=exports.brief_page,
        told="Two states on one printed page: what comes up, what is in force, the latest.",
        parameters=(ON, KNOWN),
    ),
    Address(
        path="/calendar",
        page=exports.calendar_page,
        told="Terms that end, last days for notice and planned visits, the earliest first.",
        parameters=(OF, ON, KNOWN, WITHIN, PAGE),
        others={"ics": exports.calendar},
    ),
    Address(
        path="/queue",
        page=editing.queue_page,
        told="Facts that most is gained by judging, the least sure and most used first.",
        parameters=(OF, KINDS, SIGNED),
    ),
    Address(
        path="/compare",
        page=comparison.comparison,
        told="Two pairs of states side by side, on the same days.",
        parameters=(*PAIRS, ON, KNOWN, FROM, TO),
    ),
    Address(path="/states", page=states.states_page, told="The states of which anything is told."),
    Address(
        path="/state/{code}",
        page=states.state_page,
        others={"atom": exports.feed},
        told="One state: what was told last, its partners ranked, agreements in force, who visits, who pulls at it.",
        parameters=(ON, BY, PAGE),
    ),
    Address(
        path="/events",
        page=tables.events_page,
        told="All events, filtered, searched, sorted, or counted by year, month, side, type and status.",
        parameters=table_parameters.EVENTS,
    ),
    Address(
        path="/visits",
        page=tables.visits_page,
        told="All visits, filtered, searched, sorted, or counted by year, month, visitor, host, rank and status.",
        parameters=table_parameters.VISITS,
    ),
    Address(
        path="/figures",
        page=tables.figures_page,
        told="All figures that reports give between states, filtered, searched, sorted or counted.",
        parameters=table_parameters.FIGURES,
    ),
    Address(path="/glossary", page=tables.glossary_page, told="What the codes mean in plain words."),
    Address(
        path="/agreements",
        page=treaties.agreements_page,
        told="Agreements with their status on a day, by how they stand, kind, subject, what comes up, and report.",
        parameters=(
            STATES,
            ON,
            KNOWN,
            TITLE,
            table_parameters.SEARCH,
            SUBJECT,
            STANDS,
            STAGES,
            SORTS,
            AREA,
            DUE,
            ENDS,
            table_parameters.SURE,
            table_parameters.OUTLET,
            table_parameters.SAID_BY,
            SORT,
            PAGE,
        ),
    ),
    Address(
        path="/agreement/{key:path}",
        page=treaties.agreement_page,
        told="One agreement: its acts on three axes, its predecessors and successors.",
        parameters=(ON, KNOWN),
    ),
    Address(
        path="/fact/{key:path}",
        page=evidence.evidence,
        told="One fact with its sources and exact quotes; an agreement as it stands on a day.",
        parameters=(ON, KNOWN),
        others=_REFERENCES,
    ),
    Address(
        path="/document/{key}",
        page=articles.article,
        told="One report as it was stored, with every record that was read from it.",
        parameters=(FACT,),
        others=_REFERENCES,
    ),
    Address(
        path="/search",
        page=search.found,
        told="Reports that hold words and phrases, with the passages and the facts that they tell.",
        parameters=(WORDS, ABOUT, FROM, TO, WHERE, ORDER, PAGE),
    ),
    Address(
        path="/map",
        page=atlas.map_page,
        told="Where events and visits are told to have taken place.",
        parameters=(STATE, FROM, TO, PAGE),
    ),
    Address(
        path="/network",
        page=atlas.network_page,
        told="Which states are told of together, and how often.",
        parameters=(STATE, FROM, TO, KINDS, LEAST_TOLD, PAGE),
    ),
    Address(
        path="/changes",
        page=changes.changes_page,
        told="What is new since a day by the ledger's own clock: facts, stages, sources, ended terms, judgements.",
        parameters=changes.PARAMETERS,
        others={"atom": changes.feed},
    ),
    Address(path="/coverage", page=coverage.coverage, told="What the ledger covers, and how far it can be wrong."),
    Address(path="/about", page=front.about, told="What this is, how to cite it, what the map takes no side on."),
)
"""All addresses that are asked with GET."""
