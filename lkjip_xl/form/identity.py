"""How a workbook says what it is: kept on a hidden sheet and in a custom property, since programs drop either."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lkjip_xl.base.errors import WorkbookError
from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.base.showing import short
from lkjip_xl.form.submission import Notice, Submission, Value
from lkjip_xl.formula.cell_tests import FIRST_DAY, LAST_DAY
from lkjip_xl.template.model import Setup, Template
from lkjip_xl.xlsx.guard import open_file

PROPERTY = "lkjip-xl"
OUTPUT_PROPERTY = "lkjip-xl-hasil"  # of summaries and consolidations, which nobody fills
FORMAT = "1"
_PROPERTY_TEXT = 255  # characters of a property that Excel keeps
MAX_CONTACT = 200  # characters
# Entries of the hidden sheet alone.
_FORMULAS, _DEADLINE, _CONTACT, _LISTS = "rumus", "tenggat", "kontak", "daftar"


Tables = Mapping[str, Mapping[RowKey, Mapping[ColumnKey, Value]]]


class Written(NamedTuple):
    """What a sheet was made with, to see where something may be gone without looking at each cell."""

    rows: int
    """How many rows its table had."""
    formulas: int


def identity_of(template: Template, setup: Setup, submission: Submission) -> dict[str, str]:
    """Return the entries that a workbook carries, all as text."""
    return {
        "lkjip-xl": FORMAT,
        "templat": template.declared.id,
        "versi": template.declared.version,
        "sidik": template.form_digest,
        "opd": submission.code(template),
        "tahun": str(setup.year),
        "periode": f"{setup.period[0]}-{setup.period[1]}",
        "modul": ",".join(sorted(setup.modules)),
    }


def notice_text(notice: Notice) -> dict[str, str]:
    """Return the entries of the hidden sheet that say what the coordinator asks."""
    entries = {_DEADLINE: notice.deadline, _CONTACT: notice.contact, _LISTS: notice.lists}
    return {key: text for key, text in entries.items() if text}


def notice_of(entries: Mapping[str, str]) -> Notice:
    """Return what the coordinator asks; a deadline that is no date is none."""
    deadline = entries.get(_DEADLINE, "")
    day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", deadline)
    try:
        known = bool(day) and FIRST_DAY <= datetime.date.fromisoformat(deadline) <= LAST_DAY
    except ValueError:
        known = False
    contact, lists = (short(entries.get(each, ""), MAX_CONTACT) for each in (_CONTACT, _LISTS))
    return Notice(deadline if known else "", contact, lists)


def list_text(template: Template, tables: Tables) -> dict[str, str]:
    """Return the entry that tells the lists which a workbook carries from any others; none where it carries none."""
    rows = sorted(
        sorted((column, str(value)) for (column, _), value in cells.items())
        for table in template.tables.values()
        if table.is_list
        for cells in tables.get(table.key, {}).values()
    )
    return {_LISTS: hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]} if rows else {}


def same_lists(template: Template, entries: Mapping[str, str], tables: Tables) -> bool:
    """Whether the lists in a workbook are those that it was made with, as far as its entries say."""
    return _LISTS not in entries or list_text(template, tables) == {_LISTS: entries[_LISTS]}


def written_text(sheets: Mapping[str, Written]) -> dict[str, str]:
    """Return the entry that says what the sheets were made with, by table (and Periksa)."""
    return {_FORMULAS: json.dumps(sheets)}


def written(entries: Mapping[str, str]) -> dict[str, Written]:
    """Return what the sheets were made with; empty where the entries do not say so."""
    try:
        found = {
            key: Written(int(rows), int(number))
            for key, (rows, number) in json.loads(entries[_FORMULAS]).items()
        }
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}
    return found


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
