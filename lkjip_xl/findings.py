"""Findings: mistakes of the person who fills the form, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: ``galat`` blocks, ``peringatan`` wants a look, ``catatan`` informs."""

    GALAT = "galat"
    PERINGATAN = "peringatan"
    CATATAN = "catatan"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake at one place.

    ``sheet`` and ``cell`` say where (``cell`` is an A1 address or empty when the finding has no cell);
    ``value`` is what stands there and ``expected`` what would be right, both as a person would read them;
    ``message`` says what is wrong and ``remedy`` what to do.
    """

    rule: str
    severity: Severity
    sheet: str
    cell: str
    value: str
    expected: str
    message: str
    remedy: str

    def as_json(self) -> dict[str, str]:
        """Return the finding under the names that ``validate --format json`` publishes."""
        return {
            "aturan": self.rule,
            "tingkat": self.severity.value,
            "lembar": self.sheet,
            "sel": self.cell,
            "nilai": self.value,
            "seharusnya": self.expected,
            "pesan": self.message,
            "perbaikan": self.remedy,
        }
