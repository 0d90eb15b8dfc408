"""Comity reads reports about what states do with and to each other and keeps the sourced ledger of their relations.

>>> import comity
>>> reading = comity.read("Kenya and Uganda signed a trade agreement in Nairobi.", published="2021-05-04")
>>> [a.stage for a in reading.agreements]
['signed']
"""

from typing import TYPE_CHECKING, Any

from comity.errors import (
    ComityError,
    ExtractionError,
    FactError,
    FormatError,
    InputError,
    LedgerError,
    LockedError,
    MissingExtraError,
    ModelError,
    TableError,
)

if TYPE_CHECKING:
    from comity.analysis.open_ledger import open_ledger as open  # noqa: A004 - the library's word for it
    from comity.knowledge.who import who
    from comity.reading import Reading, read, read_all

__version__ = "0.1.0"
__all__ = [
    "ComityError",
    "ExtractionError",
    "FactError",
    "FormatError",
    "InputError",
    "LedgerError",
    "LockedError",
    "MissingExtraError",
    "ModelError",
    "Reading",
    "TableError",
    "open",
    "read",
    "read_all",
    "who",
]


def __getattr__(name: str) -> Any:
    # the models and tables load at the first use, so that `import comity` takes no time
    if name in {"Reading", "read", "read_all"}:
        from comity import reading

        return getattr(reading, name)
    if name == "open":
        from comity.analysis.open_ledger import open_ledger

        return open_ledger
    if name == "who":
        from comity.knowledge.who import who

        return who
    raise AttributeError(f"module 'comity' has no attribute {name!r}")
