"""The page that searches the reports for words and phrases."""

from typing import Any

from comity.analysis.search import Found, search
from comity.errors import InputError
from comity.knowledge.state_names import name
from comity.ledger.ledger import code_of
from comity.site.answer import NOTHING, Ask, Page


def found(ask: Ask) -> Page:
    """The matching reports, with passages, facts and links; without words, only the form."""
    words, states = ask.values["words"] or "", ask.values["state"]
    answer, wrong = None, None
    if words:
        try:
            answer = _search(ask, words, states)
        except InputError as error:
            # a page shows the form again with the input; for data, the error is returned
            if ask.form != "html":
                raise
            wrong = str(error)
    title = f"Search for {words}" if words else "Search"
    return Page(
        title=title,
        about="Reports that contain words and phrases, with the passages and facts.",
        template="search.html",
        context={
            "words": words,
            "states": [_name(s) for s in states],
            "answer": answer,
            "wrong": wrong,
            "list": _list(ask, answer) if answer else None,
            "counts": ask.snapshot.counts,
        },
        data=answer.plain() if answer else {"reports": None, "found": []},
        rows=answer.table() if answer else NOTHING,
    )


def _search(ask: Ask, words: str, states: tuple[str, ...]) -> Found:
    size = ask.settings.serve_rows
    page = max(1, ask.values["page"])
    return search(
        ask.ledger,
        words,
        states,
        first=ask.values["from"],
        last=ask.values["to"],
        quotes=ask.values["in"] == "quotes",
        newest=ask.values["order"] == "newest",
        limit=size,
        offset=(page - 1) * size,
        patience=ask.settings.index_patience,
    )


def _name(state: str) -> str:
    """A state by its name; the input unchanged if it is unknown."""
    try:
        return name(code_of(state))
    except InputError:
        return state


def _list(ask: Ask, answer: Found) -> dict[str, Any]:
    """The page numbers of the results."""
    size = ask.settings.serve_rows
    pages, page = max(1, -(-answer.count // size)), answer.offset // size + 1
    return {
        "total": answer.count,
        "page": page,
        "pages": pages,
        "before": ask.here(page=min(page - 1, pages)) if page > 1 else None,
        "after": ask.here(page=page + 1) if page < pages else None,
    }
