"""What a portal is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.xlsx.archive import Limits
from lkjip_xl.xlsx.guard import LIMITS


class PortalError(LkjipError):
    """A portal that cannot be started, or a request that it cannot meet; the text is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a portal keeps its things, and how it is reached.

    ``database`` is an address as SQLAlchemy writes them, by default SQLite in the ``data`` folder; ``address`` is how
    browsers reach the portal, such as ``https://lkjip.contoh.go.id``. ``readers`` processes read workbooks.
    """

    data: Path
    database: str = ""
    address: str = ""
    readers: int = 2
    templates: Path | None = None
    limits: Limits = field(default=LIMITS)
    checked_seconds: int = 3600
    """How long files that are only checked are kept."""
    most_files: int = 20
    """Files in one check."""
    scan: str = ""
    """The command that looks for viruses in what arrives (see ``vault``)."""
    second: bool = False
    """Whether every account must be known by a code, too."""

    @property
    def secure(self) -> bool:
        """Whether browsers reach the portal by HTTPS, so that cookies travel by nothing else."""
        return self.address.startswith("https://")
