"""Canonical frames held against the expectations of ``expectations/``: passed, warned, stopped."""
