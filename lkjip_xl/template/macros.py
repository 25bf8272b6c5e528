"""Functions that a template set adds to the formula language: of capaian, scales, patterns, figures and grades."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Literal

from lkjip_xl.formula import nodes
from lkjip_xl.formula.functions import Builder, CallError
from lkjip_xl.formula.grades import Grade, Grades
from lkjip_xl.formula.nodes import Node
from lkjip_xl.formula.parser import parse
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.formula.rounding import rounded
from lkjip_xl.template.declared_set import CapaianDeclaration, PatternDeclaration, Step, TemplateDeclaration


def macros(declaration: TemplateDeclaration) -> Mapping[str, Builder]:
    """Return the template set's own functions by name."""
    return {
        "CAPAIAN": _capaian(declaration.capaian),
        "SCALE": _scale(declaration.scales),
        "MATCHES": _matches({name: pattern_of(each) for name, each in declaration.patterns.items()}),
        "SETTING": _setting(declaration.settings),
        **_grades(grades_of(declaration)),
    }


def _capaian(settings: CapaianDeclaration) -> Builder:
    forms = {arah: parse(formula) for arah, formula in settings.arah.items()}

    def finished(node: Node, position: int) -> Node:
        if isinstance(node, nodes.If):  # so that a spreadsheet need not ask for the whole before it rounds
            then, otherwise = finished(node.then, position), finished(node.otherwise, position)
            return replace(node, then=then, otherwise=otherwise)
        down = settings.rounding == "down"
        node = rounded(node, settings.decimals, down=down, position=position)
        if settings.floor is not None:
            node = nodes.Extreme("MAX", (node, nodes.Number(settings.floor)), position=position)
        return node

    def build(arguments: Sequence[Node], position: int) -> Node:
        if len(arguments) != 3:
            raise CallError("perlu target, realisasi, arah")
        target, realisasi, arah = arguments
        given = {"target": target, "realisasi": realisasi}
        result: Node = nodes.Blank(position=position)
        for name, form in reversed(forms.items()):
            test = nodes.Comparison("=", arah, nodes.Text(name), position=position)
            value = finished(_filled(form, given, position), position)
            result = nodes.If(test, value, result, position=position)
        for figure in (realisasi, target):  # asked once, and not in every form
            blank = nodes.IsBlank(figure, position=position)
            result = nodes.If(blank, nodes.Blank(position=position), result, position=position)
        return result

    return build


def _scale(scales: Mapping[str, tuple[Step, ...]]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        if len(arguments) != 2 or not isinstance(arguments[0], nodes.Ref):
            raise CallError("perlu nama skala dan angka")
        name, value = arguments[0].column, arguments[1]
        if name not in scales:
            raise CallError(f"skala {name} tidak ada di template.toml")
        result: Node = nodes.Blank(position=position)
        for step in reversed(scales[name]):
            result = _step(step, value, result, position)
        return result

    return build


def pattern_of(declared: PatternDeclaration) -> Pattern:
    """Return a declared pattern, ``A-Z`` written out."""
    spelled = re.sub(
        r"(\w)-(\w)",
        lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))),
        declared.characters,
    )
    return Pattern(
        declared.masks,
        spelled,
        declared.between,
        *declared.length,
        ignored=declared.ignored,
        zeros=declared.zeros,
        words=declared.words,
    )


def grades_of(declaration: TemplateDeclaration) -> Grades:
    """Return the grades of all declared scales."""
    scales = declaration.grades.items()
    return Grades(tuple(Grade(name, each.label, each.value) for name, grades in scales for each in grades))


def _grades(grades: Grades) -> Mapping[str, Builder]:
    """Return ``GRADE(grade, scale)``: its value; ``SCORE(grade)``: what stands in brackets; ``GRADED(name)``: is it a scale?"""

    def build(names: str, make: Callable[..., Node]) -> Builder:
        def built(arguments: Sequence[Node], position: int) -> Node:
            if len(arguments) != len(names.split(", ")):
                raise CallError(f"perlu {names}")
            return make(*arguments, position=position)

        return built

    return {
        "GRADE": build("predikat, skala", partial(nodes.GradeValue, grades=grades)),
        "SCORE": build("predikat", nodes.GradeScore),
        "GRADED": build("nama skala", partial(nodes.IsScale, grades=grades)),
    }


def _matches(patterns: Mapping[str, Pattern]) -> Builder:
    def build(arguments: Sequence[Node], position: int) -> Node:
        if len(arguments) != 2 or not isinstance(arguments[1], nodes.Ref):
            raise CallError("perlu teks dan nama pola")
        name = arguments[1].column
        if name not in patterns:
            raise CallError(f"pola {name} tidak ada di template.toml")
        return nodes.Fits(arguments[0], patterns[name], position=position)

    return build


def _setting(settings: Mapping[str, float | Literal["tidak ada"]]) -> Builder:
    """``SETTING(a, b, …)``: the first of them that the set gives a figure; blank where it gives none."""

    def build(arguments: Sequence[Node], position: int) -> Node:
        names = [each.column for each in arguments if isinstance(each, nodes.Ref)]
        if not names or len(names) < len(arguments):
            raise CallError("perlu nama angka ketentuan")
        for name in names:
            if name not in settings:
                raise CallError(f"angka ketentuan {name} tidak ada di [settings] template.toml")
        figures = (settings[name] for name in names)
        found = next((figure for figure in figures if not isinstance(figure, str)), None)
        return nodes.Blank(position=position) if found is None else nodes.Number(found, position=position)

    return build


def _step(step: Step, value: Node, below: Node, position: int) -> Node:
    label = nodes.Text(step.label, position=position)
    if step.min is not None:
        test = nodes.Comparison(">=", value, nodes.Number(step.min), position=position)
    elif step.above is not None:
        test = nodes.Comparison(">", value, nodes.Number(step.above), position=position)
    else:
        return label
    return nodes.If(test, label, below, position=position)


def _filled(node: Node, given: Mapping[str, Node], position: int) -> Node:
    """Return ``node`` with the names of ``given`` replaced and every place set to the call's."""
    if isinstance(node, nodes.Ref):
        return given.get(node.column, replace(node, position=position))
    changes: dict[str, object] = {"position": position}
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, Node):
            changes[each.name] = _filled(value, given, position)
        elif isinstance(value, tuple):
            changes[each.name] = tuple(_filled(item, given, position) for item in value)
    return replace(node, **changes)  # type: ignore[arg-type]  # the fields are the node's own
