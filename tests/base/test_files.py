"""Searching a folder: whatever looks like a submission is read, or named with its reason; nothing vanishes."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.files import _LIST_REASON, _REASONS, _TRAILING_REASON, find_workbooks
from lkjip_xl.consolidation import readers
from support import REGISTRY, REPORT, Run, here

SPREADSHEET_XML = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
SAVE_AS = "buka lalu Simpan sebagai .xlsx"
UNREAD = {
    "a.xls": f"ini berkas Excel atau WPS lama; {SAVE_AS}",
    "a.XLS": f"ini berkas Excel atau WPS lama; {SAVE_AS}",
    "a.xlw": f"ini berkas Excel atau WPS lama; {SAVE_AS}",
    "a.et": f"ini berkas Excel atau WPS lama; {SAVE_AS}",
    "a.xlsb": f"ini berkas Excel biner; {SAVE_AS}",
    "a.xlt": f"ini templat lembar kerja; {SAVE_AS}",
    "a.xltx": f"ini templat lembar kerja; {SAVE_AS}",
    "a.ods": f"ini berkas OpenDocument; {SAVE_AS}",
    "a.xml": f"ini lembar kerja XML 2003; {SAVE_AS}",
    "a.numbers": "ini berkas Apple Numbers; buka lalu ekspor ke Excel (.xlsx)",
    "a.gsheet": "ini hanya penunjuk ke Google Sheets; buka lalu unduh sebagai Microsoft Excel (.xlsx)",
    "a.zip": "ini arsip; keluarkan isinya, lalu pindahkan arsipnya dari folder ini",
    "bidang/a.rar": "ini arsip; keluarkan isinya, lalu pindahkan arsipnya dari folder ini",
    "a.7z": "ini arsip; keluarkan isinya, lalu pindahkan arsipnya dari folder ini",
    "a.xlsx.part": _TRAILING_REASON,
    "a.xlsx (1)": _TRAILING_REASON,
    "a.xlsx.crdownload": _TRAILING_REASON,
    "a.xlsx.bak": _TRAILING_REASON,
    "a.xlsx.txt": _TRAILING_REASON,
    "a.xlsx_": _TRAILING_REASON,
    "a.xlsm~": _TRAILING_REASON,
    "a.xlsx - Shortcut.lnk": _TRAILING_REASON,
}
UNRELATED = (
    "a.json", "a.pdf", "a.docx", "foto.jpg", "a.xlsx.pdf", "a.xlsx.json", "lain.xml", "catatan.txt", "README", "temuan.html",
    "Thumbs.db", "desktop.ini", "a.parquet", "axlsx", "xls.txt",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _one_process_is_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "local_pool", here)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report as .xlsm, and files of every look-alike name."""
    folder = tmp_path / "kiriman"
    (folder / "bidang").mkdir(parents=True)
    (folder / "laporan.xlsm").write_bytes(REPORT.read_bytes())
    for name in (
        *UNREAD,
        *UNRELATED,
        "opd.csv",
        "rekap.csv",
        "~$laporan.xlsm",
        ".~lock.laporan.xlsm#",
        ".a.xls",
    ):
        (folder / name).write_bytes(REGISTRY.encode() if name.endswith(".csv") else b"x")
    (folder / "a.xml").write_bytes(SPREADSHEET_XML)
    (folder / "b.numbers").mkdir()
    (folder / "b.numbers" / "isi.zip").write_bytes(b"x")
    return folder


def _expected(folder: Path) -> dict[str, str]:
    named = UNREAD | {"b.numbers": UNREAD["a.numbers"]}
    return {str(folder / name): reason for name, reason in named.items()}


def test_what_looks_like_a_submission_is_named(folder: Path) -> None:
    found = find_workbooks([folder], known=[folder / "opd.csv"])
    assert found.files == (folder / "laporan.xlsm",)
    assert {str(path): reason for path, reason in found.unread} == _expected(folder)
    assert found.lists == ((folder / "rekap.csv", _LIST_REASON),)
    assert (found.locks, found.hidden) == (2, 1)


def test_validate_names_them(folder: Path, run: Run) -> None:
    code, out, err = run("validate", folder, "--format", "json")
    files = {each["berkas"]: each for each in json.loads(out)}
    read = files.pop(str(folder / "laporan.xlsm"))
    assert (code, read["opd"], read["status"]) == (2, "6.01", "bersih")
    assert {path: each["temuan"][0]["pesan"] for path, each in files.items()} == _expected(folder)
    assert {each["temuan"][0]["aturan"] for each in files.values()} == {"berkas"}
    assert {each["status"] for each in files.values()} == {"tidak terbaca"}
    assert sorted(err.splitlines()) == [
        f"lkjip-xl: {folder / name}: {_LIST_REASON}" for name in ("opd.csv", "rekap.csv")
    ]


