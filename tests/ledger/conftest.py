"""Reports and ledgers that several tests use; the texts are written for the tests."""

import json
from pathlib import Path

import pytest

import comity

FOUR = (
    {
        "id": "announcement",
        "title": "Kremlin: Russia and Mongolia to sign treaty",
        "date": "2019-09-02",
        "text": "Russia and Mongolia will sign a treaty on friendly relations and comprehensive strategic partnership in "
        "Ulaanbaatar on September 3, the Kremlin announced on Monday.",
    },
    {
        "id": "signature",
        "title": "Putin and Battulga sign treaty in Ulaanbaatar",
        "date": "2019-09-03",
        "text": "Russian President Vladimir Putin and Mongolian President Khaltmaa Battulga signed a treaty on friendly "
        "relations and comprehensive strategic partnership in Ulaanbaatar on Tuesday. The treaty on friendly relations "
        "and comprehensive strategic partnership is concluded for an indefinite period. The treaty on friendly "
        "relations and comprehensive strategic partnership replaces the 1993 treaty. Russia and Mongolia signed the "
        "1993 treaty on January 20, 1993. The 1993 treaty entered into force in 1993. The 1993 treaty remains in force "
        "for a period of 20 years and is extended for successive periods of five years unless one of the parties gives "
        "twelve months' notice of termination.",
    },
    {
        "id": "duma",
        "title": "State Duma approves treaty with Mongolia",
        "date": "2020-06-23",
        "text": "Russia's State Duma on Tuesday ratified the treaty on friendly relations and comprehensive strategic "
        "partnership between Russia and Mongolia.",
    },
    {
        "id": "exchange",
        "title": "Russia and Mongolia exchange instruments of ratification",
        "date": "2020-09-21",
        "text": "Russia and Mongolia exchanged the instruments of ratification of the treaty on friendly relations and "
        "comprehensive strategic partnership in Ulaanbaatar on Monday. The treaty on friendly relations and "
        "comprehensive strategic partnership between Russia and Mongolia entered into force on September 21, 2020.",
    },
)

_AGENCY = (
    "Russian President Vladimir Putin and his Mongolian counterpart Khaltmaa Battulga signed a treaty on friendly "
    "relations and comprehensive strategic partnership in Ulaanbaatar on Tuesday. The two leaders held talks in the "
    "state palace before the ceremony. Several other papers on energy and railways were prepared for the visit."
)
EIGHT = (
    ("preview", "2019-09-02", "Russia and Mongolia will sign a treaty on friendly relations and comprehensive strategic "
     "partnership in Ulaanbaatar on September 3, an aide of the Kremlin said."),
    ("agency", "2019-09-03", _AGENCY),
    ("copy", "2019-09-03", "From our news service\n\n" + _AGENCY + " Editing by our desk."),
    ("cut copy", "2019-09-04", _AGENCY.partition(" The two leaders")[0]),
    ("radio", "2019-09-03", "Russia and Mongolia signed a friendship and strategic partnership treaty in Ulaanbaatar on "
     "September 3. It has been long awaited by the people of both countries."),
    ("paper", "2019-09-04", "Mongolia and Russia signed a treaty on friendly relations and comprehensive strategic "
     "partnership on Tuesday in Ulaanbaatar. Markets in the region did not move."),
    ("television", "2019-09-03", "President Putin and President Battulga on Tuesday signed a treaty on friendly relations "
     "and comprehensive strategic partnership between Russia and Mongolia."),
    ("weekly", "2019-09-06", "In Ulaanbaatar on September 3, 2019 Russia and Mongolia signed a treaty on friendly "
     "relations and comprehensive strategic partnership, a step that observers had expected for years."),
)  # fmt: skip


def write(path: Path, rows) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def four(tmp_path_factory) -> Path:
    """Four reports on the treaty of 2019 and what went before."""
    return write(tmp_path_factory.mktemp("four") / "four.jsonl", FOUR)


@pytest.fixture(scope="session")
def mongolia(tmp_path_factory, four) -> Path:
    """A ledger of these four."""
    path = tmp_path_factory.mktemp("ledger") / "asia.duckdb"
    with comity.open(path) as led:
        led.add(four)
    return path


@pytest.fixture
def own(tmp_path, mongolia) -> Path:
    """A copy of that ledger that a test may change."""
    path = tmp_path / "asia.duckdb"
    path.write_bytes(mongolia.read_bytes())
    return path


@pytest.fixture(scope="session")
def eight(tmp_path_factory) -> Path:
    """A ledger of eight reports of one signing: a preview, an agency with two copies, and four others."""
    folder = tmp_path_factory.mktemp("eight")
    rows = [{"id": i, "title": None, "date": d, "text": t} for i, d, t in EIGHT]
    path = folder / "signing.duckdb"
    with comity.open(path) as led:
        led.add(write(folder / "eight.jsonl", rows))
    return path
