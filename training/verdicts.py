"""Learns how what the rules and the frames say of a candidate is weighed: `verdicts.json`.

usage: python training/verdicts.py --out DIR --score SCORE.py --gold TO_GOLD.py [--news FOLDER]
       [--pairs PAIRS.jsonl --folds DIR] [--silent PLACES.csv] DOCUMENTS ...

Of the documents those are taken that training/frames.py and training/pairs.py keep apart, and which no network has
learnt from. The labelled pairs are read with the classifier that has not seen them: DIR is what training/pairs.py
wrote, with a network for each fold. SCORE.py and TO_GOLD.py are the corpus's own, so that what counts as right here is
what counts there. A logistic model for each kind, and one for events of lone sentences, for which the labelled pairs of
`--pairs` and the sentences of `--silent`, which report nothing, count too; printed is what five folds by document reach
at several thresholds, and how well the probabilities hold. With `--held-out` nothing is learnt: printed is how well the
probabilities of the weights that ship hold on the articles of the held-out fifth.
"""

import argparse
import csv
import gzip
import hashlib
import importlib.util
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from comity.coding import classifier, event_verdicts, verdicts
from comity.coding.frames import find_frames
from comity.coding.weighing import ALWAYS, FEATURES, LONE, NEW, TOGETHER, probability
from comity.evaluation.gold import key_of
from comity.knowledge import plover
from comity.language.encoder import opened
from comity.records.lines import plain
from frames import apart
from frames_data import alone, article_of, base, documents, held_out, lines
from pairs import fold_of

