"""Findings: mistakes of the person who fills the form, as data."""

from dataclasses import dataclass
from enum import StrEnum

from lkjip_xl.base.keys import ColumnKey, RowKey
from lkjip_xl.base.showing import safe


class Severity(StrEnum):
    """How much a finding matters: ``galat`` blocks, ``peringatan`` wants a look, ``catatan`` informs."""

    GALAT = "galat"
    PERINGATAN = "peringatan"
    CATATAN = "catatan"


class Status(StrEnum):
    """What a file is: not read, or by the gravest severity of what is not explained."""

    UNREADABLE = "tidak terbaca"
    GALAT = Severity.GALAT.value
    PERINGATAN = Severity.PERINGATAN.value
    CATATAN = Severity.CATATAN.value
    CLEAN = "bersih"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table, wherever the table stands: ``row`` None is the total row, ``column`` a key and its year."""

    table: str
    row: RowKey | None
    column: ColumnKey


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake at one place.

    ``sheet`` and ``cell`` say where (``cell`` is an A1 address or empty when the finding has no cell);
    ``value`` is what stands there and ``expected`` what would be right, both as a person would read them;
    ``message`` says what is wrong and ``remedy`` what to do; ``place`` is the cell in the table, for findings that
    have one, ``explanation`` what staff wrote beside a peringatan or catatan, and ``cause`` sheet and cell of another
    finding that this one may only follow from: it may be gone once that one is mended.
    """

    rule: str
    severity: Severity
    sheet: str
    cell: str
    value: str
    expected: str
    message: str
    remedy: str
    place: Place | None = None
    explanation: str = ""
    cause: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        """Make safe what the message repeats of a stranger's text, wherever it is shown."""
        object.__setattr__(self, "message", safe(self.message))

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
            "penjelasan": self.explanation,
            "ikut": self.follows,
        }

    @property
    def follows(self) -> str:
        """Return sheet and cell of the finding that this one may only follow from, as everything that lists it says."""
        return "!".join(filter(None, self.cause or ()))
