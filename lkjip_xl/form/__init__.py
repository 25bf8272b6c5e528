"""One report as it is laid out and filled: keys, places, values, identity."""
