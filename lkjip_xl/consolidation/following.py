"""What comes some at a time and in an order is found by those who ask in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


class Following(Generic[_Key, _Found]):
    """Finds what belongs to keys that are asked for in the order of the pairs; some may have nothing."""

    def __init__(self, pairs: Iterator[tuple[_Key, _Found]]) -> None:
        self._pairs = pairs
        self._next = next(pairs, None)

    def of(self, key: _Key, default: _Found) -> _Found:
        """Return what belongs to a key."""
        if self._next is None or self._next[0] != key:
            return default
        found, self._next = self._next[1], next(self._pairs, None)
        return found
