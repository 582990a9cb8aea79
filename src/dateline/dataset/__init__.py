"""Coded articles kept: Delta tables, read through DuckDB. The extra ``dateline[dataset]``."""

from dateline.dataset.store import Added, Dataset, Version

__all__ = ["Added", "Dataset", "Version"]
