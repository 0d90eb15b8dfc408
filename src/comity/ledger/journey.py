"""Whether a visit that a report tells of was a journey: who meets by video or telephone travels nowhere."""

import re

REMOTE = (
    r"\bvirtual (?:\w+ ){0,2}(?:meetings?|summits?|visits?|talks?|conferences?|calls?|sessions?|dialogues?|forums?"
    r"|gatherings?|ceremony|address)\b"
    r"|\b(?:met|meet|meeting|spoke|talked|convened|held|holding|attend\w*|joined|join|joining|took part|participat\w+"
    r"|gathered|host\w*)\b[^.;]{0,60}\b(?:virtually|remotely|online)\b"
    r"|\bvideo[ -]?(?:conferenc\w*|calls?|links?|meetings?|summits?|talks?)\b"
    r"|\b(?:by|via|through|over) (?:a |an |the )?(?:secure )?(?:video|zoom|telephone|phone)\b"
    r"|\b(?:tele|web)-?conferenc\w*"
    r"|\bonline (?:meetings?|summits?|talks?|conferences?|sessions?|visits?)\b"
)
"""Words that tell of a meeting at a distance; they are read by the database too, which knows no lookahead."""
IN_PERSON = (
    r"\b(?:in[ -]person|visit(?:ed|ing)|arriv(?:e|ed|es|ing|al)|travel(?:l?ed|l?ing|s)?|flew|fly|flies|flying"
    r"|land(?:ed|s)|depart(?:ed|s|ing|ure)|tour(?:ed|ing)?|trips?|journeys?|invit\w+|came to|went to|go to|come to)\b"
    r"|\b(?:will|to|would|shall|may|might|can|could|should|plans?|paid|pay|paying) (?:\w+ ){0,3}visits?\b"
    r"|\b(?:state|official|working|friendly|private) visits?\b"
)
"""Words that tell that somebody is there or will come; beside them a call is only told of besides."""
_REMOTE = re.compile(REMOTE, re.IGNORECASE)
_IN_PERSON = re.compile(IN_PERSON, re.IGNORECASE)


def is_remote(quote: str) -> bool:
    """Whether a quote tells of a meeting at a distance and of nobody who comes.

    >>> is_remote("Xi and Scholz held a virtual summit"), is_remote("Scholz visited Beijing")
    (True, False)
    >>> is_remote("Scholz, who had spoken with Xi by telephone, arrived in Beijing")
    False
    >>> is_remote("Xi will visit Moscow, the two agreed by telephone")
    False
    """
    return _REMOTE.search(quote) is not None and _IN_PERSON.search(quote) is None
