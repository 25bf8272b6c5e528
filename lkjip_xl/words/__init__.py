"""Indonesian numbers, dates and messages."""
