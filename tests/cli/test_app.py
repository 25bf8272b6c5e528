"""The command line: exit codes, one clear line for bad input, nothing half written."""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from isolated import POSSIBLE, Isolated
from support import CODE_LIST, SAMPLE, fill

COMMANDS = ("template", "validate", "summarize", "export", "rules")


def _run(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Return how a command ends; most run in a fork of one process that has imported everything."""
    if POSSIBLE and folder is None and "consolidate" not in arguments:
        done = _server().command(*arguments)
        return subprocess.CompletedProcess(arguments, done.code, done.out, done.err)
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "lkjip_xl", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=120,
    )


@functools.cache
def _server() -> Isolated:
    """Return a server for all tests here, which ends with this process."""
    server = Isolated().__enter__()
    atexit.register(server.__exit__)
    return server


def test_the_whole_line(tmp_path: Path) -> None:
    book, summary, data = tmp_path / "a.xlsx", tmp_path / "r.xlsx", tmp_path / "d.json"
    made = _run("template", "--data", SAMPLE, "-o", book)
    assert (made.returncode, made.stdout, made.stderr) == (0, f"Dibuat: {book}\n", "")
    checked = _run("validate", book)
    assert (checked.returncode, checked.stderr) == (1, "")
    lines = checked.stdout.splitlines()
    assert lines[:9] == [
        f"{book} (DPMD · Dinas Pemberdayaan Masyarakat dan Desa · 2023)",
        "  Lembar 1.3 Golongan",
        "    galat      B12: GOLONGAN “Penata Tk. I / III.d” sudah ditulis di baris sebelumnya",
        "               → Gabungkan kedua baris, atau perbaiki yang salah tulis [unik]",
        "  Lembar 2.1 Perjanjian Kinerja",
        "    galat      D8: INDIKATOR KINERJA “Jumlah Desa Sangat Tertinggal dan Teringgal menjadi desa Be…” tidak ada "
        "di lembar 2.2 IKU atau IKK",
        "               → Pilih dari daftar di sel ini, supaya tertulis sama persis; barangkali “Jumlah Desa Sangat "
        "Tertinggal dan Tertinggal Menjadi Desa B…” [acuan]",
        "               ikut: peringatan, lembar 2.2 IKU D8: IKU Jumlah Desa Sangat Tertinggal dan Tertinggal Menjadi "
        "Desa Berkembang tidak ada di Perjanjian Kinerja (lembar 2.1) [iku-tanpa-pk]",
        "    peringatan C8–C10: Sasaran Meningkatnya Infrastruktur yang Baik, Merata, Berwawasan Lingkungan dan Naiknya "
        "Status Desa tidak ada di lembar 2.2 IKU dengan tulisan yang sama",
    ]
    assert lines[-1] == "  3 galat, 44 peringatan, 2 catatan"
    summed = _run("summarize", book, "-o", summary)
    assert (summed.returncode, summed.stdout) == (1, f"Dibuat: {summary} (49 temuan)\n")
    assert _run("export", book, "-o", data).returncode == 0
    assert data.read_bytes() == SAMPLE.read_bytes()
    assert _run("export", book).stdout == SAMPLE.read_text("utf-8")


def test_clean_is_zero(clean: Path) -> None:
    result = _run("validate", clean)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "  Tidak ada temuan")


def test_json_is_a_list_of_files(clean: Path, tmp_path: Path) -> None:
    missing = tmp_path / "tidak-ada.xlsx"
    result = _run("validate", "--format", "json", clean, missing)
    assert result.returncode == 2
    files = json.loads(result.stdout)
    tables = files[0].pop("tabel")
    assert len(tables) == 18
    assert tables[0] == {
        "tabel": "identitas",
        "lembar": "Identitas",
        "keadaan": "lengkap",
        "terisi": 4,
        "dari": 4,
        "alasan": "",
    }
    assert files == [
        {"berkas": str(clean), "opd": "1.01", "tahun": 2023, "status": "bersih", "temuan": []},
        {
            "berkas": str(missing),
            "opd": "",
            "tahun": None,
            "status": "tidak terbaca",
            "tabel": [],
            "temuan": [
                {
                    "aturan": "berkas",
                    "tingkat": "galat",
                    "lembar": "",
                    "sel": "",
                    "nilai": "",
                    "seharusnya": "",
                    "pesan": "berkas tidak ada; periksa nama dan foldernya",
                    "perbaikan": "Kirim ulang berkas yang benar",
                    "penjelasan": "",
                    "ikut": "",
                }
            ],
        },
    ]


def test_a_folder_is_searched(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "~$bersih.xlsx").write_bytes(b"kunci")
    result = _run("validate", tmp_path)
    assert (result.returncode, result.stdout.count(str(clean))) == (0, 1)


def test_blank_template_with_parameters(tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    made = _run(
        "template", "--opd", "1.01", "--nama", "Dinas Ä", "--tahun", "2025", "--periode", "2025-2029",
        "--modul", "idm", "--baris", "keuangan=7", "-o", path,
    )  # fmt: skip
    assert made.returncode == 0
    assert json.loads(_run("export", path).stdout) == {
        "format": "lkjip-xl/1",
        "templat": {"id": "lkjip_opd", "versi": "1.0.0"},
        "tahun": 2025,
        "periode": [2025, 2029],
        "modul": ["idm"],
        "tabel": {
            "identitas": {"kode": "1.01", "nama": "Dinas Ä"},
            "pegawai": [{"pegawai": "PNS"}, {"pegawai": "THL"}],
        },
    }


BAD = [
    (("validate", "tidak-ada.xlsx"), "tidak-ada.xlsx: tidak terbaca: berkas tidak ada; periksa nama dan foldernya", "out"),
    (("validate", "kosong"), "lkjip-xl: kosong: folder ini tidak berisi berkas .xlsx", "err"),
    (("summarize", "teks.xlsx", "-o", "r.xlsx"), "lkjip-xl: teks.xlsx: ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel", "err"),
    (("export", "teks.xlsx"), "lkjip-xl: teks.xlsx: ini berkas teks atau berkas lain yang diberi nama .xlsx, bukan buku kerja Excel", "err"),
    (("template", "--data", "salah.json", "-o", "a.xlsx"), "lkjip-xl: salah.json: tabel.apa: tabel ini tidak ada di templat lkjip_opd", "err"),
    (("template", "--data", "tidak-ada.json", "-o", "a.xlsx"), "lkjip-xl: tidak-ada.json: berkas atau foldernya tidak ada", "err"),
    (("template", "--tahun", "2023", "--periode", "2018", "-o", "a.xlsx"), "lkjip-xl: --periode 2018: tulis seperti 2018-2023", "err"),
    (("template", "--tahun", "2030", "--periode", "2018-2023", "-o", "a.xlsx"), "lkjip-xl: tahun: 2030 tidak berada dalam periode 2018-2023", "err"),
    (("template", "--modul", "x", "-o", "a.xlsx"), "lkjip-xl: modul: 'x' tidak dikenal; yang ada: idm, keuangan_tahunan", "err"),
    (("template", "--modul", "kode", "-o", "a.xlsx"), "lkjip-xl: --modul kode: modul ini ada dengan sendirinya bila --codes diberikan", "err"),
    (("template", "--codes", "tidak-ada.csv", "-o", "a.xlsx"), "lkjip-xl: tidak-ada.csv: berkas atau foldernya tidak ada", "err"),
    (("template", "--codes", "salah.json", "-o", "a.xlsx"), "lkjip-xl: salah.json: daftar kode seharusnya berkas .xlsx atau .csv", "err"),
    (("template", "--baris", "iku=0", "-o", "a.xlsx"), "lkjip-xl: --baris iku=0: jumlah baris harus 1 sampai 5000", "err"),
    (("template", "--baris", "idm=9", "-o", "a.xlsx"), "lkjip-xl: --baris idm=9: tabel idm tidak ada atau barisnya tetap", "err"),
    (("template", "-o", "tak/ada/a.xlsx"), "lkjip-xl: tak/ada/a.xlsx: folder tak/ada tidak ada; buat dahulu foldernya", "err"),
    (("template", "--tahun", "2023", "--periode", "2024-2018", "-o", "a.xlsx"), "lkjip-xl: periode: 2024-2018 terbalik; tulis tahun awal lebih dahulu", "err"),
    (("template", "--tahun", "20233", "-o", "a.xlsx"), "lkjip-xl: tahun: seharusnya tahun (1990–2100), bukan 20233", "err"),
    (("template", "--tahun", "0", "-o", "a.xlsx"), "lkjip-xl: tahun: seharusnya tahun (1990–2100), bukan 0", "err"),
    (("template", "--nama", "a\x01b", "-o", "a.xlsx"), "lkjip-xl: --nama: teks berisi tanda yang tidak dapat disimpan di Excel", "err"),
    (("template", "-o", "a.txt"), "lkjip-xl: a.txt: nama berkas hasil harus berakhir dengan .xlsx", "err"),
    (("template", "-o", "x" * 300 + ".xlsx"), f"lkjip-xl: {'x' * 300}.xlsx: tidak dapat ditulis (nama berkasnya terlalu panjang)", "err"),
    (("template", "-o", "teks.xlsx"), "lkjip-xl: teks.xlsx: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya", "err"),
    (("template", "-o", "kosong"), "lkjip-xl: kosong: ini folder; tulis nama berkasnya", "err"),
    (("template", "--templates", "kosong", "-o", "a.xlsx"), "lkjip-xl: Templat keliru di kosong: folder templat tidak berisi template.toml", "err"),
    (("template", "--tahun", "x", "-o", "a.xlsx"), "lkjip-xl: nilai untuk --tahun tidak sesuai; lihat lkjip-xl --help", "err"),
    (("template",), "lkjip-xl: --output wajib diisi; lihat lkjip-xl --help", "err"),
    (("validate",), "lkjip-xl: PATH... wajib diisi; lihat lkjip-xl --help", "err"),
    (("periksa",), "lkjip-xl: perintah periksa tidak ada; lihat lkjip-xl --help", "err"),
    (("validate", "--apa", "a"), "lkjip-xl: pilihan --apa tidak dikenal; lihat lkjip-xl --help", "err"),
]  # fmt: skip


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("arguments", "line", "stream"),
    BAD,
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_line_and_exit_2(
    arguments: tuple[str, ...], line: str, stream: str, tmp_path: Path
) -> None:
    (tmp_path / "kosong").mkdir()
    (tmp_path / "teks.xlsx").write_text("NO;NAMA", encoding="utf-8")
    (tmp_path / "salah.json").write_text(
        json.dumps({"format": "lkjip-xl/1", "tahun": 2023, "periode": [2018, 2023], "tabel": {"apa": []}}),
        encoding="utf-8",
    )
    before = sorted(path.name for path in tmp_path.iterdir())
    result = _run(*arguments, folder=tmp_path)
    printed = (result.stdout, result.stderr) if stream == "out" else (result.stderr, result.stdout)
    assert (result.returncode, *printed) == (2, line + "\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_force_replaces_and_only_force(clean: Path) -> None:
    before = clean.read_bytes()
    assert _run("template", "--data", SAMPLE, "-o", clean).returncode == 2
    assert clean.read_bytes() == before
    assert _run("template", "--data", SAMPLE, "-o", clean, "--force").returncode == 0
    assert clean.read_bytes() != before


@pytest.mark.parametrize("command", ["summarize", "export"])
def test_the_input_is_never_written_over(command: str, clean: Path) -> None:
    before = clean.read_bytes()
    result = _run(command, clean, "-o", clean, "--force")
    line = f"lkjip-xl: {clean}: ini berkas masukannya; pakai nama lain untuk hasilnya\n"
    assert (result.returncode, result.stderr, clean.read_bytes()) == (2, line, before)


def test_output_is_utf8_whatever_the_system_prefers(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    assert _run("template", "--data", SAMPLE, "-o", book).returncode == 0
    result = subprocess.run(
        [sys.executable, "-m", "lkjip_xl", "validate", str(book)],
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
    )
    assert (result.returncode, result.stderr) == (1, b"")
    assert "→ Gabungkan kedua baris" in result.stdout.decode("utf-8")


def test_export_says_what_it_leaves_out(clean: Path) -> None:
    fill(clean, {"3.1 Kinerja": {"H8": "243 desa"}})
    data = clean.with_name("d.json")
    for arguments in ((), ("--computed",), ("-o", data)):
        result = _run("export", clean, *arguments)
        assert (result.returncode, result.stderr.splitlines()) == (
            1,
            [
                f"{clean} (1.01 · Dinas Contoh · 2023)",
                "  Lembar 3.1 Kinerja",
                "    galat      H8: Target berisi “243 desa”, bukan angka dan bukan predikat",
                "               → Ketik ulang angkanya saja, tanpa Rp, %, satuan, atau titik ribuan; "
                "atau predikatnya saja, misalnya BB atau A (80,50) [tipe]",
                "  1 galat",
                "lkjip-xl: yang disebut di atas tidak ikut keluar",
            ],
        )
    document = json.loads(data.read_text("utf-8"))  # it is written all the same
    assert document["tabel"]["kinerja"]["iku"][0] == {"realisasi_isian": 55}
    assert document["tabel"]["pegawai"][0] == {"pegawai": "PNS", "jumlah": 25}


def test_a_failing_summary_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    target.write_bytes(b"lama")
    result = _run("summarize", tmp_path / "tidak-ada.xlsx", "-o", target, "--force")
    assert (result.returncode, target.read_bytes()) == (2, b"lama")


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    name = "jahat\x1b[31m.xlsx"
    result = _run("validate", tmp_path / name)
    assert "\x1b" not in result.stdout + result.stderr
    assert result.returncode == 2


def test_the_catalogue_of_rules() -> None:
    entries = json.loads(_run("rules", "--format", "json").stdout)
    assert {
        "aturan": "akip-predikat",
        "tingkat": "galat",
        "lembar": "AKIP",
        "judul": "Predikat AKIP sesuai nilainya",
        "syarat": "predikat_isian = predikat",
        "pesan": "Nilai AKIP {nilai} berpredikat {predikat}, bukan {predikat_isian}",
        "perbaikan": "Periksa nilai dan predikat di laporan hasil evaluasi",
        "sumber": "Permenpan RB 88/2021",
    } in entries
    text, table = _run("rules").stdout, _run("rules", "--format", "md").stdout
    assert all(entry["aturan"] in text and f"| {entry['aturan']} |" in table for entry in entries)


def test_version() -> None:
    from lkjip_xl import __version__

    assert _run("--version").stdout == f"lkjip-xl {__version__}\n"


@pytest.mark.parametrize("arguments", [("--help",), *((name, "--help") for name in COMMANDS)], ids=" ".join)
def test_help_imports_no_heavy_library_and_is_indonesian(arguments: tuple[str, ...]) -> None:
    program = (
        "import sys; from lkjip_xl.cli import app as cli\n"
        f"sys.argv = ['lkjip-xl', *{arguments!r}]\n"
        "try: cli.run()\n"
        "except SystemExit: pass\n"
        "heavy = {'polars', 'pandera', 'openpyxl', 'xlsxwriter', 'python_calamine', 'babel', 'jinja2'}\n"
        "print('\\nHEAVY', sorted(heavy & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert printed.splitlines()[-1] == "HEAVY []"
    assert printed.startswith("Pemakaian: lkjip-xl")
    for english in ("Usage", "Options:", "Arguments", "Commands", "required", "Show ", "Install "):
        assert english not in printed


def test_importing_the_package_is_light() -> None:
    program = (
        "import sys, lkjip_xl; print(sorted({'polars', 'pandera', 'typer', 'pydantic'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"[]\n"


def test_a_clean_workbook_is_validated_without_pandas(clean: Path) -> None:
    """It comes with pandera and takes longer to import than the workbook to check."""
    program = (
        "import sys; from lkjip_xl.cli import app as cli\n"
        f"sys.argv = ['lkjip-xl', 'validate', {str(clean)!r}]\n"
        "try: cli.run()\n"
        "except SystemExit as ended: print('CODE', ended.code)\n"
        "print('HEAVY', sorted({'pandas', 'pandera', 'polars'} & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert printed.splitlines()[-2:] == ["CODE 0", "HEAVY ['polars']"]


def test_annotate_and_report(sample_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain"
    other.mkdir()
    twin = other / sample_file.name
    twin.write_bytes(sample_file.read_bytes())
    folder, page = tmp_path / "kembali", tmp_path / "temuan.html"
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(b"x")
    options = ("--annotate", folder, "--report", page)
    run = _run("validate", sample_file, twin, broken, *options)
    assert run.returncode == 2
    assert run.stderr.splitlines() == [
        f"Dibuat: {folder / 'dpmd.xlsx'}",
        f"Dibuat: {folder / 'dpmd-2.xlsx'}",
        f"Dibuat: {page}",
    ]
    assert sorted(each.name for each in folder.iterdir()) == ["dpmd-2.xlsx", "dpmd.xlsx"]
    assert page.read_text("utf-8").startswith("<!doctype html>")
    again = _run("validate", sample_file, *options)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == (
        f"lkjip-xl: {folder / 'dpmd.xlsx'}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya\n"
    )
    assert _run("validate", sample_file, *options, "--force").returncode == 1


def test_annotate_never_writes_over_its_input(sample_file: Path) -> None:
    before = sample_file.read_bytes()
    run = _run("validate", sample_file, "--annotate", sample_file.parent, "--force")
    assert run.returncode == 2
    assert run.stderr == f"lkjip-xl: {sample_file}: ini berkas masukannya; pakai nama lain untuk hasilnya\n"
    assert sample_file.read_bytes() == before


REGENCY = SAMPLE.parent / "kabupaten-contoh"


def test_consolidate(tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    for path in sorted(REGENCY.glob("[0-9]*.xlsx"))[:4]:
        (folder / path.name).write_bytes(path.read_bytes())
    output = folder / "konsolidasi.xlsx"
    arguments = ("consolidate", folder, "--registry", REGENCY / "opd.csv", "-o", output, "--jobs", "1")
    run = _run(*arguments, "--parquet", tmp_path / "baris")
    assert run.returncode == 1
    assert run.stdout.splitlines()[0] == (
        "Tahun 2023: 12 OPD, 3 mengirim, 2 diterima, 1 bergalat, 9 belum mengirim"
    )
    assert run.stdout.splitlines()[-1] == f"Dibuat: {output}"
    assert run.stderr.splitlines()[-1] == "4 dari 4 berkas dibaca"
    assert (tmp_path / "baris" / "kinerja.parquet").is_file()
    refused = _run(*arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"lkjip-xl: {output}: berkas sudah ada; pakai nama lain, atau --force untuk menimpanya\n"
    )
    before = output.read_bytes()
    again = _run(*arguments, "--force", "--format", "json")
    assert again.returncode == 1
    assert json.loads(again.stdout)["opd"] == {
        "wajib": 12,
        "mengirim": 3,
        "diterima": 2,
        "bergalat": 1,
        "dikeluarkan": 0,
        "belum_mengirim": 9,
    }
    assert again.stderr == ""
    assert output.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [".lkjip-xl", "konsolidasi.xlsx", *(path.name for path in sorted(REGENCY.glob("[0-9]*.xlsx"))[:4])]
    )


def test_consolidate_never_writes_over_a_submission(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes((REGENCY / "6.01-inspektorat-daerah.xlsx").read_bytes())
    before = path.read_bytes()
    run = _run("consolidate", tmp_path, "-o", path, "--force")
    assert run.returncode == 2
    assert run.stderr == f"lkjip-xl: {path}: ini berkas masukannya; pakai nama lain untuk hasilnya\n"
    assert path.read_bytes() == before


def test_only_refused_files_are_faults(tmp_path: Path) -> None:
    registry = tmp_path / "opd.csv"
    registry.write_text("kode,nama\n9,Lain\n", encoding="utf-8")
    source = REGENCY / "6.01-inspektorat-daerah.xlsx"
    run = _run("consolidate", source, "--registry", registry, "-o", tmp_path / "k.xlsx")
    assert run.returncode == 1
    assert "tidak terdaftar" in run.stdout


@pytest.mark.sampled(1)
@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal")
@pytest.mark.parametrize("after", [0.6, 1.6, 2.6])
def test_an_interrupted_batch_leaves_nothing(tmp_path: Path, after: float) -> None:
    import signal
    import time

    output = tmp_path / "k.xlsx"
    for n in range(3):
        for path in REGENCY.glob("[0-9]*.xlsx"):  # some hundred files would take longer to make than to read
            (tmp_path / "kiriman" / f"{n}").mkdir(parents=True, exist_ok=True)
            (tmp_path / "kiriman" / f"{n}" / path.name).write_bytes(path.read_bytes() + b"\0" * n)
    command = [
        sys.executable,
        "-m",
        "lkjip_xl",
        "consolidate",
        tmp_path / "kiriman",
        "-o",
        output,
        "--jobs",
        "2",
    ]
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert b"Traceback" not in errors
    if process.returncode == 130:
        assert errors.decode().splitlines()[-1] == "lkjip-xl: dihentikan"
        assert not output.exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".lkjip-") and path.is_file()]


@pytest.mark.sampled(2)
@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal")
@pytest.mark.parametrize("signal", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_an_ended_batch_says_so_in_its_own_words(tmp_path: Path, signal: str) -> None:
    """No word of Python's, also not of the process that watches over what the others share."""
    import signal as signals
    import time

    output = tmp_path / "k.xlsx"
    arguments = ["consolidate", str(REGENCY), "-o", str(output), "--jobs", "2"]
    with subprocess.Popen(
        [sys.executable, "-m", "lkjip_xl", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"},
    ) as process:
        end = time.monotonic() + 20
        while not list(tmp_path.glob(".lkjip-xl/*/CACHEDIR.TAG")):
            assert time.monotonic() < end
            time.sleep(0.02)
        time.sleep(0.5)  # until processes have begun
        number = getattr(signals, signal)
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    killed = signal == "SIGKILL"
    assert (process.returncode, errors.decode()) == (
        (-number, "") if killed else (128 + number, "lkjip-xl: dihentikan\n")
    )
    assert not output.exists()
    left = [] if killed else [path.name for path in tmp_path.glob(".lkjip-xl/*/*")]
    assert left in ([], ["CACHEDIR.TAG"])


def test_blank_workbooks_for_a_registry(tmp_path: Path) -> None:
    registry, folder = tmp_path / "opd.csv", tmp_path / "kosong"
    registry.write_text("kode;nama;modul;periode\n02,13.;Dua;idm;2024-2026\n1.01;Satu;;\n", encoding="utf-8")
    run = _run("template", "--registry", registry, "--tahun", "2024", "-o", folder)
    assert (run.returncode, run.stdout) == (0, f"Dibuat: 2 buku kerja di {folder}\n")
    assert sorted(path.name for path in folder.iterdir()) == ["1.01-2024.xlsx", "2.13-2024.xlsx"]
    document = json.loads(_run("export", folder / "2.13-2024.xlsx").stdout)
    assert (document["tabel"]["identitas"], document["modul"], document["periode"]) == (
        {"kode": "2.13", "nama": "Dua"},
        ["idm"],
        [2024, 2026],
    )
    registry.write_text("kode;nama;modul\n1;Satu;entah\n", encoding="utf-8")
    wrong = _run("template", "--registry", registry, "--tahun", "2024", "-o", folder)
    assert (wrong.returncode, wrong.stderr) == (
        2,
        f"lkjip-xl: {registry}: OPD 1: modul: 'entah' tidak dikenal; yang ada: idm, keuangan_tahunan\n",
    )


def test_blank_workbooks_with_the_codes_of_each_opd(tmp_path: Path) -> None:
    """An OPD whose code names no field has it in the registry; what cannot be read of the list is said."""
    registry, codes, folder = tmp_path / "opd.csv", tmp_path / "daftar.csv", tmp_path / "kosong"
    registry.write_text("kode;nama;bidang\n1.01;Satu;\nDPMD;Dua;2.13 2.14\n", encoding="utf-8")
    lines = ["KODE;NOMENKLATUR", "1.01.02;A", "2.13.02;B", "2.14.02;C", "2.1.02;D", "X.XX.01;E"]
    codes.write_text("\n".join(lines), encoding="utf-8")
    run = _run("template", "--registry", registry, "--codes", codes, "--tahun", "2024", "-o", folder)
    said = "daftar.csv: 1 baris dilewati, karena kode atau tahunnya tidak terbaca: baris 5\n"
    assert (run.returncode, run.stdout, run.stderr) == (0, f"Dibuat: 2 buku kerja di {folder}\n", said)
    carried = {}
    for path in sorted(folder.iterdir()):
        rows = json.loads(_run("export", path).stdout)["tabel"]["nomenklatur"]
        carried[path.name] = {row["kode"]: row["nama"] for row in rows}
    assert carried == {
        "1.01-2024.xlsx": {"1.01.01": "E", "1.01.02": "A", "X.XX.01": "E"},
        "DPMD-2024.xlsx": {"2.13.01": "E", "2.13.02": "B", "2.14.01": "E", "2.14.02": "C", "X.XX.01": "E"},
    }
    registry.write_text("kode;nama\nDPMD;Dua\n", encoding="utf-8")
    wrong = _run("template", "--registry", registry, "--codes", CODE_LIST, "--tahun", "2024", "-o", folder)
    assert (wrong.returncode, wrong.stderr) == (
        2,
        f"lkjip-xl: {registry}: OPD DPMD: nomenklatur-contoh.csv tidak memuat kode OPD tanpa kode berangka; "
        "tulis bidangnya, misalnya --bidang 2.13\n",
    )


def test_the_code_of_an_opd_is_written_as_its_pattern_says(tmp_path: Path) -> None:
    path, data = tmp_path / "a.xlsx", tmp_path / "a.json"
    assert _run("template", "--opd", "'02,13", "--tahun", "2024", "-o", path).returncode == 0
    assert json.loads(_run("export", path).stdout)["tabel"]["identitas"] == {"kode": "2.13"}
    wrong = _run("template", "--opd", "2.1", "--tahun", "2024", "-o", tmp_path / "b.xlsx")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "lkjip-xl: --opd 2.1: kode OPD seharusnya angka bertitik seperti 2.13 atau 2.13.0.00.0.00.01, atau singkatan seperti DPMD\n",
    )
    document = {"format": "lkjip-xl/1", "tahun": 2024, "periode": [2021, 2026]}
    document["tabel"] = {"identitas": {"kode": "２.１３\u200b", "nip": "19840212 200604 1 003"}}
    data.write_text(json.dumps(document), encoding="utf-8")
    assert _run("template", "--data", data, "-o", path, "--force").returncode == 0
    written = json.loads(_run("export", path).stdout)["tabel"]["identitas"]
    assert written == {"kode": "2.13", "nip": "198402122006041003"}


@pytest.mark.long
def test_limits_can_be_raised(sample_file: Path, tmp_path: Path) -> None:
    """Everywhere where workbooks are read; what was refused before is read again."""
    with zipfile.ZipFile(sample_file, "a") as archive:
        archive.writestr("xl/media/foto.png", b"\0" * 33 * 1024 * 1024)
    refused = f"{sample_file}: tidak terbaca: berkas lebih besar dari 32 MB; ini bukan isian LKjIP\n"
    assert _run("validate", sample_file).stdout == refused
    for command in (
        ("validate", sample_file),
        ("summarize", sample_file, "-o", tmp_path / "ringkasan.xlsx", "--force"),
        ("export", sample_file, "-o", tmp_path / "data.json", "--force"),
        ("consolidate", sample_file, "-o", tmp_path / "hasil.xlsx", "--force"),
    ):
        assert _run(*command).returncode == 2
        assert _run(*command, "--limits", "2").returncode == (0 if command[0] == "export" else 1)
