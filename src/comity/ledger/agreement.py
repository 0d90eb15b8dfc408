"""Agreements of the ledger: facts whose statements report acts, as treaties with a life cycle."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, cast, get_args

from comity.knowledge.known_instruments import KnownInstrument, known
from comity.ledger.act import Act, ActKind, Terms, Treaty
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, interval
from comity.ledger.judgement import corrections
from comity.ledger.naming import mark
from comity.ledger.similarity import features, similarity
from comity.ledger.stated_acts import acts_of, acts_on
from comity.ledger.statement import Statement, body_of
from comity.ledger.values import values_of
from comity.records.codes import InstrumentType, PredecessorLink
from comity.records.record import Agreement

_REPLACES: frozenset[str] = frozenset({PredecessorLink.REPLACES, PredecessorLink.RENEWS})
_BELONGS: frozenset[str] = frozenset({PredecessorLink.AMENDS, PredecessorLink.BASED_ON})
_MULTIPLE = 2
ACT_KINDS: tuple[str, ...] = get_args(ActKind)
TERMS = ("duration", "renewal", "notice", "afterwards", "force", "delay", "count_needed")
LINKS = ("parent", "supersedes")


def treaties(facts: Iterable[Fact], family: Mapping[str, str]) -> dict[str, Treaty]:
    """The treaties of agreement facts by their ids, each with its acts, terms and links to the others."""
    agreements = [f for f in facts if f.kind == "agreement"]
    out = {f.id: _treaty(f, family) for f in agreements}
    for fact in agreements:
        links = _linked(fact, agreements, _REPLACES)
        fixed = corrections(fact.judgements)
        if "supersedes" in fixed:
            links = tuple(x for x in fixed["supersedes"][0].split() if x)
        # a protocol to a treaty begins and ends with it
        above = _linked(fact, agreements, _BELONGS) if out[fact.id].type == InstrumentType.PROTOCOL else ()
        parent = fixed["parent"][0] if "parent" in fixed else above[0] if above else None
        out[fact.id] = replace(out[fact.id], supersedes=links, parent=parent)
    return out


def _treaty(fact: Fact, family: Mapping[str, str]) -> Treaty:
    if fact.instrument is not None:
        return _known(fact, fact.instrument)
    # the acts are as the sources report them, the states as corrected
    sources = zip(fact.statements, fact.account, strict=True)
    acts = [a for s, now in sources for a in acts_of(replace(s, block=now.block))]
    fixed = corrections(fact.judgements)
    acts = _set_right(acts, fixed)
    parties = tuple(fact.block.split())
    first = {n: (v[0].value if (v := values_of(fact, n, family)) else None) for n in ("title", "type", *_FIELDS)}
    terms = Terms(
        duration=first["duration"],
        renewal=first["renewal"],
        notice=first["notice"],
        afterwards="indefinite" if fixed.get("afterwards", (first["afterwards"],))[0] == "indefinite" else None,
        force=cast(
            'Literal["signature", "exchange", "deposits", "notes"] | None', _given(fixed, "force", first["force"])
        ),
        delay=_given(fixed, "delay", first["force_delay"]),
        count=int(n) if (n := _given(fixed, "count_needed", first["force_count"])) else None,
    )
    return Treaty(
        id=fact.id,
        title=first["title"] or first["type"] or "agreement",
        type=first["type"],
        parties=parties,
        multilateral=len(parties) > _MULTIPLE,
        terms=terms,
        acts=tuple(sorted(_merged(acts), key=_order)),
    )


def _known(fact: Fact, instrument: KnownInstrument) -> Treaty:
    """A known instrument: its parties and dates from the table, each state's own acts from the reports."""
    sources = zip(fact.statements, fact.account, strict=True)
    acts = [a for s, now in sources for a in acts_on(replace(s, block=now.block), instrument)]
    acts = _set_right([*_tabled(instrument), *acts], corrections(fact.judgements))
    return Treaty(
        id=fact.id,
        title=instrument.short,
        type=instrument.kind,
        parties=tuple(fact.block.split()),
        multilateral=instrument.open or len(instrument.parties) != _MULTIPLE,
        acts=tuple(sorted(_merged(acts), key=_order)),
        known=instrument.key,
        open=instrument.open or not instrument.parties,
        pending=instrument.pending,
    )


