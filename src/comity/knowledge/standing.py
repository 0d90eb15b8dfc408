"""Words by which reports describe standing: influence, relations, dependence, and their direction."""

import csv
from functools import cache
from importlib.resources import files


@cache
def words(role: str) -> dict[str, str]:
    """Lemmas of a role (`dimension` or `direction`) with their values.

    >>> words("dimension")["sway"], words("direction")["wane"]
    ('influence', 'down')
    """
    table = files("comity.knowledge").joinpath("tables/en/standing.csv").read_text(encoding="utf-8")
    return {r["word"]: r["value"] for r in csv.DictReader(table.splitlines()) if r["role"] == role}


def is_mutual(dimension: str) -> bool:
    """Whether a standing is one of two with each other, so that it matters little whose it is first.

    >>> is_mutual("relations"), is_mutual("influence")
    (True, False)
    """
    return dimension in {"relations", "rivalry"}
