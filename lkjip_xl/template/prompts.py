"""What a program shows at a selected input cell: a title, what belongs there, and an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lkjip_xl.template.declaration import MAX_PROMPT, MAX_PROMPT_TITLE
from lkjip_xl.template.model import Column, Table


def typed_in(column: Column, tables: Mapping[str, Table]) -> list[str]:
    """Return the keys of the tables in which people type the texts that a column refers to."""
    keys: dict[str, None] = {}
    for path in column.declared.references:
        key, name = path.split(".")
        source = tables[key]
        keys |= dict.fromkeys((key,) if source.columns[name].typed else source.parts)
    return list(keys)


def prompt(column: Column, sheets: Sequence[str] = ()) -> str:
    """Return what belongs in a column's cells, and an example; ``sheets`` are those where its dropdown is filled."""
    declared = column.declared
    parts = [declared.help] if declared.help else []
    if sheets:
        parts.append(
            f"Dipilih dari isian lembar {' dan '.join(sheets)}; bila daftarnya kosong, isi dulu di sana."
        )
    if column.pattern is not None:
        parts.append(f"Ditulis sebagai {column.pattern.words}.")
    if column.grades is not None:
        label = column.grades.all[0].label
        parts.append(f"Angka; bila Arah sebuah skala, predikatnya: {label} atau {label} (95,50).")
    if declared.unit:
        parts.append(f"Satuan: {declared.unit}.")
    if declared.required and declared.unless is None:  # else its help says when it may be blank
        parts.append("Wajib diisi.")
    if declared.example:
        parts.append(f"Contoh: {declared.example}")
    return " ".join(parts)


def reason_prompt(example: str) -> str:
    """Return what belongs in the cell where staff say why a table does not apply."""
    return (
        "Hanya bila tabel ini tidak berlaku bagi OPD ini: tulis alasannya dan biarkan tabelnya kosong. "
        f"Contoh: {example}"
    )


def too_long(table: Table, tables: Mapping[str, Table]) -> Iterator[tuple[str | None, str]]:
    """Yield the columns, and what of their prompts is longer than programs show; None: of the reason's cell."""
    if len(reason_prompt(table.declared.not_applicable)) > MAX_PROMPT:
        yield None, f"not_applicable terlalu panjang untuk petunjuk di selnya ({MAX_PROMPT} huruf)"
    for column in table.typed:
        if column.declared.cell is not None:  # the column whose cell it is says it
            continue
        # As long as it is with the years of a report.
        title = column.declared.prompt or re.sub(r"\{tahun\w*\}", "0000", column.declared.label)
        if len(title) > MAX_PROMPT_TITLE:
            yield (
                column.key,
                f"label lebih dari {MAX_PROMPT_TITLE} huruf; tulis judul petunjuknya yang lebih pendek di prompt",
            )
        sheets = [tables[key].declared.sheet for key in typed_in(column, tables)]
        over = len(prompt(column, sheets)) - MAX_PROMPT
        if over > 0:
            yield column.key, f"petunjuk dan contohnya {over} huruf lebih panjang dari yang ditampilkan Excel"
