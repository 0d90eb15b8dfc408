"""Learns how what the rules and the frames say of a candidate is weighed: `verdicts.json`.

usage: python training/verdicts.py --out DIR --score SCORE.py --gold TO_GOLD.py [--news FOLDER] DOCUMENTS ...

Of the documents those are taken that training/frames.py keeps apart, and which the network has not learnt from.
SCORE.py and TO_GOLD.py are the corpus's own, so that what counts as right here is what counts there. A logistic model
for each kind; printed is what five folds by document reach at several thresholds, and how well the probabilities hold.
"""

import argparse
import importlib.util
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from comity.coding import verdicts
from comity.coding.frames import find_frames
from comity.coding.verdicts import FEATURES
from comity.coding.weighing import ALWAYS, TOGETHER
from frames import apart
from frames_data import article_of, documents

STRENGTH = 1.0
SPEAKS_FOR = frozenset({
    "rule", "rule confidence", "told", "told anywhere", "word", "actor", "recipient", "weakest actor",
    "weakest recipient", "agreed", "both", "visitor", "host", "office", "reporter", "partner", "measure", "weakest",
    "strongest", "stage", "dated", "named",
})  # fmt: skip
LEAST = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
GOLDS = {"event": "events", "visit": "visits", "figure": "figures", "agreement": "agreements"}


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def logistic(x, y, kind):
    """Weights of a logistic model, the last for what is always there; what can only speak for a candidate never tells
    against it."""
    x = np.concatenate([x, np.ones((len(x), 1))], 1)

    def loss(w):
        z, own = x @ w, np.append(w[:-1], 0)
        slope = x.T @ (1 / (1 + np.exp(-z)) - y) + STRENGTH * own
        return np.logaddexp(0, z).sum() - y @ z + STRENGTH * (own**2).sum() / 2, slope

    bounds = [(0, None) if n in SPEAKS_FOR else (None, None) for n in (*FEATURES[kind], ALWAYS)]
    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x


def likely(w, x):
    return 1 / (1 + np.exp(-(x @ w[:-1] + w[-1])))


class Held:
    """A document with its gold and the candidates of each kind: (what is weighed, its record, its features)."""

    def __init__(self, d, records, gold):
        self.gold = gold.gold({**d, "records": records})
        self.article = article_of(d)
        frames = find_frames(self.article)
        self.found = {"event": [(c, c.event, c.features) for c in verdicts.candidates(self.article, frames)]}
        for kind in ("visit", "figure", "agreement"):
            find = getattr(verdicts, f"{kind}_candidates")
            self.found[kind] = [(r, r, x) for r, x in find(self.article, frames)]
        self.found["agreement"] = [f for f in self.found["agreement"] if len(f[1].parties) > 1]

    def right(self, kind, score):
        """Whether a reader marked what each candidate tells, at that very place."""
        like = getattr(score, f"like_{kind}")
        golds = [g for g in self.gold[GOLDS[kind]] if g.get("interstate", True)]
        records = [asdict(r) for _, r, _ in self.found[kind]]
        return [float(any(like(g, r) > 0 and score.overlap(g, r) for g in golds)) for r in records]

    def chosen(self, kind, p, least):
        held = list(zip(map(float, p), self.found[kind], strict=True))
        if kind == "event":
            return verdicts.choose_events(self.article, [(q, what) for q, (what, _, _) in held], least)
        return verdicts.choose([(q, r, x[0] > 0) for q, (_, r, x) in held], least)

    def rules(self, kind):
        return [r for _, r, x in self.found[kind] if x[0]]


def figures(score, held, kind, chosen):
    golds = [{**h.gold, **{g: h.gold[g] if g == GOLDS[kind] else [] for g in GOLDS.values()}} for h in held]
    records = [{**asdict(r), "document": h.gold["id"]} for h, rs in zip(held, chosen, strict=True) for r in rs]
    out = score.documents(golds, records)[GOLDS[kind]]
    return f"P {out['precision']:.3f} R {out['recall']:.3f} F1 {out['f1']:.3f}"


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("documents", type=Path, nargs="+")
    ask.add_argument("--news", type=Path)
    for name in ("out", "score", "gold"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    a = ask.parse_args()
    score, gold = module(a.score), module(a.gold)
    every = []
    for source in a.documents:
        every += [Held(d, records, gold) for d, records in documents(source, a.news) if apart(d["id"])]
    out = {}
    for kind in GOLDS:
        # of events there are enough in real reports; the written ones tell more of them than news does
        held = [h for h in every if kind != "event" or not h.gold["id"].startswith("comity:")]
        x = [np.array([f[2] for f in h.found[kind]]).reshape(-1, len(FEATURES[kind])) for h in held]
        right = [np.array(h.right(kind, score)) for h in held]
        p = [np.zeros(len(v)) for v in right]
        for fold in range(5):
            rest = [i for i in range(len(held)) if i % 5 != fold]
            w = logistic(np.concatenate([x[i] for i in rest]), np.concatenate([right[i] for i in rest]), kind)
            for i in range(fold, len(held), 5):
                p[i] = likely(w, x[i])
        print(f"{kind}: {len(held)} documents, {sum(map(len, right))} candidates, {sum(map(sum, right)):.0f} right")
        print("  rules", figures(score, held, kind, [h.rules(kind) for h in held]))
        for least in LEAST:
            chosen = [h.chosen(kind, q, least) for h, q in zip(held, p, strict=True)]
            print(f"  {least}", figures(score, held, kind, chosen))
        both, told = np.concatenate(p), np.concatenate(right)
        for low in np.arange(0, 1, 0.1):
            at = (both >= low) & (both < low + 0.1)
            if at.any():
                print(f"  {low:.1f} {at.sum():5} likely {both[at].mean():.2f} right {told[at].mean():.2f}")
        w = logistic(np.concatenate(x), np.concatenate(right), kind)
        out[kind] = dict(zip((*FEATURES[kind], ALWAYS), (round(float(v), 3) for v in w), strict=True))
        if kind != "event":
            both = np.concatenate(x)[:, [0, FEATURES[kind].index("both")]].all(1)
            out[kind][TOGETHER] = round(float(np.concatenate(right)[both].mean()), 2)
        print("  " + ", ".join(f"{n} {v}" for n, v in out[kind].items()), flush=True)
    (a.out / "verdicts.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
