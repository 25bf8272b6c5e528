"""The text of cells: shared strings, and how XML writes characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.parsers import expat

from lkjip_xl.xlsx.errors import DoctypeError, LargeError, MalformedError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PROLOG = rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1.0"(?: encoding="(?i:utf-8)")?(?: standalone="yes")?\?>)?\s*'
TEXT = rb"[^<&]*+(?:&(?:amp|lt|gt|quot|apos);[^<&]*+)*+"
_HEAD = re.compile(PROLOG + rb'<sst\b(?=[^<>]*xmlns="' + re.escape(MAIN).encode() + rb'")[^<>]*>')
_ITEM = rb'<si><t(?: xml:space="preserve")?+(?:/>|>(' + TEXT + rb")</t>)</si>"
_ITEMS = re.compile(rb"(?:" + _ITEM.replace(b"(" + TEXT, b"(?:" + TEXT) + rb"\s*+)*+</sst>\s*")
_TEXTS = re.compile(_ITEM)
_ENTITY = re.compile("&(amp|lt|gt|quot|apos);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def text_of(raw: bytes) -> str:
    """Return the text between two tags as it is meant; it has no other entities than the five of XML.

    Raises ``MalformedError`` where it is no UTF-8.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise MalformedError from None
    if "&" in text:
        text = _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unescaped(text)


def unescaped(text: str) -> str:
    """Return text with the characters that workbooks write as ``_x000D_``; halves of characters are replaced."""
    if "_x" not in text:
        return text
    return (
        _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def shared_strings(part: bytes, elements: int) -> Sequence[str]:
    """Return the shared strings, without their formats; raises the errors of ``xlsx.errors``.

    Those that must be parsed may have so many ``elements``.
    """
    head = _HEAD.match(part)
    if head and _ITEMS.fullmatch(part, head.end()):
        return [text_of(raw) for raw in _TEXTS.findall(part, head.end())]
    texts: list[str] = []
    path: list[str] = []
    left = iter(range(elements))

    def start(name: str, _attributes: dict[str, str]) -> None:
        if next(left, None) is None:
            raise LargeError
        path.append(name)
        if name == "si":
            texts.append("")

    def text(data: str) -> None:
        if path[-1] == "t" and "rPh" not in path and texts:
            texts[-1] += data

    parse(part, start, lambda _name: path.pop(), text)
    return [unescaped(each) for each in texts]


def parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> None:
    """Parse a part, calling back with the names of elements without their prefixes."""

    def refuse(*_: object) -> None:
        raise DoctypeError

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)  # noqa: FBT003 - "this is all of it"; expat takes no keyword
    except (expat.ExpatError, LookupError, ValueError):  # unknown encodings among them
        raise MalformedError from None
