"""What makes Excel “repair” a workbook although its schema is right: how its parts and cells refer to each other.

openxml-audit sees little of this; ``test_openxml`` records which faults are seen by which of the two.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring
from openpyxl.utils import column_index_from_string, range_boundaries

from parts import BOOK, STRINGS, STYLES, TYPES, Parts

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN_FORMATS = 164
_LONGEST_TEXT = 32_767
_SEEN_AS = {"officeDocument": "sheet.main"}  # where a content type has another word than its relationship
Area = tuple[int, int, int, int]


def faults(parts: Parts) -> list[str]:
    """Return what is wrong with a workbook, each with its part; of parts that are no XML, only that."""
    broken = [
        name
        for name, content in parts.items()
        if name.endswith((".xml", ".rels", ".vml")) and _broken(content)
    ]
    if broken:
        return [f"{name}: no XML" for name in broken]
    package = Package(parts)
    return [fault for check in _CHECKS for fault in check(package)]


def _broken(content: bytes) -> bool:
    try:
        fromstring(content)
    except ParseError:
        return True
    return False


class Package:
    """A workbook's parts, parsed."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.trees: dict[str, Element] = {
            name: fromstring(content) for name, content in parts.items() if name.endswith((".xml", ".rels"))
        }

    @cached_property
    def sheets(self) -> dict[str, Element]:
        """The worksheets by part."""
        return {name: tree for name, tree in self.trees.items() if name.startswith("xl/worksheets/sheet")}

    @cached_property
    def names(self) -> list[str]:
        """The names of the sheets, in their order."""
        return [each.get("name", "") for each in _all(self.trees[BOOK], "sheet")]

    def number(self, part: str, tag: str) -> int:
        """Return how many children an element of a part has."""
        return (
            sum(len(each) for each in self.trees[part].iter() if _tag(each) == tag)
            if part in self.trees
            else 0
        )

    def relations(self) -> Iterator[tuple[str, str, Element]]:
        """Yield each relationship with the part that holds it and the part that it leads to (empty for a link)."""
        for part in self.parts:
            if part.endswith(".rels"):
                folder, name = posixpath.split(part)
                owner = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
                for each in self.trees[part]:
                    place = posixpath.join("/" + posixpath.dirname(owner), each.get("Target", ""))
                    outside = each.get("TargetMode") == "External"
                    yield owner, "" if outside else posixpath.normpath(place).lstrip("/"), each


def _all(tree: Element, tag: str) -> list[Element]:
    return tree.findall(f".//{{*}}{tag}")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


# -- parts --------------------------------------------------------------------------------------------------------


def _types(package: Package) -> Iterator[str]:
    """Every part has the content type that its relationship asks for, and every content type has its part."""
    defaults = {
        each.get("Extension"): each.get("ContentType", "") for each in _all(package.trees[TYPES], "Default")
    }
    own = {
        each.get("PartName", "")[1:]: each.get("ContentType", "")
        for each in _all(package.trees[TYPES], "Override")
    }
    yield from (f"{TYPES}: {part} does not exist" for part in own.keys() - package.parts.keys())
    for _, target, each in package.relations():
        kind = each.get("Type", "").rpartition("/")[2]
        found = own.get(target, defaults.get(target.rpartition(".")[2], ""))
        if target in package.parts and _SEEN_AS.get(kind, kind) not in found:
            yield f"{target}: {kind} with content type {found or '(none)'}"


def _relations(package: Package) -> Iterator[str]:
    """Relationships lead somewhere and have an id of their own; each id that a part uses is one of its relationships."""
    known: dict[str, list[str | None]] = {}
    for owner, target, each in package.relations():
        known.setdefault(owner, []).append(each.get("Id"))
        if target and target not in package.parts:
            yield f"{owner}: {target} does not exist"
    for part, tree in package.trees.items():
        ids = known.get(part, [])
        yield from (f"{part}: relationship {one} twice" for one in _twice(ids))
        used = {each.get(_RELATION) for each in tree.iter() if _RELATION in each.attrib}
        yield from (f"{part}: relationship {one} does not exist" for one in used - set(ids))


def _twice(values: Iterable[object]) -> list[object]:
    return [value for value, number in Counter(values).items() if number > 1]


# -- workbook -----------------------------------------------------------------------------------------------------


