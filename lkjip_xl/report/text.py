"""Findings as text for a terminal and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lkjip_xl.base.a1 import a1, from_a1
from lkjip_xl.base.files import shown
from lkjip_xl.base.findings import Finding, Severity, Status
from lkjip_xl.base.showing import one_line, short
from lkjip_xl.compute.states import State, TableState, untouched
from lkjip_xl.pipeline import Checked
from lkjip_xl.template.model import Template
from lkjip_xl.words import wording
from lkjip_xl.words.wording import brief


def as_json(checked: Sequence[Checked], template: Template) -> list[dict[str, Any]]:
    """Return one object a file: berkas, opd, tahun, status, tabel, temuan."""
    return [
        {
            "berkas": str(file.path),
            "opd": identity(file, template)[0],
            "tahun": file.workbook.submission.setup.year if file.workbook else None,
            "status": file.status,
            "tabel": [
                {
                    "tabel": each.table,
                    "lembar": template.tables[each.table].declared.sheet,
                    "keadaan": each.state,
                    "terisi": each.filled,
                    "dari": each.asked,
                    "alasan": each.reason,
                }
                for each in file.states
            ],
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
        good = sum(file.status not in (Status.GALAT, Status.UNREADABLE) for file in checked)
        lines.append(f"{len(checked)} berkas diperiksa, {good} tanpa galat")
    return "\n".join(lines).rstrip()


def _file(file: Checked, template: Template) -> Iterator[str]:
    if file.workbook is None:
        yield f"{shown(file.path)}: {file.status}: {one_line(file.findings[0].message)}"
        return
    code, name = identity(file, template)
    about = " · ".join(
        filter(None, (one_line(brief(code)), one_line(brief(name)), str(file.workbook.submission.setup.year)))
    )
    yield f"{shown(file.path)} ({about})"
    for sheet, groups in grouped(file.findings):
        yield f"  Lembar {short(sheet)}" if sheet else "  Seluruh berkas"
        for group in groups:
            yield from _group(group)
    for text in progress(file.states, template):
        yield "  " + one_line(text)
    if not untouched(template, file.states):
        yield "  " + verdict(file.findings)


def progress(states: Sequence[TableState], template: Template) -> list[str]:
    """Return how many tables are filled, then those that are not, and those that do not apply with the reason."""
    if not states:
        return []
    if untouched(template, states):
        return [f"Belum diisi: semua {len(states)} tabel"]
    sheets = {each: short(template.tables[each.table].declared.sheet) for each in states}
    lines = [f"{sum(each.done for each in states)} dari {len(states)} tabel lengkap"]
    if empty := [sheets[each] for each in states if each.state is State.EMPTY]:
        lines.append(f"{State.EMPTY}: {', '.join(empty)}")
    lines += [
        f"{State.PARTIAL}: {sheets[each]} ({each.filled} dari {each.asked} isian wajib)"
        for each in states
        if each.state is State.PARTIAL
    ]
    lines += [
        f"{State.INAPPLICABLE}: {sheets[each]} ({brief(each.reason)})" for each in states if each.reason
    ]
    return lines


def _group(group: Group) -> Iterator[str]:
    finding = group.finding
    place = f"{group.cells}: " if group.cells else ""
    yield f"    {finding.severity.value:<10} {place}{one_line(finding.message)}"
    if finding.explanation:
        yield f"    {'':<10} dijelaskan: {' '.join(brief(finding.explanation).split())} [{finding.rule}]"
    else:
        yield f"    {'':<10} → {one_line(finding.remedy)} [{finding.rule}]"
    for each in group.following:
        yield f"    {'':<10} ikut: {each.finding.severity.value}, {each.where(finding.sheet)}: {one_line(each.words)} [{each.finding.rule}]"


def verdict(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity, and how many of them are explained."""
    if not findings:
        return "Tidak ada temuan"
    counts = ((severity, sum(f.severity is severity for f in findings)) for severity in Severity)
    text = ", ".join(f"{number} {severity.value}" for severity, number in counts if number)
    explained = sum(bool(finding.explanation) for finding in findings)
    return f"{text} ({explained} dijelaskan)" if explained else text


def identity(file: Checked, template: Template) -> tuple[str, str]:
    """Return code and name of the OPD; empty for a file that could not be read."""
    if file.workbook is None:
        return "", ""
    identity = template.declared.identity
    submission = file.workbook.submission
    return submission.code(template), submission.value(template, identity.name)


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one sheet that say the same; ``cells`` such as ``E7, E9–E12``.

    ``following`` may only follow from these: of each sheet and rule one group, whatever its findings say. ``number`` counts
    them, too.
    """

    finding: Finding
    cells: str
    number: int
    following: tuple[Group, ...] = ()

    def where(self, beside: str) -> str:
        """Return the cells, with their sheet unless it is ``beside``."""
        sheet = self.finding.sheet
        return self.cells if sheet == beside else f"lembar {short(sheet)} {self.cells}".rstrip()

    @property
    def words(self) -> str:
        """What the first one says, and how many others there are."""
        more = self.number - 1
        return f"{self.finding.message} (dan {wording.number(more)} lagi)" if more else self.finding.message


_Cell = tuple[str, str]  # sheet and address


def grouped(findings: Iterable[Finding]) -> list[tuple[str, list[Group]]]:
    """Return the groups of each sheet, in the findings' order; those of the whole file (no sheet) come last.

    What may only follow from another finding that is shown stands with that one.
    """
    all_ = sorted(findings, key=lambda each: each.sheet == "")
    shown = {(each.sheet, each.cell) for each in all_ if each.cause is None}
    following: dict[_Cell, list[Finding]] = {}
    sheets: dict[str, dict[tuple[str, str, str], list[Finding]]] = {}
    for finding in all_:
        if finding.cause in shown:
            following.setdefault(finding.cause, []).append(finding)
        else:
            same = (finding.rule, finding.message, finding.explanation)
            sheets.setdefault(finding.sheet, {}).setdefault(same, []).append(finding)
    return [
        (sheet, [_with_following(each, following) for each in groups.values()])
        for sheet, groups in sheets.items()
    ]


def _with_following(findings: Sequence[Finding], following: dict[_Cell, list[Finding]]) -> Group:
    """Return the group of some findings, and with it what follows from them and stands nowhere else yet."""
    rules: dict[tuple[str, str], list[Finding]] = {}
    for cell in dict.fromkeys((each.sheet, each.cell) for each in findings):
        for each in following.pop(cell, ()):
            rules.setdefault((each.sheet, each.rule), []).append(each)
    groups = tuple(_group_of(each) for each in rules.values())
    own = _group_of(findings)
    return replace(own, number=own.number + sum(each.number for each in groups), following=groups)


def _group_of(findings: Sequence[Finding]) -> Group:
    return Group(findings[0], joined([each.cell for each in findings if each.cell]), len(findings))


def joined(cells: Sequence[str]) -> str:
    """Return cells as people write them: ``E7, E9–E12``."""
    runs: list[list[tuple[int, int]]] = []
    for row, column in sorted(map(from_a1, cells), key=lambda at: (at[1], at[0])):
        if runs and runs[-1][-1] == (row - 1, column):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    return ", ".join(a1(*run[0]) + (f"–{a1(*run[-1])}" if len(run) > 1 else "") for run in runs)
