"""Quotations: what is said by somebody other than the article, and by whom."""

from collections.abc import Iterator, Sequence
from functools import cache

from comity.knowledge.states import rows
from comity.language.tree import Sentence, Token
from comity.mentions.mention import ActorMention, Quotation

_OPEN, _CLOSE = frozenset('“"«'), frozenset('”"»')
_ACCORDING = "according"
_SENTENCES_AHEAD = 3
"""The speaker of a quotation that opens without one is looked for in so many sentences behind it."""


@cache
def _verbs() -> frozenset[str]:
    return frozenset(r["verb"] for r in rows("en/speech_verbs.csv"))


def find_quotations(sentences: Sequence[Sentence], actors: Sequence[ActorMention]) -> tuple[Quotation, ...]:
    """Direct and reported speech in order; the span is what is said, without the words that say who says it.

    A quotation that runs over several sentences keeps its speaker to its last one. Speech whose speaker is no actor
    that was found is left out.
    """
    by_sentence: dict[int, list[ActorMention]] = {}
    for a in actors:
        by_sentence.setdefault(a.sentence, []).append(a)
    out: list[Quotation] = []
    open_speaker: ActorMention | None = None
    for n, sentence in enumerate(sentences):
        here = by_sentence.get(sentence.index, [])
        found = [*_reported(sentence, here), *_according(sentence, here)]
        marks = _marks(sentence)
        if not found and open_speaker is not None:
            # the quotation mark opened in an earlier sentence has not been closed yet
            found = [Quotation(sentence.index, sentence.start, sentence.end, "say", direct=True, speaker=open_speaker)]
        if not found and marks == "opened" and n + 1 < len(sentences):
            # “First sentence. Second,” X said: the speaker stands in a later sentence
            later = next(
                (
                    q
                    for s in sentences[n + 1 : n + 1 + _SENTENCES_AHEAD]
                    for q in _reported(s, by_sentence.get(s.index, []))
                ),
                None,
            )
            if later is not None:
                found = [
                    Quotation(
                        sentence.index, sentence.start, sentence.end, later.verb, direct=True, speaker=later.speaker
                    )
                ]
        out += found
        if marks == "opened":
            open_speaker = found[-1].speaker if found else None
        elif marks == "closed":
            open_speaker = None
    return tuple(out)


def _marks(sentence: Sentence) -> str:
    """Whether the sentence leaves a quotation mark `opened`, has `closed` one, or is `even`."""
    opened = sentence.text.count("“") + sentence.text.count("«")
    closed = sentence.text.count("”") + sentence.text.count("»")
    if opened or closed:
        return "opened" if opened > closed else "closed" if closed > opened else "even"
    return "even"


def _reported(sentence: Sentence, actors: list[ActorMention]) -> Iterator[Quotation]:
    for token in sentence.tokens:
        if token.upos != "VERB" or token.lemma.lower() not in _verbs():
            continue
        speaker = _speaker(sentence, token, actors)
        if speaker is None:
            continue
        below = sentence.below[token.index]
        contents = [c for c in below if c.relation in {"ccomp", "parataxis"}]
        if not contents and _is_set_in(sentence, token):
            yield from _around(sentence, token, speaker)
        for t in (*contents, *(c for c in below if c.deprel == "nsubj:pass")):
            yield _quotation(sentence, t, token, speaker)


def _is_set_in(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb's clause is set into another; behind a noun the tree may join it to the noun, between commas."""
    if verb.head < 0 or verb.relation == "parataxis":
        return verb.head >= 0
    words = [t.index for t in sentence.subtrees[verb.index] if t.upos != "PUNCT"]
    beside = {sentence.tokens[i].text for i in (words[0] - 1, words[-1] + 1) if 0 <= i < len(sentence.tokens)}
    # no "that" or "which" joins it: "The talks, the president said, will begin"
    return verb.deprel == "acl" and beside == {","} and any(c.relation == "nsubj" for c in sentence.below[verb.index])


def _speaker(sentence: Sentence, verb: Token, actors: list[ActorMention]) -> ActorMention | None:
    """Who speaks: the subject, the agent of a passive, or the subject of the verb to which this one is joined."""
    for token in (verb, *sentence.above[verb.index][:2]):
        below = sentence.below[token.index]
        passive = any(c.deprel == "nsubj:pass" for c in below)
        subjects = [c for c in below if c.relation == ("obl" if passive else "nsubj")]
        for s in subjects:
            if passive and not any(c.lemma == "by" and c.relation == "case" for c in sentence.below[s.index]):
                continue
            named = [a for a in actors if a.first <= s.index < a.last and a.kind != "adjective"]
            if named:
                return named[0]
        if passive or subjects or token.relation not in {"advcl", "conj", "xcomp"}:
            return None
    return None


def _quotation(sentence: Sentence, content: Token, verb: Token, speaker: ActorMention) -> Quotation:
    whole = sentence.subtrees[content.index]
    start, end = whole[0].start, whole[-1].end
    if start <= speaker.start < end:
        # the speaker stands amid what is said: keep the side with its predicate
        if content.start < speaker.start:
            end = min(end, speaker.start)
        else:
            start = max(start, verb.end)
    return Quotation(sentence.index, start, end, verb.lemma.lower(), _direct(sentence, start, end), speaker)


def _around(sentence: Sentence, verb: Token, speaker: ActorMention) -> Iterator[Quotation]:
    """What is said around a clause set in: "Ties are good, the minister said", "Ties, the minister said, are good"."""
    above = sentence.tokens[verb.head]
    while above.relation in {"nsubj", "obj", "obl"} and above.head > verb.index:
        above = sentence.tokens[above.head]  # set in right behind a subject
    own = {t.index for t in sentence.subtrees[verb.index]}
    rest = [t for t in sentence.subtrees[above.index] if t.index not in own]
    before, behind = ([t for t in rest if (t.index < verb.index) == side] for side in (True, False))
    for stretch in (before, behind) if above.index > verb.index or not before else (before,):
        if any(t.upos != "PUNCT" for t in stretch):
            start, end = stretch[0].start, stretch[-1].end
            direct = _direct(sentence, start, end)
            yield Quotation(sentence.index, start, end, verb.lemma.lower(), direct, speaker)


def _direct(sentence: Sentence, start: int, end: int) -> bool:
    """Whether quotation marks stand at, in or beside a stretch."""
    return any(t.text in _OPEN | _CLOSE for t in sentence.tokens if start - 2 <= t.start <= end + 2)


def _according(sentence: Sentence, actors: list[ActorMention]) -> Iterator[Quotation]:
    for token in sentence.tokens:
        if token.text.lower() != _ACCORDING:
            continue
        after = [a for a in actors if token.index < a.first <= token.index + 4]
        if after:
            speaker = after[0]
            # the phrase itself is the article's; what lies on its larger side is said
            left, right = token.start - sentence.start, sentence.end - speaker.end
            span = (sentence.start, token.start) if left >= right else (speaker.end, sentence.end)
            yield Quotation(sentence.index, *span, "according to", direct=False, speaker=speaker)
