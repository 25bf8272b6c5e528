"""Secrets of links and browsers: made here, shown once, kept as digests only."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

_KEY = "kunci"
_BYTES = 32


def new_token() -> str:
    """Return a secret that cannot be guessed, as it stands in an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def portal_key(data: Path) -> bytes:
    """Return the key of a portal, made at its first start and readable by its owner only."""
    path = data / _KEY
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def seal(key: bytes, token: str) -> str:
    """Return what proves that a form was made for the browser with a secret."""
    return hmac.new(key, f"formulir {token}".encode(), hashlib.sha256).hexdigest()


def is_sealed(key: bytes, token: str, said: str) -> bool:
    """Whether a form was."""
    return hmac.compare_digest(seal(key, token).encode(), said.encode())
