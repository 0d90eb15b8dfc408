"""Byte streams: from a file or standard input, decompressed if gzip or zstd, limited at each step."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from comity.errors import FormatError, InputError

_HEAD = 4096
_MORE, _COMMENT = 1 << 16, 1 << 20
"""The maximum length of a comment before the root element of a feed or page."""
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class _Chained(io.RawIOBase):
    """The bytes that were peeked at, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO):
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        part = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def opened(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, decompressed if it is gzip or zstd, and the full stream from its start.

    Raises `FormatError` for zstd if the package that decompresses it is not installed.
    """
    head, stream = _looked_at(raw)
    if head.startswith(_GZIP):
        head, stream = _looked_at(cast("BinaryIO", gzip.GzipFile(fileobj=stream)))
    elif head.startswith(_ZSTD):
        try:
            from backports.zstd import ZstdFile
        except ImportError as error:
            raise FormatError("is zstd-compressed; decompress it first, or: pip install 'comity[zstd]'") from error
        head, stream = _looked_at(cast("BinaryIO", ZstdFile(stream)))
    return head, stream


def _looked_at(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    with unpacking():
        head = raw.read(_HEAD)
        while _in_comment(head) and len(head) < _COMMENT and (more := raw.read(_MORE)):
            head += more
    return head, cast("BinaryIO", io.BufferedReader(_Chained(head, raw)))


def _in_comment(head: bytes) -> bool:
    start = head[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not start.startswith((b"<!", b"<?xml")):
        return False
    plain = head.replace(b"\0", b"")
    return plain.rfind(b"<!--") > plain.rfind(b"-->")


def whole(stream: BinaryIO, most: int) -> bytes:
    """All bytes of a stream of one document. Raises `InputError` if there are more than `most`."""
    with unpacking():
        data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(f"is larger than {most:,} bytes")
    return data


def lines(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each non-empty line, without its line ending; null for a line of more than `most` bytes."""
    number = 0
    while True:
        with unpacking():
            line = stream.readline(most + 1)
        if not line:
            return
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            with unpacking():
                while (rest := stream.readline(65536)) and not rest.endswith(b"\n"):
                    pass
            yield number, None
        elif line.strip():
            yield number, line.strip(b"\r\n")


@contextmanager
def unpacking() -> Iterator[None]:
    """Turns a damaged gzip or zstd stream into a `FormatError`."""
    try:
        yield
    except _damage() as error:
        raise FormatError(f"is a damaged gzip or zstd file ({error})") from error


def _damage() -> tuple[type[Exception], ...]:
    zstd = sys.modules.get("backports.zstd")
    return (EOFError, gzip.BadGzipFile, zlib.error, *((zstd.ZstdError,) if zstd is not None else ()))
