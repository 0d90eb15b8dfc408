"""Bytes to characters."""

import codecs
import re

from comity.errors import FormatError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)
_META_WITHIN = 8192
_AS_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""Encodings that pages declare and the supersets that they mean, as browsers interpret them."""
_KNOWN_AS_X = ("mac-", "gbk", "gb18030", "euc-", "x-big5", "big5", "koi8", "iso-")
HTML = frozenset({"text/html", "application/xhtml+xml"})
"""The media types of web pages."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def narrow(data: bytes) -> bytes:
    """The bytes as UTF-8 without byte order mark, if a mark identifies the encoding; the declaration is removed too."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data.decode(encoding, "ignore").lstrip()
            return re.sub(r"^<\?xml\b[^>]*\?>", '<?xml version="1.0"?>', text).encode("utf-8")
    return data


def media_type(content_type: str) -> str:
    """A media type without its parameters, in lower case.

    >>> media_type("Text/HTML; Charset=UTF-8")
    'text/html'
    """
    return content_type.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str | None:
    """The charset in a media type; null if there is none.

    >>> charset_of('Text/HTML; Charset="windows-1250"'), charset_of("text/html")
    ('windows-1250', None)
    """
    found = re.search(r";\s*+charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", content_type, re.IGNORECASE)
    return found[1] if found else None


def page_text(data: bytes, charset: str | None = None) -> str:
    """The characters of a web page or a feed in the declared encoding, otherwise in the one that its words indicate.

    A byte order mark takes precedence over the server, and the server over the page. Valid UTF-8 is UTF-8 whatever
    single-byte encoding is declared: such text is never UTF-8 by chance. Without a valid declaration the words decide.
    Raises `FormatError` if they leave it open.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    own = _META.search(data[:_META_WITHIN])
    for stated in (charset, (own[1] or own[2]).decode("ascii") if own else None):
        if stated and (text := _stated(data, stated)) is not None:
            return text
    return _by_words(data)


def _stated(data: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(_plain_label(label)).name
        name = _AS_BROWSERS.get(name, name)
        text = data.decode(name, "replace")
    except LookupError:
        return None
    # one invalid byte is no reason to guess again; many are
    return text if text.count("\ufffd") <= len(text) / 1000 else None


def _plain_label(label: str) -> str:
    """The Python name of a charset label.

    >>> _plain_label("x-cp1250"), _plain_label("win1251"), _plain_label("UTF-8")
    ('cp1250', 'cp1251', 'utf-8')
    """
    plain = label.strip().lower()
    if page := re.fullmatch(r"(?:x-)?(?:cp|win|windows|ms|ansi|dos)?[-_]?(125\d|874)", plain):
        return f"cp{page[1]}"
    plain = plain.replace("windows-31j", "cp932").replace("x-sjis", "cp932")
    return plain.removeprefix("x-x-").removeprefix("x-") if plain[2:].startswith(_KNOWN_AS_X) else plain


def decode(data: bytes, charset: str | None = None) -> str:
    """The characters of a text file: UTF-8 or UTF-16/32, otherwise `charset`, otherwise a code page by its words.

    A byte order mark is not part of the text. Raises `FormatError` if it is not text, or the code page cannot be
    determined.

    >>> decode("Café".encode("cp1252"))
    'Café'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if b"\0" in data:
        return _wide(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = (_stated(data, charset) if charset else None) or _by_words(data)
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) / 50:
        raise FormatError("is binary, not text")
    return text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(f"is declared as {encoding.upper()} but is invalid from byte {error.start}") from error


def _wide(data: bytes) -> str:
    # English in UTF-16 without a mark has a NUL in every other byte
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    half = len(data[:4096]) / 2
    for share, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share > 0.7 * half and other < 0.05 * half:
            return _decoded(data, encoding)
    raise FormatError("is binary, not text (it contains NUL bytes)")


def _by_words(data: bytes) -> str:
    """The characters of bytes that are not UTF-8 and declare no encoding."""
    # imported here, since it loads tables that most files do not need
    from comity.document.code_page import code_page

    text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    if stray <= len(text) / 1000 and len(text) - len(text.encode("ascii", "ignore")) > 2 * stray:
        # UTF-8 with one or two invalid bytes, which stay marked as such
        return text
    return data.decode(code_page(data), "replace")
