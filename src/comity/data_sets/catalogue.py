"""All data sets that can be imported, by kind."""

from functools import cache

from comity.errors import InputError
from comity.sources.agreement_lists import DESTA, GPTAD, MANYTREATIES
from comity.sources.armed_conflict import ACLED, UCDP
from comity.sources.arms import SIPRI
from comity.sources.atop import ATOP
from comity.sources.comtrade import COMTRADE
from comity.sources.cow_igo import COW_IGO
from comity.sources.cow_ties import COW_ALLIANCES, COW_CONTIGUITY, COW_DIPLOMATIC, COW_STATES
from comity.sources.cow_trade import COW_TRADE
from comity.sources.data_set import DataSet
from comity.sources.fbic import FBIC
from comity.sources.flows import AIDDATA, WORLD_BANK
from comity.sources.gdelt import GDELT
from comity.sources.icews import ICEWS
from comity.sources.phoenix import PHOENIX, TERRIER
from comity.sources.polecat import POLECAT
from comity.sources.posts import DIPLOMETRICS, LOWY
from comity.sources.travels import COLT, TRAVELS
from comity.sources.treaty_lists import UNTS, WTI

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
    """The data set of a kind. Raises `InputError` where there is none."""
    found = data_sets().get(kind.lower())
    if found is None:
        raise InputError(f"{kind!r} is no kind of data set; the kinds are {', '.join(data_sets())}")
    return found
