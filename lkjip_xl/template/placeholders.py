"""The placeholders of declared texts, such as ``{tahun}``: each must be one that is filled in where its text stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from lkjip_xl.base.errors import DeclarationError, meant
from lkjip_xl.template.declaration import ColumnDeclaration, Declared, TableDeclaration
from lkjip_xl.template.declared_batch import ConsolidationDeclaration
from lkjip_xl.template.declared_set import MAIN, TemplateDeclaration
from lkjip_xl.template.declared_words import FieldRuleWords, Fills, SubmissionRuleWords
from lkjip_xl.template.sentences import Source, sentence_faults

YEARS = ("tahun", "tahun_lalu", "tahun_akhir", "periode")
OWNER = ("nama", "kabupaten")
GROUP = "kelompok"  # of the title of charts that are split
SHAPE = "bentuk"  # of a code; stands in all words of a rule but its source


class _Text(NamedTuple):
    """A declared text, where it stands in its file, and the placeholders that are filled in there."""

    place: str
    text: str
    known: Collection[str] = ()
    column: str | None = None


def check_placeholders(declared: TemplateDeclaration, tables: Declared) -> None:
    """Raise ``DeclarationError`` for the first placeholder that nothing would be filled in for."""
    for each in _of_set(declared):
        for reason in _faults(each):
            raise DeclarationError(reason, file=MAIN)
    sources = sources_of(tables)
    for block in declared.summary:
        for text in block.sentences:
            for reason in sentence_faults(text, sources):
                raise DeclarationError(f"summary {block.title!r}, kalimat {text[:40]!r}: {reason}", file=MAIN)
    for table, file in tables.values():
        for each in _of_table(table):
            for reason in _faults(each):
                raise DeclarationError(reason, file=file, table=table.key, column=each.column)


def _faults(each: _Text) -> Iterator[str]:
    for name in re.findall(r"\{([^{}]*)\}", each.text):
        if name in each.known:
            continue
        if each.known:
            yield f"{each.place}: {{{name}}} tidak dikenal{meant(name, each.known, '{{{}}}')}"
        else:
            yield f"{each.place}: {{{name}}} tidak diganti di sini, jadi akan tertulis apa adanya"
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", each.text)):
        yield f"{each.place}: kurung kurawal tanpa pasangannya di {each.text[:40]!r}"


def sources_of(tables: Declared) -> dict[str, Source]:
    """Return what sentences may name of each table."""
    return {
        key: Source(
            table.kind == "form",
            tuple(column.key for column in table.columns),
            frozenset(column.key for column in table.columns if column.years is not None),
        )
        for key, (table, _) in tables.items()
    }


def _of_set(declared: TemplateDeclaration) -> Iterator[_Text]:
    yield _Text("title", declared.title)
    yield from (_Text("instructions", text) for text in declared.instructions)
    yield from (_Text("summary", block.title) for block in declared.summary)
    yield from (_Text("summary, source", block.source, (*YEARS, *OWNER)) for block in declared.summary)
    for name, steps in declared.scales.items():
        yield from (_Text(f"skala {name}", step.label) for step in steps)
    yield from _of_words("field_rules", declared.field_rules)
    yield from _of_words("submission_rules", declared.submission_rules)
    if declared.consolidation is not None:
        yield from _of_consolidation(declared.consolidation)


def _of_words(place: str, rules: object) -> Iterator[_Text]:
    """Yield the words of rules that no table declares, each with what its message can say."""
    for name, field in type(rules).model_fields.items():  # type: ignore[attr-defined]  # a declaration
        words: FieldRuleWords = getattr(rules, name)
        known = next((each for each in field.metadata if isinstance(each, Fills)), Fills())
        shape = (SHAPE,) if SHAPE in known else ()
        at = f"{place}.{name}"
        yield _Text(f"{at}, title", words.title, shape)
        yield _Text(f"{at}, message", words.message, known)
        yield _Text(f"{at}, remedy", words.remedy, shape)
        yield _Text(f"{at}, source", words.source)
        if isinstance(words, SubmissionRuleWords):
            yield _Text(f"{at}, reason", words.reason)


def _of_consolidation(shown: ConsolidationDeclaration) -> Iterator[_Text]:
    yield _Text("consolidation, title", shown.title)
    for figure in shown.figures:
        yield _Text(f"consolidation, angka {figure.key}, label", figure.label)
    for listed in shown.lists:
        yield _Text(f"consolidation, lembar {listed.sheet}, title", listed.title)
    for sheet in shown.sums:
        yield _Text(f"consolidation, lembar {sheet.sheet}, title", sheet.title)
        for each in sheet.tables:
            texts = (each.title, *each.labels)
            yield from (_Text(f"consolidation, lembar {sheet.sheet}", text) for text in texts)
    yield from _of_words("consolidation.rules", shown.rules)


def _of_table(table: TableDeclaration) -> Iterator[_Text]:
    yield _Text("title", table.title, (*YEARS, *OWNER))
    yield _Text("source", table.source, (*YEARS, *OWNER))
    for name in ("number", "basis", "help", "part_label", "part_title", "total_label"):
        yield _Text(name, getattr(table, name))
    for rows in (table.fixed_rows, table.initial_rows):
        yield from (_Text("baris tetap atau baris awal", text) for row in rows for text in row.values())
    for column in table.columns:
        yield from _of_column(column, table)
    yield _Text("not_applicable", table.not_applicable)
    for chart in table.charts:
        yield _Text(
            f"grafik {chart.title!r}, title",
            chart.title,
            (*YEARS, *OWNER, *((GROUP,) if chart.split else ())),
        )
    keys = tuple(column.key for column in table.columns)
    for rule in table.rules:
        at = f"aturan {rule.id}"
        yield _Text(f"{at}, title", rule.title)
        yield _Text(f"{at}, message", rule.message, (*keys, *rule.values))
        yield _Text(f"{at}, remedy", rule.remedy)
        yield _Text(f"{at}, source", rule.source)


def _of_column(column: ColumnDeclaration, table: TableDeclaration) -> Iterator[_Text]:
    # One heading above all years of a column tells none of them.
    above_years = column.years is not None and table.year_blocks == "by_column"
    yield _Text("label", column.label, () if above_years else YEARS, column.key)
    for name in ("prompt", "help", "example"):
        yield _Text(name, getattr(column, name), column=column.key)
    yield _Text("unit", column.unit, column=column.key)
    yield _Text("value", column.value or "", YEARS, column.key)
