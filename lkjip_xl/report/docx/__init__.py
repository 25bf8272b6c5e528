"""The report in Word: a document from a workbook, and one that people have worked on brought up to date."""
