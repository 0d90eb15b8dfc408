"""Lone titles are compared with the registers' own columns, only where a title names what is asked."""

import csv
import gzip
import io
import json

import pytest

from comity.errors import InputError
from comity.evaluation.halves import sample
from comity.evaluation.titles import score_titles

PARTIES = [
    ("PERU", "Peru, Republic of"),
    ("CHILE", "Chile, Republic of"),
    ("IBRD", "International Bank for Reconstruction and Development (World Bank)"),
]


def written(rows: list[dict[str, str]], delimiter: str) -> bytes:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return gzip.compress(text.getvalue().encode())


def wti(n: int, title: str, kind: str, *pair: str) -> dict[str, str]:
    return {"treaty_id": str(n), "headnote": title, "title": kind, "party1": pair[0], "party2": pair[1],
            "Signed": "1950-01-02"}  # fmt: skip


def huggo(title: str, kind: str, ambit: str) -> dict[str, str]:
    return {"Title": title, "TypeAgree": kind, "TypeAmbit": ambit, "Signature": "1950-01-02"}


@pytest.fixture
def registers(tmp_path):
    """Makes the registers of given rows, each row in both halves, and gives their folder."""

    def make(index: list[dict[str, str]], environmental: list[dict[str, str]]):
        many = [{**r, "treaty_id": f"{r['treaty_id']}-{k}"} for r in index for k in range(40)]
        (tmp_path / "world_treaty_index.tsv.gz").write_bytes(written(many, "\t"))
        listed = [{"PartyID": p, "PartyName": name, "ShortName": name.split(",")[0]} for p, name in PARTIES]
        (tmp_path / "wti_parties.csv.gz").write_bytes(written(listed, "\t"))
        (tmp_path / "huggo_agreements.csv.gz").write_bytes(written([r for r in environmental for _ in range(40)], ","))
        lands = [
            {"name": n, "full_name": f"Republic of {n}", "alpha3": c} for n, c in (("Peru", "per"), ("Chile", "chl"))
        ]
        text = "".join(json.dumps(row) + "\n" for row in lands)
        (tmp_path / "rigour_territories.jsonl.gz").write_bytes(gzip.compress(text.encode()))
        return tmp_path

    return make


def figures(folder) -> dict[str, tuple[float, int | None]]:
    return {s.figure: (s.value, s.cases) for s in score_titles(folder)[0]}


def test_titles_that_agree_with_their_rows_score_one(registers):
    folder = registers(
        [
            wti(1, "TREATY OF PEACE BETWEEN PERU AND CHILE", "TREATY", "PERU", "CHILE"),
            wti(2, "Loan Agreement between Peru and the International Bank for Reconstruction and Development",
                "AGREEM", "PERU", "IBRD"),
        ],
        [huggo("Convention Between Peru And Chile On Fish", "Agreement", "Bilateral")],
    )  # fmt: skip
    assert {f: v for f, (v, _) in figures(folder).items()} == dict.fromkeys(
        ("wti.kind", "wti.parties", "wti.two_read", "huggo.kind", "huggo.parties"), 1.0
    )


def test_a_row_that_says_otherwise_is_a_miss_and_is_listed(registers):
    folder = registers(
        [wti(1, "TREATY BETWEEN PERU AND CHILE", "PROTOC", "PERU", "CHILE")],
        [huggo("Agreement Between Peru And Chile", "Protocol", "Trilateral")],
    )
    scores, misses = score_titles(folder)
    values = {s.figure: s.value for s in scores}
    assert (values["wti.kind"], values["huggo.kind"], values["wti.parties"]) == (0.0, 0.0, 1.0)
    assert {m.figure for m in misses} == {"kind"}


def test_a_title_that_names_neither_is_not_asked_for(registers):
    folder = registers(
        [
            wti(1, "PAYMENTS EXTENSION", "AGREEM", "PERU", "CHILE"),
            wti(2, "RENEWING THE TREATY OF 1926", "PROTOC", "PERU", "CHILE"),
        ],
        [huggo("Psychosocial Factors And Health", "Agreement", "Bilateral")],
    )
    assert {cases for _, cases in figures(folder).values()} == {0}


def test_the_halves_share_nothing_and_a_seed_gives_the_same_sample():
    names = [f"title {n}" for n in range(500)]
    one = sample(names, str, "held out", 50, 7)
    assert one == sample(names, str, "held out", 50, 7)
    assert one != sample(names, str, "held out", 50, 8)
    assert not set(one) & set(sample(names, str, "development", 500, 8))


def test_a_missing_register_is_named(tmp_path):
    with pytest.raises(InputError, match="rigour_territories"):
        score_titles(tmp_path)


def test_nine_of_ten_titles_agree_with_the_registers(shared):
    scores, _ = score_titles(shared / "data")
    asked = {s.figure: s for s in scores}
    for figure in ("wti.kind", "wti.parties", "huggo.kind", "huggo.parties"):
        assert asked[figure].value >= 0.9, figure
        assert (asked[figure].cases or 0) > 100
        assert asked[figure].is_met
