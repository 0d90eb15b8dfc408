"""Which words of a sentence tell an event, by the table of triggers and the tree around the word."""

from dataclasses import dataclass
from itertools import pairwise

from comity.coding.arguments import subject
from comity.coding.statement import negated
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


_GIVEN = frozenset({"AID", "COOPERATE", "CONSULT", "SUPPORT", "AGREE"})
_CUT = Trigger("hold", "VERB", frozenset(), frozenset(), "SANCTION", "discontinue", "162", "direct")
_REFUSED = Trigger("hold", "VERB", frozenset(), frozenset(), "REJECT", "meet", "125", "direct")
_TAKEN_BACK = Trigger("hold", "VERB", frozenset(), frozenset(), "REJECT", None, "120", "direct")
_NAMED = Trigger("hold", "NOUN", frozenset(), frozenset(), "SANCTION", "discontinue", "162", "noun")
_RESTORED = Trigger("lift", "VERB", frozenset(), frozenset(), "CONCEDE", None, "080", "direct")
_DROPPED = Trigger("hold", "NOUN", frozenset(), frozenset(), "SANCTION", None, "162", "none")
_HOLDS_ON = frozenset({"of", "in", "to", "on", "for"})
_WHICH = frozenset({"that", "which", "who"})


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
    hits = [h for h in hits if h.trigger.frame != "none" and not _orders(sentence, h, hits)]
    return _without_held(sentence, hits)


def _without_held(sentence: Sentence, hits: list[Hit]) -> list[Hit]:
    """Hits in which what is held back, delayed, cut or called off is not told as given, and its return not as a cut."""
    out: list[Hit] = []
    for hit in hits:
        undone = _undone(sentence, hit)
        if undone is not None:
            if all(h.token != undone for h in (*hits, *out)):
                out.append(Hit(undone, _RESTORED, (hit.token,)))
        elif hit.trigger.event not in _GIVEN or (held := _held(sentence, hit)) is None:
            out.append(hit)
        elif held.trigger is not _DROPPED and all(h.token != held.token for h in (*hits, *out)):
            out.append(held)
    return sorted(out, key=lambda h: h.token)


def _undone(sentence: Sentence, hit: Hit) -> int | None:
    """The verb that ends a cut: "lifted the suspension of aid", "reversed its freeze on loans"."""
    token = sentence.tokens[hit.token]
    if hit.trigger.event != "SANCTION" or token.head < 0:
        return None
    above = sentence.tokens[token.head]
    if token.deprel == "acl:relcl" and above.index in hit.objects and _is_resumed(sentence, above):
        return above.head  # "restored the aid that it had cut"
    if token.upos != "NOUN":
        return None
    ends = token.deprel in {"obj", "nsubj:pass"} and above.lemma.lower() in plover.noun_class("@ends")
    return above.index if ends and token.lemma.lower() in plover.noun_class("@hold") else None


