"""Exact draws: the inverse of the kit's own distribution functions.

The density is tabulated over the logarithm of the decision time, where every model is smooth: a
coarse grid finds where each response has its mass, a fine one covers that stretch and is summed by
the four-point rule, whose error falls with the fourth power of the step. Over the parameters that
people use, the distribution functions are right to 4e-6 between constant bounds and to 3e-5 (at the
corner of fast collapsing bounds 3e-4) between moving ones: it would take some 1e7 draws to see it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ssmkit._compat import x64
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.density import bounded

POINTS = 192
FIRST, LAST = np.log(1e-7), np.log(1e4)
"""Log decision times between which the model is tabulated, in log seconds."""
COARSE = (LAST - FIRST) / (POINTS - 1)
DEPTH = 32.0
"""A response's density is kept down to exp(-DEPTH) of its peak."""
BATCH = 32
ROWS = (8, 256)
"""Rows of parameters in one call: fixed, so that a model compiles two programs at most."""


def draw_exact(
    model: str, params: dict[str, np.ndarray], rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw one response and its time for each trial.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    params
        A vector of n values for each parameter, in the model's order.
    rng
        Where the n random numbers come from, one a trial.

    Returns
    -------
    tuple of ndarray
        Response times in seconds and responses; infinity and 0 where a path never ends.

    Notes
    -----
    Inverse transform sampling, of response and time together. A row of parameters that several
    trials share is tabulated once.

    Examples
    --------
    >>> ones = np.ones(4)
    >>> params = {"v": 0.5 * ones, "a": ones, "z": 0.5 * ones, "t": 0.3 * ones}
    >>> rt, response = draw_exact("ddm", params, np.random.default_rng(0))
    >>> bool((rt > 0.3).all())
    True
    """
    config = get_config(model)
    # The time since the onset is drawn, and the onset added, which keeps all digits.
    shift = config.onset(params)
    least = params.get("st", np.zeros_like(shift))  # the non-decision time of an onset at 0 s
    columns = [np.broadcast_to(least, len(x)) if name == "t" else x for name, x in params.items()]
    table, row_of = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    row_of = row_of.reshape(-1)
    u = rng.random(len(row_of))
    tau, choice = np.empty(len(u)), np.empty(len(u), dtype=int)
    order = np.argsort(row_of, kind="stable")
    step = ROWS[0] if len(table) <= ROWS[0] else ROWS[1]
    starts = range(0, len(table), step)
    cuts = np.searchsorted(row_of[order], [*starts[1:]])
    for start, trials in zip(starts, np.split(order, cuts), strict=True):
        rows = np.minimum(np.arange(start, start + step), len(table) - 1)
        grid = tabulate(model, table[rows])
        tau[trials], choice[trials] = _invert(grid, row_of[trials] - start, u[trials])
    codes = np.array([*config.choices, 0], dtype=float)
    return tau + shift, codes[choice]


def tabulate(model: str, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Tabulate density and mass of each response for rows of parameters.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    rows
        Parameters, shape (rows, n_params), with an onset of 0 s.

    Returns
    -------
    tuple of ndarray
        Start and step of each grid over log time, shape (rows, choices); the density over log
        time, shape (rows, choices, points), and the mass of the cells between the points.

    Examples
    --------
    >>> start, step, g, mass = tabulate("ddm", np.array([[0.0, 1.0, 0.5, 0.0]]))
    >>> round(float(mass.sum()), 6)
    1.0
    """
    with x64(True):  # noqa: FBT003 - reads as a switch
        rough = _log_g(model, rows, FIRST, COARSE)
        keep = rough > np.max(rough, axis=-1, keepdims=True) - DEPTH
        low = np.maximum(np.argmax(keep, axis=-1) - 1, 0)
        high = np.minimum(POINTS - np.argmax(keep[..., ::-1], axis=-1), POINTS - 1)
        start, step = FIRST + COARSE * low, COARSE * (high - low) / (POINTS - 1)
        g = np.exp(_log_g(model, rows, start, step))
    outer = np.pad(g, ((0, 0), (0, 0), (1, 1)))
    cells = 13 * (g[..., :-1] + g[..., 1:]) - outer[..., :-3] - outer[..., 3:]
    return start, step, g, np.maximum(cells, 0) * step[..., None] / 24


def _log_g(model: str, rows: np.ndarray, start: Any, step: Any) -> np.ndarray:
    """Log density over the log of time, shape (rows, choices, points)."""
    n_choices = len(get_config(model).choices)
    start, step = (np.broadcast_to(x, (len(rows), n_choices)) for x in (start, step))
    return np.asarray(_program(model)(rows, start, step))


@cache
def _program(model: str) -> Callable[..., Any]:
    import jax
    import jax.numpy as jnp

    config = get_config(model)
    density = bounded(config)

    def of_row(args: Any) -> Any:
        row, start, step = args
        log_tau = start[:, None] + step[:, None] * jnp.arange(POINTS)
        choices = jnp.asarray(config.choices)[:, None]
        return density(jnp.exp(log_tau), choices, *row) + log_tau

    # A few rows at a time: a density that is a sum over nodes makes many numbers of each.
    return jax.jit(lambda *args: jax.lax.map(of_row, args, batch_size=BATCH))


def _invert(
    grid: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray], row: np.ndarray, u: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return decision time and index of the choice at u; infinity and -1 beyond all mass."""
    start, step, g, mass = grid
    cells = mass.shape[-1]
    below = np.cumsum(mass.reshape(len(mass), -1), axis=1)
    total = below[:, -1]
    # What the table's error alone can explain is no probability of a path without end.
    goal = u * np.where(total > 1 - 1e-3, total, 1.0)[row]
    # One search for all rows: each row's sums, at most 1 and a little, get a stretch of 2.
    flat = below + 2.0 * np.arange(len(mass))[:, None]
    at = np.searchsorted(flat.ravel(), goal + 2.0 * row, side="right") - row * below.shape[1]
    ended = at < below.shape[1]
    at = np.minimum(at, below.shape[1] - 1)
    choice, i = np.divmod(at, cells)
    inside = mass[row, choice, i]
    share = (goal - (below[row, at] - inside)) / np.where(inside > 0, inside, 1.0)
    left, right = g[row, choice, i], g[row, choice, i + 1]
    share = np.clip(share, 0.0, 1.0)
    # The density is taken as linear within a cell; this form of the root has no cancellation.
    root = np.sqrt(left**2 + (right**2 - left**2) * share)
    x = (left + right) * share / np.where(left + root > 0, left + root, 1.0)
    tau = np.exp(start[row, choice] + (i + x) * step[row, choice])
    return np.where(ended, tau, np.inf), np.where(ended, choice, -1)
