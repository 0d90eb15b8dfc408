"""Shares: how much of a state's trade, aid, arms or events another state has.

Formulas: codebook `relations`, section 5. Shares are in per cent unless said. Nothing is deflated.
"""

from collections.abc import Mapping, Sequence

from comity.influence.estimate import Estimate, exact

PER_CENT = "%"


def share(part: Estimate, whole: Estimate, *, lacking: Sequence[str] = ()) -> Estimate:
    """A part of a whole, per cent.

    `lacking` names flows that the whole does not hold although they existed: the share is then not reported, and what
    the figures give is the most that it can be.

    >>> share(exact(50.0), exact(200.0)).value
    25.0
    >>> e = share(exact(49.0), exact(230.2), lacking=["trade of MNG with RUS"])
    >>> e.value, e.low, round(e.high, 1)
    (None, 0.0, 21.3)
    """
    missing = tuple(dict.fromkeys((*part.missing, *whole.missing, *lacking)))
    notes = tuple(dict.fromkeys((*part.notes, *whole.notes)))
    least = _ratio(part.low, whole.high)
    most = _ratio(part.high, whole.low)
    low, high = 100 * (least or 0.0), min(100.0, 100 * most) if most is not None else 100.0
    value = _ratio(part.value, whole.value)
    if lacking:
        whole_note = "the total lacks " + ", ".join(lacking) + ": the share is at most this"
        low, value, notes = 0.0, None, (*notes, whole_note)
    if value is not None and 100 * value > 100:
        # the part is more than the whole: the two do not measure the same
        notes = (*notes, f"the part is {100 * value:.4g} % of the total: the two figures do not fit each other")
        value, low, high = None, 0.0, 100.0
        missing = (*missing, "a total that fits")
    return Estimate(
        value=None if value is None else 100 * value,
        low=min(low, high),
        high=high,
        unit=PER_CENT,
        missing=missing,
        notes=notes,
    )


def trade_share(with_p: Estimate, of_all: Estimate, *, lacking: Sequence[str] = ()) -> Estimate:
    """Share of P in T's trade: `100 · (M_TP + X_TP) / (M_T + X_T)`, per cent. Source: section 5, measure 1.

    >>> round(trade_share(exact(463.0), exact(806.7)).value, 1)
    57.4
    """
    return share(with_p, of_all, lacking=lacking)


def two_rival_share(with_p: Estimate, with_r: Estimate) -> Estimate:
    """Share of P among two rivals in T's trade: `T_P / (T_P + T_R)`, 0 to 1. Source: section 5, measure 2.

    It needs no total, so that a total that lacks third states does not bend it.

    >>> round(two_rival_share(exact(463.0), exact(106.0)).value, 3)
    0.814
    """
    missing = tuple(dict.fromkeys((*with_p.missing, *with_r.missing)))
    known = with_p.value is not None and with_r.value is not None
    both = (with_p.value or 0.0) + (with_r.value or 0.0)

    def part(p: float | None, r: float | None, otherwise: float) -> float:
        return p / (p + r) if p is not None and r is not None and p + r > 0 else otherwise

    nothing = known and both == 0
    return Estimate(
        value=(with_p.value or 0.0) / both if known and both else None,
        low=part(with_p.low, with_r.high, 0.0),
        high=part(with_p.high, with_r.low, 1.0),
        unit="share",
        missing=missing,
        notes=(*with_p.notes, *with_r.notes, *(("neither rival trades",) if nothing else ())),
    )


def trade_dependence(with_p: Estimate, gdp: Estimate) -> Estimate:
    """T's trade with P in proportion to T's product: `100 · (M + X) / GDP_T`, per cent; it may pass 100.

    Both in the same money of the same year. Source: section 5, measure 3.

    >>> trade_dependence(exact(30.0), exact(120.0)).value
    25.0
    """
    value, low, high = _ratio(with_p.value, gdp.value), _ratio(with_p.low, gdp.high), _ratio(with_p.high, gdp.low)
    return Estimate(
        value=None if value is None else 100 * value,
        low=100 * (low or 0.0),
        high=None if high is None else 100 * high,
        unit=PER_CENT,
        missing=tuple(dict.fromkeys((*with_p.missing, *gdp.missing))),
        notes=(*with_p.notes, *gdp.notes),
    )


