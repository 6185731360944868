"""What every row of a department's table carries: its papers, and where it was read."""

from __future__ import annotations

import numpy as np
import pandas as pd


def papers(n: int) -> dict[str, list[str]]:
    """Return the columns of papers of `n` rows."""
    return {
        "document": ["统计年报"] * n,
        "document_number": ["海政〔2019〕1号"] * n,
        "evidence_file": ["证明.pdf"] * n,
        "department": ["hailing-environment"] * n,
        "remark": ["说明"] * n,
    }


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Say where the rows come from, as reading does."""
    return frame.assign(
        maturity="audited",
        source_file="data/raw/hailing/2018/表.xlsx",
        source_sheet="数据",
        source_row=np.arange(2, len(frame) + 2),
    )
