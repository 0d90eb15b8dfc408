"""Agreements of the ledger: facts whose statements tell acts, made into treaties with a life."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, cast, get_args

from comity.knowledge.names import find_names
from comity.knowledge.states import continuing
from comity.ledger.act import Act, ActKind, Terms, Treaty
from comity.ledger.fact import Fact
from comity.ledger.interval import OPEN, interval
from comity.ledger.judgement import corrections
from comity.ledger.likeness import alike, seen
from comity.ledger.statement import Statement
from comity.ledger.values import told
from comity.records.lines import dumps

_LEGISLATURE = re.compile(
    r"\b(?:parliament\w*|senat\w+|congress\w*|duma|khural|bundestag|bundesrat|knesset|majlis|diet|rada|sejm|seimas|saeima"
    r"|riigikogu|legislat\w+|lawmakers|deputies|assembly|house of \w+|upper house|lower house|bill"
    r"|law on (?:the )?ratif\w+)\b",
    re.IGNORECASE,
)
_APPROVES = re.compile(r"\b(?:approv|pass|adopt|endors)\w*\b", re.IGNORECASE)
_EXCHANGE = re.compile(r"\bexchang\w++[^.;]{0,60}\b(?:instruments?|ratification|letters|notes)\b", re.IGNORECASE)
_DEPOSIT = re.compile(r"\bdeposit\w*+[^.;]{0,60}\b(?:instruments?|ratification|accession|acceptance)\b", re.IGNORECASE)
_ENTERED = re.compile(
    r"\b(?:ent(?:er|ers|ered|ry|ering)|c[ao]m(?:e|es|ing)|took|takes?|taken|taking|brought|put|goes|went|became|becomes?)\s+"
    r"(?:\w+\s+){0,2}?(?:into\s+|in\s+)?(?:force|effect|effective)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\b(?:notice|notif\w+|denounc\w+|denunciation|not to (?:extend|renew|prolong))\b", re.IGNORECASE)
_WITHDRAW = re.compile(r"\b(?:withdr\w+|pull\w* out|quit\w*|exit\w*|leav\w+|left)\b", re.IGNORECASE)
_REPLACED = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+\s+)?(?:replaced|superseded)\b", re.IGNORECASE)
_REPLACES = frozenset({"replaces", "renews"})
_BELONGS = frozenset({"amends", "based on"})
_MULTIPLE = 2
_STAGES: dict[str, ActKind] = {
    "proposed": "announced",
    "planned": "announced",
    "negotiated": "negotiated",
    "initialled": "initialled",
    "agreed": "adopted",
    "signed": "signed",
    "amended": "amended",
    "extended": "extended",
    "renewed": "renewed",
    "suspended": "suspended",
    "superseded": "superseded",
    "expired": "expired",
}
ACT_KINDS: tuple[str, ...] = get_args(ActKind)
TERMS = ("duration", "renewal", "notice", "afterwards", "force", "delay", "count_needed")
LINKS = ("parent", "supersedes")


def act_of(statement: Statement) -> Act | None:
    """The act that a statement about an agreement tells; null where it tells none.

    A parliament's vote is `approved`, not ratification; the day of an announcement is the day it was made, not the
    day that it is about; a report that only speaks of an agreement as in force shows that it was so by then.
    """
    record, quote = statement.record, statement.quote
    stage, day = record["stage"], record["date"]
    known = statement.known.isoformat() if statement.known else None
    told_by = f"../{known}" if known else None
    made: Act | None
    if stage in {"proposed", "planned", "negotiated"}:
        # its date is that of the signature to come
        made = Act(kind=_STAGES[stage], date=known)
    elif stage == "ratified" or (stage == "agreed" and _APPROVES.search(quote) and _LEGISLATURE.search(quote)):
        made = _consent(statement, day or told_by)
    elif stage == "in force":
        if day is not None or (_ENTERED.search(quote) and not _future(record)):
            made = Act(
                kind="entered into force" if _ENTERED.search(quote) else "observed in force", date=day or told_by
            )
        else:
            made = Act(kind="observed in force", date=known)
    elif stage == "terminated":
        made = _end(statement, day or told_by)
    elif stage == "superseded" and day is None and not _REPLACED.search(quote):
        # "it replaces the treaty of 1993" is said at the signature; the end comes with the entry into force (art. 59)
        made = None
    elif stage in _STAGES:
        until = record["duration"] if stage in {"extended", "renewed"} else None
        made = Act(kind=_STAGES[stage], date=day or told_by, until=(until or "").removeprefix("until ") or None)
    else:
        made = None
    return replace(made, known=known, sources=(statement.id,)) if made else None


def acts_of(statement: Statement) -> list[Act]:
    """All acts that a statement about an agreement tells: that of its stage, and those before and besides."""
    told_by = [statement]
    for step in statement.record.get("acts", ()):
        body = {**statement.record, **step, "duration": None}
        told_by.append(replace(statement, quote=step["quote"], body=dumps(body)))
    return [a for s in told_by if (a := act_of(s)) is not None]


def _future(record: dict[str, Any]) -> bool:
    return bool(
        re.search(
            r"\b(?:will|shall|to|until|before|once|when)\s+(?:\w+\s+){0,6}?(?:enters?|comes?|takes?)\b",
            record["quote"] or "",
        )
    )


def _party(statement: Statement) -> str | None:
    """The one party whose act the quote tells, or null where it tells several or none."""
    hits = [h.code for h in find_names(_agent(statement.quote)) if h.kind != "organisation"]
    found = {continuing(c) for c in hits} & set(statement.block.split())
    return found.pop() if len(found) == 1 else None


def _agent(quote: str) -> str:
    """The words before the instrument: who acts, not with whom."""
    return re.split(r"\b(?:treaty|agreement|accord|pact|protocol|convention|memorandum)\b", quote, maxsplit=1)[0]


def _consent(statement: Statement, day: str | None) -> Act:
    quote = statement.quote
    if _EXCHANGE.search(quote):
        return Act(kind="exchanged", date=day)
    party = _party(statement)
    if _DEPOSIT.search(quote):
        return Act(kind="deposited", date=day, party=party)
    if _LEGISLATURE.search(quote):
        return Act(kind="approved", date=day, party=party)
    return Act(kind="ratified", date=day, party=party)


def _end(statement: Statement, day: str | None) -> Act:
    party = _party(statement)
    if _NOTICE.search(statement.quote):
        return Act(kind="notice given", date=day, party=party)
    if party is not None and _WITHDRAW.search(statement.quote):
        return Act(kind="withdrawn", date=day, party=party)
    return Act(kind="terminated", date=day)


def treaties(facts: Iterable[Fact], family: Mapping[str, str]) -> dict[str, Treaty]:
    """The treaties of agreement facts by their ids, each with its acts, terms and links to the others."""
    held = [f for f in facts if f.kind == "agreement"]
    made = {f.id: _treaty(f, family) for f in held}
    for fact in held:
        links = _linked(fact, held, _REPLACES)
        fixed = corrections(fact.judgements)
        if "supersedes" in fixed:
            links = tuple(x for x in fixed["supersedes"][0].split() if x)
        # a protocol to a treaty lives and dies with it
        above = _linked(fact, held, _BELONGS) if made[fact.id].type == "protocol" else ()
        parent = fixed["parent"][0] if "parent" in fixed else above[0] if above else None
        made[fact.id] = replace(made[fact.id], supersedes=links, parent=parent)
    return made


def _treaty(fact: Fact, family: Mapping[str, str]) -> Treaty:
    acts = [a for s in fact.statements for a in acts_of(s)]
    fixed = corrections(fact.judgements)
    for name, (value, j) in fixed.items():
        if name in ACT_KINDS:
            # a person's word on an act stands instead of what reports say of it
            acts = [a for a in acts if a.kind != name]
            act = Act(kind=cast("ActKind", name), date=value, known=j.dated, sources=(f"judgement:{j.number}",))
            acts.append(act)
    parties = tuple(fact.block.split())
    first = {n: (v[0].value if (v := told(fact, n, family)) else None) for n in ("title", "type", *_FIELDS)}
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


_FIELDS = ("duration", "renewal", "notice", "afterwards", "force", "force_delay", "force_count")


def _given(fixed: Mapping[str, tuple[str, Any]], name: str, told_: Any) -> Any:
    """A person's word on a term, else what the reports tell."""
    return fixed[name][0] if name in fixed else told_


