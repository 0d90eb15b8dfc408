"""Projects: joint ventures, programmes, works and funds of several states."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from comity.coding import parties
from comity.coding.commemorations import code_commemorations
from comity.coding.cooperation import find_areas
from comity.coding.instruments import plural
from comity.coding.phrases import left_edge, title_case, title_edge, topic_edge
from comity.coding.statement import clause_head, source
from comity.knowledge.states import rows
from comity.knowledge.word_classes import words
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Commemoration, Project

_LONGEST = 3
"""How many words a kind of project has at most."""
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Work:
    """A mention of a project: its phrase from `first` to `last` (exclusive), the head in it, its name and its kind."""

    sentence: Sentence
    first: int
    head: int
    last: int
    name: str
    type: str
    strong: bool


@cache
def _kinds() -> dict[str, tuple[str, bool]]:
    """The type of each word for a project, and whether it names a joint one by itself."""
    table = rows("en/projects.csv")
    return {w: (r["type"], r["strength"] == "strong") for r in table for w in (r["word"], plural(r["word"]))}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(kind.partition(" ")[0] for kind in _kinds())


def code_projects(article: Article) -> list[Project]:
    """Undertakings that two or more states share, each once, in the order of the text.

    A joint venture or a joint fund is one by its name; a programme or a work only where its own words say whose it
    is, or where the two states of the article carry it out jointly. `founded` comes from the anniversary that the
    text reports of it, or from the date of its founding.
    """
    pair = parties.dyad(article)
    marked = code_commemorations(article)
    out: list[Project] = []
    for work in (w for s in article.sentences for w in _works(article, s)):
        who = _parties(article, work, pair)
        if len(who) < _PAIR:
            continue
        project = _project(article, work, who, marked)
        known = next((p for p in out if _same(p, project)), None)
        if known is None:
            out.append(project)
        elif known.founded is None:
            dated = replace(known, founded=project.founded, founded_basis=project.founded_basis)
            out[out.index(known)] = dated
    return sorted(out, key=lambda p: (p.part != "title", p.start or 0))


def _same(known: Project, project: Project) -> bool:
    """Whether a project repeats a known one of the same states: by its name, or by its type alone."""
    if (known.type, known.parties) != (project.type, project.parties):
        return False
    type_words = set((known.type or "").split())
    mine, theirs = (set((p.name or "").lower().split()) - type_words for p in (project, known))
    return mine <= theirs or theirs <= mine


def _works(article: Article, sentence: Sentence) -> Iterator[_Work]:
    tokens = sentence.tokens
    low = [t.text.lower() for t in tokens]
    end = 0
    for i, word in enumerate(low):
        if i < end or word not in _first_words():
            continue
        spans = (" ".join(low[i : i + n]) for n in range(_LONGEST, 0, -1))
        span = next((s for s in spans if s in _kinds()), "")
        head = i + span.count(" ")
        if not span or tokens[head].upos == "VERB":
            continue
        kind, strong = _kinds()[span]
        first, last, end = left_edge(tokens, i), topic_edge(tokens, head + 1), head + 1
        states = {k for m in article.actors_in(sentence.index) for k in range(m.first, m.last)}
        name = sentence.clip(tokens[first].start, tokens[last - 1].end)
        capitals = [t for t in tokens[first:i] if t.text[:1].isupper() and t.index not in states]
        if strong and capitals and capitals[0].index == first and not title_case(sentence):
            name = sentence.clip(capitals[0].start, capitals[-1].end)
        if called := _called(sentence, last) or _apposed(sentence, head):
            last, name = called.stop, sentence.clip(tokens[called.start].start, tokens[called.stop - 1].end)
        yield _Work(sentence, first, head, last, name, kind, strong)


def _called(sentence: Sentence, last: int) -> range | None:
    """The words of the name that follows a phrase: "a programme known as Open Doors"."""
    tokens = sentence.tokens
    if last >= len(tokens) or tokens[last].text.lower() not in words("fact", "calling"):
        return None
    first = last + 1 + (tokens[last + 1].text.lower() in {"as", "“", '"'} if last + 1 < len(tokens) else 0)
    end = title_edge(tokens, first)
    return range(first, end) if end > first else None


def _apposed(sentence: Sentence, head: int) -> range | None:
    """The words of the name beside a word for a work: "Open Doors, a joint programme"."""
    tokens = sentence.tokens
    above = [tokens[tokens[head].head]] if tokens[head].deprel == "appos" else []
    for t in (*sentence.children(head, "appos"), *above):
        first = left_edge(tokens, t.index)
        if tokens[first].text[:1].isupper() and t.upos == "PROPN" and not t.text.isupper():
            return range(first, max(title_edge(tokens, first), t.index + 1))
    return None


def _parties(article: Article, work: _Work, pair: tuple[str, ...]) -> tuple[str, ...]:
    """Whose project it is: named beside it; of a joint one also who carries it out, or the two of the article."""
    sentence = work.sentence
    own = parties.codes(parties.beside(article, sentence, work.first, work.last))
    joint = any(t.text.lower() in words("fact", "joint") for t in sentence.tokens[work.first : work.head])
    around = sentence.subtree(clause_head(sentence, work.head))
    joint = joint or any(t.text.lower() in words("fact", "jointly") for t in around)
    firms = parties.private(sentence, None, work.last) or parties.outsider(article, sentence, work.last)
    if len(own) >= _PAIR or firms or not (work.strong or joint):
        return own
    doing = parties.codes(parties.taking_part(article, sentence, work.head))
    clause = parties.codes(parties.of_clause(article, sentence, work.head))
    named = set(parties.codes(article.actors_in(sentence.index)))
    candidates = (tuple(dict.fromkeys([*own, *doing])), clause, pair if named & set(pair) or not named else ())
    return next((c for c in candidates if len(c) == _PAIR and set(own) <= set(c)), own)


def _project(article: Article, work: _Work, who: tuple[str, ...], marked: list[Commemoration]) -> Project:
    sentence = work.sentence
    named = parties.beside(article, sentence, work.first, work.last)
    founded, basis = _founded(article, work, marked)
    return Project(
        **source(
            article,
            sentence,
            min([sentence.tokens[work.first].start, *(m.start for m in named)]),
            max([sentence.tokens[work.last - 1].end, *(m.end for m in named)]),
        ),
        name=work.name,
        type=work.type,
        parties=tuple(sorted(who)),
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
    for verb in (*sentence.children(work.head, "acl"), sentence.tokens[clause_head(sentence, work.head)]):
        if verb.lemma.lower() in words("fact", "founding"):
            for date in article.dates_in(sentence.index):
                if date.kind == "date" and date.edtf and date.first > verb.index:
                    return date.edtf, date.basis
        if verb.lemma.lower() in words("fact", "running"):
            for date in article.dates_in(sentence.index):
                if date.kind == "since" and date.edtf:
                    return date.edtf.partition("/")[0], date.basis
    return None, None