def _tabled(instrument: KnownInstrument) -> list[Act]:
    """The acts in the table of known instruments, each known from its date on."""
    joint = instrument.open or not instrument.parties
    # reports say who signed a multilateral instrument; its text was final from then on
    text: ActKind = "adopted" if joint or instrument.signed is None else "signed"
    dates: tuple[tuple[ActKind, str | None], ...] = (
        (text, instrument.dated),
        ("entered into force", instrument.force),
        ("terminated", instrument.ended),
    )
    return [Act(kind=k, date=d, known=d, sources=(mark(instrument),)) for k, d in dates if d is not None]


def _set_right(acts: list[Act], fixed: Mapping[str, tuple[str, Any]]) -> list[Act]:
    """The acts, each kind of act as a person corrected it instead of as reported."""
    for name, (value, j) in fixed.items():
        if name in ACT_KINDS:
            acts = [a for a in acts if a.kind != name]
            acts.append(Act(kind=cast("ActKind", name), date=value, known=j.dated, sources=(f"judgement:{j.number}",)))
    return acts


_FIELDS = ("duration", "renewal", "notice", "afterwards", "force", "force_delay", "force_count")


def _given(fixed: Mapping[str, tuple[str, Any]], name: str, reported: Any) -> Any:
    """A term as a person corrected it, otherwise as the reports state it."""
    return fixed[name][0] if name in fixed else reported


def _order(act: Act) -> tuple[date, str, str]:
    days = interval(act.date)
    return (days.last or days.first or date.max, act.kind, act.party or "")


def _merged(acts: Iterable[Act]) -> list[Act]:
    """One act for all reports of it, known since the first of them; its date is the first of the most exact ones."""
    out: dict[tuple[str, str | None, str | None], Act] = {}
    loose: list[Act] = []
    for act in acts:
        days = interval(act.date)
        if days.first is None or act.kind == "observed in force":
            loose.append(act)
            continue
        key = (act.kind, act.party, act.date)
        same_act = out.get(key)
        if same_act is None:
            out[key] = act
        else:
            known = min((k for k in (same_act.known, act.known) if k), default=None)
            out[key] = replace(same_act, known=known, sources=tuple(dict.fromkeys((*same_act.sources, *act.sources))))
    for act in loose:
        # "by then" adds nothing to an act whose reported day is no later
        same = [a for a in out.values() if a.kind == act.kind and (act.party is None or a.party == act.party)]
        if not any(a.known is not None and act.known is not None and a.known <= act.known for a in same):
            out[(act.kind, act.party, f"{act.date}{act.sources}")] = act
    return list(out.values())


def _linked(fact: Fact, agreements: list[Fact], links: frozenset[str]) -> tuple[str, ...]:
    """The ids of earlier agreements of the same states to which a fact's statements link it in this way."""
    out: list[str] = []
    for s in fact.statements:
        for n, earlier in enumerate(s.as_a(Agreement).predecessors):
            if earlier.link not in links:
                continue
            pseudo = f"{s.id}/{n + 1}"
            found = next((f for f in agreements if any(m.id == pseudo for m in f.statements)), None)
            if found is None and earlier.title and (named := known(earlier.title)) is not None:
                found = next(
                    (f for f in agreements if f.instrument is not None and f.instrument.key == named.key), None
                )
            if found is None and earlier.title:
                found = _by_title(s, earlier.title, fact, agreements)
            if found is not None and found.id != fact.id:
                out.append(found.id)
    return tuple(dict.fromkeys(out))


def _by_title(statement: Statement, title: str, fact: Fact, agreements: list[Fact]) -> Fact | None:
    named = replace(statement.as_a(Agreement), title=title, stage=None, date=None, type=None, count=None)
    asked = features(replace(statement, when=OPEN, body=body_of(named)))
    scored = [
        (max(similarity(asked, features(m)) for m in f.statements), f)
        for f in agreements
        if f is not fact and f.block == fact.block
    ]
    best = max(scored, key=lambda x: x[0], default=None)
    return best[1] if best and best[0] > 0 else None
