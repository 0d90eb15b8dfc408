"""Trains the network of frames: first a large teacher, then the small student that ships.

usage: python training/frames.py teacher --encoder MPNET --out OUT --data FILE.pkl ... [--epochs 5]
       python training/frames.py label --teacher OUT/last.pkl --encoder MPNET --out SOFT.pkl --data FILE.pkl ...
       python training/frames.py student --encoder DIR --out OUT --data FILE.pkl ... [--soft SOFT.pkl ...]

FILE.pkl comes from `training/frames_data.py`, with the tokenizer of the encoder that reads it. The teacher is
all-mpnet-base-v2 (Apache-2.0), of which the lower half stays as it is; the student is all-MiniLM-L6-v2. After each
epoch the weights are kept, and what the share of articles that is kept apart (a sixth, by md5) reaches is printed.
"""

import argparse
import hashlib
import json
import pickle
import struct
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax

from comity.coding.frames import KINDS as FRAMES
from comity.coding.frames import MEASURES, STAGES, STATUS, TYPES
from comity.coding.windows import FACTS, SENTENCES
from frames_data import base, floor, tested
from network import SHARED, build_frames, flat
from parser import dropped, encoder_weights, layers, ranges, seven_bits, trained_weights, with_one

LENGTHS = (128, 192, 256, 320, 400, 480)
TRIGGERS, MENTIONS, CODES = 56, 72, 16
ROLES = 7  # actor, recipient; visitor, host; party; reporter, partner
ROLE_OF = np.array([[0, 1], [2, 3], [4, 4], [5, 6]])  # the roles of each kind of frame
HIDDEN, RANK = 256, 96
LEAST_WAY = 15  # ways that are rarer are one
PROPOSED = 0.15  # how likely a word must be to state something for its roles to be asked
DISTANCES, STEPS = 9, 13


def apart(name):
    return int(hashlib.md5(base(name).encode(), usedforsecurity=False).hexdigest(), 16) // 5 % 6 == 0


# ---------------------------------------------------------------- the teacher's encoder


def mpnet_weights(path):
    file = path.open("rb")
    n = struct.unpack("<Q", file.read(8))[0]
    header, base = json.loads(file.read(n)), 8 + n

    def get(name):
        a, b = header[name]["data_offsets"]
        file.seek(base + a)
        return np.frombuffer(file.read(b - a), np.float32).reshape(header[name]["shape"]).copy()

    out = {
        "w": get("embeddings.word_embeddings.weight"), "p": get("embeddings.position_embeddings.weight"),
        "eg": get("embeddings.LayerNorm.weight"), "eb": get("embeddings.LayerNorm.bias"),
        "rel": get("encoder.relative_attention_bias.weight"), "L": [],
    }  # fmt: skip
    dense = (
        "attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o", "intermediate.dense",
        "output.dense",
    )  # fmt: skip
    for i in range(12):
        at, d = f"encoder.layer.{i}.", {}
        for k, name in enumerate(dense):
            d[f"W{k}"], d[f"b{k}"] = get(f"{at}{name}.weight").T.copy(), get(f"{at}{name}.bias")
        for k, name in enumerate(("attention.LayerNorm", "output.LayerNorm")):
            d[f"g{k}"], d[f"h{k}"] = get(f"{at}{name}.weight"), get(f"{at}{name}.bias")
        out["L"].append(d)
    return out


def bucket(n, buckets=32, far=128):
    m = np.arange(n)[:, None] - np.arange(n)[None, :]
    half = buckets // 2
    side = (m < 0).astype(int) * half
    m = np.abs(m)
    small = half // 2
    big = small + (np.log(np.maximum(m, 1) / small) / np.log(far / small) * (half - small)).astype(int)
    return side + np.where(m < small, m, np.minimum(big, half - 1))


def mpnet_begin(p, ids):
    def norm(x, g, b):
        mean = x.mean(-1, keepdims=True)
        return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-5) * g + b

    return norm(p["w"][ids] + p["p"][jnp.arange(ids.shape[1]) + 2], p["eg"], p["eb"])


