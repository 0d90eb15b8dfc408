"""Who is meant by a surname, an office, a pronoun or "the two countries"."""

from dataclasses import dataclass, field, replace
from functools import cache

from comity.knowledge.states import rows
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.mention import ActorMention

_HE = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_IT = frozenset({"it", "its", "itself"})
_WE = frozenset({"we", "our", "us", "i", "my"})
_PAIR = frozenset(
    {"country", "side", "nation", "state", "government", "party", "leader", "president", "minister", "capital",
     "neighbour", "neighbor", "power", "ally", "delegation", "premier"}
)  # fmt: skip
_PAIR_WORDS = frozenset({"two", "both", "2"})
_BODIES = frozenset({"delegation", "government", "ministry", "mission", "administration", "parliament", "embassy"})
_PEOPLE = frozenset({"leader", "president", "minister", "premier"})


@dataclass(slots=True)
class Memory:
    """What the article has told so far, the latest last.

    `house` is the state whose government publishes it, `named` are the codes of all that it names.
    """

    persons: list[ActorMention] = field(default_factory=list)
    states: list[ActorMention] = field(default_factory=list)
    bodies: list[ActorMention] = field(default_factory=list)
    subject: ActorMention | None = None
    author: ActorMention | None = None
    house: str | None = None
    named: frozenset[str] = frozenset()

    def meet(self, mention: ActorMention) -> None:
        """Keeps a person for the short names and pronouns to come."""
        self.persons.append(mention)

    def person(self, name: str) -> ActorMention | None:
        """The latest person of whose full name this is a part: a surname, or the same name."""
        words = name.casefold().replace("’s", "").split()
        for p in reversed(self.persons):
            full = (p.name or "").casefold().split()
            if full and words and (words[-1] == full[-1] or (len(words) == 1 and words[0] in full)):
                if len(words) > 1 and words[0][:1] != full[0][:1] and words != full[-len(words) :]:
                    continue
                return p
        return None

    def role(self, role: str, state: str | None = None) -> ActorMention | None:
        """The latest named person in an office, of a state where one is given."""
        wanted = role.casefold()
        for p in reversed(self.persons):
            if p.name and p.role and p.role.casefold() == wanted and (state is None or p.state == state):
                return p
        return None


def resolve(sentence: Sentence, found: list[ActorMention], memory: Memory) -> list[ActorMention]:
    """The actors of a sentence with its pronouns and plurals resolved, in text order; the memory moves on."""
    taken = {i for m in found for i in range(m.first, m.last)}
    out = [_counterpart(m, found, memory) for m in found]
    for token in sentence.tokens:
        if token.index in taken:
            continue
        mention = (
            _pronoun(sentence, token, out, memory)
            or _pair(sentence, token, out, memory)
            or _body(sentence, token, out, memory)
        )
        if mention is not None:
            out.append(mention)
    out.sort(key=lambda m: (m.first, m.last))
    for m in out:
        if m.kind in {"state", "adjective", "group", "person"} and m.state:
            memory.states.append(m)
        # "a US delegation" is read as an office that sends somebody: a body all the same
        if m.state and (m.kind == "group" or (m.name is None and (m.role or "").lower() in _BODIES)):
            memory.bodies.append(m)
    subjects = [m for m in out if sentence.tokens[m.head].deprel.startswith("nsubj") and m.states]
    if subjects:
        memory.subject = subjects[0]
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
    return replace(
        of, sentence=sentence.index, first=first, last=last, head=head, start=start, end=end,
        text=sentence.clip(start, end), kind="pronoun", members=of.members,
    )  # fmt: skip


def _pronoun(sentence: Sentence, token: Token, found: list[ActorMention], memory: Memory) -> ActorMention | None:
    if token.upos != "PRON":
        return None
    word, one = token.text.lower(), (token.index, token.index + 1, token.index)
    if word in _HE:
        before = [m for m in found if m.kind == "person" and m.last <= token.index]
        # the subject of the sentence stays the topic: "Museveni will meet Moi when he visits Nairobi"
        before = [m for m in before if sentence.tokens[m.head].deprel.startswith("nsubj")] or before
        before = before or [m for m in memory.persons if m.sentence < sentence.index][-1:]
        return _copy(sentence, *one, before[-1]) if before else None
    if word in _IT:
        if _elsewhere(sentence, token, found):
            return None
        # the town where a story was written is nobody's antecedent: "MANILA, March 25 - The airline said it …"
        lead = dateline(sentence)
        before = [m for m in found if m.kind in {"state", "group", "organisation"} and m.last <= token.index]
        before = [m for m in before if m.start >= lead]
        subjects = [m for m in before if sentence.tokens[m.head].deprel.startswith("nsubj")]
        chosen = subjects or before[-1:] or [m for m in (memory.subject,) if m and m.kind != "person"]
        return _copy(sentence, *one, chosen[-1]) if chosen else None
    if word in _WE:
        # a statement is its author's own voice: "Statement by President X" says "I"
        speaker = _speaker(sentence, found) or memory.author
        return _copy(sentence, *one, speaker) if speaker else None
    return None


