"""The declaration of the report in Word: what names something that is not there is said with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.template.load import default_folder, load_template

FAULTS = [
    ('[[parts]]\ntable = "pegawaii"', "parts ke-1: tabel pegawaii tidak ada; maksud Anda pegawai?"),
    ('[[parts]]\ncharts = "grafik"', "parts ke-1: tabel grafik tidak ada; yang ada: akip, analisis, efisiensi, golongan, identitas, idm, idm_ikk, ikhtisar, …"),
    ('[[parts]]\nheading = "{{ identitas.namaa }}"', "parts ke-1: kalimat '{{ identitas.namaa }}': identitas.namaa tidak ada; maksud Anda identitas.nama?"),
    ('[[parts]]\nkey = "satu"\nsentences = ["{{ tren.target }}"]', "parts ke-1: kalimat '{{ tren.target }}': tren.target: tren adalah tabel; tulis {% for baris in tren %} … baris.target"),
    ('[[parts]]\ntext = ["a"]\n[[parts]]\nkey = "satu"\nsentences = ["a"]\n[[parts]]\nkey = "satu"\nsentences = ["b"]', "parts ke-3: key satu sudah dipakai"),
    ('[[parts]]\nkey = "pegawai"\nsentences = ["a"]', "parts ke-1: key pegawai sudah dipakai"),
    ('[[parts]]\neach = "kinerja"', "parts ke-1: each memerlukan rows"),
    ('[[parts]]\neach = "kinerja"\n[[parts.rows]]\nheading = "a"\nfirst_of = "sasarn"', "parts ke-1, rows ke-1: first_of sasarn tidak ada; maksud Anda sasaran?"),
    ('[[parts]]\neach = "kinerja"\n[[parts.rows]]\nkey = "satu"\nsentences = ["{{ baris.capaia | persen }}"]', "parts ke-1, rows ke-1: kalimat '{{ baris.capaia | persen }}': baris.capaia tidak ada; maksud Anda baris.capaian?"),
    ('[[parts]]\neach = "kinerja"\n[[parts.rows]]\nkey = "satu"\nsentences = ["{{ sebaris.tren.realisasi | angka }}"]', "parts ke-1, rows ke-1: kalimat '{{ sebaris.tren.realisasi | angka }}': sebaris.tren.realisasi berisi angka tiap tahun; tulis tahunnya, misalnya sebaris.tren.realisasi[tahun]"),
    ('[[parts]]\neach = "kinerja"\n[[parts.rows]]\nkey = "satu"\nsentences = ["{{ sebaris.trend.realisasi[tahun] | angka }}"]', "parts ke-1, rows ke-1: kalimat '{{ sebaris.trend.realisasi[tahun] | angk': sebaris.trend.realisasi tidak ada"),
    ('[[parts]]\nheading = "a"\ntable = "pk"', "parts.0: harus tepat satu dari heading, text, sentences, table, charts, figure, picture, write, contents, section, each"),
    ('[[parts]]\nsentences = ["a"]', "parts.0: sentences memerlukan key"),
    ('[[parts]]\nheading = "a"\nlevel = 5', "parts.0.level: nilai 5 tidak sesuai (Input should be less than or equal to 4)"),
    ('parts = []\n[[regency]]\nshow = "peringkat"', "regency ke-1: show peringkat memerlukan figures"),
    ('parts = []\n[[regency]]\nshow = "opd"\nfigures = ["capaia"]', "regency ke-1: angka capaia tidak ada; maksud Anda capaian?"),
    ('parts = []\n[[regency]]\nshow = "daftar"\nsheet = "Indikatr"', "regency ke-1: daftar Indikatr tidak ada; maksud Anda Indikator?"),
    ('parts = []\n[[regency]]\ntext = ["{{ angka.capaia | persen }}"]', "regency ke-1: kalimat '{{ angka.capaia | persen }}': angka.capaia tidak ada; maksud Anda angka.capaian?"),
]  # fmt: skip


@pytest.mark.sampled(10)
@pytest.mark.parametrize(("declared", "message"), FAULTS)
def test_a_part_that_names_what_there_is_not(declared: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    shutil.copytree(default_folder(), folder)
    (folder / "laporan.toml").write_text(declared, encoding="utf-8")
    template = load_template(folder)  # which says nothing as long as nobody wants the report
    with pytest.raises(DeclarationError) as raised:
        _ = template.report
    assert str(raised.value).removeprefix("Templat keliru di laporan.toml: ") == message


def test_a_set_need_not_declare_a_report(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    shutil.copytree(default_folder(), folder)
    (folder / "laporan.toml").unlink()
    assert load_template(folder).report is None
    shipped = load_template()
    assert load_template(folder).digest == shipped.digest  # nothing in a workbook depends on it
