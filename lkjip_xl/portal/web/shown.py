"""Secrets that have just been made, for as long as whoever made them looks at them; they are kept nowhere else."""

from __future__ import annotations

import threading
import time
from typing import Any

SECONDS = 600


class Shown:
    """What is shown to an account by its name, in this process and for some minutes only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[int, str], tuple[float, Any]] = {}

    def put(self, key: tuple[int, str], what: Any) -> None:
        """Keep something, and forget what is over."""
        now = time.monotonic()
        with self._lock:
            self._kept = {each: (until, old) for each, (until, old) in self._kept.items() if until > now}
            self._kept[key] = (now + SECONDS, what)

    def get(self, key: tuple[int, str]) -> Any:
        """Return what is kept; None where there is nothing, or not any more."""
        with self._lock:
            until, what = self._kept.get(key, (0.0, None))
        return what if until > time.monotonic() else None
