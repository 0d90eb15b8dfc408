"""Trains the classifier of marked pairs and writes what the package ships: `acts.onnx`, `pairs.onnx`, `pairs.json`.

usage: python training/pairs.py --frames LAST.pkl --gold DIR --news FOLDER --out DIR [--folds 5] CORPUS ...

The classifier has layers of its own on the parser's lower ones, whose vectors the encoder that ships gives. It begins
with the layers of the network of frames (LAST.pkl, which `frames.py student` leaves), goes over the pairs that stand in
one sentence of the hand-read articles (CORPUS as for `frames_data.py`: the held-out fifth is left out, and so are those
that `frames.py` keeps apart, on which `verdicts.py` learns what its word is worth). This network is asked about reports
(`acts.onnx`). Then it goes over the labelled pairs (`pairs.onnx`): each as it is, with other names in its spans, with
its spans swapped and with a bystander for a span (both no event). `--folds` prints the cross-validated figures (folds
by sentence) before the final run on all rows; the temperature that calibrates the probabilities is fitted on the
out-of-fold logits. Needs Comity itself, jax, optax and onnx; on two idle cores without AVX-512 13 minutes for the
articles (kept as `begun.npz`) and 2 a run. The labelled pairs: see the GUIDE of the development sets. They are not
shipped.
"""

import argparse
import hashlib
import json
import pickle
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax

from comity.coding.classifier import LEXICON, NONE, PIECES, RULES, TYPES, lexicon_votes, marked, merged, rule_votes
from comity.coding.pairs import code_by_rules, pair_of
from comity.errors import FormatError
from comity.evaluation.roles import head
from comity.knowledge.names import find_names
from comity.knowledge.states import continuing
from comity.language.encoder import lower
from frames import apart
from frames_data import LEAST_WORDS, anchored, article_of, codes_of, documents
from network import build_pairs, flat
from parser import dropped, layers, ranges

LENGTHS = (32, 48, 64, PIECES)
BATCH, SMOOTH = 24, 0.05
CORPUS = {"epochs": 3, "rate": 8e-5, "heads": 1e-3}
GOLD = {"epochs": 5, "rate": 8e-5, "heads": 2e-3}
CLASSES = (*TYPES, NONE)
DIRECTED = frozenset({"ACCUSE", "AID", "ASSAULT", "COERCE", "REJECT", "REQUEST", "SANCTION", "THREATEN", "YIELD"})
WEIGHTS = {"swapped": 0.3, "bystander": 0.3, "silent": 0.5}
ALSO = 0.4  # how much a type counts that a reader of an article finds possible too


