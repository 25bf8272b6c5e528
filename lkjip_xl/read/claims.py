"""What a returned workbook says it is, in two places, and what counts where these differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from lkjip_xl.base.findings import Finding
from lkjip_xl.base.keys import ColumnKey
from lkjip_xl.form.identity import same_lists, setup_from
from lkjip_xl.form.layout import column_keys
from lkjip_xl.read.headings import Report
from lkjip_xl.read.table import TableRead
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.words.messages import submitted
from lkjip_xl.words.wording import quoted

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
        if set(differing) & set(_VERSION) and self.kept.get("sidik") == template.form_digest:
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


def lists_changed(
    report: Report, entries: Mapping[str, str], tables: Mapping[str, TableRead]
) -> Iterator[Finding]:
    """Report that the lists of a workbook are not those that it says it was made with."""
    lists = {key: read for key, read in tables.items() if report.template.tables[key].is_list}
    cells = {key: read.cells for key, read in lists.items()}
    if lists and report.own_version and not same_lists(report.template, entries, cells):
        sheet = next(iter(lists.values())).placement.sheet
        yield submitted(report.words.list_changed, sheet, lembar=sheet)


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
