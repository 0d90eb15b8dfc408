"""Trains the classifier of marked pairs and writes what the package ships: `pairs.onnx` and `pairs.json`.

usage: python training/pairs.py --encoder DIR --gold DIR --silver FILE --out DIR [--folds 5] [--seeds 1]

Begins with the pretrained encoder, goes over the rows that `silver.py` and `templates.py` made, then over the labelled
pairs: each as it is, with other names in its spans, with its spans swapped and with a bystander for a span (both no
event). `--folds` prints the cross-validated figures (folds by sentence) before the final run on all rows; the
temperature that calibrates the probabilities is fitted on the out-of-fold logits. Several seeds are averaged in
out-of-fold figures and become one by distillation. Needs Comity itself, jax, optax and onnx; on two cores without
AVX-512 4 minutes for the silver rows and 4 a run. The labelled pairs: see the GUIDE of the development sets; the news:
their licences there. Neither is shipped.
"""

import argparse
import hashlib
import json
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax

from comity.coding.classifier import PIECES, marked
from comity.coding.pairs import code_by_rules, pair_of
from comity.coding.votes import LEXICON, NONE, RULES, TYPES, lexicon_votes, merged, rule_votes
from comity.errors import FormatError
from comity.knowledge.names import find_names
from network import build_pairs, flat
from parser import dropped, embedded, encoder_weights, layers, ranges

LENGTHS = (32, 48, 64, PIECES)
BATCH, SMOOTH = 24, 0.05
SILVER = {"epochs": 2, "rate": 6e-5, "heads": 1e-3}
GOLD = {"epochs": 5, "rate": 8e-5, "heads": 2e-3}
FROZEN = 3  # lower layers that learn from the silver rows only
CLASSES = (*TYPES, NONE)
DIRECTED = frozenset({"ACCUSE", "AID", "ASSAULT", "COERCE", "REJECT", "REQUEST", "SANCTION", "THREATEN", "YIELD"})
WEIGHTS = {"swapped": 0.3, "bystander": 0.3}


