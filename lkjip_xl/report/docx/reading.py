"""A stranger's document to pure data: its paragraphs and tables in their order, as they stand on paper.

The file is looked at before anything is inflated (``xlsx.archive``); only the text itself and the names of its styles are
read. What was deleted with changes tracked is left out, what was inserted is read; of a field its result, of a drawing what
is written in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from lkjip_xl.base.errors import DocumentError, WorkbookError
from lkjip_xl.base.files import File, path_of
from lkjip_xl.report.docx.grids import Cell, Grid, Written, grid
from lkjip_xl.xlsx.archive import DAMAGED, ODD, UNUSUAL, Archive, Limits, local
from lkjip_xl.xlsx.errors import DoctypeError, LargeError, MalformedError
from lkjip_xl.xlsx.guard import ENCRYPTED, LIMITS, OLE, read_bytes

__all__ = ["Body", "Cell", "Grid", "Paragraph", "read_document"]

_SAVE_AS = "buka lalu Simpan sebagai .docx"
_DAMAGED = "dokumen rusak dan tidak dapat dibuka; minta dikirim ulang"
_REASONS = {
    ODD: "susunan arsip berkas ini tidak wajar; buka di Word lalu Simpan sebagai .docx",
    DAMAGED: _DAMAGED,
}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_THROUGH = frozenset(
    ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir")
)
_DRAWN = frozenset(("drawing", "pict", "object"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables: its text on one line, and the name of its style as Word has it in English.

    ``bookmarks`` are those that begin in it, or before it where no other paragraph is.
    """

    text: str
    style: str
    bookmarks: tuple[str, ...] = ()


Body = tuple[Paragraph | Grid, ...]


def read_document(file: File, limits: Limits = LIMITS) -> Body:
    """Return what a document says; raise ``DocumentError`` with the reason where it is none.

    A table within a cell follows the table that it stands in, with the paragraphs of that cell; so does what is written in
    a drawing the paragraph that holds it.
    """
    with _naming(path_of(file)):
        archive, _ = _opened(file, limits)
        main = next((name for kind, name in archive.related("").values() if kind == "officeDocument"), "")
        root = archive.tree(main) if main in archive else None
        body = None if root is None or local(root.tag) != "document" else _child(root, "body")
        if body is None:
            raise DocumentError(_DAMAGED)
        return tuple(_Reader(_styles(archive, main), limits.area).blocks(body))


def document_bytes(file: File, limits: Limits = LIMITS) -> bytes:
    """Return a document that a library may open; raise ``DocumentError`` with the reason where it may not.

    All its parts together stay within the limits, and none of those that are parsed has a DOCTYPE.
    """
    with _naming(path_of(file)):
        archive, raw = _opened(file, limits)
        if sum(part.file_size for part in archive.parts.values()) > limits.total:
            raise DocumentError(UNUSUAL)
        for name in archive.parts:
            if name.endswith((".xml", ".rels")):
                archive.tree(name)
        return raw


