"""Each OPD against each table, in signs; and each OPD's figures with links to the cells where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from lkjip_xl.base.findings import Severity
from lkjip_xl.compute.states import State
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.following import Following
from lkjip_xl.consolidation.frames import About
from lkjip_xl.consolidation.links import Links
from lkjip_xl.consolidation.sheets import CENTRED, STATES, foot, head_of, labelled, line, number_style
from lkjip_xl.consolidation.totals import Totals, declared_figures, states
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet

SIGNS: Mapping[str, str] = {
    State.COMPLETE: "✔",
    State.INAPPLICABLE: "–",
    State.PARTIAL: "◐",
    State.EMPTY: "○",
    "kosong": "○",
    "peringatan": "!",
    "galat": "✖",
    "hilang": "?",
}
_NAMES = 92.0  # points: how high the turned names of tables stand


def write_matrix(sheet: Sheet, batch: Batch, title: str) -> None:
    """Write the state of each table of each OPD."""
    tables = [table for table in batch.template.filled if table.typed and not table.is_list]
    columns = [("No", 6.0), ("Kode", 9.0), ("OPD", 28.0), ("Keadaan", 15.0)]
    columns += [(severity.value.capitalize(), 4.5) for severity in Severity]
    columns += [(table.declared.sheet, 4.5) for table in tables]
    signs = ", ".join(f"{sign} {state}" for state, sign in SIGNS.items() if state != "kosong")
    signs += "; peringatan yang dijelaskan OPD atau diterima koordinator tidak ditandai lagi"
    head = head_of(sheet, f"{title}: keadaan tiap tabel", signs, columns)
    turned = {**styles.HEADER, "rotation": 90, "valign": "bottom"}
    for place, (label, _) in enumerate(columns[4:], start=4):
        sheet.value(head - 1, place, label, turned)
    sheet.raw.set_row(head - 1, _NAMES)
    known = Following(states(batch))
    row = head
    for number, agency in enumerate(batch.chosen.agencies, start=1):
        sent = agency.sent
        sheet.value(row, 0, number, CENTRED)
        line(sheet, row, (agency.code, agency.name), first=1)
        sheet.value(row, 3, agency.outcome.value, {**CENTRED, **STATES.get(agency.outcome, {})})
        for place, severity in enumerate(Severity, start=4):
            sheet.value(row, place, dict(sent.about.counts)[severity] if sent else None, CENTRED)
        of_tables = known.of(sent.source.digest, {}) if sent else {}
        for place, table in enumerate(tables, start=4 + len(Severity)):
            found = of_tables.get(table.key, "")
            sheet.value(row, place, SIGNS.get(found, found), {**CENTRED, **STATES.get(found, {})})
        sheet.fit(row, [(agency.name, 28.0)])
        row += 1
    foot(sheet, head, row - 1, columns, frozen=3)


def write_sources(sheet: Sheet, batch: Batch, figures: Totals, links: Links, title: str) -> None:
    """Write the figures of each OPD, each a line with a link to its cell."""
    columns = [
        ("Kode", 10.0),
        ("OPD", 40.0),
        ("Angka", 30.0),
        ("Nilai", 24.0),
        ("Templat", 14.0),
        ("Sumber", 44.0),
    ]
    head = head_of(sheet, f"{title}: sumber tiap angka", "Tiap angka dan selnya di buku kerja", columns)
    row = head
    for agency, sent in batch.chosen.counted:
        own = figures.of(agency)
        for figure in declared_figures(batch):
            found = own.get(figure.key)
            if found is None:
                continue
            line(sheet, row, (agency.code, agency.name, labelled(figure)))
            sheet.value(row, 3, found.value, number_style(figure))
            sheet.value(row, 4, _made_from(sent.about), styles.PLAIN)
            links.write(sheet, row, 5, sent.source.path, found.sheet, found.cell, row - head)
            sheet.fit(row, [(agency.name, 40.0), (labelled(figure), 30.0)])
            row += 1
    foot(sheet, head, row - 1, columns, frozen=2)


def _made_from(about: About) -> str:
    return "berlaku" if about.current else f"lama ({about.version or '?'})"
