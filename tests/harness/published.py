"""Reports of real agencies: figures typed from published tables, as documents; what is found on them."""

from __future__ import annotations

import tomllib
from typing import Any

from clean import clean_document
from support import ROOT

REPORTS = ROOT / "tests" / "data" / "laporan-terbit.toml"
EXPLAINED_BELOW = 70  # the reports explain every low figure in words that are not typed here


def published_reports() -> list[dict[str, Any]]:
    """Return the reports as they were typed."""
    reports: list[dict[str, Any]] = tomllib.loads(REPORTS.read_text(encoding="utf-8"))["laporan"]
    return reports


def document(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report's figures as the IKU of a document; what its source does not show is that of the clean one."""
    year, rows = report["tahun"], report["indikator"]
    earlier = sorted({int(each) for row in rows for each in row.get("lalu", {})})
    first = earlier[0] if earlier else year
    clean = clean_document(indicators=1, years=1, year=year)
    tables = clean["tabel"]
    tables["identitas"]["nama"] = report["nama"]
    for unused in ("ikk", "idm", "idm_ikk"):
        tables.pop(unused, None)
    tables["pk"] = [{"sasaran": "Sasaran", "indikator": row["nama"], "target": row["target"]} for row in rows]
    tables["iku"] = [
        {"sasaran": "Sasaran", "indikator": row["nama"], "satuan": row["satuan"], "arah": row["arah"]}
        | ({"batas_capaian": row["batas"]} if "batas" in row else {})
        | _ratio(row.get("dari"))
        for row in rows
    ]
    tables["kinerja"] = {
        "iku": [{"target": row["target"], "realisasi_isian": row["realisasi"]} for row in rows]
    }
    tables["tren"] = {
        "iku": [
            {
                name: {each: pair[n] for each, pair in row.get("lalu", {}).items()}
                for n, name in enumerate(("target", "realisasi"))
            }
            for row in rows
        ]
    }
    tables["renstra"] = {"iku": [{"target": row.get("akhir", row["target"])} for row in rows]}
    tables["standar"] = {"iku": [{"alasan": "Tidak ada standar nasional"} for _ in rows]}
    tables["analisis"] = [
        {"indikator": row["nama"], "penyebab": "Lihat laporannya"}
        for row in rows
        if any(
            done / (target or 1) * 100 < EXPLAINED_BELOW
            for target, done in [(row["target"], row["realisasi"]), *row.get("lalu", {}).values()]
        )
    ]
    tables["keuangan"] = [
        {
            "indikator": rows[0]["nama"],
            "tingkat": "Program",
            "program": line["program"],
            "anggaran_isian": line["anggaran"],
            "realisasi_isian": line["realisasi"],
        }
        for line in report.get("anggaran", [])
    ]
    return clean | {"periode": [first, year], "modul": []}


def _ratio(counts: list[float] | None) -> dict[str, Any]:
    """Return what is typed of the counts that a percentage comes from."""
    return {"bentuk": "Persentase", "pembilang": counts[0], "penyebut": counts[1]} if counts else {}
