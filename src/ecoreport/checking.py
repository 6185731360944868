"""Imported by the fork server where tables have to be checked: the library loads once for all."""

from ecoreport.validate.adapter import load

load()
