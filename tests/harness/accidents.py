"""What happens to a workbook in an office: rows and sheets that move, values of every kind, formulas lost."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook as Book

from lkjip_xl.base.a1 import a1
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.form.identity import identity_of
from lkjip_xl.form.layout import KEY_ROW, LABEL_ROW
from lkjip_xl.form.submission import Value
from lkjip_xl.template.load import load_template
from lkjip_xl.template.sheet_names import IDENTITY_SHEET
from moving import content_of, copy_sheet, deleted, inserted, move, new_row, rename, swapped
from parts import (
    BOOK,
    PROPERTIES,
    RELATIONS,
    TYPES,
    Parts,
    below,
    new_style,
    number,
    put,
    read_parts,
    sheets_of,
    style_of,
    text,
    unshare,
    write_parts,
)
from programs import ALWAYS, saved_by_office
from subjects import Expected, Mutation, Said, Subject, ValueKey, with_rows, with_values, without

GROUP = "Kejadian di kantor"
BESIDE = frozenset({"di-luar-formulir"})
LOST_CHECKS = frozenset({"pemeriksaan-hilang"})
REPLACED = frozenset({"rumus-diganti"}) | LOST_CHECKS
FORMULAS = frozenset({"rumus-ditimpa"}) | REPLACED
Pick = Callable[[Subject], ValueKey]


def _budget(subject: Subject) -> ValueKey:
    return subject.first("keuangan", "anggaran_isian")


def _target(subject: Subject) -> ValueKey:
    return subject.first("kinerja", "target")


def _real(subject: Subject) -> ValueKey:
    return subject.first("kinerja", "realisasi_isian")


def _score(subject: Subject) -> ValueKey:
    return subject.first("akip", "nilai")


def _staff(subject: Subject) -> ValueKey:
    return subject.first("pegawai", "jumlah")


def _nip(_: Subject) -> ValueKey:
    return ("identitas", ("identitas", 1), ("nip", None))


def _code(subject: Subject) -> ValueKey:
    return subject.first("identitas", "kode")


# -- what is typed into cells -------------------------------------------------------------------------------------


def _typed(
    id_: str, words: str, pick: Pick, content: str | Callable[[Parts, Subject], str], *,
    means: Value | Callable[[Subject], Value] | None = None, rule: str | Callable[[Subject], str] = "",
    style: Callable[[Parts, Subject], str] | None = None, same: bool = False,
) -> Mutation:  # fmt: skip
    """Return a mutation of one cell: ``means`` is what it holds then (None: nothing), ``rule`` what is reported there.

    Where the value stays the ``same``, or is lost with a word, the workbook means what it meant before.
    """

    def apply(subject: Subject, target: Path) -> Expected:
        parts, key = read_parts(subject.path), pick(subject)
        sheet, cell = subject.at(key)
        given = content if isinstance(content, str) else content(parts, subject)
        put(parts, sheet, cell, given, None if style is None else style(parts, subject))
        write_parts(parts, target)
        said = rule(subject) if callable(rule) else rule
        reported: tuple[Said, ...] = ((said, sheet, cell),) if said else ()
        if (said in _LOSING and means is None) or same:
            return Expected(reported=reported)
        meaning = means(subject) if callable(means) else means
        return Expected(with_values(subject.submission, {key: meaning}), reported)

    return Mutation(id_, words, GROUP, apply, right=not rule, cell=True)


_LOSING = frozenset({"tipe", "tanggal-di-angka", "persen-di-angka", "teks-terlalu-panjang"})


def _in_percent(table: str, column: str) -> Pick:
    """Return a picker of a figure of an indicator in percent."""

    def pick(subject: Subject) -> ValueKey:
        units = subject.submission.tables["ikk"]
        rows = subject.submission.tables[table]
        return next(
            (table, row, key)
            for row in rows
            if units.get(row, {}).get(("satuan", None)) == "%"
            for key in rows[row]
            if key[0] == column
        )

    return pick


def _hundredth_of(pick: Pick) -> Callable[[Subject], Value]:
    return lambda subject: float(f"{float(subject.value(pick(subject))) / 100:.15g}")


def _percent_of(pick: Pick) -> Callable[[Parts, Subject], str]:
    """Return content that is a hundredth of what was meant."""
    return lambda _, subject: number(_hundredth_of(pick)(subject))


def _about_a_fraction(subject: Subject) -> str:
    """Return the rule that sees a fraction for a percentage: another one where the figure is counted, too."""
    _, row, _ = _in_percent("kinerja", "realisasi_isian")(subject)
    tables = subject.submission.tables
    name = tables["ikk"][row]["indikator", None]
    counted = ("pembilang", None) in tables["ikk"][row]
    counted |= any(name in cells.values() for cells in tables.get("idm_ikk", {}).values())
    return "realisasi-beda-hitung" if counted else "persen-pecahan"


def _day(subject: Subject) -> datetime.date:
    return datetime.date.fromisoformat(str(subject.value(subject.first("identitas", "tanggal"))))


def _serial(_: Parts, subject: Subject) -> str:
    return number((_day(subject) - datetime.date(1899, 12, 30)).days)


def _two_years_later(subject: Subject) -> datetime.date:
    return _day(subject) + datetime.timedelta(731)


def _years_dragged(parts: Parts, subject: Subject) -> Expected:
    """Drag years over what was achieved of a percentage in the earlier years."""
    table, row, _ = _in_percent("tren", "realisasi")(subject)
    years = {
        (table, row, key): float(str(key[1]))
        for key in subject.submission.tables[table][row]
        if key[0] == "realisasi"
    }
    for key, year in years.items():
        put(parts, *subject.at(key), number(year))
    reported = tuple(("tren-realisasi-tahun", *subject.at(key)) for key in years)
    return Expected(with_values(subject.submission, years), reported)


def _own(pick: Pick, form: str) -> Callable[[Parts, Subject], str]:
    """Return content made of the cell's own value."""
    return lambda _, subject: form.format(f"{float(subject.value(pick(subject))):.15g}")


def _styled(number_format: str) -> Callable[[Parts, Subject], str]:
    return lambda parts, _: new_style(parts, number_format)


def _date_style(parts: Parts, _: Subject) -> str:
    return style_of(parts, "Identitas", "C17")


