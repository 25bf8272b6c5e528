"""What Excel lets staff type into a column's cells, and what it tells them while they do (xlsxwriter's options)."""

from __future__ import annotations

from typing import Any

from lkjip_xl.formula.excel import FIRST_DAY, LAST_DAY
from lkjip_xl.template.field_rules import MAX_NUMBER
from lkjip_xl.template.model import Column

_TITLE, _MESSAGE = 32, 255  # characters that Excel shows


def validation(column: Column, title: str, source: str) -> dict[str, Any]:
    """Return the options of a column's data validation; ``source`` is the range of its dropdown, if it has one."""
    shown = {"input_title": title[:_TITLE], "input_message": _help(column)[:_MESSAGE], "ignore_blank": True}
    return _allowed(column, source) | shown


def _allowed(column: Column, source: str) -> dict[str, Any]:
    declared = column.declared
    match declared.type:
        case "integer":
            return _between(
                column, "integer", "Isi dengan bilangan bulat", "Ketik bilangan bulat tanpa titik ribuan"
            )
        case "number":
            return _between(column, "decimal", "Isi dengan angka", "Ketik angka tanpa Rp, % dan titik ribuan")
        case "choice" | "reference":
            return {
                "validate": "list",
                "source": source,
                "error_title": "Pilih dari daftar",
                "error_message": "Pilih salah satu dari daftar di sel ini.",
            }
        case "date":
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": FIRST_DAY,
                "maximum": LAST_DAY,
                "error_title": "Isi dengan tanggal",
                "error_message": "Ketik tanggal, misalnya 08/01/2024.",
            }
        case _:
            return {"validate": "any"}


def _between(column: Column, kind: str, title: str, text: str) -> dict[str, Any]:
    low, high = column.declared.min, column.declared.max
    minimum, maximum = -MAX_NUMBER if low is None else low, MAX_NUMBER if high is None else high
    whole = kind == "integer"
    bounds = [f"paling kecil {low:g}"] if low is not None else []
    bounds += [f"paling besar {high:.0f}"] if high is not None else []
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": int(minimum) if whole else minimum,
        "maximum": int(maximum) if whole else maximum,
        "error_title": title,
        "error_message": f"{text}; {' dan '.join(bounds)}." if bounds else f"{text}.",
    }


def _help(column: Column) -> str:
    declared = column.declared
    parts = [declared.help] if declared.help else []
    if column.pattern is not None:
        parts.append(f"Ditulis sebagai {column.pattern.words}.")
    if declared.unit:
        parts.append(f"Satuan: {declared.unit}.")
    if declared.required:
        parts.append("Wajib diisi.")
    return " ".join(parts)
