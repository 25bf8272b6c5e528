"""What names mean in the formulas of one table."""

from __future__ import annotations

from collections.abc import Mapping

from lkjip_xl.formula import nodes
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.template.model import ORIGIN, PART, REPORT_YEAR, YEAR, Column, Table


class TableScope:
    """The names that one formula may use (see ``formula.kinds.Scope``)."""

    def __init__(self, tables: Mapping[str, Table], table: Table, *, total: bool, per_year: bool) -> None:
        self.tables = tables
        self.table = table
        self.total = total
        self.per_year = per_year
        self.by_year = table.per_year
        self.follows = bool(table.declared.rows_from)

    def previous_year(self, ref: nodes.Ref) -> Kind:
        """Return the kind of an own column one year earlier; ``LookupError`` where there are no years."""
        if ref.table is not None or not (self.per_year and self._own(ref.column).per_year):
            raise LookupError("PREVYEAR hanya untuk kolom per tahun")
        return self._own(ref.column).kind

    def last_filled(self, ref: nodes.Ref) -> Kind:
        """Return the kind of an own column whose cells above this one hold texts or numbers, too; else ``LookupError``."""
        if ref.table is not None or self.table.is_form or self.total:
            raise LookupError("LASTFILLED hanya untuk kolom tabel ini, di baris isian")
        kind = self._checked_year(self._column(self.table, ref.column)).kind
        if kind is Kind.DATE:
            raise LookupError("LASTFILLED hanya untuk teks dan angka")
        return kind

    def across_years(self, ref: nodes.Ref) -> Kind:
        """Return the kind of a column of this row with years; ``LookupError`` where it has none."""
        table = self.table if ref.table is None else self._table(ref.table)
        column = self._column(table, ref.column)
        if not column.per_year or self.total or not (ref.table is None or self._aligned(table)):
            raise LookupError("YEARSMIN, YEARSMAX dan YEARSCOUNT hanya untuk kolom per tahun di baris ini")
        return column.kind

    def in_row(self, ref: nodes.Ref) -> Kind:
        """Return the kind of a column of the same row; ``LookupError`` where the row has no such cell."""
        if ref.table is None:
            if ref.column == REPORT_YEAR:
                return Kind.NUMBER
            if ref.column == YEAR and self.per_year and ref.column not in self.table.columns:
                return Kind.NUMBER
            if ref.column == PART and self.table.declared.rows_from:
                return Kind.TEXT
            return self._checked_year(self._own(ref.column)).kind
        if ref.table == ORIGIN:
            return self._origin(ref)
        other = self._table(ref.table)
        column = self._column(other, ref.column)
        if not (other.is_form or self._aligned(other)):
            raise LookupError(
                f"baris tabel {other.key} tidak sejajar dengan baris ini; pakai fungsi agregat atau XLOOKUP"
            )
        return column.kind

    def whole(self, ref: nodes.Ref) -> Kind:
        """Return the kind of a whole column; ``LookupError`` where there is none."""
        other = self.table if ref.table is None else self._table(ref.table)
        return self._column(other, ref.column).kind

    def stands_in_row(self, ref: nodes.Ref) -> bool:
        """Whether a column's cell belongs to this row, or to a row of another table that this one goes with."""
        if ref.table is None:
            return ref.column in self.table.columns
        return ref.table == ORIGIN or not self.tables[ref.table].is_form

    def _own(self, key: str) -> Column:
        column = self._column(self.table, key)
        if self.total and column.total is None:
            raise LookupError(f"kolom {key} tidak punya sel di baris jumlah")
        return column

    def _checked_year(self, column: Column) -> Column:
        if column.per_year and not self.per_year:
            raise LookupError(f"kolom {column.key} per tahun, kolom ini tidak")
        return column

    def _origin(self, ref: nodes.Ref) -> Kind:
        kinds = {
            part.columns[ref.column].kind
            for key in self.table.declared.rows_from
            if ref.column in (part := self.tables[key]).columns
        }
        if len(kinds) != 1:
            raise LookupError(f"tabel asal tidak punya kolom {ref.column}")
        return kinds.pop()

    def _aligned(self, other: Table) -> bool:
        return not self.total and set(self.table.parts) & set(other.parts) != set()

    def _table(self, key: str) -> Table:
        if key not in self.tables:
            raise LookupError(f"tabel {key} tidak ada")
        return self.tables[key]

    @staticmethod
    def _column(table: Table, key: str) -> Column:
        if key not in table.columns:
            raise LookupError(f"tabel {table.key} tidak punya kolom {key}")
        if table.columns[key].declared.type == "ordinal":
            raise LookupError(f"kolom nomor urut {key} tidak dapat dipakai di rumus")
        return table.columns[key]