def _numbers() -> list[Mutation]:
    return [
        _typed("angka-indonesia", "angka sebagai teks 1.234,56", _budget, text("1.234,56"), rule="tipe"),
        _typed("angka-rupiah", "angka sebagai teks Rp 10.716.928.854,00", _budget, text("Rp 10.716.928.854,00"), rule="tipe"),
        _typed("angka-persen-teks", "angka sebagai teks 82,30 %", _real, text("82,30 %"), means="82,30 %", rule="tipe"),
        _typed("angka-nbsp", "angka sebagai teks dengan spasi keras", _budget, text("1234567\u00a0"), rule="tipe"),
        _typed("angka-spasi-teks", "angka sebagai teks dengan spasi", _budget, text(" 1234567 "), rule="tipe"),
        _typed("angka-inggris", "angka sebagai teks 1,234.56", _budget, text("1,234.56"), rule="tipe"),
        _typed("angka-teks-polos", "angka sebagai teks (segitiga hijau)", _budget, text("1234567"), rule="tipe"),
        _typed("angka-garis", "garis datar di sel angka", _budget, text("-"), rule="tipe"),
        _typed("angka-nihil", "kata nihil di sel angka", _budget, text("nihil"), rule="tipe"),
        _typed("angka-satuan", "angka dengan satuannya (243 desa)", _real, text("243 desa"), means="243 desa", rule="tipe"),
        _typed("angka-nbsp-saja", "spasi keras saja di sel angka", _budget, text("\u00a0"), rule="tipe"),
        _typed("spasi-saja", "spasi saja di sel angka", _budget, text("   ")),
        _typed("teks-kosong", "teks kosong di sel angka", _budget, text("")),
        _typed("dikosongkan", "isi sel dihapus", _budget, ">"),
        _typed("tanggal-di-angka", "tanggal di sel angka", _budget, number(45299), rule="tanggal-di-angka", style=_date_style),
        _typed("jam-di-angka", "jam di sel angka", _budget, number(0.5), rule="tanggal-di-angka", style=_styled("hh:mm:ss")),
        _typed("persen-pecahan", "persentase diketik 0,823 (sepersen dari yang dimaksud)", _in_percent("kinerja", "realisasi_isian"), _percent_of(_in_percent("kinerja", "realisasi_isian")), means=_hundredth_of(_in_percent("kinerja", "realisasi_isian")), rule=_about_a_fraction),
        _typed("persen-format", "persentase dengan format %", _in_percent("kinerja", "realisasi_isian"), _percent_of(_in_percent("kinerja", "realisasi_isian")), means=_hundredth_of(_in_percent("kinerja", "realisasi_isian")), rule="persen-di-angka", style=_styled("0.00%")),
        _typed("persen-format-target", "target persen dengan format %", _in_percent("kinerja", "target"), _percent_of(_in_percent("kinerja", "target")), means=_hundredth_of(_in_percent("kinerja", "target")), rule="persen-di-angka", style=_styled("0.00%")),
        _typed("persen-format-tren", "realisasi tahun lalu dengan format %", _in_percent("tren", "realisasi"), _percent_of(_in_percent("tren", "realisasi")), means=_hundredth_of(_in_percent("tren", "realisasi")), rule="persen-di-angka", style=_styled("0.00%")),
        _typed("persen-format-renstra", "target Renstra persen dengan format %", _in_percent("renstra", "target"), _percent_of(_in_percent("renstra", "target")), means=_hundredth_of(_in_percent("renstra", "target")), rule="persen-di-angka", style=_styled("0.00%")),
        _typed("format-rupiah-lokal", "format Rp bahasa Indonesia ditempel pada angka", _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled("[$Rp-421]\\ #,##0.00;[Red]\\-[$Rp-421]\\ #,##0.00")),
        _typed("format-rupiah", "format Rp ditempel pada angka", _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled('"Rp"\\ #,##0.00')),
        _typed("format-teks", "format Teks pada angka", _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled("@")),
        _typed("format-desa", 'format dengan kata (0 "desa")', _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled('0" desa"')),
        _typed("format-merah", "format dengan warna dan satuan d (hari) dalam tanda petik", _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled('[Red]#,##0" d m y"')),
        _typed("format-sela-persen", "format angka dengan sela selebar tanda persen", _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled("#,##0.00_%")),
        _typed("format-persen-negatif", "format dengan persen hanya untuk angka negatif", _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled("0.00;-0.00%")),
        _typed("format-persen-bersyarat", "format dengan persen hanya untuk angka di bawah satu", _budget, _own(_budget, "><v>{}</v>"), same=True, style=_styled("[<1]0.00%;0.00")),
        _typed("rumus-berhasil", "rumus di sel isian, dengan hasil", _budget, _own(_budget, "><f>0+1</f><v>{}</v>"), same=True),
        _typed("rumus-luar", "rumus ke buku kerja lain, dengan hasil", _budget, _own(_budget, "><f>[1]Lembar1!$A$1</f><v>{}</v>"), same=True),
        _typed("rumus-tanpa-hasil", "rumus di sel isian, tanpa hasil", _budget, "><f>1000000+234567</f>", rule="tipe"),
        _typed("rumus-hasil-kosong", "rumus di sel isian, hasilnya kosong tertulis", _budget, "><f>1000000+234567</f><v></v>", rule="tipe"),
        _typed("rumus-hasil-teks", "rumus di sel angka, hasilnya teks", _budget, ' t="str"><f>"12"&amp;" desa"</f><v>12 desa</v>', rule="tipe"),
        _typed("rumus-galat", "rumus di sel isian, hasilnya galat", _budget, ' t="e"><f>1/0</f><v>#DIV/0!</v>', rule="tipe"),
        _typed("galat", "nilai galat di sel isian", _target, ' t="e"><v>#REF!</v>', rule="tipe"),
        _typed("benar-salah", "TRUE di sel angka", _budget, ' t="b"><v>1</v>', rule="tipe"),
        _typed("salah-benar", "FALSE di sel angka", _score, ' t="b"><v>0</v>', rule="tipe"),
        _typed("teks-di-angka", "kalimat di sel angka", _real, text("belum ada data"), means="belum ada data", rule="tipe"),
        _typed("angka-raksasa", "angka di luar 15 angka", _budget, number("1E+18"), means=1e18, rule="tipe"),
        _typed("angka-pecahan-biner", "hasil 0,1+0,2 dengan ekornya", _score, number("0.30000000000000004"), means=0.3),
        _typed("nol", "angka nol", _budget, number(0), means=0.0),
        _typed("angka-di-teks", "angka di sel teks", lambda s: s.first("tindak_lanjut", "rekomendasi"), number(5), rule="tipe"),
        _typed("nip-angka", "NIP sebagai angka", _nip, number("196801011991031001"), rule="tipe"),
        _typed("nip-ilmiah", "NIP sebagai teks 1,98402E+17", _nip, text("1,98402E+17"), means="1,98402E+17", rule="pola"),
        _typed("nip-15-angka", "NIP dengan 15 angka", _nip, text("198402122006041"), means="198402122006041", rule="pola"),
        _typed("nip-huruf", "NIP dengan huruf", _nip, text("19840212200604100O"), means="19840212200604100O", rule="pola"),
        _typed("nip-spasi", "NIP dengan spasi", _nip, text("19840212 200604 1 003"), means="19840212 200604 1 003"),
        _typed("kode-angka", "kode OPD sebagai angka (2.10 menjadi 2,1)", _code, number("2.1"), rule="tipe"),
        _typed("kode-tanggal", "kode OPD yang menjadi tanggal", _code, number(45299), rule="tipe", style=_date_style),
        _typed("kode-nol-di-depan", "kode OPD dengan nol di depan", _code, text("02.13"), means="02.13", rule="pola"),
        _typed("kode-titik-di-belakang", "kode OPD dengan titik di belakang", _code, text("2.13."), means="2.13.", rule="pola"),
        _typed("kode-koma", "kode OPD dengan koma", _code, text("2,13"), means="2,13", rule="pola"),
        _typed("kode-terpotong", "kode OPD yang kehilangan nolnya, sebagai teks", _code, text("2.1"), means="2.1", rule="pola"),
        _typed("kode-angka-lebar", "kode OPD dengan angka lebar", _code, text("２.１３"), means="２.１３", rule="pola"),
        _typed("kode-tak-terlihat", "kode OPD dengan tanda yang tidak terlihat", _code, text("2.13\u200b"), means="2.13\u200b", rule="pola"),
        _typed("kode-nbsp", "kode OPD dengan spasi keras", _code, text("2.13\u00a0"), means="2.13\u00a0", rule="pola"),
        _typed("kode-bidi", "kode OPD di antara tanda arah", _code, text("\u202a2.13\u202c"), means="\u202a2.13\u202c", rule="pola"),
        _typed("kode-petik", "kode OPD dengan tanda petik yang ikut tersimpan", _code, text("'2.13"), means="'2.13", rule="pola"),
        _typed("kode-spasi", "kode OPD dengan spasi di ujung", _code, text(" 2.13 "), means=" 2.13 "),
        _typed("tanggal-format-umum", "tanggal yang formatnya berubah menjadi Umum", lambda s: s.first("identitas", "tanggal"), _serial, same=True, style=_styled("General")),
        _typed("tanggal-jauh", "tanggal laporan dua tahun kemudian", lambda s: s.first("identitas", "tanggal"), lambda _, s: number((_two_years_later(s) - datetime.date(1899, 12, 30)).days), means=lambda s: _two_years_later(s).isoformat(), rule="tanggal-laporan"),
        _of_parts("tahun-diseret", "angka tahun diseret sepanjang satu baris realisasi tabel 3.2", _years_dragged, right=False),
        _typed("tanggal-teks", "tanggal sebagai teks", lambda s: s.first("identitas", "tanggal"), text("8 Januari 2024"), rule="tipe"),
        _typed("rumus-teks", "rumus di sel teks, dengan hasil", lambda s: s.first("tindak_lanjut", "rekomendasi"), ' t="str"><f>"Per"&amp;"baiki"</f><v>Perbaiki</v>', means="Perbaiki"),
        _typed("teks-sama-dengan", "teks yang diawali tanda sama dengan", lambda s: s.first("tindak_lanjut", "rekomendasi"), text("=1+1"), means="=1+1"),
        _typed("teks-baris-baru", "teks dengan Alt+Enter dan tab", lambda s: s.first("tindak_lanjut", "rekomendasi"), text("satu\ndua\ttiga"), means="satu\ndua\ttiga"),
        _typed("teks-spasi-ujung", "teks uraian dengan spasi di ujung", lambda s: s.first("tindak_lanjut", "rekomendasi"), text(" Perbaiki "), means=" Perbaiki "),
        _typed("teks-terlalu-panjang", "teks lebih panjang daripada isi satu sel Excel", lambda s: s.first("tindak_lanjut", "rekomendasi"), text("Sangat panjang " * 3000), rule="teks-terlalu-panjang"),
        _typed("teks-terpanjang", "teks sepanjang isi satu sel Excel", lambda s: s.first("tindak_lanjut", "rekomendasi"), text("x" * 32_767), means="x" * 32_767),
        _typed("teks-emoji", "teks dengan huruf asing", lambda s: s.first("tindak_lanjut", "rekomendasi"), text("désa 村 😀 العربية"), means="désa 村 😀 العربية"),
        _typed("kunci-spasi", "spasi di ujung nilai daftar pilihan", lambda s: s.first("iku", "arah"), text("naik "), means="naik ", rule="pilihan"),
        _typed("kunci-nbsp", "spasi keras di ujung nilai daftar pilihan", lambda s: s.first("iku", "arah"), text("naik\u00a0"), means="naik\u00a0", rule="pilihan"),
        _typed("acuan-nbsp", "spasi keras di dalam nama indikator yang diacu", lambda s: s.first("pk", "indikator"), lambda _, s: text(_nbsp_within(s)), means=_nbsp_within, rule="acuan"),
        _typed("acuan-spasi", "spasi di ujung nama indikator yang diacu", lambda s: s.first("pk", "indikator"), lambda _, s: text(_space_after(s)), means=_space_after, rule="acuan"),
    ]  # fmt: skip


