"""Mistakes in scales of grades, and in the columns that share the cells of numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.template.load import load_template
from support import tiny, write_tiny

MUTU = '{ label = "Sangat Baik", value = 4 }, { label = "Baik", value = 3 }'
# [grades] and [choices] of template.toml; what is said
SCALES = [
    (
        'mutu = [{ label = "Baik", value = 4 }, { label = "baik", value = 3 }]',
        "grades 'mutu': sebutan 'Baik' ditulis dua kali",
    ),
    (
        'mutu = [{ label = "Baik", value = 3 }, { label = "Sedang", value = 3 }]',
        "grades 'mutu': nilai 'Sedang' harus di bawah nilai 'Baik'",
    ),
    (
        'mutu = [{ label = "Baik (B)", value = 4 }, { label = "Buruk", value = 3 }]',
        "grades 'mutu': sebutan 'Baik (B)' kosong, berkurung, atau berspasi di tepinya",
    ),
    (
        'mutu = [{ label = "Sangat  Baik", value = 4 }, { label = "Baik", value = 3 }]',
        "grades 'mutu': sebutan 'Sangat  Baik' kosong, berkurung, atau berspasi di tepinya",
    ),
    (
        f"naik = [{MUTU}]",
        "grades 'naik': nama ini kosong, berspasi di tepinya, atau sudah dipakai arah atau skala lain",
    ),
    (
        f"mutu = [{MUTU}]\nMutu = [{MUTU}]",
        "grades 'mutu': nama ini kosong, berspasi di tepinya, atau sudah dipakai arah atau skala lain",
    ),
    (
        'mutu = [{ label = "Baik", nilai = 4 }, { label = "Buruk", value = 3 }]',
        "grades.mutu.0.value: wajib ada",
    ),
    (
        f'mutu = [{MUTU}]\n[choices]\narah = ["naik"]',
        "choices.arah tersusun sendiri dari capaian.arah dan grades; hapus daftar ini",
    ),
]
NUMBER, WAY = '{key = "n", label = "N", type = "number"}', '{key = "w", label = "W", type = "text"}'
# the number, the grade; what is said of the grade
COLUMNS = [
    (NUMBER, 'type = "grade", scale = "w"', "kolom predikat tanpa cell"),
    (NUMBER, 'type = "grade", cell = "z", scale = "w"', "cell menunjuk z, yang bukan kolom angka tabel ini"),
    (NUMBER, 'type = "grade", cell = "w", scale = "w"', "cell menunjuk w, yang bukan kolom angka tabel ini"),
    (NUMBER, 'type = "text", cell = "n"', "cell hanya untuk kolom predikat (grade)"),
    (NUMBER, 'type = "text", scale = "w"', "scale hanya untuk kolom predikat (grade)"),
    (
        NUMBER,
        'type = "grade", cell = "n"',
        "scale harus ditulis untuk predikat yang diketik, dan hanya untuk itu",
    ),
    (
        NUMBER,
        'type = "grade", cell = "n", formula = "w"',
        "formula harus ada di kolom ini dan di kolom n, atau tidak di keduanya",
    ),
    (
        NUMBER.replace("}", ", formula = 'ABS(a)'}"),
        'type = "grade", cell = "n", scale = "w"',
        "formula harus ada di kolom ini dan di kolom n, atau tidak di keduanya",
    ),
    (
        NUMBER,
        'type = "grade", cell = "n", scale = "w", years = "all"',
        "years harus sama dengan years kolom n",
    ),
    (
        NUMBER,
        'type = "grade", cell = "n", scale = "w", required = true',
        "required ditulis di kolom n, bukan di kolom predikatnya",
    ),
    (
        NUMBER,
        'type = "grade", cell = "n", scale = "ww"',
        "scale: tabel t tidak punya kolom ww (rumus 'ww', huruf ke-1)",
    ),
    (NUMBER, 'type = "grade", cell = "n", scale = "a"', "scale: rumus menghasilkan angka, bukan nama skala"),
]


@pytest.mark.parametrize(("scales", "reason"), SCALES)
def test_scales(scales: str, reason: str, tmp_path: Path) -> None:
    folder = write_tiny(tmp_path, t=f"columns = [{NUMBER}]\n")
    main = folder / "template.toml"
    text = main.read_text("utf-8")
    first = text.index("[grades]\n") + len("[grades]\n")
    main.write_text(text[:first] + scales + "\n" + text[text.index("[patterns.kode]") :], encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        load_template(folder)
    assert str(error.value) == f"Templat keliru di template.toml: {reason}"


@pytest.mark.parametrize(("number", "grade", "reason"), COLUMNS)
def test_columns(number: str, grade: str, reason: str, tmp_path: Path) -> None:
    figure = '{key = "a", label = "A", type = "number"}'
    columns = f'columns = [{figure}, {WAY}, {number}, {{key = "p", label = "P", {grade}}}]\n'
    with pytest.raises(DeclarationError) as error:
        tiny(tmp_path, t=columns)
    assert str(error.value) == f"Templat keliru di t.toml, tabel t, kolom p: {reason}"


RULE = """
[[rules]]
id = "r"
title = "R"
severity = "galat"
check = "n > 1"
blame = "p"
message = "m"
remedy = "p"
source = "d"
"""


def test_other_mistakes(tmp_path: Path) -> None:
    grade = '{key = "p", label = "P", type = "grade", cell = "n", scale = "w"}'
    both = f"columns = [{WAY}, {NUMBER}, {grade}]\n"
    twice = f"columns = [{WAY}, {NUMBER}, {grade}, {grade.replace('p', 'q', 1).replace('P', 'Q')}]\n"
    said = []
    for n, table in enumerate(
        (both + RULE, twice.replace('key = "q"', 'key = "q"'), 'kind = "form"\n' + both)
    ):
        with pytest.raises(DeclarationError) as error:
            tiny(tmp_path / str(n), t=table)
        said.append(str(error.value))
    assert said == [
        "Templat keliru di t.toml, tabel t: aturan r: blame menunjuk p; tulis kolom selnya, n",
        "Templat keliru di t.toml, tabel t, kolom p: cell n dipakai dua kolom predikat",
        "Templat keliru di t.toml, tabel t, kolom p: kolom predikat hanya untuk tabel, bukan untuk formulir",
    ]
    folder = write_tiny(tmp_path / "tanpa", t=both)
    main = folder / "template.toml"
    text = main.read_text("utf-8")
    main.write_text(text[: text.index("[grades]")] + text[text.index("[patterns.kode]") :], encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        load_template(folder)
    assert str(error.value).endswith("kolom p: kolom predikat, tetapi template.toml tidak punya [grades]")
