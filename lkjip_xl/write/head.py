"""What stands above a table: its title with the OPD's name, and room for the reason why it does not apply."""

from __future__ import annotations

from lkjip_xl.form import layout
from lkjip_xl.form.formulas import Formulas
from lkjip_xl.form.layout import Layout, Placement
from lkjip_xl.form.submission import Value
from lkjip_xl.formula import nodes
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.template.model import Table
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.inputs import reason_validation
from lkjip_xl.write.table_pages import printed_widths

_TITLE_WIDTH = 130  # of a table whose title has room in one line
_LARGER = 1.45  # times as wide as ordinary ones are the letters of a title
_WRAPPED = {**styles.TITLE, "text_wrap": True, "valign": "top"}
# Of a form, by the columns that are printed: labels, and values.
FORM_WIDTHS = {layout.FORM_LABEL_COLUMN: 44, layout.FORM_VALUE_COLUMN: 60}
REASON_WIDTH = 50  # of the cell for the reason why a table does not apply, at least


def full_title(table: Table, plan: Layout) -> str:
    """Return number and title of a table without the names that stand in Identitas."""
    return f"{table.declared.number} {layout.title_without_names(table, plan.setup)}".strip()


class Head:
    """Writes what stands above a table."""

    def __init__(self, formulas: Formulas, table: Table, sheet: Sheet) -> None:
        self.formulas = formulas
        self.plan = plan = formulas.plan
        self.table = table
        self.sheet = sheet
        self.placement: Placement = plan.placements[table.key]
        self.widths = FORM_WIDTHS if table.is_form else printed_widths(table, self.placement)

    def title(self, first: int, known: Value | None) -> None:
        """Write the title with the OPD's name, as a formula that points to where that is typed; ``known`` stands there."""
        title = full_title(self.table, self.plan)
        table, column = self.plan.template.column(self.plan.template.declared.identity.name)
        if table.key == self.table.key:
            self.sheet.value(layout.TITLE_ROW, first, title, styles.TITLE)
            return
        name = nodes.Ref(table.key, column.key, kind=Kind.TEXT)
        alone = nodes.Text(title, kind=Kind.TEXT)
        owned = nodes.Concat(nodes.Text(f"{title} · ", kind=Kind.TEXT), name, kind=Kind.TEXT)
        node = nodes.If(nodes.IsBlank(name, kind=Kind.TRUTH), alone, owned, kind=Kind.TEXT)
        formula = self.formulas.text(node, self.table, None, None)
        shown = title if known is None else f"{title} · {known}"
        narrow = self._over_lines(first, shown)
        self.sheet.formula(layout.TITLE_ROW, first, formula, shown, _WRAPPED if narrow else styles.TITLE)

    def _over_lines(self, first: int, text: str) -> bool:
        """Let the title of a narrow table go over several lines, since a page ends with the table; return whether it does."""
        last = max(self.widths)
        width = self._width(first, last)
        if width >= _TITLE_WIDTH:
            return False
        self.sheet.merged(layout.TITLE_ROW, first, layout.TITLE_ROW, last, None, _WRAPPED)
        self.sheet.raw.set_row(layout.TITLE_ROW, 20.0 * lines_of(text + " " * 12, width / _LARGER))
        return True

    def reason(self, first: int, text: str | None) -> None:
        """Write the cell where staff say why the table does not apply, where it may not; ``text`` stands there."""
        cell = self.placement.reason
        if cell is None:
            return
        row, column = cell
        sheet = self.sheet
        sheet.value(row, layout.MARK_COLUMN, layout.REASON, {})
        sheet.value(row, first, layout.REASON_LABEL, styles.SUBTITLE)
        last = self._reason_end(column)
        sheet.merged(row, column, row, last, text, styles.REASON)
        # Rows do not grow for a cell that takes several columns: there is room for two lines.
        sheet.fit_lines(row, max(2, lines_of(text or "", self._width(column, last))))
        if last == column:
            sheet.raw.growing.add(row)
        sheet.raw.data_validation(
            row, column, row, column, reason_validation(self.table.declared.not_applicable)
        )

    def help(self, first: int) -> None:
        """Write what is to be done in this sheet, over lines where the table, with which a page ends, is narrow."""
        text, last = self.table.declared.help, max(self.widths)
        lines = lines_of(text, self._width(first, last))
        if lines > 1:
            self.sheet.merged(
                layout.HELP_ROW, first, layout.HELP_ROW, last, text, {**styles.NOTE, "text_wrap": True}
            )
            self.sheet.fit_lines(layout.HELP_ROW, lines)
        else:
            self.sheet.value(layout.HELP_ROW, first, text or None, styles.NOTE)

    def _width(self, first: int, last: int) -> int:
        """Return how wide some columns are together."""
        return sum(width for line, width in self.widths.items() if first <= line <= last)

    def _reason_end(self, column: int) -> int:
        """Return the last column that the cell for the reason takes, so that a sentence has room."""
        ends = (line for line in self.widths if self._width(column, line) >= REASON_WIDTH)
        return next(ends, max(column, *self.widths))
