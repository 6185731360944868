"""Imported once by the fork server: whatever children need, and nothing that starts a thread."""

# ruff: noqa: E402, F401, I001
from ecoreport.opened import watch
from ecoreport.project import Project
from ecoreport.run.child import prepare_imports

watch(Project.here().root)
prepare_imports()

import bdb
import encodings.utf_8_sig
import IPython.core.completerlib
import IPython.core.logger
import IPython.core.magics.execution
import matplotlib_inline.backend_inline
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg
import matplotlib.pyplot
import nbconvert
import nbformat
import numpy
import pandas.core.arrays.arrow
import pandas.core.methods.to_dict
import pandas.core.reshape.reshape
import pyarrow.pandas_compat
import pyarrow.parquet
import seaborn

import ecoreport.run.execute

# The schema is compiled at the first check, which takes as long as all the rest of a child.
for is_relaxed in (False, True):
    nbformat.validator.get_validator(4, 5, relax_add_props=is_relaxed)  # type: ignore[no-untyped-call]