def mpnet_layers(p, stack, x, mask, key):
    b, t, _ = x.shape
    keys = [None] * 2 * len(stack) if key is None else list(jax.random.split(key, 2 * len(stack)))
    bias = p["rel"][bucket(t)].transpose(2, 0, 1)[None] + (1 - mask[:, None, None, :]) * -1e9

    def norm(x, g, b):
        mean = x.mean(-1, keepdims=True)
        return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-5) * g + b

    for i, d in enumerate(stack):
        q, k, v = ((x @ d[f"W{j}"] + d[f"b{j}"]).reshape(b, t, 12, 64).transpose(0, 2, 1, 3) for j in range(3))
        a = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / 8.0 + bias)
        o = (a @ v).transpose(0, 2, 1, 3).reshape(b, t, 768) @ d["W3"] + d["b3"]
        x = norm(x + dropped(o, keys[2 * i], 0.1), d["g0"], d["h0"])
        o = jax.nn.gelu(x @ d["W4"] + d["b4"], approximate=False) @ d["W5"] + d["b5"]
        x = norm(x + dropped(o, keys[2 * i + 1], 0.1), d["g1"], d["h1"])
    return x


# ---------------------------------------------------------------- the heads


def heads(width, ways, facts, rng):
    def fresh(*shape, k=0.05):
        return jnp.asarray(rng.normal(0, k, shape), jnp.float32)

    return {
        "t1": fresh(width, HIDDEN), "c1": jnp.zeros(HIDDEN), "t2": fresh(HIDDEN, len(TYPES)),
        "c2": jnp.zeros(len(TYPES)),
        "s2": fresh(HIDDEN, len(STATUS)), "o2": fresh(HIDDEN, 3), "co": jnp.full((3,), -3.0),
        "g2": fresh(HIDDEN, len(STAGES)), "m2": fresh(HIDDEN, len(MEASURES)),
        "rt": fresh(width, RANK), "rm": fresh(width, RANK), "R": fresh(RANK + 1, ROLES, RANK + 1, k=0.02),
        "way": jnp.zeros((ROLES, ways)), "gap": jnp.zeros((ROLES, DISTANCES)), "step": jnp.zeros((ROLES, STEPS)),
        "kind": jnp.zeros((ROLES, 7)), "fact": jnp.zeros((ROLES, 2, facts)), "rb": jnp.full((ROLES,), -2.0),
    }  # fmt: skip


def of_words(par, w, key):
    """The logits of each word: types, journey and instrument and amount, status, stage, measure."""
    h = dropped(jax.nn.relu(w @ par["t1"] + par["c1"]), key, 0.2)
    return h @ par["t2"] + par["c2"], h @ par["o2"] + par["co"], h @ par["s2"], h @ par["g2"], h @ par["m2"]


def filled(par, w, x, key):
    """The logits of each role of each trigger for each candidate: [batch, trigger, candidate, 2]."""
    keys = [None] * 2 if key is None else list(jax.random.split(key, 2))
    at, kind, mentions = x["at"], x["frame"], x["mentions"]
    a = dropped(jax.nn.relu(jnp.take_along_axis(w, at[..., None], 1) @ par["rt"]), keys[0], 0.2)
    b = dropped(jax.nn.relu(jnp.take_along_axis(w, mentions[..., None], 1) @ par["rm"]), keys[1], 0.2)
    s = jnp.einsum("bjk,klm,bim->bjil", with_one(a), par["R"], with_one(b))  # trigger, mention, role
    ts, ms = jnp.take_along_axis(x["sentence"], at, 1), jnp.take_along_axis(x["sentence"], mentions, 1)
    gap = jnp.clip(ts[:, :, None] - ms[:, None, :], -3, 5) + 3
    apart_ = at[:, :, None] - mentions[:, None, :]
    step = jnp.clip(jnp.sign(apart_) * jnp.floor(jnp.log2(jnp.abs(apart_) + 1.0)), -6, 6).astype(int) + 6
    way = jnp.take_along_axis(x["ways"], at[..., None], 1)  # trigger, mention
    here = gap == 3
    s = s + par["gap"].T[gap] + par["way"].T[way] + jnp.where(here[..., None], par["step"].T[step], 0)
    s = s + par["kind"].T[x["kind"]][:, None]
    s = jnp.take_along_axis(s, jnp.asarray(ROLE_OF)[kind][:, :, None, :], 3)  # the two roles of the frame
    owned = x["owned"].transpose(0, 2, 1)[:, None, :, :, None]  # candidate, mention
    best = jax.nn.logsumexp(jnp.where(owned > 0, s[:, :, None], -1e9), axis=3)
    inside = (x["owned"][:, None] * here[..., None]).max(2)  # trigger, candidate: named in the sentence
    which = jnp.stack([1 - inside, inside], -1)
    f = jnp.einsum("bcf,rhf->bcrh", x["facts"], par["fact"])
    f = jnp.einsum("bcrh,bjch->bjcr", f, which) + par["rb"]
    return best + jnp.take_along_axis(f, jnp.asarray(ROLE_OF)[kind][:, :, None, :], 3)


