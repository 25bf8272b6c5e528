"""Regenerates the samples, byte for byte: data files in their canonical form and the workbooks made from them."""

from __future__ import annotations

import copy
import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from kabupaten import DAY, YEAR, write_kabupaten
from lkjip_xl.consolidation.batch import Options
from lkjip_xl.consolidation.run import Inputs, Outputs, consolidate
from lkjip_xl.form.json_data import EXPLANATIONS, dumps, from_document, load_data, to_document
from lkjip_xl.form.submission import Submission
from lkjip_xl.template.load import load_template
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render

SAMPLES = Path(__file__).parent.parent / "samples"
PUBLISHED = "dpmd-banyuasin-2023"
CORRECTED = f"{PUBLISHED}-koreksi"


def main() -> None:
    """Write each sample's data file and its workbook."""
    template = load_template()
    published = load_data(SAMPLES / f"{PUBLISHED}.json", template)
    _write(PUBLISHED, published, template)
    corrections = tomllib.loads((SAMPLES / f"{CORRECTED}.toml").read_text("utf-8"))
    document = corrected(to_document(published, template), corrections)
    _write(CORRECTED, from_document(document, template), template)
    folder = SAMPLES / "kabupaten-contoh"
    write_kabupaten(folder, template, (SAMPLES / f"{CORRECTED}.xlsx").read_bytes())
    print(folder.name)
    with tempfile.TemporaryDirectory() as cache:
        inputs = Inputs([folder], folder / "opd.csv", year=YEAR)
        outputs = Outputs(folder / "konsolidasi.xlsx")
        consolidate(inputs, outputs, options=Options(Path(cache), jobs=1), day=DAY, force=True)


def _write(name: str, submission: Submission, template: Template) -> None:
    text = dumps(to_document(submission, template))
    (SAMPLES / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    (SAMPLES / f"{name}.xlsx").write_bytes(render(template, submission))
    print(f"{name}.xlsx")


def corrected(document: dict[str, Any], corrections: dict[str, Any]) -> dict[str, Any]:
    """Return a data document with corrections and explanations; each correction names what stood there."""
    result = copy.deepcopy(document)
    for each in corrections["koreksi"]:
        rows = result["tabel"][each["tabel"]]
        cells = (rows[each["bagian"]] if "bagian" in each else rows)[each["baris"] - 1]
        key = each["kolom"]
        if "tahun" in each:
            cells, key = cells[key], str(each["tahun"])
        if cells[key] != each["dari"]:
            raise SystemExit(f"koreksi {json.dumps(each, ensure_ascii=False)}: yang ada {cells[key]!r}")
        if "menjadi" in each:
            cells[key] = each["menjadi"]
        else:
            del cells[key]
    result[EXPLANATIONS] = corrections["penjelasan"]
    return result


if __name__ == "__main__":
    main()