def _nbsp_within(subject: Subject) -> str:
    return str(subject.value(subject.first("iku", "indikator"))).replace(" ", "\u00a0", 1)


def _space_after(subject: Subject) -> str:
    return f"{subject.value(subject.first('iku', 'indikator'))} "


# -- parts --------------------------------------------------------------------------------------------------------


def _of_parts(
    id_: str, words: str, change: Callable[[Parts, Subject], Expected], *, right: bool = True
) -> Mutation:
    def apply(subject: Subject, target: Path) -> Expected:
        parts = read_parts(subject.path)
        expected = change(parts, subject)
        write_parts(parts, target)
        return expected

    return Mutation(id_, words, GROUP, apply, right=right)


def _sheet_part(parts: Parts, subject: Subject, table: str) -> tuple[str, str]:
    sheet = subject.placements[table].sheet
    return sheet, sheets_of(parts)[sheet]


def _hidden_rows(parts: Parts, subject: Subject) -> Expected:
    _, part = _sheet_part(parts, subject, "keuangan")
    parts[part] = re.sub(rb'<row r="(8|9|10)"', rb'<row r="\1" hidden="1"', parts[part])
    return Expected()


def _filtered_rows(parts: Parts, subject: Subject) -> Expected:
    _, part = _sheet_part(parts, subject, "keuangan")
    parts[part] = re.sub(rb'<row r="(9|10|11)"', rb'<row r="\1" hidden="1"', parts[part])
    column = b'<filterColumn colId="9"><filters><filter val="Program"/></filters></filterColumn></autoFilter>'
    parts[part] = re.sub(rb"(<autoFilter [^>]*[^/])/>", rb"\1>" + column, parts[part])
    return Expected()


def _hidden_columns(parts: Parts, subject: Subject) -> Expected:
    _, part = _sheet_part(parts, subject, "keuangan")
    parts[part] = re.sub(rb'<col min="(1[0-3])"', rb'<col hidden="1" min="\1"', parts[part])
    return Expected()


def _grouped(parts: Parts, subject: Subject) -> Expected:
    _, part = _sheet_part(parts, subject, "keuangan")
    new = rb'<row r="\1" outlineLevel="1" collapsed="1" hidden="1"'
    parts[part] = re.sub(rb'<row r="(9|10)"', new, parts[part])
    return Expected()


def _hidden_sheet(parts: Parts, _: Subject) -> Expected:
    parts[BOOK] = parts[BOOK].replace(
        b'<sheet name="1.1 Pegawai"', b'<sheet state="veryHidden" name="1.1 Pegawai"'
    )
    return Expected()


def _stale(parts: Parts, subject: Subject) -> Expected:
    """An input changes and nothing is recalculated: the results shown are old ones."""
    key = _budget(subject)
    put(parts, *subject.at(key), number(123456))
    parts[BOOK] = parts[BOOK].replace(b'fullCalcOnLoad="1"', b'calcMode="manual"')
    return Expected(with_values(subject.submission, {key: 123456.0}))


def _no_results(parts: Parts, _: Subject) -> Expected:
    for part in sheets_of(parts).values():
        parts[part] = re.sub(rb"</f><v>[^<]*</v>", b"</f>", parts[part])
    return Expected()


def _emptied(parts: Parts, subject: Subject) -> Expected:
    """All that is typed in 3.2 is deleted, reasons among it."""
    place, rows = subject.placements["tren"], subject.submission.tables["tren"]
    gone = {("tren", row, key): None for row in rows for key in rows[row]}
    for key in gone:
        put(parts, *subject.at(key), ">")
    first = min(place.rows[row] for row in subject.submission.tables["iku"])
    years = [year for column, year in place.lines if column == "target"]
    cell = a1(first, place.lines["target", min(filter(None, years))])
    left = with_values(subject.submission, gone)
    for table, row, _ in left.explanations:
        if table == "tren" and row is not None and place.explanation_column is not None:
            put(parts, place.sheet, a1(place.rows[row], place.explanation_column), ">")
    reasons = {where: text for where, text in left.explanations.items() if where[0] != "tren"}
    return Expected(replace(left, explanations=reasons), (("tabel-kosong", place.sheet, cell),))


def _error_results(parts: Parts, _: Subject) -> Expected:
    """Every formula shows an error, as where a program does not know a function."""
    for part in sheets_of(parts).values():
        parts[part] = re.sub(
            rb'<c (r="[A-Z]+\d+"(?: s="\d+")?)(?: t="str")?>(<f\b[^<>]*(?<=/)>|<f\b[^<>]*>[^<]*</f>)<v>[^<]*</v>',
            rb'<c \1 t="e">\2<v>#NAME?</v>',
            parts[part],
        )
    return Expected()


def _year_1904(parts: Parts, subject: Subject) -> Expected:
    parts[BOOK] = parts[BOOK].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    day = datetime.date.fromisoformat(str(subject.value(subject.first("identitas", "tanggal"))))
    put(parts, "Identitas", "C17", number((day - datetime.date(1904, 1, 1)).days))
    return Expected()


def _all_as_text(parts: Parts, subject: Subject) -> Expected:
    """A column pasted from elsewhere: every number is a text, with which a sheet computes, and so does Python."""
    said = []
    values: dict[tuple[str, RowKey, ColumnKey], Value] = {}
    for row, cells in subject.submission.tables["kinerja"].items():
        for column in cells:
            if column == ("realisasi_isian", None):
                sheet, cell = subject.at(("kinerja", row, column))
                pasted = f"{cells[column]:.2f}".replace(".", ",")
                values["kinerja", row, column] = pasted
                put(parts, sheet, cell, text(pasted))
                said.append(("tipe", sheet, cell))
    return Expected(with_values(subject.submission, values), tuple(said))


def _note_beside(parts: Parts, subject: Subject) -> Expected:
    sheet, part = _sheet_part(parts, subject, "pegawai")
    cell = f'<c r="CA8"{text("cek lagi")}</c><c r="CB8"><v>99</v></c></row>'.encode()
    parts[part] = re.sub(
        rb'(<row r="8".*?)</row>',
        rb"\1" + cell.replace(b"\\", b"\\\\"),
        parts[part],
        count=1,
        flags=re.DOTALL,
    )
    assert sheet
    return Expected(notes=BESIDE)


def _note_below(parts: Parts, subject: Subject) -> Expected:
    below(parts, subject.placements["pegawai"].sheet, 900, f'<c r="CA900"{text("catatan")}</c>')
    return Expected(notes=BESIDE)


def _stray(column: str, content: str, row: int) -> Callable[[Parts, Subject], Expected]:
    def change(parts: Parts, subject: Subject) -> Expected:
        place = subject.placements["keuangan"]
        letters = re.sub(r"\d", "", a1(0, place.lines[column, None]))
        below(parts, place.sheet, row, f'<c r="{letters}{row}"{content}</c>')
        return Expected(reported=(("di-luar-tabel", place.sheet, f"{letters}{row}"),))

    return change


def _note_above(parts: Parts, subject: Subject) -> Expected:
    """A note in the free row between title and help."""
    sheet, part = _sheet_part(parts, subject, "pegawai")
    cell = f'<c r="D1"{text("diisi oleh Subbag Umum")}</c></row>'.encode()
    parts[part] = re.sub(rb'(<row r="1" .*?)</row>', rb"\1" + cell, parts[part], count=1, flags=re.DOTALL)
    assert sheet
    return Expected()


