"""What staff may type into input cells: dropdowns with the lists behind them, and Excel's data validations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lkjip_xl.base.a1 import a1, absolute, sheet_prefix
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.form.layout import LISTS_ROW, Layout
from lkjip_xl.form.names import Names
from lkjip_xl.formula.cell_tests import FIRST_DAY, LAST_DAY, MAX_NUMBER
from lkjip_xl.formula.status import compacted, copied, ranked, result
from lkjip_xl.template.model import Column
from lkjip_xl.template.prompts import prompt, reason_prompt, typed_in
from lkjip_xl.template.sheet_names import LISTS_SHEET

if TYPE_CHECKING:
    from lkjip_xl.write.book import Book

_GRADES = 4  # columns of the hidden sheet of lists: see ``form.addresses``


class Dropdowns:
    """Collects the lists that columns ask for, then writes them on their hidden sheet."""

    def __init__(self, plan: Layout, values: Mapping[str, SheetValues], out: Book) -> None:
        self.plan = plan
        self.values = values
        self._out = out
        self._sheet = out.sheet(LISTS_SHEET)
        self._fixed: dict[tuple[str, ...], int] = {}
        self._linked: dict[tuple[str, ...], int] = {}
        self._next = _GRADES if plan.template.grades.all else 0

    def source(self, column: Column) -> str:
        """Return the range that a column's dropdown shows."""
        if column.choices:
            at = self._place(self._fixed, column.choices, columns=1)
            return self._range(at, len(column.choices))
        paths = column.declared.references
        at = self._place(self._linked, paths, columns=3)
        fixed, live = self._sources(paths)
        return self._range(at + 2, len(fixed) + len(live))

    def typed_on(self, column: Column) -> list[str]:
        """Return the sheets where people type the texts of a column's dropdown; none where it has no such list."""
        keys = typed_in(column, self.plan.template.tables)
        return [self.plan.placements[key].sheet for key in keys if key in self.plan.placements]

    def write(self, names: Names) -> None:
        """Write the grades and all lists that were asked for, and name what formulas know by a name."""
        for column, head in enumerate(("kunci", "skala", "predikat", "nilai")[: self._next]):
            self._sheet.value(0, column, head, {})
        for row, grade in enumerate(self.plan.template.grades.all, start=LISTS_ROW):
            cells: tuple[str | float, ...] = (grade.key, grade.scale, grade.label, grade.value)
            for column, value in enumerate(cells):
                self._sheet.value(row, column, value, {})
        for choices, at in self._fixed.items():
            self._sheet.value(0, at, "pilihan", {})
            for row, text in enumerate(choices, start=LISTS_ROW):
                self._sheet.value(row, at, text, {})
        for paths, at in self._linked.items():
            self._write_linked(paths, at)
        for name, listed in names.lists.items():
            self._sheet.value(0, self._next, name, {})
            for row, value in enumerate(listed, start=LISTS_ROW):
                self._sheet.value(row, self._next, value, {})
            self._out.name(name, self._cells(self._next, len(listed)))
            self._next += 1
        for name, (formula, shown) in names.computed.items():
            self._sheet.value(0, self._next, name, {})
            self._sheet.formula(LISTS_ROW, self._next, formula, shown, {})
            self._out.name(name, self._cells(self._next, 1))
            self._next += 1
        for name, area in names.ranges.items():
            self._out.name(name, area)
        self._sheet.protect()
        self._sheet.raw.hide()

    def _place(self, places: dict[tuple[str, ...], int], key: tuple[str, ...], columns: int) -> int:
        if key not in places:
            places[key] = self._next
            self._next += columns
        return places[key]

    @staticmethod
    def _range(column: int, length: int) -> str:
        return result(Dropdowns._cells(column, length))

    @staticmethod
    def _cells(column: int, length: int) -> str:
        first, last = absolute(LISTS_ROW, column), absolute(LISTS_ROW + length - 1, column)
        return f"{sheet_prefix(LISTS_SHEET)}{first}:{last}"

    def _sources(self, paths: tuple[str, ...]) -> tuple[list[str], list[tuple[str, str | None]]]:
        """Return the fixed texts of the list, then address and text of every cell that people fill."""
        fixed: list[str] = []
        live: list[tuple[str, str | None]] = []
        for path in paths:
            key, name = path.split(".")
            placement = self.plan.placements.get(key)
            if placement is None:
                continue
            always = self.plan.template.tables[key].columns[name].declared.type == "fixed"
            for row in placement.rows:
                value = self.values[key].get(row, {}).get((name, None))
                text = value if isinstance(value, str) else None
                if always:
                    fixed += [text] if text else []
                else:
                    address = sheet_prefix(placement.sheet) + placement.cell((name, None), row)
                    live.append((address, text))
        return fixed, live

    def _write_linked(self, paths: tuple[str, ...], at: int) -> None:
        fixed, live = self._sources(paths)
        filled = [text for _, text in live if text is not None]
        last = LISTS_ROW + len(live) - 1
        copies = f"{absolute(LISTS_ROW, at)}:{absolute(last, at)}"
        ranks = f"{absolute(LISTS_ROW, at + 1)}:{absolute(last, at + 1)}"
        self._sheet.value(0, at, " + ".join(paths), {})
        for row, always in enumerate(fixed, start=LISTS_ROW):
            self._sheet.value(row, at + 2, always, {})
        rank = 0
        for number, (address, text) in enumerate(live, start=1):
            row = LISTS_ROW + number - 1
            above = f"{absolute(0, at + 1)}:{a1(row - 1, at + 1)}"
            rank += text is not None
            self._sheet.formula(row, at, copied(address), text, {})
            number_here = float(rank) if text is not None else None
            self._sheet.formula(row, at + 1, ranked(a1(row, at), above), number_here, {})
            shown = filled[number - 1] if number <= len(filled) else None
            formula = compacted(number, copies, ranks)
            self._sheet.formula(row + len(fixed), at + 2, formula, shown, {})


def validation(column: Column, title: str, source: str, sheets: Sequence[str] = ()) -> dict[str, Any]:
    """Return the options of a column's data validation.

    ``source`` is the range of its dropdown, if it has one, and ``sheets`` are those where the texts in it are typed.
    """
    shown = {"input_title": title, "input_message": prompt(column, sheets), "ignore_blank": True}
    return _allowed(column, source) | shown


def reason_validation(example: str) -> dict[str, Any]:
    """Return the data validation of the cell where staff say why a table does not apply."""
    return {"validate": "any", "input_title": "Tidak berlaku", "input_message": reason_prompt(example)}


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
