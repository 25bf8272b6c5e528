"""Tries every mishap on every workbook that it is meant for and writes what came of it: docs/ketahanan.md.

Each workbook is read in a process of its own kind: one that dies or hangs costs its mishap only, and is a crash.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "harness"))

from lkjip_xl.report.docx.pages import find_office
from lkjip_xl.template.load import load_template
from mutations import BY_ID, MUTATIONS
from subjects import KINDS, make_subject
from support import ROOT
from survive import Court, Judged, Verdict

PAGE = ROOT / "docs" / "ketahanan.md"
_SECONDS = 240  # for one mishap, LibreOffice among it; reading alone has its own limit
_LINES = 2  # processes side by side

_INTRO = """# Ketahanan

Buku kerja kembali dari ratusan kantor: disimpan ulang oleh program apa saja, disunting dengan cara yang tidak
direncanakan. Janjinya: **sebuah angka dibaca benar, atau dilaporkan dengan tempatnya; tidak pernah salah diam-diam, dan
perintahnya tidak pernah jatuh.** Halaman ini ditulis oleh `make survive`, yang mencoba setiap kejadian pada buku kerja
contoh dan buku kerja buatan, lalu membandingkan hasilnya dengan buku kerja yang dibuat baru dari isian yang dimaksud:
semua isian, semua hitungan, semua temuan, lewat `validate` maupun `consolidate`.

- **benar**: semua isian, hitungan, dan temuan sama; paling banyak ada catatan, misalnya kunci lembar yang dibuka;
- **dilaporkan**: yang tidak dapat dibaca, atau perlu dilihat, ada temuannya di selnya (di lembarnya bila satu tabel
  hilang, pada berkasnya bila berkas ditolak);
