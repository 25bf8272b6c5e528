"""Writes every computed cell of the samples, and what consolidating them gives, as JSON: table, row, column, value.

``tests/whole/test_golden.py`` holds that nothing of it changes without somebody having looked at it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from kabupaten import DAY, YEAR
from lkjip_xl.base.files import find_workbooks
from lkjip_xl.consolidation.batch import Options, read_batch
from lkjip_xl.consolidation.registry import load_registry
from lkjip_xl.consolidation.report import as_json
from lkjip_xl.consolidation.totals import totals
from lkjip_xl.consolidation.workbook import write_workbook
from lkjip_xl.form.json_data import COMPUTED, load_data
from lkjip_xl.pipeline import computed_document, export
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "tests" / "golden"
Cells = dict[str, dict[str, dict[str, Any]]]
"""Table, row and column to value."""


def main() -> None:
    """Write all golden results."""
    template = load_template()
    for name, computed in RESULTS.items():
        (GOLDEN / f"{name}.json").write_text(text(computed(template)), encoding="utf-8", newline="\n")


def text(cells: Cells) -> str:
    """Return golden results as JSON with a row on each line."""
    tables = [
        f"{_json(table)}: {{\n"
        + ",\n".join(f"  {_json(row)}: {_json(of)}" for row, of in rows.items())
        + "\n}"
        for table, rows in cells.items()
    ]
    return "{\n" + ",\n".join(tables) + "\n}\n"


def flat(cells: Cells) -> dict[tuple[str, str, str], Any]:
    """Return each cell by table, row and column."""
    return {
        (table, row, column): value
        for table, rows in cells.items()
        for row, of in rows.items()
        for column, value in of.items()
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _sample(name: str) -> Callable[[Template], Cells]:
    def computed(template: Template) -> Cells:
        submission = load_data(SAMPLES / f"{name}.json", template)
        return rows_of(computed_document(template, submission))

    return computed


def rows_of(document: Mapping[str, Any], before: str = "") -> Cells:
    """Return the rows of a document of computed columns; ``before`` stands before the name of each table."""
    return {
        before + table: {name: dict(_columns(row)) for name, row in sorted(_named(content)) if row}
        for table, content in sorted(document.items())
    }


def _named(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    body = content.get("baris", [])
    parts = body if isinstance(body, dict) and all(isinstance(v, list) for v in body.values()) else {"": body}
    for part, rows in parts.items():
        for number, row in enumerate([rows] if isinstance(rows, dict) else rows, start=1):
            yield f"{part} {number:03}".strip(), row
    yield "jumlah", content.get("jumlah", {})


def _columns(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for column, value in sorted(row.items()):
        if isinstance(value, dict):
            yield from ((f"{column} {year}", of_year) for year, of_year in sorted(value.items()))
        else:
            yield column, value


def regency(template: Template) -> Cells:
    """Return what consolidating the example gives, cell by cell of its workbook, and each agency's computed cells."""
    folder = SAMPLES / "kabupaten-contoh"
    registry = load_registry(folder / "opd.csv", template.codes)
    with tempfile.TemporaryDirectory() as temporary:
        result = Path(temporary, "konsolidasi.xlsx")
        found = find_workbooks([folder], known=[folder / "opd.csv"])
        batch = read_batch(found, template, Options(Path(temporary), jobs=1), registry=registry, year=YEAR)
        figures = totals(batch)
        write_workbook(batch, figures, result, folder, day=DAY)
        book = openpyxl.load_workbook(result)
    cells: Cells = {"angka": {"semua": dict(sorted(as_json(batch, figures)["angka"].items()))}}
    for sheet in book:
        rows = {
            f"baris {number:03}": {cell.column_letter: cell.value for cell in row if cell.value is not None}
            for number, row in enumerate(sheet.iter_rows(), start=1)
        }
        cells[f"lembar {sheet.title}"] = {name: row for name, row in rows.items() if row}
    for agency, sent in batch.chosen.counted:
        document, _ = export(sent.source.path, template, computed=True)
        cells |= rows_of(document[COMPUTED], f"{agency.code} ")
    return cells


RESULTS: dict[str, Callable[[Template], Cells]] = {
    "dpmd-banyuasin-2023": _sample("dpmd-banyuasin-2023"),
    "dpmd-banyuasin-2023-koreksi": _sample("dpmd-banyuasin-2023-koreksi"),
    "kabupaten-contoh": regency,
}

if __name__ == "__main__":
    main()
