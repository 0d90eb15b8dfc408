"""The errors that Comity raises, each naming what failed and the way out.

::

    ComityError
    ├── InputError            a file, folder, address or stream could not be read
    │   ├── ExtractionError   a page could not be turned into text within its limits
    │   └── FormatError       bytes that are not what they claim to be
    ├── ModelError            the encoder's weights are missing or damaged
    └── TableError            a knowledge table breaks its own rules
"""


class ComityError(Exception):
    """Anything that Comity refuses, with a message for the person at the keyboard."""


class InputError(ComityError):
    """A file, folder, address or stream that could not be read."""


class ExtractionError(InputError):
    """A page that could not be turned into text within its limits of time and memory."""


class FormatError(InputError):
    """Bytes that are not what their name or their first bytes claim."""


class ModelError(ComityError):
    """The encoder's weights are missing or damaged."""


class TableError(ComityError):
    """A knowledge table that breaks its own rules; the message names the file and the row."""
