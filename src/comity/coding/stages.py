"""How far an instrument has come: the acts of treaty-making that a sentence tells of it."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.coding.contexts import NONE, NOTHING, context_of
from comity.coding.instruments import BODIES, Instrument
from comity.coding.phrases import DEFINITE, INDEFINITE
from comity.coding.statement import clause_head, date_of, status_of
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
    {
        "under", "to", "through", "pursuant", "consistent", "line", "accordance", "implementation", "provision",
        "framework", "obligation", "violation", "breach", "compliance", "article", "party", "signatory", *BODIES,
    }
)  # fmt: skip
_OWNED = 2
_TO_COME = {"draft": "negotiated", "proposed": "proposed", "planned": "planned"}
_AWAITED = frozenset({"ratification", "signature", "signing"})
# "committed to the accord", "their adherence to the treaty"
_BOUND = frozenset({"commit", "committed", "commitment", "adherence", "bound", "adhere"})
# who must do so is bound by what is in force
_KEPT = frozenset({"live", "honour", "honor", "comply", "abide", "respect", "observe"})
_CONSENT = frozenset({"consent", "advice", "favor", "favour"})
_FORCE = frozenset({"force", "effect"})
_ENTER = frozenset({"enter", "come", "take", "bring", "put", "go"})


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an instrument: `token` tells it, `stage` is what it leads to, null where the act is denied.

    `dated` where a date beside the token may be that of the act.
    """

    token: int
    stage: str | None
    dated: bool = True


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
    """The act that the sentence tells of the instrument, at the stage that its tense and mood support, or null.

    The words around it hold where the tree shows no act, a denied one, or none but these words tell.
    """
    around = context_of(sentence, instrument)
    found = _in_tree(sentence, instrument) or _in_line(sentence, instrument)
    weak = found is None or _only_uses(sentence, found[0])
    if weak or (around is not None and around.covers(found[0] if found else -1)):
        relative = _in_relative(article, sentence, instrument)
        if relative is not None and (around is None or around.yields in {NONE, NOTHING}):
            return relative
        if around is not None and (found is None or around.yields != "negotiated"):
            told = around.yields not in {NONE, NOTHING}
            return Act(around.token, around.yields, around.dated) if told else None
    act = _by_verb(article, sentence, instrument, found)
    if around is not None and around.dated and (act is None or act.stage is None):
        return Act(around.token, around.yields)
    return act


def _by_verb(article: Article, sentence: Sentence, instrument: Instrument, found: tuple[int, str] | None) -> Act | None:
    """The act that a verb or noun tells of the instrument, at the stage that its tense and mood support."""
    used = found is not None and sentence.tokens[found[0]].lemma.lower() in _USE | _BOUND
    if _dated(article, sentence, instrument) and (
        found is None or used or rank(found[1]) < rank("agreed") or found[1] == "signed"
    ):
        return Act(instrument.head, "agreed")  # what is called "today's agreement" was reached that day
    if found is None:
        drafts = (t for t in sentence.tokens[instrument.first : instrument.head] if t.text.lower() in _TO_COME)
        word = next(drafts, None)
        return Act(word.index, _TO_COME[word.text.lower()]) if word else None
    token, stage = found
    if instrument.kind.word == "amendment" and stage in _KIND_OF:
        return None  # "the Amendment's revisions to the Agreement"
    status = status_of(article, sentence, token)
    verb = sentence.tokens[token]
    before = [*sentence.ancestors(token), *sentence.tokens[max(0, token - 3) : token]]
    if verb.lemma.lower() == "ratification" and any(a.lemma.lower() in _CONSENT for a in before):
        return Act(token, "planned")  # a parliament's consent to ratification comes before it
    if verb.xpos == "VBN" and verb.deprel.startswith("acl") and not sentence.children(token, "aux"):
        status = "occurred"  # "would replace the treaty signed in 1933": the participle keeps its own time
    if status == "occurred" and (_ahead(sentence, token) or _to_come(article, sentence, token)):
        status = "planned"
    head = sentence.tokens[token].head
    if sentence.tokens[token].upos == "NOUN" and head >= 0 and sentence.tokens[head].lemma in {"announce", "welcome"}:
        status = "occurred"  # an announced signing has taken place, an announced visit has not
    if status != "occurred" and stage in {"terminated", "suspended"} and instrument.definite and status != "planned":
        return Act(token, "in force")  # "would end the pact if …": until then it runs
    if _denied(sentence, token):
        return Act(token, "in force" if stage in {"terminated", "suspended"} else None)
    if stage == "expired" and verb.upos == "VERB" and verb.xpos not in {"VBD", "VBN"}:
        return Act(token, "in force")  # what expires next March runs until then
    if status == "denied" or _failed(sentence, token):
        # "failed to agree on a deal and will study it again": the talks go on
        goes_on = any(t.lemma.lower() in {"again", "continue", "resume", "reconvene"} for t in sentence.tokens[token:])
        return Act(token, "planned" if goes_on and stage in {"agreed", "signed"} else None)
    if status in {"planned", "hypothetical"} and verb.lemma.lower() not in _USE | _KEPT:
        if stage in {"terminated", "suspended"} and status == "planned":
            pass  # the announcement of an end is what sets it going
        elif stage in {"expired", "superseded", "extended", "renewed", "amended", "in force"} and instrument.definite:
            stage = "in force" if stage != "in force" else "planned"
        else:
            stage = "proposed" if status == "hypothetical" and stage == "proposed" else "planned"
    return Act(token, stage)


