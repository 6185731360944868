"""Whether a section attains the class set for it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.water.categories import as_water_classes, class_code


def attains_target(classes: pd.Series[Any], targets: str | pd.Series[Any]) -> pd.Series[Any]:
    """Return whether each class is the target's or better.

    Parameters
    ----------
    classes : pandas.Series
        As `section_class` gives them.
    targets : str or pandas.Series
        One class for all, or each section's own on the same index (``III`` or ``Ⅲ``).

    Returns
    -------
    pandas.Series
        ``boolean``; missing where there is no class or no target. What is beyond the target, and by
        how much, is given by `exceedances` with the targets as its reference.

    Raises
    ------
    InputError
        For a word that is no class, or targets on another index.
    """
    reached = as_water_classes(classes).cat.codes
    if isinstance(targets, str):
        wanted = pd.Series(class_code(targets), index=classes.index)
    elif targets.index.equals(classes.index):
        wanted = as_water_classes(targets).cat.codes
    else:
        raise InputError(_("目标类别的索引应与数据相同。"))
    attains = (reached <= wanted).astype("boolean")
    return attains.mask((reached < 0) | (wanted < 0)).rename("attains_target")
