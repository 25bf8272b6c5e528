"""What the coordinator has decided, declared in a CSV beside the registry: to count, to leave out, to accept a warning.

Nothing is decided silently: whoever decides gives a reason and a name, and both are shown wherever the figure is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lkjip_xl.base.csv_rows import csv_rows
from lkjip_xl.base.errors import DataError, LkjipError
from lkjip_xl.base.files import File, path_of
from lkjip_xl.base.findings import Finding
from lkjip_xl.consolidation.chosen import Decided
from lkjip_xl.formula.pattern import ANY, Pattern
from lkjip_xl.template.declared_batch import ConsolidationRulesDeclaration
from lkjip_xl.words.messages import submitted

_COLUMNS = ("opd", "induk", "keputusan", "berkas", "aturan", "alasan", "oleh")
_NEEDED = ("opd", "keputusan", "alasan", "oleh")
LONGEST = 500
"""Characters of a cell."""


class DecisionError(LkjipError):
    """Decisions that cannot be read; names the file, and the line where there is one."""


class Kind(StrEnum):
    """What is decided of an agency."""

    COUNT = "hitung"
    LEAVE_OUT = "keluarkan"
    ACCEPT = "terima"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on the agency with a code, of the unit ``parent`` where several have it.

    ``file`` names the file that counts, ``rule`` the rule whose warnings are accepted; each is empty where it is of
    another kind.
    """

    code: str
    kind: Kind
    reason: str
    by: str
    file: str = ""
    rule: str = ""
    parent: str = ""
    line: int = 0

    @property
    def decided(self) -> Decided:
        """What is decided, why and by whom, as it is shown."""
        what = {
            Kind.COUNT: f"dihitung berkas {self.file}" if self.file else "dihitung",
            Kind.LEAVE_OUT: "dikeluarkan",
            Kind.ACCEPT: f"peringatan {self.rule} diterima",
        }[self.kind]
        return Decided(what, self.reason, self.by, self.rule)

    @property
    def words(self) -> str:
        """All of that in words."""
        return self.decided.words


def load_decisions(file: File, codes: Pattern = ANY) -> tuple[Decision, ...]:
    """Read decisions: columns ``opd``, ``keputusan``, ``alasan``, ``oleh``; ``berkas``, ``aturan`` and ``induk`` where needed.

    Written as a registry is. Raises ``DecisionError``.
    """
    path = path_of(file)
    try:
        rows = csv_rows(file)
        return _decisions(rows, codes)
    except (DataError, DecisionError) as error:
        raise DecisionError(error.reason, path) from None


def as_csv(decisions: Sequence[Decision]) -> str:
    """Return decisions as ``load_decisions`` reads them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in decisions:
        writer.writerow((one.code, one.parent, one.kind.value, one.file, one.rule, one.reason, one.by))
    return text.getvalue()


def _decisions(rows: Sequence[tuple[int, list[str]]], codes: Pattern) -> tuple[Decision, ...]:
    if not rows:
        return ()
    heading = [cell.casefold() for cell in rows[0][1]]
    for name in _NEEDED:
        if name not in heading:
            raise DecisionError(f"kolom {name} tidak ada; baris pertama harus memuat {', '.join(_NEEDED)}")
    places = {name: heading.index(name) for name in _COLUMNS if name in heading}
    found: dict[tuple[str, str, str], Decision] = {}
    for number, row in rows[1:]:
        cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
        decision = _decision(cells, number, codes)
        rule = decision.rule if decision.kind is Kind.ACCEPT else ""
        key = decision.parent, codes.key(decision.code), rule
        if key in found:
            before = found[key].line
            raise DecisionError(f"baris {number} memutuskan {decision.code} lagi, setelah baris {before}")
        found[key] = decision
    return tuple(found.values())


def _decision(cells: Mapping[str, str], number: int, codes: Pattern) -> Decision:
    for name in _NEEDED:
        if not cells[name]:
            raise DecisionError(f"baris {number} tidak memuat {name}; tulis {', '.join(_NEEDED)}")
    for name, text in cells.items():
        if len(text) > LONGEST or not text.isprintable():
            raise DecisionError(f"kolom {name} di baris {number} tidak wajar; periksa tanda petiknya")
    try:
        kind = Kind(cells["keputusan"].casefold())
    except ValueError:
        known = ", ".join(Kind)
        raise DecisionError(
            f"keputusan {cells['keputusan']} di baris {number} tidak dikenal; yang ada {known}"
        ) from None
    file, rule = cells.get("berkas", ""), cells.get("aturan", "")
    if file and kind is not Kind.COUNT:
        raise DecisionError(f"baris {number}: berkas hanya untuk keputusan {Kind.COUNT}")
    if bool(rule) != (kind is Kind.ACCEPT):
        raise DecisionError(
            f"baris {number}: aturan ditulis bila keputusannya {Kind.ACCEPT}, dan hanya bila itu"
        )
    return Decision(
        codes.normalised(cells["opd"]),
        kind,
        cells["alasan"],
        cells["oleh"],
        file,
        rule,
        cells.get("induk", ""),
        number,
    )


NO_FILE = "tidak ada berkas OPD ini yang dapat dihitung"
"""Why a decision on an OPD that does not count decides nothing."""


def taken(decision: Decision, words: ConsolidationRulesDeclaration, opd: str) -> Finding:
    """Return the finding that says what is decided of an OPD."""
    return submitted(words.decision, opd=opd, keputusan=decision.words)


def void(decision: Decision, words: ConsolidationRulesDeclaration, reason: str) -> Finding:
    """Return the finding that says that a decision decides nothing, and why."""
    about: dict[str, Any] = {"opd": decision.code, "keputusan": decision.words, "alasan": reason}
    return submitted(words.void_decision, value=decision.code, baris=str(decision.line), **about)
