"""The workbook that staff fill, or get back."""
