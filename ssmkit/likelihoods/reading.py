"""The density between moving bounds at the times of trials, from few or many solutions."""

import math
from collections.abc import Callable, Sequence
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.grid import first_node, last_node, spread
from ssmkit.likelihoods.march import (
    RATE,
    Marched,
    Moving,
    Pull,
    halved,
    log_touching,
    march,
    walk,
)
from ssmkit.likelihoods.sharing import chunked, sharing

Bound = Callable[..., Array]
"""``bound(tau, a, *params)``: how far the bounds are from 0 at a decision time; ``a`` at 0."""
Drift = Callable[..., Array]
"""``drift(tau, v, *params)``: the drift at a decision time."""

SHARED = (96, 96)
"""Sines and steps of a solution that serves many trials."""
ALONE = (56, 16)
"""The same for one that serves one trial."""
EARLIER = (1e-3, 0.01, 0.1, 0.3, 0.6)
"""Times before the first node, as shares of it, where bounds are taken as straight."""
RARE = 20.0
"""Where a free motion reaches the bounds with less than exp(-RARE) the solution is not read."""
CHUNK = {True: 64, False: 512}
"""Rows solved at once, which bounds the memory: shared, alone."""
POINTS = 40
"""Of the rule by which a drift is averaged over time."""
CLOSED = 1e-6
"""Bounds nearer to each other than this share of ``a`` count as so far apart."""
FOREVER = 1e8


@partial(jax.jit, static_argnums=0, static_argnames="drift")
def log_moving(
    bound: Bound,
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    *params: ArrayLike,
    drift: Drift | None = None,
) -> Array:
    """Log density of a response and its time between symmetric bounds that move.

    Parameters
    ----------
    bound
        ``bound(tau, a, *params)``, pure JAX: the distance of the bounds from 0 at a decision time
        in seconds, which is ``a`` at ``tau = 0``. It is called with arrays that broadcast.
    rt, response, v, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.
    a
        Half the separation of the bounds at the start.
    *params
        The bound's own parameters.
    drift
        ``drift(tau, v, *params)``, pure JAX, where the drift changes with time: the drift a second
        at a decision time, finite at 0. The bound's own parameters are then also the drift's.

    Returns
    -------
    Array
        Log density a second; -inf with gradient 0 where the density is 0. Where bounds have closed,
        it is finite and far below 0.

    Notes
    -----
    Where ``a``, ``z`` and the bound's parameters are the same for 8 trials or more, which their
    shapes say, the diffusion equation is solved once for these; else once for each trial, in two
    numbers of steps that are extrapolated. Drift and non-decision time may differ anyway: a
    constant drift tilts the density of the motion without drift (Girsanov, 1960). For Weibull
    bounds the error of the log, weighted by the density, is below 1e-4 on average either way. A
    drift that changes is part of the equation, and so is ``v`` then; its error is below 1e-4 on
    average with a shared solution, and below 1e-3 with one a trial, unless it turns several times
    within a decision.

    Examples
    --------
    >>> import jax.numpy as jnp
    >>> def bound(tau, a, tau_half):
    ...     return a / (1 + tau / tau_half)
    >>> round(float(log_moving(bound, 0.8, 1, 1.0, 1.0, 0.5, 0.3, 2.0)), 3)
    -0.007
    """
    dtype = jnp.result_type(float, rt, v, a, z, t, *params)
    v, a, z, *params = (jnp.asarray(x, dtype) for x in (v, a, z, *params))
    tau = jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)
    least = float(jnp.finfo(dtype).tiny) ** 0.25
    begins = (a > least) & (z > 0) & (z < 1)
    inside = (tau > least) & (tau < FOREVER) & begins
    a, z = jnp.where(a > least, a, 1.0), jnp.where((z > 0) & (z < 1), z, 0.5)
    response = jnp.asarray(response)
    shape = jnp.broadcast_shapes(tau.shape, response.shape, begins.shape, *map(jnp.shape, params))
    if drift is not None:
        shape = jnp.broadcast_shapes(shape, v.shape)
    tau = jnp.where(inside, tau, 1.0)
    equation = (z, a, *params) if drift is None else (z, a, *params, v)
    still = _solved(
        bound, drift, jnp.broadcast_to(tau, shape), jnp.broadcast_to(inside, shape), equation
    )
    up = response > 0
    log_f = jnp.where(up, still[..., 1], still[..., 0])
    end = _floored(bound, tau, a, *params)
    end = jnp.where(up, end, -end)
    if drift is None:
        tilt = v * (end - a * (2.0 * z - 1.0)) - 0.5 * v * v * tau
    else:
        tau = jnp.broadcast_to(tau, shape)
        square = _mean(
            lambda x: jnp.square(drift(x, v[..., None], *(p[..., None] for p in params)))
        )
        tilt = drift(tau, v, *params) * end - 0.5 * square(tau) * tau
    inside = inside & (log_f > -jnp.inf)
    return jnp.where(inside, log_f + tilt, -jnp.inf)


