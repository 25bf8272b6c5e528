"""What earlier runs have written as Parquet, put together without the workbooks: of several regencies, or several years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from lkjip_xl.base.errors import SetupError
from lkjip_xl.base.files import Found
from lkjip_xl.consolidation.agencies import last_word, letters
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import Agency, Chosen, Decided, Outcome, Sent, Source
from lkjip_xl.consolidation.frames import FILES, About, abouts, empty_frames
from lkjip_xl.consolidation.parquet import AGENCIES, UNITS
from lkjip_xl.consolidation.registry import Registry, Unit
from lkjip_xl.consolidation.rows import TYPED, Rows
from lkjip_xl.template.model import Template

_T = TypeVar("_T")
_REGENCY = "Kabupaten/Kota"  # what a folder is where nothing says more


@dataclass(frozen=True)
class _Folder:
    """What one run has written."""

    path: Path
    year: int | None
    regency: str
    agencies: tuple[Agency, ...]
    units: tuple[Unit, ...]


def gather(
    paths: Sequence[Path], template: Template, *, registry: Registry | None = None
) -> Mapping[int | None, Batch]:
    """Return a batch for each year from folders of Parquet, or folders that hold such folders.

    With a registry each folder is the unit that has the name of its regency, and units without a folder are told;
    otherwise each is a unit of its own. Raises ``SetupError`` for a folder that no run has written.
    """
    folders = [_read(each) for path in paths for each in _written(path)]
    empty = empty_frames(template)
    years: dict[int | None, list[_Folder]] = {}
    for each in folders:
        years.setdefault(each.year, []).append(each)
    return {year: _batch(some, year, template, empty, registry) for year, some in years.items()}


def _written(path: Path) -> list[Path]:
    """Return the folders at or below a path that a run has written."""
    found = sorted(each.parent for each in path.rglob(f"{FILES}.parquet")) if path.is_dir() else []
    if not found:
        raise SetupError(f"{path}: folder ini tidak memuat hasil consolidate --parquet")
    return found


def _read(folder: Path) -> _Folder:
    try:
        files = pl.read_parquet(folder / f"{FILES}.parquet")
        agencies = pl.read_parquet(folder / f"{AGENCIES}.parquet")
        units = pl.read_parquet(folder / f"{UNITS}.parquet")
        about = {each.digest: each for each in abouts(files.drop("opd").rename(TYPED[FILES]))}
        where = dict(files.select("sidik", "jalur").iter_rows())
        return _Folder(
            folder,
            _usual(each.year for each in about.values()),
            _usual(each.regency for each in about.values()) or folder.name,
            tuple(_agency(row, about, where) for row in agencies.iter_rows(named=True)),
            tuple(Unit(*row) for row in units.iter_rows()),
        )
    except (OSError, KeyError, ValueError, TypeError, pl.exceptions.PolarsError):
        reason = "ini bukan hasil consolidate --parquet versi ini; buat lagi dari buku kerjanya"
        raise SetupError(f"{folder}: {reason}") from None


def _usual(values: Iterable[_T | None]) -> _T | None:
    """Return what most of some values are."""
    counts = Counter(each for each in values if each is not None)
    return max(counts, key=lambda each: counts[each], default=None)


def _agency(row: Mapping[str, Any], about: Mapping[str, About], where: Mapping[str, str]) -> Agency:
    outcome, digest = Outcome(row["keadaan"]), row["sidik"]
    decisions = tuple(
        Decided(each["keputusan"], each["alasan"], each["oleh"], each["aturan"]) for each in row["keputusan"]
    )
    known = about.get(digest)
    sent = None
    if known is not None:
        sent = Sent(Source(Path(where[digest]), digest, 0), known, outcome, row["alasan"], (), row["kode"])
    return Agency(row["kode"], row["opd"], outcome, sent, row["induk"], decisions)


def _batch(
    folders: Sequence[_Folder],
    year: int | None,
    template: Template,
    empty: Mapping[str, pl.DataFrame],
    registry: Registry | None,
) -> Batch:
    """Put the folders of one year together."""
    units, belongs = _units(folders, registry)
    listed = {opd.code: opd.parent for opd in registry.opds} if registry else {}
    agencies: list[Agency] = []
    where: dict[str, Path] = {}
    for each in folders:
        for agency in each.agencies:
            digest = agency.sent.source.digest if agency.sent else None
            if digest is not None and where.setdefault(digest, each.path) != each.path:
                raise SetupError(
                    f"{each.path}: laporan {agency.code} {agency.name} juga ada di {where[digest]}; tunjuk satu saja"
                )
            own = agency.parent or belongs[each.path] or listed.get(agency.code, "")
            agencies.append(replace(agency, parent=own))
    there = {(agency.parent, agency.code) for agency in agencies}
    missing = [
        Agency(opd.code, opd.name, Outcome.MISSING, None, opd.parent)
        for opd in (registry.opds if registry else ())
        if opd.code not in belongs.values() and (opd.parent, opd.code) not in there
    ]
    sent = [agency.sent for agency in agencies if agency.sent is not None]
    chosen = Chosen(year, (*agencies, *missing), tuple(sent), 0, (), units)
    return Batch(template, Found(()), chosen, Rows(empty, where, gathered=True), None)


def _units(
    folders: Sequence[_Folder], registry: Registry | None
) -> tuple[tuple[Unit, ...], Mapping[Path, str]]:
    """Return all units, those above before those within, and the code of the one that each folder is; empty of a single one.

    So it is where the registry is that of the regency itself, as when its earlier years are set beside this one.
    """
    if registry is None and len({letters(each.regency) for each in folders}) < 2:
        return tuple(unit for each in folders for unit in each.units), {each.path: "" for each in folders}
    listed = registry or Registry(())
    known = [*listed.units]  # a regency has nothing below it in the registry of a province
    known += [Unit(opd.code, opd.name, opd.level or _REGENCY, opd.parent) for opd in listed.opds]
    units = {unit.code: unit for unit in listed.units}
    belongs: dict[Path, str] = {}
    for each in folders:
        own = _unit(each.regency, known)
        if _is_own(listed, each.agencies, own):
            belongs[each.path] = ""  # the registry is this regency's own: it lists its agencies
            units |= {unit.code: unit for unit in each.units if unit.code not in units}
            continue
        known += [own] if own not in known else []
        belongs[each.path] = own.code
        for unit in (own, *(replace(unit, parent=unit.parent or own.code) for unit in each.units)):
            if units.setdefault(unit.code, unit) != unit:
                raise SetupError(
                    f"{each.path}: kode {unit.code} dipakai {unit.name} dan {units[unit.code].name}"
                )
    return tuple(units.values()), belongs


def _is_own(registry: Registry, agencies: Sequence[Agency], unit: Unit) -> bool:
    """Whether a registry is of the regency that has agencies: it lists some of them, and not within that ``unit``."""
    codes = {each.code for each in agencies}
    listed = [opd for opd in registry.opds if opd.code in codes]
    return bool(listed) and all(unit not in registry.above(opd.parent) for opd in listed)


def _unit(regency: str, known: Sequence[Unit]) -> Unit:
    """Return the unit that has the name of a regency, or the only one that ends as it does (Kab. Contoh); else a new one."""
    same = [unit for unit in known if letters(unit.name) == letters(regency)]
    alike = same or [unit for unit in known if last_word(unit.name) == last_word(regency)]
    return alike[0] if len(alike) == 1 else Unit(regency, regency, _REGENCY)
