"""A document as a package of parts: opened from a base or an earlier report, and saved. The door to python-docx.

A base document gives styles, letterhead and logo; what it does not define is added. Nothing in it is changed but its body.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.numbering import NumberingPart

from lkjip_xl.base.errors import DocumentError
from lkjip_xl.base.showing import safe
from lkjip_xl.report.docx.chart_part import ChartParts, figures_of
from lkjip_xl.report.docx.elements import Element, element, qn, style_of, take_out, texts
from lkjip_xl.report.docx.mended import mended
from lkjip_xl.report.docx.styles import NORMAL, STYLES, TABLE, TABLE_NAME

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 250  # characters of a property that every program keeps


class Package:
    """A document that is being written, or brought up to date."""

    def __init__(self, content: bytes | None = None) -> None:
        """Open a document, or a blank one with our own styles; styles that are missing are added."""
        self.document = _opened(content)
        self.blank = content is None
        if self.blank:
            self._own_styles()
        self._add_styles()
        self._forget_effects()
        self._bookmarks = max((int(each.get(qn("w:id"), "0")) for each in self.bookmarks()), default=0)
        self._drawings = max((int(each.get("id", "0")) for each in self._drawn()), default=0)
        self._lists: dict[str, int] = {}

    @property
    def body(self) -> Element:
        """All that stands in the document, in its order."""
        return self.document.element.body

    def texts(self) -> Iterator[str]:
        """Yield the text of each paragraph."""
        for each in self.body.iter(qn("w:p")):
            yield "".join(texts(each)).strip()

    def bookmarks(self) -> Iterator[Element]:
        """Yield the beginnings of all bookmarks."""
        return iter(self.body.iter(qn("w:bookmarkStart")))

    def _drawn(self) -> Iterator[Element]:
        """Yield the properties of all drawings, those of the letterhead among them."""
        yield from self.body.iter(qn("wp:docPr"))
        for each in self.document.part.related_parts.values():
            if isinstance(each, HeaderPart | FooterPart):
                yield from each.element.iter(qn("wp:docPr"))

    def next_bookmark(self) -> int:
        """Return a number that no bookmark has."""
        self._bookmarks += 1
        return self._bookmarks

    def next_drawing(self) -> int:
        """Return a number that no drawing has."""
        self._drawings += 1
        return self._drawings

    # -- styles ---------------------------------------------------------------------------------------------------

    def style(self, name: str) -> str:
        """Return the id of a style, by which paragraphs and tables name it."""
        return str(self._ids[name.lower()])

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """By id the names of all styles, in small letters."""
        return {style: name for name, style in self._ids.items()}

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return self._styles()

    def _styles(self) -> dict[str, str]:
        found = self.document.styles.element.iterchildren(qn("w:style"))
        return {each.find(qn("w:name")).get(qn("w:val")).lower(): each.get(qn("w:styleId")) for each in found}

    def style_name(self, of: Element) -> str:
        """Return the name of a paragraph's style, in small letters."""
        return self._names.get(str(style_of(of)), "normal")

    def _own_styles(self) -> None:
        """Take out of the blank document what ours define anew, and what it has for no use of ours."""
        styles = self.document.styles
        kept = {
            "default paragraph font",
            "normal table",
            "no list",
            "header",
            "header char",
            "footer",
            "footer char",
        }
        for each in list(styles.element.iterchildren(qn("w:style"))):
            if each.find(qn("w:name")).get(qn("w:val")).lower() not in kept:
                take_out(each)
        styles.element.append(parse_xml(NORMAL))

    def _forget_effects(self) -> None:
        """Take out the second list of styles that Word 2010 kept: it knows nothing of those that are added."""
        rels = self.document.part.rels
        for relation in [name for name, each in rels.items() if each.reltype.endswith("/stylesWithEffects")]:
            rels.pop(relation)

    def _add_styles(self) -> None:
        styles, known = self.document.styles.element, self._styles()
        taken = set(known.values())
        for name, definition in {**STYLES, TABLE_NAME: TABLE}.items():
            if name.lower() in known:
                continue
            style = parse_xml(definition)
            if style.get(qn("w:styleId")) in taken:
                style.set(qn("w:styleId"), "LKjIP" + style.get(qn("w:styleId")))
            based = style.find(qn("w:basedOn"))
            if based is not None:  # a base document may call it otherwise
                based.set(qn("w:val"), known.get("normal", "Normal"))
            styles.append(style)

    # -- lists ----------------------------------------------------------------------------------------------------

    def bullets(self) -> int:
        """Return the number of the list of bullets."""
        if "•" not in self._lists:
            self._lists["•"] = self._new_list("bullet", "•")
        return self._lists["•"]

    def new_numbers(self) -> int:
        """Return the number of a list that counts from 1."""
        return self._new_list("decimal", "%1.")

    def _new_list(self, kind: str, text: str) -> int:
        numbering = self._numbering()
        ids = [int(each.get(qn("w:abstractNumId"))) for each in numbering.iterchildren(qn("w:abstractNum"))]
        shape = max(ids, default=-1) + 1
        level = element(
            "w:lvl",
            element("w:start", val=1),
            element("w:numFmt", val=kind),
            element("w:lvlText", val=text),
            element("w:lvlJc", val="left"),
            element("w:pPr", element("w:ind", left=567, hanging=397)),
            ilvl=0,
        )
        abstract = element(
            "w:abstractNum", element("w:multiLevelType", val="singleLevel"), level, abstractNumId=shape
        )
        numbers = list(numbering.iterchildren(qn("w:num")))
        if numbers:
            numbers[0].addprevious(abstract)
        else:
            numbering.append(abstract)
        number = max((int(each.get(qn("w:numId"))) for each in numbers), default=0) + 1
        numbering.append(element("w:num", element("w:abstractNumId", val=shape), numId=number))
        return number

    def _numbering(self) -> Element:
        part = self.document.part
        if not any(each.reltype == RELATIONSHIP_TYPE.NUMBERING for each in part.rels.values()):
            name, kind = PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING
            blank = f"<w:numbering {nsdecls('w')}/>".encode()
            part.relate_to(NumberingPart.load(name, kind, blank, part.package), RELATIONSHIP_TYPE.NUMBERING)
        return part.numbering_part.element

    # -- parts ----------------------------------------------------------------------------------------------------

    def add_part(
        self, name: str, kind: str, content: bytes, relation: str, *, of: Part | None = None
    ) -> tuple[str, Part]:
        """Add a part under the first free name such as ``/word/charts/chart%d.xml``; return its relation and it."""
        package = self.document.part.package
        part = Part(package.next_partname(name), kind, content, package)
        return (of or self.document.part).relate_to(part, relation), part

    def add_chart(self, chart: ChartParts) -> str:
        """Add a chart with the workbook of its figures; return its relation."""
        relation, part = self.add_part("/word/charts/chart%d.xml", _CHART, chart.chart, _CHART_RELATION)
        self.add_part(
            "/word/embeddings/grafik%d.xlsx", _WORKBOOK, chart.workbook, RELATIONSHIP_TYPE.PACKAGE, of=part
        )
        return relation

    def set_chart(self, drawing: Element, chart: ChartParts, words: str) -> None:
        """Let a drawing show another chart; its place and size stay, and a copy of it shows what it showed."""
        for each in drawing.iter(qn("c:chart")):
            relation = each.get(qn("r:id"))
            each.set(qn("r:id"), self.add_chart(chart))
            if not any(other.get(qn("r:id")) == relation for other in self.body.iter(qn("c:chart"))):
                self.document.part.rels.pop(relation, None)
        for each in drawing.iter(qn("wp:docPr")):
            each.set("descr", safe(words))

    def charts(self, elements: Sequence[Element]) -> Iterator[object]:
        """Yield the figures of the charts in some elements."""
        for each in elements:
            for chart in each.iter(qn("c:chart")):
                part = self.document.part.related_parts.get(chart.get(qn("r:id")))
                yield None if part is None else figures_of(part.blob)

    def add_footer(self, content: Sequence[Element]) -> str:
        """Add a footer with one paragraph; return its relation."""
        blob = serialize_part_xml(element("w:ftr", *content))
        kind, relation = CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER
        return self.add_part("/word/footer%d.xml", kind, blob, relation)[0]

    # -- properties -----------------------------------------------------------------------------------------------

    def describe(self, title: str, author: str) -> None:
        """Say what the document is, where it does not say so itself."""
        about = self.document.core_properties
        if self.blank:
            about.author, about.comments, about.keywords, about.last_modified_by = author, "", "", author
        about.title = about.title or title

    def properties(self) -> dict[str, str]:
        """Return the properties that programs keep but do not show."""
        part = self._custom()
        if part is None:
            return {}
        found = fromstring(part.blob)
        return {str(each.get("name")): "".join(each.itertext()) for each in found}

    def set_list(self, name: str, items: Iterable[str]) -> None:
        """Keep a list of words in properties ``name 1``, ``name 2`` …, each short enough for every program."""
        lines = [""]
        for item in items:
            if len(lines[-1]) + len(item) + 1 > _LONGEST:
                lines.append("")
            lines[-1] = f"{lines[-1]} {item}".strip()
        part = self._custom()
        root = ElementTree.Element(f"{{{_PROPERTIES}}}Properties") if part is None else fromstring(part.blob)
        root[:] = [each for each in root if not str(each.get("name")).startswith(f"{name} ")]
        last = max((int(each.get("pid", "1")) for each in root), default=1)
        for number, line in enumerate(lines, start=1):
            about = {"fmtid": _FORMAT, "pid": str(last + number), "name": f"{name} {number}"}
            each = ElementTree.SubElement(root, f"{{{_PROPERTIES}}}property", about)
            ElementTree.SubElement(each, f"{{{_TYPES}}}lpwstr").text = line
        content = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
        if part is None:
            package = self.document.part.package
            package.relate_to(Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, content, package), _CUSTOM)
        else:
            part._blob = content  # noqa: SLF001 - a plain part, which has no way to set it

    def kept_list(self, name: str) -> tuple[str, ...] | None:
        """Return the words that ``set_list`` has kept; None where a program has lost them."""
        found = {key: value for key, value in self.properties().items() if key.startswith(f"{name} ")}
        if not found:
            return None
        return tuple(
            word
            for key in sorted(found, key=lambda key: int(key.rsplit(" ")[-1]))
            for word in found[key].split()
        )

    def _custom(self) -> Any:
        rels = self.document.part.package.rels.values()
        return next(
            (each.target_part for each in rels if each.reltype == _CUSTOM and not each.is_external), None
        )

    def saved(self) -> bytes:
        """Return the document as a file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _opened(content: bytes | None) -> Any:
    """Return a document, blank without ``content``; raise ``DocumentError`` for one of another kind."""
    if content is None:
        return Document()
    try:
        return Document(io.BytesIO(mended(content)))
    except (
        ValueError,
        KeyError,
        AttributeError,
        SyntaxError,
    ):  # what the library raises for macros, templates, odd parts
        raise DocumentError(
            "dokumen ini bukan .docx biasa; buka di Word, lalu Simpan sebagai .docx"
        ) from None
