"""How far an instrument has come: the acts of treaty-making that a sentence reports of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from comity.coding import constructions
from comity.coding.clauses import NONE, NOTHING, context_of
from comity.coding.constructions import Value, decide
from comity.coding.instruments import Instrument
from comity.coding.phrases import DEFINITE, INDEFINITE
from comity.coding.statement import clause_head, date_of, status_of
from comity.knowledge.states import rows
from comity.knowledge.word_classes import words
from comity.language.tree import Sentence, Token
from comity.mentions import edtf
from comity.mentions.article import Article

_words = partial(words, "stage")
_ORDER = (
    "proposed", "planned", "negotiated", "initialled", "agreed", "signed", "ratified", "in force", "amended",
    "extended", "renewed", "suspended", "superseded", "expired", "terminated",
)  # fmt: skip
# "an updated roadmap" is a new one, not the old one amended
_NEW = frozenset({"amended", "extended", "renewed", "superseded"})
# what an instrument does as the active subject
_OF_ITSELF = frozenset({"in force", "expired", "terminated"})
_CLAUSES = frozenset({"advcl", "ccomp", "parataxis", "acl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
OUTCOME_FACTS: dict[str, Callable[[tuple[str, str, bool]], Value]] = {
    "status": lambda of: {of[0]},
    "stage": lambda of: {of[1]},
    "definite": lambda of: of[2],
}
_BEFORE, _BEHIND, _FAR = 6, 6, 10
"""How many words before and behind a phrase an act may stand, and how far behind it is said to wait for one."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an instrument: `token` is its word, `stage` is what it leads to, null where the act is denied.

    `dated` where a date beside the token may be that of the act.
    """

    token: int
    stage: str | None
    dated: bool = True


def rank(stage: str | None) -> int:
    """The place of a stage in the life of an instrument; -1 for none.

    >>> rank("signed") > rank("planned") > rank(None)
    True
    """
    return _ORDER.index(stage) if stage else -1


def act_on(article: Article, sentence: Sentence, instrument: Instrument) -> Act | None:
    """The act that the sentence reports of the instrument, at the stage that its tense and mood support, or null.

    The words around it count before those of the tree.
    """
    around = context_of(sentence, instrument)
    if around is not None and around.yields not in {NONE, NOTHING}:
        return Act(around.token, around.yields, around.dated)
    agent = sentence.tokens[instrument.head].deprel == "obl:agent"
    found = _in_tree(sentence, instrument) or (None if agent else _in_line(sentence, instrument))
    if around or found is None or _lemma(sentence, found[0]) in _words("use"):
        relative = next(_relatives(sentence, instrument), None)
        if around or relative:
            return relative
    return _by_word(article, sentence, instrument, found)


def besides(sentence: Sentence, instrument: Instrument, act: Act | None) -> list[Act]:
    """Further acts that the sentence reports of the instrument: "was signed in May and entered into force in July"."""
    if act is None or act.stage is None or in_use(sentence, act):
        return []
    verbs = [*sentence.children(act.token, "conj"), *_noted(sentence, act.token)]
    above = _governing(sentence, instrument.head)
    if above is not None and sentence.tokens[instrument.head].deprel.startswith("nsubj"):
        verbs.append(sentence.tokens[above[0]])  # "the treaty, signed in Lima, was ratified in May"
    if sentence.tokens[act.token].deprel == "conj":  # "signed and ratified a protocol"
        verbs.append(sentence.tokens[sentence.tokens[act.token].head])
    joined = [
        Act(v.index, stage)
        for v in verbs
        if (stage := _stage_of(sentence, v))
        and (v.upos == "VERB" or stage == "in force")
        and not _has_own(sentence, v, instrument, act)
    ]
    if opening := fronted(sentence, instrument):
        joined.append(Act(*opening))  # "signed in 1998, the accord is in force"
    found = [*(a for a in joined if _is_done(sentence, a)), *_relatives(sentence, instrument)]
    return [a for a in found if a.token != act.token and a.stage not in {act.stage, *_NEW}]


def _noted(sentence: Sentence, act: int) -> Iterator[Token]:
    """The participles that go on a list of what was done with it: "signed on 4 May; ratified on 2 June"."""
    for t in sentence.children(act, "advcl", "parataxis"):
        if t.xpos == "VBN" and t.index > act and sentence.tokens[t.index - 1].text == ";":
            yield t


def in_use(sentence: Sentence, act: Act) -> bool:
    """Whether an act only shows that the instrument is used: "under the treaty", "its provisions"."""
    # who breached a treaty was bound by it
    return _lemma(sentence, act.token) in _words("use") and sentence.tokens[act.token].upos != "VERB"


def _lemma(sentence: Sentence, i: int) -> str:
    return sentence.tokens[i].lemma.lower()


def _is_done(sentence: Sentence, act: Act) -> bool:
    return status_of(sentence, act.token) == "occurred"


def _has_own(sentence: Sentence, verb: Token, instrument: Instrument, act: Act) -> bool:
    """Whether a second verb is of something else: of another subject, or of an object of its own."""
    relations = ("nsubj", "nsubj:pass", "obj") if verb.head == act.token else ("obj",)
    inside = range(instrument.first, instrument.last)
    kids = sentence.children(verb.index, *relations)
    return any(k.index not in inside and k.text.lower() not in {"it", "them"} for k in kids)


def _relatives(sentence: Sentence, instrument: Instrument) -> Iterator[Act]:
    """The done acts of relative clauses whose object the instrument is: "the treaty, which the two signed in May"."""
    for clause in sentence.children(instrument.head, "acl:relcl"):
        stage = _stage_of(sentence, clause)
        what = {o.text.lower() for o in sentence.children(clause.index, "obj", "nsubj:pass")}
        if stage and what & {"which", "that"} and _is_done(sentence, act := Act(clause.index, stage)):
            yield act


def _by_word(article: Article, sentence: Sentence, instrument: Instrument, found: tuple[int, str] | None) -> Act | None:
    """The act that a verb or noun reports of the instrument, at the stage that its tense and mood support."""
    used = found is not None and _lemma(sentence, found[0]) in _words("use") | _words("bound")
    if (found is None or used or rank(found[1]) < rank("agreed")) and _is_dated(article, sentence, instrument):
        return Act(instrument.head, "agreed")  # what is called "today's agreement" was reached that day
    if found is None:
        modifiers = ((t, _modifiers().get(t.text.lower())) for t in sentence.tokens[instrument.first : instrument.head])
        return next((Act(t.index, stage) for t, stage in modifiers if stage), None)
    token, stage = found
    if instrument.kind.word == "amendment" and stage in _NEW:
        return None  # "the Amendment's revisions to the Agreement"
    verb = sentence.tokens[token]
    status = status_of(sentence, token)
    if verb.xpos == "VBN" and verb.deprel.startswith("acl") and not sentence.children(token, "aux"):
        status = "occurred"  # "would replace the treaty signed in 1933": the participle keeps its own time
    if _is_ahead(article, sentence, verb, stage):
        status = "planned"
    if status == "denied" and not (instrument.definite and stage in {"terminated", "suspended"}):
        # "failed to agree on a deal and will study it again": the talks go on
        goes_on = stage in {"agreed", "signed"} and any(t.lemma.lower() in _words("goes on") for t in sentence.tokens)
        return Act(token, "planned" if goes_on else None)
    kept = verb.lemma.lower() in _words("use") | _words("kept")
    row = None if kept else decide("outcome", OUTCOME_FACTS, (status, stage, instrument.definite))
    reached = stage if row is None or row.yields == "as it is" else row.yields
    # what "expires on May 3" is in force, but not since that day
    return Act(token, reached, dated=reached == stage or reached != "in force")


def _is_ahead(article: Article, sentence: Sentence, verb: Token, stage: str) -> bool:
    """Whether a verb without "will" is of what is to come: "Peru to sign pact", "expires"."""
    if verb.upos != "VERB":
        return False
    if stage == "expired":
        return verb.xpos not in {"VBD", "VBN"}
    if verb.xpos == "VB":  # a headline has no other finite verb; elsewhere the verb above decides
        infinitive = any(c.text.lower() == "to" for c in sentence.children(verb.index, "mark"))
        return infinitive and not any(t.xpos in _FINITE for t in sentence.tokens)
    if verb.xpos not in {"VBZ", "VBP"} or verb.lemma.lower() not in _words("takes effect"):
        return False
    return edtf.lies_after(date_of(article, sentence, verb.index)[0], article.document.published)


def _is_dated(article: Article, sentence: Sentence, instrument: Instrument) -> bool:
    """Whether a past day or month owns the phrase: "today's agreement", "last December's accord"."""
    first, published = instrument.first, article.document.published or ""
    if not first or sentence.tokens[first - 1].text not in {"'s", "’s"}:
        return False
    owner = next((d for d in article.dates_in(sentence.index) if d.last in {first - 1, first}), None)
    day = (owner.edtf or "").split("/")[0] if owner else ""
    return bool(day) and day[: len(published)] <= published[: len(day)]


@cache
def _verbs() -> dict[tuple[str, str], str]:
    return {(r["word"], r["part"]): r["stage"] for r in rows("en/stage_verbs.csv")}


@cache
def _modifiers() -> dict[str, str]:
    return {r["word"]: r["yields"] for r in rows("en/stage_modifiers.csv")}


def _stage_of(sentence: Sentence, token: Token) -> str | None:
    """The stage to which a verb or noun leads, or null."""
    idiom = constructions.found("stage", sentence, token.index)
    if idiom is not None:
        return None if idiom.yields == NONE else idiom.yields
    part = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token.upos, "")
    return _verbs().get((token.lemma.lower(), part)) or _verbs().get((token.text.lower(), part))


def _in_tree(sentence: Sentence, instrument: Instrument) -> tuple[int, str] | None:
    """The act by the tree: what is said of the phrase itself first, then what governs it."""
    for child in sentence.children(instrument.head, "acl", "acl:relcl"):
        stage = _stage_of(sentence, child)
        if stage and (child.xpos == "VBN" or _by_itself(sentence, child, stage)):
            return child.index, stage
    if opening := fronted(sentence, instrument):
        return opening
    for t in sentence.tokens[instrument.first : instrument.head]:  # "the recently signed accord"
        stage = _stage_of(sentence, t) if t.upos == "VERB" else None
        if stage and stage not in _NEW:
            return t.index, stage
    return _used_by(sentence, instrument) or _governing(sentence, instrument.head)


def fronted(sentence: Sentence, instrument: Instrument) -> tuple[int, str] | None:
    """The act of a participle in front of its subject: "signed in 1998, the accord …", not "when signed, it will …"."""
    top = sentence.tokens[instrument.head]
    before = sentence.children(top.head, "advcl") if top.deprel.startswith("nsubj") else ()
    for child in before:
        led = any(c.deprel == "mark" or c.xpos == "WRB" for c in sentence.children(child.index))
        stage = None if led or child.xpos != "VBN" or child.index > instrument.first else _stage_of(sentence, child)
        if stage and stage not in _NEW:
            return child.index, stage
    return None


def _governing(sentence: Sentence, top: int) -> tuple[int, str] | None:
    """The act whose object or passive subject a phrase is, by the words above its top one."""
    inner = sentence.tokens[top]
    clause = clause_head(sentence, top)
    for above in sentence.ancestors(top):
        if inner.deprel.split(":")[0] in _CLAUSES:
            return None
        stage = _stage_of(sentence, above)
        if stage in _NEW and inner.deprel == "obl:agent":
            return None  # "the pact was replaced by a treaty"
        if stage and (inner.deprel != "nsubj" or _by_itself(sentence, above, stage) or _elliptic(sentence, above)):
            return above.index, stage
        if above.index == clause:
            return None
        inner = above
    return None


def _elliptic(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb of signing stands without its auxiliary: "Treaty of Friendship signed in Lima"."""
    alone = verb.xpos in {"VBN", "VBD"} and not sentence.children(verb.index, "obj", "aux")
    return alone and verb.lemma.lower() in _words("passive alone")


