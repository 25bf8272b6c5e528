"""A stranger's bytes to cells."""