def likelihood(logits, wanted):
    return -(wanted * jax.nn.log_softmax(logits)).sum(-1)


def binary(logits, wanted):
    return jnp.maximum(logits, 0) - logits * wanted + jnp.log1p(jnp.exp(-jnp.abs(logits)))


def loss_of(par, w, x, key):
    k1, k2 = jax.random.split(key)
    types, other, status, stage, measure = of_words(par, w, k1)
    weight = x["words"] * (1 + 0.5 * (1 - x["types"][..., 0]))
    n = x["words"].sum()
    words = (likelihood(types, x["types"]) * weight).sum() / n * 10
    more = (
        (binary(other, x["other"]) * (1 + 2 * x["other"]) * x["words"][..., None] * x["asked"][:, None]).sum() / n * 10
    )

    def at(z):
        return jnp.take_along_axis(z, x["at"][..., None], 1)

    many = jnp.maximum(x["live"].sum(), 1)
    fields = (
        likelihood(at(status), x["status"]) + likelihood(at(stage), x["stage"]) + likelihood(at(measure), x["measure"])
    )
    fields = (fields * x["live"]).sum() / many
    f = filled(par, w, x, k2)
    able = (x["owned"].max(1)[:, None, :] * x["live"][..., None])[..., None]
    roles = (binary(f, x["roles"]) * able).sum() / many
    return words + more + 0.4 * fields + 0.5 * roles


# ---------------------------------------------------------------- arrays


def arrays(items, length, size, ways):
    def empty(*shape, kind=np.float32):
        return np.zeros((size, *shape), kind)

    whole = np.int32
    x = {
        "ids": empty(length, kind=whole), "order": empty(length, kind=whole), "mask": empty(length),
        "first": empty(length, kind=whole), "words": empty(length), "sentence": empty(length, kind=whole),
        "types": empty(length, len(TYPES)), "other": empty(length, 3), "at": empty(TRIGGERS, kind=whole),
        "frame": empty(TRIGGERS, kind=whole), "live": empty(TRIGGERS), "status": empty(TRIGGERS, len(STATUS)),
        "stage": empty(TRIGGERS, len(STAGES)), "measure": empty(TRIGGERS, len(MEASURES)),
        "roles": empty(TRIGGERS, CODES, 2),
        "mentions": empty(MENTIONS, kind=whole), "kind": empty(MENTIONS, kind=whole),
        "owned": empty(MENTIONS, CODES), "ways": empty(length, MENTIONS, kind=whole), "facts": empty(CODES, FACTS),
    }  # fmt: skip
    x["types"][..., 0] = 1
    x["asked"] = np.ones((size, 3), np.float32)
    for k, i in enumerate(items):
        # a journey is marked once in a report: that a sentence taken out of it has no mark says nothing
        if base(i["id"]) != i["id"] and not any(f[0] == 1 for f in i["frames"] or ()):
            x["asked"][k, 0] = 0
        n, m = i["size"], len(i["first"])
        x["mask"][k, :n], x["first"][k, :m], x["words"][k, :m] = 1, i["first"], 1
        if "ids" in i:
            x["ids"][k, :n] = i["ids"]
        else:
            x["order"][k, :n] = i["order"]
            x.setdefault("low", empty(length, 384))[k, :n] = i["low"]
        x["sentence"][k, :m] = i["sentence"]
        x["facts"][k, : len(i["facts"])] = i["facts"]
        mentions = i["mentions"][:MENTIONS]
        for j, (at, kind, codes) in enumerate(mentions):
            x["mentions"][k, j], x["kind"][k, j] = at, kind
            x["owned"][k, j, list(codes)] = 1
        x["ways"][k, :m, : len(mentions)] = ways[i["named"]][i["ways"][:, : len(mentions)]]
        if i.get("soft") is not None:
            soft = i["soft"]
            x["types"][k, :m], x["other"][k, :m] = soft["types"], soft["other"]
            for name in ("at", "frame", "status", "stage", "measure"):
                x[name][k, : len(soft["at"])] = soft[name]
            x["live"][k, : len(soft["at"])] = 1
            x["roles"][k, : len(soft["at"]), : soft["roles"].shape[1]] = soft["roles"]
        elif i["frames"] is not None:
            marked(x, k, i)
    return x


