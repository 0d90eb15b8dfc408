"""The lede of a page outside of the extracted story: in a `<header>`, or a standfirst.

Extraction drops headers and elements by their names, and sometimes with them the first sentence, which says who did
what.
"""

import re
from collections.abc import Iterator
from typing import Any

from comity.document.layout import boilerplate

_OUTSIDE = {
    "nav", "footer", "form", "figure", "figcaption", "script", "style", "noscript", "template", "button", "select",
    "time", "address", "iframe", "svg", "ul", "ol", "table", "dialog", "h1", "head", "a", "menu", "textarea",
}  # fmt: skip
_OTHERS = re.compile(
    r"related|caption|credit|comment|cookie|consent|newsletter|subscri|promo|advert|breadcrumb|byline|author|popup|modal"
    r"|gallery|photo|image|login|paywall|recommend|trending|most-|more-",
    re.IGNORECASE,
)
_FURNITURE = re.compile(r"share|social|sidebar|widget|alert|tags", re.IGNORECASE)
"""Names of elements that are not part of a story, unless also named a lede."""
_LEDE = re.compile(
    r"lede|lead|standfirst|intro|dek\b|deck|strapline|summary|excerpt|abstract|chapo|sub-?(?:title|head)|description"
    r"|teaser|kicker|first-?paragraph",
    re.IGNORECASE,
)
_LINES = {"p", "div", "h2", "h3", "h4", "section", "strong", "em", "span", "b", "blockquote"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "table",
    "figure",
    "blockquote",
}
_AROUND = {"header", "hgroup", "div", "section"}
"""Elements that may contain a lede without an element of its own."""
_LEAST = 40
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_MOST = 8
_ALIKE = 80
"""The number of initial letters and digits by which a paragraph is found in the extracted text."""


def paragraphs(root: Any) -> tuple[str, ...]:
    """The first paragraphs of whole sentences under the headline of a parsed page (lxml), in order."""
    story = next(iter(root.iter("article")), None)
    if story is None:
        story = next(iter(root.iter("main")), None)
    heads = [h for h in root.iter("h1") if h.text_content().strip()]
    inside = [h for h in heads if story is not None and story in h.iterancestors()]
    head = (inside or heads or [None])[0]
    block = head.getparent() if head is not None and not inside else None
    found: list[str] = []
    for element, text in _texts(root, head, story):
        if len(text) < _LEAST or text in found or not _is_printed(element, text):
            continue
        above = {element, *element.iterancestors()}
        # a site headline precedes everything; only what is next to it is its lede
        if story is not None and story not in above and (block is None or block.tag == "body" or block not in above):
            continue
        found.append(text)
        if len(found) == _MOST:
            break
    return tuple(found)


def with_ledes(text: str, title: str | None, found: tuple[str, ...]) -> str:
    r"""The text of a story with its missing first paragraphs added, if a later one is present.

    >>> with_ledes("It was signed in Lima.", "Peru signs", ("Peru and Chile signed a pact.", "It was signed in Lima."))
    'Peru and Chile signed a pact.\n\nIt was signed in Lima.'
    """
    there = _bare(text)
    lacking: list[str] = []
    for paragraph in found:
        if _bare(paragraph)[:_ALIKE] in there:
            break
        lacking.append(paragraph)
    else:
        return text
    if not lacking:
        return text
    first, _, rest = text.partition("\n")
    if title and _bare(first) == _bare(title):
        return "\n\n".join([first, *lacking, rest.lstrip("\n")])
    return "\n\n".join([*lacking, text])


def _texts(root: Any, head: Any, story: Any) -> Iterator[tuple[Any, str]]:
    """Candidate paragraphs after the headline, each with its element: first bare text next to the headline."""
    for element in head.iterancestors() if head is not None else ():
        if element.tag not in _AROUND:
            break
        inside = next(c for c in element if c is head or head in c.iterdescendants())
        yield from ((element, text) for text in _bare_texts(element, inside))
    for element in _after(root, head if head is not None else story):
        if element.tag in _LINES and not any(e.tag in _BLOCKS for e in element.iterdescendants()):
            yield element, " ".join(element.text_content().split())
        elif element.tag in _AROUND:
            yield from ((element, text) for text in _bare_texts(element))


def _bare_texts(element: Any, after: Any = None) -> Iterator[str]:
    """The texts directly in an element between its blocks; those after a child of it."""
    parts = [element.text or ""] if after is None else []
    begun = after is None
    for child in element:
        if not begun:
            begun = child is after
            parts = [child.tail or ""]
            continue
        if child.tag == "a" or (isinstance(child.tag, str) and child.tag not in {*_BLOCKS, *_OUTSIDE, "br", "hr"}):
            parts.append(child.text_content())
        elif isinstance(child.tag, str):
            yield " ".join("".join(parts).split())
            parts = []
        parts.append(child.tail or "")
    yield " ".join("".join(parts).split())


def _after(root: Any, start: Any) -> Iterator[Any]:
    """The elements after an element, in the page's order; including those in it if it is not a headline."""
    if start is None:
        return
    begun = False
    inside = set(start.iter()) if start.tag == "h1" else set()
    for element in root.iter():
        if element is start:
            begun = True
        elif begun and isinstance(element.tag, str) and element not in inside:
            yield element


def _is_printed(element: Any, text: str) -> bool:
    """Whether an element is one paragraph of sentences that may belong to the story."""
    if not _SENTENCE.search(text) or boilerplate(text) is not None:
        return False
    if sum(len(a.text_content()) for a in element.iter("a")) > len(text) / 2:
        return False
    for above in (element, *element.iterancestors()):
        if above.tag in {"article", "main", "body", "html"}:
            break
        names = _names(above)
        if above.tag in _OUTSIDE or _OTHERS.search(names) or (_FURNITURE.search(names) and not _LEDE.search(names)):
            return False
        if above.tag == "aside" and not _LEDE.search(_names(above) + _names(element)):
            return False
    parent = element.getparent()
    # a span or an emphasis is a lede only if it is the entire text of its block
    return element.tag in {"p", "div", "h2", "h3", "h4", "section", "blockquote", "header", "hgroup"} or (
        parent is not None and parent.tag not in {"p", *_LINES} and " ".join(parent.text_content().split()) == text
    )


def _names(element: Any) -> str:
    return " ".join(element.get(a) or "" for a in ("class", "id", "itemprop", "role"))


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
