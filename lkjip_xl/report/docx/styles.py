"""The named styles of the report: what a base document does not define is added to it."""

from __future__ import annotations

from collections.abc import Mapping

FONT = "Arial"
SIZE, SMALL = 9.0, 8.0  # points of the letters in tables, and in those of many columns
_HEAD = (
    '<w:style xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:type="paragraph" {custom}w:styleId="{id}">'
    '<w:name w:val="{name}"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
)


def _style(
    name: str,
    paragraph: str = "",
    letters: str = "",
    *,
    based: str = "Normal",
    custom: bool = True,
    id: str = "",  # noqa: A002 - as the format has it
) -> tuple[str, str]:
    return name, _HEAD.format(
        name=name,
        id=id or name.replace(" ", ""),
        custom='w:customStyle="1" ' if custom else "",
        based=f'<w:basedOn w:val="{based}"/>' if based else "",
        paragraph=paragraph,
        letters=letters,
    )


SIGNED, ROOM_TO_SIGN = 4536, 1200
"""Twips from the left to what is signed, and above a name for the signature."""
_SIGNED = f'<w:ind w:left="{SIGNED}"/>'


def _spacing(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


_BOLD, _CENTER, _KEEP = "<w:b/><w:bCs/>", '<w:jc w:val="center"/>', "<w:keepNext/><w:keepLines/>"
_CELL = _spacing(20, 20, 240)


def _entry(level: int) -> tuple[str, str]:
    """Return the style of an entry in the list of headings."""
    left = 284 * (level - 1)
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8787"/></w:tabs>'
    paragraph = f'{tabs}{_spacing(40, 40, 240)}<w:ind w:left="{left + 284}" w:right="567" w:hanging="284"/>'
    return _style(f"toc {level}", paragraph, _size(10.5), custom=False, id=f"TOC{level}")


STYLES: Mapping[str, str] = dict(
    (
        _style(
            "heading 1",
            f'{_KEEP}<w:pageBreakBefore/>{_spacing(0, 240)}{_CENTER}<w:outlineLvl w:val="0"/>',
            f"{_BOLD}{_size(13)}",
            custom=False,
            id="Heading1",
        ),
        _style(
            "heading 2",
            f'{_KEEP}{_spacing(240, 120)}<w:outlineLvl w:val="1"/>',
            f"{_BOLD}{_size(11.5)}",
            custom=False,
            id="Heading2",
        ),
        _style(
            "heading 3",
            f'{_KEEP}{_spacing(200, 100)}<w:outlineLvl w:val="2"/>',
            f"{_BOLD}{_size(11)}",
            custom=False,
            id="Heading3",
        ),
        _style(
            "heading 4",
            f'{_KEEP}{_spacing(160, 80)}<w:outlineLvl w:val="3"/>',
            f"{_BOLD}<w:i/>{_size(11)}",
            custom=False,
            id="Heading4",
        ),
        _style(
            "caption",
            f"{_KEEP}{_spacing(120, 80, 240)}{_CENTER}",
            f"{_BOLD}{_size(10)}",
            custom=False,
            id="Caption",
        ),
        _entry(1),
        _entry(2),
        _entry(3),
        _style(
            "table of figures",
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8787"/></w:tabs>{_spacing(40, 40, 240)}<w:ind w:left="1134" w:right="567" w:hanging="1134"/>',
            _size(10.5),
            custom=False,
            id="TableofFigures",
        ),
        _style("footer", f"{_spacing(0, 0, 240)}{_CENTER}", custom=False, id="Footer"),
        _style("LKjIP Isi", f'{_spacing(0, 120)}<w:ind w:firstLine="567"/><w:jc w:val="both"/>'),
        _style("LKjIP Butir", f'{_spacing(0, 60)}<w:jc w:val="both"/>'),
        _style("LKjIP Nomor", f'{_spacing(0, 60)}<w:jc w:val="both"/>'),
        _style("LKjIP Rumus", f"{_spacing(60, 120)}{_CENTER}", "<w:i/>"),
        _style(
            "LKjIP Tulis",
            f'<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>{_spacing(60, 120)}',
            '<w:i/><w:color w:val="7F6000"/>',
        ),
        _style("LKjIP Sampul", f"{_spacing(600, 600)}{_CENTER}"),
        _style(
            "LKjIP Sampul Besar",
            f"{_spacing(1200, 600, 320)}<w:contextualSpacing/>{_CENTER}",
            f"{_BOLD}{_size(18)}",
        ),
        _style("LKjIP Tanda Tangan", f"<w:keepNext/><w:keepLines/>{_spacing(0, 0)}{_SIGNED}"),
        _style("LKjIP Nama", f"<w:keepNext/><w:keepLines/>{_spacing(ROOM_TO_SIGN, 0)}{_SIGNED}", _BOLD),
        *(
            _style(f"{name}{ending}", paragraph, f"{letters}{_size(points)}")
            for ending, points in (("", SIZE), (" Kecil", SMALL))
            for name, paragraph, letters in (
                ("LKjIP Teks Tabel", _CELL, ""),
                ("LKjIP Angka Tabel", f'{_CELL}<w:jc w:val="right"/>', ""),
                ("LKjIP Kepala Tabel", f"<w:keepNext/>{_CELL}{_CENTER}", _BOLD),
            )
        ),
        _style("LKjIP Nomor Kolom", f"<w:keepNext/>{_spacing(0, 0, 240)}{_CENTER}", f"<w:i/>{_size(8)}"),
        _style("LKjIP Sumber", _spacing(40, 200, 240), f"<w:i/>{_size(9)}"),
        _style(
            "LKjIP Batas", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(1)
        ),
        _style("LKjIP Grafik", f"<w:keepNext/>{_spacing(120, 0, 240)}{_CENTER}"),
    )
)
"""By name the definition of each paragraph style, in OOXML."""

NORMAL = _style(
    "Normal",
    _spacing(0, 120),
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>{_size(11)}<w:lang w:val="id-ID"/>',
    based="",
    custom=False,
)[1].replace('w:type="paragraph" ', 'w:type="paragraph" w:default="1" ')
"""The style that all others build on; of a base document its own stays."""

TABLE_NAME = "LKjIP Tabel"
TABLE = (
    '<w:style xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:type="table" w:customStyle="1" w:styleId="LKjIPTabel">'
    f'<w:name w:val="{TABLE_NAME}"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="595959"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
