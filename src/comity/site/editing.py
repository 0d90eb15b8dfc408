"""The editor's queue as a page: facts to judge one by one, by keyboard or by form."""

from typing import Any
from urllib.parse import urlencode

from comity.analysis.queue import Queue, Waiting, as_table, progress, queue
from comity.knowledge.state_names import name
from comity.ledger.correction import fields_of
from comity.ledger.ledger import code_of
from comity.ledger.provenance import provenance
from comity.site.answer import Ask, Page
from comity.site.evidence import code, said_by

_AROUND = 420


def queue_page(ask: Ask) -> Page:
    """The facts from whose judgement most is gained, each with the sentence on which it is based."""
    states = tuple(dict.fromkeys(code_of(s) for s in ask.values["state"]))
    kinds = ask.values["kind"]
    title = "The editor's queue" + (f" on {' and '.join(map(name, states))}" if states else "")
    about = "The facts from whose judgement most is gained: the least certain and most used first."

    def rest() -> Page:
        found = ask.snapshot.once(("queue", states, kinds), lambda: queue(ask.ledger, *states, kinds=kinds))
        shown = found.facts[: ask.settings.serve_rows]
        again = {"state": states, "kind": kinds, "signed": ask.values["signed"] or ""}
        return Page(
            title=title,
            about=about,
            template="queue.html",
            context={
                "items": _items(ask, found, shown) if ask.form == "html" else [],
                "found": found,
                "states": states,
                "kinds": kinds,
                "sure": ask.settings.queue_sure,
                "back": "/queue?" + urlencode({k: v for k, v in again.items() if v}, doseq=True),
            },
            data={"progress": progress(found), "judged": found.judged, "facts": list(found.rows)},
            rows=as_table(found),
        )

    return Page(title=title, about=about, template="queue.html", rest=rest)


def _items(ask: Ask, found: Queue, shown: tuple[Waiting, ...]) -> list[dict[str, Any]]:
    """The facts with their sentences; the others of the queue follow once these are judged."""
    texts = ask.ledger.texts(w.fact.lead.document for w in shown)
    family = ask.ledger.family()
    out = []
    for waiting, row in zip(shown, found.rows, strict=False):
        lead = waiting.fact.lead
        title, text = texts[lead.document]
        record = lead.record
        whole, start, end = title if record.part == "title" else text, record.start or 0, record.end or 0
        out.append(
            {
                "id": waiting.fact.id,
                "kind": waiting.fact.kind,
                "heading": row["fact"],
                "before": ("…" if start > _AROUND else "") + whole[max(0, start - _AROUND) : start],
                "quote": whole[start:end],
                "after": whole[end : end + _AROUND] + ("…" if len(whole) > end + _AROUND else ""),
                "document": lead.document,
                "report": row["title"],
                "published": row["published"],
                "said_by": said_by(lead.stored),
                "reported_by": provenance(waiting.fact, family).text,
                "sure": waiting.sure,
                "used": waiting.used,
                "code": code(lead.stored),
                "fields": fields_of(waiting.fact.kind),
            }
        )
    return out
