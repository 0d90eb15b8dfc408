"""Trains the parser that Comity ships: tags and trees (biaffine) on a small sentence encoder.

usage: python training/parser.py --encoder DIR --treebanks DIR --out DIR [--epochs 3] [--begin FILE --layers 4]
       [--rate 0.3 --rounded --mean]

What is shipped comes of three commands: three epochs on the pretrained encoder; two with `--begin`, the network of the
first one, of which the lower four layers are kept and learn to do without the upper two; and two with `--begin`, the
network of the second one, `--layers 4 --epochs 2 --rate 0.3 --rounded --mean`, which learn to do with seven bits.

Needs jax, optax, onnx, onnxruntime and tokenizers beside Comity's own; four minutes an epoch on two cores.
DIR of the encoder holds all-MiniLM-L6-v2 as `model.onnx` with int8 weights and its `tokenizer.json`; DIR of the
treebanks holds `*.conllu.gz`. After every epoch the weights are kept in OUT as `epochN.npz` and the score on
`gum_dev` is printed, greedy and with gold words. At the end OUT holds `lower.onnx`, `upper.onnx`, `labels.json` and
`tokenizer.json`, to be put into `src/comity/language/weights`. Everything is seeded; sums in another order on another
machine may still change the last digits. `training/evaluate_parser.py` scores what is shipped.
"""

import argparse
import gzip
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax
from onnx import numpy_helper
from tokenizers import Tokenizer

from network import LARGEST, flat, save, stored

TRAIN = ("gum_train", "ewt_train", "ewt_dev")
DEV = "gum_dev"
LENGTHS = (16, 32, 56, 104, 200)  # word pieces a sentence is padded to; longer ones are left out of training
BATCH = 1600  # word pieces a batch
ARC, LABEL = 256, 96  # widths of the projections for arcs and for labels
ENCODER_RATE, HEADS_RATE = 1.5e-4, 2e-3
PIECES = 8  # word pieces read of one word
LAYERS = 6


def encoder_weights(path):
    """The encoder's weights as floats, from the int8 file."""
    graph = onnx.load(path).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def read(name):
        if name in arrays:
            return arrays[name].astype(np.float32)
        return arrays[name + "_q"].astype(np.float32) * arrays[name + "_scale"]

    matrices = [
        arrays[i.name].astype(np.float32) * arrays[i.name[:-2] + "_scale"].astype(np.float32)
        for i in graph.initializer
        if i.name.startswith("val_") and i.name.endswith("_q") and len(i.dims) == 2
    ]
    base = "inner.embeddings."
    out = {
        "w": read(base + "word_embeddings.weight"),
        "p": read(base + "position_embeddings.weight"),
        "t": read(base + "token_type_embeddings.weight"),
        "eg": arrays[base + "LayerNorm.weight"],
        "eb": arrays[base + "LayerNorm.bias"],
        "L": [],
    }
    dense = (
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
        "intermediate.dense", "output.dense",
    )  # fmt: skip
    for layer in range(LAYERS):
        at, d = f"inner.encoder.layer.{layer}.", {}
        for k, name in enumerate(dense):
            d[f"W{k}"], d[f"b{k}"] = matrices[layer * len(dense) + k], arrays[f"{at}{name}.bias"]
        for k, name in enumerate(("attention.output.LayerNorm", "output.LayerNorm")):
            d[f"g{k}"], d[f"h{k}"] = arrays[f"{at}{name}.weight"], arrays[f"{at}{name}.bias"]
        out["L"].append(d)
    return out


def trained_weights(folder, layers):
    """The parameters of a trained network from its files, with its lower layers only."""
    return nested({k: v for k, v in stored(folder).items() if not k.startswith("bert.") or below(k, layers)})


def below(name, layers):
    part = name.split(".")[1]
    return not part.isdigit() or int(part) < layers


def nested(weights):
    """The parameters as a tree; what only the file needs is left out."""
    out = {"bert": {"L": []}}
    for name, value in weights.items():
        at, *rest = name.split(".")
        if at != "bert":
            out[at] = value
        elif len(rest) == 1:
            out["bert"][rest[0]] = value
        elif rest[1] != "high":
            out["bert"]["L"] += [{} for _ in range(int(rest[0]) + 1 - len(out["bert"]["L"]))]
            out["bert"]["L"][int(rest[0])][rest[1]] = value
    return jax.tree.map(jnp.asarray, out)


