"""Word documents for tests: of XML that is seen in the test, or of tables laid out as people lay them out."""

from __future__ import annotations

from pathlib import Path

from hostile import packed
from lkjip_xl.base.files import Upload
from lkjip_xl.report.docx.reading import Body, Grid

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{_WORD}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = '<w:style w:styleId="Judul1"><w:name w:val="heading 1"/></w:style>'


def parts(body: str, styles: str = STYLES) -> dict[str, bytes]:
    """Return the parts of a document whose body is some XML."""
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACES}>{styles}</w:styles>",
    }
    return {name: text.encode() for name, text in texts.items()}


def document(body: str) -> Upload:
    """Return a document whose body is some XML."""
    return Upload(Path("laporan.docx"), packed(parts(body)))


def paragraph(text: str) -> str:
    """Return the XML of a paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    """Return the XML of a cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return the XML of a row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """Return the XML of a table."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def drawn(body: Body) -> str:
    """Return a document as text: ``←`` and ``↑`` stand where a cell from the left or from above covers the place."""
    lines = []
    for each in body:
        if isinstance(each, Grid):
            for number, cells in enumerate(each.rows):
                texts = [
                    "↑" if one.row < number else "←" if one.column < place else one.text
                    for place, one in enumerate(cells)
                ]
                lines.append(" | ".join(texts))
        else:
            lines.append(f"({each.style}) {each.text}" if each.style else each.text)
    return "\n".join(lines)
