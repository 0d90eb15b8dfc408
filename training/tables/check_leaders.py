"""Report where our years in office disagree with Archigos 4.1: `check_leaders.py archigos_4_1.csv.gz`."""

import csv
import gzip
import sys

from comity.knowledge import leaders, states

# Archigos knows years since 1875, ours begin in 1945; a year off is a matter of counting the day of election or oath.
FIRST, LAST, SLACK = 1945, 2015, 1


def main(path: str) -> None:
    """One line for each leader of both whose years differ by more than the slack, then the counts."""
    # The same number of the Correlates of War may stand for a state and the one before it.
    codes: dict[int, set[str]] = {}
    for state in states.states().values():
        if state.cow is not None:
            codes.setdefault(state.cow, set()).add(state.code)
    with gzip.open(path, "rt", encoding="utf-8") as f:
        theirs = [r for r in csv.DictReader(f) if r["enddate"][:4] >= str(FIRST) and r["startdate"][:4] <= str(LAST)]
    same = differ = 0
    for r in theirs:
        start, end = int(r["startdate"][:4]), int(r["enddate"][:4]) if r["enddate"][:4].isdigit() else LAST
        ours = [x for x in leaders.by_name(r["leader"]) if x.state in codes.get(int(r["ccode"]), set())]
        if not ours:
            continue
        spans = [(int(x.from_[:4]), int((x.to or "2015")[:4])) for x in ours if x.level.startswith("head")]
        if any(abs(a - start) <= SLACK for a, _ in spans) and any(abs(min(b, LAST) - end) <= SLACK for _, b in spans):
            same += 1
        else:
            differ += 1
            print(r["idacr"], r["leader"], start, end, sorted(spans))
    print(
        f"{same} agree within {SLACK} year, {differ} differ, {len(theirs) - same - differ} are not in ours by that name"
    )


if __name__ == "__main__":
    main(sys.argv[1])
