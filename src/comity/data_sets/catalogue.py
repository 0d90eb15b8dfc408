"""All data sets that can be imported, by kind."""

from functools import cache

from comity.data_sets.agreement_lists import DESTA, GPTAD, MANYTREATIES
from comity.data_sets.armed_conflict import ACLED, UCDP
from comity.data_sets.arms import SIPRI
from comity.data_sets.atop import ATOP
from comity.data_sets.comtrade import COMTRADE
from comity.data_sets.cow_igo import COW_IGO
from comity.data_sets.cow_ties import COW_ALLIANCES, COW_CONTIGUITY, COW_DIPLOMATIC, COW_STATES
from comity.data_sets.cow_trade import COW_TRADE
from comity.data_sets.data_set import DataSet
from comity.data_sets.fbic import FBIC
from comity.data_sets.flows import AIDDATA, WORLD_BANK
from comity.data_sets.gdelt import GDELT
from comity.data_sets.icews import ICEWS
from comity.data_sets.phoenix import PHOENIX, TERRIER
from comity.data_sets.polecat import POLECAT
from comity.data_sets.posts import DIPLOMETRICS, LOWY
from comity.data_sets.travels import COLT, TRAVELS
from comity.data_sets.treaty_lists import UNTS, WTI
from comity.errors import InputError

_ALL = (
    GDELT, ICEWS, POLECAT, PHOENIX, TERRIER, ACLED, UCDP,
    COW_STATES, COW_ALLIANCES, COW_TRADE, COW_DIPLOMATIC, COW_IGO, COW_CONTIGUITY, ATOP,
    WTI, UNTS, DESTA, GPTAD, MANYTREATIES, LOWY, DIPLOMETRICS, COLT, TRAVELS,
    COMTRADE, WORLD_BANK, SIPRI, AIDDATA, FBIC,
)  # fmt: skip


@cache
def data_sets() -> dict[str, DataSet]:
    """The data sets by kind.

    >>> "cow_trade" in data_sets()
    True
    """
    return {d.kind: d for d in _ALL}


def data_set(kind: str) -> DataSet:
    """The data set of a kind. Raises `InputError` if there is none."""
    found = data_sets().get(kind.lower())
    if found is None:
        raise InputError(f"{kind!r} is not a kind of data set; the kinds are {', '.join(data_sets())}")
    return found
