"""Lists of headings, tables and figures: real fields, with their entries already written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from lkjip_xl.report.docx.captions import sequences
from lkjip_xl.report.docx.elements import (
    Element,
    close_field,
    element,
    field,
    hidden,
    hyperlink,
    marked,
    open_field,
    paragraph,
    qn,
    runs,
    style_of,
    take_out,
)  # fmt: skip
from lkjip_xl.report.docx.package import Package

List = Literal["judul", "tabel", "gambar"]
FIELDS: Mapping[List, str] = {
    "judul": r'TOC \o "1-3" \h \z \u',
    "tabel": r'TOC \h \z \c "Tabel"',
    "gambar": r'TOC \h \z \c "Gambar"',
}
_STYLES: Mapping[List, str] = {"judul": "toc 1", "tabel": "table of figures", "gambar": "table of figures"}
_SEEN = tuple(
    qn(f"w:{name}")
    for name in ("r", "hyperlink", "sdt", "ins", "del", "moveFrom", "moveTo", "fldSimple", "smartTag")
)
_LEVELS = 3
_UNKNOWN = ""  # page


def contents_of(of: List, package: Package) -> list[Element]:
    """Return a list that is still blank; ``fill_contents`` writes its entries."""
    return [paragraph(package.style(_STYLES[of]), [*open_field(FIELDS[of]), *close_field()])]


def fill_contents(package: Package, pages: Mapping[str, str] | None = None) -> None:
    """Write the entries of all lists anew from what stands in the document; ``pages`` are by bookmark."""
    for of, instruction in FIELDS.items():
        for begun in [each for each in package.body.iter(qn("w:instrText")) if _is(each, instruction)]:
            _fill(of, begun, package, pages or {})


def targets(package: Package, of: List) -> Iterator[tuple[Element, int, str]]:
    """Yield the paragraphs that a list names, with their level and their text."""
    for each in package.body.iter(qn("w:p")):
        style = package.style_name(each)
        if of == "judul":
            level = int(style[-1]) if style.startswith("heading ") and style[-1].isdigit() else 0
            if 1 <= level <= _LEVELS:
                yield each, level, words_of(each)
        elif any(words[1] == of.capitalize() for _, words in sequences(each)):
            yield each, 1, words_of(each)


def words_of(target: Element) -> str:
    """Return the text of a paragraph as it is read, with the number of a caption."""
    pieces = [
        each.text or "" if each.tag == qn("w:t") else " "
        for each in target.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        if not hidden(each)
    ]
    return " ".join("".join(pieces).split())


def _is(code: Element, instruction: str) -> bool:
    """Whether a field collects what a list of ours does: LibreOffice leaves the other switches out."""
    wanted, found = instruction.split(), (code.text or "").replace("&quot;", '"').split()
    collects = [r"\c", wanted[-1]] if r"\c" in wanted else [r"\o", wanted[2]]
    return found[:1] == wanted[:1] and {*collects} <= {*found} and (r"\c" in found) == (r"\c" in wanted)


def _fill(of: List, begun: Element, package: Package, pages: Mapping[str, str]) -> None:
    first = next(begun.iterancestors(qn("w:p")))
    last = _end_of(first)
    plain = package.style(_STYLES[of])
    style = plain if of == "judul" else style_of(first) or plain
    entries = [*targets(package, of)]
    lines: list[Element] = []
    for target, level, words in entries:
        anchor = _anchor(target, package)
        name = package.style(f"toc {level}") if of == "judul" else style
        page = field(f"PAGEREF {anchor} \\h", runs(pages.get(anchor, _UNKNOWN)))
        lines.append(paragraph(name, [hyperlink(anchor, [*runs(f"{words}\t"), *page])]))
    if not lines:
        lines.append(paragraph(style, runs("(tidak ada)")))
    head = lines[0]
    for place, each in enumerate(open_field(FIELDS[of])):
        head.insert(1 + place, each)
    lines[-1].extend(close_field())
    _set_apart(first, last)
    for each in lines:
        first.addprevious(each)
    following = first
    while following is not None:
        after = following.getnext() if following is not last else None
        if following in (first, last) or _is_entry(following, package):
            take_out(following)
        following = after


def _set_apart(first: Element, last: Element) -> None:
    """Give what stands before a list or behind it, in its first and last paragraph, paragraphs of their own."""
    begin = next(_top(each, first) for each in first.iter(qn("w:fldChar")))
    leading = [each for each in first if each.tag in _SEEN and first.index(each) < first.index(begin)]
    end = [_top(each, last) for each in last.iter(qn("w:fldChar"))][-1]
    trailing = [each for each in last if each.tag in _SEEN and last.index(each) > last.index(end)]
    section = last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if leading:
        own = element("w:p")
        own.extend(leading)
        first.addprevious(own)
    if trailing or section is not None:
        own = element("w:p", element("w:pPr", *(() if section is None else (section,))))
        own.extend(trailing)
        last.addnext(own)


def _top(each: Element, of: Element) -> Element:
    """Return the child of a paragraph in which an element stands."""
    while each.getparent() is not of:
        each = each.getparent()
    return each


def _is_entry(of: Element, package: Package) -> bool:
    """Whether a list wrote it; what people put between its entries is theirs, and stays behind the list."""
    return of.tag == qn("w:p") and (
        package.style_name(of).startswith(("toc ", "table of figures"))
        or any("PAGEREF" in (code.text or "") for code in of.iter(qn("w:instrText")))
    )


def _end_of(first: Element) -> Element:
    """Return the paragraph in which the field that begins in a paragraph ends."""
    depth, each = 0, first
    while each is not None:
        for mark in each.iter(qn("w:fldChar")):
            depth += {"begin": 1, "end": -1}.get(mark.get(qn("w:fldCharType")), 0)
        if depth == 0:
            return each
        each = each.getnext()
    return first


def page_labels(package: Package, pages: Mapping[str, int]) -> dict[str, str]:
    """Return the number that stands on the page of each bookmark; ``pages`` are counted from the first sheet of paper."""
    found: dict[str, str] = {}
    section: list[Element] = []
    first, roman = 1, False
    for each in package.body.iter(qn("w:p"), qn("w:sectPr")):
        if each.tag == qn("w:p"):
            section.append(each)
            continue
        anchors = [str(mark.get(qn("w:name"))) for p in section for mark in p.iter(qn("w:bookmarkStart"))]
        known = [pages[name] for name in anchors if name in pages]
        numbers = each.find(qn("w:pgNumType"))
        if numbers is not None:
            roman = numbers.get(qn("w:fmt")) == "lowerRoman"
            if numbers.get(qn("w:start")) and known:
                first = min(known) + 1 - int(numbers.get(qn("w:start")))
        for name in anchors:
            if name in pages:
                number = pages[name] - first + 1
                found[name] = _roman(number) if roman else str(number)
        section = []
    return found


def _roman(number: int) -> str:
    signs = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        while number >= value:
            text += sign
            number -= value
    return text


def _anchor(target: Element, package: Package) -> str:
    """Return the bookmark of a heading or caption that lists point to; it gets one where it has none."""
    for each in target.iter(qn("w:bookmarkStart")):
        name = str(each.get(qn("w:name")))
        if name.startswith("_Toc"):
            return name
    number = package.next_bookmark()
    name = f"_Toc{70_000_000 + number}"
    marked(target, number, name)
    return name
