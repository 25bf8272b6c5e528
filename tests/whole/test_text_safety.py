"""Text of strangers stays text: no formula, link, markup, terminal sequence, line of ours or path comes of it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from defusedxml import ElementTree

from hostile import BOOK, unpacked
from isolated import Isolated, Outcome
from lkjip_xl.cli.template import _file_name
from support import ROOT, rewrite_part

MARK = "zqx"
TEXTS = (
    f"=cmd|' /C calc'!A0 {MARK}",
    f'=HYPERLINK("http://jahat/{MARK}")',
    f"+1 {MARK}",
    f"-1 {MARK}",
    f"@SUM(1) {MARK}",
    f"\t=1 {MARK}",
    f"http://jahat/{MARK}",
    f"file:///etc/passwd?{MARK}",
    f"<script>{MARK}</script><img src=x onerror={MARK}>",
    f"[red]{MARK}[/red][link=http://jahat]x[/link]",
    f"{{{{ 7 * 7 }}}}{{% {MARK} %}}",
    f"\x1b[31m{MARK}",
    f"\x9b31m{MARK}",
    f"\x07\x08{MARK}",
    f"\x1b]8;;http://jahat/\x07{MARK}\x1b]8;;\x07",
    f"‮⁦{MARK}",  # noqa: PLE2502 - a bidi override is what is planted
    f"a\nPALSU: tidak ada temuan {MARK}",
    f"a\rPALSU {MARK}",
    f"a PALSU\x85PALSU {MARK}",
    f"\0{MARK}",
    f"_x001B_[31m{MARK}",
)


def _escaped(text: str) -> str:
    """Return text as Excel writes it into a workbook, control characters and all."""
    text = re.sub(r"_x[0-9A-F]{4}_", lambda found: "_x005F" + found[0], text)
    return escape(re.sub(r"[\x00-\x09\x0b-\x1f]", lambda found: f"_x{ord(found[0]):04X}_", text))


def _planted(path: Path) -> Path:
    """Type every text into the name, the code, texts, numbers, explanations, beside a table and on sheets of its own."""
    book = openpyxl.load_workbook(path)
    names = [f"tanam{n:02}" for n in range(len(TEXTS))]
    book["Identitas"]["C6"].value = " ".join(names)
    book["Identitas"]["C5"].value = "tanamkode"
    for number, name in enumerate(names):
        book["3.4 Keuangan"].cell(8 + number, 5).value = name
        if number < 9:
            book["IKK"].cell(8 + number, 3).value = name
            book["IKK"].cell(8 + number, 4).value = name
    for row in range(8, 8 + 3):
        book["3.1 Kinerja"].cell(row, 8).value = names[row]
    book["1.1 Pegawai"]["D13"].value = names[0]
    extra = book.create_sheet("tanamlembar")
    for number, name in enumerate(names, start=1):
        extra.cell(number, 1).value = name
    book["1.3 Golongan"].title = "tanamgolongan"
    book.save(path)
    values = {**dict(zip(names, TEXTS, strict=True)), "tanamkode": f"../../=1/{MARK}"}
    sheets = {"tanamlembar": f"=1|{MARK}", "tanamgolongan": f"[b]{MARK}‮&#10;PALSU"}  # noqa: PLE2502 - as above
    parts = unpacked(path.read_bytes())
    for part in (name for name in parts if name.startswith(("xl/worksheets/sheet", "xl/sharedStrings"))):
        text = re.sub(
            "tanam(?:kode|[0-9]{2})", lambda found: _escaped(values[found[0]]), parts[part].decode()
        )
        parts[part] = text.encode()
    book_part = parts[BOOK].decode()
    for name, shown in sheets.items():
        book_part = book_part.replace(f'name="{name}"', f'name="{shown}"')
    parts[BOOK] = book_part.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("teks")


@pytest.fixture(scope="module")
def planted(folder: Path, sample_bytes: bytes) -> Path:
    (folder / "kiriman").mkdir()
    path = folder / "kiriman" / "isian.xlsx"
    path.write_bytes(sample_bytes)
    return _planted(path)


@pytest.fixture(scope="module")
def checked(planted: Path, folder: Path, isolated: Isolated) -> Outcome:
    options = ("--annotate", folder / "kembali", "--report", folder / "temuan.html")
    return isolated.command("validate", planted, *options)


@pytest.fixture(scope="module")
def summed(planted: Path, folder: Path, isolated: Isolated) -> Outcome:
    return isolated.command("summarize", planted, "-o", folder / "ringkasan.xlsx")


@pytest.fixture(scope="module")
def merged(planted: Path, folder: Path, isolated: Isolated) -> Outcome:
    options = ("-o", folder / "konsolidasi.xlsx", "--parquet", folder / "parquet", "--jobs", "1")
    return isolated.command("consolidate", planted.parent, *options)


def _printed_as_text(outcome: Outcome) -> None:
    assert "Traceback" not in outcome.err
    for text in (outcome.out, outcome.err):
        assert {char for char in text if not char.isprintable()} <= {"\n"}
        assert not [line for line in text.splitlines() if line.startswith("PALSU")]


def test_findings_on_the_screen(checked: Outcome) -> None:
    assert checked.code == 1
    assert MARK in checked.out
    _printed_as_text(checked)


@pytest.mark.long
def test_summary_and_consolidation_on_the_screen(summed: Outcome, merged: Outcome) -> None:
    assert (summed.code, merged.code) == (1, 1)
    _printed_as_text(summed)
    _printed_as_text(merged)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("command", ["validate", "export", "consolidate"])
def test_json_on_the_screen(command: str, planted: Path, folder: Path, isolated: Isolated) -> None:
    """JSON holds the text whole, and shows it escaped where a terminal would obey it."""
    options = {
        "validate": ("--format", "json"),
        "export": ("--computed",),
        "consolidate": ("--format", "json", "-o", folder / "k2.xlsx", "--jobs", "1"),
    }
    outcome = isolated.command(command, planted, *options[command])
    assert MARK in outcome.out
    json.loads(outcome.out)
    _printed_as_text(outcome)


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, frozenset[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, frozenset(name for name, _ in attrs)))


def test_findings_as_a_page(checked: Outcome, folder: Path) -> None:
    assert checked
    page = (folder / "temuan.html").read_text("utf-8")
    assert MARK in page
    tags = _Page(page).tags
    assert sum(tag == "script" for tag, _ in tags) == 1
    assert not {tag for tag, _ in tags} & {"a", "img", "iframe", "link", "object", "base"}
    assert not {
        name for _, names in tags for name in names if name.startswith("on") or name in ("href", "src")
    }


TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")


def test_nothing_turns_the_page_around(checked: Outcome, folder: Path) -> None:
    """Neither a character that changes the direction of writing, nor any other control, in names of files too."""
    assert checked
    assert not TURNING.findall((folder / "temuan.html").read_text("utf-8"))
    assert "\ufffd" + MARK in (folder / "temuan.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["ringkasan.xlsx", "konsolidasi.xlsx"])
def test_nothing_turns_around_what_is_only_read(
    name: str, folder: Path, summed: Outcome, merged: Outcome
) -> None:
    assert all((summed, merged))
    book = openpyxl.load_workbook(folder / name)
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(MARK in text for text in texts)
    assert not [text for text in texts if TURNING.search(text)]


def test_findings_in_a_returned_workbook_turn_nothing_around(checked: Outcome, folder: Path) -> None:
    assert checked
    book = openpyxl.load_workbook(folder / "kembali" / "isian.xlsx")
    texts = [str(cell.value) for row in book["Temuan"].iter_rows() for cell in row if cell.value]
    texts += [
        cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    ]
    assert any(MARK in text for text in texts)
    assert not [text for text in texts if TURNING.search(text)]


def _where_it_stands(path: Path) -> Iterator[tuple[str, str]]:
    """Yield element or attribute, and text, wherever the mark stands in a workbook; every part must be XML."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for element in ElementTree.fromstring(archive.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                if element.text and MARK in element.text:
                    yield tag, element.text
                for attribute, text in element.attrib.items():
                    if MARK in text:
                        yield f"{tag}@{attribute.rpartition('}')[2]}", text


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("kembali/isian.xlsx"),
        "ringkasan.xlsx",
        "konsolidasi.xlsx",
    ],
)
def test_workbooks_hold_it_as_text(
    name: str, folder: Path, checked: Outcome, summed: Outcome, merged: Outcome
) -> None:
    assert all((checked, summed, merged))
    path = folder / name
    found = {where for where, _ in _where_it_stands(path)}
    # text of cells, results and notes; our own identity; names of sheets and links to these
    internal = {"sheet@name", "hyperlink@location", "hyperlink@display", "definedName"}
    assert found <= {"cNvPr@descr", "oddFooter", "t", "v", "lpwstr", "lpstr", "title", *internal}
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert MARK not in str(cell.value)
                if cell.hyperlink and cell.hyperlink.target:
                    assert not cell.hyperlink.target.startswith(("http", "file", "mailto"))


