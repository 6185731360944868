"""Imported last by the fork server: children need not look through what was imported."""

from ecoreport import garbage

garbage.settle()
