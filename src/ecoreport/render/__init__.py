"""Executed notebooks to pages, and pages to a report that is switched in one step."""
