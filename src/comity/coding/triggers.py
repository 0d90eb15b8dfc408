"""Which words of a sentence tell an event, by the table of triggers and the tree around the word."""

from dataclasses import dataclass

from comity.coding.arguments import subject
from comity.knowledge import plover
from comity.knowledge.plover import Trigger
from comity.language.tree import Sentence, Token

# nouns whose verb form is what the sentence means where the tagger calls them by the other name
_VERBAL = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "ADJ": "ADJ", "PROPN": "NOUN"}


_MEASURES = frozenset(
    {
        "number",
        "series",
        "round",
        "package",
        "million",
        "billion",
        "couple",
        "some",
        "part",
        "most",
        "all",
        "batch",
        "%",
        "percent",
        "half",
        "third",
        "ton",
        "tonne",
    }
)


_OWN = frozenset({"itself", "themselves", "himself", "herself", "its", "their", "his", "her", "our", "ourselves"})
_SAYS = frozenset(
    {"comment", "confirm", "say", "elaborate", "identify", "name", "disclose", "speculate", "specify", "reveal"}
)  # fmt: skip
_CALENDAR = frozenset(
    {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"}
    | {"Oct", "Nov", "Dec"}
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger at its word; `objects` are the tokens that met its condition on the object."""

    token: int
    trigger: Trigger
    objects: tuple[int, ...] = ()


def _time(token: Token) -> bool:
    """Whether a complement is a time: "called him on Saturday" is no call on anybody."""
    return (token.text[:3].title() in _CALENDAR and token.upos == "PROPN") or token.upos == "NUM"


def find_triggers(sentence: Sentence) -> list[Hit]:
    """The words of a sentence that tell an event, in text order, one trigger a word.

    A noun that tells the event with its verb ("signed a deal", "held talks") is no hit of its own.
    """
    hits: list[Hit] = []
    table = plover.triggers()
    for token in sentence.tokens:
        pos = _VERBAL.get(token.upos)
        if pos is None:
            continue
        for trigger in table.get((token.lemma.lower(), pos), ()):
            hit = _fits(sentence, token, trigger)
            if hit:
                hits.append(hit)
                break
    taken = {i for h in hits for i in h.objects}
    hits = [h for h in hits if h.token not in taken]
    return [h for h in hits if h.trigger.frame != "none" and not _orders(sentence, h, hits)]


def _orders(sentence: Sentence, hit: Hit, hits: list[Hit]) -> bool:
    """Whether a verb only commissions the act that its object names: "ordered the release of"."""
    if sentence.tokens[hit.token].lemma != "order":
        return False
    named = {c.index for c in sentence.children(hit.token, "obj")}
    return any(h.token in named and h.trigger.pos == "NOUN" for h in hits)


def _fits(sentence: Sentence, token: Token, trigger: Trigger) -> Hit | None:
    if token.upos in {"VERB", "AUX"} and token.deprel in {"amod", "case", "mark"}:
        return None  # "the accused spy", "following the talks"
    if token.deprel in {"compound", "flat"} and token.upos in {"NOUN", "PROPN"}:
        return None  # "aid agency", "attack helicopter"
    if token.upos == "PROPN" and token.text[:1].isupper() and token.index and trigger.frame == "noun":
        return None  # "World War", "the Defence Support Agency"
    if (
        trigger.frame == "meta"
        and trigger.pos == "ADJ"
        and not sentence.children(token.index, "xcomp", "advcl", "ccomp")
    ):
        return None
    if token.lemma.lower() == "demonstrate" and sentence.children(token.index, "ccomp", "obj"):
        return None  # "demonstrates that it does not cooperate"
    if token.lemma in {"recognise", "recognize"} and sentence.children(token.index, "ccomp"):
        return None  # "recognises that trade matters"
    if trigger.event == "REJECT" and any(c.lemma in _SAYS for c in sentence.children(token.index, "xcomp")):
        return None  # "declined to comment"
    if token.lemma == "defend" and _own_object(sentence, token.index):
        return None  # "as it defends its borders against"
    if trigger.frame == "phone" and not _rings(sentence, token.index):
        return None
    if trigger.frame == "troops" and not _forces(sentence, token.index):
        return None
    if trigger.frame == "tell" and not sentence.children(token.index, "xcomp"):
        return None
    found: tuple[int, ...] = ()
    if trigger.objects:
        nominal, oblique = trigger.pos == "NOUN", bool(trigger.prepositions)
        found = objects_of(sentence, token.index, trigger.objects, nominal=nominal, oblique=oblique)
        if not found:
            return None
    if trigger.prepositions and not _has_preposition(sentence, token.index, trigger):
        return None
    return Hit(token.index, trigger, found)


def _forces(sentence: Sentence, index: int) -> bool:
    """Whether the subject is a force: troops that leave withdraw, a minister who leaves travels."""
    head, _ = subject(sentence, index)
    return head is not None and sentence.tokens[head].lemma.lower() in plover.noun_class("@troops")


def _own_object(sentence: Sentence, index: int) -> bool:
    """Whether the object of a verb is the subject itself, or something of its own."""
    objects = sentence.children(index, "obj")
    owners = [c for o in objects for c in sentence.children(o.index, "nmod:poss")]
    return any(t.lower() in _OWN for t in (o.text for o in (*objects, *owners)))


def _rings(sentence: Sentence, index: int) -> bool:
    """Whether "called" means a telephone: somebody by name is called, and nothing is said of what he is called."""
    named = [c for c in sentence.children(index, "obj", "iobj") if c.upos == "PROPN"]
    said = [c for c in sentence.children(index, "xcomp", "ccomp") if c.upos != "VERB"]
    if not named and said and all(c.upos == "PROPN" for c in said):
        named, said = said[:1], []  # "called King Salman": the parser takes a title for what somebody is called
    return len(named) == 1 and not said and not sentence.children(index, "compound:prt")


def objects_of(
    sentence: Sentence, index: int, lemmas: frozenset[str], *, nominal: bool = False, oblique: bool = False
) -> tuple[int, ...]:
    """Objects of a verb (or passive subjects, heads of relative clauses; `oblique`: also behind prepositions).

    For a noun they are what its phrases and modifiers name. An object counts by its head, or by a noun that
    qualifies the head ("a trade deal package").
    """
    if nominal:
        heads = [c.index for c in sentence.children(index, "nmod", "amod", "compound")]
    else:
        heads = [
            c.index
            for c in sentence.children(index)
            if c.deprel in {"obj", "nsubj:pass"} or (oblique and c.deprel.startswith("obl"))
        ]
    token = sentence.tokens[index]
    if token.deprel.startswith("acl") and token.head >= 0:
        heads.append(token.head)  # "the treaty signed in May", "the sanctions that it imposed"
    out: list[int] = []
    for head in heads:
        group = [head, *(c.index for c in sentence.children(head, "conj"))]
        if sentence.tokens[head].lemma.lower() in _MEASURES:
            group += [c.index for c in sentence.children(head, "nmod")]
        out.extend(i for i in group if _counts(sentence, i, lemmas, nominal=nominal))
    return tuple(out)


def _counts(sentence: Sentence, index: int, lemmas: frozenset[str], *, nominal: bool) -> bool:
    if sentence.tokens[index].lemma.lower() in lemmas:
        return True
    return not nominal and any(c.lemma.lower() in lemmas for c in sentence.children(index, "amod", "compound"))


def _has_preposition(sentence: Sentence, index: int, trigger: Trigger) -> bool:
    wanted = trigger.prepositions
    # "came to Paris", but not "came under pressure to cut"
    ways = {"obl"} if trigger.frame == "visit" else {"obl", "nmod", "advcl", "obj"}
    for child in sentence.children(index):
        if child.deprel in {"compound:prt", "advmod", "case", "mark"} and child.lemma.lower() in wanted:
            return True
        if child.deprel.split(":")[0] in ways:
            cases = {c.lemma.lower() for c in sentence.children(child.index, "case", "mark")}
            if cases & wanted and not _time(child):
                return True
    return False