def test_texts_come_back_whole(planted: Path, folder: Path, checked: Outcome, isolated: Isolated) -> None:
    """What a workbook held it holds again when it goes back; no text is mended on the way."""
    assert checked
    before = isolated.command("export", planted)
    after = isolated.command("export", folder / "kembali" / "isian.xlsx")
    assert json.loads(after.out)["tabel"] == json.loads(before.out)["tabel"]
    programs = [row["program"] for row in json.loads(before.out)["tabel"]["keuangan"]]
    assert programs[: len(TEXTS)] == list(TEXTS)


def test_nothing_is_written_elsewhere(
    folder: Path, checked: Outcome, summed: Outcome, merged: Outcome
) -> None:
    assert all((checked, summed, merged))
    tables = {path.name for path in (folder / "parquet").iterdir()}
    assert all(re.fullmatch(r"[a-z_0-9]+\.parquet", name) for name in tables)
    assert [path.name for path in (folder / "kembali").iterdir()] == ["isian.xlsx"]
    inside = {path.name for path in folder.iterdir()} - {"k2.xlsx"}
    assert inside <= {
        "kiriman", "kembali", "temuan.html", "ringkasan.xlsx", "konsolidasi.xlsx", "parquet", ".lkjip-xl",
    }  # fmt: skip
    assert not list(folder.parent.glob(f"*{MARK}*"))


