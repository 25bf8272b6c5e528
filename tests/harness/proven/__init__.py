"""Every line of docs/temuan-penelaah.md, in its order, with the workbooks that prove it."""

from proven.agreement import AGREEMENT
from proven.capaian import CAPAIAN
from proven.case import Case, Proof
from proven.figures import FIGURES
from proven.money import MONEY
from proven.words import WORDS

__all__ = ["PROVEN", "Case"]

PROVEN: dict[str, Proof] = AGREEMENT | FIGURES | CAPAIAN | MONEY | WORDS