def besides(article: Article, sentence: Sentence, instrument: Instrument, act: Act | None) -> list[Act]:
    """Further acts that the sentence tells of the instrument: "was signed in May and entered into force in July"."""
    if act is None or act.stage is None or in_use(sentence, act):
        return []
    tokens = sentence.tokens
    found = [c.index for c in sentence.children(act.token, "conj") if not _has_own(sentence, c.index, instrument)]
    if tokens[act.token].deprel == "conj":
        # "signed and ratified a protocol"
        found.append(tokens[act.token].head)
    found += [
        # "which the two states signed in May"
        c.index
        for c in sentence.children(instrument.head, "acl:relcl")
        if any(o.text.lower() in {"which", "that"} for o in sentence.children(c.index, "obj", "nsubj:pass"))
    ]
    out = []
    for i in found:
        stage = _stage_of(sentence, i)
        done = tokens[i].upos == "VERB" and status_of(article, sentence, i) == "occurred" and not _denied(sentence, i)
        if stage and done and i != act.token and stage not in {act.stage, *_KIND_OF}:
            out.append(Act(i, stage))
    return out


def _only_uses(sentence: Sentence, token: int) -> bool:
    return sentence.tokens[token].lemma.lower() in _USE


def _in_relative(article: Article, sentence: Sentence, instrument: Instrument) -> Act | None:
    """The done act of a relative clause whose object the instrument is: "the treaty, which the two signed in May"."""
    for clause in sentence.children(instrument.head, "acl:relcl", "acl"):
        stage = _stage_of(sentence, clause.index)
        what = {o.text.lower() for o in sentence.children(clause.index, "obj", "nsubj:pass")}
        if stage and what & {"which", "that"} and status_of(article, sentence, clause.index) == "occurred":
            return Act(clause.index, stage)
    return None


def _has_own(sentence: Sentence, verb: int, instrument: Instrument) -> bool:
    """Whether a second verb tells of something else: of another subject, or of an object of its own."""
    inside = range(instrument.first, instrument.last)
    pronouns = {"it", "them"}
    kids = sentence.children(verb, "nsubj", "nsubj:pass", "obj")
    return any(k.index not in inside and k.text.lower() not in pronouns for k in kids)


def _dated(article: Article, sentence: Sentence, instrument: Instrument) -> bool:
    """Whether a past day or month owns the phrase: "today's agreement", "last December's accord"."""
    first, published = instrument.first, article.document.published or ""
    if first < _OWNED or sentence.tokens[first - 1].text not in {"'s", "’s"}:
        return False
    owner = next((d for d in article.dates_in(sentence.index) if d.last in {first - 1, first}), None)
    if owner is None or not owner.edtf:
        return False
    day = owner.edtf.split("/")[0]
    return day[: len(published)] <= published[: len(day)] and not owner.text.lower().startswith(("next", "coming"))


def in_use(sentence: Sentence, act: Act) -> bool:
    """Whether an act only shows that the instrument is used: "under the treaty", "its provisions"."""
    token = sentence.tokens[act.token]
    return token.lemma.lower() in _USE and token.upos != "VERB"  # who breached a treaty was bound by it


def _denied(sentence: Sentence, token: int) -> bool:
    """Whether the act is what somebody denies, or a report that is denied: "denied a report that it will end"."""
    return any(a.lemma.lower() in {"deny", "refute", "dismiss"} and a.upos == "VERB" for a in sentence.ancestors(token))


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


def _to_come(article: Article, sentence: Sentence, token: int) -> bool:
    """Whether a treaty enters into force on a day after the report: "enters into force in May 2020"."""
    verb, published = sentence.tokens[token], article.document.published or ""
    if verb.xpos not in {"VBZ", "VBP"} or verb.lemma.lower() not in _ENTER:
        return False
    day = (date_of(article, sentence, token)[0] or "").split("/")[0]
    return bool(published and day) and day[: len(published)] > published[: len(day)]