def seven_bits(matrix):
    """A matrix as it will be stored; the gradient goes through as if it were not rounded."""
    scale = jax.lax.stop_gradient(jnp.maximum(jnp.abs(matrix).max(0), 1e-12)) / LARGEST
    return matrix + jax.lax.stop_gradient(jnp.round(matrix / scale) * scale - matrix)


def as_stored(par):
    """The parameters with every matrix rounded as the file will have it."""
    u = par["U"].shape
    rounded = {k: seven_bits(par[k]) for k in ("hh", "hd", "lh", "ld", "t")}
    rounded["A"] = jnp.concatenate([seven_bits(par["A"][:-1]), par["A"][-1:]])
    rounded["U"] = jnp.concatenate([seven_bits(par["U"][:-1].reshape(u[0] - 1, -1)).reshape(-1, *u[1:]), par["U"][-1:]])
    rows = [{k: seven_bits(v) if k[0] == "W" else v for k, v in d.items()} for d in par["bert"]["L"]]
    return {**par, **rounded, "bert": {**par["bert"], "L": rows}}


def sentences(path):
    """Words, heads, relations and Penn tags of each sentence of a treebank."""
    out, now = [], ([], [], [], [])
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    for line in lines:
        if not line.strip():
            if now[0]:
                out.append(now)
            now = ([], [], [], [])
            continue
        cells = line.rstrip("\n").split("\t")
        if cells[0].isdigit():
            for kept, value in zip(now, (cells[1], int(cells[6]), cells[7], cells[4]), strict=True):
                kept.append(value)
    return out


def padded(found, tokenizer):
    """Sentences with their pieces and the place of each word's first piece, by the length they are padded to."""
    out = {}
    for s in found:
        ids, first = [101], [0]
        for word in s[0]:
            first.append(len(ids))
            ids += tokenizer.encode(word, add_special_tokens=False).ids[:PIECES] or [100]
        ids.append(102)
        for length in LENGTHS:
            if len(ids) <= length:
                out.setdefault(length, []).append((s, ids, first))
                break
    return out


def batches(data, rng=None):
    """Batches of one length each, shuffled if there is a generator; then incomplete ones are dropped."""
    out = []
    for length, items in data.items():
        n = max(1, BATCH // length)
        order = np.arange(len(items)) if rng is None else rng.permutation(len(items))
        for i in range(0, len(items), n):
            taken = list(order[i : i + n])
            if rng is None or len(taken) == n:
                out.append((length, n, [items[j] for j in taken]))
    if rng is not None:
        rng.shuffle(out)
    return out


def arrays(items, length, label_ids, tag_ids):
    """The arrays of one batch: pieces, mask, first pieces, words, heads, labels, tags."""
    shape = (len(items), length)
    ids, first, head, label, tag = (np.zeros(shape, np.int32) for _ in range(5))
    mask, words = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for n, ((forms, heads, labels, tags), pieces, places) in enumerate(items):
        m = len(forms) + 1
        ids[n, : len(pieces)], mask[n, : len(pieces)], first[n, :m], words[n, 1:m] = pieces, 1, places, 1
        head[n, 1:m] = heads
        label[n, 1:m] = [label_ids.get(x, 0) for x in labels]
        tag[n, 1:m] = [tag_ids.get(x, 0) for x in tags]
    return ids, mask, first, words, head, label, tag


def normed(x, gain, shift):
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(variance + 1e-12) * gain + shift


def dropped(x, key, rate):
    return x if key is None else x * jax.random.bernoulli(key, 1 - rate, x.shape) / (1 - rate)


def with_one(x):
    return jnp.concatenate([x, jnp.ones((*x.shape[:-1], 1))], -1)


def embedded(p, ids, extra=0.0):
    """The input of the first layer, with something added to it."""
    return normed(p["w"][ids] + p["p"][: ids.shape[1]] + p["t"][0] + extra, p["eg"], p["eb"])


def layers(p, x, mask, first, last, key, seen=None):
    """The vectors of the word pieces from one layer to another; `seen` takes the inner numbers of each."""
    keys = [None] * 13 if key is None else list(jax.random.split(key, 13))
    x = dropped(x, keys[12], 0.1) if first == 0 else x
    b, t, _ = x.shape
    bias = (1 - mask[:, None, None, :]) * -1e9
    for i in range(first, last):
        d = p["L"][i]
        q, k, v = ((x @ d[f"W{j}"] + d[f"b{j}"]).reshape(b, t, 12, 32).transpose(0, 2, 1, 3) for j in range(3))
        a = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(32) + bias)
        o = (a @ v).transpose(0, 2, 1, 3).reshape(b, t, 384) @ d["W3"] + d["b3"]
        x = normed(x + dropped(o, keys[2 * i], 0.1), d["g0"], d["h0"])
        o = jax.nn.gelu(x @ d["W4"] + d["b4"], approximate=False)
        if seen is not None:
            seen.append(o * mask[..., None])
        o = o @ d["W5"] + d["b5"]
        x = normed(x + dropped(o, keys[2 * i + 1], 0.1), d["g1"], d["h1"])
    return x