def marked(x, k, item):
    """The marks of a reader as what is wanted; frames of a kind at one word are one."""
    place = {c: n for n, c in enumerate(item["codes"])}
    places = {}
    for kind, word, status, _main, label, first, second, alt in item["frames"]:
        if kind == 0:
            row = x["types"][k, word]
            if row[0] == 1:
                row[0], row[label] = 0, 1
                for a in alt:
                    row[a] += 0.4
                row /= row.sum()
        else:
            x["other"][k, word, kind - 1] = 1
        if (kind, word) not in places:
            if len(places) == TRIGGERS:
                continue
            places[kind, word] = len(places)
        j = places[kind, word]
        x["at"][k, j], x["frame"][k, j], x["live"][k, j] = word, kind, 1
        if kind < 2:
            x["status"][k, j] = np.eye(len(STATUS))[status]
        elif kind == 2:
            x["stage"][k, j] = np.eye(len(STAGES))[label]
        else:
            x["measure"][k, j] = np.eye(len(MEASURES))[label]
        for role, codes in enumerate((first, second)):
            for c in codes:
                if c in place:
                    x["roles"][k, j, place[c], role] = 1
        if kind == 2:
            x["roles"][k, j, :, 1] = x["roles"][k, j, :, 0]


def groups(items, budget, rng=None):
    """Batches of items of one length each; shuffled where there is a generator."""
    by = {}
    for i in items:
        by.setdefault(next((t for t in LENGTHS if i["size"] <= t), LENGTHS[-1]), []).append(i)
    out = []
    for length, alike in by.items():
        size = max(1, budget // length)
        order = range(len(alike)) if rng is None else rng.permutation(len(alike))
        order = list(order)
        out += [(length, size, [alike[j] for j in order[a : a + size]]) for a in range(0, len(order), size)]
    if rng is not None:
        rng.shuffle(out)
    return out


class Ways:
    """One numbering of the ways of all files, from those that are frequent in the files learnt from."""

    def __init__(self, names=None):
        self.names = names

    def learn(self, files):
        count = {}
        for file in files:
            seen = np.zeros(len(file["ways"]) + 1, np.int64)
            for i in file["items"]:
                if i["frames"] is not None:
                    a, n = np.unique(i["ways"], return_counts=True)
                    seen[a] += n
            for name, n in zip(file["ways"], seen[1:], strict=True):
                count[name] = count.get(name, 0) + int(n)
        self.names = sorted(n for n, c in count.items() if c >= LEAST_WAY)

    def of(self, file):
        """The number of each of a file's ways: 0 in another sentence, 1 rare, from 2 on a frequent one."""
        at = {n: i + 2 for i, n in enumerate(self.names)}
        return np.array([0, *(at.get(n, 1) for n in file["ways"])], np.int32)


def load(paths, ways, *, learn=False):
    files = [pickle.loads(Path(p).read_bytes()) for p in paths]
    if learn:
        ways.learn(files)
    tables, items = [], []
    for file in files:
        tables.append(ways.of(file))
        for i in file["items"]:
            i["named"] = len(tables) - 1
            if len(i["facts"]) and not (floor(i["id"]) or base(i["id"]) in tested()):
                items.append(i)
    return items, tables


# ---------------------------------------------------------------- what it reads


def decode(item, likely, roles, least=0.4, role=0.4, weak=0.2):
    """Events (type, actors, recipients, probability, word): parties over `role`; a missing one from `weak` on."""
    out = []
    codes = item["codes"]
    for (word, types), r in zip(likely, roles, strict=True):
        p = 1 - types[0]
        if p < least:
            continue
        kind = int(np.argmax(types[1:])) + 1
        a = {c for n, c in enumerate(codes) if r[n, 0] >= role and r[n, 0] >= r[n, 1]}
        b = {c for n, c in enumerate(codes) if r[n, 1] >= role and r[n, 1] > r[n, 0]}
        if len(a | b) < 2:
            for side, own in ((0, a), (1, b)):
                if not own and (a or b):
                    best = max(
                        (n for n, c in enumerate(codes) if c not in a | b), key=lambda n: r[n, side], default=None
                    )
                    if best is not None and r[best, side] >= weak:
                        own.add(codes[best])
        if len(a | b) >= 2:
            out.append((kind, frozenset(a), frozenset(b), float(p), word))
    return out


def holds(gold, a, b):
    source, target = gold[5], gold[6]
    if not target:
        return len((a | b) & source) >= min(2, len(source))
    return bool(a & source) and bool(b & target)


def score(items, read):
    """Precision, recall on what the articles are about, and F1 of events, matched as score.py does (without quotes)."""
    tp = n = main = found = 0
    for i in items:
        golds = [f for f in i["frames"] if f[0] == 0]
        got = read.get(i["id"], [])
        pairs = []
        for g, gold in enumerate(golds):
            roots = {gold[4], *gold[7]}
            for e, (kind, a, b, _, word) in enumerate(got):
                if kind in roots and holds(gold, a, b):
                    near = abs(gold[1] - word) < 12
                    pairs.append((1 + 2 * near + 0.5 * (kind == gold[4]) + 0.25 * gold[3], g, e))
        used, taken = set(), set()
        for _, g, e in sorted(pairs, reverse=True):
            if g not in used and e not in taken:
                used.add(g)
                taken.add(e)
        tp += len(taken)
        n += len(got)
        main += sum(g[3] for g in golds)
        found += sum(golds[g][3] for g in used)
    p, r = tp / max(n, 1), found / max(main, 1)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}"


