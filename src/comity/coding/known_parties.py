"""Parties of well-known instruments: states near the name of one that are not said to be its parties are none."""

from comity.knowledge.agreement_words import words
from comity.knowledge.known_instruments import KnownInstrument, find_known
from comity.knowledge.states import continuing

_STEPS = frozenset({"signed", "ratified", "terminated", "suspended", "superseded", "in force"})
# a new instrument may bear the name of an older one: "the Tokyo Declaration"
_NEW = frozenset({"proposed", "planned", "negotiated", "initialled", "signed"})
_TWO = 2


def borne_out(title: str, parties: tuple[str, ...], stage: str | None) -> tuple[str, ...]:
    """The parties of an instrument that its name does not contradict; all of them where the name is not known.

    Of an instrument of two or a few states only those are kept; one that many states may join is not between those
    who speak of it, unless a step to it or out of it is reported.

    >>> borne_out("Good Friday Agreement", ("KEN", "RWA"), None)
    ()
    >>> borne_out("Paris Agreement", ("CAN", "CHL"), None), borne_out("Paris Agreement", ("CAN", "CHL"), "ratified")
    ((), ('CAN', 'CHL'))
    >>> borne_out("fisheries agreement", ("CAN", "CHL"), None)
    ('CAN', 'CHL')
    """
    named = known_by(title) if len(parties) >= _TWO else None
    if named is not None and named.open:
        return parties if stage in _STEPS else ()
    if named is None or not named.parties or stage in _NEW:
        return parties
    own = {continuing(c) for c in named.parties}
    return tuple(c for c in parties if continuing(c) in own)


def known_by(title: str) -> KnownInstrument | None:
    """The well-known instrument whose name a title is, or null where it only speaks of one among other words.

    >>> known_by("Good Friday Agreement").key, known_by("protocol to the Good Friday Agreement")
    ('good_friday', None)
    """
    for found in find_known(title):
        rest = title.replace(found.text, "", 1).lower().split()
        if len(rest) <= _TWO and not words("beside a name").intersection(rest):
            return found.instrument
    return None
