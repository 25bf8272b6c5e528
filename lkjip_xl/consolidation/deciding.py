"""What the coordinator's decisions do to a batch that is read already: warnings accepted, gathered reports left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from lkjip_xl.base.findings import Severity
from lkjip_xl.consolidation.batch import Batch
from lkjip_xl.consolidation.chosen import COUNTED, Agency, Outcome
from lkjip_xl.consolidation.decisions import NO_FILE, Decision, Kind, taken, void
from lkjip_xl.consolidation.frames import FINDINGS

_NOT_FOUND = "laporan OPD ini tidak melanggar aturan itu"
_FAULT = "galat tidak dapat diterima; perbaiki laporannya, atau keluarkan"
_GATHERED = "berkas hanya dapat dipilih saat buku kerjanya dibaca"


def decided(batch: Batch, decisions: Sequence[Decision]) -> Batch:
    """Return a batch with what is decided of its OPDs, and a finding for each decision that decides nothing."""
    gathered = batch.store is None
    if not decisions:
        return batch
    shown = batch.template.declared.consolidation
    assert shown is not None  # noqa: S101 - a batch is read only with it
    words, codes = shown.rules, batch.template.codes
    agencies = dict(enumerate(batch.chosen.agencies))
    by_code: dict[str, list[int]] = {}
    for place, agency in agencies.items():
        if agency.outcome in COUNTED:
            by_code.setdefault(codes.key(agency.code), []).append(place)
    findings = [*batch.chosen.findings]
    for decision in decisions:
        if decision.kind is not Kind.ACCEPT and not gathered:
            continue  # done where the file was chosen
        same = by_code.get(codes.key(decision.code), ())
        places = [place for place in same if decision.parent in ("", agencies[place].parent)]
        reason = "" if places else NO_FILE
        for place in places:
            agency = agencies[place]
            assert agency.sent is not None  # noqa: S101 - those without a file have no places
            if decision.kind is Kind.ACCEPT:
                reason = _unacceptable(batch, agency.sent.source.digest, decision.rule)
            elif decision.file:
                reason = _GATHERED
            if not reason:
                agencies[place] = _with(agency, decision)
        findings.append(void(decision, words, reason) if reason else taken(decision, words, decision.code))
    now = {each.sent.source.digest: each.sent for each in agencies.values() if each.sent is not None}
    sent = tuple(now.get(each.source.digest, each) if gathered else each for each in batch.chosen.sent)
    chosen = replace(batch.chosen, agencies=tuple(agencies.values()), sent=sent, findings=tuple(findings))
    return replace(batch, chosen=chosen)


def _with(agency: Agency, decision: Decision) -> Agency:
    """Return an OPD of which something is decided."""
    agency = replace(agency, decisions=(*agency.decisions, decision.decided))
    if decision.kind is not Kind.LEAVE_OUT or agency.sent is None:
        return agency
    sent = replace(agency.sent, outcome=Outcome.LEFT_OUT, why=decision.words)
    return replace(agency, outcome=Outcome.LEFT_OUT, sent=sent)


def _unacceptable(batch: Batch, digest: str, rule: str) -> str:
    """Return why the warnings of a rule cannot be accepted in a file; empty where they can."""
    found = batch.rows.scan(FINDINGS, {digest}).filter(pl.col("aturan") == rule).select("tingkat").collect()
    severities = set(found["tingkat"])
    if not severities:
        return _NOT_FOUND
    return _FAULT if Severity.GALAT.value in severities else ""
