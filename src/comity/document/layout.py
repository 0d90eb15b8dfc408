"""The parts of a plain text: its headline, and the lines between its paragraphs that do not belong to the story.

Lines are judged one by one. A line is skipped only for its own words (a label such as "Read also:", a copyright
notice) or, for a teaser without a label, because it is a headline of another story: it is alone between paragraphs,
in Title Case, and most of its words are nowhere else in the text. Section headings share their words with the story
and are kept.
"""

import re
from dataclasses import dataclass

from comity.document.dateline import is_date_line
from comity.document.document import Skipped
from comity.settings import DEFAULTS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FUNCTION_WORDS = _words(
    "a an the of to in on at by for from with and or but nor as is are was were be been its his her their our your my "
    "it he she they we you i not no s t after over into than up out off amid about against between this that these "
    "those will would can could may might has have had do does did who what when where why how all new says said say "
    "de la el"
)
_WORD = re.compile(r"[^\W_]+")
_ENDS = re.compile(r"[.!?…:;,][\"'”’»)\]]*\s*$")
_FULL_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_ITEM = re.compile(r"\s*(?:[>*\-•·‣▪–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_HEADLINE_CHARACTERS = 220
_TEASER_WORDS = 30
_TEASER_CONTENT = 4
_TITLE_CASE = 0.8
_OF_THE_STORY = 0.5
"""A teaser shares less than this fraction of its words with the rest of the text."""
_STEM = 5

_RELATED = (
    r"(?:also\s+read|read\s+(?:also|more|next|on)|see\s+also|also\s+see|also\s+watch|watch(?:\s+(?:also|now|live))?|"
    r"listen|related(?:\s+(?:stor(?:y|ies)|articles?|news|posts?|coverage|links?|topics?|content|reading))?|"
    r"more\s+(?:stories|news|coverage|on\s+this(?:\s+\w+)?)|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)|"
    r"don[’']?t\s+miss|do\s+not\s+miss|recommended(?:\s+(?:for\s+you|stories|reading))?|trending(?:\s+(?:now|stories))?|"
    r"most\s+(?:viewed|read|popular|shared|watched|commented)|must[\s-]+read|editor[’']?s[’']?\s+(?:picks?|choice)|"
    r"top\s+stories|latest\s+(?:news|stories)|up\s+next|in\s+case\s+you\s+missed\s+it|what\s+to\s+read\s+next|"
    r"further\s+reading|popular\s+(?:stories|now))"
)
_LABELLED = re.compile(rf"\W*?{_RELATED}\s*(?::|\||»|>|→|[–—]\s|-\s)", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"\W*{_RELATED}\W*", re.IGNORECASE)
_CREDIT = re.compile(
    r"\W*(?:file\s+)?(?:photo(?:graph)?s?|images?|pictures?|pics?|captions?|videos?|illustrations?|graphics?)"
    r"(?:\s+(?:credits?|source|courtesy|caption))?(?:\s+(?:of|by|courtesy|via|from)\b|\s*[:/|©])"
    r"|\W*(?:credits?|courtesy|source)\s*:\s*(?:[\w.’'-]+\W+){0,8}\W*$"
    r"|\W*representational\s+(?:image|picture|photo)\b",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"(?:\((?:file\s+)?(?:photo|image|picture|ap\s+photo|photograph)\b[^()]*\)"
    r"|\[(?:file\s+)?(?:photo|image)[^\]]*\]|(?:/\s*+|\bvia\s++)(?:getty(?:\s++images)?|afp|reuters|ap|shutterstock|xinhua)"
    r"|\b(?:reuters|afp|ap\s++photo|xinhua)\s*+/[\s\w.’'-]++|\bgetty\s++images|©[\s\w.’'-]++)\W*+$",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"\W*(?:please\s+)?(?:subscribe\b|sign\s+up\b|sign\s+in\b|log\s+in\b|follow\s+(?:us|@|our|\w+\s+on\s+(?:twitter|"
    r"facebook|instagram|telegram|x)\b)|join\s+our\b|download\s+(?:our|the)\b.*\bapp\b|get\s+(?:the|our|all)\b.*"
    r"\b(?:newsletter|inbox|app|alerts)\b|click\s+here\b|tap\s+here\b|support\s+(?:our|independent)\s+journalism|"
    r"become\s+a\s+(?:member|subscriber)|enter\s+your\s+e-?mail|start\s+your\s+free\s+trial|(?:our\s+)?newsletter\W*$)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s*+(?:copyright|\d{4})|copyright\s*+(?:©|\(c\)|\d{4}))|\ball\s+rights\s+reserved\b"
    r"|\bmay\s+not\s+be\s+(?:re)?(?:published|printed|produced|distributed)\b.*\b(?:permission|consent|broadcast|rewritten)"
    r"|(?:terms\s++(?:of|and)\s++(?:use|service|conditions)|privacy\s+policy)\b[^.]{0,80}$",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\b(?:we|(?:this|our|the)\s+(?:web\s*)?site)\s+(?:and\s+our\s+partners\s+)?uses?\s+cookies\b"
    r"|accept\s++(?:all\s++)?cookies\b|cookie\s++(?:policy|settings|preferences|notice|consent)\W*+$"
    r"|by\s++(?:continuing\s+to\s+(?:use|browse)|using)\s+(?:this|our)\s+(?:web\s*)?site\b",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"\W*(?:advertisements?|advertising|sponsored(?:\s+content)?|promoted|(?:story|article)\s+continues\s+below"
    r"(?:\s+(?:this\s+)?advertisement)?|scroll\s+(?:down\s+)?to\s+continue(?:\s+reading)?)\W*",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"\W*(?:skip\s+to\s+(?:main\s+)?content|back\s+to\s+(?:top|home)|home|menu|search|loading|"
    r"(?:next|previous)\s+(?:article|story|post|page)|continue\s+reading|show\s+more|load\s+more|view\s+(?:all|more)|"
    r"\d+\s+min(?:ute)?s?\s+read|\d+\s+comments?|(?:leave|post|add)\s+a\s+comment|leave\s+a\s+reply|comments|tags?)\W*"
    r"|\W*(?:tags?|topics|filed\s+under|categories|category|posted\s+in)\s*:.{0,200}",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"\s*[|»>›•·]\s*")
_NETWORKS = _words("facebook twitter whatsapp linkedin pinterest reddit telegram email instagram messenger")
_SHARE_VERBS = _words("share tweet pin print email copy save")
_SHARE_REST = _words("this article story on via by with x link mail e comment comments it the a to post page or and")
_BYLINE = re.compile(
    r"(?:By|BY)\s++[A-Z][\w.’'-]++(?:(?:,|\s++and|\s++AND)?\s++[A-Z][\w.’'-]++){0,7}(?:\s*+[,|/]\s*+[\w .]{1,40})?\s*+"
    r"|(?:Reporting|Editing|Writing|Compiled)\s+by\b.{0,200}"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The span of the headline, if there is one, and the skipped spans, in text order."""

    title: tuple[int, int] | None
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    alone: bool


def lay_out(text: str, title: str | None = None) -> Layout:
    r"""The layout of a text. With `title`, exactly these characters are searched as the headline.

    >>> found = lay_out("Chile Signs Pact With Peru\n\nChile signed a pact.\n\nRead also: Ten Beaches To See\n")
    >>> found.title, [s.why for s in found.skipped]
    ((0, 26), ['related link'])
    """
    lines = _lines(text)
    reasons = [boilerplate(line.text) for line in lines]
    headline = _headline(lines, reasons, title)
    if headline is not None:
        reasons[headline] = None
    _spread(lines, reasons, headline)
    for i in _teasers(lines, reasons, headline, title):
        reasons[i] = "related link"
    skipped = tuple(
        Skipped(line.start, line.end, why) for line, why in zip(lines, reasons, strict=True) if why is not None
    )
    return Layout((lines[headline].start, lines[headline].end) if headline is not None else None, skipped)


def boilerplate(line: str) -> str | None:
    """Why an isolated line is not part of a story, judged by its own words; null if it may be.

    >>> boilerplate("Photo: Jane Doe / Reuters"), boilerplate("Photo exhibitions opened in Accra.")
    ('caption or credit', None)
    """
    if len(line) > DEFAULTS.line_characters or (words := len(line.split())) > 90:
        return None
    if words <= 40 and (_LABELLED.match(line) or _LABEL_ALONE.fullmatch(line)):
        return "related link"
    if words <= 60 and (_CREDIT.match(line) or (_CREDITED.search(line) and not _said(line))):
        return "caption or credit"
    if words <= 40 and _SUBSCRIBE.match(line):
        return "subscription"
    if _COPYRIGHT.search(line) and not _said(line):
        return "copyright"
    if _COOKIES.search(line) and not _said(line):
        return "cookie notice"
    if _ADVERTISEMENT.fullmatch(line):
        return "advertisement"
    if _NAVIGATION.fullmatch(line) or _trail(line):
        return "navigation"
    if _sharing(line):
        return "share buttons"
    if words <= 14 and _BYLINE.fullmatch(line):
        return "byline"
    return "dateline" if is_date_line(line) else None


def _said(line: str) -> bool:
    return bool(re.search(r"[“”\"]|\b(?:said|says|told|announced|reported)\b", line))


def _trail(line: str) -> bool:
    parts = [p for p in _TRAIL.split(line.strip()) if p]
    return len(parts) >= 3 and all(len(p.split()) <= 4 for p in parts) and not _FULL_STOP.search(line)


def _sharing(line: str) -> bool:
    words = [w.casefold() for w in _WORD.findall(line) if not w.isdigit()]
    acts = [w for w in words if w in _NETWORKS or w in _SHARE_VERBS]
    if not acts or any(w not in _NETWORKS | _SHARE_VERBS | _SHARE_REST for w in words):
        return False
    return words[0] in _SHARE_VERBS or len(acts) == len(words)


def _lines(text: str) -> list[_Line]:
    """The non-empty lines; `alone` if no line of the same paragraph precedes or follows."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", text)]
    kept = []
    for a, b in spans:
        bare = text[a:b].strip()
        if bare:
            start = a + text[a:b].index(bare)
            kept.append((start, start + len(bare), bare))
    out = []
    for i, (a, b, bare) in enumerate(kept):
        before = i == 0 or _gap(text[kept[i - 1][1] : a]) or bool(_FULL_STOP.search(kept[i - 1][2]))
        after = i == len(kept) - 1 or _gap(text[b : kept[i + 1][0]]) or not kept[i + 1][2][0].islower()
        out.append(_Line(a, b, bare, before and after))
    return out


