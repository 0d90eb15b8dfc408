"""The canonical export: the same content gives the same bytes, whatever the order of addition."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from comity.ledger.fact import Fact
from comity.ledger.import_run import OBSERVATION, SOURCE
from comity.ledger.provenance import provenance
from comity.ledger.values import fields_of, values_of
from comity.records.lines import dumps
from comity.records.observation import DataSource, Observation

Documents = Mapping[str, Mapping[str, Any]]


def line(fact: Fact, documents: Documents, family: Mapping[str, str]) -> str:
    """One fact as one line of JSON: its values side by side, its judgements, its statements with their documents."""
    return dumps(plain_fact(fact, documents, family)) + "\n"


def observation_line(found: Observation) -> str:
    """One observation as one line of JSON, its body as an object."""
    return dumps({"id": found.id, **{f: _plain(getattr(found, f)) for f in _FIELDS}, "body": found.record}) + "\n"


def source_line(found: DataSource) -> str:
    """One data set as one line of JSON."""
    return dumps({"id": found.key, **{f: _plain(getattr(found, f)) for f in SOURCE if f != "key"}}) + "\n"


def mention_line(source: str, row: str, url: str, outlet: str | None, day: date | None) -> str:
    """One report of an event of a data set as one line of JSON."""
    mention = {"mention": f"{source}/{row}", "url": url, "outlet": outlet, "day": _plain(day)}
    return dumps(mention) + "\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


_FIELDS = tuple(f for f in OBSERVATION if f != "body")


def plain_fact(fact: Fact, documents: Documents, family: Mapping[str, str]) -> dict[str, Any]:
    """A fact as JSON values. Addresses of documents are included, paths of files are not: they differ by machine."""
    values = {
        field: [{"value": v.value, "independent": v.independent, "statements": list(v.statements)} for v in found]
        for field in fields_of(fact)
        if (found := values_of(fact, field, family))
    }
    sources = provenance(fact, family)
    return {
        "id": fact.id,
        "kind": fact.kind,
        **({"instrument": fact.instrument.key} if fact.instrument is not None else {}),
        "states": fact.block.split(),
        "when": None if fact.when.first is None and fact.when.last is None else str(fact.when),
        "known": fact.known.isoformat() if fact.known else None,
        "reports": sources.reports,
        "outlets": sources.outlets,
        "independent": sources.independent,
        "reporting_parties": list(sources.parties),
        "score": fact.score,
        "values": values,
        "judgements": [
            {
                "verdict": j.verdict,
                "changes": dict(j.changes),
                "signed": j.signed,
                "dated": j.dated,
                "note": j.note,
            }
            for j in fact.judgements
        ],
        "statements": [
            {"source": dict(documents[s.document]), "family": family.get(s.document, s.document), **s.stored}
            for s in fact.statements
        ],
    }
