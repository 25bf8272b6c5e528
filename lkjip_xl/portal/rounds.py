"""Rounds: a year, those who must report in it, and the links by which they are known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from lkjip_xl.base.files import Upload
from lkjip_xl.consolidation.registry import Opd, load_registry
from lkjip_xl.portal import history
from lkjip_xl.portal.clock import now, today
from lkjip_xl.portal.history import About, Actor
from lkjip_xl.portal.schema import add, agency, link, round_
from lkjip_xl.portal.settings import PortalError
from lkjip_xl.portal.tokens import digest, new_token
from lkjip_xl.template.model import Template
from lkjip_xl.words import wording

_MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class Round:
    """A round; ``registry`` and ``decisions`` are the texts of its CSV files."""

    id: int
    name: str
    year: int
    deadline: str
    contact: str
    registry: str
    decisions: str
    opened: datetime.datetime
    closed: datetime.datetime | None

    @property
    def title(self) -> str:
        """Its name, with the year where the name does not say it."""
        return self.name if str(self.year) in self.name else f"{self.name} tahun {self.year}"

    @property
    def folder(self) -> str:
        """Its folder, below the data folder."""
        return f"putaran/{self.year}-{self.id}"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of a round; ``position`` is its place among those of the registry, ``unit`` what it belongs to."""

    id: int
    round: int
    position: int
    code: str
    name: str
    unit: str
    deadline: str
    contact: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a coordinator writes of a round, as it came."""

    name: str
    year: str
    deadline: str
    contact: str
    registry: str


def open_round(connection: sa.Connection, wanted: Wanted, template: Template, actor: Actor) -> int:
    """Open a round; return its id. Raises ``LkjipError`` for the first thing that does not fit."""
    name, year = _words(wanted.name, "nama putaran"), _year(wanted.year)
    registry = load_registry(Upload(Path("daftar OPD"), wanted.registry.encode()), template.codes)
    deadlines = [_deadline_of(opd) for opd in registry.opds]
    if connection.scalar(sa.select(round_.c.id).where(round_.c.name == name, round_.c.year == year)):
        raise PortalError(f"putaran {name} tahun {year} sudah ada; pakai yang itu, atau pilih nama lain")
    id_ = add(
        connection,
        round_,
        name=name,
        year=year,
        deadline=_day(wanted.deadline),
        contact=wanted.contact.strip()[:_MOST_NAME],
        registry=wanted.registry,
        decisions="",
        opened=now(),
    )
    units = {each.code: each.name for each in registry.units}
    connection.execute(
        agency.insert(),
        [
            {
                "round_id": id_,
                "position": position,
                "code": opd.code,
                "name": opd.name,
                "unit": units.get(opd.parent, ""),
                "deadline": deadline,
                "contact": opd.contact,
            }
            for position, (opd, deadline) in enumerate(zip(registry.opds, deadlines, strict=True))
        ],
    )
    history.record(connection, actor, f"membuka putaran dengan {len(registry.opds)} OPD", About(id_))
    return id_


def change_round(connection: sa.Connection, old: Round, *, deadline: str, contact: str, actor: Actor) -> None:
    """Change until when and to whom agencies send. Raises ``PortalError``."""
    values = {"deadline": _day(deadline), "contact": contact.strip()[:_MOST_NAME]}
    changed = [
        f"{word} {_told(key, values[key])}"
        for key, word, before in (("deadline", "tenggat", old.deadline), ("contact", "kontak", old.contact))
        if values[key] != before
    ]
    if changed:
        connection.execute(round_.update().where(round_.c.id == old.id).values(values))
        history.record(connection, actor, f"mengubah {' dan '.join(changed)}", About(old.id))


def _told(key: str, value: str) -> str:
    return (wording.date(value) if key == "deadline" and value else value) or "(kosong)"


def decide(connection: sa.Connection, old: Round, decisions: str, actor: Actor) -> None:
    """Replace the decisions of a round, which have been checked (see ``counting``); an empty text removes them."""
    connection.execute(round_.update().where(round_.c.id == old.id).values(decisions=decisions))
    what = "mengganti berkas keputusan" if decisions else "menghapus berkas keputusan"
    history.record(connection, actor, what, About(old.id))


def close_round(connection: sa.Connection, old: Round, *, closed: bool, actor: Actor) -> None:
    """Close a round, or open it again: in a closed one nothing is sent."""
    if (old.closed is not None) != closed:
        connection.execute(
            round_.update().where(round_.c.id == old.id).values(closed=now() if closed else None)
        )
        history.record(
            connection, actor, "menutup putaran" if closed else "membuka kembali putaran", About(old.id)
        )


def all_rounds(connection: sa.Connection) -> list[Round]:
    """Return all rounds, the last first."""
    return [Round(*row) for row in connection.execute(round_.select().order_by(round_.c.id.desc()))]


def find_round(connection: sa.Connection, id_: int) -> Round | None:
    """Return a round."""
    row = connection.execute(round_.select().where(round_.c.id == id_)).first()
    return None if row is None else Round(*row)


def agencies(connection: sa.Connection, round_id: int) -> list[Agency]:
    """Return the agencies of a round in the order of its registry."""
    rows = connection.execute(
        agency.select().where(agency.c.round_id == round_id).order_by(agency.c.position)
    )
    return [Agency(*row) for row in rows]


def find_agency(connection: sa.Connection, id_: int) -> Agency | None:
    """Return an agency."""
    row = connection.execute(agency.select().where(agency.c.id == id_)).first()
    return None if row is None else Agency(*row)


def new_links(
    connection: sa.Connection, round_id: int, wanted: Sequence[Agency], actor: Actor
) -> list[tuple[Agency, str]]:
    """Give agencies new secrets, with which their old ones are revoked; this is the only time that they are shown."""
    made = []
    for each in wanted:
        connection.execute(
            link.update().where(link.c.agency_id == each.id, link.c.revoked.is_(None)).values(revoked=now())
        )
        token = new_token()
        connection.execute(link.insert().values(agency_id=each.id, digest=digest(token), made=now()))
        made.append((each, token))
    about = About(round_id, wanted[0].id) if len(wanted) == 1 else About(round_id)
    what = f"membuat tautan untuk {wanted[0].name if len(wanted) == 1 else f'{len(wanted)} OPD'}"
    history.record(connection, actor, what, about)
    return made


def revoke_links(connection: sa.Connection, wanted: Agency, actor: Actor) -> None:
    """Revoke the link of an agency: whoever has it is out."""
    connection.execute(
        link.update().where(link.c.agency_id == wanted.id, link.c.revoked.is_(None)).values(revoked=now())
    )
    history.record(connection, actor, f"mencabut tautan {wanted.name}", About(wanted.round, wanted.id))


def link_of(connection: sa.Connection, each: Agency) -> datetime.datetime | None:
    """Return when the link of an agency that is good was made; None where it has none."""
    return connection.scalar(
        sa.select(link.c.made).where(link.c.agency_id == each.id, link.c.revoked.is_(None))
    )


def linked(connection: sa.Connection, token: str) -> int | None:
    """Return the link of a secret that has not been revoked."""
    return connection.scalar(
        sa.select(link.c.id).where(link.c.digest == digest(token), link.c.revoked.is_(None))
    )


def agency_of_link(connection: sa.Connection, link_id: int) -> Agency | None:
    """Return the agency of a link that has not been revoked."""
    row = connection.execute(
        sa.select(agency)
        .join(link, link.c.agency_id == agency.c.id)
        .where(link.c.id == link_id, link.c.revoked.is_(None))
    ).first()
    return None if row is None else Agency(*row)


def deadline_of(of: Round, each: Agency) -> str:
    """Return until when an agency must send: its own deadline, else the round's; empty where there is none."""
    return each.deadline or of.deadline


def is_late(of: Round, each: Agency) -> bool:
    """Whether it is past the day of the deadline, where the portal stands."""
    return is_past(deadline_of(of, each))


def is_past(deadline: str) -> bool:
    """Whether the day of a deadline is over; never where there is none."""
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", deadline)) and today().isoformat() > deadline


def _deadline_of(opd: Opd) -> str:
    try:
        return _day(opd.deadline)
    except PortalError as error:
        raise PortalError(f"{error.reason} (OPD {opd.code})") from None


def _words(text: str, what: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > _MOST_NAME or not words.isprintable():
        raise PortalError(f"{what} harus diisi, paling banyak {_MOST_NAME} huruf")
    return words


def _year(text: str) -> int:
    if not re.fullmatch(r"20\d\d", text.strip()):
        raise PortalError("tahun laporan harus diisi, misalnya 2024")
    return int(text)


def _day(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return datetime.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise PortalError("tenggat harus tanggal TTTT-BB-HH, misalnya 2024-01-31") from None