def _used_by(sentence: Sentence, instrument: Instrument) -> tuple[int, str] | None:
    """The word that uses a phrase: "under" before it, an organ behind it; none where a participle acts on it."""
    after = sentence.tokens[instrument.last : instrument.last + 2]
    if any(t.xpos in {"VBN", "VBD"} and _stage_of(sentence, t) for t in after):
        return None  # "under an agreement reached in Tehran"
    if instrument.named and any(t.text.lower() in words("instrument", "organs") for t in after[:1]):
        return instrument.last, "in force"  # "the Fish Agreement Council"
    low = [t.text.lower() for t in sentence.tokens[: instrument.first]]
    while low and low[-1] in DEFINITE | INDEFINITE:
        low.pop()
    for n in (1, 2):
        if "_".join(low[-n:]) in _words("by which it is used"):
            return len(low) - n, "in force"
    return None


def _by_itself(sentence: Sentence, verb: Token, stage: str) -> bool:
    """Whether an instrument is what the verb has as its active subject: it ends, but it scraps missiles."""
    return stage in _OF_ITSELF and not (stage == "terminated" and sentence.children(verb.index, "obj"))


def _in_line(sentence: Sentence, instrument: Instrument) -> tuple[int, str] | None:
    """The act by the order of words, for phrases that the tree puts wrongly."""
    before = sentence.tokens[max(0, instrument.first - _BEFORE) : instrument.first]
    for t in reversed(before):
        if stage := _stage_of(sentence, t):
            return t.index, stage
        if t.upos == "VERB":
            break
        if t.text.lower() == "under":
            return t.index, "in force"
    return _behind(sentence, instrument)


