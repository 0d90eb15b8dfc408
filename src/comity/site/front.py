"""The front page and the page about the site."""

from comity.knowledge.state_names import name
from comity.ledger.table import Table
from comity.site.answer import Ask, Page, readers
from comity.site.atlas import POLICY

_MOST_PAIRS = 24


def front(ask: Ask) -> Page:
    """Two states to choose, and the dyads with the most statements."""
    found = ask.snapshot.pairs(ask.ledger)
    table = Table(("a", "b", "a_name", "b_name", "statements"), tuple((a, b, name(a), name(b), n) for a, b, n in found))
    return Page(
        title="Relations of states",
        about="The dyads in the ledger's reports, those with the most statements first.",
        template="front.html",
        context={"pairs": list(table)[:_MOST_PAIRS], "all": len(table), "counts": ask.snapshot.counts},
        data={"pairs": list(table), **ask.snapshot.counts},
        rows=table,
    )


def about(ask: Ask) -> Page:
    """What this is and how to cite it."""
    digest = ask.snapshot.fingerprint(ask.ledger)
    context = {"digest": digest, "readers": readers(ask), "policy": POLICY, "counts": ask.snapshot.counts}
    return Page(
        title="About",
        about="What this is, how to cite it, and the policy on contested borders.",
        template="about.html",
        context=context,
        data={"ledger": ask.ledger_name, "sha256": digest, **context},
    )
