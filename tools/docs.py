"""Writes what is generated from the code: JSON Schemas of the declaration format and the reference pages."""

from __future__ import annotations

from pathlib import Path

from reference import generated_files

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Write every generated file."""
    for name, text in generated_files().items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(name)


if __name__ == "__main__":
    main()