def test_consolidate_names_them(folder: Path, run: Run, tmp_path: Path) -> None:
    arguments = ("consolidate", folder, "--registry", folder / "opd.csv", "-o", tmp_path / "k.xlsx")
    code, out, _ = run(*arguments)
    lines = out.splitlines()
    assert (code, lines[0]) == (
        2,
        "Tahun 2023: 1 OPD, 1 mengirim, 1 diterima, 0 bergalat, 0 belum mengirim",
    )
    unread = {f"  tidak terbaca: {path}: {reason}" for path, reason in _expected(folder).items()}
    assert {line for line in lines if "tidak terbaca" in line} == unread
    assert f"  dilewati: {folder / 'rekap.csv'}: {_LIST_REASON}" in lines
    sheet = openpyxl.load_workbook(tmp_path / "k.xlsx")["Kiriman"]
    rows = [(row[0].value, row[4].value, row[5].value) for row in sheet.iter_rows(min_row=5)]
    named = {(Path(path).name, "tidak terbaca", reason) for path, reason in _expected(folder).items()}
    assert set(rows) == {
        *named,
        ("laporan.xlsm", "diterima", "satu-satunya berkas OPD ini yang dibaca"),
        ("rekap.csv", "dilewati", _LIST_REASON),
    }
    findings = openpyxl.load_workbook(tmp_path / "k.xlsx")["Temuan"]
    rules = [row[10].value for row in findings.iter_rows(min_row=5)]
    assert rules.count("berkas") == len(named)
    (folder / "rekap.csv").unlink()
    for path in _expected(folder):
        if Path(path).is_file():
            Path(path).unlink()
    (folder / "b.numbers").rename(folder / "lain")
    (folder / "lain" / "isi.zip").unlink()
    assert run(*arguments, "--force")[0] == 0


def test_a_list_beside_the_workbooks_is_no_failed_submission(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(REPORT.read_bytes())
    (tmp_path / "daftar opd 2023.csv").write_text(REGISTRY, encoding="utf-8")
    assert run("validate", tmp_path)[0] == 0
    code, out, _ = run("consolidate", tmp_path, "-o", tmp_path / "k.xlsx", "--format", "json")
    document = json.loads(out)
    assert (code, document["dilewati"]["daftar"]) == (
        0,
        [{"berkas": str(tmp_path / "daftar opd 2023.csv"), "alasan": _LIST_REASON}],
    )


def test_a_folder_of_look_alikes_only_is_not_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"tidak berisi berkas \.xlsx"):
        find_workbooks([tmp_path])
    (tmp_path / "a.xls").write_bytes(b"x")
    assert find_workbooks([tmp_path]).unread == ((tmp_path / "a.xls", _REASONS[".xls"]),)


def test_a_file_that_is_named_is_what_its_content_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx (1)"
    path.write_bytes(REPORT.read_bytes())
    assert run("validate", path)[0] == 0


def test_a_workbook_by_another_name_is_named(folder: Path) -> None:
    good = (folder / "laporan.xlsm").read_bytes()
    for name in ("kiriman", "WA0012.tmp", "dinas.bin", "lampiran.docx"):
        (folder / name).write_bytes(good)
    (folder / "arsip.dat").write_bytes(b"PK\x03\x04 tanpa buku kerja")
    new = {str(path): reason for path, reason in find_workbooks([folder]).unread}.items() - _expected(
        folder
    ).items()
    reason = "ini buku kerja Excel dengan nama lain; beri nama yang berakhir .xlsx"
    assert new == {(str(folder / name), reason) for name in ("kiriman", "WA0012.tmp", "dinas.bin")}


def test_an_earlier_result_in_a_folder_is_passed_over(folder: Path, run: Run) -> None:
    for each in folder.rglob("*"):
        if each.is_file() and each.name != "laporan.xlsm":
            each.unlink()
    (folder / "b.numbers").rmdir()
    assert run("summarize", folder / "laporan.xlsm", "-o", folder / "ringkasan.xlsx")[0] == 0
    code, out, err = run("validate", folder)
    assert (code, err) == (0, f"lkjip-xl: {folder / 'ringkasan.xlsx'}: hasil lkjip-xl, jadi dilewati\n")
    assert "ringkasan" not in out
    assert run("validate", folder / "ringkasan.xlsx")[0] == 2
