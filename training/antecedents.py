"""Trains the network that says who is meant by words that name nobody: `antecedents.npz`.

usage: python training/antecedents.py --corpus DIR --out DIR [--folds 5] [--seeds 3]

Learns from the role words of the hand-read articles whose md5 is not 1 modulo 5 (see `comity evaluate roles`); the rest
is held out for good. Each question is learnt twice: with the role of the words and the parties of the other role, and
without. `--folds` prints what articles reach that a network has not seen. Needs Comity itself, jax and optax; two
minutes on two cores. The corpus is no part of what is shipped; its records are the project's own work.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax

from comity.evaluation.roles import article_of, read_corpus, role_events
from comity.mentions.antecedents import CANDIDATES, chosen, features, scene_of

HIDDEN, RATE, DECAY, EPOCHS, BATCH, DROPPED = 64, 2e-3, 1e-2, 40, 64, 0.2
UNKNOWN = "XXX"


def questions(corpus):
    """For each document its questions: features with and without the role, the codes asked for, and those weighed."""
    for found in read_corpus(corpus / "articles.jsonl.gz", half="development"):
        scene = scene_of(article_of(found))
        rows = []
        for event in role_events(found, scene, answer=lambda _scene, _asked: (frozenset(), 0.0)):
            for word in event.words:
                if word.question is None or not scene.candidates:
                    continue
                rows.append((word.question, word.wanted - {UNKNOWN}, event.main))
        yield found["id"], scene, rows


def examples(documents):
    out = []
    for n, (_, scene, rows) in enumerate(documents):
        for question, wanted, _ in rows:
            label = np.array([float(c.code in wanted) for c in scene.candidates])
            bare = replace(question, role="none", taken=frozenset())
            for one, weight in ((question, 1.0), (bare, 0.5)):
                if one is bare and question.form == "left out":
                    continue
                out.append((n, features(scene, one), label, weight, one, wanted))
    return out


def padded(rows):
    width = rows[0][1].shape[1]
    x = np.zeros((len(rows), CANDIDATES, width), np.float32)
    y, m, w = (np.zeros((len(rows), CANDIDATES), np.float32) for _ in range(3))
    for i, (_, f, label, weight, *_) in enumerate(rows):
        n = len(f)
        x[i, :n], y[i, :n], m[i, :n], w[i, :n] = f, label, 1, weight
    return x, y, m, w


def begin(width, seed):
    rng = np.random.default_rng(seed)
    return {
        "w": jnp.asarray(rng.normal(0, 1 / np.sqrt(width), (width, HIDDEN)), jnp.float32),
        "b": jnp.zeros(HIDDEN),
        "p": jnp.asarray(rng.normal(0, 1 / np.sqrt(2 * HIDDEN), (2 * HIDDEN, HIDDEN)), jnp.float32),
        "q": jnp.zeros(HIDDEN),
        "v": jnp.asarray(rng.normal(0, 1 / np.sqrt(HIDDEN), HIDDEN), jnp.float32),
        "c": jnp.zeros(()),
    }


def scores(par, x, mask, key=None):
    """A score for each candidate, which has seen the mean of all."""
    h = jax.nn.relu(x @ par["w"] + par["b"])
    if key is not None:
        h = h * jax.random.bernoulli(key, 1 - DROPPED, h.shape) / (1 - DROPPED)
    mean = (h * mask[..., None]).sum(1, keepdims=True) / jnp.maximum(mask.sum(1)[:, None, None], 1)
    h = jax.nn.relu(jnp.concatenate([h, jnp.broadcast_to(mean, h.shape)], -1) @ par["p"] + par["q"])
    return h @ par["v"] + par["c"]


def loss(par, x, y, m, w, key):
    z = scores(par, x, m, key)
    each = jnp.logaddexp(0, z) - y * z
    return (each * m * w).sum() / (m * w).sum()


def train(rows, seed):
    x, y, m, w = padded(rows)
    par = begin(x.shape[-1], seed)
    steps = EPOCHS * (len(x) // BATCH)
    chain = optax.adamw(optax.cosine_decay_schedule(RATE, steps), weight_decay=DECAY)
    state, rng, key = chain.init(par), np.random.default_rng(seed), jax.random.key(seed)

    @jax.jit
    def step(par, state, x, y, m, w, key):
        change, state = chain.update(jax.grad(loss)(par, x, y, m, w, key), state, par)
        return optax.apply_updates(par, change), state

    for _ in range(EPOCHS):
        order = rng.permutation(len(x))
        for i in range(0, len(x) - BATCH + 1, BATCH):
            take = order[i : i + BATCH]
            key, k = jax.random.split(key)
            par, state = step(par, state, x[take], y[take], m[take], w[take], k)
    return par


def probabilities(pars, rows):
    x, _, m, _ = padded(rows)
    z = np.mean([np.asarray(scores(p, x, m)) for p in pars], 0)
    return 1 / (1 + np.exp(-z))


def overall(corpus, documents, answers):
    """The figures of `comity evaluate roles` with the answers of networks that have not seen the article."""
    words, left, events = [], [], []
    found = read_corpus(corpus / "articles.jsonl.gz", half="development")
    for n, (document, (_, scene, _)) in enumerate(zip(found, documents, strict=True)):
        for event in role_events(document, scene, lambda _, asked, n=n: (answers.get((n, asked), frozenset()), 0.0)):
            words += [w.right for w in event.words if w.tokens]
            left += [w.right for w in event.words if not w.tokens]
            events += [event.both] if event.main and event.parties > 1 else []
    return f"words {np.mean(words):.4f}, left out {np.mean(left):.4f}, main events {np.mean(events):.4f}"


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--corpus", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--folds", type=int, default=5)
    ask.add_argument("--seeds", type=int, default=3)
    a = ask.parse_args()
    documents = list(questions(a.corpus))
    rows = examples(documents)
    print(f"{len(documents)} documents, {len(rows)} questions, {rows[0][1].shape[1]} features", flush=True)
    report, answers = {}, {}
    for f in range(a.folds):
        pars = [train([r for r in rows if r[0] % a.folds != f], s) for s in range(a.seeds)]
        tested = [r for r in rows if r[0] % a.folds == f]
        for (n, _, _, weight, question, wanted), p in zip(tested, probabilities(pars, tested), strict=True):
            got = chosen(question, [c.code for c in documents[n][1].candidates], p)
            if weight == 1:
                answers[n, question] = got
            right = len(got & wanted) / len(wanted) if wanted else float(not got)
            whole = float(got == wanted)
            ceiling = len(wanted & {c.code for c in documents[n][1].candidates}) / max(1, len(wanted))
            for name in (question.form, "all left out" if question.form == "left out" else "all words"):
                report.setdefault((name, weight), []).append((right, whole, ceiling))
    for (name, weight), kept in sorted(report.items(), key=lambda x: -len(x[1])):
        right, whole, ceiling = np.mean(kept, 0)
        say = "with role" if weight == 1 else "without  "
        print(f"{name:12} {say} {len(kept):5} right {right:.3f} whole {whole:.3f} named {ceiling:.3f}", flush=True)
    if a.folds:
        print(overall(a.corpus, documents, answers), flush=True)
    pars = [train(rows, s) for s in range(a.seeds)]
    a.out.mkdir(parents=True, exist_ok=True)
    np.savez(a.out / "antecedents.npz", **{k: np.stack([np.asarray(p[k]) for p in pars]) for k in pars[0]})


if __name__ == "__main__":
    main()
