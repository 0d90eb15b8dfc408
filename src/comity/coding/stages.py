"""How far an instrument has come: the acts of treaty-making that a sentence tells of it."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.coding.instruments import Instrument
from comity.coding.statement import clause_head, status_of
from comity.language.tree import Sentence
from comity.mentions.article import Article

_ORDER = (
    "proposed",
    "planned",
    "negotiated",
    "initialled",
    "agreed",
    "signed",
    "ratified",
    "in force",
    "amended",
    "extended",
    "renewed",
    "suspended",
    "superseded",
    "expired",
    "terminated",
)
# "an updated roadmap" is a new one, not the old one amended
_KIND_OF = frozenset({"amended", "extended", "renewed", "superseded"})
# what is done with an instrument in use, whenever it is done
_USE = frozenset(
    {"under", "implementation", "provision", "framework", "obligation", "violation", "breach", "compliance"}
)
_FORCE = frozenset({"force", "effect"})
_ENTER = frozenset({"enter", "come", "take", "bring", "put", "go"})


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an instrument: `token` tells it, `stage` is what it leads to, null where the act is denied."""

    token: int
    stage: str | None


@cache
def _table() -> dict[tuple[str, str], str]:
    table = files("comity.knowledge") / "tables" / "stage_verbs.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {(row["word"], row["part"]): row["stage"] for row in rows}


def rank(stage: str | None) -> int:
    """The place of a stage in the life of an instrument; -1 for none.

    >>> rank("signed") > rank("planned") > rank(None)
    True
    """
    return _ORDER.index(stage) if stage else -1


def act_on(article: Article, sentence: Sentence, instrument: Instrument) -> Act | None:
    """The act that the sentence tells of the instrument, at the stage that its tense and mood support, or null."""
    found = _in_tree(sentence, instrument) or _in_line(sentence, instrument)
    if found is None:
        return None
    token, stage = found
    status = status_of(article, sentence, token)
    verb = sentence.tokens[token]
    if verb.xpos == "VBN" and verb.deprel.startswith("acl") and not sentence.children(token, "aux"):
        status = "occurred"  # "would replace the treaty signed in 1933": the participle keeps its own time
    if status == "occurred" and _ahead(sentence, token):
        status = "planned"
    head = sentence.tokens[token].head
    if sentence.tokens[token].upos == "NOUN" and head >= 0 and sentence.tokens[head].lemma in {"announce", "welcome"}:
        status = "occurred"  # an announced signing has taken place, an announced visit has not
    if stage == "expired" and verb.upos == "VERB" and verb.xpos not in {"VBD", "VBN"}:
        return Act(token, "in force")  # what expires next March runs until then
    if status == "denied" or _failed(sentence, token):
        return Act(token, None)
    if status in {"planned", "hypothetical"} and sentence.tokens[token].lemma.lower() not in _USE:
        if stage in {"terminated", "suspended"} and status == "planned":
            pass  # the announcement of an end is what sets it going
        elif stage in {"expired", "superseded", "extended", "renewed", "amended", "in force"} and instrument.definite:
            stage = "in force" if stage != "in force" else "planned"
        else:
            stage = "proposed" if status == "hypothetical" and stage == "proposed" else "planned"
    return Act(token, stage)


def in_use(sentence: Sentence, act: Act) -> bool:
    """Whether an act only shows that the instrument is used: "under the treaty", "its provisions"."""
    return sentence.tokens[act.token].lemma.lower() in _USE


def _failed(sentence: Sentence, token: int) -> bool:
    """Whether the act was not achieved: "failed to reach an accord", "after the failure to sign"."""
    for inner, above in zip(
        [sentence.tokens[token], *sentence.ancestors(token)], sentence.ancestors(token), strict=False
    ):
        if inner.deprel.split(":")[0] not in {"xcomp", "acl", "obl", "nmod"}:
            return False
        if above.lemma.lower() in {"fail", "failure", "unable", "inability", "refuse", "refusal"}:
            return True
    return False


