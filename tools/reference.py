"""Reference pages and JSON Schemas, generated from the declarations and the command line."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Mapping
from itertools import pairwise

from pydantic import BaseModel

from lkjip_xl.form import json_shape
from lkjip_xl.form.json_shape import Document
from lkjip_xl.form.submission import MAX_TEXT
from lkjip_xl.formula.functions import FUNCTIONS
from lkjip_xl.report import json_shape as printed_shape
from lkjip_xl.report.catalogue import as_markdown, catalogue
from lkjip_xl.report.json_shape import ConsolidateOutput, RulesOutput, ValidateOutput
from lkjip_xl.report.review import json_shape as review_shape
from lkjip_xl.report.review.json_shape import ReviewOutput
from lkjip_xl.template import declaration, declared_batch, declared_report, declared_set, declared_words
from lkjip_xl.template.declaration import MAX_ROWS, TableDeclaration
from lkjip_xl.template.declared_report import ReportDeclaration
from lkjip_xl.template.declared_set import TemplateDeclaration
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Column, Table
from lkjip_xl.words.wording import number
from lkjip_xl.xlsx.guard import LIMITS

_NOTE = "<!-- Dibuat oleh `make docs`; jangan disunting. -->\n"


def generated_files() -> Mapping[str, str]:
    """Return path and text of every generated file."""
    return {
        "templates/schema/table.schema.json": _schema(TableDeclaration),
        "templates/schema/template.schema.json": _schema(TemplateDeclaration),
        "templates/schema/report.schema.json": _schema(ReportDeclaration),
        "templates/schema/data.schema.json": _schema(Document),
        "docs/schema/validate.schema.json": _schema(ValidateOutput),
        "docs/schema/rules.schema.json": _schema(RulesOutput),
        "docs/schema/consolidate.schema.json": _schema(ConsolidateOutput),
        "docs/schema/reviu.schema.json": _schema(ReviewOutput),
        "docs/tabel.md": _tables_page(),
        "docs/aturan.md": _rules_page(),
        "docs/perintah.md": _commands_page(),
    }


def _schema(model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    for name, fields in _field_texts().items():
        found = schema if name == schema["title"] else schema["$defs"].get(name, {})
        for field, text in fields.items():
            if field in found.get("properties", {}):
                found["properties"][field]["description"] = text
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _field_texts() -> dict[str, dict[str, str]]:
    """Return the text below each field of the models, by class and field.

    pydantic can read them itself, but does so whenever the models are imported, which costs every start 0.1 s.
    """
    modules = (
        declaration, declared_words, declared_batch, declared_set, declared_report, json_shape, printed_shape, review_shape,
    )  # fmt: skip
    texts: dict[str, dict[str, str]] = {}
    for node in (each for module in modules for each in ast.parse(inspect.getsource(module)).body):
        if not isinstance(node, ast.ClassDef):
            continue
        for base in node.bases:
            texts.setdefault(node.name, {}).update(texts.get(ast.unparse(base), {}))
        for field, below in pairwise(node.body):
            match field, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str() as text)),
                ):
                    texts.setdefault(node.name, {})[name] = inspect.cleandoc(text)
    return texts


def _tables_page() -> str:
    template = load_template()
    lines = [
        _NOTE,
        "# Tabel dan kolom\n",
        f"Templat `{template.declared.id}` versi {template.declared.version}.\n",
        "Fungsi rumus: "
        + ", ".join(f"`{name}`" for name in [*FUNCTIONS, "CAPAIAN", "SCALE", "MATCHES"])
        + ".\n",
    ]
    for table in template.tables.values():
        lines += _table(table)
    return "\n".join(lines) + "\n"


def _table(table: Table) -> list[str]:
    declared = table.declared
    heading = " · ".join(filter(None, (declared.number, declared.title)))
    lines = [f"## `{table.key}` — lembar “{declared.sheet}”\n", f"{heading}\n"]
    notes = [f"Dasar: {declared.basis}." if declared.basis else ""]
    notes.append(f"Modul: `{declared.module}`." if declared.module else "")
    if declared.rows_from:
        notes.append(f"Baris mengikuti {', '.join(f'`{key}`' for key in declared.rows_from)}.")
    lines.append(" ".join(filter(None, notes)) + "\n")
    lines += ["| kolom | judul | jenis | satuan | isi |", "|---|---|---|---|---|"]
    lines += [_column(column) for column in table.columns.values()]
    return [*lines, ""]


def _column(column: Column) -> str:
    declared = column.declared
    content = [f"di sel `{column.cell}`"] if column.cell != column.key else []
    if declared.formula:
        content.append(f"`{' '.join(declared.formula.split())}`")
    elif column.typed:
        content.append("diisi" + (", wajib" if declared.required else ""))
        if column.pattern is not None:
            content.append(column.pattern.words)
        if declared.current_year:
            content.append(f"tahun laporan: `{declared.current_year}`")
    if declared.total:
        content.append(f"jumlah: `{declared.total}`")
    cells = (f"`{column.key}`", declared.label, declared.type, declared.unit, "; ".join(content))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _rules_page() -> str:
    template = load_template()
    heading = (
        f"Templat `{template.declared.id}` versi {template.declared.version}; juga dengan `lkjip-xl rules`.\n"
    )
    return "\n".join([_NOTE, "# Aturan pemeriksaan\n", heading, as_markdown(catalogue(template))]) + "\n"


def _commands_page() -> str:
    from typer.testing import CliRunner

    from lkjip_xl.cli.app import app

    runner = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"})
    lines = [_NOTE, "# Perintah\n"]
    for command in (
        (),
        *(
            (name,)
            for name in sorted(
                each.name or each.callback.__name__ for each in app.registered_commands if each.callback
            )
        ),
    ):
        result = runner.invoke(app, [*command, "--help"], prog_name="lkjip-xl")
        lines += [f"## `{' '.join(('lkjip-xl', *command))}`\n", "```text", result.output.strip(), "```", ""]
    return "\n".join([*lines, *_limits()])


def _limits() -> list[str]:
    """Return the section on how large a file may be."""
    megabyte = 1024 * 1024
    rows = (
        ("besar berkas", f"{LIMITS.file // megabyte} MB"),
        ("satu bagian di dalamnya, setelah dibuka dari pemampatan", f"{LIMITS.part // megabyte} MB"),
        ("semua bagian yang dibaca", f"{LIMITS.total // megabyte} MB"),
        ("bagian di dalam berkas", number(LIMITS.parts)),
        ("lembar", number(LIMITS.sheets)),
        (
            "luas semua lembar: dari tiap lembar baris terakhir × kolom terakhir yang berisi",
            f"{number(LIMITS.area)} sel",
        ),
        (
            "sel yang berisi dan teksnya; teks yang dipakai beberapa sel dihitung di tiap selnya",
            f"{LIMITS.filled // megabyte} MB",
        ),
        ("lembar yang ditulis tidak seperti lazimnya", f"{number(LIMITS.elements)} unsur XML"),
        ("daftar lembar, hubungan, properti, dan gaya", f"{number(LIMITS.tags)} tag XML"),
        ("luas semua tabel dengan pemeriksaannya, sebanyak baris yang ada", f"{number(LIMITS.form)} sel"),
        ("temuan yang disebut satu per satu; selebihnya dihitung", number(LIMITS.findings)),
    )
    return [
        "## Batas berkas\n",
        "Buku kerja yang dibaca (`validate`, `summarize`, `export`, `consolidate`) dibatasi; yang melebihi batas ditolak dalam",
        f"satu kalimat. `--limits N` mengalikan semua batas ini dengan N. Satu tabel berisi paling banyak {number(MAX_ROWS)} baris,",
        f"satu sel paling banyak {number(MAX_TEXT)} huruf.\n",
        "| yang dibatasi | batas |",
        "|---|---:|",
        *(f"| {what} | {most} |" for what, most in rows),
        "",
    ]
