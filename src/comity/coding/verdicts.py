"""Verdicts on visits, figures and agreements: which of them an article reports, by rules and frames, and how likely.

Whatever either finds is a candidate. What both say of it is weighed to the probability that a reader would mark it so,
which is the record's confidence. What the rules keep apart stays apart; of two frames that report one thing the
likelier is kept. Those on events are in `event_verdicts`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from comity.coding.agreements import code_agreements
from comity.coding.contradictions import is_taken_back
from comity.coding.figures import code_figures
from comity.coding.frames import Frame, Frames
from comity.coding.instruments import is_law, kind_of
from comity.coding.sightings import agreement_of, code_of, figure_of, frames_of, is_meeting, sentence_of, visits_of
from comity.coding.visits import code_visits
from comity.coding.weighing import FEATURES, logit, named_as, probability, together
from comity.knowledge.states import continuing
from comity.knowledge.wording import said
from comity.mentions.article import Article
from comity.records.record import Agreement, Figure, Record, Visit

R = TypeVar("R", Visit, Figure, Agreement)
_EVEN, _PAIR = 0.5, 2


def find_visits(article: Article, frames: Frames, least: float) -> list[Visit]:
    """The journeys of an article, of the rules and of the frames, at least so likely."""
    return _found(visit_candidates(article, frames), least)


def find_figures(article: Article, frames: Frames, least: float) -> list[Figure]:
    """The amounts between two parties, of the rules and of the frames, at least so likely."""
    return _found(figure_candidates(article, frames), least)


def find_agreements(article: Article, frames: Frames, least: float) -> list[Agreement]:
    """The instruments of an article, of the rules and of the frames, at least so likely."""
    found = agreement_candidates(article, frames)
    weighed = [(max(r.confidence, _TERM) if _stands_alone(r) else _likely(r.kind, x), r, x[0] > 0) for r, x in found]
    return [_worded(r) for r in choose(weighed, least)]


def _worded(record: Agreement) -> Agreement:
    """An agreement that keeps what its quotes say of its acts, so that nobody has to read them again."""
    acts = tuple(replace(a, wording=said("treaty", a.quote)) for a in record.acts)
    return replace(record, wording=said("treaty", record.quote or ""), acts=acts)


_TERM = 0.6
"""What the rules' word on a term is worth at least: they are seldom wrong there, and the network reads no terms."""


def _stands_alone(record: Agreement) -> bool:
    """Whether the rules' word holds: only rules read a term that a clause states, and what has no parties."""
    return len(record.parties) < _PAIR or any((record.duration, record.renewal, record.notice))


def _found(found: Sequence[tuple[R, tuple[float, ...]]], least: float) -> list[R]:
    return choose([(_likely(r.kind, x), r, x[0] > 0) for r, x in found], least)


def _likely(kind: str, features: tuple[float, ...]) -> float:
    """The probability of a candidate; of what both rules and network see at least the share of such that is right.

    Of an amount not where its sentence leaves one end out: .44 of 25 such were right, .77 of 39 others. So is an
    instrument of which the rules found act, parties and stage: .70 of 27 such were right, and a sentence that stands
    alone is not what the network has learnt to read.
    """
    rule, confidence, both = features[0] > 0, features[1], _both(kind, features)
    sure = rule and (both or (kind in {"agreement", "visit"} and confidence >= _SURE))
    return max(probability(kind, features), together(kind)) if sure else probability(kind, features)


_SURE = 0.9


def _both(kind: str, features: tuple[float, ...]) -> bool:
    """Whether rules and network both see it; one end of an amount that is left out both may guess from what is near."""
    guessed = kind == "figure" and features[FEATURES[kind].index("understood")] == 1
    return features[FEATURES[kind].index("both")] > 0 and not guessed


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
    return sorted(out, key=lambda r: (r.part != "title", r.start or 0))


def _either(
    article: Article, seen: Sequence[Frame], rules: Iterable[R], alone: Iterable[tuple[R, Frame]]
) -> list[tuple[float, R, Frame | None]]:
    """The rules' records (1), each with the surest frame whose word stands in it, then those of a frame alone (0)."""

    def holds(record: R) -> bool:
        if isinstance(record, Agreement) and is_law(record.title or ""):
            return False
        own = (s for s in article.sentences if s.part == record.part and s.start <= (record.start or 0) < s.end)
        return not any(map(is_taken_back, own))

    found: list[tuple[float, R, Frame | None]] = []
    found += [(1.0, r, max(frames_of(article, r, seen), key=lambda f: f.likely, default=None)) for r in rules]
    found += [(0.0, r, f) for r, f in alone]
    return [f for f in found if holds(f[1])]


def visit_candidates(article: Article, frames: Frames) -> list[tuple[Visit, tuple[float, ...]]]:
    """The journeys that either finds, with what speaks for them."""
    seen = frames.of("visit")
    out: list[tuple[Visit, tuple[float, ...]]] = []
    alone = [(r, f) for f in seen for r in visits_of(article, frames, f)]
    for rule, record, best in _either(article, seen, code_visits(article), alone):
        guests = {c for a in record.visitors if (c := code_of(a))}
        host = continuing(record.host or "")
        features = (
            rule, rule * record.confidence, logit(best.likely if best else 0.0),
            logit(max((best.first.get(c, 0.0) for c in guests), default=0.0) if best else 0.0),
            logit(best.second.get(host, 0.0) if best else 0.0), float(record.status == "denied"),
            float(sum(a.start is None for a in record.visitors)), float(any(a.name for a in record.visitors)),
            float(record.date is not None),
            float(bool(rule) and _sees(best)),
            float(record.level is not None),
            float(not rule and best is not None and is_meeting(article, best)), *named_as(frames, {*guests, host}),
        )  # fmt: skip
        out.append((replace(record, evidence=_why(article, record, rule, best)), features))
    return out


