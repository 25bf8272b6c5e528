"""One table's sheet: title, headings, input cells with their validations, locked formulas, total."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from typing import Any

from lkjip_xl.base.a1 import a1, absolute
from lkjip_xl.base.findings import Place
from lkjip_xl.base.keys import ColumnKey, Period, RowKey, column_text, row_text
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.form import layout
from lkjip_xl.form.formulas import Formulas, RowFormula
from lkjip_xl.form.layout import Placement
from lkjip_xl.formula import status
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.template.filling import naming_column
from lkjip_xl.template.model import Column, Table
from lkjip_xl.words.wording import quoted
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.head import FORM_WIDTHS, Head, full_title
from lkjip_xl.write.inputs import Dropdowns, validation
from lkjip_xl.write.printing import page
from lkjip_xl.write.table_pages import begins, set_up_table, sheet_parts
from lkjip_xl.xlsx.styles import SHOWN_OTHERWISE

FORM_HELP_WIDTH = 60


class TableSheet:
    """Writes one table's sheet."""

    def __init__(
        self,
        formulas: Formulas,
        table: Table,
        sheet: Sheet,
        values: SheetValues,
        dropdowns: Dropdowns,
        misfits: Mapping[Place, Any],
        inapplicable: str | None = None,
    ) -> None:
        self.formulas = formulas
        self.plan = plan = formulas.plan
        self.table = table
        self.sheet = sheet
        self.values = values
        self.dropdowns = dropdowns
        self.misfits = misfits
        self.inapplicable = inapplicable
        self.placement: Placement = plan.placements[table.key]
        self.parts = [] if table.is_form else sheet_parts(table, self.placement, sheet.book.paper)

    # -- both kinds -------------------------------------------------------------------------------------------

    def _head(self, first: int) -> None:
        sheet = self.sheet
        sheet.raw.hide_gridlines(2)
        sheet.raw.set_column(0, 0, None, None, {"hidden": True})
        sheet.raw.set_tab_color(styles.TAB_COLORS[bool(self.table.typed)])
        head = Head(self.formulas, self.table, sheet)
        table, column = self.plan.template.column(self.plan.template.declared.identity.name)
        head.title(first, self.dropdowns.values[table.key].get((table.key, 1), {}).get((column.key, None)))
        head.reason(first, self.inapplicable)
        head.help(first)
        sheet.value(layout.KEY_ROW, 0, layout.MARK + self.table.key, {})
        sheet.raw.set_row(layout.KEY_ROW, None, None, {"hidden": True})

    def _cell(self, column: Column, year: Period | None, row: RowKey) -> None:
        position = self.placement.position((column.key, year), row)
        assert position is not None  # noqa: S101 - the layout has every cell that is written
        value = self.values.get(row, {}).get((column.key, year))
        style = styles.number_format(column.declared)
        if column.grades is not None:  # whether a grade stands there or is yet to come
            style = {**style, "text_wrap": True}
        if self.table.is_list:
            self.sheet.value(*position, value, {**styles.PLAIN, **style})
        elif column.typed_in(year, self.plan.setup.year):
            place = Place(self.table.key, row, (column.key, year))
            if column.locked_in(year, self.plan.setup.year) and value is None and place not in self.misfits:
                self.sheet.value(*position, None, styles.LATER)
            elif place in self.misfits:
                raw = self.misfits[place]
                if column.kind is Kind.NUMBER and isinstance(raw, SHOWN_OTHERWISE):
                    # As text: with its format the cell would do the same to every number typed there.
                    raw = quoted(raw).strip("“”")
                self.sheet.raw_value(*position, raw, {**styles.INPUT, **style})
            elif column.declared.type == "date" and isinstance(value, str):
                self.sheet.date(*position, value, {**styles.INPUT, **style})
            else:
                self.sheet.value(*position, value, {**styles.INPUT, **style})
        elif column.declared.type == "ordinal":
            self._number(position, row, {**styles.PLAIN, **style})
        elif column.declared.type == "fixed":
            self.sheet.value(
                *position,
                layout.fixed_text(self.table, column, row, self.plan.setup),
                {**styles.PLAIN, **style},
            )
        else:
            node = column.shown
            assert node is not None  # noqa: S101 - neither typed nor fixed: computed
            formula = self.formulas.text(node, self.table, row, year)
            self.sheet.formula(*position, formula, value, {**styles.LOCKED, **style})

    def _number(self, position: tuple[int, int], row: RowKey, style: styles.Style) -> None:
        """Write the number of a row; where rows follow others, of those that have a name, one after the other."""
        naming = naming_column(self.table)
        if not self.table.declared.rows_from or naming is None:
            self.sheet.value(*position, row[1], style)
            return
        first, line = min(self.placement.rows.values()), self.placement.lines[naming.key, None]
        names = f"{absolute(first, line)}:${a1(position[0], line)}"
        named = [each for each in self.placement.rows if self.values.get(each, {}).get((naming.key, None))]
        shown = float(named.index(row) + 1) if row in named else None
        self.sheet.formula(*position, RowFormula(status.numbered(names), "nomor"), shown, style)

    def _validate(
        self, column: Column, year: Period | None, first: tuple[int, int], last: tuple[int, int]
    ) -> None:
        title = column.declared.prompt or layout.column_label(column, year, self.plan.setup)
        source = self.dropdowns.source(column) if column.choices or column.declared.references else ""
        sheets = self.dropdowns.typed_on(column)
        self.sheet.raw.data_validation(*first, *last, validation(column, title, source, sheets))

    # -- forms ------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the whole sheet but its live checks."""
        self._form() if self.table.is_form else self._table()

    def write_strays(self, strays: Sequence[Mapping[ColumnKey, Any]]) -> None:
        """Write below the table what stood in its columns but in no row of it."""
        row = self.placement.total_row
        if row is None or not strays:
            return
        row += 2
        self.sheet.value(row, layout.FIRST_COLUMN, layout.STRAYS_TITLE, styles.NOTE)
        for cells in strays:
            row += 1
            for key, value in cells.items():
                self.sheet.raw_value(row, self.placement.lines[key], value, styles.INPUT)

    def _form(self) -> None:
        sheet = self.sheet
        self._head(layout.FORM_LABEL_COLUMN)
        for line, width in FORM_WIDTHS.items():
            sheet.raw.set_column(line, line, width)
        sheet.raw.set_column(layout.FORM_HELP_COLUMN, layout.FORM_HELP_COLUMN, FORM_HELP_WIDTH)
        sheet.value(layout.KEY_ROW, layout.FORM_VALUE_COLUMN, layout.VALUE_KEY, {})
        row_key = (self.table.key, 1)
        last = layout.FORM_ROW
        for (key, year), line in self.placement.lines.items():
            column = self.table.columns[key]
            sheet.value(line, layout.MARK_COLUMN, key, {})
            label = layout.column_label(column, year, self.plan.setup)
            sheet.value(line, layout.FORM_LABEL_COLUMN, label, styles.PLAIN)
            self._cell(column, year, row_key)
            text = self.values.get(row_key, {}).get((key, year))
            example = f"Contoh: {column.declared.example}" if column.declared.example else ""
            notes = (column.declared.unit, column.declared.help, example)
            note = " · ".join(part for part in notes if part)
            value_width = FORM_WIDTHS[layout.FORM_VALUE_COLUMN]
            sheet.fit(line, [(note, FORM_HELP_WIDTH), (text, value_width)], growing=True)
            sheet.value(line, layout.FORM_HELP_COLUMN, note or None, {**styles.NOTE, "text_wrap": True})
            if column.typed_in(year, self.plan.setup.year):
                cell = (line, layout.FORM_VALUE_COLUMN)
                self._validate(column, year, cell, cell)
            last = line + 1
        sheet.value(last, layout.MARK_COLUMN, layout.END, {})
        sheet.raw.print_area(0, layout.FORM_LABEL_COLUMN, last - 1, layout.FORM_VALUE_COLUMN)
        page(sheet, list(FORM_WIDTHS.values()), upright=True)
        sheet.protect()

    # -- tables -----------------------------------------------------------------------------------------------

    def _table(self) -> None:
        sheet, placement = self.sheet, self.placement
        shown = [n for (key, _), n in placement.lines.items() if not self._hidden(key)]
        self._head(min(shown))
        self._headings()
        sheet.value(layout.NUMBER_ROW, layout.MARK_COLUMN, layout.START, {})
        for row, line in placement.rows.items():
            sheet.value(line, layout.MARK_COLUMN, row_text(row), {})
            for key, year in placement.lines:
                self._cell(self.table.columns[key], year, row)
            self._fit_height(row, line)
        first, last = min(placement.rows.values()), max(placement.rows.values())
        for (key, year), line in placement.lines.items():
            column = self.table.columns[key]
            hidden = {"hidden": True} if column.declared.hidden else {}
            sheet.raw.set_column(line, line, column.declared.width, None, hidden)
            now = self.plan.setup.year
            typed = column.typed_in(year, now) and not column.locked_in(year, now)
            if typed and not self.table.is_list:
                self._validate(column, year, (first, line), (last, line))
        self._closing()
        lines = list(placement.lines.values())
        # From the marks to the explanations, so that sorting takes along what belongs to a row.
        checked = (placement.status_column or 0, placement.explanation_column or 0)
        sheet.raw.autofilter(layout.NUMBER_ROW, layout.MARK_COLUMN, last, max(*lines, *checked))
        sheet.raw.freeze_panes(layout.DATA_ROW, self._frozen())
        set_up_table(sheet, self.table, placement, self.parts, full_title(self.table, self.plan))
        sheet.protect()

    def _fit_height(self, row: RowKey, line: int) -> None:
        """Make a prefilled row high enough for its texts; empty rows grow by themselves while people type."""
        cells = self.values.get(row, {}).items()
        shown = [(value, self.table.columns[key].declared) for (key, _), value in cells]
        texts = [(value, column.width) for value, column in shown if not column.hidden]
        self.sheet.fit(line, texts, growing=True)

    def _hidden(self, key: str) -> bool:
        return self.table.columns[key].declared.hidden

    def _frozen(self) -> int:
        """Return the first column that scrolls: the one behind those that tell which row it is."""
        naming = naming_column(self.table)
        keys = {*self.table.declared.print_keys, *([naming.key] if naming is not None else [])}
        return max((self.placement.lines[key, None] + 1 for key in keys), default=0)

    def _headings(self) -> None:
        sheet, setup = self.sheet, self.plan.setup
        by_column = self.table.declared.year_blocks == "by_column"
        number = 0
        for (key, year), line in self.placement.lines.items():
            column = self.table.columns[key]
            sheet.value(layout.KEY_ROW, line, column_text((key, year)), {})
            printed = bool(column.declared.print) and not column.declared.hidden
            number += printed
            shown = number if printed else None
            sheet.value(layout.NUMBER_ROW, line, shown, styles.NUMBERS)
            label = layout.column_label(column, year, setup)
            if year is None or not by_column:
                sheet.merged(layout.GROUP_ROW, line, layout.LABEL_ROW, line, label, styles.HEADER)
            else:
                sheet.value(layout.LABEL_ROW, line, year, styles.HEADER)
        if by_column:
            self._groups()
        sheet.fit_heading(layout.LABEL_ROW, self._heading_lines())

    def _groups(self) -> None:
        """Write the headings above the years of a column, anew in each printed part."""
        blocks: dict[tuple[str, int], list[int]] = {}
        for (key, year), line in self.placement.lines.items():
            if year is not None:
                blocks.setdefault((key, bisect(begins(self.parts), line)), []).append(line)
        for (key, _), lines in blocks.items():
            label = self.table.columns[key].declared.label
            at = (layout.GROUP_ROW, lines[0], layout.GROUP_ROW, lines[-1])
            self.sheet.merged(*at, label, styles.HEADER)

    def _heading_lines(self) -> int:
        shown = [
            (self.table.columns[key], year) for key, year in self.placement.lines if not self._hidden(key)
        ]
        labels = [
            (layout.column_label(column, year, self.plan.setup), column.declared.width)
            for column, year in shown
        ]
        return max((lines_of(label, width, bold=True) for label, width in labels), default=1)

    def _closing(self) -> None:
        """Write the total row, or just the mark of the closing row, and the source below."""
        row = self.placement.total_row
        assert row is not None  # noqa: S101 - every table has a closing row
        sheet = self.sheet
        sheet.value(row, layout.MARK_COLUMN, layout.END, {})
        sheet.raw.growing.add(row)  # an explanation may be typed beside it
        if self.table.has_total:
            for (key, year), line in self.placement.lines.items():
                column = self.table.columns[key]
                style = {**styles.TOTAL, **styles.number_format(column.declared)}
                if column.total is None:
                    sheet.value(row, line, None, style)
                    continue
                formula = self.formulas.text(column.total, self.table, None, year)
                value = self.values.get(None, {}).get((key, year))
                sheet.formula(row, line, formula, value, style)
            labelled = label_line(self.table, self.placement)
            if labelled is not None:
                sheet.value(row, labelled, self.table.declared.total_label, styles.TOTAL)


def label_line(table: Table, placement: Placement) -> int | None:
    """Return the column that carries the total row's label: the first that is shown and has no total."""
    for (key, _), line in placement.lines.items():
        column = table.columns[key]
        if column.total is None and not column.declared.hidden and column.declared.type != "ordinal":
            return line
    return None
