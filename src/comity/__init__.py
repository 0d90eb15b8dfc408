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
    from comity.analysis.indicators.change_points import ChangePoint
    from comity.analysis.indicators.series import Measurement
    from comity.analysis.open_ledger import OpenLedger as Ledger
    from comity.analysis.open_ledger import open_ledger as open  # noqa: A004 - the library's word for it
    from comity.analysis.page import Dossier
    from comity.analysis.tables.glossary import glossary
    from comity.coding.pairs import PairCode
    from comity.corpus.merge import Merged
    from comity.corpus.merge import merge as merge_corpus
    from comity.corpus.run import code_corpus
    from comity.data_sets.data_set import Columns, DataSet, Layout
    from comity.data_sets.observed import Observed
    from comity.document.document import Document, Failure
    from comity.evaluation.tasks import Evaluation, evaluate
    from comity.knowledge.known_instruments import KnownInstrument, treaties
    from comity.knowledge.meaning import Meaning
    from comity.knowledge.plain_words import PlainWord
    from comity.knowledge.who import who
    from comity.ledger.addition import Added
    from comity.ledger.fact import Fact
    from comity.ledger.import_run import Imported
    from comity.ledger.judgement import Judgement
    from comity.ledger.statement import Statement
    from comity.ledger.table import Table, TypedTable
    from comity.reading import Reading, code, read, read_all
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
    from comity.site.sample import copy_sample as sample
    from comity.site.server import serve
    from comity.watch.round import Watched, watch_once

__version__ = "0.1.0"
__all__ = [
    "Actor",
    "Added",
    "Agreement",
    "Antecedent",
    "Assessment",
    "Attribution",
    "ChangePoint",
    "CodeError",
    "Columns",
    "ComityError",
    "Commemoration",
    "Cooperation",
    "CorpusError",
    "DataSet",
    "DataSource",
    "Document",
    "DocumentRecord",
    "Dossier",
    "Evaluation",
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
    "KnownInstrument",
    "Layout",
    "Ledger",
    "LedgerError",
    "LockedError",
    "Meaning",
    "Measurement",
    "Merged",
    "MissingExtraError",
    "ModelError",
    "Observation",
    "Observed",
    "PairCode",
    "PlainWord",
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
    "TypedTable",
    "Visit",
    "Watched",
    "code",
    "code_corpus",
    "evaluate",
    "glossary",
    "merge_corpus",
    "open",
    "read",
    "read_all",
    "sample",
    "serve",
    "treaties",
    "watch_once",
    "who",
]

_RECORDS = (
    "Actor", "Agreement", "Antecedent", "Assessment", "Attribution", "Commemoration", "Cooperation", "DocumentRecord",
    "Event", "EventScale", "Figure", "Predecessor", "Project", "Record", "Span", "Step", "Visit",
)  # fmt: skip
_HOMES = {
    **dict.fromkeys(_RECORDS, "comity.records.record"),
    **dict.fromkeys(("Columns", "DataSet", "Layout"), "comity.data_sets.data_set"),
    **dict.fromkeys(("DataSource", "Observation"), "comity.records.observation"),
    **dict.fromkeys(("Document", "Failure"), "comity.document.document"),
    **dict.fromkeys(("Evaluation", "evaluate"), "comity.evaluation.tasks"),
    **dict.fromkeys(("KnownInstrument", "treaties"), "comity.knowledge.known_instruments"),
    **dict.fromkeys(("Merged", "merge_corpus"), "comity.corpus.merge"),
    **dict.fromkeys(("Reading", "code", "read", "read_all"), "comity.reading"),
    **dict.fromkeys(("Watched", "watch_once"), "comity.watch.round"),
    "Added": "comity.ledger.addition",
    "ChangePoint": "comity.analysis.indicators.change_points",
    "Dossier": "comity.analysis.page",
    "Fact": "comity.ledger.fact",
    "Imported": "comity.ledger.import_run",
    "Judgement": "comity.ledger.judgement",
    "Ledger": "comity.analysis.open_ledger",
    "Meaning": "comity.knowledge.meaning",
    "Measurement": "comity.analysis.indicators.series",
    "Observed": "comity.data_sets.observed",
    "PairCode": "comity.coding.pairs",
    "PlainWord": "comity.knowledge.plain_words",
    "Settings": "comity.settings",
    "Statement": "comity.ledger.statement",
    "Table": "comity.ledger.table",
    "TypedTable": "comity.ledger.table",
    "code_corpus": "comity.corpus.run",
    "glossary": "comity.analysis.tables.glossary",
    "open": "comity.analysis.open_ledger",
    "sample": "comity.site.sample",
    "serve": "comity.site.server",
    "who": "comity.knowledge.who",
}
"""Where each name that is loaded at its first use stands."""
_NAMED_THERE = {"Ledger": "OpenLedger", "merge_corpus": "merge", "open": "open_ledger", "sample": "copy_sample"}


def __getattr__(name: str) -> Any:
    # the models and tables load at the first use, so that `import comity` takes no time
    if name not in _HOMES:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), _NAMED_THERE.get(name, name))
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
