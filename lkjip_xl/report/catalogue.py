"""The catalogue of rules: one entry a rule and table, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lkjip_xl.template.declared_words import SubmissionRuleWords
from lkjip_xl.template.model import Table, Template
from lkjip_xl.template.rule import alike

Entry = dict[str, str]
WHOLE_FILE = "Seluruh berkas"
_HEADINGS = ("aturan", "tingkat", "lembar", "judul", "syarat", "pesan", "perbaikan", "sumber")


def catalogue(template: Template) -> list[Entry]:
    """Return every rule of a template set, in the order of its sheets; rules of several columns of a table are one.

    Those that no cell can check come last, with the reason as their condition.
    """
    entries = [entry for table in template.tables.values() for entry in _of_table(table)]
    words = [*template.submission_rules, *template.consolidation_rules]
    return entries + [_on_submission(each) for each in words]


def _on_submission(words: SubmissionRuleWords) -> Entry:
    return {
        "aturan": words.id,
        "tingkat": words.severity.value,
        "lembar": WHOLE_FILE,
        "judul": words.title,
        "syarat": f"diperiksa saat dikirim, karena {words.reason}",
        "pesan": words.message,
        "perbaikan": words.remedy,
        "sumber": words.source,
    }


def _of_table(table: Table) -> Iterator[Entry]:
    declared = {rule.id: " ".join(rule.check.split()) for rule in table.declared.rules}
    for rules in alike(table.rules):
        rule = rules[0]
        labels = ", ".join(table.columns[each.blame].declared.label for each in rules)
        yield {
            "aturan": rule.id,
            "tingkat": rule.severity.value,
            "lembar": table.declared.sheet,
            "judul": rule.title,
            "syarat": declared.get(rule.id, f"kolom {labels}"),
            "pesan": rule.message,
            "perbaikan": rule.remedy,
            "sumber": rule.source,
        }


def as_text(entries: Sequence[Entry]) -> str:
    """Return the catalogue for a terminal."""
    lines: list[str] = []
    sheet = ""
    for entry in entries:
        if entry["lembar"] != sheet:
            sheet = entry["lembar"]
            lines += ["", sheet if sheet == WHOLE_FILE else f"Lembar {sheet}"]
        lines.append(f"  {entry['tingkat']:<10} {entry['aturan']}: {entry['judul']}")
        lines.append(f"  {'':<10} {entry['pesan']}")
        lines.append(f"  {'':<10} → {entry['perbaikan']}")
        lines.append(f"  {'':<10} Dasar: {entry['sumber']}")
    return "\n".join(lines).strip()


def as_markdown(entries: Sequence[Entry]) -> str:
    """Return the catalogue as one table."""
    rows = ["| " + " | ".join(_HEADINGS) + " |", "|" + "---|" * len(_HEADINGS)]
    for entry in entries:
        cells = {name: text.replace("|", "\\|") for name, text in entry.items()}
        if entry["lembar"] != WHOLE_FILE:
            cells["syarat"] = f"`{cells['syarat']}`"
        rows.append("| " + " | ".join(cells[name] for name in _HEADINGS) + " |")
    return "\n".join(rows)
