"""JSON as it can be printed anywhere: readable, and without characters that a terminal would obey."""

from __future__ import annotations

import json
import re
from typing import Any

_SPECIAL = re.compile(r"[^\n\x20-\x7e]")  # the rest of ASCII is escaped by the library already


def json_text(value: Any) -> str:
    """Return indented JSON; what cannot be printed is escaped. Raises ``ValueError`` for numbers that are none."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]
