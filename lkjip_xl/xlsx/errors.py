"""What can be wrong with a part of a workbook; ``guard`` says it in a sentence that names the file."""

from __future__ import annotations


class MalformedError(Exception):
    """A part that is no XML, or none that a program of spreadsheets would write."""


class DoctypeError(Exception):
    """A part with a document type, which can hold entities."""


class LargeError(Exception):
    """A part that would take too long to parse."""


class FarError(Exception):
    """A sheet whose cells would take too much room; the argument is the address of the farthest."""