WEIGHTS = Path(classifier.__file__).parent / "weights"
STRENGTH = 1.0
SPEAKS_FOR = frozenset({
    "rule", "rule confidence", "seen", "seen nearby", "word", "actor", "recipient", "weakest actor",
    "weakest recipient", "agreed", "both", "visitor", "host", "office", "reporter", "partner", "measure", "weakest",
    "strongest", "stage", "dated", "named", "between",
})  # fmt: skip
SILENT = 6  # sentences of a report that report nothing, however many: a lone sentence reports nothing as a rule
QUIET = 6  # a sentence known to report nothing counts as so many: of those that name two states most are like it
LEAST = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
GOLDS = {"event": "events", "visit": "visits", "figure": "figures", "agreement": "agreements"}


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def logistic(x, y, kind):
    """Weights of a logistic model, the last for what is always there; what can only speak for a candidate never speaks
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


class Reading:
    """A document with its gold and the candidates of each kind: (what is weighed, its record, its features)."""

    def __init__(self, d, records, gold):
        self.gold = gold.gold({**d, "records": records})
        self.article = article_of(d)
        frames = find_frames(self.article)
        self.found = {"event": [(c, c.event, c.features) for c in event_verdicts.candidates(self.article, frames)]}
        self.found[LONE] = self.found["event"]
        for kind in ("visit", "figure", "agreement"):
            self.found[kind] = [(r, r, x) for r, x in verdicts.CANDIDATES[kind](self.article, frames)]
        self.found["agreement"] = [f for f in self.found["agreement"] if len(f[1].parties) > 1]

    def right(self, kind, score):
        """Whether a reader marked what each candidate reports, at that very place."""
        kind = "event" if kind == LONE else kind
        like = getattr(score, f"like_{kind}")
        golds = [g for g in self.gold[GOLDS[kind]] if g.get("interstate", True)]
        records = [asdict(r) for _, r, _ in self.found[kind]]
        return [
            float(any(like(g, r) > 0 and score.overlap(g, r) and ends(score, g, r) for g in golds)) for r in records
        ]

    def chosen(self, kind, p, least):
        weighed = list(zip(map(float, p), self.found[kind], strict=True))
        if kind in {"event", LONE}:
            return event_verdicts.choose_events(self.article, [(q, what) for q, (what, _, _) in weighed], least)
        return verdicts.choose([(q, r, x[0] > 0) for q, (_, r, x) in weighed], least)

    def rules(self, kind):
        return [r for _, r, x in self.found[kind] if x[0]]


def ends(score, gold, record):
    """Whether an amount lies between the very two that a reader marked: the scorer asks for one of them."""
    if record["kind"] != "figure":
        return True
    return score.codes([gold["reporter"], gold["partner"]]) == score.codes([record["reporter"], record["partner"]])


class Pair:
    """A labelled pair as a report of one sentence."""

    chosen = Reading.chosen

    def __init__(self, row):
        self.gold, self.article = row, article_of({"id": row["id"], "title": None, "text": row["text"], "date": None})
        frames = find_frames(self.article)
        self.found = {LONE: [(c, c.event, c.features) for c in event_verdicts.candidates(self.article, frames)]}

    def right(self, _, score):
        """Whether each candidate reports the labelled act, as the scorer of sentences has it."""
        records = [{**plain(e), "document": self.gold["id"]} for _, e, _ in self.found[LONE]]
        return [float(score.sentences([self.gold], [r])["recall"]) for r in records]


class Silent(Pair):
    """A sentence that names two states and reports nothing between them."""

    def right(self, *_):
        return [0.0] * len(self.found[LONE])


def silent_of(path, news):
    """The sentences of a table of places that may be looked at (`part` open)."""
    with path.open(encoding="utf-8") as rows:
        wanted = {}
        for r in csv.DictReader(rows):
            if r["part"] == "open":
                wanted.setdefault(r["document"], []).append(slice(int(r["start"]), int(r["end"])))
    for source in sorted(news.glob("*.jsonl.gz")):
        for d in lines(source):
            for n, span in enumerate(wanted.pop(d["id"], ())):
                yield Silent({"id": f"{d['id']}/{n}", "text": d["text"][span]})


def pairs_of(path, folds, out):
    """The labelled pairs, each read with the classifier of the fold that it was left out of; its answers are kept."""
    shipped, between, kept = classifier.network, classifier.between, {}

    def keep(sentence, source, target, *, alone):
        said = between(sentence, source, target, alone=alone)
        kept[key_of(sentence, source, target)] = said
        return said

    classifier.between = keep
    own = [opened(folder, "pairs.onnx") for folder in sorted(folds.glob("fold*"))]
    for row in lines(path):
        sides = [set(row[f"{side}_country"] or ()) - {""} for side in ("source", "target")]
        if all(sides) and sides[0] != sides[1]:
            classifier.network = lambda package, name, text=row["text"]: (
                own[fold_of(text, len(own))] if name == classifier.PAIRS else shipped(package, name)
            )
            yield Pair(row)
    classifier.network, classifier.between = shipped, between
    lines_ = [",".join(("weights", hashlib.sha256((WEIGHTS / "pairs.onnx").read_bytes()).hexdigest()))]
    lines_ += [",".join((*key, *(f"{p:.4f}" for p in said.values()))) for key, said in kept.items() if said]
    (out / "out_of_fold_between.csv.gz").write_bytes(gzip.compress("\n".join(lines_).encode(), mtime=0))


def figures(score, read, kind, chosen):
    kind = "event" if kind == LONE else kind
    golds = [{**h.gold, **{g: h.gold[g] if g == GOLDS[kind] else [] for g in GOLDS.values()}} for h in read]
    records = [{**asdict(r), "document": h.gold["id"]} for h, rs in zip(read, chosen, strict=True) for r in rs]
    out = score.documents(golds, records)[GOLDS[kind]]
    return f"P {out['precision']:.3f} R {out['recall']:.3f} F1 {out['f1']:.3f}"


def rows_of(kind, every):
    """What a kind is weighed on: of events there are enough in real reports, the written ones have more of them."""
    if kind == LONE:
        return [h for h in every if is_lone(h)]
    return [h for h in every if kind != "event" or not (is_lone(h) or h.gold["id"].startswith("comity:"))]


def is_lone(reading):
    return base(reading.gold["id"]) != reading.gold["id"]


def counted(reading):
    """How often a reading is weighed."""
    return QUIET if isinstance(reading, Silent) else 1


def out_of_fold(kind, read, x, right):
    """The probability of each candidate from a model that has not seen its report."""
    reports = list(dict.fromkeys(base(h.gold["id"]) for h in read))
    folds = [reports.index(base(h.gold["id"])) % 5 for h in read]
    p = [np.zeros(len(v)) for v in right]
    for fold in range(5):
        rest = [i for i in range(len(read)) if folds[i] != fold for _ in range(counted(read[i]))]
        w = logistic(np.concatenate([x[i] for i in rest]), np.concatenate([right[i] for i in rest]), kind)
        for i in (i for i in range(len(read)) if folds[i] == fold):
            p[i] = likely(w, x[i])
    return p


def report(score, kind, read, p):
    """Prints what several thresholds reach, beside the rules alone."""
    marked = [i for i, h in enumerate(read) if isinstance(h, Reading) and (kind == LONE or not is_lone(h))]
    paired = [i for i, h in enumerate(read) if type(h) is Pair]
    silent = [i for i, h in enumerate(read) if isinstance(h, Silent)]
    print("  rules", figures(score, [read[i] for i in marked], kind, [read[i].rules(kind) for i in marked]))
    for least in LEAST:
        print(
            f"  {least}",
            figures(score, [read[i] for i in marked], kind, [read[i].chosen(kind, p[i], least) for i in marked]),
        )
        if paired:
            records = [
                {**plain(r), "document": read[i].gold["id"]} for i in paired for r in read[i].chosen(kind, p[i], least)
            ]
            alarms = sum(bool(read[i].chosen(kind, p[i], least)) for i in silent) / max(1, len(silent))
            print(f"    false alarms {alarms:.3f}, pairs", score.sentences([read[i].gold for i in paired], records))


def tenths(likely, right):
    """Prints how many candidates lie in each tenth, their mean probability and the share of them that is right."""
    for low in np.arange(0, 1, 0.1):
        at = (likely >= low) & (likely < low + 0.1)
        if at.any():
            print(f"  {low:.1f} {at.sum():5} likely {likely[at].mean():.2f} right {right[at].mean():.2f}")


def reliability(read, score):
    """Prints how well the probabilities that ship hold for each kind and for all: of all candidates, printed or not."""
    every = []
    for kind in GOLDS:
        p = [
            probability(kind, f[2]) if kind == "event" else verdicts.likelihood(f[1], f[2])
            for h in read
            for f in h.found[kind]
        ]
        right = [r for h in read for r in h.right(kind, score)]
        every.append((np.array(p), np.array(right)))
    for kind, (p, right) in [
        *zip(GOLDS, every, strict=True),
        ("all", tuple(map(np.concatenate, zip(*every, strict=True)))),
    ]:
        print(f"{kind}: {len(read)} articles, {len(p)} candidates")
        tenths(p, right)


def by_rules_alone(read, score):
    """The weights of what rules find where no network is asked: for triggers that the networks have not seen."""
    found = [([c for c in h.found["event"] if c[2][0]], h) for h in read]
    right = [
        np.array([r for c, r in zip(h.found["event"], h.right("event", score), strict=True) if c[2][0]])
        for _, h in found
    ]
    x = [
        np.array([event_verdicts.by_rule_alone(c[2]) for c in rules]).reshape(-1, len(FEATURES[NEW]))
        for rules, _ in found
    ]
    p = out_of_fold(NEW, read, x, right)
    print(f"{NEW}: {sum(map(len, right))} candidates, {sum(map(sum, right)):.0f} right")
    tenths(np.concatenate(p), np.concatenate(right))
    w = logistic(np.concatenate(x), np.concatenate(right), NEW)
    return dict(zip((*FEATURES[NEW], ALWAYS), (round(float(v), 3) for v in w), strict=True))


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("documents", type=Path, nargs="+")
    ask.add_argument("--news", type=Path)
    ask.add_argument("--pairs", type=Path)
    ask.add_argument("--folds", type=Path)
    ask.add_argument("--silent", type=Path)
    ask.add_argument("--out", type=Path)
    ask.add_argument("--held-out", action="store_true")
    for name in ("score", "gold"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    a = ask.parse_args()
    score, gold = module(a.score), module(a.gold)
    if a.held_out:
        reliability(
            [Reading(d, d["records"], gold) for path in a.documents for d in lines(path) if held_out(d["id"])], score
        )
        return
    a.out.mkdir(parents=True, exist_ok=True)
    every = []
    for source in a.documents:
        for d, records in documents(source, a.news):
            if apart(d["id"]):
                every += [Reading(*one, gold) for one in ((d, records), *alone(d, records, SILENT))]
    pairs = [*pairs_of(a.pairs, a.folds, a.out)] if a.pairs else []
    pairs += silent_of(a.silent, a.news) if a.silent else []
    out = {}
    for kind in (*GOLDS, LONE):
        read = [*rows_of(kind, every), *(pairs if kind == LONE else ())]
        x = [np.array([f[2] for f in h.found[kind]]).reshape(-1, len(FEATURES[kind])) for h in read]
        right = [np.array(h.right(kind, score)) for h in read]
        p = out_of_fold(kind, read, x, right)
        print(f"{kind}: {len(read)} documents, {sum(map(len, right))} candidates, {sum(map(sum, right)):.0f} right")
        report(score, kind, read, p)
        tenths(np.concatenate(p), np.concatenate(right))
        often = [i for i in range(len(read)) for _ in range(counted(read[i]))]
        w = logistic(np.concatenate([x[i] for i in often]), np.concatenate([right[i] for i in often]), kind)
        out[kind] = dict(zip((*FEATURES[kind], ALWAYS), (round(float(v), 3) for v in w), strict=True))
        if kind not in {"event", LONE}:
            rows = np.concatenate(x)
            both = np.array([bool(r[0]) and verdicts.seen_by_both(kind, r) for r in rows])
            out[kind][TOGETHER] = round(float(np.concatenate(right)[both].mean()), 2)
        print("  " + ", ".join(f"{n} {v}" for n, v in out[kind].items()), flush=True)
    out[NEW] = by_rules_alone(rows_of("event", every), score)
    known = {}
    for word, pos in sorted(plover.triggers()):
        known.setdefault(pos, []).append(word)
    (a.out / "triggers.json").write_text(json.dumps(known, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    (a.out / "verdicts.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
