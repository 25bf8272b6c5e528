"""One agency's report as typed values, and many of them stacked into frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lkjip_xl.base.keys import PERIOD, ColumnKey, Explained, RowKey
from lkjip_xl.formula.nodes import Kind
from lkjip_xl.template.model import Setup, Table, Template

if TYPE_CHECKING:
    import polars as pl

Value = (
    float | str
)  # a typed cell: numbers as float, everything else (also grades) as text, dates in ISO form
Cells = Mapping[RowKey, Mapping[ColumnKey, Value]]


MAX_TEXT = 32_767
"""How long a text in a cell may be, as Excel counts: a character outside the first 65,536 is two."""


def text_length(text: str) -> int:
    """Return how long a text is for Excel."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits(text: str) -> bool:
    """Whether a cell can hold a text."""
    return len(text) <= MAX_TEXT // 2 or (len(text) <= MAX_TEXT and text_length(text) <= MAX_TEXT)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the coordinator asks of those who fill a workbook, and gives them; each empty where nothing is said."""

    deadline: str = ""
    """The last day, in ISO form."""
    contact: str = ""
    """To whom it is sent, as people read it."""
    lists: str = ""
    """The digest of the lists that the workbook was handed out with."""


@dataclass(frozen=True)
class Submission:
    """What one workbook or one data file holds: only filled cells, by table, row, and column with year.

    ``explanations`` are what staff wrote beside a peringatan or catatan, ``inapplicable`` by table why it does not apply.
    """

    setup: Setup
    tables: Mapping[str, Cells] = field(default_factory=dict)
    explanations: Mapping[Explained, str] = field(default_factory=dict)
    inapplicable: Mapping[str, str] = field(default_factory=dict)
    notice: Notice = Notice()

    def code(self, template: Template) -> str:
        """Return the code of the OPD as it should be written (see ``Pattern.normalised``); empty where it is blank."""
        return template.codes.normalised(self.value(template, template.declared.identity.code))

    def value(self, template: Template, path: str) -> str:
        """Return a form's text, such as ``identitas.nama``; empty where it is blank."""
        table, column = template.column(path)
        found = self.tables.get(table.key, {}).get((table.key, 1), {}).get((column.key, None), "")
        return found if isinstance(found, str) else f"{found:g}"


@dataclass(frozen=True)
class Inputs:
    """Stacked submissions.

    ``submissions``: submission (Int64), tahun (report year), awal and akhir (Renstra period), modul (list of text).
    ``tables``: per table submission, bagian, row, for year tables tahun, and the typed columns (Float64 or String);
    only rows in which something is filled.
    """

    submissions: pl.DataFrame
    tables: Mapping[str, pl.DataFrame]
    inapplicable: Mapping[str, frozenset[int]]
    """By table the submissions that say that it does not apply."""


def fitted(template: Template, submission: Submission) -> Setup:
    """Return the submission's set-up with enough rows for all that it holds."""
    rows = dict(submission.setup.rows)
    for table in template.active(submission.setup.modules):
        for part, number in submission.tables.get(table.key, {}):
            least = rows.get(part, template.tables[part].declared.rows)
            rows[part] = max(least, number)
    for _, row, _ in submission.explanations:
        if row is not None:
            least = rows.get(row[0], template.tables[row[0]].declared.rows)
            rows[row[0]] = max(least, row[1])
    return replace(submission.setup, rows=rows)


def stack(template: Template, submissions: Sequence[Submission]) -> Inputs:
    """Return the frames of all submissions; their number is their place in the sequence."""
    import polars as pl

    frame = pl.DataFrame(
        {
            "submission": range(len(submissions)),
            "tahun": [each.setup.year for each in submissions],
            "awal": [each.setup.period[0] for each in submissions],
            "akhir": [each.setup.period[1] for each in submissions],
            "modul": [sorted(each.setup.modules) for each in submissions],
        },
        schema={
            "submission": pl.Int64,
            "tahun": pl.Int64,
            "awal": pl.Int64,
            "akhir": pl.Int64,
            "modul": pl.List(pl.String),
        },
    )
    tables = {table.key: _stacked(table, submissions) for table in template.tables.values()}
    inapplicable = {
        key: frozenset(number for number, each in enumerate(submissions) if key in each.inapplicable)
        for key in template.tables
    }
    return Inputs(frame, tables, inapplicable)


def _stacked(table: Table, submissions: Iterable[Submission]) -> pl.DataFrame:
    import polars as pl

    typed = table.typed
    columns: dict[str, list[Value | int | None]] = {name: [] for name in _key_names(table)}
    columns |= {column.key: [] for column in typed}
    for number, submission in enumerate(submissions):
        years: Sequence[int | None] = table.years(submission.setup) or (None,)
        rows = submission.tables.get(table.key, {})
        for part, row in sorted(rows, key=lambda key: (table.parts.index(key[0]), key[1])):
            cells = rows[part, row]
            for year in years:
                columns["submission"].append(number)
                columns["bagian"].append(part)
                columns["row"].append(row)
                if year is not None:
                    columns[PERIOD].append(year)
                for column in typed:
                    value = cells.get((column.cell, year if column.per_year else None))
                    shared = column.grades is not None and isinstance(value, str) is (
                        column.kind is Kind.NUMBER
                    )
                    columns[column.key].append(None if shared else value)
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(_key_names(table), pl.Int64)
    schema["bagian"] = pl.String
    for column in typed:
        schema[column.key] = pl.Float64 if column.kind is Kind.NUMBER else pl.String
    return pl.DataFrame(columns, schema=schema)


def _key_names(table: Table) -> tuple[str, ...]:
    return ("submission", "bagian", "row", PERIOD)[: 4 if table.per_year else 3]


def initial(template: Template, setup: Setup) -> Submission:
    """Return a submission that holds only what blank workbooks begin with."""
    tables: dict[str, dict[RowKey, dict[ColumnKey, Value]]] = {
        table.key: {
            (table.key, number): {(key, None): text for key, text in row.items()}
            for number, row in enumerate(table.declared.initial_rows, start=1)
        }
        for table in template.active(setup.modules)
        if table.declared.initial_rows
    }
    return Submission(setup, tables)


def with_text(template: Template, submission: Submission, path: str, text: str) -> Submission:
    """Return the submission with the text of one form field set, such as ``identitas.nama``."""
    table, column = template.column(path)
    row = (table.key, 1)
    form = {**submission.tables.get(table.key, {}).get(row, {}), (column.key, None): text}
    return replace(submission, tables={**submission.tables, table.key: {row: form}})
