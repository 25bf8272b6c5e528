"""What others would write: the same workbooks read and checked by openpyxl or pandas with pandera, file by file.

They do at most the checks that follow from the columns (type, required, range, choices); formulas, rules between tables
and the results that people read are left out.

    python tools/peers.py (lantai|pandas|openpyxl) FOLDER PROCESSES OUTPUT.xlsx
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from lkjip_xl.form.layout import DATA_ROW, KEY_ROW
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Table


def floor(path: str) -> int:
    """Read every sheet with python-calamine and do nothing else."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def by_pandas(path: str) -> list[tuple[str, str, float]]:
    """Read with pandas and calamine, check each table of the file with pandera."""
    import pandas as pd

    sheets = pd.read_excel(path, sheet_name=None, header=None, engine="calamine")
    frames = {}
    for table in load_template().tables.values():
        if table.is_form or table.declared.sheet not in sheets:
            continue
        sheet = sheets[table.declared.sheet]
        frame = sheet.iloc[DATA_ROW:].copy()
        frame.columns = [str(key) for key in sheet.iloc[KEY_ROW]]
        frames[table.key] = frame.loc[:, ~frame.columns.duplicated()]
    return _checked(frames)


def by_openpyxl(path: str) -> list[tuple[str, str, float]]:
    """Read with openpyxl, make a frame of each table, check it with pandera."""
    import openpyxl
    import pandas as pd

    book = openpyxl.load_workbook(path, data_only=True)
    frames = {}
    for table in load_template().tables.values():
        if table.is_form or table.declared.sheet not in book.sheetnames:
            continue
        rows = list(book[table.declared.sheet].iter_rows(values_only=True))
        frame = pd.DataFrame(rows[DATA_ROW:], columns=[str(key) for key in rows[KEY_ROW]])
        frames[table.key] = frame.loc[:, ~frame.columns.duplicated()]
    return _checked(frames)


@cache
def _schema(key: str) -> Any:
    import pandera.pandas as pa

    table: Table = load_template().tables[key]
    columns = {}
    for column in table.typed:
        if column.per_year:
            continue
        checks = []
        if column.declared.min is not None:
            checks.append(pa.Check.ge(column.declared.min))
        if column.declared.max is not None:
            checks.append(pa.Check.le(column.declared.max))
        if column.choices:
            checks.append(pa.Check.isin(column.choices))
        columns[column.key] = pa.Column(None, checks, nullable=True, required=False)
    return pa.DataFrameSchema(columns)


def _checked(frames: dict[str, Any]) -> list[tuple[str, str, float]]:
    import pandas as pd
    from pandera.errors import SchemaErrors

    for key, frame in frames.items():
        for column in load_template().tables[key].typed:
            if column.key in frame and column.declared.type in ("number", "integer"):
                frame[column.key] = pd.to_numeric(frame[column.key], errors="coerce")
        try:
            _schema(key).validate(frame, lazy=True)
        except SchemaErrors as errors:
            errors.failure_cases.to_dict("records")
    budget = frames["keuangan"]
    programs = budget[budget["tingkat"] == "Program"]
    return [
        (str(p), str(i), float(a or 0))
        for p, i, a in zip(
            programs["program"],
            programs["indikator"],
            pd.to_numeric(programs["anggaran"], errors="coerce"),
            strict=True,
        )
    ]


PEERS: dict[str, Callable[[str], Any]] = {"lantai": floor, "pandas": by_pandas, "openpyxl": by_openpyxl}


def main() -> None:
    """Run one peer over a folder, with a pool of processes, and write what it collects."""
    warnings.simplefilter("ignore")
    name, folder, processes, output = sys.argv[1:]
    files = [str(path) for path in sorted(Path(folder).glob("*.xlsx"))]
    with ProcessPoolExecutor(int(processes), mp_context=get_context("spawn")) as pool:
        results = list(pool.map(PEERS[name], files, chunksize=16))
    if name != "lantai":
        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Program")
        for rows in results:
            for row in rows:
                sheet.append(row)
        book.save(output)


if __name__ == "__main__":
    main()