def encoded(p, ids, mask, key):
    """A vector for each word piece."""
    return layers(p, embedded(p, ids), mask, 0, len(p["L"]), key)


@jax.jit
def curve_tops(p, x, mask):
    seen = []
    layers(p, x, mask, 0, len(p["L"]), None, seen)
    return jnp.stack([o.max() for o in seen])


def ranges(par, inputs):
    """What each layer's curve rose to on these inputs, by the names that a file needs."""
    tops = np.max([np.asarray(curve_tops(par["bert"], x, mask)) for x, mask in inputs], 0)
    return {f"bert.{i}.high": np.float32(top) for i, top in enumerate(tops)}


def scores(par, ids, mask, first, words, key=None):
    """Word vectors, arc scores [dependent, head], and the projections of heads and dependents for labels."""
    w = jnp.take_along_axis(encoded(par["bert"], ids, mask, key), first[..., None], 1)
    keys = [None] * 4 if key is None else list(jax.random.split(key, 4))
    hh, hd, lh, ld = (
        dropped(jax.nn.relu(w @ par[name]), k, 0.2) for name, k in zip(("hh", "hd", "lh", "ld"), keys, strict=True)
    )
    arc = jnp.einsum("bih,hk,bjk->bij", with_one(hd), par["A"], hh)
    return w, jnp.where(words.at[:, 0].set(1.0)[:, None, :] > 0, arc, -1e9), lh, ld


def labelled(par, lh, ld, head):
    above = jnp.take_along_axis(lh, head[..., None], 1)
    return jnp.einsum("bik,klm,bim->bil", with_one(ld), par["U"], with_one(above))


def loss(par, ids, mask, first, words, head, label, tag, key):
    w, arc, lh, ld = scores(par, ids, mask, first, jnp.asarray(words), key)

    def missed(logits, gold):
        return -jnp.take_along_axis(jax.nn.log_softmax(logits), gold[..., None], -1)[..., 0]

    each = missed(arc, head) + missed(labelled(par, lh, ld, head), label) + 0.5 * missed(w @ par["t"], tag)
    return (each * words).sum() / words.sum()


@jax.jit
def predicted(par, ids, mask, first, words):
    w, arc, lh, ld = scores(par, ids, mask, first, words)
    head = arc.argmax(-1)
    return head, labelled(par, lh, ld, head).argmax(-1), (w @ par["t"]).argmax(-1)


def scored(par, data, labels, tags, ids_of):
    """UAS, LAS and XPOS, greedy, punctuation counted."""
    n = uas = las = xpos = 0
    for length, size, items in batches(data):
        full = arrays(items + [items[0]] * (size - len(items)), length, *ids_of)
        head, label, tag = map(np.asarray, predicted(par, *full[:4]))
        for k, ((forms, heads, relations, gold), _, _) in enumerate(items):
            for i in range(1, len(forms) + 1):
                right = head[k, i] == heads[i - 1]
                n += 1
                uas += right
                las += right and labels[label[k, i]] == relations[i - 1]
                xpos += tags[tag[k, i]] == gold[i - 1]
    return f"UAS {uas / n:.4f} LAS {las / n:.4f} XPOS {xpos / n:.4f}"