def rows(path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


class Data:
    """Rows as arrays: pieces, marks, votes, the wanted distribution, a weight."""

    def __init__(self):
        self.items, self.lower = [], {}

    def add(self, text, source, target, rules, wanted, weight=1.0, also=()):
        m = marked(text, source, target)
        votes = np.array([*lexicon_votes(text, source, target), *rules], np.float32)
        soft = np.full(len(CLASSES), SMOOTH / len(CLASSES), np.float32)
        soft[CLASSES.index(wanted)] += 1 - SMOOTH
        soft[[CLASSES.index(k) for k in also]] += ALSO
        self.items.append((m, votes, soft / soft.sum(), weight))

    def vectors(self, m):
        """What the parser's lower layers make of a row's pieces, worked out once."""
        key = tuple(m.ids)
        if key not in self.lower:
            self.lower[key] = lower(m.ids).astype(np.float16)
        return self.lower[key]

    def batches(self, rng=None, *, size=BATCH):
        """Batches of one length each; shuffled, and incomplete ones filled up with weight 0."""
        groups = {}
        for i, (m, *_) in enumerate(self.items):
            groups.setdefault(next(t for t in LENGTHS if len(m.ids) <= t), []).append(i)
        out = []
        for t, group in sorted(groups.items()):
            order = group if rng is None else list(rng.permutation(group))
            out += [(t, order[i : i + size]) for i in range(0, len(order), size)]
        if rng is not None:
            rng.shuffle(out)
        for t, group in out:
            yield group, self.arrays(t, group, size)

    def arrays(self, t, group, size):
        def empty(width, kind=np.float32):
            return np.zeros((size, width), kind)

        low, mask, source, target = np.zeros((size, t, 384), np.float32), empty(t), empty(t), empty(t)
        votes, soft, weight = empty(LEXICON + RULES), empty(len(CLASSES)), np.zeros(size, np.float32)
        for k, i in enumerate(group):
            m, v, s, w = self.items[i]
            n = len(m.ids)
            low[k, :n], mask[k, :n], source[k, :n], target[k, :n] = self.vectors(m), 1, m.source, m.target
            votes[k], soft[k], weight[k] = v, s, w
        return (low, mask, source, target, votes), soft, weight


def usable(found):
    out = []
    for row in found:
        try:
            pair = pair_of(row)
        except FormatError:
            continue
        if not row.get("placeholder") and merged(row["plover"]) in TYPES:
            code = code_by_rules(pair)
            out.append((pair, merged(row["plover"]), rule_votes(code.plover, code.confidence)))
    return out


def renamed(pair, names, rng):
    """The pair with another name in each span that is a name."""
    text, spans = pair.text, {"s": pair.source, "t": pair.target}
    for side in sorted(spans, key=lambda k: spans[k], reverse=True):
        a, b = spans[side]
        if not (text[a].isupper() or text[a:b].lower().startswith(("the ", "a "))) or rng.random() < 0.3:
            continue
        new = names[rng.integers(len(names))]
        text = text[:a] + new + text[b:]
        shift = len(new) - (b - a)
        spans[side] = (a, a + len(new))
        other = "t" if side == "s" else "s"
        if spans[other][0] >= b:
            spans[other] = (spans[other][0] + shift, spans[other][1] + shift)
    return text, spans["s"], spans["t"]


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def labelled(found, rng, *, copies=1):
    """The labelled pairs and what is made from them."""
    out, silent = Data(), rule_votes(None, 0.0)
    names = [p.text[a:b] for p, _, _ in found for a, b in (p.source, p.target) if b - a < 40 and p.text[a].isupper()]
    for pair, kind, rules in found:
        out.add(pair.text, pair.source, pair.target, rules, kind)
        if overlap(pair.source, pair.target):
            continue
        for _ in range(copies):
            text, source, target = renamed(pair, names, rng)
            out.add(text, source, target, rules, kind, 0.5)
        if kind in DIRECTED and rng.random() < 0.5:
            out.add(pair.text, pair.target, pair.source, silent, NONE, WEIGHTS["swapped"])
        ends = (pair.source, pair.target)
        others = [(h.start, h.end) for h in find_names(pair.text)]
        others = [x for x in others if not any(overlap(x, end) for end in ends)]
        if others and rng.random() < 0.5:
            out.add(pair.text, others[rng.integers(len(others))], pair.target, silent, NONE, WEIGHTS["bystander"])
    return out


def marked_input(par, batch):
    low, _, source, target, _ = batch
    return low + source[..., None] * par["source"] + target[..., None] * par["target"]


def judged(par, x, batch, key):
    """Scores of the classes from the vectors of the last layer."""
    _, mask, source, target, votes = batch

    def mean(w):
        return (x * w[..., None]).sum(1) / jnp.maximum(w.sum(1, keepdims=True), 1)

    h = jnp.concatenate([x[:, 0], mean(mask), mean(source), mean(target)], -1)
    if key is not None:
        h = dropped(h, jax.random.fold_in(key, 99), 0.1)
        # the votes fall silent now and then, so that the text is read and not the rules alone
        votes = votes * jax.random.bernoulli(jax.random.fold_in(key, 98), 0.8, (votes.shape[0], 1))
    return h @ par["W"] + votes @ par["F"] + par["b"]


def logits(par, batch, key=None):
    x = layers(par["bert"], marked_input(par, batch), batch[1], 0, len(par["bert"]["L"]), key)
    return judged(par, x, batch, key)


def cost(scores, soft, weight):
    return (-(soft * jax.nn.log_softmax(scores)).sum(-1) * weight).sum() / jnp.maximum(weight.sum(), 1)


@jax.jit
def missed(par, batch, soft, weight, key):
    return jax.value_and_grad(lambda par: cost(logits(par, batch, key), soft, weight))(par)


predicted = jax.jit(logits)


def optimiser(par, steps, rate, heads):
    def adam(top, **more):
        return optax.adamw(optax.warmup_cosine_decay_schedule(0, top, max(1, steps // 10), steps), **more)

    which = {k: jax.tree.map(lambda _: "encoder", v) if k == "bert" else "heads" for k, v in par.items()}
    both = {"encoder": adam(rate, weight_decay=0.01), "heads": adam(heads)}
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(both, which))


def learn(par, data, seed, say, *, epochs, rate, heads):
    """Parameters after so many epochs."""
    rng, key, start = np.random.default_rng(seed), jax.random.key(seed), time.time()
    update = optimiser(par, epochs * sum(1 for _ in data.batches()), rate, heads)
    state = update.init(par)

    @jax.jit
    def step(par, state, gradient):
        change, state = update.update(gradient, state, par)
        return optax.apply_updates(par, change), state

    for epoch in range(epochs):
        seen = []
        for _, row in data.batches(rng):
            key, k = jax.random.split(key)
            value, gradient = missed(par, *row, k)
            par, state = step(par, state, gradient)
            seen.append(float(value))
        print(f"  {say} epoch {epoch + 1}, loss {np.mean(seen):.3f}, {time.time() - start:.0f} s", flush=True)
    return par


def scored(par, data):
    out = np.zeros((len(data.items), len(CLASSES)))
    for group, (batch, _, _) in data.batches(size=64):
        out[group] = np.asarray(predicted(par, batch))[: len(group)]
    return out


def macro(label, found):
    f = [2 * ((label == c) & (found == c)).sum() / max(1, (label == c).sum() + (found == c).sum()) for c in range(15)]
    return float(np.mean(f))


def temperature(z, label):
    """The divisor of the logits under which the labels are likeliest."""

    def loss(t):
        y = z / t - (z / t).max(1, keepdims=True)
        return -(y[np.arange(len(label)), label] - np.log(np.exp(y).sum(1))).mean()

    return float(min(np.arange(0.3, 3.0, 0.05), key=loss))


def fold_of(text, folds):
    """All rows of a sentence lie in one fold."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % folds


def begin(frames):
    """The layers of the network of frames, with fresh heads."""
    rng = np.random.default_rng(0)

    def fresh(*shape):
        return jnp.asarray(rng.normal(0, 0.02, shape), jnp.float32)

    bert = pickle.loads(frames.read_bytes())["par"]["bert"]
    return {
        "bert": jax.tree.map(jnp.asarray, {"L": bert["L"]}),
        "W": fresh(4 * 384, len(CLASSES)), "F": jnp.zeros((LEXICON + RULES, len(CLASSES))),
        "b": jnp.zeros(len(CLASSES)), "source": fresh(384), "target": fresh(384),
    }  # fmt: skip


def nearest(article, sentence, codes, at, but=()):
    """The span of the mention of one of the codes that stands nearest to a word of a sentence."""
    found = [
        m for m in article.actors_in(sentence.index)
        if set(map(continuing, m.states)) & codes and m.start < m.end and (m.start, m.end) != but
    ]  # fmt: skip
    m = min(found, key=lambda m: abs(m.head - at), default=None)
    return m and (m.start, m.end)


def pairs_of(document, records):
    """The pairs of a hand-read article that stand in one sentence with their act: sentence, spans, type, others.

    Then one pair of each sentence that names two parties and in which no reader marked anything.
    """
    article = article_of(document)
    eventful = set()

    def row(sentence, ends, kind, also=()):
        return sentence.text, *((a - sentence.start, b - sentence.start) for a, b in ends), kind, also

    for r, part, start, end in anchored(document, records):
        sentence = next((s for s in article.sentences if s.part == part and s.start <= start < s.end), None)
        inside = [t.index for t in sentence.tokens if t.start < end and t.end > start] if sentence else []
        if sentence:
            eventful.add(sentence.index)
        if r["k"] != "event" or not inside or merged(r["type"]) not in TYPES:
            continue
        at, does, undergoes = head(sentence, inside), codes_of(r.get("actor")), codes_of(r.get("rec"))
        source = nearest(article, sentence, does, at)
        target = source and nearest(article, sentence, undergoes or does, at, source)
        if target:
            also = {merged(t) for t in r.get("alt") or []} & set(TYPES) - {merged(r["type"])}
            yield row(sentence, (source, target), merged(r["type"]), sorted(also))
    for sentence in article.sentences:
        if sentence.index in eventful or sentence.part != "text" or len(sentence.tokens) < LEAST_WORDS:
            continue
        named = [m for m in article.actors_in(sentence.index) if m.states and m.start < m.end]
        other = next((m for m in named if set(m.states) - set(named[0].states)), None)
        if other is not None:
            yield row(sentence, ((named[0].start, named[0].end), (other.start, other.end)), NONE)


def read_articles(paths, news):
    out, silent, rng = Data(), rule_votes(None, 0.0), np.random.default_rng(5)
    for document, records in (x for path in paths for x in documents(path, news) if not apart(x[0]["id"])):
        for text, source, target, kind, also in pairs_of(document, records or []):
            out.add(text, source, target, silent, kind, WEIGHTS["silent"] if kind == NONE else 1.0, also)
            if kind in DIRECTED and rng.random() < WEIGHTS["swapped"]:
                out.add(text, target, source, silent, NONE, WEIGHTS["swapped"])
    print(f"{len(out.items)} pairs of articles", flush=True)
    return out


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("corpus", type=Path, nargs="+")
    for name in ("frames", "gold", "news", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--folds", type=int, default=5)
    a = ask.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    kept, begun = a.out / "begun.npz", begin(a.frames)
    if kept.is_file():
        weights = np.load(kept)
        leaves, shape = jax.tree.flatten(begun)
        begun = jax.tree.unflatten(shape, [jnp.asarray(weights[str(i)]) for i in range(len(leaves))])
    else:
        articles = read_articles(a.corpus, a.news)
        begun = learn(begun, articles, 1, "articles", **CORPUS)
        export(begun, articles, a.out, "acts.onnx")
        np.savez(kept, **{str(i): np.asarray(x) for i, x in enumerate(jax.tree.leaves(begun))})
    kept = labelled_rows(a.gold / "events_dev.jsonl")
    found = [x for _, x in kept]
    label = np.array([TYPES.index(kind) for _, kind, _ in found])
    fold = np.array([fold_of(pair.text, max(a.folds, 1)) for pair, _, _ in found])
    z = np.zeros((len(label), len(CLASSES)))
    for f in range(a.folds):
        tested = Data()
        for (pair, kind, rules), at in zip(found, fold, strict=True):
            if at == f:
                tested.add(pair.text, pair.source, pair.target, rules, kind)
        rest = [x for x, at in zip(found, fold, strict=True) if at != f]
        own = learn(begun, labelled(rest, np.random.default_rng(0)), 0, f"fold {f}", **GOLD)
        z[fold == f] = scored(own, tested)
        # a fold's own network, to score sentences that it has not seen: not shipped
        export(own, tested, a.out / f"fold{f}", "pairs.onnx")
        print(f"fold {f}: macro-F1 {macro(label[fold == f], z[fold == f][:, : len(TYPES)].argmax(1)):.3f}", flush=True)
    fitted = temperature(z, label) if a.folds else 1.0
    rows_of_all = labelled(found, np.random.default_rng(0))
    final = learn(begun, rows_of_all, 0, "all", **GOLD)
    export(final, rows_of_all, a.out, "pairs.onnx", fitted)
    if a.folds:
        report([row["id"] for row, _ in kept], z, label, a.out)


def labelled_rows(path):
    out = []
    for row in rows(path):
        out += [(row, x) for x in usable([row])]
    return out


def export(par, data, out, name, fitted=1.0):
    out.mkdir(parents=True, exist_ok=True)
    inputs = ((marked_input(par, batch), batch[1]) for _, (batch, _, _) in data.batches(size=64))
    onnx.save(build_pairs(flat(par) | ranges(par, inputs)), out / name)
    (out / "pairs.json").write_text(json.dumps({"temperature": round(fitted, 2)}) + "\n", encoding="utf-8")


def report(ids, z, label, out):
    """Writes the out-of-fold codes, with the hash of the weights that go with them, and prints what they reach."""
    best = z[:, : len(TYPES)].argmax(1)
    weights = hashlib.sha256((out / "pairs.onnx").read_bytes()).hexdigest()
    with (out / "out_of_fold.csv").open("w", encoding="utf-8") as lines:
        lines.write(f"id,type\nweights,{weights}\n")
        lines.writelines(f"{i},{TYPES[p]}\n" for i, p in zip(ids, best, strict=True))
    np.save(out / "out_of_fold.npy", z)
    none = float((z.argmax(1) == len(TYPES)).mean())
    print(f"out of fold: accuracy {(best == label).mean():.3f}, macro-F1 {macro(label, best):.3f}, no event {none:.3f}")


if __name__ == "__main__":
    main()
