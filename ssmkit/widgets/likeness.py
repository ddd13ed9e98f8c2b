"""How alike two sets of parameters are, and which others would give nearly the same data."""

import numpy as np

from ssmkit.modelconfig import get_config
from ssmkit.widgets.table import ROWS, Table, tabulate

GRID = np.linspace(0.0, 8.0, 400)
FLOOR, ROUNDS = 1e-5, 30


def divergence(truth: Table, other: Table) -> np.ndarray:
    """Return how much less likely each row of another table makes a trial of the truth, in nats.

    Parameters
    ----------
    truth
        A table, of which the first row is the truth.
    other
        Another table of the same model.

    Returns
    -------
    ndarray
        A row each: the Kullback-Leibler divergence, on times up to 8 s.

    Examples
    --------
    >>> from ssmkit.widgets.table import tabulate
    >>> one = tabulate("ddm", {"v": [0.5], "a": [1.0], "z": [0.5], "t": [0.3]})
    >>> divergence(one, one).tolist()
    [0.0]
    """
    step = GRID[1] - GRID[0]
    p = truth.density(GRID)
    found = []
    for row in range(len(other.onset)):
        q = other.density(GRID, row)
        # Responses that the other cannot give would make it infinite; a floor keeps it a number.
        found.append(step * float((p * np.log((p + FLOOR) / (q + FLOOR))).sum()))
    return np.maximum(found, 0.0)


def trials_needed(nats: float) -> float:
    """Return how many trials tell two models apart, at a likelihood ratio of 20 to 1.

    Examples
    --------
    >>> round(trials_needed(0.01))
    300
    """
    return float(np.log(20) / nats) if nats > 1e-9 else np.inf


def compensated(
    model: str, values: tuple[float, ...], param: str, to: float
) -> tuple[tuple[float, ...], float]:
    """Return the parameters that come nearest to the same data when one of them is another.

    Parameters
    ----------
    model
        Name of the model.
    values
        The parameters now, in the model's order.
    param, to
        The parameter that is changed, and its new value.

    Returns
    -------
    tuple
        The parameters, and their divergence from those now.

    Notes
    -----
    A search by the best of random neighbours (a seed of its own), in ever smaller steps.
    """
    config = get_config(model)
    names = config.list_params
    truth = tabulate(model, dict(zip(names, ([x] for x in values), strict=True)))
    bounds = config.likelihood().bounds
    low = np.array([max(bounds[name][0], config.box[name][0]) for name in names])
    high = np.array([min(bounds[name][1], config.box[name][1]) for name in names])
    low, high = np.minimum(low, values), np.maximum(high, values)
    held = names.index(param)
    low[held] = high[held] = to
    rng = np.random.default_rng(0)
    best, least = np.clip(values, low, high), np.inf
    spread = 0.12 * (high - low)
    for _ in range(ROUNDS):
        rows = np.clip(best + spread * rng.normal(size=(ROWS, len(names))), low, high)
        rows[0] = best
        found = divergence(truth, tabulate(model, dict(zip(names, rows.T, strict=True))))
        at = int(np.argmin(found))
        # What was better leads on with steps as wide; else they are too wide.
        spread = spread * (0.95 if at else 0.7)
        best, least = rows[at], float(found[at])
    return tuple(float(f"{x:.4g}") for x in best), least
