"""Joint ventures, programmes, works and funds of several states."""

# ruff: noqa: E501 - lists of words are read best in long lines

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from comity.coding import parties
from comity.coding.areas import find_areas
from comity.coding.commemorations import code_commemorations
from comity.coding.instruments import plural
from comity.coding.phrases import DEFINITE, determiner_of, left_edge, title_case, topic_edge
from comity.coding.statement import clause_head, source
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Commemoration, Project

_JOINT = frozenset(
    {"joint", "bilateral", "interstate", "intergovernmental", "binational", "trilateral", "mutual", "shared"}
)
_DONE = frozenset({"implement", "implementation", "carry", "build", "construct", "construction", "launch", "develop", "fund",
                   "finance", "adopt", "establish", "expand", "realization", "realisation", "modernize", "modernise"})  # fmt: skip
_FOUNDED = frozenset({"found", "establish", "create", "launch", "open", "set"})
_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Work:
    """A mention of a project: its head token, its phrase, its name."""

    sentence: Sentence
    head: int
    first: int
    last: int
    name: str
    type: str
    strong: bool
    definite: bool


@cache
def _kinds() -> dict[str, tuple[str, bool]]:
    table = files("comity.knowledge") / "tables" / "projects.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    out: dict[str, tuple[str, bool]] = {}
    for row in rows:
        for word in (row["word"], plural(row["word"])):
            out[word] = (row["type"], row["strength"] == "strong")
    return out


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split(" ")[0] for word in _kinds())


def code_projects(article: Article) -> list[Project]:
    """Undertakings that two or more states share, each once, in the order of the text.

    A joint venture or a joint fund is one by its name; a programme or a work only where its own words say whose it
    is, or where the two states of the article carry it out jointly. `founded` comes from the anniversary that the
    text tells of it, or from the date of its founding.
    """
    pair = parties.dyad(article)
    marked = code_commemorations(article)
    out: list[Project] = []
    for sentence in article.sentences:
        for work in _works(article, sentence):
            project = _project(article, work, pair, marked)
            if project is None:
                continue
            i = next((i for i, p in enumerate(out) if _same(p, project, definite=work.definite)), None)
            if i is None:
                out.append(project)
            elif out[i].founded is None and project.founded is not None:
                out[i] = replace(out[i], founded=project.founded, founded_basis=project.founded_basis)
    return sorted(out, key=lambda p: (p.part != "title", p.start or 0))


def _same(known: Project, project: Project, *, definite: bool) -> bool:
    """Whether a project repeats a known one: by its name, or as "the joint venture" of the same states."""
    if known.type != project.type or known.parties != project.parties:
        return False
    mine, theirs = (set((p.name or "").lower().split()) for p in (project, known))
    return mine <= theirs or theirs <= mine or (definite and project.founded is not None and known.founded is None)


def _works(article: Article, sentence: Sentence) -> Iterator[_Work]:
    tokens = sentence.tokens
    shouting = title_case(sentence)
    i = 0
    while i < len(tokens):
        hit = _kind_at(sentence, i)
        if hit is None or tokens[i + hit[0] - 1].upos == "VERB":
            i += 1
            continue
        size, kind, strong = hit
        last = i + size
        follower = tokens[last] if last < len(tokens) else None
        if follower and follower.upos in {"NOUN", "PROPN"} and tokens[last - 1].deprel == "compound":
            # "the Ulaanbaatar Railway interstate joint venture": the later head holds
            i = last
            continue
        first = left_edge(tokens, i)
        end = topic_edge(tokens, last)
        states = {k for m in article.actors_in(sentence.index) for k in range(m.first, m.last)}
        capitals = [t for t in tokens[first:i] if t.text[:1].isupper() and t.index not in states]
        name = sentence.clip(tokens[first].start, tokens[end - 1].end)
        if capitals and strong and not shouting and capitals[0].index == first:
            name = sentence.clip(capitals[0].start, capitals[-1].end)
        definite = determiner_of(tokens, first) in DEFINITE
        yield _Work(sentence, last - 1, first, end, name, kind, strong, definite)
        i = last


def _kind_at(sentence: Sentence, i: int) -> tuple[int, str, bool] | None:
    if sentence.tokens[i].text.lower() not in _first_words():
        return None
    for n in range(min(_WORDS, len(sentence.tokens) - i), 0, -1):
        kind = _kinds().get(" ".join(t.text.lower() for t in sentence.tokens[i : i + n]))
        if kind is not None:
            return n, *kind
    return None


def _project(article: Article, work: _Work, pair: tuple[str, ...], marked: list[Commemoration]) -> Project | None:
    sentence = work.sentence
    words = [t.text for t in sentence.tokens[work.first : work.head + 1]]
    own = parties.codes(parties.beside(article, sentence, work.first, work.last))
    joint = bool({w.lower() for w in words} & _JOINT)
    act = next((a for a in sentence.ancestors(work.head) if a.lemma.lower() in _DONE), None)
    if len(own) < 2:
        named = {c for m in article.actors_in(sentence.index) for c in m.states} & set(pair)
        firms = parties.private(sentence, None, work.last) or parties.outsider(article, sentence, work.last)
        if not (work.strong or joint) or firms or not (named or work.definite):
            return None  # "a joint venture of two firms", "the word covers any partnership or joint venture"
        doing = parties.codes(parties.taking_part(article, sentence, work.head))
        clause = parties.codes(parties.of_clause(article, sentence, work.head))
        own = next(
            (c for c in (tuple(dict.fromkeys([*own, *doing])), clause) if len(c) == 2 and set(own) <= set(c)), own
        )
        private = any(m.kind == "organisation" and not m.states for m in article.actors_in(sentence.index))
        if len(own) < 2 and pair and set(own) <= set(pair) and not private:
            own = pair
    elif not (work.strong or joint or act is not None or len(words) > 1):
        return None
    if len(own) < 2:
        return None
    start, end = sentence.tokens[work.first].start, sentence.tokens[work.last - 1].end
    for mention in parties.beside(article, sentence, work.first, work.last):
        end = max(end, mention.end)
        start = min(start, mention.start)
    if act is not None:
        start = min(start, act.start)
    founded, basis = _founded(article, work, marked)
    return Project(
        **source(article, sentence, start, end),
        name=work.name,
        type=work.type,
        parties=tuple(sorted(own)),
        founded=founded,
        founded_basis=basis,
        areas=find_areas(work.name),
        confidence=0.8 if work.strong else 0.65,
        evidence=f"rule: {sentence.tokens[work.head].text.lower()}",
    )


def _founded(article: Article, work: _Work, marked: list[Commemoration]) -> tuple[str | None, str | None]:
    """When it was founded: by its anniversary, or by a date on its founding."""
    sentence = work.sentence
    head = sentence.tokens[work.head]
    for c in marked:
        if c.part == sentence.part and c.start is not None and c.end is not None and c.start <= head.start < c.end:
            return c.occurred, c.occurred_basis
    for token in [*sentence.children(work.head, "acl"), sentence.tokens[clause_head(sentence, work.head)]]:
        if token.lemma.lower() in _FOUNDED and token.upos == "VERB":
            near = [
                d for d in article.dates_in(sentence.index) if d.kind == "date" and d.edtf and d.first > token.index
            ]
            if near:
                return near[0].edtf, near[0].basis
    return None, None
