"""A batch as one page that needs nothing else: to read on a phone or a wall, to sort and filter, to print, to send on.

Nothing in it comes from elsewhere: its style and its script are named by their digests, so that a browser runs no other.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lkjip_xl.consolidation.chosen import COUNTED, Outcome
from lkjip_xl.consolidation.context import context_of
from lkjip_xl.consolidation.html import charts
from lkjip_xl.consolidation.html.found import MOST, found_in_batch, found_of_agencies
from lkjip_xl.consolidation.html.lines import Lines
from lkjip_xl.consolidation.regent.paper import STEP_LOOKS
from lkjip_xl.consolidation.regent.shown import SIGNS, STEP_SIGNS, Regent
from lkjip_xl.consolidation.sheets import labelled
from lkjip_xl.consolidation.totals import step
from lkjip_xl.report.jinja import environment
from lkjip_xl.report.sentences import Sentences
from lkjip_xl.template.declared_batch import FigureDeclaration
from lkjip_xl.words import wording

_PARTS = Path(__file__).parent / "html"
_TOGETHER = 200  # pieces of text that are written at a time
_OPEN = 60  # OPDs up to which the lists of quarters are open
_LARGE = ((1e12, "triliun"), (1e9, "miliar"), (1e6, "juta"))


def write_page(regent: Regent, target: Path) -> None:
    """Write the page to ``target``, a piece at a time; all that comes from workbooks stands in it as text."""
    from markupsafe import Markup

    templates = environment(_PARTS)
    style = templates.get_template("page.css.jinja").render(steps=STEP_LOOKS)
    script = (_PARTS / "page.js").read_text("utf-8")
    page = templates.get_template("page.html.jinja").stream(
        **_context(regent),
        style=Markup(style),  # noqa: S704 - our own, nothing of a workbook is in it
        script=Markup(script),  # noqa: S704 - our own file
        digests={"style": _digest(style), "script": _digest(script)},
    )
    page.enable_buffering(_TOGETHER)
    with target.open("wb") as file:
        page.dump(file, "utf-8")


def _digest(text: str) -> str:
    """Return how a policy names a text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _context(regent: Regent) -> dict[str, Any]:
    """Return what the template names."""
    chosen, first = regent.batch.chosen, regent.chosen_figures[0]
    sentences = Sentences(context_of(regent.batch, regent.figures))
    return {
        "regent": regent,
        "title": f"{regent.shown.title} {regent.year}".strip(),
        "sentences": sentences.written(regent.shown.sentences, place="consolidation.regent"),
        "figures": [*_figures(regent)],
        "number": wording.number,
        "all": len(chosen.agencies),
        "counted": chosen.number(*COUNTED),
        "sent": charts.sent(regent),
        "first": first,
        "columns": charts.columns(regent, first) if first.scale else [],
        "steps": _steps(regent, first) if first.scale else [],
        "states": [(f"{SIGNS[each]} {each}", each.value) for each in SIGNS if chosen.number(each)],
        "uncounted": chosen.number(Outcome.MISSING, Outcome.LEFT_OUT),
        "rankings": charts.rankings(regent),
        "scatter": charts.scatter(regent, regent.shown.quarters) if regent.shown.quarters else None,
        "opened": len(chosen.agencies) <= _OPEN,
        "lines": Lines(regent),
        "decided": chosen.decided,
        "apart": found_in_batch(regent),
        "most": MOST,
        "found": found_of_agencies(regent),
    }


def _figures(regent: Regent) -> Iterator[tuple[str, str, str]]:
    """Yield the figures of all: what each is called, its value, and what that is in other words."""
    for each in regent.chosen_figures:
        value = regent.figures.all_.get(each.key)
        text = "–" if value is None else wording.number(value, regent.decimals(each))
        yield labelled(each), text, "" if value is None else _words(regent, each, value)


def _words(regent: Regent, figure: FigureDeclaration, value: float) -> str:
    if figure.unit == "Rp":
        size = next(((unit, word) for unit, word in _LARGE if abs(value) >= unit), None)
        return f"sekitar {wording.number(value / size[0], 2)} {size[1]} rupiah" if size else ""
    label = step(regent.batch, figure.scale, value) if figure.scale else ""
    place = regent.step_place(figure.scale, label) if figure.scale else None
    return label if place is None else f"{STEP_SIGNS[place]} {label}"


def _steps(regent: Regent, figure: FigureDeclaration) -> list[tuple[str, str]]:
    """Return the steps of a figure's scale, as they are shown and as they are called."""
    key = figure.scale or ""
    labels = [each.label for each in regent.batch.template.declared.scales[key]]
    return [(f"{STEP_SIGNS[regent.step_place(key, each) or 0]} {each}", each) for each in labels]