def _held(sentence: Sentence, hit: Hit) -> Hit | None:
    """What tells that the act of a hit is held back, as a hit of its own; null where nothing tells it."""
    token = sentence.tokens[hit.token]
    cut = {"CONSULT": _REFUSED, "AGREE": _TAKEN_BACK}.get(hit.trigger.event, _CUT)
    if token.upos in {"VERB", "AUX"}:
        above = sentence.tokens[token.head] if token.head >= 0 else None
        under = above is not None and token.deprel in {"xcomp", "obj", "advcl"} and token.xpos == "VBG"
        if above is None or not under or not _holds(sentence, above.index, intransitive=False):
            return None
        return Hit(above.index, cut, (hit.token,))
    chain = _of_chain(sentence, token)
    resumed = _is_resumed(sentence, chain[-1])
    for noun in chain:
        if not resumed and _is_held_back(sentence, noun):
            return Hit(noun.index, _DROPPED)
        if noun.index != hit.token and noun.lemma.lower() in plover.noun_class("@hold"):
            return Hit(noun.index, _DROPPED if resumed else _NAMED, (hit.token,))
    top = chain[-1]
    above = sentence.tokens[top.head] if top.head >= 0 else None
    if above is not None and above.xpos == "VBG" and above.deprel in {"xcomp", "obj"} and top.deprel == "obj":
        above = sentence.tokens[above.head]  # "delayed paying out the loan"
    if above is None or (hit.trigger.event == "CONSULT" and above.lemma == "end"):
        return None
    passive = top.deprel == "nsubj:pass"
    if hit.trigger.event == "CONSULT" and top.deprel == "obl" and _leaves(sentence, above.index):
        return Hit(above.index, cut, (hit.token,))
    state = [c.text.lower() for c in sentence.children(above.index, "xcomp")]  # "aid remains frozen"
    if top.deprel == "nsubj" and plover.noun_class("@held_back") & set(state):
        return Hit(above.index, _DROPPED)
    if top.deprel == "nsubj" and (
        above.text.lower() in plover.noun_class("@held_back") or _holds(sentence, above.index, intransitive=True)
    ):
        return Hit(above.index, _DROPPED)
    if not (passive or top.deprel in {"obj", "xcomp"}) or not _holds(sentence, above.index, intransitive=False):
        return None
    agent = any(
        c.text.lower() == "by" for o in sentence.children(above.index, "obl") for c in sentence.children(o.index)
    )
    return Hit(above.index, _DROPPED) if passive and not agent else Hit(above.index, cut, (hit.token,))


def withholds(sentence: Sentence, index: int) -> bool:
    """Whether a word tells of aid, arms or talks that are held back, cut, made to depend on terms, or not given at all.

    It is the verb ("would hold back food aid", "made the loan conditional"), one that governs it ("agreed to hold back
    its aid"), or a noun under it ("the talks were suspended").
    """
    token = sentence.tokens[index]
    if token.upos not in {"VERB", "AUX"}:
        above = sentence.tokens[token.head] if token.head >= 0 else None
        if above is None:
            return False
        if token.deprel == "nsubj":
            return _names(sentence, token, _kept_back()) and _breaks_down(sentence, above.index)
        obl = token.deprel == "obl" and _leaves(sentence, above.index)
        return obl or (token.deprel in {"nsubj:pass", "obj"} and withholds(sentence, above.index))
    verbs = [token, *sentence.children(index, "xcomp")]
    return any(_keeps_back(sentence, v) for v in verbs if v.upos in {"VERB", "AUX"})


def _keeps_back(sentence: Sentence, verb: Token) -> bool:
    passive = sentence.children(verb.index, "nsubj:pass")
    things = [t for t in (*passive, *sentence.children(verb.index, "obj")) if _names(sentence, t, _kept_back())]
    if any(c.lemma.lower() == "no" for t in things for c in sentence.children(t.index, "det")):
        return True
    terms = {c.lemma.lower() for c in sentence.children(verb.index, "xcomp", "advcl")}
    if things and verb.lemma.lower() == "make" and terms & _TERMS:
        return True
    if negated(sentence, verb.index) or _is_resumed_by(verb):
        return False
    if any(_names(sentence, t, _kept_back()) for t in sentence.children(verb.index, "nsubj")) and _breaks_down(
        sentence, verb.index
    ):
        return True
    return _leaves(sentence, verb.index) or (bool(things) and _holds(sentence, verb.index, intransitive=False))


def _kept_back() -> frozenset[str]:
    return plover.noun_class("@aid") | plover.noun_class("@talks") | plover.noun_class("@arms")


def _breaks_down(sentence: Sentence, index: int) -> bool:
    """Whether what is its subject comes to nothing: "the talks broke down", but not "the talks ended"."""
    ended = sentence.tokens[index].lemma.lower() == "end"
    return not ended and not negated(sentence, index) and _holds(sentence, index, intransitive=True)


def _is_resumed_by(verb: Token) -> bool:
    return verb.lemma.lower() in plover.noun_class("@resumed")


def _names(sentence: Sentence, token: Token, kinds: frozenset[str]) -> bool:
    """Whether a noun, or what hangs from it ("deliveries of arms", "arms deliveries"), is of some kinds."""
    under = [token, *sentence.children(token.index, "compound", "nmod", "flat")]
    return any(t.lemma.lower() in kinds for t in under)


