"""Regenerates the samples, byte for byte: the data file in its canonical form and the workbook made from it."""

from __future__ import annotations

from pathlib import Path

from lkjip_xl.data import dumps, load_data, to_document
from lkjip_xl.render import render
from lkjip_xl.template.load import load_template

SAMPLES = Path(__file__).parent.parent / "samples"


def main() -> None:
    """Write each sample's canonical data file and its workbook."""
    template = load_template()
    for data in sorted(SAMPLES.glob("*.json")):
        submission = load_data(data, template)
        data.write_text(dumps(to_document(submission, template)), encoding="utf-8", newline="\n")
        data.with_suffix(".xlsx").write_bytes(render(template, submission))
        print(data.with_suffix(".xlsx").name)


if __name__ == "__main__":
    main()
