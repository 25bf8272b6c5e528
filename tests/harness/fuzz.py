"""Mutations of workbooks, byte by byte and tag by tag, and whether guard and reader survive them.

The one promise: a mutated file is read right, or refused in one sentence. No other exception, no dead process, no long
wait, and no cell that holds something else than the file says (see ``oracle``).
A case is a workbook, a seed and a number of mutations: the same three give the same file.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hostile import BOOK, BOOK_RELATIONS, CUSTOM, STRINGS, STYLES, packed, unpacked
from isolated import Isolated, Outcome

SECONDS, MEGABYTES = 5.0, 500.0

_INTERESTING = (
    b"", b"0", b"-1", b"1e999", b"nan", b"4294967296", b"99999999999999999999", b"XFD1048576", b"ZZZZ99999999", b"A0",
    b"xfd99", b"e", b"s", b"str", b"inlineStr", b"b", b"d", b"&#0;", b"&x;", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE a>",
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"'", b'"', b"<", b">", b"/>", b"<c", b"<row>", b"</row>", b"</sheetData>",
    b"<sheetData>", b"<f>", b"</f>", b"<v>", b"</v>", b"<is><t>", b' t="s"', b' t="e"', b' r="ZZ99999"', b' r="1048576"',
    b"_x0000_", b"x" * 300, b"../", b"http://127.0.0.1:9/",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]{1,200}>")
_ATTRIBUTE = re.compile(rb' [\w:]+="[^"<>]{0,60}"')
_NUMBER = re.compile(rb"\d+")
_CELL = re.compile(rb"<c [^<>]*(?:/>|>.{0,300}?</c>)", re.DOTALL)

_VALUE = re.compile(rb"<v>[^<]*</v>")
_VALUES = (
    b"<v>-1</v>", b"<v>5<!-- -->6</v>", b"<v><![CDATA[56]]></v>", b"<v>&#53;6</v>", b"<v>5</v><v>6</v>", b"<v> 56 </v>", b"<v/>",
    b"<v>1e3</v>", b"<v>1,5</v>", b"<v>1_000</v>", b"<v>nan</v>", b"<v>0x10</v>", b"<v></v>", b"<v>TRUE</v>", b"<v>7.</v>",
    b'<v xml:space="preserve">56</v>', b"<f>1+1</f><v>2</v>", b"<v>56</v><f>1</f>", b"<is><t>56</t></is>", b"<?p?><v>56</v>",
)  # fmt: skip
_STRING = re.compile(rb"<t(?: [^<>]*)?>[^<]*</t>")
_STRING_FORMS = (
    b"<t>a<!-- -->b</t>", b"<t><![CDATA[a<b]]></t>", b"<t>&#97;&lt;&#x62;</t>", b"<r><t>a</t></r><r><rPr/><t>b</t></r>", b"<t/>",
    b'<t xml:space="preserve"> a </t>', b'<t>a</t><rPh sb="0" eb="1"><t>lafal</t></rPh>', b"<t>_x0041__x000D__x005F_</t>",
    b"<t>a\r\nb</t>", b"<t>=1+1</t>", b"<t>a</t><phoneticPr/>", b"<x:t>a</x:t>", b"<t>a</t><t>b</t>",
)  # fmt: skip
Mutation = Callable[[random.Random, bytes], bytes]


def _spot(chance: random.Random, content: bytes) -> int:
    return chance.randrange(len(content) + 1)


def _flip(chance: random.Random, content: bytes) -> bytes:
    at = _spot(chance, content)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _insert(chance: random.Random, content: bytes) -> bytes:
    at = _spot(chance, content)
    return content[:at] + chance.choice(_INTERESTING) + content[at:]


def _cut(chance: random.Random, content: bytes) -> bytes:
    at = _spot(chance, content)
    return content[:at] + content[at + chance.choice((1, 2, 8, 64, 1000, len(content))) :]


def _splice(chance: random.Random, content: bytes) -> bytes:
    begin, at = _spot(chance, content), _spot(chance, content)
    return content[:at] + content[begin : begin + chance.choice((4, 40, 400))] + content[at:]


def _match(chance: random.Random, content: bytes, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
    """Return a match near a random place."""
    at = _spot(chance, content)
    return pattern.search(content, at) or pattern.search(content)


def _replaced(pattern: re.Pattern[bytes], choose: Callable[[random.Random, bytes, bytes], bytes]) -> Mutation:
    def mutate(chance: random.Random, content: bytes) -> bytes:
        found = _match(chance, content, pattern)
        if found is None:
            return _insert(chance, content)
        return content[: found.start()] + choose(chance, found[0], content) + content[found.end() :]

    return mutate


def _other_value(chance: random.Random, found: bytes, _: bytes) -> bytes:
    return found.partition(b'"')[0] + b'"' + chance.choice(_INTERESTING) + b'"'


def _swapped(pattern: re.Pattern[bytes]) -> Callable[[random.Random, bytes, bytes], bytes]:
    def choose(chance: random.Random, found: bytes, content: bytes) -> bytes:
        other = _match(chance, content, pattern)
        return found if other is None else other[0]

    return choose


def _spelled(chance: random.Random, found: bytes, _: bytes) -> bytes:
    """Write a tag as another program might: other quotes, spaces, a prefix."""
    how = chance.randrange(4)
    if how == 0:
        return found.replace(b'"', b"'")
    if how == 1:
        return found.replace(b"=", b" = ").replace(b" ", b"\n")
    if how == 2:
        return re.sub(rb"^(</?)(\w)", rb"\1x:\2", found)
    return found.swapcase()


MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _insert,
    _cut,
    _splice,
    _replaced(_TAG, lambda chance, found, _: found * chance.choice((0, 2, 2, 1000))),
    _replaced(_TAG, _swapped(_TAG)),
    _replaced(_TAG, _spelled),
    _replaced(_ATTRIBUTE, lambda *_: b""),
    _replaced(_ATTRIBUTE, lambda _, found, __: found * 2),
    _replaced(_ATTRIBUTE, _swapped(_ATTRIBUTE)),
    _replaced(_ATTRIBUTE, _other_value),
    _replaced(_NUMBER, lambda chance, *_: chance.choice(_INTERESTING)),
    _replaced(_NUMBER, lambda chance, *_: b"%d" % chance.choice((0, 1, 255, 65536, 2**31, 10**9, 16384, 1048577))),
    _replaced(_CELL, lambda chance, found, _: found * chance.choice((0, 2))),
    _replaced(_CELL, _swapped(_CELL)),
    _replaced(_VALUE, lambda chance, *_: chance.choice(_VALUES)),
    _replaced(_VALUE, lambda chance, *_: chance.choice(_VALUES)),
    _replaced(_STRING, lambda chance, *_: chance.choice(_STRING_FORMS)),
)  # fmt: skip
_RAW: tuple[Mutation, ...] = (_flip, _flip, _insert, _cut, _splice)


def mutated(raw: bytes, seed: int, number: int = 3) -> bytes:
    """Return a workbook with so many mutations: of its bytes, of the bytes of its directory, or of its parts."""
    chance = random.Random(seed)  # noqa: S311 - the same seed must give the same file
    what = chance.random()
    if what < 0.15:
        for _ in range(chance.randint(1, number)):
            raw = chance.choice(_RAW)(chance, raw)
        return raw
    parts = unpacked(raw)
    names = list(parts)
    if what < 0.3:
        whole = packed(parts)
        start = sum(30 + len(name) + len(content) for name, content in parts.items())
        directory = whole[start:]
        for _ in range(chance.randint(1, number)):
            directory = chance.choice(_RAW)(chance, directory)
        return whole[:start] + directory
    sheets = [name for name in names if name.startswith("xl/worksheets/")]
    common = [name for name in (BOOK, BOOK_RELATIONS, STRINGS, STYLES, CUSTOM) if name in parts]
    for _ in range(chance.randint(1, number)):
        part = chance.choice(chance.choice((sheets or names, sheets or names, common or names, names)))
        if chance.random() < 0.03:
            parts[part] = parts[chance.choice(names)]
        else:
            parts[part] = chance.choice(MUTATIONS)(chance, parts[part])
    return packed(parts)


@dataclass(frozen=True)
class Failure:
    """A case that broke the promise, and how."""

    seed: int
    what: str


def failure(outcome: Outcome) -> str:
    """Return how an outcome breaks the promise; nothing where it keeps it."""
    if outcome.died:
        return (
            f"the process died (signal {-outcome.code}) after {outcome.seconds:.1f} s: {_last_line(outcome)}"
        )
    if outcome.code == 3:
        return f"an exception: {_last_line(outcome)}"
    if outcome.code == 4:
        return f"silently wrong: {_last_line(outcome)}"
    if outcome.code == 2 and outcome.err.count("\n") != 1:
        return f"refused in several lines: {outcome.err[:200]!r}"
    if outcome.megabytes > MEGABYTES:
        return f"{outcome.megabytes:.0f} MB"
    return ""


def _last_line(outcome: Outcome) -> str:
    lines = [line for line in outcome.err.splitlines() if line.strip() and not line.startswith("note: ")]
    return lines[-1][:200] if lines else ""


def run_case(isolated: Isolated, raw: bytes, seed: int, path: Path) -> Failure | None:
    """Write the mutated workbook to ``path`` and read it; return how that fails."""
    path.write_bytes(mutated(raw, seed))
    what = failure(isolated.compare(path, SECONDS))
    return Failure(seed, what) if what else None


def small_workbook(raw: bytes, sheets: Sequence[str]) -> bytes:
    """Return a workbook of some of its sheets, so that mutations hit something more often."""
    parts = unpacked(raw)
    kept = {name for name in parts if not name.startswith("xl/worksheets/")}
    book, relations = parts[BOOK].decode(), parts[BOOK_RELATIONS].decode()
    for tag, name, number in re.findall(r'(<sheet name="([^"]*)"[^>]* r:id="(\w+)"/>)', book):
        if name in sheets:
            found = re.search(rf'<Relationship Id="{number}"[^>]* Target="([^"]*)"', relations)
            assert found is not None
            kept.add(f"xl/{found[1]}")
        else:
            book = book.replace(tag, "")
    book = re.sub("<definedNames>.*</definedNames>", "", book)
    return packed({name: parts[name] for name in parts if name in kept} | {BOOK: book.encode()})
