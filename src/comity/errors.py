"""The errors that Comity raises, each naming what failed and the way out.

::

    ComityError
    ├── InputError            a file, folder, address or stream could not be read
    │   ├── ForbiddenError    a host does not want an address of it to be fetched by programs
    │   ├── StatusError       an address answered with an HTTP status that brings nothing to read
    │   ├── ExtractionError   a page could not be turned into text within its limits
    │   ├── FormatError       bytes that are not what they claim to be
    │   └── CodeError         a type, code or name that is none of the known ones
    ├── CorpusError           a run over a corpus could not go on
    ├── LedgerError           a ledger could not be opened, written or asked
    │   ├── LockedError       it cannot be written now, though what was published can be read
    │   └── FactError         it holds nothing under an id
    ├── MissingExtraError     an optional package is not installed
    ├── ModelError            the encoder's weights are missing or damaged
    └── TableError            a knowledge table breaks its own rules
"""


class ComityError(Exception):
    """Anything that Comity refuses, with a message for the person at the keyboard."""


class InputError(ComityError):
    """A file, folder, address or stream that could not be read."""


class ForbiddenError(InputError):
    """An address that its host does not want to be fetched by programs."""


class StatusError(InputError):
    """An address that answered with an HTTP status that brings nothing to read.

    `retry_after` is the header of that name, in which a server says when it wants to be asked again; null without.
    """

    def __init__(self, status: int, retry_after: str | None = None):
        super().__init__(f"answers with HTTP status {status}")
        self.status = status
        self.retry_after = retry_after


class RestingError(InputError):
    """An address that is not asked for now, since its host wants to be left alone until later."""


class ExtractionError(InputError):
    """A page that could not be turned into text within its limits of time and memory."""


class FormatError(InputError):
    """Bytes that are not what their name or their first bytes claim."""


class CodeError(InputError):
    """A type, code or name that is none of the known ones; the message names those, and the near ones."""


class CorpusError(ComityError):
    """A run over a corpus that could not go on; what it finished is kept and the same command goes on."""


class LedgerError(ComityError):
    """A ledger that could not be opened, written or asked; what it holds is as it was."""


class LockedError(LedgerError):
    """A ledger that cannot be written now: another process writes it, or it is read-only."""


class FactError(LedgerError):
    """An id under which a ledger holds nothing."""


class MissingExtraError(ComityError):
    """An optional package that is not installed; the message names the extra that brings it."""


class ModelError(ComityError):
    """The encoder's weights are missing or damaged."""


class TableError(ComityError):
    """A knowledge table that breaks its own rules; the message names the file and the row."""
