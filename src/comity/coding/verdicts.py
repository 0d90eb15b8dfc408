"""Verdicts on visits, figures and agreements: which of them an article reports, by rules and frames, and how likely.

Whatever either finds is a candidate. What both say of it is weighed to the probability that a reader would mark it so,
which is the record's confidence. What the rules keep apart stays apart; of two frames that report one thing the
likelier is kept. Those on events are in `event_verdicts`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from comity.coding.agreements import code_agreements
from comity.coding.contradictions import is_taken_back
from comity.coding.figures import code_figures
from comity.coding.frames import UNSEEN, Frame, Frames
from comity.coding.instruments import is_law, kind_of
from comity.coding.sightings import agreement_of, code_of, figure_of, frames_of, is_meeting, visits_of
from comity.coding.visits import code_visits, same_journey
from comity.coding.weighing import FEATURES, features, logit, named_as, probability, together
from comity.knowledge.states import continuing
from comity.knowledge.wording import said
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Agreement, Figure, Visit

R = TypeVar("R", Visit, Figure, Agreement)
Candidates = list[tuple[R, tuple[float, ...]]]
"""Records that may be reported, each with what speaks for it."""
_EVEN, _PAIR = 0.5, 2
_SURE = 0.9
_TERM = 0.6
"""What the rules' word on a term is worth at least: they are seldom wrong there, and the network reads no terms."""
_SHORT = 3


def find(kind: str, article: Article, frames: Frames, least: float) -> list[Any]:
    """The visits, figures or agreements of an article, of the rules and of the frames, at least so likely."""
    found = CANDIDATES[kind](article, frames)
    return choose([(likelihood(record, x), record, x[0] > 0) for record, x in found], least)


def likelihood(record: Visit | Figure | Agreement, x: tuple[float, ...]) -> float:
    """The probability of a candidate; of what both rules and network see at least the share of such that is right.

    So is that of an instrument of which the rules found act, parties and stage: .70 of 27 such were right, and a
    sentence that stands alone is not what the network has learnt to read. Where only rules read anything, the term that
    a clause states and what has no parties, their word holds.
    """
    kind = record.kind
    if isinstance(record, Agreement) and (len(record.parties) < _PAIR or _has_terms(record)):
        return max(record.confidence, _TERM)
    sure = x[0] > 0 and (seen_by_both(kind, x) or (kind != "figure" and x[1] >= _SURE))
    return max(probability(kind, x), together(kind)) if sure else probability(kind, x)


def _has_terms(record: Agreement) -> bool:
    return any((record.duration, record.renewal, record.notice))


def seen_by_both(kind: str, x: tuple[float, ...]) -> bool:
    """Whether rules and network both see a candidate.

    An amount whose sentence leaves one end out both may guess from what is near: .44 of 25 such were right, .77 of 39
    others.
    """
    guessed = kind == "figure" and x[FEATURES[kind].index("understood")] == 1
    return x[FEATURES[kind].index("both")] > 0 and not guessed


def choose(weighed: Sequence[tuple[float, R, bool]], least: float) -> list[R]:
    """The records of candidates, each with its probability and whether the rules found it.

    What the rules keep apart stays apart. A frame that reports what a record of the rules reports makes that one
    likelier, since the rules read more of it (terms, titles, purposes); of two frames that report one thing the
    likelier is kept.
    """
    kept: list[tuple[float, R, bool]] = []
    for likely, record, rule in sorted(weighed, key=lambda w: (not w[2], -w[0], w[1].start or 0)):
        twin = None if rule else next((k for k in kept if _SAME[record.kind](record, k[1])), None)
        if twin is None:
            kept.append((likely, record, rule))
        elif likely > twin[0]:
            kept[kept.index(twin)] = (likely, twin[1], twin[2])
    out = [replace(r, confidence=round(p, 2)) for p, r, _ in kept if p >= least]
    return sorted(out, key=_place)


def visit_candidates(article: Article, frames: Frames) -> Candidates[Visit]:
    """The journeys that either finds, with what speaks for them."""
    out: Candidates[Visit] = []
    for record, best in _either(
        article, frames, "visit", code_visits(article), lambda f: visits_of(article, frames, f)
    ):
        guests = {c for a in record.visitors if (c := code_of(a))}
        host = continuing(record.host or "")
        own = {
            "visitor": logit(max((best.first.get(c, 0.0) for c in guests), default=0.0)),
            "host": logit(best.second.get(host, 0.0)),
            "denied": record.status == "denied",
            "understood": sum(a.start is None for a in record.visitors),
            "named": any(a.name for a in record.visitors),
            "dated": record.date is not None,
            "office": record.level is not None,
            "meeting": record.evidence is None and is_meeting(article, best),
        }
        out.append(_weighed(record, best, frames, {*guests, host}, own))
    return out


def figure_candidates(article: Article, frames: Frames) -> Candidates[Figure]:
    """The amounts that either finds, with what speaks for them."""
    out: Candidates[Figure] = []
    alone = partial(figure_of, article, frames)
    for record, best in _either(article, frames, "figure", code_figures(article), lambda f: [alone(f)]):
        reporter, partner = continuing(record.reporter or ""), continuing(record.partner or "")
        own = {
            "reporter": logit(best.first.get(reporter, 0.0)),
            "partner": logit(best.second.get(partner, 0.0)),
            "measure": best.types.get(record.measure or "", 0.0),
            "change": record.change_pct is not None,
            "understood": sum(not _names(article, record, end) for end in (reporter, partner)),
        }
        out.append(_weighed(record, best, frames, {reporter, partner}, own))
    return out


