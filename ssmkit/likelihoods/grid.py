"""Where the steps of a solver end: close together where the bounds move and paths are alive."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from ssmkit.likelihoods.march import RATE, Moving

TABLE = 128
"""Points at which the bound is looked at."""
WIDEST = 16.0
"""The start is resolved down to exp(-WIDEST) by the sines."""
STEEPEST = 12.0
"""Factors up to exp(STEEPEST) do not raise rounding errors to where they matter."""
LATEST = 600.0
"""Beyond a density of exp(-LATEST) the solution goes on as if the bounds stood still."""
SPEED, EARLY, GONE = 2.0, 0.3, 10.0
"""Weight of the bound's movement, power of time, and log of the share of paths that still count."""


def first_node(moving: Moving, a: Array, modes: int) -> Array:
    """Return the time up to which bounds are taken as straight, (rows,).

    As early as so many sines can tell the start from a point, and as the bound is not too steep.
    """
    least = 2 * WIDEST * (2 / (np.pi * modes)) ** 2
    first = least * a * a
    for _ in range(2):
        b, slope = (x[:, 0] for x in moving(first[:, None]))
        steep = jnp.abs(first * slope / b) / (2 * STEEPEST)
        first = b * b * jnp.maximum(least, steep)
    return lax.stop_gradient(first)


def last_node(moving: Moving, first: Array, last: Array) -> Array:
    """Return last, (rows,), or where next to nothing is left of the density before that."""
    log_t, _ = _table(first, last)
    rate = jnp.exp(log_t) * moving(jnp.exp(log_t))[0] ** -2
    # The rate can grow as fast as an exponential of an exponential: cells of its logarithm.
    up = jnp.log(rate[:, 1:] / rate[:, :-1])
    flat = jnp.abs(up) < 1e-3
    mean = (rate[:, 1:] - rate[:, :-1]) / jnp.where(flat, 1.0, up)
    cells = jnp.where(flat, rate[:, 1:], mean) * (log_t[:, 1:] - log_t[:, :-1])
    gone = jnp.log(RATE * jnp.cumsum(cells, axis=1))
    end = jax.vmap(lambda x, y: jnp.interp(jnp.log(LATEST), x, y))(gone, log_t[:, 1:])
    end = lax.stop_gradient(jnp.maximum(jnp.exp(end), 1.5 * first))
    return jnp.where(gone[:, -1] > jnp.log(LATEST), end, last)


def _table(first: Array, last: Array) -> tuple[Array, Array]:
    """Return logs of times from first to last, (rows, TABLE), and the step between them."""
    share = jnp.asarray(np.linspace(0.0, 1.0, TABLE), first.dtype)
    begin, end = (lax.stop_gradient(jnp.log(x))[:, None] for x in (first, last))
    return begin + (end - begin) * share, (end - begin) / (TABLE - 1)


def spread(moving: Moving, first: Array, last: Array, steps: int) -> Array:
    """Return the ends of steps from first to last.

    Parameters
    ----------
    moving
        The bound of each row.
    first, last
        Where the steps begin and end, (rows,).
    steps
        How many.

    Returns
    -------
    Array
        (rows, steps + 1).

    Notes
    -----
    Steps are a little shorter early, shorter where the bound moves by a large share of itself, and
    long where no paths are left. The solution hardly depends on where they end: gradients see them
    move with the first and the last only.
    """
    log_t, dx = _table(first, last)
    t = jnp.exp(log_t)
    b, slope = (lax.stop_gradient(x) for x in moving(lax.stop_gradient(t)))
    alive = jnp.square(1 + _sum(RATE * t / (b * b), dx) / GONE) ** -1 + 1e-5
    time = _sum(t ** (1 - EARLY) * alive, dx)
    moved = _sum(jnp.abs(t * slope / b) * alive, dx)
    density = time / time[:, -1:] + SPEED * moved
    density = density / density[:, -1:]
    goal = jnp.asarray(np.linspace(0.0, 1.0, steps + 1)[1:-1], first.dtype)
    inner = jnp.exp(jax.vmap(lambda x, y: jnp.interp(goal, x, y))(density, log_t))
    part = lax.stop_gradient((inner - first[:, None]) / (last - first)[:, None])
    inner = first[:, None] + (last - first)[:, None] * part
    return jnp.concatenate([first[:, None], inner, last[:, None]], axis=1)


def _sum(rate: Array, dx: Array) -> Array:
    """Return the running integral from the first point, by the trapezoid rule."""
    cells = 0.5 * dx * (rate[:, 1:] + rate[:, :-1])
    return jnp.concatenate([jnp.zeros_like(rate[:, :1]), jnp.cumsum(cells, axis=1)], axis=1)