- **salah diam-diam**: ada angka yang lain, atau temuan yang hilang, tanpa temuan di tempatnya;
- **crash**: galat yang bukan satu kalimat, atau lebih dari 30 detik.
"""


@dataclass(frozen=True)
class Tried:
    """What came of one mishap on one workbook; ``unexpected`` why it is not what is asked for."""

    mutation: str
    subject: str
    judged: Judged
    unexpected: str = ""


@lru_cache(maxsize=1)
def _court(subject: str, folder: str) -> Court:
    template = load_template()
    return Court(make_subject(subject, Path(folder), template), template, Path(folder))


def _try(mutation: str, subject: str, folder: str) -> Tried:
    """Carry out and judge one mishap; called in a process of the pool."""
    return Tried(mutation, subject, *_court(subject, folder).outcome(BY_ID[mutation]))


def _tasks(ids: Sequence[str]) -> list[tuple[str, str]]:
    office = find_office() is not None
    return [
        (each.id, name)
        for name, kind in KINDS.items()
        for each in MUTATIONS
        if kind.takes(each) and (office or not each.office) and (not ids or each.id in ids)
    ]


def _line(tasks: Iterable[tuple[str, str]], folder: Path) -> Iterator[Tried]:
    """Try mishaps one after the other; after one that killed or stopped the process there is a new process."""
    context = multiprocessing.get_context("spawn")
    folder.mkdir()
    pool = ProcessPoolExecutor(1, mp_context=context)
    for mutation, subject in tasks:
        future = pool.submit(_try, mutation, subject, str(folder))
        try:
            tried = future.result(timeout=_SECONDS)
        except (BrokenProcessPool, TimeoutError) as error:
            tried = Tried(mutation, subject, Judged(Verdict.CRASH, (type(error).__name__,)))
            for process in pool._processes.values():  # noqa: SLF001 - there is no public way to end one that hangs
                process.kill()
            pool = ProcessPoolExecutor(1, mp_context=context)
        if tried.unexpected or tried.judged.verdict in (Verdict.SILENT, Verdict.CRASH):
            reasons = tried.unexpected or "; ".join(tried.judged.reasons[:3])
            print(f"{mutation} ({subject}): {tried.judged.verdict}: {reasons}", flush=True)
        yield tried
    pool.shutdown()


def _all(tasks: Sequence[tuple[str, str]]) -> list[Tried]:
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(_LINES) as threads:
        parts = [tasks[n::_LINES] for n in range(_LINES)]
        lines = [
            threads.submit(lambda t, n: list(_line(t, Path(name) / str(n))), t, n)
            for n, t in enumerate(parts)
        ]
        found = {(each.mutation, each.subject): each for line in lines for each in line.result()}
    return [found[task] for task in tasks]


def page(tried: Sequence[Tried]) -> str:
    """Return the page: sums, the table, and what is not as it should be."""
    by_mutation: dict[str, list[Tried]] = {}
    for each in tried:
        by_mutation.setdefault(each.mutation, []).append(each)
    worst = {
        id_: max((e.judged.verdict for e in found), key=list(Verdict).index)
        for id_, found in by_mutation.items()
    }
    sums, all_of = Counter(worst.values()), Counter(each.judged.verdict for each in tried)
    lines = [
        _INTRO,
        f"{len(worst)} kejadian, {len(tried)} buku kerja. Setiap kejadian dihitung menurut hasilnya yang terburuk:",
        "",
        "| | benar | dilaporkan | salah diam-diam | crash |",
        "|---|---:|---:|---:|---:|",
        "| kejadian | " + " | ".join(str(sums[verdict]) for verdict in Verdict) + " |",
        "| buku kerja | " + " | ".join(str(all_of[verdict]) for verdict in Verdict) + " |",
        "",
        "Buku kerjanya: " + "; ".join(f"*{name}* ({kind.title})" for name, kind in KINDS.items()) + ".",
        "",
    ]
    for group, mutations in groupby((m for m in MUTATIONS if m.id in by_mutation), key=lambda m: m.group):
        lines += [
            f"## {group}",
            "",
            "Angka di tabel: pada berapa buku kerja.",
            "",
            "| kejadian | seharusnya | benar | dilaporkan | salah diam-diam | crash |",
            "|---|---|---:|---:|---:|---:|",
        ]
        for mutation in mutations:
            counted = Counter(found.judged.verdict for found in by_mutation[mutation.id])
            wanted = Verdict.RIGHT if mutation.right else Verdict.REPORTED
            numbers = " | ".join(str(counted[verdict] or "") for verdict in Verdict)
            lines.append(f"| {_cell(mutation.text)} | {wanted} | {numbers} |")
        lines.append("")
    return "\n".join([*lines, *_open_ends(tried)]).rstrip() + "\n"


def _open_ends(tried: Sequence[Tried]) -> Iterator[str]:
    """Yield the list of what did not come out as it should, one line a mishap and reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in tried:
        failed = each.judged.verdict in (Verdict.SILENT, Verdict.CRASH)
        if (
            reason := f"{each.judged.verdict}: {'; '.join(each.judged.reasons[:2])}"
            if failed
            else each.unexpected
        ):
            found.setdefault((each.mutation, _cell(reason)), []).append(each.subject)
    if found:
        yield from (
            "## Belum seperti seharusnya",
            "",
            "| kejadian | buku kerja | yang terjadi |",
            "|---|---|---|",
        )
    for (mutation, reason), subjects in found.items():
        yield f"| {_cell(BY_ID[mutation].text)} | {', '.join(subjects)} | {reason} |"


def _cell(text: str) -> str:
    """Return a text as it may stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "/").replace("<", "&lt;")


def main(ids: Sequence[str]) -> int:
    """Try all mishaps and write the page, or only try some; return 1 where one is silently wrong or crashes."""
    tried = _all(_tasks(ids))
    if not ids:
        if find_office() is None:
            print("LibreOffice (soffice) tidak ada; docs/ketahanan.md tidak ditulis")
        else:
            PAGE.write_text(page(tried), encoding="utf-8", newline="\n")
    counted = Counter(each.judged.verdict for each in tried)
    print(", ".join(f"{verdict} {counted[verdict]}" for verdict in Verdict))
    return int(counted[Verdict.SILENT] + counted[Verdict.CRASH] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