def _solved(
    bound: Bound, drift: Drift | None, tau: Array, inside: Array, params: Sequence[Array]
) -> Array:
    """Log density of each response, less what the drift says of end and time.

    ``params`` are z, a, the bound's own, and v if the drift changes.
    """
    trials = sharing(tau.shape, params)
    solve = _read_shared if trials.shared else _read_alone

    def some(args: tuple) -> Array:
        tau, inside, z, a, *own = args
        pull = None if drift is None else _pull(drift, own.pop(), own)
        return solve(_moving(bound, a, own), pull, tau, inside, a * (2.0 * z - 1.0), a)

    args = (trials.each(tau), trials.each(inside), *map(trials.row, params))
    return trials.back(chunked(some, args, CHUNK[trials.shared]), 1)


def _mean(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Return the mean of a function of time up to times, by Gauss and Legendre's rule."""
    points, weights = np.polynomial.legendre.leggauss(POINTS)

    def mean(tau: Array) -> Array:
        inner = tau[..., None] * jnp.asarray(0.5 + 0.5 * points, tau.dtype)
        return jnp.sum(function(inner) * jnp.asarray(0.5 * weights, tau.dtype), axis=-1)

    return mean


def _pull(drift: Drift, v: Array, params: Sequence[Array]) -> Pull:
    columns = [x[:, None] for x in (v, *params)]

    def at(tau: Array) -> Array:
        return jnp.broadcast_to(drift(tau, *columns), tau.shape)

    return Pull(at, _mean(lambda tau: drift(tau, *(x[..., None] for x in columns))))


def _floored(bound: Bound, tau: Array, a: Array, *params: Array) -> Array:
    b = bound(tau, a, *params)
    least = CLOSED * a
    return jnp.where(b > least, b, least)


def _moving(bound: Bound, a: Array, params: Sequence[Array]) -> Moving:
    columns = [x[:, None] for x in (a, *params)]

    def moving(tau: Array) -> tuple[Array, Array]:
        return jax.jvp(lambda x: _floored(bound, x, *columns), (tau,), (jnp.ones_like(tau),))

    return moving


def _read_alone(
    moving: Moving, pull: Pull | None, tau: Array, inside: Array, start: Array, a: Array
) -> Array:
    """Solve up to the time of each row, (rows, 1); give (rows, 1, 2)."""
    modes, steps = ALONE
    first = first_node(moving, a, modes)
    tau = tau[:, 0]
    late = inside[:, 0] & (tau > 1.001 * first)
    last = last_node(moving, first, jnp.where(late, tau, 2.0 * first))
    fine = walk(moving, spread(moving, first, last, steps), pull)
    one, two = (march(x, first, start, modes, every=False) for x in (fine, halved(fine)))
    b, slope = (x[:, 0] for x in moving(tau[:, None]))
    known = late[:, None] & one.known & two.known
    solved = one.log_f + (one.log_f - two.log_f) / 3
    solved = solved - _beyond(tau, last, fine.b[:, -1])[:, None]
    straight = log_touching(tau, b, slope, start)
    if pull is not None:
        solved = solved - (pull.mean(first[:, None])[:, 0] * start)[:, None]
        straight = straight + _straight(pull, tau[:, None], b[:, None], start)[:, 0]
    return jnp.where(known, solved, straight)[:, None]


def _read_shared(
    moving: Moving, pull: Pull | None, tau: Array, inside: Array, start: Array, a: Array
) -> Array:
    """Solve up to the latest time of each row, (rows, n); give (rows, n, 2)."""
    modes, steps = SHARED
    first = first_node(moving, a, modes)
    last = jnp.maximum(jnp.max(jnp.where(inside, tau, 0.0), axis=1), 2.0 * first)
    last = last_node(moving, first, last)
    nodes = spread(moving, first, last, steps)
    fine = walk(moving, nodes, pull)
    one, two = (march(x, first, start, modes, every=True) for x in (fine, halved(fine)))
    log_f = one.log_f - _between(one, two)
    early = first[:, None] * jnp.asarray(EARLIER, first.dtype)
    b, slope = (jnp.concatenate(x, 1) for x in zip(moving(early), fine[:2], strict=True))
    nodes = jnp.concatenate([early, nodes], axis=1)
    ahead = ((0, 0), (len(EARLIER), 0), (0, 0))
    log_f, known = jnp.pad(log_f, ahead), jnp.pad(one.known, ahead)
    # Kicks of steep bounds blow up what rounding left of a density that is next to nothing.
    known = known & (_reach(nodes, b, start) < RARE)
    straight = log_touching(nodes, b, slope, start[:, None])
    if pull is not None:
        log_f = log_f - (pull.mean(first[:, None]) * start[:, None])[..., None]
        straight = straight + _straight(pull, nodes, b, start)
    log_f = jnp.where(known, log_f, straight)
    # Without its steepest part, the density over the log of time is nearly a polynomial.
    smooth = log_f + _steep(nodes, b, start)
    x = jnp.clip(jnp.where(inside, tau, 0.0), nodes[:, :1], nodes[:, -1:])
    read = jax.vmap(_cubic)(jnp.log(nodes), smooth, jnp.log(x))
    before = 1.5 * jnp.log(jnp.minimum(tau / nodes[:, :1], 1.0))
    beyond = _beyond(tau, last[:, None], fine.b[:, -1:])
    tau = jnp.minimum(tau, last[:, None])
    return read - _steep(tau, moving(tau)[0], start) - (before + beyond)[..., None]


def _straight(pull: Pull, tau: Array, b: Array, start: Array) -> Array:
    """Return what the mean of a drift up to tau says beyond the drift then, at each bound."""
    mean = pull.mean(tau)
    less = (mean - pull.at(tau)) * b
    return jnp.stack([-less, less], axis=-1) - (mean * start[:, None])[..., None]


def _beyond(tau: Array, last: Array, b: Array) -> Array:
    """Return what the log density loses after the last node."""
    return RATE * jnp.maximum(tau - last, 0.0) / (b * b)


def _between(fine: Marched, coarse: Marched) -> Array:
    """Return the error that two numbers of steps tell, at all nodes of the finer."""
    both = fine.known[:, ::2] & coarse.known
    error = jnp.where(both, coarse.log_f - fine.log_f[:, ::2], 0.0) / 3
    pairs = jnp.stack([0.5 * (error[:, 1:] + error[:, :-1]), error[:, 1:]], axis=2)
    return jnp.concatenate([error[:, :1], pairs.reshape(len(error), -1, 2)], axis=1)


def _steep(tau: Array, b: Array, start: Array) -> Array:
    """Return what of -log f changes fastest: early as in free motion, late with the bound."""
    return _reach(tau, b, start) + 1.5 * jnp.log(b)[..., None]


def _reach(tau: Array, b: Array, start: Array) -> Array:
    """Return the exponent of a free motion that reaches either bound at tau."""
    distance = jnp.stack([b + start[:, None], b - start[:, None]], axis=-1)
    return 0.5 * distance * distance / tau[..., None]


def _cubic(nodes: Array, values: Array, x: Array) -> Array:
    """Cubic through the four nodes around each x; values (nodes, 2)."""
    j = jnp.clip(jnp.searchsorted(nodes, x, side="right") - 2, 0, len(nodes) - 4)
    at = [nodes[j + i] for i in range(4)]
    total = 0.0
    for i, node in enumerate(at):
        others = [other for k, other in enumerate(at) if k != i]
        weight = math.prod((x - other) / (node - other) for other in others)
        total = total + weight[:, None] * values[j + i]
    return total
