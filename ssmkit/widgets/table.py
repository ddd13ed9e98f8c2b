"""The densities of a model at a few parameters at once, quick enough to be drawn while they move.

One program a model, of one shape, is compiled when a model is first shown: no change of a control
compiles anything. It is of the decision time, over its logarithm, where every model is smooth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ssmkit import _compat
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.density import bounded

ROWS = 16
"""Rows of parameters in one call."""
TAU = np.geomspace(1e-5, 100.0, 192)
"""Decision times of the table, in seconds."""


@dataclass(frozen=True)
class Table:
    """What a model says at each of some rows of parameters.

    Parameters
    ----------
    height
        Density of the decision time, (rows, responses, times), a second.
    below
        Probability of a response by each time, the same shape.
    onset
        Seconds that are added to the decision time, (rows,).
    """

    height: np.ndarray
    below: np.ndarray
    onset: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        """Probability of each response, (rows, responses)."""
        return self.below[..., -1]

    def density(self, rt: np.ndarray, row: int = 0) -> np.ndarray:
        """Return the density of reaction times in a row, (responses, times)."""
        # Over the logarithm the density is smooth, and so is what is between the points.
        tau = rt - self.onset[row]
        where = np.log(np.maximum(tau, 1e-12))
        found = [
            np.interp(where, np.log(TAU), own, left=0.0, right=0.0) for own in self.height[row]
        ]
        return np.where(tau > 0, found, 0.0)

    def quantiles(self, p: np.ndarray, row: int = 0) -> np.ndarray:
        """Return quantiles of the reaction time of each response, (responses, quantiles)."""
        found = []
        for own in self.below[row]:
            if own[-1] < 1e-6:
                found.append(np.full(len(p), np.nan))
                continue
            rising = np.concatenate([[True], np.diff(own) > 0])
            found.append(np.interp(np.asarray(p) * own[-1], own[rising], TAU[rising]))
        return np.stack(found) + self.onset[row]

    def means(self) -> np.ndarray:
        """Return the mean reaction time of each response, (rows, responses)."""
        area = np.trapezoid(self.height * TAU**2, np.log(TAU), axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return area / self.shares + self.onset[:, None]


def tabulate(model: str, rows: dict[str, np.ndarray]) -> Table:
    """Return the table of a model.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    rows
        A vector for each parameter. Where there is something that the model excludes, the density
        is 0.

    Returns
    -------
    Table

    Examples
    --------
    >>> found = tabulate("ddm", {"v": [0.0], "a": [1.0], "z": [0.5], "t": [0.3]})
    >>> found.shares.round(2).tolist()
    [[0.5, 0.5]]
    """
    config = get_config(model)
    given = [np.atleast_1d(np.asarray(rows[name], dtype=float)) for name in config.list_params]
    columns = dict(zip(config.list_params, np.broadcast_arrays(*given), strict=True))
    onset = np.asarray(config.onset(columns), dtype=float) + np.zeros(len(given[0]))
    count = len(next(iter(columns.values())))
    onset = np.broadcast_to(onset, count)
    # With the non-decision time as short as it may be, the onset is at 0.
    least = columns.get("st", np.zeros(count))
    matrix = np.column_stack([least if name == "t" else x for name, x in columns.items()])
    program, found = _program(model), []
    with _compat.x64_here():
        for first in range(0, count, ROWS):
            places = np.minimum(np.arange(first, first + ROWS), count - 1)
            found.append(np.asarray(program(matrix[places])))
    height = np.nan_to_num(np.exp(np.concatenate(found)[:count]), nan=0.0, posinf=0.0)
    mass = height * TAU
    cells = 0.5 * (mass[..., 1:] + mass[..., :-1]) * np.diff(np.log(TAU))
    below = np.concatenate([np.zeros((*cells.shape[:2], 1)), np.cumsum(cells, axis=-1)], axis=-1)
    return Table(height, below, onset)


@cache
def _program(model: str) -> Callable[..., Any]:
    import jax

    _compat.jax_cache()
    config = get_config(model)
    density, codes = bounded(config), np.array(config.choices)[None, :, None]

    def of_rows(matrix: Any) -> Any:
        params = [matrix[:, i, None, None] for i in range(len(config.list_params))]
        return density(TAU, codes, *params)

    return jax.jit(of_rows)
