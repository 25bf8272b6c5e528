"""What people call a block of a document: its kind, and the words that stand there."""

from __future__ import annotations

import re

from lkjip_xl.base.showing import short
from lkjip_xl.report.docx.blocks import Block, visible
from lkjip_xl.report.docx.contents import words_of
from lkjip_xl.report.docx.elements import qn
from lkjip_xl.report.docx.package import Package
from lkjip_xl.report.docx.writer import PLACE_STYLE
from lkjip_xl.report.outline import Part, Prose

_NUMBERED = re.compile(r"((?:Tabel|Gambar) [\d.]+) (.*)")


def quoted(block: Block, package: Package, part: Part | None = None) -> str:
    """Return kind and words of a block as it stands; of several paragraphs the first that ``part`` does not say."""
    texts = [(each, words_of(each)) for each in block.elements if each.tag == qn("w:p") and visible([each])]
    if any(each.tag == qn("w:tbl") for each in block.elements):
        numbered = _NUMBERED.fullmatch(texts[0][1]) if texts else None
        number, title = (numbered[1], numbered[2]) if numbered else ("Tabel", texts[0][1] if texts else "")
        return f"{number} “{short(title)}”"
    if any(True for each in block.elements for _ in each.iter(qn("w:drawing"))) and texts:
        numbered = _NUMBERED.fullmatch(texts[-1][1])
        return f"Grafik “{short(numbered[2] if numbered else texts[-1][1])}”"
    if not texts:
        return part.label if part else "Bagian"
    style = package.style_name(texts[0][0])
    kind = (
        "Judul" if style.startswith("heading ") else "Tempat" if style == PLACE_STYLE.lower() else "Kalimat"
    )
    new = part.content.paragraphs if part and isinstance(part.content, Prose) else ()
    known = {" ".join(each.removeprefix("• ").split()) for each in new}
    said = next((text for _, text in texts if text.replace("\u00a0", " ") not in known), texts[0][1])
    return f"{kind} “{short(said)}”"
