"""The hidden columns of a table's sheet that repeat cells of other tables, and say whether a row has begun."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from lkjip_xl.base.findings import Place
from lkjip_xl.base.keys import RowKey
from lkjip_xl.compute.results import SheetValues
from lkjip_xl.form.addresses import CellAddresses
from lkjip_xl.form.formulas import Formulas, RowFormula, names_a_sheet
from lkjip_xl.formula import status
from lkjip_xl.formula.cell_tests import begun
from lkjip_xl.template.helpers import BEGUN, Helper, helpers
from lkjip_xl.template.model import ORIGIN, Table
from lkjip_xl.write.book import Sheet


def write_helpers(
    formulas: Formulas,
    table: Table,
    sheet: Sheet,
    values: Mapping[str, SheetValues],
    misfits: Mapping[Place, Any],
    rows_begun: AbstractSet[RowKey],
) -> None:
    """Write the helpers of a table; the other arguments give their cached results."""
    plan = formulas.plan
    place = plan.placements[table.key]
    added, _ = helpers(plan.template, table, plan.setup)
    for helper in added:
        column = place.helpers[helper.name]
        sheet.raw.set_column(column, column, None, None, {"hidden": True})
        for row, line in place.rows.items():
            at = CellAddresses(plan, table, row, None, formulas.names, direct=True)
            if helper.ref is None:
                shown = 1.0 if row in rows_begun else None
                formula = status.one_if(begun(at.row_inputs()))
                kept = formula if names_a_sheet(formula) else RowFormula(formula, BEGUN)
                sheet.formula(line, column, kept, shown, {})
                continue
            source = at.source(helper)
            if source is not None:
                shown = _shown(table, helper, row, values, misfits, formulas)
                sheet.formula(line, column, status.repeated(source), shown, {})


def _shown(
    table: Table,
    helper: Helper,
    row: RowKey,
    values: Mapping[str, SheetValues],
    misfits: Mapping[Place, Any],
    formulas: Formulas,
) -> Any:
    """Return what stands in the cell that a helper repeats."""
    assert helper.ref is not None  # noqa: S101 - of those that repeat
    tables = formulas.plan.template.tables
    source = helper.ref.table or ""
    if source == ORIGIN:
        source = next(key for key in table.declared.rows_from if row[0] in tables[key].parts)
    key = (helper.ref.column, helper.year)
    known = values[source].get(row, {}).get(key)
    return misfits.get(Place(source, row, key)) if known is None else known
