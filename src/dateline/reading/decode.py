"""Bytes → text, or a reason why not. One character in, one character out wherever offsets matter."""

from __future__ import annotations

import codecs
import re

from dateline.errors import InputError, UnreadableError

# Signatures of files that people hand in by mistake, with what to do instead.
_SIGNATURES = {
    b"%PDF": "a PDF; extract its text first, for example with pdftotext",
    b"PK\x03\x04": "a ZIP or an office document; save it as plain text first",
    b"\x1f\x8b": "gzip; unpack it first",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Share of control bytes above which a file is taken for binary. Text in any encoding stays under 1 %.
_BINARY_SHARE = 0.05
# A few control characters in a text shorter than this, in bytes, do not make it binary.
_SHORT = 200


def decode(data: bytes, *, encoding: str | None = None, html: bool = False) -> str:
    """The text of a file.

    Without ``encoding``: a byte order mark decides, then a page's own ``charset``, then UTF-8.

    Raises:
        UnreadableError: empty, binary, or not in that encoding; the message names the remedy.
        InputError: ``encoding`` is not the name of one.
    """
    if not data.strip():
        raise UnreadableError("empty; nothing to code")
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableError(f"binary ({what})")
    name = encoding or _declared(data, html=html)
    try:
        codecs.lookup(name)
    except LookupError as error:
        if encoding:
            raise InputError(f"unknown encoding {name!r}; use a name such as utf-8, cp1252 or cp1256") from error
        name = "utf-8"
    _refuse_binary(data, name)
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"not valid {name} (byte {error.start}); name its encoding with --encoding, as in --encoding cp1252"
        ) from error


def _declared(data: bytes, *, html: bool) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    found = _META_CHARSET.search(data[:4096]) if html else None
    return found.group(1).decode("ascii") if found else "utf-8"


def _refuse_binary(data: bytes, encoding: str) -> None:
    if encoding.replace("_", "-").lower().startswith(("utf-16", "utf-32")):
        return
    head = data[:65536]
    controls = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 27))
    if controls / max(len(head), _SHORT) > _BINARY_SHARE:
        raise UnreadableError("binary, not text; give text, HTML or JSON Lines")


def unify_newlines(text: str) -> str:
    """CRLF and CR as LF, and no byte order mark. Used on files only, before any offset is counted."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def replace_surrogates(text: str) -> str:
    """Lone surrogates, which no encoding can write, as U+FFFD; length and offsets stay."""
    return _SURROGATE.sub("\ufffd", text)
