"""Comity reads reports about what states do with and to each other and keeps the sourced ledger of their relations.

>>> import comity
>>> reading = comity.read("Kenya and Uganda signed a trade agreement in Nairobi.", published="2021-05-04")
>>> [a.stage for a in reading.agreements]
['signed']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from comity.errors import (
    CodeError,
    ComityError,
    CorpusError,
    ExtractionError,
    FactError,
    ForbiddenError,
    FormatError,
    InputError,
    LedgerError,
    LockedError,
    MissingExtraError,
    ModelError,
    StatusError,
    TableError,
)

if TYPE_CHECKING:
    from comity.analysis.dossier import Dossier
    from comity.analysis.open_ledger import OpenLedger as Ledger
    from comity.analysis.open_ledger import open_ledger as open  # noqa: A004 - the library's word for it
    from comity.document.document import Document, Failure
    from comity.knowledge.meaning import Meaning
    from comity.knowledge.who import who
    from comity.ledger.addition import Added
    from comity.ledger.fact import Fact
    from comity.ledger.import_run import Imported
    from comity.ledger.judgement import Judgement
    from comity.ledger.statement import Statement
    from comity.ledger.table import Table
    from comity.reading import Reading, read, read_all
    from comity.records.observation import DataSource, Observation
    from comity.records.record import (
        Actor,
        Agreement,
        Antecedent,
        Assessment,
        Attribution,
        Commemoration,
        Cooperation,
        DocumentRecord,
        Event,
        EventScale,
        Figure,
        Predecessor,
        Project,
        Record,
        Span,
        Step,
        Visit,
    )
    from comity.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "Actor",
    "Added",
    "Agreement",
    "Antecedent",
    "Assessment",
    "Attribution",
    "CodeError",
    "ComityError",
    "Commemoration",
    "Cooperation",
    "CorpusError",
    "DataSource",
    "Document",
    "DocumentRecord",
    "Dossier",
    "Event",
    "EventScale",
    "ExtractionError",
    "Fact",
    "FactError",
    "Failure",
    "Figure",
    "ForbiddenError",
    "FormatError",
    "Imported",
    "InputError",
    "Judgement",
    "Ledger",
    "LedgerError",
    "LockedError",
    "Meaning",
    "MissingExtraError",
    "ModelError",
    "Observation",
    "Predecessor",
    "Project",
    "Reading",
    "Record",
    "Settings",
    "Span",
    "Statement",
    "StatusError",
    "Step",
    "Table",
    "TableError",
    "Visit",
    "open",
    "read",
    "read_all",
    "who",
]

_RECORDS = (
    "Actor", "Agreement", "Antecedent", "Assessment", "Attribution", "Commemoration", "Cooperation", "DocumentRecord",
    "Event", "EventScale", "Figure", "Predecessor", "Project", "Record", "Span", "Step", "Visit",
)  # fmt: skip
_HOMES = {
    **dict.fromkeys(_RECORDS, "comity.records.record"),
    **dict.fromkeys(("DataSource", "Observation"), "comity.records.observation"),
    **dict.fromkeys(("Document", "Failure"), "comity.document.document"),
    **dict.fromkeys(("Reading", "read", "read_all"), "comity.reading"),
    "Added": "comity.ledger.addition",
    "Dossier": "comity.analysis.dossier",
    "Fact": "comity.ledger.fact",
    "Imported": "comity.ledger.import_run",
    "Judgement": "comity.ledger.judgement",
    "Ledger": "comity.analysis.open_ledger",
    "Meaning": "comity.knowledge.meaning",
    "Settings": "comity.settings",
    "Statement": "comity.ledger.statement",
    "Table": "comity.ledger.table",
    "open": "comity.analysis.open_ledger",
    "who": "comity.knowledge.who",
}
"""Where each name that is loaded at its first use stands."""
_NAMED_THERE = {"Ledger": "OpenLedger", "open": "open_ledger"}


def __getattr__(name: str) -> Any:
    # the models and tables load at the first use, so that `import comity` takes no time
    if name not in _HOMES:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), _NAMED_THERE.get(name, name))
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