@cache
def _businesses() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("businesses.csv"))


def _elsewhere(sentence: Sentence, token: Token, found: list[ActorMention]) -> bool:
    """Whether a clause above has a firm, or a name that stands for no state, as its subject: "Mobil said it …"."""
    for above in sentence.ancestors(token.index):
        for subject in sentence.children(above.index, "nsubj"):
            if subject.index >= token.index or any(m.first <= subject.index < m.last for m in found):
                continue
            words = {subject.lemma.lower(), *(c.text.lower() for c in sentence.children(subject.index, "flat"))}
            if subject.upos == "PROPN" or words & _businesses():
                return True
    return False


def _speaker(sentence: Sentence, found: list[ActorMention]) -> ActorMention | None:
    """The person whose words the sentence gives."""
    for token in sentence.tokens:
        if token.lemma in {"say", "tell", "add", "declare", "stress"}:
            for s in sentence.children(token.index, "nsubj"):
                held = [m for m in found if m.first <= s.index < m.last and m.state]
                if held:
                    return held[0]
    return None


def _body(sentence: Sentence, token: Token, found: list[ActorMention], memory: Memory) -> ActorMention | None:
    """What "the delegation" or "the government" stands for: the body told of before, or that of the last state."""
    if token.lemma.lower() not in _BODIES or token.upos != "NOUN" or token.text.lower().endswith("s"):
        return None
    kept = [c for c in sentence.children(token.index) if c.deprel in {"det", "amod", "compound", "nmod:poss", "nmod"}]
    if len(kept) != 1 or kept[0].text.lower() != "the" or kept[0].index != token.index - 1:
        return None
    same = [m for m in memory.bodies if m.text.lower().endswith(token.lemma.lower())]
    here = [m for m in found if m.last <= token.index and m.state and m.kind == "state"]
    before = same or here or [m for m in (memory.subject,) if m and m.state and not m.members]
    if not before:
        return None
    first, start = token.index - 1, sentence.tokens[token.index - 1].start
    return replace(
        before[-1], sentence=sentence.index, first=first, last=token.index + 1, head=token.index, start=start,
        end=token.end, text=sentence.clip(start, token.end), kind="group", name=None, role=None,
    )  # fmt: skip


def _pair(sentence: Sentence, token: Token, found: list[ActorMention], memory: Memory) -> ActorMention | None:
    """What "the two countries" or "both sides" stand for: the last two states that were told of together."""
    if token.lemma.lower() not in _PAIR or token.upos != "NOUN" or not token.text.lower().endswith("s"):
        return None
    before = [c.index for c in sentence.children(token.index) if c.text.lower() in _PAIR_WORDS]
    if not before:
        return None
    first = min(before)
    if first > 0 and sentence.tokens[first - 1].text.lower() in {"the", "these", "our"}:
        first -= 1
    people = token.lemma.lower() in _PEOPLE
    known = memory.persons if people else memory.states
    pool = [m for m in found if m.state and m.first < token.index] + [
        m for m in found if m.state and token.index < m.first <= token.index + 4
    ]
    members: dict[str, ActorMention] = {}
    for m in [*reversed(pool), *reversed(known), *reversed(memory.states)]:
        if m.state and not m.members and len(members) < 2:
            members.setdefault(m.state_now or m.state, m)
    if len(members) < 2:
        return None
    start, end = sentence.tokens[first].start, token.end
    pair = tuple(sorted(members.values(), key=lambda m: (m.sentence, m.first)))
    return ActorMention(
        sentence.index, first, token.index + 1, token.index, start, end, sentence.clip(start, end), "pronoun",
        members=pair,
    )  # fmt: skip
