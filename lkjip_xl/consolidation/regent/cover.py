"""The cover: of which region and year, compiled when, from how many of how many, and whether it is final; and who signs."""

from __future__ import annotations

from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidation.chosen import COUNTED, Outcome
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.words import wording
from lkjip_xl.write import styles
from lkjip_xl.write.book import Sheet, lines_of
from lkjip_xl.write.printing import plain_page
from lkjip_xl.write.styles import Style

_WIDTH = 84.0
_CENTRE: Style = {**styles.FONT, "align": "center", "valign": "vcenter", "text_wrap": True}


def write_cover(sheet: Sheet, regent: Regent) -> None:
    """Write the cover, one page."""
    chosen = regent.batch.chosen
    sent, all_ = (wording.number(each) for each in (chosen.number(*COUNTED), len(chosen.agencies)))
    missing, left = chosen.number(Outcome.MISSING), chosen.number(Outcome.LEFT_OUT)
    below = [f"Memuat laporan {sent} dari {all_} perangkat daerah"]
    below += [f"{wording.number(missing)} belum mengirim"] if missing else []
    below += [f"{wording.number(left)} dikeluarkan atas keputusan koordinator"] if left else []
    lines: list[tuple[str, float, Style]] = [
        ("", 120, {}),
        (regent.place.upper(), 24, {"bold": True}),
        ("", 30, {}),
        (regent.shown.title.upper(), 22, {"bold": True, "font_color": styles.HEADER["bg_color"]}),
        (f"TAHUN {regent.year}", 22, {"bold": True, "font_color": styles.HEADER["bg_color"]}),
        ("", 60, {}),
        (regent.draft, 18, {"bold": True, **(styles.MARKS[Severity.GALAT] if regent.draft else {})}),
        ("", 60, {}),
        *((text, 13, {}) for text in below),
        ("", 20, {}),
        (
            f"Disusun {wording.date(regent.day.isoformat())}",
            13,
            {"font_color": styles.SUBTITLE["font_color"]},
        ),
    ]
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 0, _WIDTH)
    for row, (text, size, look) in enumerate(lines):
        sheet.value(row, 0, text, {**_CENTRE, **({"font_size": size} if text else {}), **look})
        sheet.raw.set_row(row, size if not text else size * 1.5 * lines_of(text, _WIDTH * 11 / size * 0.9))
    plain_page(sheet, landscape=False)
    sheet.raw.center_horizontally()


def write_signed(sheet: Sheet, regent: Regent) -> None:
    """Write what the figures come from, what the coordinator has decided, and room for a signature."""
    chosen = regent.batch.chosen
    texts = [
        (
            "Angka dihitung dari satu berkas tiap perangkat daerah: yang terbaru tanpa galat, atau bila tidak ada yang "
            "terbaru, kecuali koordinator memutuskan lain. Perangkat daerah yang belum mengirim dan yang dikeluarkan "
            "tidak ikut dihitung."
        ),
        *([f"{regent.draft}; angkanya dapat berubah."] if regent.draft else []),
    ]
    sheet.raw.hide_gridlines(2)
    sheet.raw.set_column(0, 0, 46)
    sheet.raw.set_column(1, 1, 42)
    sheet.value(0, 0, "Pengesahan", {**styles.TITLE, "font_size": 16})
    sheet.value(1, 0, regent.compiled, styles.SUBTITLE)
    row = 3
    for text in texts:
        sheet.merged(row, 0, row, 1, text, styles.TEXT)
        sheet.fit_lines(row, lines_of(text, 88))
        row += 1
    decided = [(agency.name, each.words) for agency, each in chosen.decided]
    sheet.value(row + 1, 0, "Keputusan koordinator", styles.SECTION)
    sheet.value(row + 1, 1, None, styles.SECTION)
    row += 2
    for name, words in decided or [("Tidak ada", "")]:
        sheet.value(row, 0, name, styles.PLAIN)
        sheet.value(row, 1, words, styles.PLAIN)
        sheet.fit(row, [(name, 46), (words, 42)])
        row += 1
    row += 2
    day = wording.date(regent.day.isoformat())
    for text in (
        *regent.shown.signed,
        "",
        "",
        "",
        "",
        "( .................................................. )",
    ):
        sheet.value(
            row, 1, text.replace("{tanggal}", f".........., {day}"), {**styles.FONT, "align": "center"}
        )
        row += 1
    plain_page(sheet, landscape=False)
