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
    table = files("comity.knowledge").joinpath("tables/standing.csv").read_text(encoding="utf-8")
    return {r["word"]: r["value"] for r in csv.DictReader(table.splitlines()) if r["role"] == role}