class Model:
    """The layers below the heads: the teacher's, of which the lower half stays as it is, or the student's.

    The student's own layers lie on the parser's lower ones, whose vectors the data hold.
    """

    def __init__(self, encoder, *, large):
        self.large, self.fixed, self.width = large, {}, 768 if large else 384
        if large:
            bert = mpnet_weights(encoder / "model.safetensors")
            rest = {k: v for k, v in bert.items() if k != "L"}
            self.fixed = jax.tree.map(jnp.asarray, rest | {"L": bert["L"][:6]})
            self.begun = {"bert": {"L": jax.tree.map(jnp.asarray, bert["L"][6:])}}
        elif (encoder / "upper.onnx").is_file():
            own = trained_weights(encoder, 99)["bert"]["L"][SHARED:]
            self.begun = {"bert": {"L": own}, "order": jnp.zeros((SENTENCES, 384))}
        else:
            own = encoder_weights(encoder / "model.onnx")["L"][SHARED:]
            self.begun = {"bert": {"L": jax.tree.map(jnp.asarray, own)}, "order": jnp.zeros((SENTENCES, 384))}
        self.below = jax.jit(
            lambda fixed, ids, mask: mpnet_layers(fixed, fixed["L"], mpnet_begin(fixed, ids), mask, None)
        )

    def vectors(self, par, fixed, x, key):
        if self.large:
            y = mpnet_layers(fixed, par["bert"]["L"], x["below"], x["mask"], key)
        else:
            y = layers(par["bert"], x["low"] + par["order"][x["order"]], x["mask"], 0, len(par["bert"]["L"]), key)
        return jnp.take_along_axis(y, x["first"][..., None], 1)

    def ready(self, items, length, size, tables):
        x = arrays(items, length, size, tables)
        if self.large:
            if any("below" not in i for i in items):
                y = np.asarray(self.below(self.fixed, x["ids"], x["mask"]))
                for k, i in enumerate(items):
                    i["below"] = y[k, : i["size"]].astype(np.float16)
            x["below"] = np.zeros((size, length, 768), np.float32)
            for k, i in enumerate(items):
                x["below"][k, : i["size"]] = i["below"]
        return x


