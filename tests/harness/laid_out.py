"""Our printed tables as people might have typed them: other headings, orders, merges, splits; and faults planted in them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lkjip_xl.report.printed import GroupHeading, PrintedTable, Report, Row, printed
from lkjip_xl.report.printed_text import text_of
from lkjip_xl.report.review.comparing import Difference
from lkjip_xl.template.model import Table
from word_xml import cell, paragraph, row, table

COVERED = "↑"
OTHER_WORDS = {
    "No": ("No.", "Nomor"),
    "Indikator": ("Indikator Kinerja", "Nama Indikator"),
    "Indikator Kinerja": (
        "Indikator",
        "Indikator Kinerja Utama",
        "Aspek/Fokus/Bidang Urusan/Indikator Kinerja Daerah",
    ),
    "Target": ("Target Kinerja", "Target {tahun}"),
    "TARGET": ("Target Capaian Kinerja Tahun", "Target Kinerja"),
    "Realisasi": ("Realisasi Kinerja", "Realisasi {tahun}"),
    "Capaian Kinerja (%)": ("Capaian (%)", "% Capaian", "Persentase Capaian"),
    "CAPAIAN (%)": ("Capaian Kinerja (%)", "Tingkat Capaian"),
    "Anggaran (Rp)": ("Pagu Anggaran (Rp)", "Anggaran"),
    "Realisasi (Rp)": ("Realisasi Anggaran (Rp)", "Realisasi Keuangan"),
    "Ket": ("Keterangan", "Ket."),
    "JUMLAH": ("Jumlah Pegawai", "Jml"),
    "Jumlah": ("Total", "Jumlah Pegawai"),
    "SLTA": ("SMA/SLTA",),
    "S.1": ("S1", "Sarjana (S.1)"),
    "Program": ("Program/Kegiatan", "Nama Program"),
    "Satuan": ("Sat.",),
}
_ASIDE = 6  # figures of a table that is printed in two parts
_SWAP = str.maketrans(".,", ",.")


@dataclass
class Line:
    """A row as it will be typed, by column of ours; ``name`` tells it in findings."""

    name: str
    texts: dict[int, str]
    covered: set[int] = field(default_factory=set)
    part: str = ""


@dataclass
class Sheet:
    """A table as it will be typed: its lines, groups before some of them, and the closing one."""

    key: str
    year: int
    found: PrintedTable
    figures: list[int]
    computed: set[int]
    named: int
    lines: list[Line]
    groups: dict[int, str]
    total: Line | None
    columns: list[int] = field(default_factory=list)


Fault = tuple[str, str, str, str]  # verdicts that fit, key of table, name of row, printed


def sheet(wanted: Table, report: Report) -> Sheet:
    """Return a table of a report with its texts."""
    found = printed(wanted, report)
    texts = [
        n
        for n, each in enumerate(found.columns)
        if each.declared.type not in ("number", "integer", "ordinal")
    ]
    rows = [each for each in found.rows if isinstance(each, Row)]
    distinct = {n: len({str(each.cells[n].value).casefold() for each in rows} - {"none"}) for n in texts}
    named = max(texts, key=lambda n: (distinct[n], found.columns[n].key, -n))
    lines, groups, part = list[Line](), dict[int, str](), ""
    for each in found.rows:
        if isinstance(each, GroupHeading):
            part = each.text if each.level == 0 else part
            groups[len(lines)] = f"{groups[len(lines)]} / {each.text}" if len(lines) in groups else each.text
            continue
        shown = {n: text_of(column.declared, each.cells[n].value) for n, column in enumerate(found.columns)}
        covered = {n for n, one in enumerate(each.cells) if one.rows == 0}
        lines.append(Line(shown[named], shown, covered, part))
    total = None
    if found.total is not None:
        shown = {n: text_of(each.declared, found.total.values[n]) for n, each in enumerate(found.columns)}
        total = Line(wanted.declared.total_label, shown)
    figures = [n for n, each in enumerate(found.columns) if each.declared.type in ("number", "integer")]
    year = report.setup.year
    computed = {
        n
        for n in figures
        if not wanted.columns[found.columns[n].declared.key].typed_in(found.columns[n].year, year)
    }
    return Sheet(wanted.key, year, found, figures, computed, named, lines, groups, total)


# -- faults -------------------------------------------------------------------------------------------------------


def plant(chance: random.Random, sheet: Sheet, kind: str) -> list[Fault]:
    """Plant a fault of a kind in a table, and return what must be found of it; nothing where there is no place for it."""
    names = [line.name for line in sheet.lines]
    own = [line for line in sheet.lines if names.count(line.name) == 1]
    places = [
        (line, n)
        for line in [*own, *([sheet.total] if sheet.total else [])]
        for n in sheet.figures
        if n in sheet.columns and n not in line.covered and re.fullmatch(r"-?[\d.]+(,\d+)?", line.texts[n])
    ]
    if kind == "lost":
        safe = [n for n, line in enumerate(sheet.lines) if line in own and not _merged(sheet, n)]
        if len(sheet.lines) < 2 or not safe:
            return []
        at = chance.choice(safe)
        line = sheet.lines.pop(at)
        sheet.groups = {n - (n > at): text for n, text in sheet.groups.items()}
        return [("hilang", sheet.key, line.name, "")]
    if kind == "swapped":
        pairs = [
            (one, other, n)
            for one, n in places
            for other, m in places
            if n == m
            and one is not other
            and one.texts[n] != other.texts[n]
            and sheet.total not in (one, other)
        ]
        if not pairs:
            return []
        one, other, n = chance.choice(pairs)
        one.texts[n], other.texts[n] = other.texts[n], one.texts[n]
        return [("salah selisih pemotongan", sheet.key, each.name, each.texts[n]) for each in (one, other)]
    change, fits = {
        "digit": (_digit, "salah selisih pemotongan"),
        "truncated": (_truncated, "pemotongan"),
        "comma": (_commas, "salah"),
    }[kind]
    places = [(line, n) for line, n in places if change(chance, line.texts[n], n in sheet.computed)]
    if not places:
        return []
    line, n = chance.choice(places)
    line.texts[n] = change(chance, line.texts[n], n in sheet.computed)
    return [(fits, sheet.key, line.name, line.texts[n])]


def twice(chance: random.Random, sheet: Sheet, kind: str) -> tuple[list[Sheet], list[Fault]]:
    """Return a table as it is typed in two places: again, in two parts side by side, or an excerpt of it beside the whole.

    A row is lost from one of two copies or parts, unless so few are left that it might be an excerpt.
    """
    choose_columns(chance, sheet)
    other = replace(sheet, lines=[*sheet.lines], groups=dict(sheet.groups), columns=[*sheet.columns])
    figures = [n for n in sheet.columns if n in sheet.figures]
    if kind == "excerpt":
        names = [line.name for line in sheet.lines]
        own = [line for line in sheet.lines if names.count(line.name) == 1]
        other.lines, other.groups = [*own[: len(sheet.lines) // 2]], {}
        return ([sheet, other] if own[: len(sheet.lines) // 2] else [sheet]), []
    if kind == "aside":
        halves = figures[: len(figures) // 2], figures[len(figures) // 2 :]
        empty = any(not any(line.texts[n] for n in half) for line in sheet.lines for half in halves)
        if len(figures) < _ASIDE or empty:  # a row without figures is none of a part
            return [sheet], []
        half = halves[1]
        sheet.columns = [n for n in sheet.columns if n not in half]
        other.columns = [n for n in other.columns if n not in figures or n in half]
    faulty = chance.choice((sheet, other))
    return [sheet, other], plant(chance, faulty, "lost") if len(sheet.lines) > 2 else []


def _merged(sheet: Sheet, at: int) -> bool:
    below = sheet.lines[at + 1].covered if at + 1 < len(sheet.lines) else set[int]()
    return bool(sheet.lines[at].covered or below)


def _digit(chance: random.Random, text: str, _computed: bool) -> str:
    at = chance.choice([n for n, each in enumerate(text) if each.isdigit()])
    others = [each for each in "123456789" if each != text[at]]
    return text[:at] + chance.choice(others) + text[at + 1 :]


def _truncated(_: random.Random, text: str, computed: bool) -> str:
    """Return a figure as it would be, had it been cut off where it was rounded up."""
    whole, comma, decimals = text.partition(",")
    if not computed or not comma or int(decimals) == 0:
        return ""
    return f"{whole},{int(decimals) - 1:0{len(decimals)}}"


def _commas(_: random.Random, text: str, _computed: bool) -> str:
    return text.translate(_SWAP) if "," in text or "." in text else ""


# -- how it is typed ----------------------------------------------------------------------------------------------


def choose_columns(chance: random.Random, sheet: Sheet) -> None:
    """Choose which columns are printed, in which order; those of a table by year stay in theirs."""
    places = [*range(len(sheet.found.columns))]
    kept = [n for n in places if n == sheet.named or chance.random() < 0.92]
    if len(set(kept) & set(sheet.figures)) < min(1, len(sheet.figures)) or len(kept) * 2 < len(places):
        kept = places
    blocks = {each.column for each in sheet.found.headings if each.columns > 1}
    if not blocks and chance.random() < 0.25:
        chance.shuffle(kept)
    sheet.columns = kept
    label = sheet.found.total.label_at if sheet.found.total else None
    if sheet.total is not None and label is not None and label not in kept:  # people move the word along
        sheet.total.texts[sheet.named] = sheet.total.name


def typed(chance: random.Random, sheet: Sheet) -> Iterator[str]:
    """Yield the XML of a table as somebody may have typed it, with its caption, in one table or more."""
    look = Look(chance, sheet)
    caption = " ".join(filter(None, (sheet.found.number, sheet.found.title)))
    captions = [
        caption,
        sheet.found.title,
        f"Tabel {chance.randint(1, 9)} {sheet.found.title}",
        caption.upper(),
    ]
    yield paragraph(_escaped(chance.choice(captions)))
    parts = [*look.parts()]
    for n, lines in enumerate(parts):
        if n and chance.random() < 0.5:
            yield paragraph(_escaped(f"{caption} (lanjutan)"))
        yield table(*look.rows(lines, headed=not n or look.repeats, last=n == len(parts) - 1))
    if sheet.found.source:
        yield paragraph(_escaped(sheet.found.source))


def decoys(sheet: Sheet) -> list[str]:
    """Return the XML of tables that are none of ours: last year's in the same words, and some of other things."""
    headings = [each.declared.label for each in sheet.found.columns]
    figures = [
        [line.texts[n] if n not in sheet.figures else "12,34" for n in range(len(headings))]
        for line in sheet.lines
    ]
    before = sheet.year - 1
    tables = {
        f"Tabel 9.1 Capaian Kinerja Tahun {before}": [headings, *figures],
        "Tabel 9.2 Daftar Pejabat": [
            ["No", "Nama", "Jabatan"],
            ["1", "Contoh", "Kepala Dinas"],
            ["2", "Lain", "Sekretaris"],
        ],
        "Jadwal": [
            ["Bulan", "Kegiatan", "Biaya"],
            ["Januari", "Rapat", "1.000,00"],
            ["Jumlah", "", "1.000,00"],
        ],
    }
    return [
        paragraph(_escaped(caption))
        + table(*(row(*(cell(_escaped(text)) for text in line)) for line in lines))
        for caption, lines in tables.items()
    ]


