"""Now; and moments as people read them."""

from __future__ import annotations

import datetime

from lkjip_xl.words import wording


def now() -> datetime.datetime:
    """Return this moment, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """Return the day, where the portal stands."""
    return now().astimezone().date()


def told(moment: datetime.datetime) -> str:
    """Return a moment as people read it, with the portal's time zone: 3 Januari 2024 pukul 09.05 WIB."""
    local = moment.astimezone()
    zone = _ZONES.get(local.utcoffset() or datetime.timedelta(), local.strftime("UTC%z")[:6])
    return f"{wording.date(local.date().isoformat())} pukul {local:%H.%M} {zone}"


def brief(moment: datetime.datetime) -> str:
    """Return a moment as a table shows it: 3 Jan 2024, 09.05."""
    local = moment.astimezone()
    return f"{wording.brief_date(local.date())}, {local:%H.%M}"


_ZONES = {
    datetime.timedelta(hours=hours): name for hours, name in ((7, "WIB"), (8, "WITA"), (9, "WIT"), (0, "UTC"))
}
