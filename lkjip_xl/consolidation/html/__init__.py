"""What stands on the page of a batch: its lines, its charts, its findings, and the files it is made of."""