def _merged_down(parts: Parts, subject: Subject) -> Expected:
    """Two cells of a text column merged: the lower one is blank then."""
    key = ("keuangan", ("keuangan", 2), ("program", None))
    sheet, cell = subject.at(key)
    upper = subject.at(("keuangan", ("keuangan", 1), ("program", None)))[1]
    put(parts, sheet, cell, ">")
    part = sheets_of(parts)[sheet]
    merged = f'<mergeCell ref="{upper}:{cell}"/></mergeCells>'.encode()
    parts[part] = parts[part].replace(b"</mergeCells>", merged)
    return Expected(with_values(subject.submission, {key: None}))


def _merged_across(parts: Parts, subject: Subject) -> Expected:
    table, row, _ = _target(subject)
    key = (table, row, ("realisasi_isian", None))
    sheet, cell = subject.at(key)
    put(parts, sheet, cell, ">")
    part = sheets_of(parts)[sheet]
    merged = (
        f'<mergeCell ref="{subject.at((table, row, ("target", None)))[1]}:{cell}"/></mergeCells>'.encode()
    )
    parts[part] = parts[part].replace(b"</mergeCells>", merged)
    return Expected(with_values(subject.submission, {key: None}))


def _identity_part(parts: Parts) -> None:
    parts[BOOK] = re.sub(rb'<sheet name="_lkjip"[^>]*/>', b"", parts[BOOK])


def _no_identity_sheet(parts: Parts, _: Subject) -> Expected:
    _identity_part(parts)
    return Expected()


def _no_property(parts: Parts) -> None:
    del parts[PROPERTIES]
    for owner in ("_rels/.rels", TYPES):
        parts[owner] = re.sub(rb'<(?:Relationship|Override)[^>]*custom\.xml"[^>]*/>', b"", parts[owner])


def _no_identity(parts: Parts, _: Subject) -> Expected:
    _identity_part(parts)
    _no_property(parts)
    return Expected(refused=True)


def _said_on_sheet(parts: Parts, subject: Subject, entry: str, value: str) -> None:
    """Change what the hidden sheet says the workbook is."""
    entries = list(identity_of(load_template(), subject.submission.setup, subject.submission))
    put(parts, IDENTITY_SHEET, f"B{entries.index(entry) + 1}", text(value))


def _said_otherwise(entry: str, value: str) -> Callable[[Parts, Subject], Expected]:
    """The hidden sheet says something else than the property: what fits the columns counts."""

    def change(parts: Parts, subject: Subject) -> Expected:
        _said_on_sheet(parts, subject, entry, value)
        return Expected(reported=(("identitas-berbeda", "", ""),))

    return change


def _other_year_in_property(parts: Parts, _: Subject) -> Expected:
    parts[PROPERTIES], count = re.subn(rb"(tahun\W+)2023", rb"\g<1>2022", parts[PROPERTIES])
    assert count == 1
    return Expected(reported=(("identitas-berbeda", "", ""),))


def _other_period_alone(parts: Parts, subject: Subject) -> Expected:
    """The property is gone, and the hidden sheet says a period without its first year, for which figures stand there."""
    _no_property(parts)
    (first, last), place = subject.submission.setup.period, subject.placements["tren"]
    _said_on_sheet(parts, subject, "periode", f"{first + 1}-{last}")
    rows = subject.submission.tables["tren"]
    gone = {("tren", row, key): None for row in rows for key in rows[row] if key[1] == first}
    meant = with_values(subject.submission, gone)
    meant = replace(meant, setup=replace(meant.setup, period=(first + 1, last)))
    cell = a1(LABEL_ROW, place.lines["target", first])
    shown = subject.at(("identitas", ("identitas", 1), ("periode", None)))
    said = (("tahun-kolom", place.sheet, cell), ("teks-tetap-diganti", *shown))
    return Expected(meant, said, LOST_CHECKS, FORMULAS)


def _sheet_gone(table: str) -> Callable[[Parts, Subject], Expected]:
    def change(parts: Parts, subject: Subject) -> Expected:
        sheet = subject.placements[table].sheet
        parts[BOOK] = re.sub(rb'<sheet name="' + re.escape(sheet).encode() + rb'"[^>]*/>', b"", parts[BOOK])
        gone = without(subject.submission, table)
        return Expected(gone, (("tabel-hilang", sheet, ""),), follow=FORMULAS)

    return change


def _other_sheet_gone(sheet: str, *notes: str) -> Callable[[Parts, Subject], Expected]:
    def change(parts: Parts, _: Subject) -> Expected:
        parts[BOOK] = re.sub(rb'<sheet name="' + sheet.encode() + rb'"[^>]*/>', b"", parts[BOOK])
        return Expected(notes=frozenset(notes))

    return change


def _part_gone(parts: Parts, subject: Subject) -> Expected:
    """The sheet is listed, its part is missing: a damaged file."""
    del parts[_sheet_part(parts, subject, "golongan")[1]]
    return Expected(refused=True)


def _renamed(names: Mapping[str, str] | None) -> Callable[[Parts, Subject], Expected]:
    """Rename sheets as a program does: formulas follow."""

    def change(parts: Parts, subject: Subject) -> Expected:
        tables = [place.sheet for place in subject.placements.values()]
        new = names or {sheet: f"Lembar {n}" for n, sheet in enumerate(tables)}
        rename(parts, new)
        return Expected()

    return change


def _reversed_sheets(parts: Parts, _: Subject) -> Expected:
    sheets = re.findall(rb"<sheet name=[^>]*/>", parts[BOOK])
    parts[BOOK] = re.sub(
        rb"<sheets>.*</sheets>", b"<sheets>" + b"".join(reversed(sheets)) + b"</sheets>", parts[BOOK]
    )
    parts[BOOK] = re.sub(rb"<definedNames>.*?</definedNames>", b"", parts[BOOK], flags=re.DOTALL)
    return Expected()


