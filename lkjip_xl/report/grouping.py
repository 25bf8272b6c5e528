"""Findings as people read them: the same sentence once, with all its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lkjip_xl.base.a1 import a1, from_a1
from lkjip_xl.base.findings import Finding


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one sheet that say the same; ``cells`` such as ``E7, E9–E12``."""

    finding: Finding
    cells: str
    number: int


def grouped(findings: Iterable[Finding]) -> list[tuple[str, list[Group]]]:
    """Return the groups of each sheet, in the findings' order; those of the whole file (no sheet) come last."""
    sheets: dict[str, dict[tuple[str, str, str], list[Finding]]] = {}
    for finding in sorted(findings, key=lambda each: each.sheet == ""):
        same = (finding.rule, finding.message, finding.explanation)
        sheets.setdefault(finding.sheet, {}).setdefault(same, []).append(finding)
    return [
        (
            sheet,
            [Group(all_[0], joined([e.cell for e in all_ if e.cell]), len(all_)) for all_ in groups.values()],
        )
        for sheet, groups in sheets.items()
    ]


def joined(cells: Sequence[str]) -> str:
    """Return cells as people write them: ``E7, E9–E12``."""
    runs: list[list[tuple[int, int]]] = []
    for row, column in sorted(map(from_a1, cells), key=lambda at: (at[1], at[0])):
        if runs and runs[-1][-1] == (row - 1, column):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    return ", ".join(a1(*run[0]) + (f"–{a1(*run[-1])}" if len(run) > 1 else "") for run in runs)
