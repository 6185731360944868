"""What the rest of a year must be for a target still to be reached."""

from __future__ import annotations

from fractions import Fraction

from ecoreport.standards.rounding import round_half_even


def further_bad_days_allowed(
    n_good: int, n_valid: int, n_left: int, target_percent: Fraction, decimals: int
) -> int | None:
    """Return how many of the days left may still be bad.

    Parameters
    ----------
    n_good, n_valid : int
        Good and valid days so far.
    n_left : int
        Days left; all of them are taken to become valid.
    target_percent : Fraction
        Share of good days to be reached at the end of the year.
    decimals : int
        Of the share as it is judged: rounded (GB/T 8170), then held against the target.

    Returns
    -------
    int or None
        None where even good days alone no longer suffice.
    """
    n_year = n_valid + n_left
    for n_bad in range(n_left, -1, -1):
        share = Fraction(100 * (n_good + n_left - n_bad), n_year)
        if round_half_even(share, decimals) >= target_percent:
            return n_bad
    return None


def mean_needed(mean: Fraction, n_valid: int, n_left: int, target: Fraction) -> Fraction | None:
    """Return the highest mean of the days left that keeps the year's mean at `target`.

    Parameters
    ----------
    mean : Fraction
        Of the `n_valid` days so far.
    n_left : int
        Days left; all of them are taken to become valid.
    target : Fraction
        For the mean of the whole year.

    Returns
    -------
    Fraction or None
        None without days left, or where no mean above zero would do.
    """
    if n_left <= 0:
        return None
    needed = (target * (n_valid + n_left) - mean * n_valid) / n_left
    return needed if needed > 0 else None