def _gap(between: str) -> bool:
    return between.replace("\r\n", "\n").count("\n") + between.count("\u2029") > 1


def _headline(lines: list[_Line], reasons: list[str | None], title: str | None) -> int | None:
    for i, line in enumerate(lines[:8]):
        if title is not None:
            if line.text == title.strip():
                return i
            continue
        if reasons[i] is not None:
            continue
        spaced = line.alone and i + 1 < len(lines)
        short = len(line.text) <= _HEADLINE_CHARACTERS and not _ITEM.match(line.text)
        open_end = not re.search(r"[.:;,][\"'”’)]*$", line.text) or line.text.endswith("...")
        if not (spaced and short and open_end and any(c.isalpha() for c in line.text)):
            return None
        after = lines[i + 1]
        # in a hard-wrapped text the first line is not a headline, whatever its end
        wrapped = after.start - line.end == 1 and not (_titled(line.text) or _FULL_STOP.search(after.text))
        return None if wrapped else i
    return None


def _spread(lines: list[_Line], reasons: list[str | None], headline: int | None) -> None:
    """Also skips the list of links under a label such as "MOST VIEWED"."""
    under = False
    for i, line in enumerate(lines):
        if reasons[i] == "related link" and _LABEL_ALONE.fullmatch(line.text):
            under = True
        elif under and reasons[i] is None and i != headline:
            under = not _FULL_STOP.search(line.text) and 3 <= len(line.text.split()) <= _TEASER_WORDS
            reasons[i] = "related link" if under else None


