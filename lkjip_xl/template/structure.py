"""What must hold between declarations before any formula is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lkjip_xl.base.errors import DeclarationError
from lkjip_xl.template.batch_parts import consolidation_faults
from lkjip_xl.template.declaration import ChartDeclaration, ColumnDeclaration, Declared, TableDeclaration
from lkjip_xl.template.declared_set import MAIN, Step, TemplateDeclaration
from lkjip_xl.template.graded import grade_faults, scale_faults
from lkjip_xl.template.sheet_names import RESERVED_SHEETS


def check_structure(declared: TemplateDeclaration, tables: Declared) -> None:
    """Raise ``DeclarationError`` for the first thing that does not fit."""
    for reason in _template_faults(declared, tables):
        raise DeclarationError(reason, file=MAIN)
    sheets = Counter(table.sheet.casefold() for table, _ in tables.values())
    for table, file in tables.values():
        reasons = list(_table_faults(table, tables))
        if sheets[table.sheet.casefold()] > 1:
            reasons.append(f"nama lembar {table.sheet!r} dipakai dua tabel")
        for reason in reasons:
            raise DeclarationError(reason, file=file, table=table.key)
        for column in table.columns:
            for reason in _column_faults(column, table, declared, tables):
                raise DeclarationError(reason, file=file, table=table.key, column=column.key)


def _template_faults(declared: TemplateDeclaration, tables: Declared) -> Iterator[str]:
    for path in (declared.identity.code, declared.identity.name, declared.identity.regency):
        if not _exists(path, tables):
            yield f"identity menunjuk {path}, yang tidak ada"
    fields, submitted = declared.field_rules.model_dump(), declared.submission_rules.model_dump()
    field_ids = {words["id"] for words in (*fields.values(), *submitted.values())}
    for table, _ in tables.values():
        for rule in table.rules:
            if rule.id in field_ids:
                yield f"aturan {rule.id} di tabel {table.key} bernama sama dengan aturan kolom atau aturan kiriman"
    if declared.consolidation is not None:
        yield from consolidation_faults(declared.consolidation, declared, tables)
    yield from _code_faults(declared, tables)
    yield from scale_faults(declared)
    for name, pattern in declared.patterns.items():
        if not pattern.masks and not pattern.characters:
            yield f"pola {name}: tulis masks atau characters"
        if pattern.length[0] > pattern.length[1]:
            yield f"pola {name}: length terbalik"
    for name, steps in declared.scales.items():
        if not _descends(steps):
            yield f"skala {name}: tingkat harus menurun, dan hanya yang terakhir tanpa batas"
    for block in declared.summary:
        key = block.form or block.table
        if key is None:
            continue
        if key not in tables:
            yield f"summary {block.title!r} menunjuk tabel {key}, yang tidak ada"
            return
        if block.form is not None and (block.table or block.columns or block.filled):
            yield f"summary {block.title!r}: table, columns, dan filled tidak dipakai bersama form"
        if block.table is not None and not block.columns:
            yield f"summary {block.title!r}: columns belum ditulis"
        known = {column.key: column for column in tables[key][0].columns}
        for column in (*block.columns, *([block.filled] if block.filled else [])):
            if column not in known:
                yield f"summary {block.title!r} menunjuk kolom {key}.{column}, yang tidak ada"
            elif known[column].years is not None:
                yield f"summary {block.title!r} menunjuk kolom {key}.{column}, yang per tahun"


def _code_faults(declared: TemplateDeclaration, tables: Declared) -> Iterator[str]:
    codes = declared.codes
    if codes is None:
        return
    table = tables[codes.table][0] if codes.table in tables else None
    if table is None or table.kind != "list":
        yield f'codes menunjuk {codes.table}, yang bukan daftar (kind = "list")'
        return
    if table.module is None:
        yield f"codes menunjuk {codes.table}, yang tidak punya module"
    columns = {column.key: column for column in table.columns}
    for key in (codes.code, codes.name, codes.year):
        if key not in columns:
            yield f"codes menunjuk kolom {codes.table}.{key}, yang tidak ada"
        elif not columns[key].headings:
            yield f"codes: kolom {codes.table}.{key} perlu headings"
    if codes.code in columns and columns[codes.code].pattern is None:
        yield f"codes: kolom {codes.table}.{codes.code} perlu pattern"


def _descends(steps: tuple[Step, ...]) -> bool:
    """Whether each step starts below the one before it, so that no figure falls into a gap."""
    bounds = [
        (step.min, 0) if step.min is not None else (step.above, 1) if step.above is not None else None
        for step in steps
    ]
    if not bounds or bounds[-1] is not None or any(bound is None for bound in bounds[:-1]):
        return False
    return all(high > low for high, low in pairwise(bounds[:-1]))  # type: ignore[operator]  # none is None here


def _order_faults(table: TableDeclaration) -> Iterator[str]:
    """Yield what of the columns that know a row, or that stand first, has not one cell a row."""
    once = {column.key for column in table.columns if column.years is None and not column.hidden}
    for key in table.print_keys:
        if key not in once:
            yield f"print_keys menunjuk {key}, yang bukan kolom tampak dengan satu sel setiap baris"
    of_rows = {column.key for column in table.columns if column.years is None and column.cell is None}
    for key in table.input_order:
        if key not in of_rows:
            yield f"input_order menunjuk {key}, yang bukan kolom dengan satu sel setiap baris"


def _table_faults(table: TableDeclaration, tables: Declared) -> Iterator[str]:
    keys = Counter(column.key for column in table.columns)
    for key, times in keys.items():
        if times > 1:
            yield f"kolom {key} dideklarasikan {times} kali"
    for source in table.rows_from:
        if source not in tables:
            yield f"rows_from menunjuk tabel {source}, yang tidak ada"
        elif _follows(tables, source, table.key):
            yield f"rows_from {source} kembali ke tabel ini sendiri"
    if isinstance(table.years, tuple) and not table.years[0] <= 0 <= table.years[1]:
        yield "years harus memuat tahun laporan (0)"
    shared = {column.key: column.cell for column in table.columns if column.cell is not None}
    ids = [rule.id for other, _ in tables.values() for rule in other.rules]
    for rule in table.rules:
        if ids.count(rule.id) > 1:
            yield f"aturan {rule.id} dideklarasikan lebih dari sekali"
        if rule.blame not in keys:
            yield f"aturan {rule.id}: blame menunjuk kolom {rule.blame}, yang tidak ada"
        if rule.blame in shared:
            yield f"aturan {rule.id}: blame menunjuk {rule.blame}; tulis kolom selnya, {shared[rule.blame]}"
        if rule.expected is not None and rule.expected not in {*keys, *rule.values}:
            yield f"aturan {rule.id}: expected {rule.expected} bukan kolom dan bukan nama di values"
        total = {column.key for column in table.columns if column.total is not None}
        if rule.scope == "total" and rule.blame in keys and rule.blame not in total:
            yield f"aturan {rule.id}: blame {rule.blame} tidak punya sel di baris jumlah"
    for chart in table.charts:
        yield from (f"grafik {chart.title!r}: {reason}" for reason in _chart_faults(chart, table))
    modules = {other.module for other, _ in tables.values()}
    for column in table.columns:
        if column.module is not None and (column.formula is None or column.module not in modules):
            yield f"kolom {column.key}: module hanya untuk kolom hitungan, dan menunjuk modul sebuah tabel"
    for rule in table.rules:
        if rule.module is not None and rule.module not in modules:
            yield f"aturan {rule.id}: module {rule.module} bukan modul sebuah tabel"
    if table.sheet in RESERVED_SHEETS:
        yield f"nama lembar {table.sheet!r} sudah dipakai buku kerja"
    if table.emphasis is not None and table.emphasis[0] not in keys:
        yield f"emphasis menunjuk kolom {table.emphasis[0]}, yang tidak ada"
    yield from _order_faults(table)
    fixed = {column.key for column in table.columns if column.type == "fixed"}
    for row in table.fixed_rows:
        if table.kind == "table" and set(row) != fixed:
            yield f"fixed_rows harus mengisi tepat kolom {', '.join(sorted(fixed))}"


def _chart_faults(chart: ChartDeclaration, table: TableDeclaration) -> Iterator[str]:
    columns = {column.key: column for column in table.columns}
    others = [chart.names, chart.percent, chart.split, chart.where[0] if chart.where else None]
    missing = [key for key in (*chart.values, *others) if key is not None and key not in columns]
    if missing:
        yield f"menunjuk kolom {missing[0]}, yang tidak ada"
        return
    figures = [*chart.values, *([chart.percent] if chart.percent else [])]
    for key in figures:
        if columns[key].type not in ("number", "integer"):
            yield f"kolom {key} tidak berisi angka"
    if chart.by_year and (len(chart.values) > 1 or columns[chart.values[0]].years is None):
        yield "by_year perlu satu kolom per tahun di values"
    if chart.by_year and chart.percent:
        yield "percent tidak dipakai bersama by_year"
    if not chart.by_year and any(columns[key].years is not None for key in figures):
        yield "kolom per tahun perlu by_year = true"


def _follows(tables: Declared, key: str, target: str) -> bool:
    return key == target or any(
        source in tables and _follows(tables, source, target) for source in tables[key][0].rows_from
    )


def _column_faults(
    column: ColumnDeclaration,
    table: TableDeclaration,
    declared: TemplateDeclaration,
    tables: Declared,
) -> Iterator[str]:
    yield from grade_faults(column, table, declared)
    if column.type == "choice":
        if not column.choices:
            yield "kolom pilihan tanpa choices"
        elif isinstance(column.choices, str) and column.choices not in declared.choice_lists:
            yield f"daftar pilihan {column.choices} tidak ada di {MAIN}"
    if column.pattern is not None:
        if column.pattern not in declared.patterns:
            yield f"pola {column.pattern} tidak ada di {MAIN}"
        if column.type != "text":
            yield "pattern hanya untuk kolom teks"
    if column.type == "fixed" and not (column.value if table.kind == "form" else table.fixed_rows):
        yield "kolom tetap tanpa isi; tulis fixed_rows (tabel) atau value (formulir)"
    if column.type == "reference" and not column.references:
        yield "kolom acuan tanpa references"
    for path in column.references:
        if not _exists(path, tables):
            yield f"references menunjuk {path}, yang tidak ada"
    if column.years is not None and table.years is None:
        yield "years pada tabel yang tidak per tahun"
    if column.current_year is not None and (column.years is None or column.formula is not None):
        yield "current_year hanya untuk kolom isian per tahun"
    if column.unless is not None:
        other = next((each for each in table.columns if each.key == column.unless), None)
        if other is None or other.years is not None or not column.required:
            yield f"unless {column.unless} perlu kolom itu, tanpa tahun, dan required"
    if column.fallback is not None and column.fallback not in {c.key for c in table.columns}:
        yield f"fallback menunjuk kolom {column.fallback}, yang tidak ada"


def _exists(path: str, tables: Declared) -> bool:
    table, key = path.split(".")
    return table in tables and any(column.key == key for column in tables[table][0].columns)
