"""Scores the shipped parser: trees on gold words, and words, sentences and trees on raw text.

usage: python training/evaluate_parser.py TREEBANKS [NAME…]    (folder of *.conllu.gz; default: the four test sets)

Prints a line a set. LAS and UAS count punctuation; XPOS is tag accuracy. On raw text words and sentences are F1 of
exact spans, LAS is F1 of words with the right span, head and relation.
"""

import gzip
import sys
import time
from pathlib import Path

from comity.language.encoder import encode
from comity.language.sentences import passages, split
from comity.language.words import cut

TESTS = ("gum_test", "ewt_test", "gum_news_test", "pud_test")


def read(path):
    """Sentences as (words, heads, relations, tags, text), in the order of the file, with paragraph starts."""
    rows, text, fresh, out = [], "", False, []
    for line in gzip.open(path, "rt", encoding="utf-8"):  # noqa: SIM115 - read to its end
        if line.startswith("#"):
            text = line[9:].rstrip("\n") if line.startswith("# text = ") else text
            fresh = fresh or line.startswith(("# newpar", "# newdoc"))
        elif not line.strip():
            if rows:
                out.append((rows, text, fresh))
            rows, fresh = [], False
        else:
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                rows.append((cells[1], int(cells[6]) - 1, cells[7], cells[4]))
    return out


def gold_words(sentences):
    start = time.perf_counter()
    found = [
        a for i in range(0, len(sentences), 20) for a in encode([[r[0] for r in s[0]] for s in sentences[i : i + 20]])
    ]
    took = time.perf_counter() - start
    n = uas = las = xpos = 0
    for (rows, _, _), a in zip(sentences, found, strict=True):
        for (_, head, relation, tag), h, r, t in zip(rows, a.heads, a.relations, a.tags, strict=True):
            n += 1
            uas += h == head
            las += h == head and r == relation
            xpos += t == tag
    return f"UAS {uas / n:.4f} LAS {las / n:.4f} XPOS {xpos / n:.4f} words {n} words/s {n / took:.0f}"


def raw(sentences):
    """Paragraph by paragraph, as running text."""
    paragraphs, now = [], []
    for s in sentences:
        if s[2] and now:
            paragraphs.append(now)
            now = []
        now.append(s)
    paragraphs.append(now)
    right = {"words": 0, "sentences": 0, "las": 0}
    gold_n = {"words": 0, "sentences": 0}
    got_n = {"words": 0, "sentences": 0}
    for paragraph in paragraphs:
        text, spans, ends, trees = "", set(), set(), set()
        for rows, sentence, _ in paragraph:
            base, at, places = len(text), 0, []
            for form, *_ in rows:
                k = sentence.find(form, at)
                k = at if k < 0 else k
                places.append((base + k, base + k + len(form)))
                at = k + len(form)
            text += sentence + " "
            spans |= set(places)
            ends.add((places[0][0], places[-1][1]))
            trees |= {(p, places[h] if h >= 0 else None, r) for p, (_, h, r, _) in zip(places, rows, strict=True)}
        mine = [s for a, b in passages(text) for s in split(cut(text[a:b], a))]
        got = {(w.start, w.end) for s in mine for w in s}
        right["words"] += len(got & spans)
        right["sentences"] += len({(s[0].start, s[-1].end) for s in mine} & ends)
        gold_n["words"] += len(spans)
        gold_n["sentences"] += len(ends)
        got_n["words"] += len(got)
        got_n["sentences"] += len(mine)
        for s, a in zip(mine, encode([[w.text for w in s] for s in mine]), strict=True):
            at = [(w.start, w.end) for w in s]
            right["las"] += len(
                {
                    (at[i], at[h] if h >= 0 else None, r)
                    for i, (h, r) in enumerate(zip(a.heads, a.relations, strict=True))
                }
                & trees
            )
    f = lambda k, unit: 2 * right[k] / (gold_n[unit] + got_n[unit])  # noqa: E731 - one formula for three lines
    words, ends, las = f("words", "words"), f("sentences", "sentences"), f("las", "words")
    return f"words F1 {words:.4f} sentences F1 {ends:.4f} LAS F1 {las:.4f}"


def main(folder, *names):
    for name in names or TESTS:
        sentences = read(Path(folder) / f"{name}.conllu.gz")
        print(f"{name}: gold words: {gold_words(sentences)}; raw text: {raw(sentences)}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
