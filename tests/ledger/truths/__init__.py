"""What a user may take for true of every answer of a ledger: sentences, each with a small ledger that must bear it out.

A truth is the sentence, the made-up reports of its ledger, what is asked of that ledger, and what must be answered.
The modules hold them by what they are about; `test_truths.py` asks them all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from comity.analysis.open_ledger import OpenLedger
from comity.errors import InputError
from comity.settings import Settings

from .reports import Reading

Asked = Callable[[OpenLedger], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A sentence, the reports of its ledger, what is asked of it, and what must be answered."""

    words: str
    reports: tuple[Reading, ...]
    asked: Asked
    answer: object
    settings: Settings | None = None


class Truths(list[Truth]):
    """The truths of a module, in order."""

    def say(
        self, words: str, *reports: Reading, answer: object, settings: Settings | None = None
    ) -> Callable[[Asked], Asked]:
        """Adds the truth of whose ledger the function that it decorates asks something."""

        def add(asked: Asked) -> Asked:
            self.append(Truth(words=words, reports=reports, asked=asked, answer=answer, settings=settings))
            return asked

        return add


class Text:
    """Any text that holds all of some words, and none of others.

    >>> Text("in force", without=("pending",)) == "1 agreement in force"
    True
    """

    __hash__ = None

    def __init__(self, *words: str, without: tuple[str, ...] = ()) -> None:
        self.words, self.without = words, without

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            return NotImplemented
        return all(w in other for w in self.words) and not any(w in other for w in self.without)

    def __repr__(self) -> str:
        return f"a text with {self.words}" + (f" and without {self.without}" if self.without else "")


def refusal(asked: Callable[[], object]) -> str:
    """What is said where a question is refused; the answer where it is not, marked as one."""
    try:
        return f"answered: {asked()}"
    except InputError as refused:
        return str(refused)
