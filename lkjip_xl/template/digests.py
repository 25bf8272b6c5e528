"""Two digests of a template set: of all that it says, and of what a workbook that was handed out depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lkjip_xl.template.declaration import TableDeclaration
from lkjip_xl.template.declared_set import TemplateDeclaration
from lkjip_xl.template.declared_words import FieldRulesDeclaration

# What people read in a workbook, or get after it has been sent: a returned workbook is read the same without it.
_WORDS = {"title", "message", "remedy", "source"}
_COLUMN = {
    "label",
    "help",
    "unit",
    "decimals",
    "print",
    "merge",
    "fallback",
    "group_heading",
    "width",
    "prompt",
    "example",
}
_TABLE: dict[str, Any] = {
    **dict.fromkeys(
        ("number", "title", "source", "basis", "help", "part_title", "emphasis", "total_label", "print_keys"),
        True,
    ),
    "charts": True,
    "columns": {"__all__": _COLUMN},
    "rules": {"__all__": _WORDS | {"values", "expected"}},
}
_SET: dict[str, Any] = {
    **dict.fromkeys(("title", "paper", "submission_rules", "consolidation", "instructions", "summary"), True),
    "field_rules": dict.fromkeys(FieldRulesDeclaration.model_fields, _WORDS),
    "patterns": {"__all__": {"words"}},
}


_FORMULAS = 3  # raise it when the same declarations give other formulas, or other checks, in cells


def of_files(files: Iterable[Path]) -> str:
    """Return the digest of all that the files of a set say; the ends of their lines do not matter."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def of_form(declared: TemplateDeclaration, tables: Sequence[TableDeclaration]) -> str:
    """Return the digest of keys, sheets, types, formulas, rows, choices and years: of all but words and looks.

    A workbook with another is of another version, also where only the translation of formulas has changed since.
    """
    forms: list[Any] = [_FORMULAS, declared.model_dump(mode="json", exclude=_SET)]
    forms += [table.model_dump(mode="json", exclude=_TABLE) for table in tables]
    return hashlib.sha256(json.dumps(forms, sort_keys=True).encode()).hexdigest()[:16]