def agreement_candidates(article: Article, frames: Frames) -> Candidates[Agreement]:
    """The instruments that either finds, with what speaks for them.

    Each keeps what its quotes say of its acts, so that nobody has to read them again.
    """
    out: Candidates[Agreement] = []
    alone = partial(agreement_of, article, frames)
    found = _either(article, frames, "agreement", code_agreements(article), lambda f: [alone(f)])
    for record, best in found:
        ends = set(map(continuing, record.parties))
        likely = [best.first.get(c, 0.0) for c in ends]
        general = not _content(record)
        before = (other for other, _ in found if _place(other) < _place(record))
        again = any(set(other.parties) & set(record.parties) for other in before)
        own = {
            "weakest": logit(min(likely, default=0.0)),
            "strongest": logit(max(likely, default=0.0)),
            "stage": record.stage is not None,
            "many": max(0, len(record.parties) - _PAIR),
            "dated": record.date is not None,
            "named": (record.title or "")[:1].isupper(),
            "general": general,
            "again": again,
            "general again": general and again,
            "title": record.part == "title",
        }
        acts = tuple(replace(a, wording=said("treaty", a.quote)) for a in record.acts)
        worded = replace(record, wording=said("treaty", record.quote or ""), acts=acts)
        out.append(_weighed(worded, best, frames, ends, own))
    return out


CANDIDATES: dict[str, Callable[[Article, Frames], Candidates[Any]]] = {
    "visit": visit_candidates,
    "figure": figure_candidates,
    "agreement": agreement_candidates,
}


def _either(
    article: Article, frames: Frames, kind: str, rules: Sequence[R], alone: Callable[[Frame], Iterable[R | None]]
) -> list[tuple[R, Frame]]:
    """The rules' records, each with the surest frame whose word stands in it, then those that a frame alone reports."""
    seen = frames.of(kind)
    found = [(r, max(frames_of(article, r, seen), key=lambda f: f.likely, default=UNSEEN)) for r in rules]
    found += [(r, f) for f in seen for r in alone(f) if r]
    laws = [r for r, _ in found if isinstance(r, Agreement) and is_law(r.title or "")]
    wrong = [s for s in article.sentences if is_taken_back(s)]
    return [(r, f) for r, f in found if r not in laws and not any(_stands_in(r, s) for s in wrong)]


def _stands_in(record: Visit | Figure | Agreement, sentence: Sentence) -> bool:
    return sentence.part == record.part and sentence.start <= (record.start or 0) < sentence.end


def _weighed(
    record: R, best: Frame, frames: Frames, parties: Collection[str], own: dict[str, float]
) -> tuple[R, tuple[float, ...]]:
    """A record with its evidence and its features: its own, and those that every kind has."""
    rule = record.evidence is not None
    shared = {
        "rule": rule,
        "rule confidence": rule * record.confidence,
        "seen": logit(best.likely),
        "both": rule and best.likely >= _EVEN,
    }
    found = replace(record, evidence=_evidence(frames.stage.article, record, best))
    return found, features(record.kind, {**shared, **own, **named_as(frames, parties)})


def _evidence(article: Article, record: R, best: Frame) -> str:
    """What speaks for a record: the rule and its confidence, and the word and the parties that the network saw."""
    parts = [f"{record.evidence} {record.confidence:.2f}"] if record.evidence else []
    if best.likely:
        word = article.sentences[best.sentence].tokens[best.token].text.lower()
        sides = (best.first, best.second) if best.kind != "agreement" else (best.first,)
        parties = [
            f"{c} {side[c]:.2f}" for side in sides for c in sorted(side, key=lambda k: -side[k])[: 3 - len(sides)]
        ]
        parts.append(f"word: {word} {best.likely:.2f}, {', '.join(parties)}")
    return "; ".join(parts)


def _names(article: Article, record: Figure, code: str) -> bool:
    """Whether the quote of a record names a party."""
    start, end = record.start or 0, record.end or 0
    named = (m for m in article.actors if m.part == record.part and start <= m.start < end)
    return any(code in map(continuing, m.states) for m in named)


def _same_figure(a: Figure, b: Figure) -> bool:
    if a.value is None and a.change_pct == b.change_pct and {a.reporter, a.partner} == {b.reporter, b.partner}:
        return True  # the change that a record of the rules has with its value
    return (a.value, a.change_pct) == (b.value, b.change_pct) or (a.value == b.value and _overlap(a, b))


def _same_agreement(a: Agreement, b: Agreement) -> bool:
    """Whether two records report one instrument: they overlap, or share parties and what the title says."""
    one, other = set(a.parties), set(b.parties)
    if _overlap(a, b) and one & other:
        return True
    words = _content(a), _content(b)
    return (one <= other or other <= one) and (bool(words[0] & words[1]) or not all(words))


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "visit": same_journey,
    "figure": _same_figure,
    "agreement": _same_agreement,
}


def _overlap(a: R, b: R) -> bool:
    return a.part == b.part and (a.start or 0) < (b.end or 0) and (b.start or 0) < (a.end or 0)


def _place(record: Visit | Figure | Agreement) -> tuple[bool, int]:
    """Where a record stands in the order of a report, the headline first."""
    return record.part != "title", record.start or 0


def _content(record: Agreement) -> frozenset[str]:
    """The words of a title that distinguish it from others: "the pact" has none."""
    words = {w.strip(".,;:'\"").lower() for w in (record.title or "").split()}
    return frozenset(w for w in words if len(w) > _SHORT and not (kind_of(w) or kind_of(w.removesuffix("s"))))
