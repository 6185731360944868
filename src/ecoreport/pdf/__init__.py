"""The whole report on paper: every page printed by a browser, bound into one PDF."""
