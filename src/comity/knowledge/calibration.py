"""Confidence: from what a rule gives to the share of such records that were right on the development sets."""

from functools import cache

from comity.knowledge.states import rows

_HIGHEST = 0.97
"""No record is more certain than this: one annotator, one pass, no adjudication."""


@cache
def _factors() -> dict[str, float]:
    return {r["kind"]: float(r["factor"]) for r in rows("calibration.csv")}


def calibrated(kind: str, confidence: float) -> float:
    """The confidence of a record of a kind, comparable across the kinds that have a development set.

    Kinds without one keep what their rule gave; `training/calibrate.py` makes the table.

    >>> 0 < calibrated("event", 0.8) <= 0.97
    True
    """
    return round(min(_HIGHEST, confidence * _factors().get(kind, 1.0)), 3)
