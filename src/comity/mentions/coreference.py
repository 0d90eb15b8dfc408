"""Who is meant by a surname, an office, "he", or a body spoken of before; other words that name nobody: anaphora."""

import re
from collections.abc import Sequence
from dataclasses import replace

from comity.language.tree import Sentence, Token
from comity.mentions.actors import Memory, actors_in
from comity.mentions.mention import ActorMention
from comity.mentions.names import Names

_STATEMENT = re.compile(r"(?:Joint )?(?:Statement|Remarks|Message|Letter|Address|Speech)\b.{0,30}?\b(?:by|from|of)\b")
_HE = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_OWN_VOICE = frozenset({"we", "our", "us", "i", "my"})
_BODIES = frozenset({"delegation", "government", "ministry", "mission", "administration", "parliament", "embassy"})


def find_actors(sentences: Sequence[Sentence], names: Names, on: str | None) -> tuple[ActorMention, ...]:
    """The actors of an article in order of sentence and offset, later short names and pronouns resolved."""
    memory = Memory(house=names.house, named=names.codes)
    out: list[ActorMention] = []
    for sentence in sentences:
        out += _resolved(sentence, actors_in(sentence, names, on, memory), memory)
        if sentence.index == 0 and _STATEMENT.match(sentence.text):
            memory.author = next((m for m in out if m.kind == "person" and m.state), None)
    return tuple(out)


def _resolved(sentence: Sentence, found: list[ActorMention], memory: Memory) -> list[ActorMention]:
    """The actors of a sentence with its pronouns and plurals resolved, in text order; the memory moves on."""
    taken = {i for m in found for i in range(m.first, m.last)}
    out = [_counterpart(m, found, memory) for m in found]
    for token in sentence.tokens:
        if token.index in taken:
            continue
        mention = (
            _he(sentence, token, out, memory)
            or _own_voice(sentence, token, memory)
            or _same_body(sentence, token, memory)
        )
        if mention is not None:
            out.append(mention)
    out.sort(key=lambda m: (m.first, m.last))
    for m in out:
        # "a US delegation" is read as an office that sends somebody: a body all the same
        if m.state and (m.kind == "group" or (m.name is None and (m.role or "").lower() in _BODIES)):
            memory.bodies.append(m)
    return out


def _counterpart(m: ActorMention, found: list[ActorMention], memory: Memory) -> ActorMention:
    """The actor as "his Mongolian counterpart" who holds the office of the other."""
    if m.kind != "person" or (m.role or "").lower() != "counterpart":
        return m
    before = [p for p in found if p.kind == "person" and p.first < m.first and p.role]
    other = before[-1] if before else next((p for p in reversed(memory.persons) if p.role and p.role != m.role), None)
    known = replace(m, role=other.role if other else None)
    memory.persons = [known if p is m else p for p in memory.persons]
    return known


def _copy(sentence: Sentence, first: int, last: int, head: int, of: ActorMention) -> ActorMention:
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    named = of.antecedent or (of.text, of.start, of.end, of.part)
    return replace(
        of, antecedent=named, sentence=sentence.index, first=first, last=last, head=head, start=start, end=end,
        text=sentence.clip(start, end), kind="pronoun", members=of.members,
    )  # fmt: skip


def _he(sentence: Sentence, token: Token, found: list[ActorMention], memory: Memory) -> ActorMention | None:
    """The person that "he" or "her" stands for: the subject of the sentence, else the last one spoken of."""
    if token.upos != "PRON" or token.text.lower() not in _HE:
        return None
    before = [m for m in found if m.kind == "person" and m.last <= token.index]
    # the subject of the sentence stays the topic: "Museveni will meet Moi when he visits Nairobi"
    before = [m for m in before if sentence.tokens[m.head].deprel.startswith("nsubj")] or before
    before = before or [m for m in memory.persons if m.sentence < sentence.index][-1:]
    return _copy(sentence, token.index, token.index + 1, token.index, before[-1]) if before else None


def _own_voice(sentence: Sentence, token: Token, memory: Memory) -> ActorMention | None:
    """A statement is its author's own voice: "Statement by President X" says "I"."""
    if memory.author is None or token.upos != "PRON" or token.text.lower() not in _OWN_VOICE:
        return None
    return _copy(sentence, token.index, token.index + 1, token.index, memory.author)


def _same_body(sentence: Sentence, token: Token, memory: Memory) -> ActorMention | None:
    """What "the delegation" stands for: the one that was spoken of before by the same word."""
    if token.lemma.lower() not in _BODIES or token.upos != "NOUN" or token.text.lower().endswith("s"):
        return None
    kept = [c for c in sentence.below[token.index] if c.deprel in {"det", "amod", "compound", "nmod:poss", "nmod"}]
    if len(kept) != 1 or kept[0].text.lower() != "the" or kept[0].index != token.index - 1:
        return None
    same = [m for m in memory.bodies if m.text.lower().endswith(token.lemma.lower())]
    if not same:
        return None
    body = _copy(sentence, token.index - 1, token.index + 1, token.index, same[-1])
    return replace(body, kind="group", name=None, role=None)