def _behind(sentence: Sentence, instrument: Instrument) -> tuple[int, str] | None:
    start = _end(sentence, instrument)
    for n, t in enumerate(sentence.tokens[start : start + _FAR]):
        if t.upos == "PRON" or t.text.lower() in _words("breaks off"):
            return None
        if t.upos == "VERB" and n < _BEHIND:
            stage = _stage_of(sentence, t)
            aside = n == 1 and sentence.tokens[start].text == ","  # "the agreement, signed in May,"
            acts = stage and (t.xpos == "VBN" or aside or _by_itself(sentence, t, stage))
            return (t.index, stage) if stage and acts else None
    return None


def _end(sentence: Sentence, instrument: Instrument) -> int:
    """Where a phrase ends, with its "between X and Y" where a participle follows: "…, signed in May,"."""
    tokens = sentence.tokens
    partners = (
        sentence.subtree(c.index)[-1].index + 1
        for c in sentence.children(instrument.head, "nmod")
        if any(k.text.lower() in _words("partners") for k in sentence.children(c.index, "case"))
    )
    last = max(partners, default=0)
    aside = [t.text for t in tokens[last : last + 1]] == [","] and [t.xpos for t in tokens[last + 1 : last + 2]] == [
        "VBN"
    ]
    return last if last > instrument.last and aside else instrument.last