# -- names of sheets ------------------------------------------------------------------------------------------------

SHEET_NAMES = (
    "x" * 32,
    "a/b\\c:d*e?f[g]",
    "'kutip'",
    "TEMUAN",
    "History",
    "a&#10;b",
    "&#8238;terbalik",
    "_lkjip ",
    "",
)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(SHEET_NAMES, id="odd"),
        pytest.param(("Temuan",), id="ours"),
    ],
)
def test_a_sheet_may_have_any_name(
    names: tuple[str, ...], sample_file: Path, tmp_path: Path, isolated: Isolated
) -> None:
    """A sheet of theirs goes back under a name that Excel takes; nothing falls over."""
    book = openpyxl.load_workbook(sample_file)
    for number in range(len(names)):
        book.create_sheet(f"punyaku{number}")["B2"].value = f"milik OPD {number}"
    book.save(sample_file)
    for number, name in enumerate(names):
        rewrite_part(sample_file, BOOK, f'name="punyaku{number}"'.encode(), f'name="{name}"'.encode())
    target = tmp_path / "kembali"
    outcome = isolated.command("validate", sample_file, "--annotate", target)
    _printed_as_text(outcome)
    assert outcome.code == 1
    back = openpyxl.load_workbook(target / sample_file.name)
    assert all(0 < len(each) <= 31 and not set(each) & set("[]:*?/\\") for each in back.sheetnames)
    assert len({each.casefold() for each in back.sheetnames}) == len(back.sheetnames)
    theirs = [each["B2"].value for each in back if str(each["B2"].value).startswith("milik OPD")]
    assert theirs == [f"milik OPD {number}" for number in range(len(names))]


def test_a_sheet_whose_table_is_not_found_goes_back_beside_ours(
    sample_file: Path, tmp_path: Path, isolated: Isolated
) -> None:
    """Somebody has deleted the hidden row of keys."""
    book = openpyxl.load_workbook(sample_file)
    indicator = book["IKK"]["C8"].value
    book["IKK"].delete_rows(4)
    book.save(sample_file)
    outcome = isolated.command("validate", sample_file, "--annotate", tmp_path / "kembali")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    back = openpyxl.load_workbook(tmp_path / "kembali" / sample_file.name)
    assert [sheet.title for sheet in back if sheet["C7"].value == indicator] != []


# -- names of files -------------------------------------------------------------------------------------------------

