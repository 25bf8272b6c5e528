"""On which page of paper each bookmark of a document stands: LibreOffice lays it out, where there is one."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from lkjip_xl.base import owned

_SECONDS = 120  # that a document may take; one of fifty pages takes some four
_NAME = "laporan"
_EXPORT = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
        "IsSkipEmptyPages": {
            "type": "boolean",
            "value": "false",
        },  # those before a right-hand page are paper, too
    }
)
_PLACES = {  # where installers leave it, on systems that do not put it on the PATH
    "win32": [
        rf"{os.environ.get(each, 'C:')}\LibreOffice\program\soffice.com"  # which waits for what it starts
        for each in ("PROGRAMFILES", "PROGRAMFILES(X86)")
    ],
    "darwin": ["/Applications/LibreOffice.app/Contents/MacOS/soffice"],
}


def find_office() -> str | None:
    """Return the program of LibreOffice; None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next(filter(os.path.isfile, _PLACES.get(sys.platform, [])), None)


def pages_of(document: bytes) -> dict[str, int] | None:
    """Return the pages, from 1, on which the bookmarks of a Word document stand, the hidden ``_Toc…`` among them.

    None where LibreOffice is absent, fails, or takes too long. A bookmark of a header, or one that shares its name in
    the PDF with another, has no page.
    """
    office = find_office()
    if office is None:
        return None
    try:
        names = dict.fromkeys(_bookmarks(document))
        folder = owned.make_folder(Path(tempfile.gettempdir()), "lkjip-xl-")
    except (OSError, zipfile.BadZipFile, ParseError, DefusedXmlException):
        return None
    try:
        pdf = _printed(document, office, folder)
    finally:
        owned.remove(folder, partial(_is_in, folder))
    return None if pdf is None else _pages(pdf, names)


def _is_in(folder: Path, path: Path) -> bool:
    """Whether something is a folder made for one document, or what was written there; links are not followed."""
    return path == folder or folder in path.parents


def _printed(document: bytes, office: str, folder: Path) -> bytes | None:
    """Return a document as PDF; LibreOffice has a profile of its own there, as one that is open lends its own to nobody."""
    try:
        (folder / f"{_NAME}.docx").write_bytes(document)
        process = subprocess.Popen(  # noqa: S603 - the office that is installed, with our own words
            [
                office,
                f"-env:UserInstallation={(folder / 'profil').as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                _EXPORT,
                "--outdir",
                str(folder),
                str(folder / f"{_NAME}.docx"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it starts others, which end with it
        )
        try:
            process.wait(_SECONDS)
        finally:
            _end(process)
        return (folder / f"{_NAME}.pdf").read_bytes()
    except (OSError, subprocess.TimeoutExpired):
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that is still there, and all that it has started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603 - Windows' own program
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607 - as above
            check=False,
            capture_output=True,
        )
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _bookmarks(document: bytes) -> Iterator[str]:
    """Yield the names of a document's bookmarks."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for part in archive.namelist():
            content = archive.read(part) if part.endswith(".xml") else b""
            if b"bookmarkStart" not in content:
                continue
            for _, element in iterparse(io.BytesIO(content)):
                if element.tag.endswith("}bookmarkStart"):
                    yield from (value for key, value in element.items() if key.endswith("}name"))


def _pages(pdf: bytes, bookmarks: Iterable[str]) -> dict[str, int] | None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its warnings are of use to nobody who reads a report
    names: dict[str, list[str]] = {}
    for name in bookmarks:
        names.setdefault(f"/{_spelled(name)}", []).append(name)
    try:
        reader = PdfReader(io.BytesIO(pdf))
        found = {
            names[spelled][0]: reader.get_destination_page_number(place)
            for spelled, place in reader.named_destinations.items()
            if len(names.get(spelled, [])) == 1
        }
    except PyPdfError:
        return None
    return {name: page + 1 for name, page in found.items() if page is not None}


def _spelled(name: str) -> str:
    """Return how LibreOffice spells a bookmark in a PDF, where ``_Toc1`` is ``5FToc1``: a URL, then hexadecimal."""
    return re.sub("[^0-9A-Za-z-]", lambda found: f"{ord(found[0]):02X}", quote(name))