def _sheet_names(package: Package) -> Iterator[str]:
    for name in package.names:
        if not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name) or name.casefold() == "history":
            yield f"{BOOK}: sheet name {name!r}"
    yield from (
        f"{BOOK}: sheet name {name} twice" for name in _twice(name.casefold() for name in package.names)
    )
    ids = [each.get("sheetId") for each in _all(package.trees[BOOK], "sheet")]
    yield from (f"{BOOK}: sheetId {one} twice" for one in _twice(ids))


def _defined_names(package: Package) -> Iterator[str]:
    found = list(_all(package.trees[BOOK], "definedName"))
    for each in found:
        name, scope = each.get("name", ""), each.get("localSheetId", "0")
        if not re.fullmatch(r"(?!(?:[A-Za-z]{1,3}[0-9]+|[rRcC])$)[^\W\d][\w.\\]{0,254}", name):
            yield f"{BOOK}: defined name {name!r}"
        if not scope.isdigit() or int(scope) >= len(package.names):
            yield f"{BOOK}: defined name {name} of sheet {scope}"
    keys = [(each.get("name", "").casefold(), each.get("localSheetId")) for each in found]
    yield from (f"{BOOK}: defined name {name} twice" for name in _twice(keys))


_PIECES = re.compile(r"""\"(?:[^"]|"")*"|'((?:[^']|'')+)'!|([^\W\d][\w.]*)!|(\#REF!)""")


def _formulas(package: Package) -> Iterator[str]:
    """Formulas of cells, checks, names and charts are not too long, and the sheets exist that they refer to.

    A cell that shall be an error has that alone as its formula.
    """
    known = {name.casefold() for name in package.names}
    limits = {"f": 8192, "formula": 8192, "formula1": 255, "formula2": 255, "definedName": 8192}
    for part, tree in package.trees.items():
        for each in tree.iter():
            if _tag(each) in limits and part.startswith("xl/"):
                text = each.text or ""
                if len(text) > limits[_tag(each)]:
                    yield f"{part}: {_tag(each)} of {len(text)} characters"
                for quoted, plain, lost in _PIECES.findall(text):
                    sheet = quoted.replace("''", "'") or plain
                    if (lost and (_tag(each), text) != ("f", lost)) or (
                        sheet and sheet.casefold() not in known
                    ):
                        yield f"{part}: {_tag(each)} refers to {lost or sheet}"
            elif _tag(each) == "hyperlink" and _RELATION not in each.attrib:
                sheet = each.get("location", "").rpartition("!")[0].strip("'").replace("''", "'")
                if sheet.casefold() not in known:
                    yield f"{part}: link to {sheet}"


def _styles(package: Package) -> Iterator[str]:
    """Cell formats refer to fonts, fills, borders and number formats that exist, and each list has its count."""
    tree = package.trees[STYLES]
    formats = {each.get("numFmtId", "") for each in _all(tree, "numFmt")}
    sizes = {f"{name}Id": package.number(STYLES, f"{name}s") for name in ("font", "fill", "border")}
    for each in _all(tree, "xf"):
        yield from (
            f"{STYLES}: {name} {each.get(name)}"
            for name, size in sizes.items()
            if not _below(each.get(name), size)
        )
        number = each.get("numFmtId", "0")
        if not _below(number, _BUILT_IN_FORMATS) and number not in formats:
            yield f"{STYLES}: numFmtId {number}"
    for part, each in ((part, each) for part, tree in package.trees.items() for each in tree.iter()):
        counted = each.get("uniqueCount", each.get("count", "")) if part.startswith("xl/") else ""
        if _tag(each) not in {"dataPt", "ptCount"} and counted and counted != str(len(each)):
            yield f"{part}: {_tag(each)} of {len(each)}, not {counted}"


def _below(text: str | None, size: int) -> bool:
    return text is None or (text.isdigit() and int(text) < size)


# -- sheets -------------------------------------------------------------------------------------------------------