def _ahead(sentence: Sentence, token: int) -> bool:
    """Whether a bare or present verb tells what is to come: "Peru to sign pact", "will meet after they sign it"."""
    verb = sentence.tokens[token]
    if verb.upos != "VERB" or verb.xpos not in {"VB", "VBP", "VBZ"}:
        return False
    relation = verb.deprel.split(":")[0]
    if verb.xpos == "VB" and any(c.text.lower() == "to" and c.deprel == "mark" for c in sentence.children(token)):
        # a headline has no other finite verb; elsewhere the verb above decides
        finite = any(t.xpos in {"VBD", "VBZ", "VBP", "MD"} for t in sentence.tokens)
        return relation in {"root", "parataxis"} or not finite
    above = sentence.tokens[verb.head]
    future = any(c.text.lower() in {"will", "shall", "’ll", "'ll"} for c in sentence.children(above.index, "aux"))
    return relation == "advcl" and future


def _stage_of(sentence: Sentence, i: int) -> str | None:
    token = sentence.tokens[i]
    lemma = token.lemma.lower()
    if token.upos == "VERB":
        if lemma in _ENTER and any(t.lemma.lower() in _FORCE for t in sentence.tokens[i + 1 : i + 5]):
            return "in force"
        if lemma == "exchange" and any(
            t.lemma.lower() in {"ratification", "instrument"} for t in sentence.tokens[i + 1 : i + 5]
        ):
            return "ratified"
        if lemma in {"pull", "back"} and any(t.text.lower() == "out" for t in sentence.tokens[i + 1 : i + 3]):
            return "terminated"
        return _table().get((lemma, "verb")) or _table().get((token.text.lower(), "verb"))
    if token.upos in {"NOUN", "PROPN"}:
        return _table().get((lemma, "noun")) or _table().get((token.text.lower(), "noun"))
    return None


def _in_tree(sentence: Sentence, instrument: Instrument) -> tuple[int, str] | None:
    """The act by the tree: what is said of the phrase itself first, then what governs it."""
    inside = range(instrument.first, instrument.last)
    top = instrument.head
    while sentence.tokens[top].head in inside:
        top = sentence.tokens[top].head
    follower = sentence.tokens[top]
    for child in sentence.children(top, "acl", "acl:relcl"):
        stage = _stage_of(sentence, child.index)
        if stage and child.index >= instrument.head and (child.xpos == "VBN" or _of_itself(stage)):
            return child.index, stage
    for i in inside:  # "the recently signed accord"
        t = sentence.tokens[i]
        if t.upos == "VERB" and t.deprel == "amod" and i < instrument.head:
            stage = _stage_of(sentence, i)
            if stage and stage not in _KIND_OF:
                return i, stage
    inner = follower
    for above in sentence.ancestors(top):
        relation = inner.deprel.split(":")[0]
        if above.index in inside:
            inner = above
            continue
        stage = _stage_of(sentence, above.index)
        if stage == "superseded" and relation == "nsubj" and not inner.deprel.endswith("pass"):
            return None  # the subject replaces, it is not replaced
        does = relation == "nsubj" and inner.deprel == "nsubj" and not (stage and _of_itself(stage))
        apart = relation in {"advcl", "ccomp", "parataxis", "acl"}
        if stage and not does and not apart:
            return above.index, stage
        if apart or (above.upos == "VERB" and above.index == clause_head(sentence, top)):
            break
        inner = above
    return None


def _of_itself(stage: str) -> bool:
    """Whether an instrument can be the active subject: it enters into force, it expires."""
    return stage in {"in force", "expired", "terminated"}


def _in_line(sentence: Sentence, instrument: Instrument) -> tuple[int, str] | None:
    """The act by the order of words, for phrases that the tree puts wrongly."""
    tokens = sentence.tokens
    for i in range(instrument.first - 1, max(-1, instrument.first - 7), -1):
        t = tokens[i]
        if t.upos == "PUNCT" and t.text in {";", ":", "."}:
            break
        stage = _stage_of(sentence, i)
        if stage:
            return i, stage
        if t.upos == "VERB" and t.deprel not in {"amod", "compound"}:
            break
        if t.text.lower() == "under":
            return i, "in force"
    for i in range(instrument.last, min(len(tokens), instrument.last + 6)):
        t = tokens[i]
        if t.upos == "PRON" or t.text in {";", ":", "."} or t.text.lower() in {"and", "but", "that", "which"}:
            break
        if t.upos == "VERB":
            stage = _stage_of(sentence, i)
            passive = t.xpos == "VBN" or (stage is not None and _of_itself(stage))
            return (i, stage) if stage and passive else None
    return None
