"""Template sets: what a report's tables are, declared in TOML and loaded once."""
