"""Trials of an experiment beside those that a fitted model predicts, condition by condition."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit import _compat
from ssmkit.errors import did_you_mean, refuse

if TYPE_CHECKING:
    import pandas as pd

# Trials that are simulated where nobody says how many; what bounds the time that a picture takes.
TRIALS = 100_000
SETS = (10, 100)
NO_TIME = -999.0


def rows_of(model: Any, data: Any) -> "pd.DataFrame":
    """Return the trials to predict: those given, or those that were fitted.

    Raises
    ------
    SsmkitError
        When the model is none, or there are no trials.
    """
    if not hasattr(model, "sample_posterior_predictive"):
        refuse(
            "model",
            f"a {type(model).__name__} cannot predict data",
            "give the model itself, made by ssmkit.HSSM(...), and not its traces",
        )
    rows = model.data if data is None else data
    if len(rows) == 0:
        refuse("data", "there are no trials in it", "give one row or more")
    return rows


def trials_of(rows: "pd.DataFrame") -> np.ndarray | None:
    """Return reaction time and response of each row, ``(n, 2)``; None where there are none."""
    if not {"rt", "response"} <= set(rows.columns):
        return None
    trials = rows[["rt", "response"]].to_numpy(dtype=float, copy=True)
    trials[trials[:, 0] == NO_TIME, 0] = np.nan
    return trials


def predicted(model: Any, rows: "pd.DataFrame", draws: int | None, seed: int) -> np.ndarray:
    """Simulate the trials again and again, at draws of the posterior.

    Parameters
    ----------
    model
        A sampled model.
    rows
        The trials.
    draws
        Data sets to simulate, in full rounds of all chains; None takes as many as are quick.
    seed
        Seed of the simulation.

    Returns
    -------
    ndarray
        ``(data sets, n, 2)``: seconds and response.
    """
    sizes = _compat.posterior(model.traces).sizes
    wanted = int(np.clip(TRIALS // len(rows), *SETS)) if draws is None else draws
    each = -(-wanted // sizes["chain"])
    each = min(each, sizes["draw"]) if draws is None else each
    # With the data named, nothing is kept in the traces: a picture changes no model.
    found = model.sample_posterior_predictive(rows, draws=each, random_seed=seed)
    return found["rt,response"].to_numpy().reshape(-1, len(rows), 2)


def groups(
    rows: "pd.DataFrame", by: str | Sequence[str] | None, room: int
) -> list[tuple[str, np.ndarray]]:
    """Return the label of each condition and the places of its trials.

    Parameters
    ----------
    rows
        The trials.
    by
        A column, or several whose combinations are the conditions; None for all trials together.
    room
        Conditions that the plot has room for.

    Returns
    -------
    list of (str, ndarray)

    Raises
    ------
    SsmkitError
        When there is no such column, or there are more conditions than there is room for.

    Examples
    --------
    >>> import pandas as pd
    >>> groups(pd.DataFrame({"x": [1, 0, 1]}), "x", 4)
    [('x = 0', array([1])), ('x = 1', array([0, 2]))]
    """
    if by is None:
        return [("", np.arange(len(rows)))]
    names = [by] if isinstance(by, str) else list(by)
    for name in names:
        if name not in rows.columns:
            refuse(
                "by",
                f"the data have no column {name!r}."
                + did_you_mean(str(name), map(str, rows.columns)),
                f"choose from {', '.join(map(str, rows.columns))}",
            )
    found = rows.groupby(names, sort=True, observed=True).indices
    if len(found) > room:
        first = names[0]
        some = ", ".join(repr(x) for x in rows[first].unique().tolist()[:3])
        refuse(
            "by",
            f"{', '.join(names)} make{'s' * (len(names) == 1)} {len(found)} conditions, and this"
            f" plot has room for {room}",
            f'show some of them, as in data=data[data["{first}"].isin([{some}])]',
        )
    return [(_label(names, key), np.sort(places)) for key, places in found.items()]


def _label(names: list[str], key: Any) -> str:
    levels = key if isinstance(key, tuple) else (key,)
    return ", ".join(f"{name} = {shown(x)}" for name, x in zip(names, levels, strict=True))


def shown(value: Any) -> str:
    """Return a level or a code as it is written in a picture, with a true minus sign.

    Examples
    --------
    >>> shown(np.float64(0.5)), shown("low")
    ('0.5', 'low')
    """
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return f"{value:.4g}".replace("-", "\N{MINUS SIGN}") if number else str(value)


def percent(*shares: float) -> str:
    """Return shares in words: ``"24 %"``, or ``"20 to 29 %"``.

    Examples
    --------
    >>> percent(0.2, 0.29)
    '20 to 29 %'
    """
    return f"{' to '.join(f'{100 * share:.0f}' for share in shares)} %"
