"""What a ledger keeps of which statements are one fact changes no answer; it only comes sooner."""

from datetime import date
from pathlib import Path

import pytest

from comity.bench import synthesis
from comity.ledger import grouping, ingest
from comity.ledger.ledger import Ledger
from comity.ledger.store import Writer
from comity.settings import DEFAULTS, Settings

KEEPING = Settings(statements_kept_grouped=5)


def made(path: Path, count: int, start: int = 0, settings: Settings = KEEPING) -> None:
    writer = Writer(path)
    try:
        ingest.store(writer, ingest.Batch(readings=list(synthesis.documents(count, start=start))))
        grouping.keep(writer, settings)
        writer.publish()
    finally:
        writer.close()


def kept_blocks(path: Path) -> list[tuple[str, str]]:
    with Ledger(path) as ledger:
        return [tuple(r) for r in ledger.sql("SELECT DISTINCT kind, block FROM member ORDER BY ALL").rows]


def answers(path: Path, *states: str) -> list[object]:
    with Ledger(path) as ledger:
        days = [None, *(date(y, 6, 30) for y in (2012, 2016))]
        return [ledger.facts(*states, known=day) for day in days]


@pytest.fixture
def twins(tmp_path: Path) -> tuple[Path, Path]:
    """Two ledgers with the same documents; the second keeps nothing."""
    with_it, without = tmp_path / "kept.duckdb", tmp_path / "live.duckdb"
    made(with_it, 300)
    made(without, 300, settings=Settings(statements_kept_grouped=10**9))
    return with_it, without


def test_what_is_kept_gives_the_same_facts_on_every_known_day(twins: tuple[Path, Path]) -> None:
    with_it, without = twins
    blocks = kept_blocks(with_it)
    assert len(blocks) > 10
    assert kept_blocks(without) == []
    for _, block in blocks[:12]:
        assert answers(with_it, *block.split()) == answers(without, *block.split())


def test_statements_that_came_since_are_seen_before_anything_is_kept_anew(twins: tuple[Path, Path]) -> None:
    for path in twins:
        writer = Writer(path)
        try:
            ingest.store(writer, ingest.Batch(readings=list(synthesis.documents(200, start=300))))
            writer.publish()
        finally:
            writer.close()
    _, block = kept_blocks(twins[0])[0]
    assert answers(twins[0], *block.split()) == answers(twins[1], *block.split())


def test_the_export_is_the_same_with_and_without(twins: tuple[Path, Path]) -> None:
    with Ledger(twins[0]) as one, Ledger(twins[1]) as other:
        assert list(one.export()) == list(other.export())


def test_a_judgement_lets_go_of_what_was_kept_and_the_next_addition_leaves_it_so(twins: tuple[Path, Path]) -> None:
    kind, block = kept_blocks(twins[0])[0]
    ids = []
    for path in twins:
        with Ledger(path) as ledger:
            fact = ledger.facts(*block.split(), kinds=[kind])[0]
            ids.append(fact.id)
            ledger.judge(fact.id, "reject", signed="A. Reader", dated="2020-01-01")
    assert ids[0] == ids[1]
    assert (kind, block) not in kept_blocks(twins[0])
    made(twins[0], 100, start=300)
    made(twins[1], 100, start=300, settings=Settings(statements_kept_grouped=10**9))
    assert (kind, block) not in kept_blocks(twins[0])
    assert answers(twins[0], *block.split()) == answers(twins[1], *block.split())


def test_other_rules_than_those_it_was_found_with_are_not_believed(twins: tuple[Path, Path]) -> None:
    path = twins[0]
    writer = Writer(path)
    try:
        writer.execute("UPDATE grouping SET rules = 'of another version'")
        # what a wrong rule would have kept
        writer.execute("UPDATE member SET number = 0")
        writer.publish()
    finally:
        writer.close()
    _, block = kept_blocks(path)[0]
    assert answers(path, *block.split()) == answers(twins[1], *block.split())
    made(path, 0)
    with Ledger(path) as ledger:
        assert ledger.sql("SELECT DISTINCT rules FROM grouping").rows == ((grouping.rules(),),)


def test_few_statements_are_not_worth_keeping(tmp_path: Path) -> None:
    path = tmp_path / "small.duckdb"
    made(path, 30, settings=DEFAULTS)
    assert DEFAULTS.statements_kept_grouped > 30
    assert kept_blocks(path) == []


def test_a_ledger_of_an_older_format_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    made(path, 50)
    before = answers(path, "CHL", "MNE")
    writer = Writer(path)
    try:
        writer.execute("DROP TABLE grouping")
        writer.execute("DROP TABLE member")
        writer.execute("DELETE FROM migration WHERE number >= 3")
        writer.publish()
    finally:
        writer.close()
    assert answers(path, "CHL", "MNE") == before
