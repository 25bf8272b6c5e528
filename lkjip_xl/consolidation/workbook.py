"""A batch to the consolidated workbook: what a head of the region is handed, and behind it what the coordinator needs.

Every figure points to the file, sheet and cell where it stands.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from lkjip_xl.consolidation import listings
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.links import Links, uri
from lkjip_xl.consolidation.matrix import write_matrix, write_sources
from lkjip_xl.consolidation.regent.pages import write_pages
from lkjip_xl.consolidation.regent.shown import Regent
from lkjip_xl.consolidation.sums import write_sums
from lkjip_xl.consolidation.totals import Totals, frequent
from lkjip_xl.form.identity import OUTPUT_PROPERTY
from lkjip_xl.template.declared_batch import ConsolidationDeclaration
from lkjip_xl.template.sheet_names import (
    FIGURES_SHEET,
    FILES_SHEET,
    FINDINGS_SHEET,
    MATRIX_SHEET,
    RULES_SHEET,
)
from lkjip_xl.write.book import Book

Earlier = Mapping[int, tuple[Batch, Totals]]
"""Batches of earlier years with their figures, by year."""


def write_workbook(
    batch: Batch,
    figures: Totals,
    target: Path,
    beside: Path,
    *,
    day: datetime.date,
    earlier: Earlier | None = None,
) -> None:
    """Write the consolidated workbook to ``target``; links are relative to ``beside``, the folder where it will be.

    It is compiled on ``day``. Where nothing has changed since an earlier run it is that run's.
    """
    shown = batch.template.declared.consolidation
    assert shown is not None  # noqa: S101 - a batch is read only with it
    earlier = earlier or {}
    name = _fingerprint([batch, *(each for each, _ in earlier.values())], beside, day)
    kept = batch.store.kept(name) if batch.store else None
    if kept is not None:
        shutil.copyfile(kept, target)
        return
    title = f"{shown.title} {batch.chosen.year or ''}".strip()
    out = Book(title, target)
    out.property(OUTPUT_PROPERTY, batch.template.declared.version)
    if shown.regent is not None:
        write_pages(out, Regent(batch, figures, earlier, shown.regent, day))
    links = Links((sent.source.path for sent in batch.chosen.sent), beside, dead=batch.store is None)
    _coordinator(out, title, batch, figures, shown, links)
    out.finish()
    if batch.store:
        batch.store.keep(name, target)


def _coordinator(
    out: Book,
    title: str,
    batch: Batch,
    figures: Totals,
    shown: ConsolidationDeclaration,
    links: Links,
) -> None:
    """Write the sheets of the coordinator."""
    lists = listings.Listings(batch, title, list(frequent(batch).iter_rows()), links)
    write_matrix(out.sheet(MATRIX_SHEET), batch, title)
    lists.findings(out.sheet(FINDINGS_SHEET))
    if batch.store is not None:  # else no workbook was sent, and there is none to be led to
        lists.files(out.sheet(FILES_SHEET))
        write_sources(out.sheet(FIGURES_SHEET), batch, figures, links, title)
    for each in shown.lists:
        lists.list(out.sheet(each.sheet), each)
    for sums in shown.sums:
        write_sums(out.sheet(sums.sheet), batch, sums)
    lists.rules(out.sheet(RULES_SHEET))


def _fingerprint(batches: Sequence[Batch], beside: Path, day: datetime.date) -> str:
    """Return what is the same only if the workbook would be: files, what became of each, and how links lead to them."""
    digest = hashlib.blake2b(f"{day}\n{listings.LIST_ROWS}\n".encode(), digest_size=16)
    for batch in batches:
        chosen, found = batch.chosen, batch.found
        for text in (
            chosen.year,
            found.locks,
            found.hidden,
            chosen.outputs,
            found.lists,
            *chosen.findings,
            *chosen.units,
        ):
            digest.update(f"{text}\n".encode())
        for sent in chosen.sent:
            link = uri(sent.source.path, beside)
            digest.update(f"{link}\0{sent.source.digest}\0{sent.outcome}\0{sent.why}\n".encode())
        for agency in chosen.agencies:
            about = (
                agency.code,
                agency.name,
                agency.outcome,
                agency.parent,
                *(each.words for each in agency.decisions),
            )
            digest.update(("\0".join(about) + "\n").encode())
    return digest.hexdigest()
