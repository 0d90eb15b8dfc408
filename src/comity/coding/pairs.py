"""Pairs: what a marked source does to a marked target in a text (`comity code`)."""

from dataclasses import dataclass, replace

from comity.coding.classifier import NONE, TYPES, event_of_type, lexicon_votes, merged, probabilities, rule_votes
from comity.coding.events import Act, act_of, code_events
from comity.coding.triggers import find_triggers
from comity.document.document import Document
from comity.errors import FormatError
from comity.knowledge import plover
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention
from comity.mentions.reader import read_article
from comity.records.record import Event

SOURCE, TARGET = "source", "target"
_FAR = 1000
_TURNED, _NEAREST = 0.7, 0.4  # what the rules' word is worth the other way round, and of the nearest trigger alone
_SILENT = 0.5  # how likely "no event" must be before a pair is left without a code
_SURE = 0.5  # how likely a type must be for which neither rules nor words speak


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row of pairs: a text with the spans of a source and of a target (code points, end exclusive)."""

    id: str
    text: str
    source: tuple[int, int]
    target: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCode:
    """What the source does to the target; `plover` is null where the text reports no event between them."""

    id: str
    plover: str | None = None
    mode: str | None = None
    cameo: str | None = None
    confidence: float = 0.0
    evidence: str | None = None


def pair_of(row: dict[str, object]) -> Pair:
    """A pair from a row of the contract; the spans are looked for in the text where the row gives words only.

    Raises `FormatError` where the text is empty or a span is missing, out of range or not of whole numbers.

    >>> pair_of({"id": "1", "text": "Chile sued Peru", "source_text": "Chile", "target_text": "Peru"}).target
    (11, 15)
    """
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise FormatError("the row has no text")
    spans = {}
    for side in (SOURCE, TARGET):
        given, words = row.get(f"{side}_spans"), row.get(f"{side}_text")
        if isinstance(given, list) and given and isinstance(given[0], list) and len(given[0]) == 2:
            start, end = (_offset(x, side) for x in given[0])
        elif isinstance(words, str) and words and words in text:
            start = text.index(words)
            end = start + len(words)
        else:
            raise FormatError(f"the row has no {side}_spans, and its {side}_text does not stand in the text")
        if not 0 <= start < end <= len(text):
            raise FormatError(f"{side}_spans {start} to {end} lie outside of the text of {len(text)} characters")
        spans[side] = (start, end)
    return Pair(id=str(row.get("id")), text=text, source=spans[SOURCE], target=spans[TARGET])


def _offset(given: object, side: str) -> int:
    """An offset as a row gives it: a whole number, also written as 4.0."""
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, float) and given.is_integer():
        return int(given)
    raise FormatError(f"{side}_spans has {given!r} where a whole number belongs; write [[start, end]]")


def code_pair(pair: Pair) -> PairCode:
    """The type of what the source does to the target: rules and words vote, the classifier weighs them with the text.

    Null where the rules see nothing and for the classifier nothing is reported between them, or it is unsure and no
    word of the tables speaks for a type. Mode and CAMEO code are the rules' where they agree on the type, else
    those of the nearest trigger of that type in the text, else the type's default.
    """
    article = read_article(Document(id=pair.id, text=pair.text, language="en"))
    marked = _marked(article, pair)
    rules = _by_rules(marked, pair)
    words = lexicon_votes(pair.text, pair.source, pair.target)
    votes = [*words, *rule_votes(rules.plover, rules.confidence)]
    likely = probabilities(pair.text, pair.source, pair.target, votes)
    kind = max(TYPES, key=lambda t: likely[t])
    silent = likely[NONE] > max(likely[kind], _SILENT) or (likely[kind] < _SURE and not any(words))
    if rules.plover is None and silent:
        return PairCode(id=pair.id, evidence=f"classifier: no event {likely[NONE]:.2f}")
    mode, cameo, event = rules.mode, rules.cameo, rules.plover
    if merged(rules.plover) != kind:
        event, mode, cameo = _nearest(marked, kind)
    said = f"rules: {rules.plover or 'nothing'} ({rules.evidence})" if rules.evidence else "rules: nothing"
    evidence = f"classifier: {kind} {likely[kind]:.2f}; {said}"
    confidence = round(likely[kind], 3)
    return PairCode(id=pair.id, plover=event, mode=mode, cameo=cameo, confidence=confidence, evidence=evidence)


def code_by_rules(pair: Pair) -> PairCode:
    """The type of what the source does to the target, by the same rules that code events in reports.

    An event from source to target counts first, then one between them the other way round; where the rules see
    none, the trigger nearest to the way between them in the tree decides, with less confidence.
    """
    article = read_article(Document(id=pair.id, text=pair.text, language="en"))
    return _by_rules(_marked(article, pair), pair)


def _by_rules(marked: Article, pair: Pair) -> PairCode:
    found: list[tuple[bool, Event]] = []
    for event in code_events(marked):
        does, undergoes = ({a.state for a in side} for side in (event.actor, event.recipient))
        if SOURCE in does and TARGET in does | undergoes:
            found.append((False, event))
        elif TARGET in does and SOURCE in undergoes:
            found.append((True, event))
    if found:
        turned, event = min(found, key=lambda f: (f[0], -f[1].confidence))
        return _code(pair, event, event.evidence, event.confidence * (_TURNED if turned else 1.0))
    return next((_code(pair, act, act.rule, _NEAREST) for act in _acts(marked)), PairCode(id=pair.id))


def _code(pair: Pair, found: Event | Act, evidence: str | None, confidence: float) -> PairCode:
    return PairCode(
        id=pair.id,
        plover=found.event,
        mode=found.mode,
        cameo=found.cameo,
        confidence=round(confidence, 3),
        evidence=evidence,
    )


def _nearest(marked: Article, kind: str) -> tuple[str, str | None, str]:
    """Event, mode and CAMEO code of a type: of the nearest trigger that reports it, else by default."""
    for act in _acts(marked):
        if merged(act.event) == kind:
            return act.event, act.mode, act.cameo or plover.events()[act.event].cameo
    event = event_of_type(kind)
    return event, None, plover.events()[event].cameo


def _marked(article: Article, pair: Pair) -> Article:
    """The article with the two marked spans as its only actors."""
    actors = []
    for side, (start, end) in ((SOURCE, pair.source), (TARGET, pair.target)):
        for sentence in article.sentences:
            inside = [t.index for t in sentence.tokens if t.start < end and start < t.end]
            if sentence.part == "text" and inside:
                actors.append(_actor(sentence, inside, side))
                break
    return replace(article, actors=tuple(sorted(actors, key=lambda m: (m.sentence, m.first))), places=())


def _actor(sentence: Sentence, inside: list[int], side: str) -> ActorMention:
    first, last = inside[0], inside[-1] + 1
    head = sentence.head_of(first, last)
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    text = sentence.clip(start, end)
    return ActorMention(sentence.index, first, last, head, start, end, text, "state", name=text, state=side)


def _acts(article: Article) -> list[Act]:
    """The acts of all triggers, the nearest to the way from the source to the target first."""
    found: list[tuple[float, Act]] = []
    for sentence in article.sentences:
        marked = article.actors_in(sentence.index)
        ends = [m.head for m in marked]
        for hit in find_triggers(sentence) if ends else ():
            inside = any(m.first <= hit.token < m.last for m in marked)
            act = act_of(sentence, hit)
            if act is not None:
                found.append((_distance(sentence, hit.token, ends) + 4 * inside, act))
    return [act for _, act in sorted(found, key=lambda f: f[0])]


def _distance(sentence: Sentence, index: int, ends: list[int]) -> float:
    """How far a word hangs below the way between the ends in the tree; of words as far, the nearer in the text.

    To the way belongs where the ends meet; of one end it is all that it hangs on.
    """
    up, *paths = ([i, *(t.index for t in sentence.ancestors(i))] for i in (index, *ends))
    way = set(paths[0])
    if len(paths) > 1:
        meeting = next(i for i in paths[0] if i in paths[1])
        way = {i for p in paths for i in p[: p.index(meeting) + 1]}
    steps = next((n for n, i in enumerate(up) if i in way), None)
    return _FAR if steps is None else steps + min(abs(index - e) for e in ends) / 100
