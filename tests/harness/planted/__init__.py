"""Faults planted in a clean workbook, each with the one finding that it must give, and how its message is followed.

A file for each group of tables; ``mended`` has how messages are followed, ``plausible`` what is no fault.
"""

from planted.codes import CODES
from planted.evaluation import EVALUATION
from planted.identity import IDENTITY
from planted.indicators import INDICATORS
from planted.mended import FOLLOWED, FOLLOWING
from planted.money import MONEY
from planted.performance import PERFORMANCE
from planted.plausible import PLAUSIBLE
from planted.staff import STAFF
from planted.typed import Changes, Planted, along
from planted.villages import VILLAGES
from planted.years import DRAGGED, YEARS

__all__ = ["DRAGGED", "FOLLOWED", "FOLLOWING", "PLANTED", "PLAUSIBLE", "Changes", "along"]

PLANTED: list[Planted] = [
    *IDENTITY,
    *STAFF,
    *INDICATORS,
    *VILLAGES,
    *PERFORMANCE,
    *YEARS,
    *MONEY,
    *CODES,
    *EVALUATION,
]
