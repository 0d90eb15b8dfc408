"""The judgements of a ledger: listed in the order in which they were made, and new ones appended."""

import json
from collections.abc import Mapping
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
    """What judgements need of their ledger: its facts by id, and its file, which is let go while they are written."""

    path: Path

    def fact(self, key: str) -> Fact:
        """The fact of an id, or the fact of a statement's id."""

    def close(self) -> None:
        """Lets the file go; the next question opens it again."""


class Judgements:
    """What persons judged of the facts of a ledger."""

    __slots__ = ("_ask", "_ledger")

    def __init__(self, ledger: Judged, ask: Ask):
        self._ledger, self._ask = ledger, ask

    def __call__(self) -> list[Judgement]:
        """All judgements, in the order in which they were made."""
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
        """The judgements that stand on a day, by the id they are of."""
        return standing(self(), known)

    def add(
        self,
        key: str,
        verdict: Verdict,
        changes: Mapping[str, str] | None = None,
        *,
        signed: str,
        dated: str,
        note: str | None = None,
    ) -> Judgement:
        """Appends a person's judgement of a fact or a statement. Raises `FactError` where there is none of that id.

        `correct` sets fields of a fact right, `same` needs `other`, the fact that it is one with.
        """
        asked(dated)
        if not signed.strip():
            raise InputError("a judgement needs the name of the person who makes it")
        fact = self._ledger.fact(key)
        fields = self._changes(key, fact, verdict, changes or {})
        self._ledger.close()
        writer = Writer(self._ledger.path)
        try:
            with writer.transaction():
                number = int(writer.execute("SELECT coalesce(max(number), 0) + 1 FROM judgement").fetchone()[0])
                row = [number, key, verdict, json.dumps(dict(fields), ensure_ascii=False), signed, dated, note]
                writer.execute("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                for block in dict.fromkeys(s.block for s in fact.statements):
                    grouping.forget(writer, fact.kind, block)
            writer.publish()
        finally:
            writer.close()
        return Judgement(number=number, id=key, verdict=verdict, changes=fields, signed=signed, dated=dated, note=note)

    def _changes(self, key: str, fact: Fact, verdict: Verdict, changes: Mapping[str, str]) -> Changes:
        """What a verdict changes of a fact. Raises `InputError` where it cannot be given of that id."""
        if verdict == "correct":
            if not key.startswith("fact:"):
                raise InputError(f"{key}: correct the fact, {fact.id}, not one of its statements")
            return checked(fact.kind, changes)
        if verdict == "same":
            other = self._ledger.fact(changes.get("other", ""))
            if other.kind != fact.kind:
                raise InputError(f"{key} is a {fact.kind} and {other.id} is a {other.kind}: they cannot be the same")
            return (("other", changes["other"]),)
        if verdict == "apart" and key.startswith("fact:"):
            raise InputError(f"{key}: name the statement to take out of its fact")
        return ()