def as_stored(par):
    """The student's parameters with every matrix rounded as the file will have it."""
    flat_ = {k: seven_bits(par[k]) for k in ("t1", "t2", "o2", "s2", "g2", "m2", "rt", "rm")}
    rows = [{k: seven_bits(v) if k[0] == "W" else v for k, v in d.items()} for d in par["bert"]["L"]]
    return {**par, **flat_, "bert": {"L": rows}}


def readings(model, par, items, tables, budget, *, soft=False, keep=True):
    """What the network reads: events of each item, or everything as a teacher's soft labels."""

    @jax.jit
    def first(par, fixed, x):
        w = model.vectors(par, fixed, x, None)
        types, other, status, stage, measure = of_words(par, w, None)
        each = (jax.nn.softmax(types), jax.nn.sigmoid(other), *(jax.nn.softmax(z) for z in (status, stage, measure)))
        return w, *each

    @jax.jit
    def second(par, w, x):
        return jax.nn.sigmoid(filled(par, w, x, None))

    out = {}
    for length, size, batch in groups(items, budget):
        x = model.ready(batch, length, size, tables)
        w, types, other, status, stage, measure = first(par, model.fixed, x)
        types, other, status, stage, measure = map(np.asarray, (types, other, status, stage, measure))
        x["at"][:], x["frame"][:] = 0, 0
        asked = []
        for k, i in enumerate(batch):
            m = len(i["first"])
            chance = np.concatenate([1 - types[k, :m, :1], other[k, :m]], 1)
            spots = [(float(chance[a, f]), f, a) for a, f in zip(*np.nonzero(chance >= PROPOSED), strict=True)]
            spots = sorted(spots, reverse=True)[:TRIGGERS]
            asked.append(spots)
            for j, (_, f, a) in enumerate(spots):
                x["at"][k, j], x["frame"][k, j] = a, f
        roles = np.asarray(second(par, w, x))
        for k, i in enumerate(batch):
            spots, m = asked[k], len(i["first"])
            at = [a for _, _, a in spots]
            if soft:
                out[i["id"]] = {
                    "words": i["words"], "types": types[k, :m].astype(np.float16),
                    "other": other[k, :m].astype(np.float16),
                    "at": at, "frame": [f for _, f, _ in spots], "status": status[k, at], "stage": stage[k, at],
                    "measure": measure[k, at], "roles": roles[k, : len(at), : len(i["codes"])],
                }  # fmt: skip
            else:
                out[i["id"]] = [
                    ((f, a), types[k, a], other[k, a], roles[k, j], status[k, a]) for j, (_, f, a) in enumerate(spots)
                ]
            if not keep:
                i.pop("below", None)
    return out


def events_of(items, read, **how):
    out = {}
    for i in items:
        spots = [s for s in read[i["id"]] if s[0][0] == 0]
        out[i["id"]] = decode(i, [(s[0][1], s[1]) for s in spots], [s[3] for s in spots], **how)
    return out


def parts(items, read):
    """How well words are found and typed, whatever their parties, and the share of the marks of the other kinds."""
    out = []
    for kind, name in enumerate(FRAMES):
        tp = n = g = typed = 0
        for i in items:
            gold = {f[1]: f[4] for f in i["frames"] if f[0] == kind}
            got = {s[0][1]: s for s in read[i["id"]] if s[0][0] == kind}
            got = {a: s for a, s in got.items() if (1 - s[1][0] if kind == 0 else s[2][kind - 1]) >= 0.4}
            both = set(gold) & set(got)
            tp, n, g = tp + len(both), n + len(got), g + len(gold)
            typed += sum(int(got[a][1][1:].argmax()) + 1 == gold[a] for a in both) if kind == 0 else 0
        p, r = tp / max(n, 1), tp / max(g, 1)
        out.append(
            f"{name} {2 * p * r / max(p + r, 1e-9):.3f}" + (f" typed {typed / max(tp, 1):.3f}" if kind == 0 else "")
        )
    return ", ".join(out)


