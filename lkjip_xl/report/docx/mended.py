"""What other programs leave behind in a document: relationships to parts that they did not write."""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def mended(content: bytes) -> bytes:
    """Return a document without relationships to parts that are not there; the same bytes where there are none.

    LibreOffice keeps the relationship of a chart to the workbook with its figures, but not the workbook.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        changed: dict[str, bytes] = {}
        for name in names:
            if name.endswith(".rels"):
                changed |= _without_lost(name, archive.read(name), names)
        if not changed:
            return content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for each in archive.infolist():
                target.writestr(each, changed.get(each.filename) or archive.read(each), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_lost(name: str, content: bytes, names: set[str]) -> dict[str, bytes]:
    """Return the part of relationships without those that lead nowhere, where there are any."""
    root = fromstring(content, forbid_dtd=True)
    folder = posixpath.dirname(posixpath.dirname(name))
    lost = [
        each
        for each in root
        if each.get("TargetMode") != "External"
        and posixpath.normpath(posixpath.join(folder, each.get("Target", ""))).lstrip("/") not in names
        and str(each.get("Target", "")).lstrip("/") not in names
    ]
    root[:] = [each for each in root if each not in lost]
    ElementTree.register_namespace("", _RELATIONS)
    return {name: ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)} if lost else {}
