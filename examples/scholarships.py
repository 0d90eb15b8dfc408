"""A data set of your own: scholarships that states give to students of others, a made-up table.

python examples/scholarships.py LEDGER FILE…
"""

import sys
from collections.abc import Callable, Iterable

import comity

RELEASE = comity.DataSource(
    key="scholarships@1",
    kind="scholarships",
    title="Scholarships for foreign students (made up)",
    version="1",
    licence="CC0",
    citation="The Comity authors 2026",
)


def scholarships(columns: comity.Columns) -> Callable[[list[str]], Iterable[comity.Observation]]:
    """What makes the observations of each row, once it is known where the columns stand."""
    host, home, year, students = (columns(c) for c in ("host", "home", "year", "students"))
    number = columns.numbers(students)  # however the file writes numbers
    observed = comity.Observed(columns.release)

    def row(cells: list[str]) -> Iterable[comity.Observation]:
        day = f"{cells[year]}-07-01"
        giver, taker = columns.state(cells[host], day), columns.state(cells[home], day)
        key = f"{cells[host]}-{cells[home]}-{cells[year]}"
        # an empty cell is a missing value, never a zero
        yield observed.figure(key, "scholarships", giver, taker, cells[year], number(cells[students]), "students")

    return row


SCHOLARSHIPS = comity.DataSet(
    kind="scholarships",
    layouts=(comity.Layout(("host", "home", "year", "students"), scholarships),),
    release=RELEASE,
)

if __name__ == "__main__":
    with comity.open(sys.argv[1]) as ledger:
        done = ledger.import_(SCHOLARSHIPS, sys.argv[2:])
    print(f"{done.source.title}: {done.rows} rows, {done.added} added, {done.known} known, {len(done.failed)} failed")
    for row in done.listed:
        print(f"{row.file}:{row.line}: {row.reason}")
    for name, count in done.unknown:
        print(f"no table knows {name!r} ({count})")