def _cells(package: Package) -> Iterator[str]:
    """Rows and cells are in order, each once and within the sheet; their styles and shared texts exist."""
    styles, texts = package.number(STYLES, "cellXfs"), package.number(STRINGS, "sst")
    for part, tree in package.sheets.items():
        above = 0
        for row in _all(tree, "row"):
            line, before = int(row.get("r", "0")), 0
            if (
                not above < line <= 1_048_576
                or not _within(row.get("ht"), 409.5)
                or not _below(row.get("s"), styles)
            ):
                yield f"{part}: row {line} after {above}"
            above = line
            for cell in row:
                place = re.fullmatch(r"([A-Z]{1,3})([0-9]+)", cell.get("r", ""))
                column = column_index_from_string(place[1]) if place and place[1] <= "ZZZ" else 0
                if place is None or int(place[2]) != line or not before < column <= 16_384:
                    yield f"{part}: cell {cell.get('r')} in row {line}"
                before = column
                if not _below(cell.get("s"), styles):
                    yield f"{part}: {cell.get('r')} has style {cell.get('s')}"
                if not _right_value(cell, texts):
                    yield f"{part}: {cell.get('r')} has a value that is none"


def _within(text: str | None, most: float) -> bool:
    return text is None or 0 <= float(text) <= most


def _right_value(cell: Element, texts: int) -> bool:
    value = next((each.text or "" for each in cell if _tag(each) == "v"), None)
    if cell.get("t") == "inlineStr":
        return len("".join(cell.itertext())) <= _LONGEST_TEXT
    if value is None or cell.get("t") == "str":
        return len(value or "") <= _LONGEST_TEXT
    if cell.get("t") == "s":
        return value.isdigit() and int(value) < texts
    shape = {"b": "[01]", "e": r"#[A-Z0-9/]+[!?]?"}.get(
        cell.get("t", "n"), r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?"
    )
    return re.fullmatch(shape, value) is not None


def _shared_texts(package: Package) -> Iterator[str]:
    for number, each in enumerate(package.trees.get(STRINGS, ())):
        if len("".join(each.itertext())) > _LONGEST_TEXT:
            yield f"{STRINGS}: text {number} is too long"


def _columns(package: Package) -> Iterator[str]:
    for part, tree in package.sheets.items():
        last = 0
        for each in _all(tree, "col"):
            first, before, last = int(each.get("min", "0")), last, int(each.get("max", "0"))
            if not before < first <= last <= 16_384 or not _within(each.get("width"), 255):
                yield f"{part}: columns {first} to {last} after {before}"


_AREAS = {"mergeCell": "ref", "hyperlink": "ref", "autoFilter": "ref", "comment": "ref"}
_AREAS |= {"dataValidation": "sqref", "conditionalFormatting": "sqref"}
_APART = ("mergeCell", "dataValidation", "comment")  # those that may not meet another of their kind


def _areas(package: Package) -> Iterator[str]:
    """Areas are areas; merged ones, validated ones and notes don't meet."""
    for part, tree in package.trees.items():
        for tag, attribute in _AREAS.items():
            taken: list[Area] = []
            for text in (each.get(attribute, "") for each in _all(tree, tag)):
                for one in text.split(" "):
                    area = _area(one)
                    if area is None:
                        yield f"{part}: {tag} of {text!r}"
                    elif tag in _APART:
                        if any(_meet(area, other) for other in taken):
                            yield f"{part}: {tag} of {one} meets another"
                        taken.append(area)


def _area(text: str) -> Area | None:
    if not re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*(:[A-Z]{1,3}[1-9][0-9]*)?", text):
        return None
    left, top, right, bottom = range_boundaries(text)
    return (left, top, right, bottom) if left <= right <= 16_384 and top <= bottom <= 1_048_576 else None


def _meet(one: Area, other: Area) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


_LONGEST = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}


def _rules(package: Package) -> Iterator[str]:
    """Words of validations are short; conditional formats have a style and a rank; notes have an author."""
    styles = package.number(STYLES, "dxfs")
    for part, tree in package.trees.items():
        for each in _all(tree, "dataValidation"):
            long = [name for name, most in _LONGEST.items() if len(each.get(name, "")) > most]
            yield from (f"{part}: {name} of {each.get('sqref')} is too long" for name in long)
        for each in _all(tree, "cfRule"):
            if not _below(each.get("dxfId"), styles):
                yield f"{part}: conditional style {each.get('dxfId')}"
            if int(each.get("priority", "0")) < 1:
                yield f"{part}: conditional format of rank {each.get('priority')}"
        for each in _all(tree, "comment"):
            if not _below(each.get("authorId"), package.number(part, "authors")):
                yield f"{part}: author {each.get('authorId')}"


_CHECKS: tuple[Callable[[Package], Iterator[str]], ...] = (
    _types, _relations, _sheet_names, _defined_names, _formulas, _styles, _cells, _shared_texts, _columns, _areas, _rules,
)  # fmt: skip
