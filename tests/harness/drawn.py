"""A printed table as text, for tests that show what they expect."""

from __future__ import annotations

from lkjip_xl.report.printed import GroupHeading, PrintedTable, Row


def drawn(table: PrintedTable) -> str:
    """Return a table as text: ``↓3`` stands in three rows, ``↑`` is covered, ``*`` is strong, ``#`` begins a group."""
    above = [["", ""] for _ in table.columns]
    for each in table.headings:
        for column in range(each.column, each.column + each.columns):
            above[column][each.row] = str(each.text) if column == each.column else "←"
    lines = [[f"{text:<14}" for text in row] for row in zip(*above, strict=True)]
    for row in table.rows:
        match row:
            case GroupHeading(text, level):
                lines.append([f"{'#' * (level + 1)} {text}"])
            case Row(cells):
                texts = [
                    "↑" if cell.rows == 0
                    else ("*" if cell.strong else "") + ("" if cell.value is None else str(cell.value)) + (f" ↓{cell.rows}" if cell.rows > 1 else "")
                    for cell in cells
                ]  # fmt: skip
                lines.append([f"{text:<14}" for text in texts])
    if table.total is not None:
        lines.append([f"{'' if value is None else value:<14}" for value in table.total.values])
    return "\n".join("| ".join(line).rstrip() for line in lines)
