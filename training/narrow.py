"""Makes a smaller student of frames to go on from: some of its layers, with the inner numbers that matter most.

usage: python training/narrow.py STUDENT/last.pkl --out SMALL/last.pkl --data FILE.pkl ...
       [--layers 0 1 3] [--inner 1024]

An inner number matters by how much it varies over the pieces of the files, times the length of what it adds to a
vector. `training/frames.py student --begin SMALL/last.pkl` then learns to do with what is left.
"""

import argparse
import pickle
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from frames import Ways, arrays, groups, load, np_tables
from parser import layers

ENOUGH = 150
"""Documents on which the inner numbers are looked at."""


def importance(par, items, tables, budget):
    """How much each inner number of each layer matters: [layer, inner]."""

    @jax.jit
    def inner(x, order, mask):
        seen = []
        layers(par["bert"], x + par["order"][order], mask, 0, len(par["bert"]["L"]), None, seen)
        return jnp.stack([(o**2).sum((0, 1)) for o in seen]), jnp.stack([o.sum((0, 1)) for o in seen]), mask.sum()

    found = [
        inner(x["low"], x["order"], x["mask"])
        for length, size, held in groups(items, budget)
        for x in (arrays(held, length, size, tables),)
    ]
    square, total, n = (np.sum([np.asarray(f[k]) for f in found], 0) for k in range(3))
    adds = np.stack([np.linalg.norm(np.asarray(d["W5"]), axis=1) for d in par["bert"]["L"]])
    return np.sqrt(np.maximum(square - total**2 / n, 0)) * adds


def narrowed(layer, matters, inner):
    kept = np.sort(np.argsort(-matters)[:inner])
    return {**layer, "W4": layer["W4"][:, kept], "b4": layer["b4"][kept], "W5": layer["W5"][kept]}


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("student", type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--data", type=Path, nargs="+", required=True)
    ask.add_argument("--layers", type=int, nargs="+", default=[0, 1, 3])
    ask.add_argument("--inner", type=int, default=1024)
    ask.add_argument("--budget", type=int, default=2048, help="word pieces of a batch")
    a = ask.parse_args()
    kept = pickle.loads(a.student.read_bytes())
    par, ways = jax.tree.map(jnp.asarray, kept["par"]), Ways(kept["ways"])
    items, tables = load(a.data, ways)
    matters = importance(par, items[:ENOUGH], np_tables(tables), a.budget)
    own = [narrowed(par["bert"]["L"][i], matters[i], a.inner) for i in a.layers]
    a.out.parent.mkdir(parents=True, exist_ok=True)
    small = jax.tree.map(np.asarray, {**par, "bert": {"L": own}})
    a.out.write_bytes(pickle.dumps({"par": small, "ways": kept["ways"]}))


if __name__ == "__main__":
    main()
