"""Whether a printed report says what the workbook says."""
