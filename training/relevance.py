"""Trains the network that says whether a report is worth trees: whether any sentence of it may yield a record.

usage: python training/relevance.py label --out FILE.pkl NEWS.jsonl.gz [--every N] [--from K] [--most M]
       python training/relevance.py train --out DIR FILE.pkl ...

NEWS is JSON Lines of articles (`id`, `text`, `title`, `date`), without marks: Comity itself, with every article read
whole and every candidate kept, is the teacher (`label`; some thirty articles a second on one core). `train` learns on
four fifths of the articles (by md5 of the id) and prints, for the fifth apart, how many of the records that are printed
would be lost at each threshold and what share of the word pieces would not be read. DIR gets `relevance.onnx`, to be
put into `src/comity/coding/weights`. Needs jax, optax and onnx beside Comity's own; ten minutes on two cores.
"""

import argparse
import gzip
import hashlib
import json
import pickle
from dataclasses import replace
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax

from comity.coding import gate
from comity.coding.gate import numbers
from comity.document.document import Document
from comity.mentions import reader
from comity.reading import read_document
from comity.settings import DEFAULTS
from network import build_relevance

HIDDEN, MIDDLE = 96, 64
LENGTHS = (16, 32, 48, 64, 96, 128, 256, 512)
BUDGET = 8192
"""Word pieces of a batch."""
EPOCHS, RATE = 8, 2e-3
PRINTED, NEAR, STEEP = 0.5, 0.4, 20.0
"""The confidence from which a record is printed; that at which its sentence counts as half; how sharply it does."""
THRESHOLDS = (0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3)


def apart(name):
    return int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


# ---------------------------------------------------------------- labels


def meets(record, sentence):
    return record.part == sentence.part and record.start < sentence.end and record.end > sentence.start


