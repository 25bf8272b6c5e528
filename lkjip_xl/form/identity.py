"""How a workbook says what it is: kept on a hidden sheet and in a custom property, since programs drop either."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.findings import Finding
from lkjip_xl.form.layout import ColumnKey, column_keys
from lkjip_xl.form.submission import Submission
from lkjip_xl.formula.excel import FIRST_DAY, LAST_DAY
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.words.messages import submitted
from lkjip_xl.words.wording import quoted
from lkjip_xl.xlsx.guard import open_file

PROPERTY = "lkjip-xl"
OUTPUT_PROPERTY = "lkjip-xl-hasil"  # of summaries and consolidations, which nobody fills
FORMAT = "1"
_LABELS = {  # of the entries, for people
    "lkjip-xl": "Bentuk",
    "templat": "Kumpulan templat",
    "versi": "Versi templat",
    "sidik": "Sidik templat",
    "opd": "Kode OPD",
    "tahun": "Tahun laporan",
    "periode": "Periode Renstra",
    "modul": "Modul",
}
_SETUP = ("tahun", "periode", "modul")
_VERSION = ("versi", "sidik")
_PROPERTY_TEXT = 255  # characters of a property that Excel keeps


def identity_of(template: Template, setup: Setup, submission: Submission) -> dict[str, str]:
    """Return the entries that a workbook carries, all as text."""
    return {
        "lkjip-xl": FORMAT,
        "templat": template.declared.id,
        "versi": template.declared.version,
        "sidik": template.digest,
        "opd": submission.code(template),
        "tahun": str(setup.year),
        "periode": f"{setup.period[0]}-{setup.period[1]}",
        "modul": ",".join(sorted(setup.modules)),
    }


def property_text(entries: Mapping[str, str]) -> str:
    """Return the entries as the custom property holds them: without the OPD where its code has no room there."""
    text = json.dumps(entries)
    return text if len(text) <= _PROPERTY_TEXT else json.dumps({**entries, "opd": ""})


def setup_from(entries: Mapping[str, str]) -> Setup | None:
    """Return the set-up that a workbook's entries describe, or None where they make no sense."""
    year = re.fullmatch(r"\d{4}", entries.get("tahun", ""))
    period = re.fullmatch(r"(\d{4})-(\d{4})", entries.get("periode", ""))
    if year is None or period is None:
        return None
    modules = frozenset(filter(None, entries.get("modul", "").split(",")))
    first, last = int(period[1]), int(period[2])
    if not FIRST_DAY.year <= first <= int(year[0]) <= last <= min(first + 29, LAST_DAY.year):
        return None
    return Setup(int(year[0]), (first, last), modules)


@dataclass(frozen=True)
class Claims:
    """What a workbook says it is, in its two places; either may be empty, since programs drop either."""

    sheet: Mapping[str, object]
    """The entries of the hidden sheet, as its cells hold them."""
    kept: Mapping[str, str]
    """The entries of the custom property."""

    @property
    def entries(self) -> dict[str, str]:
        """The entries of the sheet, and those that only the property has."""
        return {**self.kept, **{key: _plain(value) for key, value in self.sheet.items()}}

    @property
    def differing(self) -> list[str]:
        """The entries that both places have, and not the same."""
        return [
            key
            for key in _LABELS
            if key in self.sheet and key in self.kept and not _same(self.sheet[key], self.kept[key])
        ]

    def settled(self, template: Template, found: AbstractSet[tuple[str, ColumnKey]]) -> dict[str, str]:
        """Return the entries to go by: where the places differ, those that fit the workbook best.

        ``found`` are the columns that stand in it, with their tables. Version and digest come from one place.
        """
        entries, differing = self.entries, self.differing
        if set(differing) & set(_VERSION) and self.kept.get("sidik") == template.digest:
            entries |= {key: self.kept[key] for key in _VERSION if key in self.kept}
        open_keys = [key for key in _SETUP if key in differing]
        choices = [
            {**entries, **dict(zip(open_keys, values, strict=True))}
            for values in product(*((entries[key], self.kept[key]) for key in open_keys))
        ]
        return min(choices, key=lambda each: _unlike(template, setup_from(each), found))

    def findings(self, template: Template, settled: Mapping[str, str]) -> Iterator[Finding]:
        """Yield a finding for each entry that differs."""
        for key in self.differing:
            shown = _plain(self.sheet[key])
            yield submitted(
                template.declared.submission_rules.identity,
                value=shown,
                apa=_LABELS[key],
                nilai=_shown(shown),
                lain=_shown(self.kept[key]),
                dipakai=_shown(settled[key]),
            )


def _unlike(
    template: Template, setup: Setup | None, found: AbstractSet[tuple[str, ColumnKey]]
) -> tuple[bool, int]:
    """Return how little a set-up fits the columns that stand in a workbook."""
    if setup is None or setup.modules - set(template.modules):
        return True, 0
    expected = {
        (table.key, key)
        for table in template.active(setup.modules)
        if not table.is_form
        for key in column_keys(table, setup)
    }
    return False, len(expected ^ found)


def _same(raw: object, text: str) -> bool:
    """Whether a cell says what a text says; a program may have made a number of it."""
    if isinstance(raw, float):
        try:
            return float(text) == raw
        except ValueError:
            return False
    return str(raw).strip() == text.strip()


def _shown(text: str) -> str:
    return quoted(text) if text.strip() else "kosong"


def _plain(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def is_output(path: Path) -> bool:
    """Whether a file is a result of this toolkit, such as an earlier consolidation."""
    try:
        return OUTPUT_PROPERTY in open_file(path).package.properties
    except WorkbookError:
        return False


def entries_from_property(text: str) -> dict[str, str]:
    """Return the entries kept in the custom property; empty where the text is not ours."""
    try:
        entries = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return {}
    if not isinstance(entries, dict):
        return {}
    return {key: value for key, value in entries.items() if isinstance(value, str)}
