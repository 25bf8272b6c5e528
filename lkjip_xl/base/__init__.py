"""What everything stands on: errors, findings, addresses, files and outputs."""
