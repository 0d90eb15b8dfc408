"""Judged pairs of a fact and a row: what corroboration names is compared with what a person says is the same."""

import csv
import shutil
from pathlib import Path

import pytest

from comity.errors import InputError
from comity.evaluation import corroboration
from comity.evaluation.corroboration import COLUMNS, NAME, half_of, imported, score_against, score_pairs

SAMPLES = Path(__file__).parents[1] / "data_sets" / "samples"
GOLD = Path(__file__).parents[1] / "gold"
ROW = "900002/MONGOL-RUSSIA/1993-01-20"
OTHER = "900001/MONGOL-USSR/1966-01-15"


@pytest.fixture
def data(tmp_path):
    """A folder of data with the sample of the treaty index in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in corroboration.FILES.values():
        shutil.copy(SAMPLES / "wti.tsv", folder / name)
    return folder


@pytest.fixture
def judged(tmp_path):
    """Writes a table of pairs of one fact, each with a row and whether it is the same."""

    def write(*pairs: tuple[str, str]) -> Path:
        fact = {"fact": "a", "kind": "agreement", "title": "Treaty on Friendly Relations and Cooperation",
                "parties": "MNG RUS", "date": "1993-01-20", "stage": "signed", "source": "wti"}  # fmt: skip
        with (tmp_path / NAME).open("w", newline="", encoding="utf-8") as out:
            table = csv.DictWriter(out, COLUMNS, restval="")
            table.writeheader()
            table.writerows({**fact, "row": row, "same": same} for row, same in pairs)
        return tmp_path

    return write


def figures(folder: Path, data: Path) -> dict[str, tuple[float, int | None]]:
    scores, _ = score_pairs(folder, data, half=half_of("a"))
    return {s.figure: (s.value, s.cases) for s in scores}


def test_a_row_that_is_the_same_and_is_named_counts_for_both(judged, data):
    assert figures(judged((ROW, "yes"), (OTHER, "no")), data) == {"precision": (1.0, 1), "recall": (1.0, 1)}


def test_a_row_that_is_named_though_another_is_the_same_counts_against_both(judged, data):
    folder = judged((ROW, "no"), (OTHER, "yes"))
    assert figures(folder, data) == {"precision": (0.0, 1), "recall": (0.0, 1)}
    _, wrong = score_pairs(folder, data, half=half_of("a"))
    assert {(p.row, p.same, p.named) for p in wrong} == {
        (f"wti@2/{ROW}", False, True),
        (f"wti@2/{OTHER}", True, False),
    }


def test_a_named_row_that_nobody_has_judged_is_distinguished(judged, data):
    folder = judged((OTHER, "no"))
    _, (unjudged,) = score_pairs(folder, data, half=half_of("a"))
    assert (unjudged.row, unjudged.same) == (f"wti@2/{ROW}", None)
    assert figures(folder, data)["precision"] == (0.0, 0)


def test_a_missing_file_and_another_table_are_named(judged, data, tmp_path):
    folder = judged((ROW, "yes"))
    with pytest.raises(InputError, match="world_treaty_index"):
        score_pairs(folder, tmp_path)
    (folder / NAME).write_text("a,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a table of judged pairs"):
        score_pairs(folder, data)


@pytest.fixture(scope="module")
def registers(shared):
    """The data sets themselves, imported once for both halves."""
    with imported(GOLD, shared / "data") as ledger:
        yield ledger


@pytest.mark.parametrize("half", ["development", "held out"])
def test_nineteen_of_twenty_rows_that_are_named_are_the_same(registers, half, capsys):
    scores, wrong = score_against(registers, GOLD, half=half)
    with capsys.disabled():
        print(f"\n{half}: " + ", ".join(f"{s.figure} {s.value:.2f} of {s.cases}" for s in scores))
    precision, recall = scores
    assert precision.value >= 0.95
    assert recall.value >= 0.8
    assert (precision.cases or 0) >= 30
    assert all(p.same is not None for p in wrong), "a named row was never judged"


def test_the_pairs_are_drawn_over_kinds_data_sets_decades_and_both_halves():
    with (GOLD / NAME).open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for half in ("development", "held out"):
        part = [r for r in rows if half_of(r["fact"]) == half]
        assert len(part) >= 30
        assert {"agreement", "visit"} == {r["kind"] for r in part}
        assert {"wti", "desta", "manytreaties", "us_travels", "atop"} <= {r["source"] for r in part}
        assert len({r["date"][:3] for r in part if r["date"][:2] in {"19", "20"}}) >= 8
        assert {"yes", "no"} == {r["same"] for r in part}
