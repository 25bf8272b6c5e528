"""A batch as text for a terminal, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lkjip_xl.base.files import shown
from lkjip_xl.base.showing import NAME, one_line, short
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import COUNTED, Agency, Chosen, Decided, Outcome, Sent
from lkjip_xl.consolidation.totals import Totals
from lkjip_xl.words import wording


def as_json(batch: Batch, totals: Totals) -> dict[str, Any]:
    """Return counts, figures, decisions, every file with what became of it, and the findings of no single file."""
    chosen = batch.chosen
    return {
        "tahun": chosen.year,
        "opd": {
            "wajib": len(chosen.agencies),
            "mengirim": chosen.number(*COUNTED),
            "diterima": chosen.number(Outcome.ACCEPTED),
            "bergalat": chosen.number(Outcome.FAULTY),
            "belum_mengirim": chosen.number(Outcome.MISSING),
            "dikeluarkan": chosen.number(Outcome.LEFT_OUT),
        },
        "dilewati": {
            "kunci_office": batch.found.locks,
            "tersembunyi": batch.found.hidden,
            "hasil_terdahulu": chosen.outputs,
            "daftar": [{"berkas": shown(path), "alasan": reason} for path, reason in batch.found.lists],
        },
        "angka": dict(totals.all_),
        "keputusan": [_decided(agency, decided) for agency, decided in chosen.decided],
        "kiriman": [_file(sent) for sent in chosen.sent],
        "temuan": [finding.as_json() for finding in chosen.findings],
    }


def _decided(agency: Agency, decided: Decided) -> dict[str, str]:
    return {
        "opd": agency.code,
        "nama": agency.name,
        "induk": agency.parent,
        "keadaan": agency.outcome.value,
        **decided.as_json(),
    }


def _file(sent: Sent) -> dict[str, Any]:
    about = sent.about
    return {
        "berkas": shown(sent.source.path),
        "opd": sent.code,
        "nama": about.name,
        "tahun": about.year,
        "keadaan": sent.outcome.value,
        "alasan": sent.why,
        **{severity.value: number for severity, number in about.counts},
        "temuan": [finding.as_json() for finding in sent.findings],
    }


def as_text(batch: Batch, totals: Totals) -> str:
    """Return what a coordinator wants to know first: who is missing, what could not be used, the figures."""
    return "\n".join(_lines(batch, totals))


def _lines(batch: Batch, totals: Totals) -> Iterator[str]:
    chosen, declared = batch.chosen, batch.template.declared.consolidation
    sent = chosen.number(*COUNTED)
    yield (
        f"Tahun {chosen.year or '?'}: {len(chosen.agencies)} OPD, {sent} mengirim, "
        f"{chosen.number(Outcome.ACCEPTED)} diterima, {chosen.number(Outcome.FAULTY)} bergalat, "
        f"{chosen.number(Outcome.MISSING)} belum mengirim{_left_out(chosen)}"
    )
    for figure in declared.figures if declared else ():
        if figure.key in totals.all_:
            unit = f" {figure.unit}" if figure.unit else ""
            yield f"  {figure.label}: {wording.number(totals.all_[figure.key], figure.decimals)}{unit}"
    for agency in chosen.agencies:
        if agency.outcome is Outcome.MISSING:
            yield f"  belum mengirim: {agency.code} {short(agency.name, NAME)}"
    for each in chosen.sent:
        if each.outcome is not Outcome.ACCEPTED:
            note = f"{each.about.galat} galat" if each.outcome is Outcome.FAULTY else each.why
            yield f"  {each.outcome.value}: {shown(each.source.path)}: {note}"
        for finding in each.findings:
            if finding.message != each.why:
                yield f"  {finding.severity.value}: {shown(each.source.path)}: {one_line(finding.message)}"
    missing = declared.rules.missing.id if declared else ""
    for finding in chosen.findings:
        if finding.rule != missing:  # those are named above
            yield f"  {finding.severity.value}: {one_line(finding.message)}"
    passed = (batch.found.locks, batch.found.hidden, chosen.outputs)
    for path, reason in batch.found.lists:
        yield f"  dilewati: {shown(path)}: {reason}"
    if any(passed):
        yield "  dilewati: {} berkas kunci Office, {} tersembunyi, {} hasil terdahulu".format(*passed)


def _left_out(chosen: Chosen) -> str:
    number = chosen.number(Outcome.LEFT_OUT)
    return f", {number} dikeluarkan" if number else ""