FILE_NAMES = (
    "=cmd|' C calc'!A0.xlsx",
    "[red]merah.xlsx",
    "<script>.xlsx",
    "a\nPALSU: tidak ada temuan.xlsx",
    "\x1b]8;;x\x07.xlsx",
    "‮xslx.xlsx",  # noqa: PLE2502 - a bidi override is what is planted
    "-o.xlsx",
    "a\u2028PALSU.xlsx",
)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_of_files_are_printed_as_text(sample_file: Path, tmp_path: Path, isolated: Isolated) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    for name in FILE_NAMES:
        (folder / name).write_bytes(b"NO;NAMA")
    good = folder / FILE_NAMES[3]
    good.write_bytes(sample_file.read_bytes())
    outcome = isolated.command(
        "validate", folder, "--annotate", tmp_path / "kembali", "--report", tmp_path / "a\nPALSU.html"
    )
    assert outcome.code == 2
    assert outcome.err.count("Dibuat: ") == 2
    _printed_as_text(outcome)
    merged = isolated.command("consolidate", folder, "-o", tmp_path / "a\nPALSU.xlsx", "--jobs", "1")
    _printed_as_text(merged)
    for command in ("summarize", "export"):
        _printed_as_text(isolated.command(command, good, "-o", tmp_path / f"{command}\nPALSU.xlsx"))


# -- codes that look like paths -------------------------------------------------------------------------------------

CODES = (
    "../../x",
    "/etc/x",
    "..",
    "a/b",
    "a\\b",
    "C:x",
    "~",
    "*",
    ".tersembunyi",
    "a%2fb",
    "a\nb",
    "村",
    "-o",
)


@pytest.mark.parametrize("code", CODES)
def test_a_code_as_name_of_a_file(code: str) -> None:
    name = _file_name(code)
    assert re.fullmatch(r"[\w.-]+", name)
    assert Path(name).name == name != "."
    assert not name.startswith(".")


def test_no_name_of_a_file_begins_like_an_option() -> None:
    assert not [code for code in CODES if _file_name(code).startswith("-")]


def test_a_code_never_becomes_a_path(tmp_path: Path, isolated: Isolated) -> None:
    registry, folder = tmp_path / "opd.csv", tmp_path / "d1" / "d2" / "kosong"
    folder.parent.mkdir(parents=True)
    registry.write_text("kode,nama\n../../x,Dinas A\n/etc/x,Dinas B\n", "utf-8")
    command = ("template", "--registry", registry, "--tahun", "2023", "-o", folder)
    refused = isolated.command(*command, seconds=60)
    assert refused.code == 2
    assert refused.err.startswith(f"lkjip-xl: {registry}: kode ../../x di baris 2 tidak tertulis sebagai ")
    free = tmp_path / "bebas"  # a template set that declares no pattern
    shutil.copytree(ROOT / "templates", free)
    form = free / "identitas.toml"
    form.write_text(form.read_text("utf-8").replace('pattern = "kode_opd"\n', ""), "utf-8")
    outcome = isolated.command(*command, "--templates", free, seconds=60)
    assert (outcome.code, outcome.err) == (0, "")
    shutil.rmtree(free)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != registry]
    assert len(written) == 2
    assert {path.parent for path in written} == {folder}


# -- text that no cell can hold -------------------------------------------------------------------------------------


def test_a_text_longer_than_excel_holds_is_said_to_be_so(
    sample_file: Path, tmp_path: Path, isolated: Isolated
) -> None:
    """Excel holds 32,767 characters in a cell; a longer text may not be lost without a word."""
    content = unpacked(sample_file.read_bytes())["xl/sharedStrings.xml"].decode()
    found = re.search(r"<t>(Program Penataan Desa)</t>", content)
    assert found is not None
    rewrite_part(sample_file, "xl/sharedStrings.xml", found[0].encode(), f"<t>{'x' * 40_000}</t>".encode())
    outcome = isolated.command("validate", sample_file, "--annotate", tmp_path / "kembali")
    assert "Traceback" not in outcome.err
    if outcome.code == 2:
        return
    back = openpyxl.load_workbook(io.BytesIO((tmp_path / "kembali" / sample_file.name).read_bytes()))
    texts = [str(cell.value) for row in back["3.4 Keuangan"].iter_rows() for cell in row if cell.value]
    assert any(text.startswith("x" * 1000) for text in texts)
