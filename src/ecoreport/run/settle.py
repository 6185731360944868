"""Imported last by the fork server: children need not look through what was imported."""

import gc

gc.freeze()
