"""The addresses of the site: which page answers, what may be asked, in which forms."""

from collections.abc import Callable
from dataclasses import dataclass

from comity.site import articles, atlas, doubt, dyads, evidence, front, states, treaties
from comity.site.answer import Ask, Page
from comity.site.parameters import (
    AREA,
    DUE,
    FACT,
    FROM,
    KINDS,
    KNOWN,
    LEAST,
    LEAST_TOLD,
    ON,
    PAGE,
    PULLED,
    SORTS,
    STAGES,
    STANDS,
    STATE,
    STATES,
    STATUS,
    TO,
    TYPES,
    WIDTH,
    Parameter,
)

_TABLES = ("html", "json", "csv", "metadata.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place on the site. `path` names its parts in braces; `slow` ones are worked out while their head is sent."""

    path: str
    page: Callable[[Ask], Page]
    told: str
    parameters: tuple[Parameter, ...] = ()
    forms: tuple[str, ...] = _TABLES


_CHRONICLE = (ON, KNOWN, FROM, TO, KINDS, TYPES, STATUS, LEAST, PAGE, FACT, WIDTH, PULLED)

ADDRESSES = (
    Address(path="/index", page=front.front, told="The pairs of states that most is told of."),
    Address(
        path="/dyad/{a}/{b}",
        page=dyads.dyad,
        told="The relation of two states: summary, strip of four lanes, chronicle, dossier.",
        parameters=_CHRONICLE,
        forms=(*_TABLES, "svg"),
    ),
    Address(path="/states", page=states.states_page, told="The states of which anything is told."),
    Address(
        path="/state/{code}",
        page=states.state_page,
        told="One state: its partners ranked, who pulls at it.",
        parameters=(PAGE,),
    ),
    Address(
        path="/agreements",
        page=treaties.agreements_page,
        told="Agreements with their status on a day, by how they stand, kind, area and what comes up.",
        parameters=(STATES, ON, KNOWN, STANDS, STAGES, SORTS, AREA, DUE, PAGE),
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
    ),
    Address(
        path="/document/{key}",
        page=articles.article,
        told="One report as it was stored, with every record that was read from it.",
        parameters=(FACT,),
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
    Address(path="/coverage", page=doubt.doubt, told="What the ledger covers, and how far it can be wrong."),
    Address(path="/about", page=front.about, told="What this is, how to cite it, what the map takes no side on."),
)
"""All addresses that are asked with GET."""
