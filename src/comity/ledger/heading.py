"""The heading of an agreement on a day, and the life cycles of agreements that all lists of them share.

Every list, page and count takes the status of an agreement from here, so that no two of them differ on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.knowledge.states import continuing
from comity.ledger.act import Treaty
from comity.ledger.agreement import treaties
from comity.ledger.fact import Fact
from comity.ledger.lifecycle import Status, status

Heading = Literal["In force", "Pending", "Not binding", "Entry into force not reported", "Ended"]
HEADINGS: tuple[Heading, ...] = ("In force", "Pending", "Not binding", "Entry into force not reported", "Ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """An agreement with its status on a day: `fact` reports it, `treaty` holds its acts.

    For an agreement of many states, the status is that between the states asked about; if none was asked about,
    `apart` has each party whose status differs. `last_reported` is the day of the last report that mentions it, set
    only if that is before the day asked about: nothing is known of the time since.
    """

    fact: Fact
    treaty: Treaty
    status: Status
    apart: tuple[tuple[str, Status], ...] = ()
    last_reported: date | None = None

    @property
    def heading(self) -> Heading:
        """The heading under which it is listed."""
        return heading(self.treaty, self.status)

    @property
    def words(self) -> str:
        """Its status in words, the same on every page."""
        return self._stands + (f", last reported on {self.last_reported}" if self.last_reported else "")

    @property
    def _stands(self) -> str:
        at, text = self.status, "only named" if self.status.text == "none reported" else self.status.text
        if self.heading == "Ended":
            ended = f"{at.reason} {at.ended}" if at.reason and at.ended else at.reason
            return f"ended: {ended}" if ended else "ended"
        if self.heading == "In force" or at.effect == "provisionally applied":
            return at.effect
        return f"{text}, {'not in force' if self.heading == 'Pending' else self.heading.lower()}"


def heading(treaty: Treaty, at: Status) -> Heading:
    """The heading for a status.

    `Pending` is only what may still enter into force: a text on its way to signature, a signed one with a reported step
    of ratification or a later entry into force, or one applied provisionally. For a signed text without further
    reports, and for one that is only named, the entry into force is not reported.

    >>> from comity.ledger.act import Act
    >>> signed = (Act(kind="signed", date="2019-09-03"),)
    >>> unsettled = [Treaty(id="a", type=t, parties=("MNG", "RUS"), acts=signed) for t in ("treaty", "joint statement")]
    >>> [heading(t, status(t, date(2019, 12, 31))) for t in unsettled]
    ['Entry into force not reported', 'Not binding']
    """
    if at.effect in {"in force", "suspended"}:
        return "In force"
    if at.effect == "ended":
        return "Ended"
    if at.effect == "provisionally applied":
        return "Pending"
    if treaty.binding is False:
        return "Not binding"
    if at.effect == "unknown" or (at.text in {"signed", "none reported"} and not _under_way(at)):
        return "Entry into force not reported"
    return "Pending"


def _under_way(at: Status) -> bool:
    """Whether reports state progress of a signed text: a step after the signature, or a future entry into force."""
    return at.certain or any(how in {"approved internally", "bound"} for _, how in at.consent)


def lives(
    facts: Iterable[Fact],
    family: Mapping[str, str],
    on: date,
    *,
    known: date | None = None,
    between: Sequence[str] = (),
) -> list[Life]:
    """The agreements among facts with their life cycles on a day, as known on a day; later ones are left out.

    Between some states a multilateral agreement is in force only as long as it is for all of them.
    """
    by_id = {f.id: f for f in facts if f.kind == "agreement"}
    found = treaties(by_id.values(), family)
    return [
        life_of(by_id[key], treaty, on, known=known, between=between, others=found)
        for key, treaty in found.items()
        if _by(by_id[key], on)
    ]


def _by(fact: Fact, on: date) -> bool:
    """Whether an agreement existed by a day: it was reported by then, or a source dates it by then."""
    return fact.known is None or fact.known <= on or (not fact.undated and fact.when.by(on) != "no")


def life_of(
    fact: Fact,
    treaty: Treaty,
    on: date,
    *,
    known: date | None = None,
    between: Sequence[str] = (),
    others: Mapping[str, Treaty] | None = None,
) -> Life:
    """The life cycle of one agreement on a day; `others` are those that may replace it or that it belongs to."""
    asked = [continuing(s) for s in between if continuing(s) in treaty.parties] if treaty.multilateral else []
    found = [status(treaty, on, known=known, party=p, others=others) for p in asked or (None,)]
    at = min(found, key=lambda s: (s.effect != "ended", s.effect == "in force"))
    apart = []
    if treaty.multilateral and not asked:
        for party in treaty.parties:
            own = status(treaty, on, known=known, party=party, others=others)
            if own.stage != at.stage:
                apart.append((party, own))
    last = fact.last_reported
    return Life(
        fact=fact,
        treaty=treaty,
        status=at,
        apart=tuple(apart),
        last_reported=last if last is not None and last < on else None,
    )
