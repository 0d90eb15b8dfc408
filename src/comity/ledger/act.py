"""The acts in the life of an agreement, its terms, and the agreement itself.

Acts are append-only: each has the day on which it took place (valid), the day from which reports mention it
(known) and the statements that report it. The codebook's section 4 names them; articles are of the Vienna Convention
on the Law of Treaties.
"""

from dataclasses import dataclass
from typing import Literal

ActKind = Literal[
    "announced",
    "negotiated",
    "initialled",
    "adopted",
    "signed",
    "submitted",
    "approved",
    "ratified",
    "exchanged",
    "deposited",
    "acceded",
    "notified",
    "entered into force",
    "observed in force",
    "provisionally applied",
    "provisional application ended",
    "amended",
    "extended",
    "renewed",
    "notice given",
    "withdrawn",
    "ratification withdrawn",
    "signature withdrawn",
    "suspended",
    "resumed",
    "superseded",
    "terminated",
    "expired",
    "registered",
]
"""`approved` is a parliament's vote or a law, internal to its state; `ratified`, `exchanged`, `deposited` and
`acceded` bind a party (arts. 14 to 16), `notified` is a note that the internal steps are done (art. 13);
`ratification withdrawn` and `signature withdrawn` revoke a consent without leaving the agreement;
`observed in force` is what a report mentions in passing: it was in force then."""

ForceRule = Literal["signature", "exchange", "deposits", "notes"]
"""What brings an agreement into force by its own clause (art. 24)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act. `date` (EDTF) is its time; `party` whose act it is, null if all act together or the text is meant.

    `until` is a term that the act itself sets: the new end of an extension (EDTF or ISO period), the day on which a
    notice takes effect, the last day that a data set covers. `by` is the agreement that supersedes.
    """

    kind: ActKind
    date: str | None = None
    known: str | None = None
    party: str | None = None
    until: str | None = None
    by: str | None = None
    inferred: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The duration of an agreement as its text states it; a field that no source states is null.

    `duration` is an ISO period, `indefinite`, `permanent` or `until DATE`; `renewal` the length of each tacit
    renewal; `afterwards` is `indefinite` if it continues after a fixed term until denounced; `notice` the period
    before an end; `runs_from` is the start of the term. `force` is what brings it into force: `count` is the n-th
    deposit, `delay` a period after it.
    """

    duration: str | None = None
    renewal: str | None = None
    afterwards: Literal["indefinite"] | None = None
    notice: str | None = None
    runs_from: Literal["entry into force", "signature"] = "entry into force"
    force: ForceRule | None = None
    count: int | None = None
    delay: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """An agreement as the input of its life cycle: parties, terms and acts.

    `supersedes` are ids of earlier agreements that it says it replaces; `parent` is the agreement to which it is
    accessory, whose life it shares. `parties` are codes, a former state's by the state that continues it.

    `known` is the key of a known instrument, whose dates come from the table; it is `open` if each state consents
    for itself, and `pending` if it is known not to have entered into force.
    """

    id: str
    title: str = ""
    type: str | None = None
    parties: tuple[str, ...] = ()
    multilateral: bool = False
    terms: Terms = Terms()
    acts: tuple[Act, ...] = ()
    supersedes: tuple[str, ...] = ()
    parent: str | None = None
    known: str | None = None
    open: bool = False
    pending: bool = False

    @property
    def binding(self) -> bool | None:
        """Whether it is meant to be binding; null if its type is not reported.

        A declaration or statement is not, nor is a memorandum of understanding without a clause on its force.
        """
        if self.type in {"declaration", "joint statement"} or (self.type == "memorandum" and self.terms.force is None):
            return False
        return None if self.type in {None, "other"} else True
