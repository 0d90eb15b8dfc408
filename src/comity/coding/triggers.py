"""Which words of a sentence report an event, by the table of triggers and the tree around the word."""

from dataclasses import dataclass

from comity.coding import constructions
from comity.coding.statement import cases
from comity.knowledge import plover
from comity.knowledge.plover import Trigger
from comity.language.graph import graph_of
from comity.language.tree import Sentence, Token

# the part of speech by which a word is looked up in the table, for each that the tagger knows
_VERBAL = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "ADJ": "ADJ", "PROPN": "NOUN"}
_REFUSED = frozenset({"CONSULT", "AGREE"})
_PARTICLES = ("compound:prt", "advmod", "case", "mark")


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger at its word; `objects` are the tokens that met its condition on the object."""

    token: int
    trigger: Trigger
    objects: tuple[int, ...] = ()


def trigger(event: str, cameo: str, *, mode: str | None = None, pos: str = "VERB", frame: str = "direct") -> Trigger:
    """A trigger that no word of the table is, but an idiom.

    >>> trigger("CONCEDE", "080").weight
    0
    """
    return Trigger("", pos, frozenset(), frozenset(), event, mode, cameo, frame)


def find_triggers(sentence: Sentence) -> list[Hit]:
    """The words of a sentence that report an event, in text order, one trigger a word.

    A noun that reports the event with its verb ("signed a deal", "held talks") is no hit of its own.
    """
    if "triggers" not in sentence.derived:
        hits = [hit for token in sentence.tokens if (hit := _first(sentence, token)) is not None]
        taken = {i for h in hits for i in h.objects}
        hits = [h for h in hits if h.token not in taken and h.trigger.frame != "none"]
        sentence.derived["triggers"] = tuple(_turned(sentence, hits))
    return list(sentence.derived["triggers"])


def withholds(sentence: Sentence, index: int) -> bool:
    """Whether a word reports aid, arms or talks that are held back, cut, subject to terms, or not given at all.

    It is the verb ("would hold back food aid", "made the loan conditional"), one that governs it ("agreed to hold back
    its aid"), or a noun under it ("the talks were suspended").
    """
    return constructions.found("withheld", sentence, index) is not None


def word_class(token: Token) -> str:
    """The part of speech by which a word is looked up in the table of triggers; empty where it can be none."""
    return _VERBAL.get(token.upos, "")


def _first(sentence: Sentence, token: Token) -> Hit | None:
    """The trigger with the most particular conditions that a word meets."""
    rows = plover.triggers().get((token.lemma.lower(), word_class(token)), ())
    fitting = (_fits(sentence, token, t) for t in rows)
    return next((hit for hit in fitting if hit is not None), None)


def _fits(sentence: Sentence, token: Token, word: Trigger) -> Hit | None:
    known_as = frozenset({word.event, f"frame:{word.frame}", word.lemma})
    if constructions.found("no trigger", sentence, token.index, known_as):
        return None
    objects: tuple[int, ...] = ()
    if word.objects:
        nominal, oblique = word.pos == "NOUN", bool(word.prepositions)
        objects = objects_of(sentence, token.index, word.objects, nominal=nominal, oblique=oblique)
        if not objects:
            return None
    if word.prepositions and not _has_preposition(sentence, token.index, word):
        return None
    return Hit(token.index, word, objects)


def _turned(sentence: Sentence, hits: list[Hit]) -> list[Hit]:
    """Hits in which what is held back, delayed, cut or called off is not given, and its return is no cut."""
    out: list[Hit] = []
    for hit in hits:
        meant = _meant(sentence, hit)
        if meant is hit or (meant is not None and all(h.token != meant.token for h in (*hits, *out))):
            out.append(meant)
    return sorted(out, key=lambda h: h.token)


def _meant(sentence: Sentence, hit: Hit) -> Hit | None:
    """What the words around a hit make of it; null where nobody is said to do it."""
    kind = hit.trigger.event
    idiom = constructions.found("turned", sentence, hit.token, frozenset({kind}))
    if idiom is None or idiom.yields == "kept":
        return hit
    if idiom.yields == "none":
        return None
    event, cameo, *mode = idiom.yields.split()
    if event == "SANCTION" and kind in _REFUSED:
        event, cameo, mode = "REJECT", plover.events()[kind].cameo_refused, ["meet"] if kind == "CONSULT" else []
    noun = sentence.tokens[idiom.at[0]].upos in {"NOUN", "PROPN"}
    pos, frame = ("NOUN", "noun") if noun else ("VERB", "direct")
    return Hit(idiom.at[0], trigger(event, cameo, mode=mode[0] if mode else None, pos=pos, frame=frame), (hit.token,))


def objects_of(
    sentence: Sentence, index: int, lemmas: frozenset[str], *, nominal: bool = False, oblique: bool = False
) -> tuple[int, ...]:
    """Objects of a verb (or passive subjects, heads of relative clauses; `oblique`: also behind prepositions).

    For a noun they are what its phrases and modifiers name. An object counts by its head, or by a noun that
    qualifies the head ("a trade deal package").
    """
    token, graph = sentence.tokens[index], graph_of(sentence)
    ways = ("nmod", "amod", "compound") if nominal else ("obj", "nsubj:pass", *(["obl"] if oblique else []))
    heads = [e.dependent for e in graph.dependents(index, *ways)]
    if token.deprel == "acl":
        heads.append(token.head)  # "the treaty signed in May"
    measures = [h for h in heads if sentence.tokens[h].lemma.lower() in plover.noun_class("@measure")]
    heads += [c.index for h in measures for c in sentence.children(h, "nmod")]  # "some of its troops"
    beside = () if nominal else ("amod", "compound")
    named = [(i, [sentence.tokens[i], *(c for r in beside for c in sentence.children(i, r))]) for i in heads]
    return tuple(dict.fromkeys(i for i, some in named if any(t.lemma.lower() in lemmas for t in some)))


def _has_preposition(sentence: Sentence, index: int, word: Trigger) -> bool:
    if any(c.lemma.lower() in word.prepositions for c in sentence.children(index, *_PARTICLES)):
        return True
    # "came to Paris", but not "came under pressure to cut"
    below = sentence.children(index, "obl", *(() if word.frame == "visit" else ("nmod", "advcl", "obj")))
    return any(cases(sentence, c.index) & word.prepositions for c in below)
