"""A second thing that an account is known by: a code from an app on its owner's telephone (TOTP, RFC 6238)."""

from __future__ import annotations

import hmac
import re

import pyotp
import segno

from lkjip_xl.portal.clock import now

_SECRET = re.compile(r"[A-Z2-7]{32}")
_STEP = 30
"""Seconds for which an app shows a code."""
_NEIGHBOURS = (-1, 0, 1)  # clocks of telephones are some seconds off, and people type slowly


def new_secret() -> str:
    """Return a secret as apps take it: 160 bits in base 32."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether a text may be such a secret."""
    return _SECRET.fullmatch(text) is not None


def picture(secret: str, login: str, portal: str) -> str:
    """Return the QR code that an app reads, as SVG to stand in a page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=portal)
    return segno.make(address, error="m", micro=False).svg_inline(scale=4, light="#fff", border=4)


def step_of(secret: str, code: str, after: int) -> int | None:
    """Return the step of time whose code it is, later than the step ``after``; None where it is none of now.

    A code counts once: whoever has looked over a shoulder is too late.
    """
    current = int(now().timestamp()) // _STEP
    typed = re.sub(r"\s", "", code).encode()
    for step in (current + each for each in _NEIGHBOURS):
        if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), typed) and step > after:
            return step
    return None
