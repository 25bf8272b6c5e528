"""Many workbooks to one result: read in parallel into Parquet, chosen by registry, summed, ranked, written."""
