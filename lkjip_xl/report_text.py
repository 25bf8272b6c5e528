"""Findings as text for a terminal and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from lkjip_xl.findings import Finding, Severity
from lkjip_xl.layout import a1, from_a1
from lkjip_xl.pipeline import Checked
from lkjip_xl.template.model import Template


def as_json(checked: Sequence[Checked], template: Template) -> list[dict[str, Any]]:
    """Return one object a file: berkas, opd, tahun, status, temuan."""
    return [
        {
            "berkas": str(file.path),
            "opd": _identity(file, template)[0],
            "tahun": file.workbook.submission.setup.year if file.workbook else None,
            "status": file.status,
            "temuan": [finding.as_json() for finding in file.findings],
        }
        for file in checked
    ]


def as_text(checked: Sequence[Checked], template: Template) -> str:
    """Return findings grouped by file and sheet, each with its cell, and a last line that counts."""
    lines: list[str] = []
    for file in checked:
        lines += [*_file(file, template), ""]
    if len(checked) > 1:
        good = sum(file.status not in ("galat", "tidak terbaca") for file in checked)
        lines.append(f"{len(checked)} berkas diperiksa, {good} tanpa galat")
    return "\n".join(lines).rstrip()


def _file(file: Checked, template: Template) -> Iterator[str]:
    if file.workbook is None:
        yield f"{_path(file)}: tidak terbaca: {file.findings[0].message}"
        return
    code, name = _identity(file, template)
    about = " · ".join(filter(None, (code, name, str(file.workbook.submission.setup.year))))
    yield f"{_path(file)} ({about})"
    for sheet, findings in groupby(sorted(file.findings, key=lambda f: f.sheet == ""), lambda f: f.sheet):
        yield f"  Lembar {sheet}" if sheet else "  Seluruh berkas"
        same: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            same.setdefault((finding.rule, finding.message), []).append(finding)
        for group in same.values():
            yield from _finding(group[0], joined([each.cell for each in group if each.cell]))
    yield "  " + _verdict(file.findings)


def _path(file: Checked) -> str:
    return str(file.path).replace("\n", "�")


def joined(cells: Sequence[str]) -> str:
    """Return cells as people write them: ``E7, E9–E12``."""
    runs: list[list[tuple[int, int]]] = []
    for row, column in sorted(map(from_a1, cells), key=lambda at: (at[1], at[0])):
        if runs and runs[-1][-1] == (row - 1, column):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    return ", ".join(a1(*run[0]) + (f"–{a1(*run[-1])}" if len(run) > 1 else "") for run in runs)


def _finding(finding: Finding, cells: str) -> Iterator[str]:
    place = f"{cells}: " if cells else ""
    yield f"    {finding.severity.value:<10} {place}{finding.message}"
    yield f"    {'':<10} → {finding.remedy} [{finding.rule}]"


def _verdict(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Tidak ada temuan"
    counts = ((severity, sum(f.severity is severity for f in findings)) for severity in Severity)
    return ", ".join(f"{number} {severity.value}" for severity, number in counts if number)


def _identity(file: Checked, template: Template) -> tuple[str, str]:
    if file.workbook is None:
        return "", ""
    identity = template.declared.identity
    submission = file.workbook.submission
    return submission.value(template, identity.code), submission.value(template, identity.name)