def _order(act: Act) -> tuple[date, str, str]:
    days = interval(act.date)
    return (days.last or days.first or date.max, act.kind, act.party or "")


def _merged(acts: Iterable[Act]) -> list[Act]:
    """One act for all reports of it, known since the first of them; the most exact date first told stands."""
    out: dict[tuple[str, str | None, str | None], Act] = {}
    loose: list[Act] = []
    for act in acts:
        days = interval(act.date)
        if days.first is None or act.kind == "observed in force":
            loose.append(act)
            continue
        key = (act.kind, act.party, act.date)
        held = out.get(key)
        if held is None:
            out[key] = act
        else:
            known = min((k for k in (held.known, act.known) if k), default=None)
            out[key] = replace(held, known=known, sources=tuple(dict.fromkeys((*held.sources, *act.sources))))
    for act in loose:
        # "by then" adds nothing to an act whose day is told as early
        same = [a for a in out.values() if a.kind == act.kind and (act.party is None or a.party == act.party)]
        if not any(a.known is not None and act.known is not None and a.known <= act.known for a in same):
            out[(act.kind, act.party, f"{act.date}{act.sources}")] = act
    return list(out.values())


def _linked(fact: Fact, held: list[Fact], links: frozenset[str]) -> tuple[str, ...]:
    """The ids of earlier agreements of the same states to which a fact's statements link it so."""
    out: list[str] = []
    for s in fact.statements:
        for n, earlier in enumerate(s.record["predecessors"]):
            if earlier["link"] not in links:
                continue
            pseudo = f"{s.id}/{n + 1}"
            found = next((f for f in held if any(m.id == pseudo for m in f.statements)), None)
            if found is None and earlier["title"]:
                found = _by_title(s, earlier["title"], fact, held)
            if found is not None and found.id != fact.id:
                out.append(found.id)
    return tuple(dict.fromkeys(out))


def _by_title(statement: Statement, title: str, fact: Fact, held: list[Fact]) -> Fact | None:
    body = dumps({**statement.record, "title": title, "stage": None, "date": None, "type": None, "count": None})
    asked = seen(replace(statement, when=OPEN, body=body))
    scored = [
        (max(alike(asked, seen(m)) for m in f.statements), f) for f in held if f is not fact and f.block == fact.block
    ]
    best = max(scored, key=lambda x: x[0], default=None)
    return best[1] if best and best[0] > 0 else None
