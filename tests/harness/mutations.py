"""Every mishap that a completed workbook must survive: what other programs and what people do to it."""

from __future__ import annotations

from accidents import accidents
from programs import programs
from subjects import Mutation

MUTATIONS: tuple[Mutation, ...] = (*programs(), *accidents())
BY_ID = {each.id: each for each in MUTATIONS}
assert len(BY_ID) == len(MUTATIONS)
