"""The pages of a consolidated workbook that are handed to the head of the region: in words, each complete in itself."""
