"""The cells of a printed table as texts, as they stand in a document: figures in Indonesian form, years as they are."""

from __future__ import annotations

from lkjip_xl.form.submission import Value
from lkjip_xl.template.declaration import ColumnDeclaration
from lkjip_xl.words import wording


def text_of(declared: ColumnDeclaration, value: Value | None) -> str:
    """Return what stands in a cell of a column: a figure with the declared decimals; nothing where it is blank."""
    if not isinstance(value, float):
        return wording.shown(value)
    if declared.type in ("ordinal", "integer"):
        return wording.number(value, 0)
    decimals = declared.decimals
    return wording.number(
        value, decimals[not value.is_integer()] if isinstance(decimals, tuple) else decimals
    )
