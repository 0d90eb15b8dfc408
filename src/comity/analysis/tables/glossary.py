"""What the codes of types, modes, status, stages and measures mean in plain words."""

from comity.analysis.tables.choice import among
from comity.knowledge.plain_words import PlainWord, plain_words


def glossary(code: str | None = None) -> tuple[PlainWord, ...]:
    """The plain words of all codes, or of one code and what belongs to it. Raises `CodeError` for an unknown code.

    >>> {w.field for w in glossary("SANCTION")} >= {"event"}
    True
    """
    found = tuple(plain_words().values())
    if code is None:
        return found
    wanted = among("code", [code], {w.code for w in found} | {w.of for w in found if w.of})
    return tuple(w for w in found if {w.code, w.of} & wanted)