def rows(path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


class Data:
    """Rows as arrays: pieces, marks, votes, the wanted distribution, a weight."""

    def __init__(self):
        self.items = []

    def add(self, text, source, target, rules, wanted, weight=1.0):
        m = marked(text, source, target)
        votes = np.array([*lexicon_votes(text, source, target), *rules], np.float32)
        soft = np.zeros(len(CLASSES), np.float32)
        if isinstance(wanted, str):
            soft += SMOOTH / len(CLASSES)
            soft[CLASSES.index(wanted)] += 1 - SMOOTH
        else:
            soft += wanted
        self.items.append((m, votes, soft, weight))

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

        ids, mask, source, target = empty(t, np.int32), empty(t), empty(t), empty(t)
        votes, soft, weight = empty(LEXICON + RULES), empty(len(CLASSES)), np.zeros(size, np.float32)
        for k, i in enumerate(group):
            m, v, s, w = self.items[i]
            n = len(m.ids)
            ids[k, :n], mask[k, :n], source[k, :n], target[k, :n] = m.ids, 1, m.source, m.target
            votes[k], soft[k], weight[k] = v, s, w
        return (ids, mask, source, target, votes), soft, weight


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
    ids, _, source, target, _ = batch
    return embedded(par["bert"], ids, source[..., None] * par["source"] + target[..., None] * par["target"])


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
    x = layers(par["bert"], marked_input(par, batch), batch[1], 0, 6, key)
    return judged(par, x, batch, key)


@jax.jit
def halfway(par, batch):
    return layers(par["bert"], marked_input(par, batch), batch[1], 0, FROZEN, None)


def upper(par, x, batch, key):
    return judged(par, layers(par["bert"], x, batch[1], FROZEN, 6, key), batch, key)


def cost(scores, soft, weight):
    return (-(soft * jax.nn.log_softmax(scores)).sum(-1) * weight).sum() / jnp.maximum(weight.sum(), 1)


@jax.jit
def missed(par, batch, soft, weight, key):
    return jax.value_and_grad(lambda par: cost(logits(par, batch, key), soft, weight))(par)


@jax.jit
def missed_above(trained, fixed, x, batch, soft, weight, key):
    def loss(trained):
        par = {
            **fixed,
            **{k: v for k, v in trained.items() if k != "L"},
            "bert": {**fixed["bert"], "L": [*fixed["bert"]["L"][:FROZEN], *trained["L"]]},
        }
        return cost(upper(par, x, batch, key), soft, weight)

    return jax.value_and_grad(loss)(trained)


predicted = jax.jit(logits)


def optimiser(par, steps, rate, heads, encoder):
    def adam(top, **more):
        return optax.adamw(optax.warmup_cosine_decay_schedule(0, top, max(1, steps // 10), steps), **more)

    which = {k: jax.tree.map(lambda _: "encoder", v) if k == encoder else "heads" for k, v in par.items()}
    both = {"encoder": adam(rate, weight_decay=0.01), "heads": adam(heads)}
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(both, which))


def learn(par, data, seed, gradient_of, encoder, say, *, epochs, rate, heads):
    """Parameters after so many epochs; `gradient_of` gives loss and gradient of a group of rows."""
    rng, key, start = np.random.default_rng(seed), jax.random.key(seed), time.time()
    update = optimiser(par, epochs * sum(1 for _ in data.batches()), rate, heads, encoder)
    state = update.init(par)

    @jax.jit
    def step(par, state, gradient):
        change, state = update.update(gradient, state, par)
        return optax.apply_updates(par, change), state

    for epoch in range(epochs):
        seen = []
        for group, row in data.batches(rng):
            key, k = jax.random.split(key)
            value, gradient = gradient_of(par, group, *row, k)
            par, state = step(par, state, gradient)
            seen.append(float(value))
        print(f"  {say} epoch {epoch + 1}, loss {np.mean(seen):.3f}, {time.time() - start:.0f} s", flush=True)
    return par


def begin_training(par, data, seed, **how):
    """All layers learn."""
    return learn(par, data, seed, lambda par, _, *row: missed(par, *row), "bert", "silver", **how)


def train(par, data, seed, *, say="", **how):
    """The upper layers and the heads learn; what the lower ones make of each row is worked out once."""
    below = {}
    for group, (batch, _, _) in data.batches(size=64):
        below |= dict(zip(group, np.asarray(halfway(par, batch)), strict=False))

    def gradient_of(trained, group, batch, soft, weight, key):
        x = np.zeros((*batch[0].shape, 384), np.float32)
        for n, i in enumerate(group):
            x[n] = below[i]
        return missed_above(trained, par, x, batch, soft, weight, key)

    trained = {"L": par["bert"]["L"][FROZEN:], "W": par["W"], "F": par["F"], "b": par["b"]}
    trained = learn(trained, data, seed, gradient_of, "L", say, **how)
    bert = {**par["bert"], "L": [*par["bert"]["L"][:FROZEN], *trained["L"]]}
    return {**par, **{k: v for k, v in trained.items() if k != "L"}, "bert": bert}


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


def begin(encoder):
    rng = np.random.default_rng(0)

    def fresh(*shape):
        return jnp.asarray(rng.normal(0, 0.02, shape), jnp.float32)

    return {
        "bert": jax.tree.map(jnp.asarray, encoder_weights(encoder / "model.onnx")),
        "W": fresh(4 * 384, len(CLASSES)), "F": jnp.zeros((LEXICON + RULES, len(CLASSES))),
        "b": jnp.zeros(len(CLASSES)), "source": fresh(384), "target": fresh(384),
    }  # fmt: skip


def silver_data(path):
    out = Data()
    found = [r for r in rows(path) if r["plover"] is None or merged(r["plover"]) in TYPES]
    kinds = [merged(r["plover"]) or NONE for r in found]
    count = {k: kinds.count(k) for k in set(kinds)}
    silent = rule_votes(None, 0.0)
    for row, kind in zip(found, kinds, strict=True):
        pair = pair_of(row)
        weight = min(3.0, (len(found) / len(CLASSES) / max(count[kind], 20)) ** 0.5)
        out.add(pair.text, pair.source, pair.target, silent, kind, weight)
    return out


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("encoder", "gold", "silver", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--folds", type=int, default=5)
    ask.add_argument("--seeds", type=int, default=1)
    a = ask.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    kept = a.out / "begun.npz"
    begun = begin(a.encoder)
    if kept.is_file():
        held = np.load(kept)
        leaves, shape = jax.tree.flatten(begun)
        begun = jax.tree.unflatten(shape, [jnp.asarray(held[str(i)]) for i in range(len(leaves))])
    else:
        begun = begin_training(begun, silver_data(a.silver), 1, **SILVER)
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
        for seed in range(a.seeds):
            own = train(begun, labelled(rest, np.random.default_rng(seed)), seed, **GOLD, say=f"fold {f}")
            z[fold == f] += scored(own, tested) / a.seeds
        # a fold's own network, to score sentences that it has not seen: not shipped
        export(own, tested, a.out / f"fold{f}", 1.0)
        print(f"fold {f}: macro-F1 {macro(label[fold == f], z[fold == f][:, : len(TYPES)].argmax(1)):.3f}", flush=True)
    fitted = temperature(z, label) if a.folds else 1.0
    rows_of_all = labelled(found, np.random.default_rng(0))
    final = train(begun, rows_of_all, 0, **GOLD, say="all")
    export(final, rows_of_all, a.out, fitted)
    if a.folds:
        report([row["id"] for row, _ in kept], z, label, a.out)


def labelled_rows(path):
    out = []
    for row in rows(path):
        out += [(row, x) for x in usable([row])]
    return out


def export(par, data, out, fitted):
    out.mkdir(parents=True, exist_ok=True)
    inputs = ((marked_input(par, batch), batch[1]) for _, (batch, _, _) in data.batches(size=64))
    onnx.save(build_pairs(flat(par) | ranges(par, inputs)), out / "pairs.onnx")
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
