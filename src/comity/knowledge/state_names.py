"""The names of states and organisations for display, by their codes."""

from comity.knowledge.states import by_code

_POLITIES = frozenset({"Emirates", "Islands", "Kingdom", "Provinces", "Republic", "States", "Union"})
_WITH_ARTICLE = frozenset({"Bahamas", "Comoros", "Gambia", "Maldives", "Netherlands", "Philippines"})
_SPELLED_OUT = frozenset({"UN", "EU", "EC", "SCO", "AU", "OAU", "WTO", "IMF", "CIS", "CSTO", "G7", "G8", "G20", "GCC"})


def name(code: str) -> str:
    """The name of a state, or the unchanged acronym."""
    state = by_code(code)
    return state.name if state else code


def in_prose(code: str) -> str:
    """The name within a sentence: states named for a polity or in the plural take the article.

    >>> in_prose("USA"), in_prose("PHL"), in_prose("FRA"), in_prose("EU"), in_prose("NATO")
    ('the United States', 'the Philippines', 'France', 'the EU', 'NATO')
    """
    known = name(code)
    takes = _POLITIES & {*known.split()} or known in _WITH_ARTICLE or (known == code and known in _SPELLED_OUT)
    return f"the {known}" if takes else known