def asymmetry(p_in_t: Estimate, t_in_p: Estimate) -> Estimate:
    """How much more T's trade rests on P than P's on T: `S_P(T) − S_T(P)`, points of per cent from -100 to 100.

    Source: section 5, measure 4.

    >>> round(asymmetry(exact(70.4), exact(0.14)).value, 2)
    70.26
    """
    value = None if p_in_t.value is None or t_in_p.value is None else p_in_t.value - t_in_p.value
    return Estimate(
        value=value,
        low=(p_in_t.low or 0.0) - (100.0 if t_in_p.high is None else t_in_p.high),
        high=(100.0 if p_in_t.high is None else p_in_t.high) - (t_in_p.low or 0.0),
        unit="points",
        missing=tuple(dict.fromkeys((*p_in_t.missing, *t_in_p.missing))),
        notes=(*p_in_t.notes, *t_in_p.notes),
    )


def concentration(partners: Mapping[str, Estimate], of_all: Estimate) -> Estimate:
    """Herfindahl-Hirschman index of T's partners: `Σ s²` with shares from 0 to 1. Source: section 5, measure 5.

    What the total holds beyond the partners reported may be spread over many or belong to one: where that is more
    than a thousandth there is no value, only bounds.

    >>> concentration({"RUS": exact(50.0), "CHN": exact(50.0)}, exact(100.0)).value
    0.5
    >>> e = concentration({"CHN": exact(70.0)}, exact(100.0))
    >>> e.value, round(e.low, 2), round(e.high, 2)
    (None, 0.49, 0.58)
    """
    missing = [m for e in partners.values() for m in e.missing]
    whole = of_all.value
    notes = tuple(dict.fromkeys((*of_all.notes, *(n for e in partners.values() for n in e.notes))))
    if whole is None or whole <= 0:
        return Estimate(value=None, low=0.0, high=1.0, unit="index", missing=(*missing, *of_all.missing), notes=notes)
    shares = [(e.value if e.value is not None else e.low or 0.0) / whole for e in partners.values()]
    low, rest = sum(s * s for s in shares), 1 - sum(shares)
    if rest < -_SLACK:
        note = "the partners' trade adds up to more than the total"
        return Estimate(value=None, low=0.0, high=1.0, unit="index", missing=("a total that fits",), notes=(note,))
    rest = max(0.0, rest)
    if rest > _SLACK:
        missing.append(f"{100 * rest:.3g} % of the trade, whose partners are not reported")
    high = min(1.0, low + rest * rest + (2 * rest * max(shares, default=0.0) if _gap(partners) else 0.0))
    return Estimate(
        value=None if missing else low,
        low=min(low, 1.0),
        high=max(low, high) if missing else low,
        unit="index",
        missing=tuple(missing),
        notes=notes,
    )


_SLACK = 0.001


def _gap(partners: Mapping[str, Estimate]) -> bool:
    """Whether the rest may belong to a partner who is reported of with a part of it."""
    return any(e.value is None for e in partners.values())


def aid_share(of_p: Estimate, of_all: Estimate) -> Estimate:
    """Share of P in the aid that T receives: `100 · aid_PT / aid_T`, per cent. Source: section 5, measure 6.

    >>> aid_share(exact(5.0), exact(20.0)).value
    25.0
    """
    return share(of_p, of_all)


def arms_share(of_p: Estimate, of_all: Estimate) -> Estimate:
    """Share of P in the stock of arms that T imported: `100 · TIV_PT / TIV_T`, per cent, on stocks of trend values.

    A stock counts what was delivered over past years, since arms stay in use. Source: section 5, measure 6.

    >>> arms_share(exact(90.0), exact(100.0)).value
    90.0
    """
    return share(of_p, of_all)


def event_share(with_p: int, foreign: int) -> Estimate:
    """Share of P in T's foreign events: `100 · n_TP / n_T`, per cent. Source: section 5, measure 8.

    A share and no count, since counts follow how many reports a source reads (TERRIER's break of 2015).

    >>> event_share(3, 12).value
    25.0
    """
    if not foreign:
        return Estimate(value=None, low=0.0, high=100.0, unit=PER_CENT, missing=("any foreign event",))
    return exact(100 * with_p / foreign, PER_CENT)


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None or whole <= 0 else part / whole
