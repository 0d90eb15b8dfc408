"""Sentences with their trees, from the frozen text of a document."""

from collections.abc import Callable, Sequence

from comity.document.document import Document
from comity.language.encoder import Analysis, embedded, parsed
from comity.language.lemmas import lemma
from comity.language.notation import as_seen
from comity.language.sentences import limited, passages, split
from comity.language.tags import universal
from comity.language.tree import Pieces, Sentence, Token, dateline
from comity.language.words import Word, cut
from comity.settings import DEFAULTS, Settings

Gate = Callable[[Document, list[str]], list[int | None]]
"""Says of each sentence of a document how many parties it names; null where the sentence is not worth a tree."""
Relevance = Callable[[Sequence[Pieces], Sequence[int]], bool]
"""Whether a document is worth trees, given its sentences as pieces and how many parties each of them names."""


def analyse(
    document: Document,
    settings: Settings = DEFAULTS,
    keep: Gate | None = None,
    relevant: Relevance | None = None,
) -> tuple[Sentence, ...]:
    """The sentences of a document with their trees, the title's first where it stands apart from the text.

    What the document sets aside as skipped is left out; so is a sentence that `keep` refuses, and so are all of a
    document that is not `relevant` (which is asked only beside `keep`). Sentences of more
    than `settings.sentence_words` or `settings.sentence_characters` are cut there, and a word longer than that is left
    out. A document that is known not to be English has none.
    """
    if document.language not in (None, "en"):
        return ()
    parts: list[tuple[str, str, list[Word]]] = []
    for part, text, start, end in _stretches(document):
        for a, b in passages(text[start:end], start):
            parts += [(part, text, s) for s in limited(split(cut(text[a:b], a)), settings)]
    counts: list[int] = []
    if keep is not None:
        passed = keep(document, [text[words[0].start : words[-1].end] for _, text, words in parts])
        parts = [p for p, count in zip(parts, passed, strict=True) if count is not None]
        counts = [count for count in passed if count is not None]
    datelines = [_dateline(text, words) for _, text, words in parts]
    read = [embedded([as_seen(w.text) for w in words[n:]]) for (_, _, words), n in zip(parts, datelines, strict=True)]
    if keep is not None and relevant is not None and not relevant(read, counts):
        return ()
    found = [parsed(pieces) for pieces in read]
    return tuple(
        _tree(i, part, text, words, _after(n, analysis))
        for i, ((part, text, words), n, analysis) in enumerate(zip(parts, datelines, found, strict=True))
    )


def _dateline(text: str, words: list[Word]) -> int:
    """How many words of a sentence are its dateline, which is no part of what it says; never all of them."""
    first = words[0].start
    story = dateline(Sentence(0, "text", first, words[-1].end, text[first : words[-1].end], ()))
    return next((i for i, w in enumerate(words) if w.start >= story), 0)


def _after(count: int, found: Analysis) -> Analysis:
    """A tree with so many words of a dateline before it, each set beside the root."""
    if not count:
        return found
    root = found.heads.index(-1) + count
    read = found.pieces
    return Analysis(
        ("NNP",) * count + found.tags,
        (root,) * count + tuple(h if h < 0 else h + count for h in found.heads),
        ("parataxis",) * count + found.relations,
        Pieces(read.vectors, (-1,) * count + read.first) if read else None,
    )


def _stretches(document: Document) -> list[tuple[str, str, int, int]]:
    """The title where it stands apart, and the stretches of the text between what is skipped, each in its part.

    The headline in the text is a stretch of its own.
    """
    text, holes = document.text, sorted((s.start, s.end) for s in document.skipped)
    first, at = [], 0
    if document.title_span is not None and not text[: document.title_span[0]].strip():
        first, at = [document.title_span], document.title_span[1]
    title = document.title if document.title_span is None else None
    above = [("title", title, 0, len(title))] if title else []
    return [*above, *(("text", text, a, b) for a, b in (*first, *_between(at, len(text), holes)))]


def _between(start: int, end: int, holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out, at = [], start
    for a, b in holes:
        if a > at:
            out.append((at, min(a, end)))
        at = max(at, b)
    if at < end:
        out.append((at, end))
    return out


def _tree(index: int, part: str, text: str, words: list[Word], found: Analysis) -> Sentence:
    tokens = []
    heads, relations = _with_verb(list(found.tags), list(found.heads), list(found.relations))
    for i, (word, xpos, head, relation) in enumerate(zip(words, found.tags, heads, relations, strict=True)):
        upos = universal(word.text, xpos, relation)
        tokens.append(
            Token(i, word.text, word.start, word.end, lemma(word.text, upos, xpos), upos, xpos, head, relation)
        )
    start, end = words[0].start, words[-1].end
    return Sentence(index, part, start, end, text[start:end], tuple(tokens), found.pieces)


def _with_verb(tags: list[str], heads: list[int], relations: list[str]) -> tuple[list[int], list[str]]:
    """Heads and relations in which a past tense is no adjective of the subject before it.

    In "Norway suspended aid to Chad" the verb is the root, not the noun behind it.
    """
    for verb, (tag, relation) in enumerate(zip(tags, relations, strict=True)):
        who = heads[verb]
        if tag != "VBD" or relation != "amod" or who != verb - 1 or relations[who] != "nsubj":
            continue
        noun = heads[who]
        copula = any(h == noun and r == "cop" for h, r in zip(heads, relations, strict=True))
        if noun < verb or relations[noun] != "root" or not tags[noun].startswith("NN") or copula:
            continue
        moved = {i for i, h in enumerate(heads) if h == noun and (i < verb or relations[i] == "punct")}
        heads = [verb if i in moved or i == noun else h for i, h in enumerate(heads)]
        relations = [*relations]
        heads[verb], relations[verb], relations[noun] = -1, "root", "obj"
    return heads, relations
