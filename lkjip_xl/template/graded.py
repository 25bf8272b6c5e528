"""What must hold of grades: of their scales, and of the columns that share the cells of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lkjip_xl.template.declaration import ColumnDeclaration, TableDeclaration
from lkjip_xl.template.declared_set import ARAH, MAIN, TemplateDeclaration


def scale_faults(declared: TemplateDeclaration) -> Iterator[str]:
    """Yield what does not fit in the scales of a set."""
    if ARAH in declared.choices:
        yield f"choices.{ARAH} tersusun sendiri dari capaian.arah dan grades; hapus daftar ini"
    names = Counter(name.lower() for name in declared.choice_lists[ARAH])
    for name, grades in declared.grades.items():
        if name != _bare(name) or names[name.lower()] > 1:
            yield f"grades {name!r}: nama ini kosong, berspasi di tepinya, atau sudah dipakai arah atau skala lain"
        times = Counter(grade.label.lower() for grade in grades)
        for grade in grades:
            if grade.label != _bare(grade.label) or "(" in grade.label:
                yield f"grades {name!r}: sebutan {grade.label!r} kosong, berkurung, atau berspasi di tepinya"
            if times[grade.label.lower()] > 1:
                yield f"grades {name!r}: sebutan {grade.label!r} ditulis dua kali"
        for better, worse in pairwise(grades):
            if better.value <= worse.value:
                yield f"grades {name!r}: nilai {worse.label!r} harus di bawah nilai {better.label!r}"


def _bare(text: str) -> str:
    """Return a text as a cell's is compared: without spaces at its ends, and with single ones between its words."""
    return " ".join(filter(None, text.split(" ")))


def grade_faults(
    column: ColumnDeclaration, table: TableDeclaration, declared: TemplateDeclaration
) -> Iterator[str]:
    """Yield what does not fit in a column of grades, or in one that is none."""
    if column.type != "grade":
        for name in ("cell", "scale"):
            if getattr(column, name) is not None:
                yield f"{name} hanya untuk kolom predikat (grade)"
        return
    if table.kind == "form":
        yield "kolom predikat hanya untuk tabel, bukan untuk formulir"
    if not declared.grades:
        yield f"kolom predikat, tetapi {MAIN} tidak punya [grades]"
    if column.cell is None:
        yield "kolom predikat tanpa cell"
        return
    number = next((each for each in table.columns if each.key == column.cell), None)
    if number is None or number.type not in ("number", "integer"):
        yield f"cell menunjuk {column.cell}, yang bukan kolom angka tabel ini"
        return
    if [each.cell for each in table.columns].count(column.cell) > 1:
        yield f"cell {column.cell} dipakai dua kolom predikat"
    if column.years != number.years:
        yield f"years harus sama dengan years kolom {number.key}"
    for name in ("formula", "current_year"):
        if (getattr(column, name) is None) != (getattr(number, name) is None):
            yield f"{name} harus ada di kolom ini dan di kolom {number.key}, atau tidak di keduanya"
    if (column.scale is None) != (column.formula is not None):
        yield "scale harus ditulis untuk predikat yang diketik, dan hanya untuk itu"
    for name in ("total", "required", "unique", "min", "max", "pattern", "choices", "references", "hidden"):
        if getattr(column, name):
            yield f"{name} ditulis di kolom {number.key}, bukan di kolom predikatnya"
