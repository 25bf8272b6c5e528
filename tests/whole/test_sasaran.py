"""A sasaran that is written once holds for the rows below it, wherever it is read; an IKU without one stays in the mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from clean import clean_document
from engines import betteroffice
from lkjip_xl.compute.results import cells, compute
from lkjip_xl.form.json_data import from_document, to_document
from lkjip_xl.form.submission import Submission, stack
from lkjip_xl.pipeline import validate
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.report.printed import Report, Row, printed
from lkjip_xl.template.model import Template
from parity import Python
from support import fill, seen

Write = Callable[[Submission], Path]
SASARAN = ["Sasaran 1", "Sasaran 1", "Sasaran 1", "Sasaran 2", "Sasaran 2"]
ONCE = ["Sasaran 1", None, None, "Sasaran 2", None]


def _document(sasaran: Sequence[str | None]) -> dict[str, Any]:
    """Return a clean report of five IKU with these sasaran, in the Perjanjian Kinerja, too."""
    document = clean_document(indicators=5)
    for table in ("iku", "pk"):
        for row, text in zip(document["tabel"][table], sasaran, strict=True):
            row["sasaran"] = text
            if text is None:
                del row["sasaran"]
    return document


def _values(template: Template, sasaran: Sequence[str | None]) -> Mapping[str, Any]:
    submission = from_document(_document(sasaran), template)
    return cells(compute(template, stack(template, [submission])), 0)


def _rates(values: Mapping[str, Any]) -> list[tuple[str, float | None]]:
    """Return sasaran and mean of the rows of table 3.1 that have a sasaran."""
    rows = values["kinerja"].values()
    return [
        (row["sasaran", None], row.get(("rata_sasaran", None))) for row in rows if ("sasaran", None) in row
    ]


def test_what_is_written_once_is_computed_like_what_is_repeated(template: Template) -> None:
    once, repeated = _values(template, ONCE), _values(template, SASARAN)
    for table in ("iku", "pk"):
        for row in (*once[table].values(), *repeated[table].values()):
            row.pop(("sasaran", None), None)
    assert once == repeated
    assert [row["sasaran_berlaku", None] for row in once["pk"].values()] == SASARAN


def test_workbook_and_python_say_the_same_and_find_nothing(
    template: Template, written: Write, tmp_path: Path
) -> None:
    path = written(from_document(_document(ONCE), template))
    fill(path, {sheet: {"C10": "  "} for sheet in ("2.1 Perjanjian Kinerja", "2.2 IKU")})
    (checked,), _ = validate([path], template)
    assert seen(checked.findings) == []
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert Python(path, template).compared(shown).disagreements == []
    assert [shown["3.1 Kinerja", row, 4] for row in range(8, 13)] == SASARAN


def test_a_number_in_its_cell_is_none(template: Template, written: Write, tmp_path: Path) -> None:
    """It is a finding of its own, and what is above it holds."""
    path = fill(written(from_document(_document(ONCE), template)), {"2.2 IKU": {"C11": 2}})
    (checked,), results = validate([path], template)
    assert seen(checked.findings) == [
        ("tipe", "2.2 IKU", "C11"),
        ("pk-sasaran", "2.1 Perjanjian Kinerja", "C11"),
    ]
    assert checked.findings[1].cause == ("2.2 IKU", "C11")
    assert {sasaran for sasaran, _ in _rates(cells(results, 0))} == {"Sasaran 1"}
    (shown,) = betteroffice(tmp_path / "hitung").grids([path])
    assert Python(path, template).compared(shown).disagreements == []


def test_an_iku_without_sasaran_stays_in_the_mean(template: Template) -> None:
    values = _values(template, [None, None, "Sasaran 2", None, None])
    capaian = [row["capaian", None] for row in values["kinerja"].values()][:5]
    without, rest = round(sum(capaian[:2]) / 2, 2), round(sum(capaian[2:]) / 3, 2)
    assert _rates(values) == [
        ("(tanpa sasaran)", without),
        ("(tanpa sasaran)", None),
        ("Sasaran 2", rest),
        ("Sasaran 2", None),
        ("Sasaran 2", None),
    ]
    total = values["kinerja"][None]["capaian", None]
    assert total == pytest.approx((without + rest) / 2, abs=0.006)
    assert values["ikhtisar"]["ikhtisar", 1]["sasaran", None] == 1
    assert values["renstra"]["iku", 1]["sasaran", None] == "(tanpa sasaran)"


@pytest.mark.parametrize("table", ["iku", "pk"])
def test_it_is_printed_once_over_its_rows(table: str, template: Template) -> None:
    submission = from_document(_document(ONCE), template)
    report = Report(template, submission.setup, cells(compute(template, stack(template, [submission])), 0))
    rows = [row for row in printed(template.tables[table], report).rows if isinstance(row, Row)]
    assert [(row.cells[1].value, row.cells[1].rows) for row in rows] == list(
        zip(SASARAN, [3, 0, 0, 2, 0], strict=True)
    )


def test_the_blank_stays_blank_in_data(template: Template, written: Write) -> None:
    read = read_workbook(written(from_document(_document(ONCE), template)), template).submission
    back = to_document(read, template)
    for table in ("iku", "pk"):
        assert [row.get("sasaran") for row in back["tabel"][table]] == [
            "Sasaran 1",
            None,
            None,
            "Sasaran 2",
            None,
        ]
    again = read_workbook(written(from_document(back, template)), template).submission
    assert again == read
