"""A completed workbook to typed values."""