def _stage_of(sentence: Sentence, i: int) -> str | None:
    token = sentence.tokens[i]
    lemma = token.lemma.lower()
    if token.upos == "VERB":
        if lemma == "amend" and i and sentence.tokens[i - 1].text.lower() == "as":
            return None  # "the Treaty of 1949, as amended"
        if any(c.deprel == "compound:prt" for c in sentence.children(i)) and lemma == "break":
            return None  # "will break down barriers"
        if lemma in _ENTER and any(t.lemma.lower() in _FORCE for t in sentence.tokens[i + 1 : i + 5]):
            return "in force"
        if lemma == "exchange" and any(
            t.lemma.lower() in {"ratification", "instrument"} for t in sentence.tokens[i + 1 : i + 5]
        ):
            return "ratified"
        if lemma == "live" and any(t.text.lower() == "up" for t in sentence.tokens[i + 1 : i + 3]):
            return "in force"
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
        if (
            stage
            and child.index >= instrument.head
            and (child.xpos == "VBN" or _by_itself(sentence, child.index, stage))
        ):
            return child.index, stage
    for i in inside:  # "the recently signed accord"
        t = sentence.tokens[i]
        if t.upos == "VERB" and t.deprel == "amod" and i < instrument.head:
            stage = _stage_of(sentence, i)
            if stage and stage not in _KIND_OF:
                return i, stage
    under = _used_by(sentence, instrument)
    if under is not None and not _spoken_of(sentence, instrument):
        return under, "in force"
    inner = follower
    for above in sentence.ancestors(top):
        relation = inner.deprel.split(":")[0]
        if above.index in inside:
            inner = above
            continue
        stage = _stage_of(sentence, above.index)
        if stage == "superseded" and relation == "nsubj" and not inner.deprel.endswith("pass"):
            return None  # the subject replaces, it is not replaced
        does = (
            relation == "nsubj" and inner.deprel == "nsubj" and not (stage and _by_itself(sentence, above.index, stage))
        )
        apart = relation in {"advcl", "ccomp", "parataxis", "acl"}
        if stage and not does and not apart:
            return above.index, stage
        if apart or (above.upos == "VERB" and above.index == clause_head(sentence, top)):
            break
        inner = above
    return None


def _used_by(sentence: Sentence, instrument: Instrument) -> int | None:
    """The word before the phrase that tells its use: "under", "pursuant to", "in line with", "through" a named one."""
    words = [t.text.lower() for t in sentence.tokens[: instrument.first]]
    while words and (words[-1] in DEFINITE | INDEFINITE or words[-1] == "and"):
        words.pop()
    at = len(words) - 1
    if words[-1:] == ["under"] or (instrument.named and words[-1:] == ["through"]):
        return at
    if words[-2:] in (["pursuant", "to"], ["consistent", "with"], ["line", "with"], ["accordance", "with"]):
        return at - 1
    return None


def _spoken_of(sentence: Sentence, instrument: Instrument) -> bool:
    """Whether a participle right behind the phrase tells its act: "under an agreement reached in Tehran"."""
    after = sentence.tokens[instrument.last : instrument.last + 2]
    return any(t.xpos in {"VBN", "VBD"} and _stage_of(sentence, t.index) for t in after)


def _by_itself(sentence: Sentence, verb: int, stage: str) -> bool:
    """Whether an instrument is what the verb tells of as its active subject: it ends, but it scraps missiles."""
    return _of_itself(stage) and not (stage == "terminated" and sentence.children(verb, "obj"))


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
        if t.upos == "CCONJ" and i and tokens[i - 1].upos == "VERB" and t.head > i:
            break  # "for the war to end and this deal is …"
        stage = _stage_of(sentence, i)
        if stage:
            return i, stage
        if t.upos == "VERB" and t.deprel not in {"amod", "compound"}:
            break
        if t.text.lower() == "under":
            return i, "in force"
        if t.text.lower() == "to" and tokens[i - 1].lemma.lower() in _BOUND:
            # "are committed to the accord", but not "a commitment to an accord", nor "should commit to it"
            return (i - 1 if instrument.definite and tokens[i - 1].xpos == "VBN" else i), "in force"
    if instrument.named and instrument.last < len(tokens) and tokens[instrument.last].text.lower() in BODIES:
        return instrument.last, "in force"  # it has organs at work
    start = _end(sentence, instrument)
    for i in range(start, min(len(tokens), start + 10)):
        t = tokens[i]
        if t.text.lower() == "for" and any(w.lemma.lower() in _AWAITED for w in tokens[i + 1 : i + 4]):
            return i, "planned"  # "submitted the protocol to parliament for ratification"
        if t.upos == "PRON" or t.text in {";", ":", "."} or t.text.lower() in {"and", "but", "that", "which"}:
            break
        if i >= start + 6:
            continue
        if t.upos == "VERB":
            stage = _stage_of(sentence, i)
            aside = i == start + 1 and tokens[start].text == ","  # "the agreement, signed in May,"
            passive = t.xpos == "VBN" or aside or (stage is not None and _of_itself(stage))
            busy = stage is not None and t.xpos != "VBN" and not _by_itself(sentence, i, stage)
            return (i, stage) if stage and passive and not (busy and not aside) else None
    return None


def _end(sentence: Sentence, instrument: Instrument) -> int:
    """Where a phrase ends, with its "between X and Y" where a participle follows: "…, signed in May,"."""
    tokens = sentence.tokens
    last = max(
        (
            sentence.subtree(c.index)[-1].index + 1
            for c in sentence.children(instrument.head, "nmod")
            if any(k.text.lower() in {"between", "with", "among"} for k in sentence.children(c.index, "case"))
        ),
        default=0,
    )
    aside = instrument.last < last < len(tokens) - 1 and tokens[last].text == "," and tokens[last + 1].xpos == "VBN"
    return last if aside else instrument.last
