"""Many filled workbooks quickly: some hundred distinct ones, each copied under other codes, so that all bytes differ."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "harness"))

from clean import clean_document
from lkjip_xl.form.json_data import from_document
from lkjip_xl.template.load import load_template
from lkjip_xl.write.render import render

CODE = "KODE-00000"


def make_workbooks(folder: Path, number: int, distinct: int = 40) -> None:
    """Write ``number`` workbooks as OPDs of a regency fill them: 5 indikator, some 100 budget rows; one in ten has a fault."""
    folder.mkdir(parents=True, exist_ok=True)
    distinct = min(distinct, number)
    template = load_template()
    for kind in range(distinct):
        rng = random.Random(kind)  # noqa: S311 - figures, not secrets
        document = clean_document(indicators=rng.randint(2, 3))
        document["tabel"]["identitas"] |= {"kode": CODE, "nama": f"Dinas {CODE}"}
        document["tabel"]["keuangan"] = list(_budget(rng))
        if kind % 10 == 0:
            document["tabel"]["pegawai"][0]["jumlah"] = 26
        content = render(template, from_document(document, template))
        for copy in range(kind, number, distinct):
            (folder / f"{copy:05}.xlsx").write_bytes(under_code(content, f"KODE-{copy:05}"))


def copies(number: int) -> list[bytes]:
    """Return so many workbooks without a fault that differ by their codes only."""
    template = load_template()
    document = clean_document()
    document["tabel"]["identitas"] |= {"kode": CODE, "nama": f"Dinas {CODE}"}
    content = render(template, from_document(document, template))
    return [under_code(content, f"KODE-{copy:05}") for copy in range(number)]


def make_large(path: Path) -> None:
    """Write the workbook of an OPD with 30 indikator, as many IKU as IKK, and 250 budget rows."""
    template = load_template()
    path.write_bytes(render(template, from_document(clean_document(indicators=15, budget=250), template)))


def _budget(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield some 8 program, 20 kegiatan and 70 sub kegiatan."""
    for program in range(rng.randint(7, 9)):
        yield {"indikator": "Indikator utama 1", "tingkat": "Program", "program": f"Program {program}"}
        for activity in range(rng.randint(2, 3)):
            yield {"tingkat": "Kegiatan", "program": f"Kegiatan {program}.{activity}"}
            for part in range(rng.randint(3, 4)):
                ceiling = rng.randint(10**6, 10**10)
                yield {
                    "tingkat": "Sub Kegiatan",
                    "program": f"Sub kegiatan {program}.{activity}.{part}",
                    "anggaran_isian": ceiling,
                    "realisasi_isian": int(ceiling * rng.uniform(0.7, 0.99)),
                }


def under_code(content: bytes, code: str) -> bytes:
    """Return the workbook with another OPD code and name; parts that do not hold it are copied as they are packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            body = source.read(info)
            if info.filename in ("xl/sharedStrings.xml", "docProps/custom.xml"):
                body = body.replace(CODE.encode(), code.encode())
            target.writestr(info, body, compresslevel=1)
    return buffer.getvalue()