class Look:
    """How one table is typed; chosen once, so that its parts look alike."""

    def __init__(self, chance: random.Random, sheet: Sheet) -> None:
        self.chance, self.sheet = chance, sheet
        self.repeats = chance.random() < 0.6
        self.numbered = chance.random() < 0.5
        self.one_line = chance.random() < 0.4
        self.merge = chance.choice(("merged", "blank", "again"))
        self.dash = chance.choice(("-", "", "–"))
        self.labels = [self.slip(self.other(text)) for text in self.top()]
        self.extra = chance.random() < 0.2  # a column that we do not have
        self.titled = chance.random() < 0.15
        self.apart = chance.random() < 0.5  # parts in tables of their own

    def parts(self) -> Iterator[list[tuple[int, Line]]]:
        """Yield the lines of each table: of one, or of two where it is split."""
        lines = [*enumerate(self.sheet.lines)]
        names = [*dict.fromkeys(line.part for _, line in lines)]
        if self.apart and len(names) > 1:
            self.repeats = True
            for name in names:
                yield [(n, line) for n, line in lines if line.part == name]
            return
        cuts = [n for n in range(1, len(lines)) if not lines[n][1].covered]
        if cuts and self.chance.random() < 0.35:
            cut = self.chance.choice(cuts)
            yield lines[:cut]
            lines = lines[cut:]
        yield lines

    def top(self) -> list[str]:
        """Return the upper heading of each printed column."""
        over = dict[int, str]()
        for each in self.sheet.found.headings:
            if each.row == 0:
                over |= {n: str(each.text) for n in range(each.column, each.column + each.columns)}
        return [over[n] for n in self.sheet.columns]

    def other(self, text: str) -> str:
        """Return a heading in other words."""
        words = OTHER_WORDS.get(text, ())
        if not words or self.chance.random() < 0.6:
            return text
        return self.chance.choice(words).replace("{tahun}", str(self.sheet.year))

    def slip(self, text: str) -> str:
        """Return a heading with another case, or two letters of a long word the other way round."""
        choice = self.chance.random()
        if choice < 0.3:
            return text.upper()
        if choice < 0.4:
            return text.title()
        words = text.split()
        long = [n for n, word in enumerate(words) if len(word) > 7 and word.isalpha()]
        if choice < 0.55 and long:
            n = self.chance.choice(long)
            words[n] = words[n][:3] + words[n][4] + words[n][3] + words[n][5:]
        return " ".join(words)

    def rows(self, lines: list[tuple[int, Line]], *, headed: bool, last: bool) -> Iterator[str]:
        """Yield the rows of a table."""
        wide = len(self.sheet.columns) + self.extra
        if headed:
            if self.titled:
                yield row(cell(_escaped(self.sheet.found.title), f'<w:gridSpan w:val="{wide}"/>'))
            yield from self.heading()
            if self.numbered:
                yield row(*(cell(str(n + 1)) for n in range(wide)))
        for place, (n, line) in enumerate(lines):
            if n in self.sheet.groups and (not self.repeats or place):
                yield row(
                    cell(_escaped(self.sheet.groups[n]), f'<w:gridSpan w:val="{len(self.sheet.columns)}"/>')
                )
            yield row(
                *self.cells(line, lines[place + 1][1] if place + 1 < len(lines) else None, first=place == 0)
            )
        if last and self.sheet.total is not None:
            yield row(
                *(cell(_escaped(self.figure(self.sheet.total, n))) for n in self.sheet.columns),
                *self.more(""),
            )

    def heading(self) -> Iterator[str]:
        """Yield one row of headings, or two where years stand below theirs."""
        years = {each.column: str(each.text) for each in self.sheet.found.headings if each.row == 1}
        if not years or self.one_line:
            yield row(
                *(
                    cell(_escaped(f"{label} {years.get(n, '')}".strip()))
                    for label, n in zip(self.labels, self.sheet.columns, strict=True)
                ),
                *self.more("Uraian Tambahan"),
            )
            return
        upper, lower, place = list[str](), list[str](), 0
        while place < len(self.sheet.columns):
            n = self.sheet.columns[place]
            if n in years:
                block = self.top()
                same = [
                    m
                    for m in range(place, len(block))
                    if all(block[k] == block[place] for k in range(place, m + 1))
                    and self.sheet.columns[m] in years
                ]
                upper.append(cell(_escaped(self.labels[place]), f'<w:gridSpan w:val="{len(same)}"/>'))
                lower += [cell(years[self.sheet.columns[m]]) for m in same]
                place += len(same)
            else:
                upper.append(cell(_escaped(self.labels[place]), '<w:vMerge w:val="restart"/>'))
                lower.append(cell("", "<w:vMerge/>"))
                place += 1
        yield row(*upper, *self.more("Uraian Tambahan"))
        yield row(*lower, *self.more(""))

    def more(self, text: str) -> list[str]:
        """Return the cell of the column that we do not have."""
        return [cell(text)] if self.extra else []

    def cells(self, line: Line, below: Line | None, *, first: bool) -> Iterator[str]:
        """Yield the cells of a line."""
        for n in self.sheet.columns:
            if n in line.covered and self.merge != "again" and not first:
                yield cell("", "<w:vMerge/>" if self.merge == "merged" else "")
            else:
                begins = below is not None and n in below.covered and self.merge == "merged"
                yield cell(_escaped(self.figure(line, n)), '<w:vMerge w:val="restart"/>' if begins else "")
        yield from self.more(self.chance.choice(("", "selesai", "12", "lihat lampiran")))

    def figure(self, line: Line, n: int) -> str:
        """Return the text of a cell as it is typed: with its unit, a dash for nothing, a slip in a name."""
        text, unit = line.texts[n], self.sheet.found.columns[n].declared.unit
        if not text:
            return self.dash
        if n == self.sheet.named:
            return self.name(text)
        if n not in self.sheet.figures or not text[-1].isdigit() or self.chance.random() < 0.6:
            return text
        return {"%": f"{text}%", "Rp": f"Rp. {text},-"}.get(
            unit, f"{text} {unit}".strip() if unit.isalpha() else text
        )

    def name(self, text: str) -> str:
        """Return the name of a row with a number before it, in another case, or with a letter lost."""
        choice = self.chance.random()
        if choice < 0.1:
            return f"{self.chance.randint(1, 9)}. {text}"
        if choice < 0.2:
            return text.upper()
        long = [n for n, each in enumerate(text) if each.isalpha() and each.islower() and n > 3]
        if choice < 0.3 and len(long) > 20:
            at = self.chance.choice(long)
            return text[:at] + text[at + 1 :]
        return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def tells(found: Difference, fault: Fault) -> bool:
    """Whether a finding is the fault that was planted."""
    fits, key, name, printed = fault
    bare = [re.sub(r"[^a-z]", "", each.casefold()) for each in (found.row, name)]
    alike = bare[0] == bare[1] or abs(len(bare[0]) - len(bare[1])) == 1
    return (
        found.verdict.value.split()[0] in fits.split()
        and found.table == key
        and alike
        and printed in found.printed
    )
