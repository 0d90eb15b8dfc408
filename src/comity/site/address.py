"""The addresses of the site: which page answers, with which parameters, in which formats."""

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
    LEAST_STATEMENTS,
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
    """An address of the site. `path` has its variable parts in braces; `others` are formats with own functions."""

    path: str
    page: Callable[[Ask], Page]
    summary: str
    parameters: tuple[Parameter, ...] = ()
    forms: tuple[str, ...] = _TABLES
    others: Mapping[str, Callable[[Ask], str]] = field(default_factory=dict)

    @property
    def every_form(self) -> tuple[str, ...]:
        """All formats in which it answers."""
        return (*self.forms, *self.others)


_CHRONICLE = (ON, KNOWN, FROM, TO, KINDS, TYPES, STATUS, LEAST, PAGE, FACT, WIDTH, PULLED)

ADDRESSES = (
    Address(path="/index", page=front.front, summary="The dyads with the most statements."),
    Address(
        path="/dyad/{a}/{b}",
        page=dyads.dyad,
        summary="The relations of two states: summary, strip of four lanes, chronicle, dossier.",
        parameters=_CHRONICLE,
        forms=(*_TABLES, "svg"),
        others={"ics": exports.calendar, "atom": exports.feed, **_REFERENCES},
    ),
    Address(
        path="/dyad/{a}/{b}/brief",
        page=exports.brief_page,
        summary="Two states on one printed page: what is coming up, what is in force, the latest events.",
        parameters=(ON, KNOWN),
    ),
    Address(
        path="/calendar",
        page=exports.calendar_page,
        summary="Terms that end, last days for notice and planned visits, the earliest first.",
        parameters=(OF, ON, KNOWN, WITHIN, PAGE),
        others={"ics": exports.calendar},
    ),
    Address(
        path="/queue",
        page=editing.queue_page,
        summary="The facts from whose judgement most is gained, the least certain and most used first.",
        parameters=(OF, KINDS, SIGNED),
    ),
    Address(
        path="/compare",
        page=comparison.comparison,
        summary="Two dyads side by side, over the same period.",
        parameters=(*PAIRS, ON, KNOWN, FROM, TO),
    ),
    Address(path="/states", page=states.states_page, summary="The states on which there are statements."),
    Address(
        path="/state/{code}",
        page=states.state_page,
        others={"atom": exports.feed},
        summary="One state: latest reports, partners ranked, agreements in force, visits, who exerts influence.",
        parameters=(ON, BY, PAGE),
    ),
    Address(
        path="/events",
        page=tables.events_page,
        summary="All events, filtered, searched, sorted, or counted by year, month, actor, recipient, type and status.",
        parameters=table_parameters.EVENTS,
    ),
    Address(
        path="/visits",
        page=tables.visits_page,
        summary="All visits, filtered, searched, sorted, or counted by year, month, visitor, host, rank and status.",
        parameters=table_parameters.VISITS,
    ),
    Address(
        path="/figures",
        page=tables.figures_page,
        summary="All figures in reports on two states, filtered, searched, sorted or counted.",
        parameters=table_parameters.FIGURES,
    ),
    Address(path="/glossary", page=tables.glossary_page, summary="What the codes mean in plain words."),
    Address(
        path="/agreements",
        page=treaties.agreements_page,
        summary="Agreements with their status on a day, by heading, kind, subject, what is coming up, and report.",
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
        summary="One agreement: its acts on three axes, its predecessors and successors.",
        parameters=(ON, KNOWN),
    ),
    Address(
        path="/fact/{key:path}",
        page=evidence.evidence,
        summary="One fact with its sources and exact quotes; an agreement with its status on a day.",
        parameters=(ON, KNOWN),
        others=_REFERENCES,
    ),
    Address(
        path="/document/{key}",
        page=articles.article,
        summary="One report as stored, with every record read from it.",
        parameters=(FACT,),
        others=_REFERENCES,
    ),
    Address(
        path="/search",
        page=search.found,
        summary="Reports that contain words and phrases, with the passages and facts.",
        parameters=(WORDS, ABOUT, FROM, TO, WHERE, ORDER, PAGE),
    ),
    Address(
        path="/map",
        page=atlas.map_page,
        summary="Where events and visits are reported to have taken place.",
        parameters=(STATE, FROM, TO, PAGE),
    ),
    Address(
        path="/network",
        page=atlas.network_page,
        summary="Which states are mentioned together, and how often.",
        parameters=(STATE, FROM, TO, KINDS, LEAST_STATEMENTS, PAGE),
    ),
    Address(
        path="/changes",
        page=changes.changes_page,
        summary="What was added to the ledger since a day: facts, stages, sources, ended terms, judgements.",
        parameters=changes.PARAMETERS,
        others={"atom": changes.feed},
    ),
    Address(path="/coverage", page=coverage.coverage, summary="What the ledger covers, and its error rates."),
    Address(
        path="/about", page=front.about, summary="What this is, how to cite it, and the policy on contested borders."
    ),
)
"""All addresses that answer GET."""
