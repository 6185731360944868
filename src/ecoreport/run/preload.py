"""Imported once by the fork server: whatever children need, and nothing that starts a thread."""

# ruff: noqa: E402, F401, I001
from ecoreport.opened import watch
from ecoreport.project import Project
from ecoreport.run.child import prepare_imports

watch(Project.here().root)
prepare_imports()

import importlib

import IPython.core.completerlib
import IPython.core.magics.execution
import matplotlib_inline.backend_inline
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg
import matplotlib.pyplot
import nbconvert
import nbformat
import numpy
import pandas
import pyarrow.parquet
import seaborn

import ecoreport.run.execute

# What these libraries import when it is first needed.
for name in (
    "bdb",
    "encodings.utf_8_sig",
    "IPython.core.logger",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pyarrow.pandas_compat",
):
    importlib.import_module(name)

# The schema is compiled at the first check, which takes as long as all the rest of a child.
for is_relaxed in (False, True):
    nbformat.validator.get_validator(4, 5, relax_add_props=is_relaxed)  # type: ignore[no-untyped-call]
