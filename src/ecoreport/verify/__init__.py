"""Finished pages against executed notebooks and observations: faults, or none."""