def _leaves(sentence: Sentence, index: int) -> bool:
    """Whether a verb tells that somebody goes away from talks: "walked out of the talks"."""
    verb = sentence.tokens[index]
    after = sentence.tokens[index + 1].text.lower() if index + 1 < len(sentence.tokens) else ""
    if f"{verb.lemma.lower()} {after}" not in plover.noun_class("@left"):
        return False
    return any(_names(sentence, o, plover.noun_class("@talks")) for o in sentence.children(index, "obl", "nmod", "obj"))


_TERMS = frozenset({"conditional", "contingent", "dependent"})


def _of_chain(sentence: Sentence, token: Token) -> list[Token]:
    """A noun and the nouns of which it hangs: "aid", "delivery" of "the delivery of aid", "delay" of "a delay in"."""
    chain = [token]
    while token.deprel in {"nmod", "conj"} and token.head >= 0:
        above = sentence.tokens[token.head]
        cases = {c.lemma.lower() for c in sentence.children(token.index, "case")}
        holds = above.lemma.lower() in plover.noun_class("@hold")
        if above.upos != "NOUN" or (token.deprel == "nmod" and "of" not in cases and not (holds and cases & _HOLDS_ON)):
            break
        token = above
        chain.append(token)
    return chain


def _is_resumed(sentence: Sentence, noun: Token) -> bool:
    """Whether a verb gives what was held back after all: "resumed the suspended aid", "paid out the delayed loan"."""
    above = sentence.tokens[noun.head] if noun.head >= 0 else None
    given = noun.deprel in {"obj", "nsubj:pass"} and above is not None
    return given and above is not None and above.lemma.lower() in plover.noun_class("@resumed")


def _is_held_back(sentence: Sentence, noun: Token) -> bool:
    """Whether a participle or a clause at a noun says that it is held back: "suspended aid", "the loan it delayed"."""
    words = plover.noun_class("@held_back")
    if any(c.text.lower() in words for c in sentence.children(noun.index, "amod")):
        return True
    for clause in sentence.children(noun.index, "acl", "acl:relcl"):
        doers = [c.text.lower() for c in sentence.children(clause.index, "nsubj")]
        whole = clause.xpos == "VBN" or sentence.children(clause.index, "nsubj:pass") or set(doers) - _WHICH
        if whole and _holds(sentence, clause.index, intransitive=False):
            return True
    return False


def _holds(sentence: Sentence, index: int, *, intransitive: bool) -> bool:
    """Whether a verb holds back what is its object, or, `intransitive`, what is its subject ("the talks collapsed")."""
    token = sentence.tokens[index]
    aside = {c.lemma.lower() for c in sentence.children(index, "case")}
    if token.lemma.lower() in {"hold", "ice"} and "on" in aside:
        return True
    if token.upos not in {"VERB", "AUX"} or (intransitive and sentence.children(index, "obj")):
        return False
    words = plover.noun_class("@held") | (plover.noun_class("@stopped") if intransitive else frozenset())
    lemma = token.lemma.lower()
    parts = {c.lemma.lower() for c in sentence.children(index, "compound:prt", "advmod")}
    after = [t.text.lower() for t in sentence.tokens[index + 1 : index + 3]]
    if after[1:] != ["-"]:
        parts |= set(after[:1])
    if lemma in words or any(f"{lemma} {part}" in words for part in parts):
        return True
    on_hold = any(
        o.lemma.lower() in {"hold", "ice"} and any(c.lemma.lower() == "on" for c in sentence.children(o.index, "case"))
        for o in sentence.children(index, "obl", "nmod", "xcomp")
    )
    return lemma in {"put", "place", "keep"} and (on_hold or _says_on_hold(sentence, index))


def _says_on_hold(sentence: Sentence, index: int) -> bool:
    words = [t.text.lower() for t in sentence.tokens[index + 1 :]]
    return any(pair in {("on", "hold"), ("on", "ice")} for pair in pairwise(words))


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
