"""Excel expressions for grades: what a cell's grade is worth on a scale, its score, and whether it holds a grade at all.

The grades of the set stand on a hidden sheet, where every formula looks them up: in each formula they would make half
of a workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lkjip_xl.formula import nodes
from lkjip_xl.formula.cell_tests import Listed, fits, is_date, is_nothing, is_number
from lkjip_xl.formula.grades import BETWEEN, SCORE
from lkjip_xl.formula.guarded import COMPARE, CONCAT, MULTIPLY, Guard, Strict, bound, merged


@dataclass(frozen=True, slots=True)
class GradeRanges:
    """Where the grades stand: ranges of their scales with their labels, of scales, of labels, and of values.

    ``listed`` gives the range of other values.
    """

    keys: str
    scales: str
    labels: str
    values: str
    listed: Listed


def strict(
    node: nodes.GradeLabel | nodes.GradeScore | nodes.GradeValue,
    operands: Sequence[Strict],
    how: str,
    at: GradeRanges,
) -> Strict:
    """Return what a node gives of its operands; ``how`` its own guard may be asked."""
    text, *scale = operands
    match node:
        case nodes.GradeLabel():
            known = Guard(how, labelled(text.text, at))
            return Strict(_label(text.text), guards=(*text.guards, known))
        case nodes.GradeScore():
            return _score(text, how, at)
    return _worth(text, scale[0], how, at)


def _worth(text: Strict, scale: Strict, how: str, at: GradeRanges) -> Strict:
    """Return the value of a grade on a scale; blank where the scale does not have it."""
    same = f'--({at.keys}={bound(scale, CONCAT)}&"{BETWEEN}"&{_label(text.text)})'
    guards = (*merged((text, scale)), Guard(how, f"SUMPRODUCT({same})>0"))
    return Strict(f"SUMPRODUCT({same},{at.values})", guards=guards)


def _score(text: Strict, how: str, at: GradeRanges) -> Strict:
    """Return the score in brackets behind a grade; ``VALUE`` is given digits alone, which every language reads alike."""
    bare = f'SUBSTITUTE(SUBSTITUTE({_in_brackets(text.text)}," ",""),")","")'
    decimals = f'MAX(0,LEN({bare})-FIND(",",{bare}&","))'
    guards = (*text.guards, Guard(how, fits(_in_brackets(text.text), SCORE, at.listed)))
    return Strict(f'VALUE(SUBSTITUTE({bare},",",""))/10^{decimals}', MULTIPLY, guards)


def is_scale(name: Strict, at: GradeRanges) -> str:
    """Return the test whether a text names a scale."""
    return f"SUMPRODUCT(--({at.scales}={bound(name, COMPARE + 1)}))>0"


def well_typed(cell: str, stored: str, at: GradeRanges) -> str:
    """Return the test whether a cell holds nothing, or what its column asks for (see ``Addresses.stored``)."""
    match stored:
        case "date":
            return f"IF(ISNUMBER({cell}),{is_date(cell)},{is_nothing(cell)})"
        case "number":
            return f"IF(ISNUMBER({cell}),{is_number(cell)},{is_nothing(cell)})"
        case "grade":
            scored = f'IF(ISERROR(FIND("(",{cell})),TRUE,{fits(_in_brackets(cell), SCORE, at.listed)})'
            text = f'OR(TRIM({cell})="",IF({labelled(cell, at)},{scored},FALSE))'
            return f"IF(ISNUMBER({cell}),{is_number(cell)},IF(ISTEXT({cell}),{text},ISBLANK({cell})))"
    return f"OR(ISBLANK({cell}),ISTEXT({cell}))"


def labelled(cell: str, at: GradeRanges) -> str:
    """Return the test whether what stands in a cell begins as a grade of any scale; a number does not."""
    return f"SUMPRODUCT(--({at.labels}={_label(cell)}))>0"


def _label(cell: str) -> str:
    return f'TRIM(LEFT({cell},FIND("(",{cell}&"(")-1))'


def _in_brackets(cell: str) -> str:
    """Return what stands behind the first bracket, without which there is nothing."""
    return f'REPLACE({cell},1,FIND("(",{cell}&"("),"")'