def _external_link(parts: Parts, subject: Subject) -> Expected:
    parts["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    link = (
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"'
        b' Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", link)
    key = _budget(subject)
    put(parts, *subject.at(key), f"><f>[1]Pagu!B2</f><v>{subject.value(key):.15g}</v>")
    return Expected()


def _values_only(
    tables: tuple[str, ...] | None, column: str | None = None
) -> Callable[[Parts, Subject], Expected]:
    """Replace formulas by what they show: of a column, of a table's sheet, of the whole workbook."""

    def change(parts: Parts, subject: Subject) -> Expected:
        unshare(parts)
        for table, place in subject.placements.items():
            if tables is not None and table not in tables:
                continue
            part = sheets_of(parts)[place.sheet]
            letters = rb"[A-Z]+"
            if column is not None:
                letters = re.sub(r"\d", "", a1(0, place.lines[column, None])).encode()
            parts[part] = re.sub(
                rb'(<c r="' + letters + rb'\d+"[^>]*>)<f>[^<]*</f>(<v>[^<]*</v>)', rb"\1\2", parts[part]
            )
        return Expected(notes=REPLACED)

    return change


def _overwritten(
    table: str, column: str, content: str, rule: str, *, total: bool = False
) -> Callable[[Parts, Subject], Expected]:
    def change(parts: Parts, subject: Subject) -> Expected:
        place = subject.placements[table]
        row = None if total else min(place.rows, key=lambda key: place.rows[key])
        cell = place.cell((column, None), row)
        put(parts, place.sheet, cell, content)
        return Expected(reported=((rule, place.sheet, cell),) if rule else ())

    return change


def _unlocked_one(parts: Parts, subject: Subject) -> Expected:
    _, part = _sheet_part(parts, subject, "pegawai")
    parts[part] = re.sub(rb"<sheetProtection[^>]*/>", b"", parts[part])
    return Expected(notes=frozenset({"kunci-dibuka"}))


def _key_gone(
    table: str, column: str, pick: Callable[[Subject], int | None] = lambda _: None
) -> Callable[[Parts, Subject], Expected]:
    """One key of the hidden key row is deleted, of a year that ``pick`` chooses: its column is not found."""

    def change(parts: Parts, subject: Subject) -> Expected:
        place, key = subject.placements[table], (column, pick(subject))
        put(parts, place.sheet, a1(KEY_ROW, place.lines[key]), ">")
        gone = without(subject.submission, table, [key])
        return Expected(gone, (("kolom-hilang", place.sheet, ""),), follow=FORMULAS)

    return change


def _module_unsaid(parts: Parts, subject: Subject) -> Expected:
    """The property is gone, and the hidden sheet says that the workbook has no module."""
    _no_property(parts)
    _said_on_sheet(parts, subject, "modul", "")
    meant = without(without(subject.submission, "idm"), "idm_ikk")
    meant = replace(meant, setup=replace(meant.setup, modules=frozenset()))
    said = tuple(("modul-lain", subject.placements[table].sheet, "") for table in ("idm", "idm_ikk"))
    return Expected(meant, said, LOST_CHECKS, FORMULAS)


def _mark_gone(table: str, mark_row: Callable[[Subject], int]) -> Callable[[Parts, Subject], Expected]:
    def change(parts: Parts, subject: Subject) -> Expected:
        put(parts, subject.placements[table].sheet, f"A{mark_row(subject) + 1}", ">")
        return Expected()

    return change


def _follower_mark_gone(parts: Parts, subject: Subject) -> Expected:
    """The mark of a row of 3.1 is deleted: nobody knows which indicator it is of, so its figures are outside."""
    place = subject.placements["kinerja"]
    (_, row, _) = key = _target(subject)
    put(parts, place.sheet, f"A{place.rows[row] + 1}", ">")
    cells = subject.submission.tables["kinerja"][row]
    said = with_values(subject.submission, {("kinerja", row, column): None for column in cells})
    first = min(place.position(column, row) or (0, 0) for column in cells)
    assert key
    reported = (("di-luar-tabel", place.sheet, a1(*first)), *_rows_gone(subject, "kinerja"))
    return Expected(said, reported, follow=FORMULAS)


def _huge_mark(parts: Parts, subject: Subject) -> Expected:
    """The last row of IKU, and the rows that follow it, have a number that no row has."""
    last = max(number for _, number in subject.placements["iku"].rows)
    old, new = f">iku:{last}</t>".encode(), b">iku:99999</t>"
    changed = {name: content.replace(old, new) for name, content in parts.items() if old in content}
    assert changed
    parts |= changed
    return Expected()


def _marks_gone(parts: Parts, subject: Subject) -> Expected:
    """The whole column of marks is emptied."""
    sheet, part = _sheet_part(parts, subject, "pegawai")
    parts[part] = re.sub(rb'<c r="A\d+"[^>]*?>.*?</c>', b"", parts[part], flags=re.DOTALL)
    return Expected(without(subject.submission, "pegawai"), (("tabel-hilang", sheet, ""),))


def _keys_gone(parts: Parts, subject: Subject) -> Expected:
    """The hidden key row is emptied."""
    sheet, part = _sheet_part(parts, subject, "pegawai")
    parts[part] = re.sub(rb'<row r="4".*?</row>', b"", parts[part], count=1, flags=re.DOTALL)
    return Expected(without(subject.submission, "pegawai"), (("tabel-hilang", sheet, ""),))


def _first_row(subject: Subject) -> int:
    return min(subject.placements["pegawai"].rows.values())


def _files() -> list[Mutation]:
    return [
        _of_parts("baris-tersembunyi", "baris isian disembunyikan", _hidden_rows),
        _of_parts("baris-disaring", "baris isian tersaring", _filtered_rows),
        _of_parts("kolom-tersembunyi", "kolom isian disembunyikan", _hidden_columns),
        _of_parts("baris-dikelompokkan", "baris dikelompokkan dan dilipat", _grouped),
        _of_parts("lembar-disembunyikan", "lembar isian disembunyikan", _hidden_sheet),
        _of_parts("hasil-usang", "isian berubah, hitungan di berkas masih yang lama", _stale),
        _of_parts("tren-dikosongkan", "semua isian tabel 3.2 dihapus", _emptied, right=False),
        _of_parts("hasil-tiada", "semua rumus tanpa hasil", _no_results),
        _of_parts("hasil-galat", "semua rumus menampilkan #NAME?", _error_results),
        _of_parts("tahun-1904", "penanggalan 1904 (Excel untuk Mac)", _year_1904),
        _of_parts("kolom-teks", "satu kolom angka ditempel sebagai teks", _all_as_text, right=False),
        _of_parts("catatan-di-samping", "catatan di samping tabel", _note_beside),
        _of_parts("catatan-jauh", "catatan jauh di bawah, di luar kolom tabel", _note_below),
        _of_parts("catatan-di-atas", "catatan di baris judul", _note_above),
        _of_parts("angka-di-bawah", "angka di bawah tabel, di kolomnya", _stray("anggaran_isian", number(5000), 600), right=False),
        _of_parts("catatan-di-bawah", "kalimat di bawah tabel, di kolomnya", _stray("program", text("Mengetahui,"), 601), right=False),
        _of_parts("gabung-ke-bawah", "dua sel digabung ke bawah", _merged_down),
        _of_parts("gabung-ke-samping", "target dan realisasi digabung", _merged_across),
        _of_parts("lembar-identitas-hilang", "lembar identitas tersembunyi terhapus", _no_identity_sheet),
        _of_parts("identitas-hilang", "lembar identitas dan propertinya hilang", _no_identity, right=False),
        _of_parts("identitas-tahun", "tahun di lembar identitas tersembunyi diubah", _said_otherwise("tahun", "2022"), right=False),
        _of_parts("identitas-periode", "periode di lembar identitas tersembunyi diubah", _said_otherwise("periode", "2019-2025"), right=False),
        _of_parts("identitas-modul", "modul di lembar identitas tersembunyi diubah", _said_otherwise("modul", "lain"), right=False),
        _of_parts("identitas-properti", "tahun di properti berkas diubah", _other_year_in_property, right=False),
        _of_parts("identitas-periode-saja", "properti hilang, dan periode di lembar identitas diubah", _other_period_alone, right=False),
        _idm(_of_parts("identitas-modul-saja", "properti hilang, dan modul di lembar identitas dihapus", _module_unsaid, right=False)),
        _of_parts("lembar-dihapus", "lembar isian dihapus", _sheet_gone("golongan"), right=False),
        _of_parts("lembar-induk-dihapus", "lembar IKU, yang diikuti tabel lain, dihapus", _sheet_gone("iku"), right=False),
        _of_parts("lembar-keuangan-dihapus", "lembar 3.4 Keuangan dihapus", _sheet_gone("keuangan"), right=False),
        _of_parts("ikhtisar-dihapus", "lembar Ikhtisar dihapus", _sheet_gone("ikhtisar"), right=False),
        _of_parts("petunjuk-dihapus", "lembar Petunjuk dihapus", _other_sheet_gone("Petunjuk")),
        _of_parts("periksa-dihapus", "lembar Periksa dihapus", _other_sheet_gone("Periksa", "pemeriksaan-hilang")),
        _of_parts("daftar-dihapus", "lembar Daftar (pilihan) dihapus", _other_sheet_gone("Daftar")),
        _of_parts("bagian-hilang", "isi satu lembar hilang dari berkas", _part_gone, right=False),
        _of_parts("lembar-diganti-nama", "satu lembar diganti nama", _renamed({"1.1 Pegawai": "Data pegawai"})),
        _of_parts("lembar-nama-aneh", "nama lembar dengan tanda baca dan huruf asing", _renamed({"3.4 Keuangan": "Rp (2023) – 村"})),
        _of_parts("semua-diganti-nama", "semua lembar isian diganti nama", _renamed(None)),
        _of_parts("nama-bertukar", "nama dua lembar bertukar", _renamed({"1.1 Pegawai": "sementara", "1.3 Golongan": "1.1 Pegawai", "sementara": "1.3 Golongan"})),
        _of_parts("lembar-dibalik", "urutan semua lembar dibalik", _reversed_sheets),
        _of_parts("pranala-luar", "rumus isian ke berkas lain (external link)", _external_link),
        _of_parts("nilai-satu-sel", "satu rumus diganti hasilnya", _value_of_one),
        _of_parts("nilai-satu-kolom", "satu kolom rumus diganti hasilnya", _values_only(("kinerja",), "capaian")),
        _of_parts("nilai-satu-lembar", "satu lembar disimpan sebagai nilai saja", _values_only(("kinerja",))),
        _of_parts("nilai-semua", "semua lembar disimpan sebagai nilai saja", _values_only(None)),
        _of_parts("rumus-ditimpa", "satu rumus ditimpa angka lain", _overwritten("kinerja", "capaian", number(12345), "rumus-ditimpa"), right=False),
        _of_parts("rumus-ditimpa-teks", "satu rumus ditimpa teks", _overwritten("kinerja", "capaian", text("100 %"), "rumus-ditimpa"), right=False),
        _of_parts("rumus-dihapus", "satu rumus dihapus", _overwritten("kinerja", "capaian", ">", "rumus-ditimpa"), right=False),
        _of_parts("jumlah-ditimpa", "baris jumlah ditimpa angka lain", _overwritten("pegawai", "jumlah", number(999), "rumus-ditimpa", total=True), right=False),
        _of_parts("satu-kunci-dibuka", "kunci satu lembar dibuka", _unlocked_one),
        _of_parts("kunci-kolom-hilang", "kunci satu kolom di baris tersembunyi terhapus", _key_gone("pegawai", "jumlah"), right=False),
        _of_parts("kunci-tahun-hilang", "kunci satu kolom tahun di tabel 3.2 terhapus", _key_gone("tren", "realisasi", lambda s: s.submission.setup.period[0] + 1), right=False),
        _of_parts("baris-kunci-hilang", "baris kunci tersembunyi dikosongkan", _keys_gone, right=False),
        _of_parts("kolom-tanda-hilang", "kolom tanda tersembunyi dikosongkan", _marks_gone, right=False),
        _of_parts("tanda-baris-hilang", "tanda satu baris terhapus", _mark_gone("pegawai", _first_row)),
        _of_parts("tanda-awal-hilang", "tanda awal tabel terhapus", _mark_gone("pegawai", lambda s: _first_row(s) - 1)),
        _of_parts("tanda-akhir-hilang", "tanda akhir tabel terhapus", _mark_gone("pegawai", lambda s: s.placements["pegawai"].total_row or 0)),
        _of_parts("tanda-baris-raksasa", "tanda baris terakhir IKU di semua tabel menjadi iku:99999", _huge_mark),
        _of_parts("tanda-pengikut-hilang", "tanda baris di tabel 3.1 terhapus", _follower_mark_gone, right=False),
    ]  # fmt: skip


def _value_of_one(parts: Parts, subject: Subject) -> Expected:
    unshare(parts)
    place = subject.placements["pegawai"]
    cell = place.cell(("jumlah", None), None)
    part = sheets_of(parts)[place.sheet]
    pattern = rb'(<c r="' + cell.encode() + rb'"[^>]*>)<f>[^<]*</f>'
    parts[part], count = re.subn(pattern, rb"\1", parts[part])
    assert count == 1
    return Expected(notes=REPLACED)


# -- rows, columns and sheets -------------------------------------------------------------------------------------


def _recalculated(
    id_: str, words: str, change: Callable[[Parts, Subject], Expected], *, right: bool = True
) -> Mutation:
    """Return a mutation after which LibreOffice recalculates, since figures change with it."""

    def apply(subject: Subject, target: Path) -> Expected:
        parts = read_parts(subject.path)
        expected = change(parts, subject)
        write_parts(parts, target)
        saved_by_office(target, target, ("xlsx",), ALWAYS)
        return expected

    return Mutation(id_, words, GROUP, apply, right=right, office=True)


def _idm(mutation: Mutation) -> Mutation:
    """Return the mutation as one that happens to a table of module IDM."""
    return replace(mutation, module="idm")


def _row_of(subject: Subject, table: str, row: RowKey) -> int:
    """Return the sheet row of a table's row, counted from 1."""
    return subject.placements[table].rows[row] + 1


def _column_of(subject: Subject, table: str, column: str) -> int:
    return subject.placements[table].lines[column, None] + 1


def _rows_above(parts: Parts, subject: Subject) -> Expected:
    move(parts, subject.placements["keuangan"].sheet, rows=inserted(1, 3))
    return Expected()


def _rows_in_head(parts: Parts, subject: Subject) -> Expected:
    """Rows between the hidden keys and the data."""
    move(parts, subject.placements["pegawai"].sheet, rows=inserted(6, 2))
    return Expected()


def _row_between(
    table: str, cells: Mapping[str, Value], *said: tuple[str, str]
) -> Callable[[Parts, Subject], Expected]:
    """Insert a row below the first one of an ordinary table and type into it; ``said`` are rules and columns."""

    def change(parts: Parts, subject: Subject) -> Expected:
        place = subject.placements[table]
        at = _row_of(subject, table, (table, 2))
        move(parts, place.sheet, rows=inserted(at))
        contents = {_column_of(subject, table, key): _content(value) for key, value in cells.items()}
        if contents:
            new_row(parts, place.sheet, at, contents)
        moved = with_rows(subject.submission, table, lambda row: (row[0], row[1] + (row[1] >= 2)))
        new: dict[ValueKey, Value | None] = {
            (table, (table, 2), (key, None)): value for key, value in cells.items()
        }
        reported = tuple((rule, place.sheet, a1(at - 1, place.lines[column, None])) for rule, column in said)
        return Expected(with_values(moved, new), reported, LOST_CHECKS)

    return change


def _content(value: Value) -> str:
    return text(value) if isinstance(value, str) else number(value)


def _empty_row_deleted(parts: Parts, subject: Subject) -> Expected:
    place = subject.placements["keuangan"]
    last = max(place.rows, key=lambda row: row[1])
    assert last not in subject.submission.tables["keuangan"]
    move(parts, place.sheet, rows=deleted(_row_of(subject, "keuangan", last)))
    return Expected()


def _row_deleted(table: str, number_of: int) -> Callable[[Parts, Subject], Expected]:
    def change(parts: Parts, subject: Subject) -> Expected:
        move(
            parts, subject.placements[table].sheet, rows=deleted(_row_of(subject, table, (table, number_of)))
        )

        def order(row: RowKey) -> RowKey | None:
            return None if row[1] == number_of else (row[0], row[1] - (row[1] > number_of))

        return Expected(with_rows(subject.submission, table, order))

    return change


def _followed_row_deleted(parts: Parts, subject: Subject) -> Expected:
    """A row of IKK is deleted: the tables that follow keep theirs, and say that the origin is gone."""
    move(parts, subject.placements["ikk"].sheet, rows=deleted(_row_of(subject, "ikk", ("ikk", 1))))
    gone = with_rows(subject.submission, "ikk", lambda row: None if row[1] == 1 else row)
    sheet, cell = subject.at(("kinerja", ("ikk", 1), ("target", None)))
    return Expected(gone, (("tanpa-asal", sheet, cell),), follow=FORMULAS)


_FOLLOWING = ("kinerja", "tren", "renstra", "standar")  # the tables that follow IKU and IKK


def _rows_gone(subject: Subject, *tables: str) -> tuple[Said, ...]:
    """Return what is said of a row that each of some tables lacks."""
    return tuple(("baris-hilang", subject.placements[table].sheet, "") for table in tables)


def _following_row_deleted(table: str, row: RowKey) -> Callable[[Parts, Subject], Expected]:
    """A row of a table that follows others, or whose rows are fixed, is deleted: nobody else holds its figures."""

    def change(parts: Parts, subject: Subject) -> Expected:
        move(parts, subject.placements[table].sheet, rows=deleted(_row_of(subject, table, row)))
        return Expected(
            reported=_rows_gone(subject, table), follow=FORMULAS | _MISSED.get(table, frozenset())
        )

    return change


# What may be said of figures that a lost row no longer gives.
_MISSED = {
    "idm_ikk": frozenset({"realisasi-wajib", "realisasi-sama-target"}),
    "standar": frozenset({"tabel-kosong"}),  # where its only typed row is gone
}


def _blank_row_deleted_everywhere(parts: Parts, subject: Subject) -> Expected:
    """The last row of IKU, in which nothing stands, is deleted together with those that follow it."""
    last = max(row for _, row in subject.placements["iku"].rows)
    assert ("iku", last) not in subject.submission.tables["iku"]
    for table in ("iku", *_FOLLOWING):
        move(parts, subject.placements[table].sheet, rows=deleted(_row_of(subject, table, ("iku", last))))
    return Expected()


def _followed_row_inserted(parts: Parts, subject: Subject) -> Expected:
    """A row inserted in IKU, and filled: it counts last, so that those that follow do not shift, and lack this one."""
    place = subject.placements["iku"]
    at = _row_of(subject, "iku", ("iku", 2))
    move(parts, place.sheet, rows=inserted(at))
    new_row(parts, place.sheet, at, {_column_of(subject, "iku", "indikator"): text("Indikator sisipan")})
    row = ("iku", max(row for _, row in place.rows) + 1)
    above = subject.submission.tables["iku"]["iku", 1]["sasaran", None]  # which it has where it was inserted
    new: dict[tuple[str, RowKey, ColumnKey], Value] = {
        ("iku", row, ("indikator", None)): "Indikator sisipan",
        ("iku", row, ("sasaran", None)): above,
    }
    # It has no formulas: not that of the sasaran in force, either.
    blank = ("rumus-ditimpa", place.sheet, a1(at - 1, place.lines["sasaran_berlaku", None]))
    said = (*_rows_gone(subject, *_FOLLOWING), blank)
    return Expected(with_values(subject.submission, new), said, LOST_CHECKS)


def _following_row_inserted(parts: Parts, subject: Subject) -> Expected:
    place = subject.placements["kinerja"]
    at = _row_of(subject, "kinerja", ("ikk", 1))
    move(parts, place.sheet, rows=inserted(at))
    new_row(parts, place.sheet, at, {_column_of(subject, "kinerja", "target"): number(77)})
    return Expected(reported=(("di-luar-tabel", place.sheet, a1(at - 1, place.lines["target", None])),))


def _fixed_row_inserted(parts: Parts, subject: Subject) -> Expected:
    """A row inserted in a table that follows others, left blank."""
    move(parts, subject.placements["renstra"].sheet, rows=inserted(_row_of(subject, "renstra", ("ikk", 1))))
    return Expected()


def _columns_before(parts: Parts, subject: Subject) -> Expected:
    move(parts, subject.placements["keuangan"].sheet, columns=inserted(1, 2))
    return Expected()


def _column_between(parts: Parts, subject: Subject) -> Expected:
    move(parts, subject.placements["iku"].sheet, columns=inserted(_column_of(subject, "iku", "satuan")))
    return Expected()


def _column_with_note(parts: Parts, subject: Subject) -> Expected:
    place, at = subject.placements["pegawai"], _column_of(subject, "pegawai", "jumlah")
    move(parts, place.sheet, columns=inserted(at))
    part = sheets_of(parts)[place.sheet]
    for row in place.rows.values():
        before = f'<c r="{a1(row, at)}"'.encode()
        assert before in parts[part]
        parts[part] = parts[part].replace(before, f'<c r="{a1(row, at - 1)}"><v>7</v></c>'.encode() + before)
    return Expected()


def _input_column_deleted(parts: Parts, subject: Subject) -> Expected:
    place = subject.placements["pegawai"]
    move(parts, place.sheet, columns=deleted(_column_of(subject, "pegawai", "jumlah")))
    gone = without(subject.submission, "pegawai", [("jumlah", None)])
    return Expected(gone, (("kolom-hilang", place.sheet, ""),), LOST_CHECKS, follow=FORMULAS)


def _status_column_deleted(parts: Parts, subject: Subject) -> Expected:
    place = subject.placements["pegawai"]
    assert place.status_column is not None
    move(parts, place.sheet, columns=deleted(place.status_column + 1))
    return Expected(notes=LOST_CHECKS)


def _explanation_column_deleted(parts: Parts, subject: Subject) -> Expected:
    place = subject.placements["kinerja"]
    assert place.explanation_column is not None
    move(parts, place.sheet, columns=deleted(place.explanation_column + 1))
    kept = {key: said for key, said in subject.submission.explanations.items() if key[0] != "kinerja"}
    gone = replace(subject.submission, explanations=kept)
    return Expected(gone, (("kolom-hilang", place.sheet, ""),), LOST_CHECKS)


def _columns_swapped(parts: Parts, subject: Subject) -> Expected:
    """Two input columns change places, keys and all."""
    one, two = (_column_of(subject, "keuangan", key) for key in ("anggaran_isian", "realisasi_isian"))
    move(parts, subject.placements["keuangan"].sheet, columns=swapped(one, two))
    return Expected()


def _typed_columns(subject: Subject, table: str) -> list[int]:
    keys = {column for cells in subject.submission.tables[table].values() for column in cells}
    return sorted(subject.placements[table].lines[key] for key in keys)


def _row_columns(subject: Subject, table: str) -> list[int]:
    """Return the columns that people fill in a row: what is typed, and the explanation."""
    explained = subject.placements[table].explanation_column
    return [*_typed_columns(subject, table), *([] if explained is None else [explained])]


def _sorted_rows(table: str, *, marks: bool) -> Callable[[Parts, Subject], Expected]:
    """Turn the order of the filled rows round: what is typed, and with ``marks`` the hidden marks, too."""

    def change(parts: Parts, subject: Subject) -> Expected:
        rows = sorted(subject.submission.tables[table])
        place = subject.placements[table]
        for column in [*_row_columns(subject, table), *([0] if marks else [])]:
            cells = [a1(place.rows[row], column) for row in rows]
            contents = [content_of(parts, place.sheet, cell) for cell in cells]
            for cell, content in zip(cells, reversed(contents), strict=True):
                put(parts, place.sheet, cell, content)
        order = dict(zip(rows, reversed(rows), strict=True))
        if marks and table in (
            "iku",
            "ikk",
        ):  # the marks say which row is which, whatever the tables that follow show
            shown = subject.placements["kinerja"]
            first = shown.cell(("indikator", None), (table, 1))
            said = (("rumus-ditimpa", shown.sheet, first),) if len(rows) > 1 else ()
            return Expected(reported=said, follow=FORMULAS)
        return Expected(with_rows(subject.submission, table, lambda row: order[row]))

    return change


def _cut_and_pasted(parts: Parts, subject: Subject) -> Expected:
    """What is typed in the first row of 3.4 is cut and pasted into the last row of the table."""
    place = subject.placements["keuangan"]
    last = max(place.rows, key=lambda row: row[1])
    for column in _row_columns(subject, "keuangan"):
        source, goal = (a1(place.rows[row], column) for row in (("keuangan", 1), last))
        put(parts, place.sheet, goal, content_of(parts, place.sheet, source))
        put(parts, place.sheet, source, ">")
    return Expected(with_rows(subject.submission, "keuangan", lambda row: last if row[1] == 1 else row))


def _copied_over(table: str) -> Callable[[Parts, Subject], Expected]:
    """A whole row, hidden mark and all, is copied over the next one."""

    def change(parts: Parts, subject: Subject) -> Expected:
        place = subject.placements[table]
        for column in [0, *_typed_columns(subject, table)]:
            source, goal = (a1(place.rows[table, n], column) for n in (1, 2))
            put(parts, place.sheet, goal, content_of(parts, place.sheet, source))
        first = subject.submission.tables[table][table, 1]
        blank = with_rows(subject.submission, table, lambda row: None if row[1] == 2 else row)
        number_of = 2
        if table in ("iku", "ikk"):  # a second row with the same mark counts last
            number_of = max(row for _, row in place.rows) + 1
        new: dict[ValueKey, Value | None] = {
            (table, (table, number_of), column): value for column, value in first.items()
        }
        said: tuple[Said, ...] = ()
        if number_of != 2:  # the row that was overwritten is gone from the tables that follow
            said = (
                ("tanpa-asal", *subject.at(("kinerja", (table, 2), ("target", None)))),
                *_rows_gone(subject, *_FOLLOWING),
            )
        return Expected(with_values(blank, new), said, REPLACED, FORMULAS)

    return change


def _copied_sheet(*, first: bool) -> Callable[[Parts, Subject], Expected]:
    def change(parts: Parts, subject: Subject) -> Expected:
        sheet = subject.placements["pegawai"].sheet
        copy_sheet(parts, sheet, f"{sheet} (2)", first=first)
        put(parts, f"{sheet} (2)", subject.at(_staff(subject))[1], number(999))
        return Expected(reported=(("tabel-ganda", f"{sheet} (2)", ""),))

    return change


def _copied_column(parts: Parts, subject: Subject) -> Expected:
    """A column is copied, its hidden key with it, and inserted before itself; the copy holds other figures."""
    place, at = subject.placements["pegawai"], _column_of(subject, "pegawai", "jumlah")
    key = content_of(parts, place.sheet, a1(KEY_ROW, at - 1))
    move(parts, place.sheet, columns=inserted(at))
    part = sheets_of(parts)[place.sheet]
    for row in (KEY_ROW, *place.rows.values()):
        before = f'<c r="{a1(row, at)}"'.encode()
        copied = f'<c r="{a1(row, at - 1)}"{key if row == KEY_ROW else number(7)}</c>'
        parts[part] = parts[part].replace(before, copied.encode() + before)
    return Expected(reported=(("kolom-ganda", place.sheet, a1(LABEL_ROW, at)),), follow=FORMULAS)


def _copied_table(parts: Parts, subject: Subject) -> Expected:
    """All rows of a sheet, hidden ones and all, are copied far below themselves; the copy holds other figures."""
    place = subject.placements["pegawai"]
    part = sheets_of(parts)[place.sheet]
    rows = b"".join(re.findall(rb'<row r="\d+".*?</row>', parts[part], re.DOTALL))
    rows = re.sub(rb"<f\b[^<>]*(?<=/)>|<f\b[^<>]*>[^<]*</f>", b"", rows)
    rows = re.sub(
        rb'(<row r="|<c r="[A-Z]+)(\d+)', lambda found: found[1] + b"%d" % (int(found[2]) + 60), rows
    )
    parts[part] = parts[part].replace(b"</sheetData>", rows + b"</sheetData>")
    return Expected(reported=(("tabel-ganda", place.sheet, ""),), follow=frozenset({"di-luar-tabel"}))


def _field_deleted(parts: Parts, subject: Subject) -> Expected:
    """The row of a form's field is deleted."""
    place = subject.placements["akip"]
    move(parts, place.sheet, rows=deleted(place.lines["nilai", None] + 1))
    gone = without(subject.submission, "akip", [("nilai", None)])
    return Expected(gone, (("kolom-hilang", place.sheet, ""),), LOST_CHECKS, FORMULAS)


def _moved_to_other_place(parts: Parts, subject: Subject) -> Expected:
    """A whole table is cut, hidden rows and all, and pasted far down on a sheet of its own."""
    sheet = subject.placements["golongan"].sheet
    move(parts, sheet, rows=inserted(1, 40), columns=inserted(1, 5))
    rename(parts, {sheet: "Sheet1"})
    return Expected()


def _sheet_moved(parts: Parts, subject: Subject) -> Expected:
    name = re.escape(subject.placements["keuangan"].sheet).encode()
    match = re.search(rb'<sheet name="' + name + rb'"[^>]*/>', parts[BOOK])
    assert match is not None
    moved = parts[BOOK].replace(match[0], b"").replace(b"<sheets>", b"<sheets>" + match[0])
    parts[BOOK] = re.sub(rb"<definedNames>.*?</definedNames>", b"", moved, flags=re.DOTALL)
    return Expected()


def _of_book(id_: str, words: str, change: Callable[[Book, Subject], Expected]) -> Mutation:
    def apply(subject: Subject, target: Path) -> Expected:
        book = openpyxl.load_workbook(subject.path)
        expected = change(book, subject)
        book.save(target)
        return expected

    return Mutation(id_, words, GROUP, apply)


def _extra_sheet(book: Book, _: Subject) -> Expected:
    sheet = book.create_sheet("Coretan", 0)
    sheet.append(["Program", 1, 2.5, datetime.date(2024, 1, 8), True, "=1+1"])
    sheet["A5"] = "lkjip:pegawai"
    return Expected()


def _commented(book: Book, subject: Subject) -> Expected:
    for key in (_budget(subject), _target(subject), _staff(subject)):
        sheet, cell = subject.at(key)
        book[sheet][cell].comment = Comment("Mohon diperiksa", "Bappeda")
    return Expected()


def _moves() -> list[Mutation]:
    added: dict[str, Value] = {
        "tingkat": "Program", "program": "Program sisipan", "anggaran_isian": 5e6, "realisasi_isian": 4e6,
    }  # fmt: skip
    return [
        _of_parts("baris-di-atas", "tiga baris disisipkan di atas tabel", _rows_above),
        _of_parts("baris-di-kepala", "baris disisipkan di antara kunci dan isian", _rows_in_head),
        _of_parts("baris-kosong-disisipkan", "baris kosong disisipkan di tengah tabel 3.4", _row_between("keuangan", {})),
        _of_parts("baris-disisipkan", "baris disisipkan dan diisi di tabel 3.4", _row_between("keuangan", added, ("baris-tanpa-rumus", "no_program")), right=False),
        _of_parts("baris-pegawai-disisipkan", "baris disisipkan dan diisi di tabel 1.1", _row_between("pegawai", {"pegawai": "PPPK", "jumlah": 3.0})),
        _of_parts("baris-kosong-dihapus", "baris kosong terakhir dihapus", _empty_row_deleted),
        _recalculated("baris-isian-dihapus", "baris isian tabel 3.4 dihapus", _row_deleted("keuangan", 1)),
        _recalculated("baris-tindak-lanjut-dihapus", "baris isian Tindak Lanjut dihapus", _row_deleted("tindak_lanjut", 1)),
        _recalculated("baris-induk-dihapus", "baris IKK, yang diikuti tabel lain, dihapus", _followed_row_deleted, right=False),
        _recalculated("baris-kinerja-dihapus", "baris tabel 3.1, yang mengikuti IKK, dihapus", _following_row_deleted("kinerja", ("ikk", 1)), right=False),
        _recalculated("baris-tren-dihapus", "baris tabel 3.2, yang mengikuti IKK, dihapus", _following_row_deleted("tren", ("ikk", 1)), right=False),
        _recalculated("baris-renstra-dihapus", "baris tabel 3.3, yang mengikuti IKU, dihapus", _following_row_deleted("renstra", ("iku", 1)), right=False),
        _recalculated("baris-standar-dihapus", "baris Standar Nasional, yang mengikuti IKU, dihapus", _following_row_deleted("standar", ("iku", 1)), right=False),
        _idm(_recalculated("baris-idm-dihapus", "baris tetap tabel IDM dihapus", _following_row_deleted("idm", ("idm", 2)), right=False)),
        _idm(_recalculated("baris-idm-ikk-dihapus", "baris tetap IDM ke IKK dihapus", _following_row_deleted("idm_ikk", ("idm_ikk", 2)), right=False)),
        _of_parts("induk-kosong-dihapus", "baris IKU yang kosong dihapus di semua tabel yang memuatnya", _blank_row_deleted_everywhere),
        _of_parts("baris-induk-disisipkan", "baris disisipkan dan diisi di IKU", _followed_row_inserted, right=False),
        _of_parts("baris-pengikut-disisipkan", "baris disisipkan dan diisi di tabel 3.1", _following_row_inserted, right=False),
        _of_parts("baris-tetap-disisipkan", "baris kosong disisipkan di tabel 3.3", _fixed_row_inserted),
        _of_parts("kolom-di-depan", "dua kolom disisipkan di depan tabel", _columns_before),
        _of_parts("kolom-di-tengah", "kolom disisipkan di tengah tabel", _column_between),
        _of_parts("kolom-catatan", "kolom disisipkan dan diisi angka catatan", _column_with_note),
        _recalculated("kolom-isian-dihapus", "kolom isian dihapus", _input_column_deleted, right=False),
        _of_parts("kolom-pemeriksaan-dihapus", "kolom Pemeriksaan dihapus", _status_column_deleted),
        _of_parts("kolom-penjelasan-dihapus", "kolom Penjelasan dihapus", _explanation_column_deleted, right=False),
        _of_parts("kolom-disalin", "kolom isian disalin dengan kuncinya, salinannya diubah", _copied_column, right=False),
        _of_parts("tabel-disalin", "tabel disalin ke bawah di lembar yang sama", _copied_table, right=False),
        _recalculated("baris-formulir-dihapus", "baris isian formulir dihapus", _field_deleted, right=False),
        _of_parts("kolom-bertukar", "dua kolom bertukar tempat", _columns_swapped),
        _of_parts("diurutkan", "isian tabel 3.4 diurutkan lain", _sorted_rows("keuangan", marks=False)),
        _of_parts("diurutkan-tanda", "baris tabel 1.3 diurutkan lain, dengan tandanya", _sorted_rows("golongan", marks=True)),
        _recalculated("induk-diurutkan", "baris IKK diurutkan lain, dengan tandanya", _sorted_rows("ikk", marks=True), right=False),
        _of_parts("dipotong-tempel", "satu baris dipotong dan ditempel di ujung tabel", _cut_and_pasted),
        _of_parts("baris-disalin", "satu baris disalin menimpa baris berikutnya di tabel 1.3", _copied_over("golongan")),
        _of_parts("baris-induk-disalin", "satu baris disalin menimpa baris berikutnya di IKK", _copied_over("ikk"), right=False),
        _of_parts("lembar-disalin", "lembar disalin, salinannya diubah", _copied_sheet(first=False), right=False),
        _of_parts("lembar-disalin-di-depan", "lembar salinan berada di depan aslinya", _copied_sheet(first=True), right=False),
        _of_parts("tabel-dipindah", "tabel dipindah ke tempat lain di lembar bernama lain", _moved_to_other_place),
        _of_parts("lembar-dipindah", "lembar 3.4 Keuangan dipindah ke depan", _sheet_moved),
        _of_book("lembar-tambahan", "lembar coretan ditambahkan", _extra_sheet),
        _of_book("komentar", "komentar pada sel isian", _commented),
    ]  # fmt: skip


def accidents() -> list[Mutation]:
    """Return what happens to a workbook in an office."""
    return [*_numbers(), *_files(), *_moves()]
