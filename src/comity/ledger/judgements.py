"""The judgements of a ledger: listed in the order in which they were given, and new ones appended."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from comity.errors import InputError
from comity.ledger import grouping
from comity.ledger.correction import checked
from comity.ledger.fact import Fact
from comity.ledger.interval import asked
from comity.ledger.judgement import Judgement, Verdict, standing
from comity.ledger.linked_blocks import Ask
from comity.ledger.store import Writer

_ALL = "SELECT number, id, verdict, changes, signed, dated, note FROM judgement ORDER BY number"
Changes = tuple[tuple[str, str], ...]


class Judged(Protocol):
    """What judgements need from their ledger: its facts by id, and its file, which is closed while they are written."""

    path: Path

    def fact(self, key: str) -> Fact:
        """The fact of an id, or the fact of a statement's id."""

    def close(self) -> None:
        """Closes the file; the next query opens it again."""


class Judgements:
    """The judgements of persons on the facts of a ledger."""

    __slots__ = ("_ask", "_ledger")

    def __init__(self, ledger: Judged, ask: Ask):
        self._ledger, self._ask = ledger, ask

    def __call__(self) -> list[Judgement]:
        """All judgements, in the order in which they were given."""
        return [
            Judgement(
                number=n,
                id=key,
                verdict=cast("Verdict", verdict),
                changes=tuple(sorted(json.loads(changes).items())),
                signed=signed,
                dated=dated,
                note=note,
            )
            for n, key, verdict, changes, signed, dated, note in self._ask(_ALL, [])
        ]

    def standing(self, known: date | None = None) -> dict[str, tuple[Judgement, ...]]:
        """The judgements in effect on a day, by the id that they are of."""
        return standing(self(), known)

    def add(self, given: Judgement) -> Judgement:
        """Appends a judgement, whatever its number, and returns it with the next number and the fields that it changes.

        Raises `FactError` if its id is unknown, `InputError` if its verdict does not apply to that id.
        """
        asked(given.dated)
        if not given.signed.strip():
            raise InputError("a judgement needs the name of the person who makes it")
        fact = self._ledger.fact(given.id)
        fields = self._changes(given, fact)
        self._ledger.close()
        writer = Writer(self._ledger.path)
        try:
            with writer.transaction():
                number = int(writer.execute("SELECT coalesce(max(number), 0) + 1 FROM judgement").fetchone()[0])
                changes = json.dumps(dict(fields), ensure_ascii=False)
                row = [number, given.id, given.verdict, changes, given.signed, given.dated, given.note]
                writer.execute("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                for block in dict.fromkeys(s.block for s in fact.statements):
                    grouping.forget(writer, fact.kind, block)
            writer.publish()
        finally:
            writer.close()
        return replace(given, number=number, changes=fields)

    def _changes(self, given: Judgement, fact: Fact) -> Changes:
        """The fields that a judgement changes. Raises `InputError` if its verdict does not apply to that id."""
        key, changes = given.id, dict(given.changes)
        if given.verdict == "correct":
            if not key.startswith("fact:"):
                raise InputError(f"{key}: correct the fact, {fact.id}, not one of its statements")
            return checked(fact.kind, changes)
        if given.verdict == "same":
            other = self._ledger.fact(changes.get("other", ""))
            if other.kind != fact.kind:
                raise InputError(f"{key} is a {fact.kind} and {other.id} is a {other.kind}: they cannot be the same")
            return (("other", changes["other"]),)
        if given.verdict == "apart" and key.startswith("fact:"):
            raise InputError(f"{key}: name the statement to take out of its fact")
        return ()