def label(a):
    """For each article its id, and for each sentence its vectors, the parties that it names, and its best record."""
    seen = {}

    def passing(document, texts):
        seen["counts"] = gate.passing(document, texts)
        return seen["counts"]

    everything = replace(DEFAULTS, min_confidence=0.0)
    out = []
    with gzip.open(a.files[0], "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            row = json.loads(line)
            if n % a.every != a.start or not row.get("text"):
                continue
            basis = "given" if row.get("date") else None
            document = Document(
                id=row["id"], text=row["text"], title=row["title"], language="en", published=row.get("date"),
                published_basis=basis,
            )  # fmt: skip
            article = reader.read_article(document, everything, passing)
            counts = [c for c in seen["counts"] if c is not None]
            records = read_document(document, settings=everything).records[1:]
            best = [
                max(
                    (r.confidence for r in records if r.part == s.part and r.start < s.end and r.end > s.start),
                    default=0,
                )
                for s in article.sentences
            ]
            rows = zip(article.sentences, counts, best, strict=True)
            rows = [(s.pieces.vectors.astype(np.float16), c, b) for s, c, b in rows if s.pieces]
            if rows:
                out.append((row["id"], rows, [r.confidence for r in records]))
            if len(out) == a.most:
                break
    a.out.write_bytes(pickle.dumps(out))
    print(f"{len(out)} articles")


# ---------------------------------------------------------------- training


def begun(rng):
    def fresh(*shape):
        return jnp.asarray(rng.normal(0, 0.05, shape), jnp.float32)

    wide = 2 * HIDDEN + len(numbers([], []))
    return {
        "W": fresh(384, HIDDEN), "b": jnp.zeros(HIDDEN), "V": fresh(wide, MIDDLE), "c": jnp.zeros(MIDDLE),
        "u": fresh(MIDDLE, 1), "d": jnp.full((1,), -2.0),
    }  # fmt: skip


def logit(par, x):
    h = jax.nn.relu(x["low"] @ par["W"] + par["b"])
    top = (h * x["mask"][..., None]).max(1)
    mean = (h * x["mask"][..., None]).sum(1) / x["mask"].sum(1, keepdims=True).clip(1)
    z = jax.nn.relu(jnp.concatenate([top, mean, x["numbers"]], -1) @ par["V"] + par["c"])
    return (z @ par["u"] + par["d"])[:, 0]


def loss(par, x, key):
    kept = jax.random.bernoulli(key, 0.9, (x["low"].shape[0], 1, x["low"].shape[2])) / 0.9
    z = logit(par, x | {"low": x["low"] * kept})
    yields = jax.nn.sigmoid((x["best"] - NEAR) * STEEP)
    each = jnp.maximum(z, 0) - z * yields + jnp.log1p(jnp.exp(-jnp.abs(z)))
    return (each * x["live"] * (1 + 2 * yields)).sum() / x["live"].sum()


def groups(articles, rng=None):
    """Batches of sentences of one length each: (length, size, [(vectors, numbers, best, place of the article)])."""
    by = {}
    for place, (_, rows, _) in enumerate(articles):
        counts = [count for _, count, _ in rows]
        for vectors, count, best in rows:
            length = next(t for t in LENGTHS if len(vectors) <= t)
            by.setdefault(length, []).append((vectors, numbers([count], counts), best, place))
    out = []
    for length, held in by.items():
        size = max(1, BUDGET // length)
        order = np.arange(len(held)) if rng is None else rng.permutation(len(held))
        out += [(length, size, [held[j] for j in order[at : at + size]]) for at in range(0, len(held), size)]
    if rng is not None:
        rng.shuffle(out)
    return out


def arrays(length, size, held):
    wide = len(numbers([], []))
    shapes = {"low": (length, 384), "mask": (length,), "numbers": (wide,), "best": (), "live": ()}
    x = {k: np.zeros((size, *shape), np.float32) for k, shape in shapes.items()}
    for i, (vectors, more, best, _) in enumerate(held):
        x["low"][i, : len(vectors)], x["mask"][i, : len(vectors)] = vectors, 1
        x["numbers"][i], x["best"][i], x["live"][i] = more, best, 1
    return x


def report(par, articles):
    """Prints what each threshold leaves unread of articles that were not learnt from, and which records it loses."""
    ask = jax.jit(logit)
    top = np.full(len(articles), -np.inf)
    for length, size, held in groups(articles):
        z = np.asarray(ask(par, arrays(length, size, held)))
        for (*_, place), value in zip(held, z, strict=False):
            top[place] = max(top[place], value)
    likely = 1 / (1 + np.exp(-top))
    printed = np.array([sum(c >= PRINTED for c in confidences) for *_, confidences in articles])
    sizes = np.array([sum(len(v) for v, *_ in rows) for _, rows, _ in articles])
    source = np.array([name.split(":")[0] for name, *_ in articles])
    for least in THRESHOLDS:
        passed = likely < least
        each = ", ".join(
            f"{s} {printed[passed & (source == s)].sum()} of {printed[source == s].sum()} lost, "
            f"{sizes[passed & (source == s)].sum() / sizes[source == s].sum():.3f} unread"
            for s in sorted(set(source))
        )
        print(f"  {least}: {printed[passed].sum() / printed.sum():.4f} of all lost; {each}", flush=True)


def train(a):
    articles = [item for path in a.files for item in pickle.loads(path.read_bytes())]
    learnt = [item for item in articles if not apart(item[0])]
    rng, key, par = np.random.default_rng(0), jax.random.key(0), begun(np.random.default_rng(0))
    steps = EPOCHS * len(groups(learnt))
    chain = optax.adamw(optax.warmup_cosine_decay_schedule(0, RATE, steps // 10, steps), weight_decay=0.01)
    state = chain.init(par)

    @jax.jit
    def step(par, state, x, key):
        value, gradient = jax.value_and_grad(loss)(par, x, key)
        change, state = chain.update(gradient, state, par)
        return optax.apply_updates(par, change), state, value

    print(f"{len(learnt)} articles to learn from, {len(articles) - len(learnt)} apart", flush=True)
    for epoch in range(EPOCHS):
        values = []
        for batch in groups(learnt, rng):
            key, k = jax.random.split(key)
            par, state, value = step(par, state, arrays(*batch), k)
            values.append(float(value))
        print(f"epoch {epoch + 1}: loss {np.mean(values):.4f}", flush=True)
    report(par, [item for item in articles if apart(item[0])])
    a.out.mkdir(parents=True, exist_ok=True)
    onnx.save(build_relevance({k: np.asarray(v) for k, v in par.items()}), a.out / "relevance.onnx")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("work", choices=("label", "train"))
    ask.add_argument("files", type=Path, nargs="+")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--every", type=int, default=1, help="only every so many-th article is read")
    ask.add_argument("--from", type=int, default=0, dest="start", help="the first of these")
    ask.add_argument("--most", type=int, default=5000, help="so many articles at most")
    a = ask.parse_args()
    (label if a.work == "label" else train)(a)


if __name__ == "__main__":
    main()