def optimiser(par, steps, times):
    def adam(rate, **more):
        return optax.adamw(optax.warmup_cosine_decay_schedule(0, rate * times, steps // 20, steps), **more)

    which = {k: jax.tree.map(lambda _: "encoder", v) if k == "bert" else "heads" for k, v in par.items()}
    both = {"encoder": adam(ENCODER_RATE, weight_decay=0.01), "heads": adam(HEADS_RATE)}
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(both, which))


def train(
    encoder, treebanks, out, epochs, begin=None, layers=LAYERS, rate=1.0, stop_after=None, *, rounded=False, mean=False
):
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = [s for name in TRAIN for s in sentences(treebanks / f"{name}.conllu.gz")]
    labels = sorted({x for s in found for x in s[2]})
    tags = sorted({x for s in found for x in s[3]})
    ids_of = ({x: i for i, x in enumerate(labels)}, {x: i for i, x in enumerate(tags)})
    data, dev = padded(found, tokenizer), padded(sentences(treebanks / f"{DEV}.conllu.gz"), tokenizer)
    rng = np.random.default_rng(0)

    def fresh(*shape):
        return jnp.asarray(rng.normal(0, 0.05, shape), jnp.float32)

    par = {
        "bert": jax.tree.map(jnp.asarray, encoder_weights(encoder / "model.onnx")),
        "hh": fresh(384, ARC),
        "hd": fresh(384, ARC),
        "A": fresh(ARC + 1, ARC) * 0.5,
        "lh": fresh(384, LABEL),
        "ld": fresh(384, LABEL),
        "U": fresh(LABEL + 1, len(labels), LABEL + 1) * 0.5,
        "t": fresh(384, len(tags)),
    }
    if begin is not None:
        par = trained_weights(begin, layers)
    steps = epochs * len(batches(data, rng))
    chain = optimiser(par, steps, rate)
    shaped = as_stored if rounded else lambda par: par
    state = chain.init(par)

    @jax.jit
    def step(par, state, batch, key):
        value, gradient = jax.value_and_grad(lambda p: loss(shaped(p), *batch, key))(par)
        change, state = chain.update(gradient, state, par)
        return optax.apply_updates(par, change), state, value

    key, start, done, lost, total = jax.random.key(0), time.time(), 0, [], None
    for epoch in range(1, epochs + 1):
        for length, _, items in batches(data, rng):
            key, k = jax.random.split(key)
            par, state, value = step(par, state, arrays(items, length, *ids_of), k)
            lost.append(float(value))
            done += 1
            if done % 100 == 0:
                print(
                    f"step {done} of {steps}: loss {np.mean(lost[-100:]):.3f}, {time.time() - start:.0f} s", flush=True
                )
            if done == stop_after:
                break
        np.savez(out / f"epoch{epoch}.npz", **flat(par))
        if done == stop_after:
            break
        print(f"epoch {epoch}: {DEV} {scored(shaped(par), dev, labels, tags, ids_of)}", flush=True)
        total = par if total is None else jax.tree.map(jnp.add, total, par)
    if mean and total is not None:
        par = jax.tree.map(lambda x: x / epochs, total)
        print(f"mean of the epochs: {DEV} {scored(shaped(par), dev, labels, tags, ids_of)}", flush=True)
    inputs = [(embedded(par["bert"], x[0]), x[1]) for x in (arrays(b[2], b[0], *ids_of) for b in batches(dev))]
    save(flat(par) | ranges(par, inputs), labels, tags, encoder / "tokenizer.json", out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--begin", type=Path, help="a folder with a trained network to go on from")
    parser.add_argument("--layers", type=int, default=LAYERS, help="lower layers of it that are kept")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual rates of learning")
    parser.add_argument("--rounded", action="store_true", help="learn with weights rounded as they will be stored")
    parser.add_argument("--mean", action="store_true", help="end with the mean of the epochs' weights")
    parser.add_argument("--stop-after", type=int, help="end after so many steps, to try that the recipe runs")
    a = parser.parse_args()
    train(
        a.encoder, a.treebanks, a.out, a.epochs, a.begin, a.layers, a.rate, a.stop_after, rounded=a.rounded, mean=a.mean
    )


if __name__ == "__main__":
    main()
