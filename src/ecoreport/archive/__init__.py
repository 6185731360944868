"""The public archive of the whole country: its hours, its days, its year, in one pass.

Needs polars (dependency group ``archive``); nothing else of the package imports it.
"""
