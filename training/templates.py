"""Makes sentences from the tables of triggers, for the classifier to begin with: one verb, two parties, its type.

usage: python training/templates.py OUT.jsonl [--each 6]

A row is a sentence with the spans of its two parties and the type that the codebook gives: the plain act, the passive,
and the act under a verb that changes its type ("agreed to", "threatened to", "refused to", "called on … to",
"accused … of"). Seeded; a few seconds.
"""

import argparse
import csv
import json
import random
from importlib.resources import files
from pathlib import Path

from lemminflect import getInflection

from comity.knowledge import plover

STATES = ("France", "Kenya", "Iran", "the United States", "China", "Turkey", "Ukraine", "Peru", "India", "Japan",
          "Mali", "Georgia", "Syria", "Russia", "Ethiopia", "Israel", "Nepal", "Cuba")  # fmt: skip
BODIES = ("the government of {s}", "{s}", "{s}", "{s}", "the foreign minister of {s}", "the president of {s}",
          "troops from {s}", "the parliament of {s}", "police in {s}", "officials in {s}")  # fmt: skip
OTHERS = ("the United Nations", "the European Union", "rebels", "protesters", "opposition leaders", "militants",
          "the central government", "activists", "local authorities", "security forces", "the supreme court", "a court",
          "human rights groups", "journalists", "refugees", "the opposition party", "workers", "students", "the army",
          "NATO", "the Red Cross", "civilians", "the ruling party", "separatists", "demonstrators")  # fmt: skip
BEFORE = (
    "",
    "",
    "",
    "On Monday, ",
    "In a statement, ",
    "According to reports, ",
    "Last week, ",
    "Officials said that ",
)
AFTER = ("", "", " on Tuesday", " after weeks of tension", " in the capital", ", state media reported", " last month",
         ", according to a spokesman", " amid growing concern", " for the first time")  # fmt: skip
SOON = {"CONSULT", "SUPPORT", "COOPERATE", "AID"}
HARSH = {"SANCTION", "COERCE", "ASSAULT", "MOBILIZE"}
PREPOSITION = {"ASSAULT": "on", "SANCTION": "against", "ACCUSE": "of", "AID": "to", "SUPPORT": "for", "REJECT": "of",
               "CONSULT": "with", "COERCE": "of", "THREATEN": "against", "PROTEST": "against", "REQUEST": "to",
               "MOBILIZE": "against", "AGREE": "with"}  # fmt: skip


def party(rng):
    return rng.choice(OTHERS) if rng.random() < 0.45 else rng.choice(BODIES).format(s=rng.choice(STATES))


def classes():
    table = (files("comity.knowledge") / "tables" / "event_nouns.csv").read_text(encoding="utf-8")
    out = {}
    for row in csv.DictReader(table.splitlines()):
        out.setdefault(row["class"], []).append(row["lemma"])
    return out


def inflected(lemma, tag):
    return (getInflection(lemma, tag) or (lemma,))[0]


def phrase(rng, trigger, tag):
    """The verb in a form with its object: "imposed sanctions on", "attacked", "held talks with"."""
    out = [inflected(trigger.lemma, tag) if tag else trigger.lemma]
    if trigger.objects:
        noun = rng.choice(sorted(trigger.objects))
        out.append(rng.choice(("", "a ", "the ", "new ")).strip())
        out.append(noun if rng.random() < 0.5 else inflected(noun, "NNS"))
    given = sorted(trigger.prepositions)
    if given:
        out.append(rng.choice(given))
    elif trigger.frame == "mutual":
        out.append("with")
    elif trigger.objects:
        out.append(PREPOSITION.get(trigger.event, "with"))
    return " ".join(w for w in out if w)


def row(parts, kind, number):
    """Joins text and parties; parts are strings, or ("s"|"t", name)."""
    text, spans = "", {}
    for part in parts:
        if isinstance(part, tuple):
            side, name = part
            name = name[0].upper() + name[1:] if not text else name
            spans[side] = [[len(text), len(text) + len(name)]]
            text += name
        else:
            text += part
    ends = {"source_spans": spans["s"], "target_spans": spans["t"]}
    return {"id": f"template#{number}", "text": text + ".", **ends, "plover": kind}


PLANNED = dict.fromkeys(SOON, "AGREE") | dict.fromkeys(HARSH, "THREATEN") | {"RETREAT": "CONCEDE"}
UNDER = (  # verbs under which an act is another one, for which acts, and of which type
    ("threatened to|vowed to|warned it would", HARSH, "THREATEN"),
    ("agreed to|promised to|offered to|is ready to|pledged to", SOON, "AGREE"),
    ("refused to|declined to|ruled out plans to", SOON, "REJECT"),
)


def sentences(rng, trigger):
    """Parts and type of the sentences that one trigger gives."""
    a, b = party(rng), party(rng)
    while b == a:
        b = party(rng)
    s, t, before, after = ("s", a), ("t", b), rng.choice(BEFORE), rng.choice(AFTER)
    event, side = trigger.event, plover.events()[trigger.event].side
    if trigger.pos == "NOUN":
        link = PREPOSITION.get(event, "on")
        noun = trigger.lemma
        verb = rng.choice(("continued", "drew attention", "made news", "came as a surprise", "was reported"))
        if trigger.frame == "mutual":
            return [([before, inflected(noun, "NNS"), " between ", s, " and ", t, f" {verb}", after], event)]
        yield_ = [([before, s, f"'s {noun} {link} ", t, f" {verb}", after], event)]
        if side == "conflict":
            yield_.append(([before, s, f" condemned the {noun} {link} ", t, after], None))
        return yield_
    past, base, ing, part = (phrase(rng, trigger, k) for k in ("VBD", "", "VBG", "VBN"))
    out = [([before, s, f" {past} ", t, after], event)]
    plain = not trigger.objects and not trigger.prepositions and trigger.frame == "direct"
    if plain:
        out.append(([before, t, f" was {part} by ", s, after], event))
        out.append(([before, s, f" was {part} by ", t, after], None))
    if trigger.frame in {"inverse", "host"}:
        return [([before, t, f" {past} ", s, after], event)]
    will = rng.choice(("will", "plans to", "is going to", "is set to"))
    out.append(([before, s, f" {will} {base} ", t, after], PLANNED.get(event, event)))
    for verbs, acts, kind in UNDER:
        if event in acts:
            out.append(([before, s, f" {rng.choice(verbs.split('|'))} {base} ", t, after], kind))
    if event in HARSH:
        out.append(([before, s, " accused ", t, f" of {ing} {rng.choice(OTHERS)}", after], "ACCUSE"))
    if event in SOON:
        asked = rng.choice(("called on", "urged", "asked"))
        out.append(([before, s, f" {asked} ", t, f" to {base} {rng.choice(OTHERS)}", after], "REQUEST"))
    return out


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("out", type=Path)
    ask.add_argument("--each", type=int, default=6)
    a = ask.parse_args()
    rng, number = random.Random(0), 0
    found = sorted(
        {t for group in plover.triggers().values() for t in group},
        key=lambda t: (t.lemma, t.pos, t.event, sorted(t.objects), sorted(t.prepositions)),
    )
    with a.out.open("w", encoding="utf-8") as out:
        for trigger in found:
            if trigger.frame in {"none", "tell", "content", "phone"} or trigger.pos == "ADJ":
                continue
            rows = [x for _ in range(a.each) for x in sentences(rng, trigger)]
            for parts, kind in rng.sample(rows, min(a.each, len(rows))):
                number += 1
                out.write(json.dumps(row(parts, kind, number), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
