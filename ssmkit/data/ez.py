"""First estimates of the diffusion model in closed form."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ssmkit.data.check import check_data
from ssmkit.errors import report, warn


def ez_ddm(data: pd.DataFrame, by: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Estimate drift, bound and non-decision time from three numbers a cell.

    Parameters
    ----------
    data
        One row a trial, with ``rt`` in seconds and ``response`` 1 or -1. Trials where either is
        missing are left out.
    by
        Columns that define the cells; None takes all trials together.

    Returns
    -------
    pandas.DataFrame
        A row for each cell, indexed by ``by``, with ``v``, ``a`` (half the separation), ``z``
        (.5, which the method assumes), ``t`` (seconds) and ``n``, the number of trials. A cell
        whose times have no variance is NaN, with a warning.

    Raises
    ------
    SsmkitError
        When the data have an error (see :func:`ssmkit.check_data`).

    Notes
    -----
    Wagenmakers, van der Maas & Grasman (2007), in units of unit noise: the proportion of the more
    frequent response, and the mean and variance of its times. A proportion of 1 is taken as
    1 - 1 / (2 n), as they advise. There is no account of bias, lapses or variability.

    Examples
    --------
    >>> from ssmkit import simulate_data
    >>> data = simulate_data("ddm", [1.0, 1.0, 0.5, 0.3], 5000, random_state=0, exact=True)
    >>> ez_ddm(data)[["v", "a", "t"]].round(1).to_numpy().tolist()
    [[1.0, 1.0, 0.3]]
    """
    columns = [by] if isinstance(by, str) else list(by or [])
    found = check_data(data, covariates=columns, missing_data=True)
    report(problem for problem in found if problem.severity == "error")
    whole = data[(data["rt"] > 0) & data["response"].notna()]
    cells = whole.groupby(columns, observed=True) if columns else [((), whole)]
    rows, keys = [], []
    for key, cell in cells:
        keys.append(key)
        rows.append(_estimate(cell))
    lost = [key for key, row in zip(keys, rows, strict=True) if np.isnan(row["a"])]
    if lost:
        named = f": {', '.join(map(str, lost[:5]))}" if columns else ""
        warn(
            "data",
            f"{len(lost)} of {len(rows)} cells have too few different times for a variance{named}",
            "leave such cells out, or join them",
        )
    index = pd.MultiIndex.from_tuples(keys, names=columns) if columns else None
    if len(columns) == 1:
        index = pd.Index([key[0] for key in keys], name=columns[0])
    return pd.DataFrame(rows, index=index)


def ez_from_moments(p: float, variance: float, mean: float) -> tuple[float, float, float]:
    """Return v, a (half the separation) and t that have these moments.

    Parameters
    ----------
    p
        Proportion of the upper response, above 0 and below 1.
    variance, mean
        Variance and mean of the response times, in seconds.

    Returns
    -------
    tuple of float

    Notes
    -----
    Equations 5, 7 and 8 of Wagenmakers et al. (2007) with s = 1.

    Examples
    --------
    >>> [round(x, 3) for x in ez_from_moments(0.802, 0.112, 0.723)]
    [0.999, 0.7, 0.3]
    """
    logit = np.log(p / (1 - p))
    if abs(logit) < 1e-3:
        # The limit of no drift, where the formula is 0 / 0.
        a = (1.5 * variance) ** 0.25
        return float(logit / (2 * a)), float(a), float(mean - a**2)
    v = np.sign(logit) * (logit * (logit * p * (p - 1) + p - 0.5) / variance) ** 0.25
    a = logit / (2 * v)
    return float(v), float(a), float(mean - a / v * np.tanh(v * a))


def _estimate(cell: pd.DataFrame) -> dict[str, float]:
    n = len(cell)
    upper = (cell["response"] == 1).sum()
    main = cell.loc[cell["response"] == (1 if upper >= n - upper else -1), "rt"]
    if main.nunique() < 2:
        return {"v": np.nan, "a": np.nan, "z": 0.5, "t": np.nan, "n": n}
    p = np.clip(upper / n, 1 / (2 * n), 1 - 1 / (2 * n))
    v, a, t = ez_from_moments(float(p), float(main.var()), float(main.mean()))
    return {"v": v, "a": a, "z": 0.5, "t": t, "n": n}