def train(model, par, ways, data, out, a, soft=()):
    rng, key, start = np.random.default_rng(a.seed), jax.random.key(a.seed), time.time()
    items, tables = load(there(data), ways)
    tables, items = np_tables(tables), labelled(items, soft)
    test = [i for i in items if i["frames"] is not None and i.get("soft") is None and apart(i["id"]) and not a.all]
    names = {i["id"] for i in test}
    learnt = [i for i in items if i["id"] not in names]
    print(f"{len(learnt)} documents to learn from, {len(test)} apart, {len(ways.names)} ways", flush=True)
    steps = int(a.epochs * len(groups(learnt, a.budget)) * a.growth)

    def adam(rate, **more):
        return optax.adamw(optax.warmup_cosine_decay_schedule(0, rate, steps // 10, steps), **more)

    which = {k: jax.tree.map(lambda _: "encoder", v) if k == "bert" else "heads" for k, v in par.items()}
    chain = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform({"encoder": adam(a.rate, weight_decay=0.01), "heads": adam(7.5 * a.rate)}, which),
    )
    state, mean = chain.init(par), par

    @jax.jit
    def step(par, state, mean, fixed, x, key):
        def loss(par):
            k1, k2 = jax.random.split(key)
            par = as_stored(par) if a.rounded else par
            return loss_of(par, model.vectors(par, fixed, x, k1), x, k2)

        value, gradient = jax.value_and_grad(loss)(par)
        change, state = chain.update(gradient, state, par)
        par = optax.apply_updates(par, change)
        return par, state, jax.tree.map(lambda m, p: a.mean * m + (1 - a.mean) * p, mean, par), value

    for epoch in range(a.epochs):
        seen = []
        more, wider = load(there(data), ways) if a.growth > 1 else ([], [])
        more = labelled(more, soft)
        if len(more) > len(items):  # marks that have come meanwhile
            below = {i["id"]: i["below"] for i in items if "below" in i}
            items, tables = more, np_tables(wider)
            for i in items:
                if i["id"] in below:
                    i["below"] = below[i["id"]]
            learnt = [i for i in items if i["id"] not in names and not apart(i["id"])]
            print(f"{len(learnt)} documents to learn from", flush=True)
        for n, (length, size, batch) in enumerate(groups(learnt, a.budget, rng)):
            key, k = jax.random.split(key)
            par, state, mean, value = step(par, state, mean, model.fixed, model.ready(batch, length, size, tables), k)
            seen.append(float(value))
            if n % 50 == 49:
                print(f"  {n + 1}: {np.mean(seen[-50:]):.3f}, {time.time() - start:.0f} s", flush=True)
        save(out / "last.pkl", mean, ways)
        print(f"epoch {epoch + 1}: loss {np.mean(seen):.3f}, {time.time() - start:.0f} s", flush=True)
        if test:
            read = readings(model, as_stored(mean) if a.rounded else mean, test, tables, a.budget)
            print("  " + parts(test, read), flush=True)
            for least, role in ((0.3, 0.3), (0.4, 0.4), (0.5, 0.4), (0.5, 0.5), (0.6, 0.5)):
                print(f"  {least}/{role} {score(test, events_of(test, read, least=least, role=role))}", flush=True)
    return mean


def labelled(items, soft):
    """The items that a reader or a teacher has marked, those of the teacher with its labels word by word."""
    taught = {}
    for path in soft:
        taught |= pickle.loads(path.read_bytes())
    read = {i["id"] for i in items if i["frames"] is not None}
    out = []
    for i in items:
        if i["frames"] is not None:
            out.append(i)
        elif i["id"] in taught and i["id"] not in read:
            t = taught[i["id"]]
            place = {w: n for n, w in enumerate(t["words"])}
            own = [(n, place[w]) for n, w in enumerate(i["words"]) if w in place]
            here, there_ = [n for n, _ in own], [n for _, n in own]
            types = np.eye(len(TYPES), dtype=np.float32)[np.zeros(len(i["words"]), int)]
            other = np.zeros((len(i["words"]), 3), np.float32)
            types[here], other[here] = t["types"][there_], t["other"][there_]
            back = dict(zip(there_, here, strict=True))
            kept = [n for n, a in enumerate(t["at"]) if a in back]
            i["soft"] = {k: np.asarray(t[k])[kept] for k in ("frame", "status", "stage", "measure", "roles")}
            i["soft"] |= {"types": types, "other": other, "at": [back[t["at"][n]] for n in kept]}
            out.append(i)
    return out


def there(paths):
    """The files that are there by now."""
    return [p for p in paths if p.is_file()]


def np_tables(tables):
    """A row of numbers for each file's ways, padded to one length."""
    wide = max(len(t) for t in tables)
    return np.stack([np.pad(t, (0, wide - len(t)), constant_values=1) for t in tables])


def save(path, par, ways):
    path.write_bytes(pickle.dumps({"par": jax.tree.map(np.asarray, par), "ways": ways.names}))


def export(a):
    """Writes what the package ships of a student: `frames.onnx`, `ways.json`, `roles.npz`."""
    begun = pickle.loads(a.begin.read_bytes())
    par, ways = jax.tree.map(jnp.asarray, begun["par"]), Ways(begun["ways"])
    items, tables = load(a.data, ways)
    inputs = []
    for length, size, batch in groups(items, a.budget):
        x = arrays(batch, length, size, np_tables(tables))
        inputs.append((x["low"] + par["order"][x["order"]], x["mask"]))
    a.out.mkdir(parents=True, exist_ok=True)
    onnx.save(build_frames(flat(par) | ranges(par, inputs)), a.out / "frames.onnx")
    (a.out / "ways.json").write_text(json.dumps(ways.names), encoding="utf-8")
    kept = {k: np.asarray(par[k], np.float32) for k in ("R", "way", "gap", "step", "kind", "fact", "rb")}
    np.savez_compressed(a.out / "roles.npz", **kept)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("work", choices=("teacher", "label", "student", "export"))
    for name in ("encoder", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--data", type=Path, nargs="+", required=True)
    ask.add_argument("--soft", type=Path, nargs="*", default=[])
    ask.add_argument("--teacher", type=Path)
    ask.add_argument("--begin", type=Path)
    ask.add_argument("--epochs", type=int, default=5)
    ask.add_argument("--rate", type=float, default=1e-4)
    ask.add_argument("--budget", type=int, default=2048, help="word pieces of a batch")
    ask.add_argument("--growth", type=float, default=1.0, help="by how much the files grow while it learns")
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--mean", type=float, default=0.0, help="share of the running mean of the weights, which is kept")
    ask.add_argument("--rounded", action="store_true", help="learn with weights rounded as they will be stored")
    ask.add_argument("--layers", type=int, help="so many of the student's own layers are kept")
    ask.add_argument("--all", action="store_true", help="keep no share apart")
    a = ask.parse_args()
    if a.work == "export":
        export(a)
        return
    model = Model(a.encoder, large=a.work != "student")
    if a.work == "label":
        teacher = pickle.loads(a.teacher.read_bytes())
        ways = Ways(teacher["ways"])
        par = jax.tree.map(jnp.asarray, teacher["par"])
        items, tables = load(a.data, ways)
        found = readings(model, par, items, np_tables(tables), a.budget, soft=True, keep=False)
        a.out.write_bytes(pickle.dumps(found))
        print(f"{len(found)} documents labelled", flush=True)
        return
    a.out.mkdir(parents=True, exist_ok=True)
    ways = Ways()
    if a.begin:
        begun = pickle.loads(a.begin.read_bytes())
        ways, par = Ways(begun["ways"]), jax.tree.map(jnp.asarray, begun["par"])
    else:
        load(there(a.data), ways, learn=True)
        par = heads(model.width, len(ways.names) + 2, FACTS, np.random.default_rng(a.seed)) | model.begun
    if a.layers:
        par["bert"] = {"L": par["bert"]["L"][: a.layers]}
    train(model, par, ways, a.data, a.out, a, a.soft)


if __name__ == "__main__":
    main()