def _sees(frame: Frame | None) -> bool:
    """Whether the network takes it that a word reports something."""
    return frame is not None and frame.likely >= _EVEN


def _why(article: Article, record: Record, rule: float, best: Frame | None) -> str:
    """What speaks for a record: the rule and its confidence, and the word and the parties that the network saw."""
    said = [f"{record.evidence} {record.confidence:.2f}"] if rule else []
    if best is not None:
        word = sentence_of(article, best).tokens[best.token].text.lower()
        sides = (best.first, best.second) if best.kind != "agreement" else (best.first,)
        parties = [
            f"{c} {side[c]:.2f}" for side in sides for c in sorted(side, key=lambda k: -side[k])[: 3 - len(sides)]
        ]
        said.append(f"word: {word} {best.likely:.2f}, {', '.join(parties)}")
    return "; ".join(said)


def _same_visit(a: Visit, b: Visit) -> bool:
    """Whether two records report one journey: from one state to one host, with days that do not contradict."""
    guests = [{c for x in v.visitors if (c := code_of(x))} for v in (a, b)]
    if continuing(a.host or "") != continuing(b.host or "") or not guests[0] & guests[1]:
        return False
    return not (a.date and b.date) or a.date.startswith(b.date) or b.date.startswith(a.date)


def figure_candidates(article: Article, frames: Frames) -> list[tuple[Figure, tuple[float, ...]]]:
    """The amounts that either finds, with what speaks for them."""
    seen = frames.of("figure")
    out: list[tuple[Figure, tuple[float, ...]]] = []
    alone = [(r, f) for f in seen if (r := figure_of(article, frames, f)) is not None]
    for rule, record, best in _either(article, seen, code_figures(article), alone):
        ends = continuing(record.reporter or ""), continuing(record.partner or "")
        features = (
            rule, rule * record.confidence, logit(best.likely if best else 0.0),
            logit(best.first.get(ends[0], 0.0) if best else 0.0), logit(best.second.get(ends[1], 0.0) if best else 0.0),
            best.types.get(record.measure or "", 0.0) if best else 0.0, float(record.change_pct is not None),
            float(sum(not _named(article, record, e) for e in ends)), float(bool(rule) and _sees(best)),
            *named_as(frames, set(ends)),
        )  # fmt: skip
        out.append((replace(record, evidence=_why(article, record, rule, best)), features))
    return out


def _named(article: Article, record: Record, code: str) -> bool:
    """Whether the quote of a record names a party."""
    return any(
        m.part == record.part
        and (record.start or 0) <= m.start < (record.end or 0)
        and code in map(continuing, m.states)
        for m in article.actors
    )


def _same_figure(a: Figure, b: Figure) -> bool:
    if a.value is None and a.change_pct == b.change_pct and {a.reporter, a.partner} == {b.reporter, b.partner}:
        return True  # the change that a record of the rules has with its value
    return (a.value, a.change_pct) == (b.value, b.change_pct) or (
        a.part == b.part and a.value == b.value and (a.start or 0) < (b.end or 0) and (b.start or 0) < (a.end or 0)
    )


def agreement_candidates(article: Article, frames: Frames) -> list[tuple[Agreement, tuple[float, ...]]]:
    """The instruments that either finds, with what speaks for them."""
    seen = frames.of("agreement")
    out: list[tuple[Agreement, tuple[float, ...]]] = []
    alone = [(r, f) for f in seen if (r := agreement_of(article, frames, f)) is not None]
    found = _either(article, seen, code_agreements(article), alone)
    for rule, record, best in found:
        likely = [best.first.get(continuing(c), 0.0) if best else 0.0 for c in record.parties]
        general = not _content(record)
        again = any(
            _before(other, record) and set(other.parties) & set(record.parties)
            for _, other, _ in found
            if other is not record
        )
        features = (
            rule, rule * record.confidence, logit(best.likely if best else 0.0), logit(min(likely, default=0.0)),
            logit(max(likely, default=0.0)), float(record.stage is not None), float(max(0, len(record.parties) - 2)),
            float(record.date is not None), float((record.title or "")[:1].isupper()),
            float(bool(rule) and _sees(best)), float(general), float(again), float(general and again),
            float(record.part == "title"), *named_as(frames, set(map(continuing, record.parties))),
        )  # fmt: skip
        out.append((replace(record, evidence=_why(article, record, rule, best)), features))
    return out


def _before(a: Agreement, b: Agreement) -> bool:
    return (a.part != "title", a.start or 0) < (b.part != "title", b.start or 0)


def _content(record: Agreement) -> frozenset[str]:
    """The words of a title that distinguish it from others: "the pact" has none."""
    words = {w.strip(".,;:'\"").lower() for w in (record.title or "").split()}
    return frozenset(
        w for w in words if len(w) > _SHORT and kind_of(w) is None and kind_of(w.removesuffix("s")) is None
    )


_SHORT = 3


def _same_agreement(a: Agreement, b: Agreement) -> bool:
    """Whether two records report one instrument: they overlap, or share parties and what the title says."""
    ends = set(a.parties), set(b.parties)
    touching = a.part == b.part and (a.start or 0) < (b.end or 0) and (b.start or 0) < (a.end or 0)
    if touching and ends[0] & ends[1]:
        return True
    words = _content(a), _content(b)
    if ends[0] <= ends[1] or ends[1] <= ends[0]:
        return bool(words[0] & words[1]) or not (words[0] and words[1])
    return False


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "visit": _same_visit,
    "figure": _same_figure,
    "agreement": _same_agreement,
}