def _teasers(lines: list[_Line], reasons: list[str | None], headline: int | None, title: str | None) -> list[int]:
    candidates = [
        i
        for i, line in enumerate(lines)
        if reasons[i] is None and i != headline and line.alone and _like_a_headline(line.text)
    ]
    if not candidates:
        return []
    story = [line.text for i, line in enumerate(lines) if reasons[i] is None and i not in candidates]
    known = {w[:_STEM] for text in [*story, title or ""] for w in _content(text)}
    out = []
    for i in candidates:
        words = _content(lines[i].text)
        shared = sum(w[:_STEM] in known for w in words) / len(words)
        if shared < _OF_THE_STORY and _between_paragraphs(i, lines, reasons, set(candidates)):
            out.append(i)
    return out


def _between_paragraphs(i: int, lines: list[_Line], reasons: list[str | None], candidates: set[int]) -> bool:
    """Whether prose precedes and follows, other teasers aside; the end of the text counts as prose."""

    def prose(j: int, step: int) -> bool:
        while 0 <= j < len(lines) and (j in candidates or reasons[j] is not None):
            j += step
        return j >= len(lines) or (j >= 0 and bool(_FULL_STOP.search(lines[j].text)))

    before = i - 1
    while before >= 0 and (before in candidates or reasons[before] is not None):
        before -= 1
    return before >= 0 and prose(before, -1) and prose(i + 1, 1)


def _like_a_headline(text: str) -> bool:
    words = _content(text)
    return (
        len(text.split()) <= _TEASER_WORDS
        and len(words) >= _TEASER_CONTENT
        and not _ENDS.search(text.rstrip("?!"))
        and not _ITEM.match(text)
        and _titled(text)
    )


def _titled(text: str) -> bool:
    words = [w for w in _WORD.findall(text) if w.casefold() not in _FUNCTION_WORDS and w[0].isalpha()]
    return bool(words) and sum(w[0].isupper() for w in words) >= _TITLE_CASE * len(words)


def _content(text: str) -> list[str]:
    return [
        w.casefold() for w in _WORD.findall(text) if w.casefold() not in _FUNCTION_WORDS and (len(w) > 1 or w.isdigit())
    ]
