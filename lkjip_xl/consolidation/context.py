"""What sentences on many workbooks may name (see ``template.batch_parts``)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import COUNTED, Chosen, Outcome
from lkjip_xl.consolidation.totals import Totals, declared_figures, ranked, step
from lkjip_xl.report.sentences import scales_of
from lkjip_xl.words import wording


def place_of(chosen: Chosen) -> str:
    """Return the name of the region: of the unit above all others, or that which most reports have."""
    first = [unit for unit in chosen.units if not unit.parent]
    if len(first) > 1:
        return f"{wording.number(len(first))} {first[0].level.lower() or 'wilayah'}"
    if first:
        return first[0].name
    regions = Counter(sent.about.regency for _, sent in chosen.counted if sent.about.regency)
    return max(regions, key=lambda each: (regions[each], each), default="")


def context_of(batch: Batch, figures: Totals) -> dict[str, Any]:
    """Return the figures of all, how many OPDs there are, each OPD, and the highest and lowest of each figure."""
    chosen, declared = batch.chosen, declared_figures(batch)
    keys = [each.key for each in declared]
    agencies = []
    for agency in chosen.agencies:
        own = figures.of(agency)
        values = {key: own[key].value if key in own else None for key in keys}
        agencies.append({"kode": agency.code, "nama": agency.name, "keadaan": str(agency.outcome), **values})
    words, highest, lowest = dict[str, Any](), dict[str, Any](), dict[str, Any]()
    for figure in declared:
        value = figures.all_.get(figure.key)
        words[figure.key] = step(batch, figure.scale, value) if figure.scale and value is not None else None
        filled = [(agency, found) for _, agency, found in ranked(batch, figures, figure.key) if found]
        ends = [{"nama": agency.name, "nilai": found.value} for agency, found in (filled[:1] + filled[-1:])]
        highest[figure.key], lowest[figure.key] = ends or (None, None)
    return {
        "tahun": chosen.year,
        "periode": "",
        "skala": scales_of(batch.template),
        "wilayah": {"nama": place_of(chosen) or None},
        "angka": {key: figures.all_.get(key) for key in keys},
        "predikat": words,
        "tertinggi": highest,
        "terendah": lowest,
        "jumlah": {
            "wajib": float(len(chosen.agencies)),
            "mengirim": float(chosen.number(*COUNTED)),
            "tanpa_galat": float(chosen.number(Outcome.ACCEPTED)),
            "bergalat": float(chosen.number(Outcome.FAULTY)),
            "belum": float(chosen.number(Outcome.MISSING)),
            "dikeluarkan": float(chosen.number(Outcome.LEFT_OUT)),
        },
        "opd": agencies,
    }
