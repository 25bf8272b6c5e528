"""The shape of a JSON data document, whatever the tables of its template set are.

``templates/schema/data.schema.json`` is made from these models. What depends on the table, column or report is looked at in
``json_data``: ``SkipValidation`` leaves it to that, while the schema says it.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from lkjip_xl.base.errors import DataError
from lkjip_xl.base.showing import short
from lkjip_xl.form.submission import MAX_TEXT
from lkjip_xl.formula.cell_tests import FIRST_DAY, LAST_DAY, MAX_NUMBER
from lkjip_xl.template.declaration import MAX_ROWS

FORMAT = "lkjip-xl/1"
_T = TypeVar("_T")

Year = Annotated[int, Field(ge=FIRST_DAY.year, le=LAST_DAY.year)]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
Cell = Annotated[float, Field(gt=-MAX_NUMBER, lt=MAX_NUMBER)] | Text
Years = dict[str, SkipValidation[Cell]]
Row = dict[str, SkipValidation[Cell | dict[str, Cell]]]
Rows = Annotated[list[Row], Field(max_length=MAX_ROWS)]
Parts = dict[str, Rows]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class SetName(_Shape):
    """Kumpulan templat asal data; keterangan saja."""

    id: str
    """Nama kumpulan templat."""
    versi: str
    """Versinya."""


class ExplanationEntry(_Shape):
    """Satu penjelasan di samping peringatan: di samping baris, baris jumlah (tanpa ``baris``), atau isian formulir."""

    tabel: str
    """Nama tabel."""
    bagian: str | None = None
    """Tabel asal baris, pada tabel yang barisnya mengikuti tabel lain."""
    baris: Annotated[int, Field(ge=1, le=MAX_ROWS)] | None = None
    """Nomor baris, mulai dari 1."""
    kolom: str | None = None
    """Nama isian, pada formulir."""
    teks: SkipValidation[Text]
    """Penjelasannya."""


class Document(_Shape):
    """Semua isian satu buku kerja."""

    format: Literal["lkjip-xl/1"]
    """Bentuk data ini."""
    templat: SkipValidation[SetName | None] = None
    """Kumpulan templat asal data."""
    tahun: Year
    """Tahun laporan."""
    periode: Annotated[tuple[Year, Year], Field(strict=False)]
    """Periode Renstra: tahun awal dan tahun akhir."""
    modul: list[str] = []
    """Modul yang dipakai."""
    tabel: dict[str, SkipValidation[Row | Rows | Parts]] = {}
    """Isian tiap tabel: formulir satu objek, tabel daftar baris, tabel yang mengikuti tabel lain daftar baris per asal."""
    tidak_berlaku: dict[str, SkipValidation[Text]] = {}
    """Tabel yang tidak berlaku bagi OPD ini, dengan alasannya."""
    penjelasan: list[ExplanationEntry] = []
    """Penjelasan di samping peringatan."""
    hitungan: Any = None
    """Kolom hitungan dari ``export --computed``; diabaikan saat dibaca."""


_LATE = ConfigDict(defer_build=True)  # most commands read no document
DOCUMENT, FORM = TypeAdapter(Document), TypeAdapter(Row, config=_LATE)
ROWS, PARTS = TypeAdapter(Rows, config=_LATE), TypeAdapter(Parts, config=_LATE)
YEARS = TypeAdapter(Years, config=_LATE)


def shaped(adapter: TypeAdapter[_T], content: object, place: str = "") -> _T:
    """Return content that has the shape; raise ``DataError`` that names the place of the first thing that has not."""
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    # A name that is not known tells more than that another is missing.
    first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    for part in first["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f"{'.' if place else ''}{short(part)}"
    raise DataError(f"{place or 'data'}: {_reason(first)}") from None


def year_wanted(value: object) -> str:
    """Return the sentence that a year should stand where a value stands."""
    return f"seharusnya tahun ({FIRST_DAY.year}–{LAST_DAY.year}), bukan {short(repr(value))}"


def named(value: object) -> str:
    """Return the beginning of a JSON value as it was written."""
    return json.dumps(value, ensure_ascii=False)[:40]


def _reason(error: ErrorDetails) -> str:
    value = error["input"]
    match error["type"]:
        case "missing":
            return "wajib ada"
        case "extra_forbidden":
            return "nama ini tidak dikenal"
        case "literal_error":
            return f"seharusnya {FORMAT!r}, bukan {short(repr(value))}"
        case "dict_type" | "model_type":
            return f"seharusnya objek {{…}}, bukan {named(value)}"
        case "list_type":
            return f"seharusnya daftar […], bukan {named(value)}"
        case "string_type":
            return f"seharusnya teks, bukan {named(value)}"
        case "tuple_type" | "too_long" if error["loc"] == ("periode",):
            return "seharusnya [tahun awal, tahun akhir]"
        case "too_long":
            return f"paling banyak {MAX_ROWS} baris"
    return (
        f"seharusnya nomor baris, 1 sampai {MAX_ROWS}" if error["loc"][-1] == "baris" else year_wanted(value)
    )
