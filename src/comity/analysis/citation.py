"""Citations of reports and facts in RIS and BibTeX, for reference managers."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote

from comity.analysis.line import agreement_wording, wording
from comity.errors import FactError
from comity.ledger.fact import Fact
from comity.ledger.heading import Life
from comity.ledger.ledger import Ledger
from comity.versions import RELEASE

_CONTENT = (
    "SELECT key FROM document ORDER BY key",
    "SELECT DISTINCT reader FROM batch ORDER BY reader",
    "SELECT id, verdict, changes, signed, dated, note FROM judgement ORDER BY number",
    "SELECT DISTINCT source, file_sha256 FROM import_run ORDER BY ALL",
)
_SHORT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The citation of a report or a fact: `key` is its id in the ledger, `address` where it can be looked up.

    `day` is the day of access, `version` names the ledger's content and the program. Unknown values are null.
    """

    kind: Literal["report", "fact"]
    key: str
    title: str
    published: str | None
    outlet: str | None
    address: str | None
    day: date
    version: str
    quote: str | None = None


def fingerprint(ledger: Ledger) -> str:
    """SHA-256 over documents, readers, judgements and imported files: equal for equal content."""
    digest = hashlib.sha256()
    for query in _CONTENT:
        for row in ledger.rows(query, []):
            digest.update("\0".join("" if v is None else str(v) for v in row).encode() + b"\n")
    return digest.hexdigest()


def version_of(ledger: Ledger, digest: str | None = None) -> str:
    """The program's version and the ledger's name and content; the fingerprint is computed if it is not given."""
    return f"Comity {RELEASE}, ledger {ledger.path.name}, sha256 {(digest or fingerprint(ledger))[:_SHORT]}"


def of_reports(ledger: Ledger, keys: Iterable[str], *, day: date, version: str) -> list[Citation]:
    """The citations of documents by their keys, in the order given; keys that are not in the ledger are left out."""
    asked = list(dict.fromkeys(keys))
    documents, outlets = ledger.documents(asked), ledger.family().outlets
    return [
        Citation(
            kind="report",
            key=key,
            title=report["title"] or report["document"],
            published=report["published"],
            outlet=min(outlets.get(key, ()), default=None),
            address=next(iter(report["addresses"]), None),
            day=day,
            version=version,
        )
        for key in asked
        if (report := documents.get(key)) is not None
    ]


def of_fact(
    ledger: Ledger,
    fact: Fact,
    living: Life | None = None,
    *,
    on: date,
    day: date,
    version: str,
    base: str | None = None,
) -> Citation:
    """The citation of a fact as the ledger reports it; its address is that of its page if `base` is a server.

    Otherwise it is the address of the first report that has one, with the supporting quote. An agreement is cited with
    its status `on` a day.
    """
    documents = ledger.documents(fact.documents)
    at = f"?on={on}" if living is not None else ""
    found = (a for s in fact.statements for a in documents[s.document]["addresses"])
    return Citation(
        kind="fact",
        key=fact.id,
        title=wording(fact, ledger.family()) if living is None else agreement_wording(living),
        published=fact.last_reported.isoformat() if fact.last_reported else None,
        outlet=None,
        address=f"{base.rstrip('/')}/fact/{quote(fact.id, safe=':')}{at}" if base else next(found, None),
        day=day,
        version=version,
        quote=_flat(fact.lead.quote) or None,
    )


def document_key(ledger: Ledger, key: str) -> str:
    """The key of a document by its key or its original id. Raises `FactError` if there is none."""
    found = ledger.rows("SELECT key FROM document WHERE key = ? OR id = ? ORDER BY key", [key, key])
    if not found:
        raise FactError(f"{ledger.path}: holds no fact and no report {key!r}; comity show and comity sql find ids")
    return str(found[0][0])


def as_ris(citations: Iterable[Citation]) -> str:
    r"""The citations in RIS, one reference each: reports as news, facts as data.

    >>> references = as_ris([Citation(kind="report", key="k1", title="Talks end", published="2019-09-03", outlet=None,
    ...     address="https://example.org/1", day=date(2024, 5, 1), version="Comity")])
    >>> references.splitlines()[:3]
    ['TY  - NEWS', 'TI  - Talks end', 'PY  - 2019']
    """
    out = []
    for c in citations:
        fields = [
            ("TY", "NEWS" if c.kind == "report" else "DATA"),
            ("TI", c.title),
            ("T2", c.outlet),
            ("PY", _year(c.published)),
            ("DA", _ris_day(c.published)),
            ("UR", c.address),
            ("Y2", _ris_day(c.day.isoformat())),
            ("ET", c.version),
            ("DB", "Comity"),
            ("AN", c.key),
            ("N1", c.quote and f"“{c.quote}”"),
        ]
        out += [f"{tag}  - {_flat(value)}\r\n" for tag, value in fields if value]
        out.append("ER  - \r\n\r\n")
    return "".join(out)


def as_bibtex(citations: Iterable[Citation]) -> str:
    r"""The citations in BibTeX, one entry each under a key derived from the id.

    >>> print(as_bibtex([Citation(kind="report", key="k1", title="R&D {talks}", published="2019-09-03",
    ...     outlet="example.org", address="https://example.org/1", day=date(2024, 5, 1), version="Comity")]), end="")
    @misc{report-k1,
      title = {{R\&D \textbraceleft{}talks\textbraceright{}}},
      howpublished = {example.org},
      date = {2019-09-03},
      year = {2019},
      url = {https://example.org/1},
      urldate = {2024-05-01},
      version = {Comity},
      note = {Version: Comity; id k1; seen 2024-05-01},
    }
    <BLANKLINE>
    """
    out = []
    for c in citations:
        said = f"“{c.quote}” " if c.quote else ""
        note = f"{said}Version: {c.version}; id {c.key}; seen {c.day.isoformat()}"
        fields = [
            ("title", f"{{{_tex(c.title)}}}"),
            ("howpublished", c.outlet and _tex(c.outlet)),
            ("date", c.published and _tex(c.published)),
            ("year", _year(c.published)),
            ("url", c.address and _tex_address(c.address)),
            ("urldate", c.day.isoformat()),
            ("version", _tex(c.version)),
            ("note", _tex(note)),
        ]
        key = re.sub(r"[^A-Za-z0-9]+", "-", c.key if c.kind == "fact" else f"report-{c.key}").strip("-")
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
        out.append(f"@misc{{{key},\n{lines}}}\n\n")
    return "".join(out)


def _flat(text: str) -> str:
    """Text on one line, without characters that reference managers reject."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _year(published: str | None) -> str | None:
    found = re.match(r"\d{4}", published or "")
    return found[0] if found else None


def _ris_day(published: str | None) -> str | None:
    """A day in RIS format, `YYYY/MM/DD/`, as far as it is known; null for other dates."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", published or "")
    return "/".join([*(p or "" for p in found.groups()), ""]) if found else None


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{c: "\\" + c for c in "&%$#_"},
}  # fmt: skip


def _tex(text: str) -> str:
    # BibTeX counts a brace even after a backslash, so braces are written as commands
    return "".join(_TEX.get(c, c) for c in _flat(text))


def _tex_address(text: str) -> str:
    return _flat(text).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