def _opened(file: File, limits: Limits) -> tuple[Archive, bytes]:
    raw = read_bytes(file, limits, ending=".docx", kind="laporan")
    if not raw.startswith(b"PK"):
        raise DocumentError(_what_else(raw))
    archive = Archive(raw, limits)
    _refuse_others(archive)
    return archive, raw


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say what is wrong with a file in one sentence that begins with its name."""
    try:
        yield
    except (DocumentError, WorkbookError) as error:
        raise DocumentError(_REASONS.get(error.reason, error.reason), path) from None
    except DoctypeError:
        raise DocumentError("berkas ini memuat DOCTYPE; dokumen Word tidak memuatnya", path) from None
    except (LargeError, RecursionError):
        raise DocumentError(UNUSUAL, path) from None
    except MalformedError:
        raise DocumentError(_DAMAGED, path) from None


def _what_else(raw: bytes) -> str:
    start = raw[: 64 * 1024]
    if not start:
        return "berkas ini kosong (0 byte); minta dikirim ulang"
    if start.startswith(OLE):
        if ENCRYPTED in raw:
            return "dokumen ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi"
        return f"ini dokumen Word lama (.doc); {_SAVE_AS}"
    if start.startswith(b"%PDF"):
        return "ini berkas PDF, bukan dokumen Word; kirim berkas .docx-nya"
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return f"ini berkas RTF; {_SAVE_AS}"
    if head.startswith((b"<html", b"<!doctype html", b"<?xml")):
        return f"ini halaman HTML atau XML yang diberi nama .docx; {_SAVE_AS}"
    return "ini berkas teks atau berkas lain yang diberi nama .docx, bukan dokumen Word"


def _refuse_others(archive: Archive) -> None:
    """Refuse a zip that is something else than a document."""
    if "mimetype" in archive and b"opendocument" in archive.read("mimetype"):
        raise DocumentError(f"ini berkas OpenDocument; {_SAVE_AS}")
    if "xl/workbook.xml" in archive or "xl/workbook.bin" in archive:
        raise DocumentError(
            "ini buku kerja Excel, bukan dokumen Word; tulis laporan .docx dahulu, lalu buku kerjanya"
        )
    if "ppt/presentation.xml" in archive:
        raise DocumentError("ini presentasi PowerPoint (.pptx), bukan dokumen Word")
    if "[Content_Types].xml" not in archive or "_rels/.rels" not in archive:
        raise DocumentError("ini arsip zip, bukan dokumen Word")


def _styles(archive: Archive, main: str) -> dict[str, str]:
    """Return the names of styles; in documents they go by ids that depend on the language of the program."""
    part = next((name for kind, name in archive.related(main).values() if kind == "styles"), "")
    if part not in archive:
        return {}
    return {
        _value(style, "styleId"): _value(_child(style, "name"), "val")
        for style in archive.tree(part)
        if local(style.tag) == "style"
    }


@dataclass(frozen=True)
class _Reader:
    styles: dict[str, str]
    area: int
    """How many places the cells of one table may cover."""

    def blocks(self, holder: Element) -> Iterator[Paragraph | Grid]:
        """Yield paragraphs and tables of a body, a cell or a text box."""
        before: tuple[str, ...] = ()
        for element in _visible(holder, _THROUGH):
            if local(element.tag) == "p":
                style = _value(_child(_child(element, "pPr"), "pStyle"), "val")
                text = _line("".join(_texts(element)))
                yield Paragraph(text, self.styles.get(style) or style, before + _bookmarks(element))
                before = ()
                for box in _boxes(element):
                    yield from self.blocks(box)
            elif local(element.tag) == "tbl":
                yield from self._table(element)
            else:
                before += _bookmarks(element)

    def _table(self, table: Element) -> Iterator[Paragraph | Grid]:
        rows: list[list[Written]] = []
        inside: list[Paragraph | Grid] = []
        for row in _visible(table, _THROUGH):
            properties = _child(row, "trPr")
            if local(row.tag) != "tr" or _child(properties, "del") is not None:
                continue
            rows.append([Written(columns=_number(_child(properties, "gridBefore"), 0))])
            for cell in _visible(row, _THROUGH):
                if local(cell.tag) == "tc" and _child(_child(cell, "tcPr"), "cellDel") is None:
                    content = [*self.blocks(cell)]
                    texts = (each.text for each in content if isinstance(each, Paragraph))
                    rows[-1].append(_written(cell, _line(" ".join(texts))))
                    inside += content if any(isinstance(each, Grid) for each in content) else ()
        columns = _child(table, "tblGrid")
        widths = [_number(each, 0, "w") for each in columns] if columns is not None else []
        if rows:
            yield grid(rows, widths, self.area)
        yield from inside


def _written(cell: Element, text: str) -> Written:
    properties = _child(cell, "tcPr")
    below, beside = _child(properties, "vMerge"), _child(properties, "hMerge")
    return Written(
        text,
        max(1, _number(_child(properties, "gridSpan"), 1)),
        below=below is not None and _value(below, "val") != "restart",
        beside=beside is not None and _value(beside, "val") != "restart",
    )


def _visible(holder: Element, through: frozenset[str]) -> Iterator[Element]:
    """Yield what an element holds, also within controls and insertions; of two ways to write the same thing the first."""
    for element in holder:
        name = local(element.tag)
        if name in through:
            yield from _visible(element, through)
        elif name == "AlternateContent":
            yield from _visible(element[0], through) if len(element) else ()
        else:
            yield element


def _texts(holder: Element) -> Iterator[str]:
    """Yield the text of a paragraph or a run."""
    for element in _visible(holder, _THROUGH):
        match local(element.tag):
            case "t":
                yield element.text or ""
            case "tab" | "br" | "cr" | "ptab":
                yield " "
            case "noBreakHyphen":
                yield "-"
            case "r" if not _hidden(element):
                yield from _texts(element)
            case "oMath" | "oMathPara":
                yield from _formula(element)


def _hidden(run: Element) -> bool:
    vanish = _child(_child(run, "rPr"), "vanish")
    return vanish is not None and _value(vanish, "val") not in ("0", "false", "off")


def _formula(element: Element) -> Iterator[str]:
    """Yield the text of a formula, a fraction on one line."""
    for each in element:
        match local(each.tag):
            case "t":
                yield each.text or ""
            case "den":
                yield " / "
                yield from _formula(each)
            case _:
                yield from _formula(each)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes of a paragraph."""
    waiting = [each for each in _visible(paragraph, _THROUGH | {"r"}) if local(each.tag) in _DRAWN]
    while waiting:
        element = waiting.pop(0)
        if local(element.tag) == "txbxContent":
            yield element
        else:
            waiting[:0] = _visible(element, frozenset())


def _bookmarks(element: Element) -> tuple[str, ...]:
    """Return the names of the bookmarks that begin in an element, or that it is."""
    return tuple(_value(each, "name") for each in element.iter() if local(each.tag) == "bookmarkStart")


def _line(text: str) -> str:
    return " ".join(text.translate(_INVISIBLE).split())


def _child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a name, if there is one."""
    return None if element is None else next((each for each in element if local(each.tag) == name), None)


def _value(element: Element | None, name: str) -> str:
    """Return an attribute whatever its namespace; empty where there is none."""
    found = () if element is None else element.items()
    return next((value for key, value in found if local(key) == name), "")


def _number(element: Element | None, otherwise: int, name: str = "val") -> int:
    text = _value(element, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
