"""See that no hour is counted twice, whatever files it stands in."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from ecoreport.archive.read import Hours
from ecoreport.errors import InputError
from ecoreport.i18n import _


class Once:
    """Remembers a hash of every row seen, and lets each through once.

    Attributes
    ----------
    n_repeated : int
        Rows dropped because the same row stood in an earlier place.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[np.datetime64, int, str], bytes] = {}
        self.n_repeated = 0

    def new_rows(self, hours: Hours, path: Path) -> Hours:
        """Return the rows not seen before.

        Raises
        ------
        InputError
            If two rows of one hour differ.
        """
        is_new = np.ones(len(hours.date), dtype=bool)
        names = ",".join(hours.stations).encode()
        rows = zip(hours.date, hours.hour, hours.column, hours.values, strict=True)
        for place, (date, hour, column, values) in enumerate(rows):
            digest = hashlib.blake2b(values.tobytes() + names, digest_size=8).digest()
            known = self._seen.setdefault((date, int(hour), column), digest)
            if known != digest:
                raise InputError(
                    _(
                        "所给文件对 {date} 第 {hour} 小时的 {column} 有不同数值"
                        "（后一份是 {file}）。请只给其中一份"
                    ).format(date=date, hour=hour, column=column, file=path)
                )
            # The first time round the digest that stands there is this very object.
            is_new[place] = known is digest
        self.n_repeated += int((~is_new).sum())
        return hours if is_new.all() else hours.rows(is_new)
