"""Brownian motion between two symmetric bounds that move in any way, solved step by step."""

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from ssmkit.likelihoods.kernel import PI, log_kernel

Moving = Callable[[Array], tuple[Array, Array]]
"""Times (rows, n) to the distance of either bound from 0 there, and its derivative."""

RATE = PI * PI / 8
"""Decay of the slowest sine in a second between bounds at -1 and 1."""
SHARE = 0.19442
"""See :func:`_splitting`."""
_G = (1 - 1 / math.sqrt(3)) / 4
POINTS = (_G, 0.5 - _G, 0.5 + _G, 1 - _G)
"""Gauss and Legendre's two points, in each half of a step."""
LEFT_OUT = 1e4
"""What sines that are left out add to a flux, at most, before they decay."""
EDGE = 1e-6
"""A start is held off the line that stands for a bound, in shares of the separation."""


class Marched(NamedTuple):
    """What is known at the ends of the steps.

    Parameters
    ----------
    log_f
        Log density of ending at the lower and at the upper bound, on the last axis.
    known
        Whether it stands out from the rounding errors of the larger of the two.
    """

    log_f: Array
    known: Array


class Pull(NamedTuple):
    """A drift that changes with time: itself and its mean up to times, (rows, n) to (rows, n)."""

    at: Callable[[Array], Array]
    mean: Callable[[Array], Array]


class Steps(NamedTuple):
    """The bound at the ends; each step's scaled time, in whose middle the kick is; the kicks.

    ``tilt`` is what a changing drift adds to the kicks, with a first one before the first step.
    """

    b: Array
    slope: Array
    s: Array
    kick: Array
    tilt: Array | None


def walk(moving: Moving, nodes: Array, pull: Pull | None = None) -> Steps:
    """Return what a bound and a drift do between nodes, (rows, steps + 1), increasing, above 0.

    Integrals over a step are those of Gauss and Legendre, and those of ``b b''`` and of the drift's
    change times ``b`` are taken by parts, so that no further derivative is needed.
    """
    rows, n = nodes.shape
    h = nodes[:, 1:] - nodes[:, :-1]
    inner = nodes[:, :-1, None] + h[..., None] * jnp.asarray(POINTS, nodes.dtype)
    times = jnp.concatenate([nodes, inner.reshape(rows, -1)], axis=1)
    values, slopes = moving(times)
    b, slope = values[:, :n], slopes[:, :n]

    def over_steps(x: Array) -> Array:
        return 0.25 * h * jnp.sum(x[:, n:].reshape(inner.shape), axis=-1)

    def change(x: Array) -> Array:
        return x[:, 1:n] - x[:, : n - 1]

    s = over_steps(values**-2)
    kick = 0.5 * (change(values * slopes) - over_steps(slopes**2))
    if pull is None:
        return Steps(b, slope, s, kick, None)
    drift = pull.at(times)
    sudden = (drift[:, :1] - pull.mean(nodes[:, :1])) * b[:, :1]
    tilt = change(drift * values) - over_steps(drift * slopes)
    return Steps(b, slope, s, kick, jnp.concatenate([sudden, tilt], axis=1))


def halved(steps: Steps) -> Steps:
    """Return half as many steps, each over two."""
    s, kick = (x[:, ::2] + x[:, 1::2] for x in (steps.s, steps.kick))
    tilt = steps.tilt
    if tilt is not None:
        tilt = jnp.concatenate([tilt[:, :1], tilt[:, 1::2] + tilt[:, 2::2]], axis=1)
    return Steps(steps.b[:, ::2], steps.slope[:, ::2], s, kick, tilt)


def march(steps: Steps, first: Array, start: Array, modes: int, *, every: bool) -> Marched:
    """Solve for the density of ending at each bound, less what a drift says of start and end.

    Parameters
    ----------
    steps
        From :func:`walk`.
    first
        The first of their ends, (rows,): up to there the bound is taken as the straight line that
        touches it there.
    start
        Where the motion starts, (rows,).
    modes
        Number of sines, even.
    every
        Whether the density is wanted at all nodes, (rows, steps + 1, 2), or at the last, (rows, 2).

    Returns
    -------
    Marched

    Notes
    -----
    In the frame of the bounds, ``y = x / b(t)`` and ``ds = dt / b^2``, with
    ``p = b^(-1/2) exp(-b' x^2 / 2b) q``, the diffusion equation reads
    ``q_s = q_yy / 2 + b^3 b'' y^2 q / 2`` between standing bounds. Each step is Strang's (1968):
    the first term for half a step, where sines only decay; the second, a factor at each point; the
    first again. Even and odd sines do not mix.

    A drift ``m(t)`` weighs each path (Girsanov, 1960). What that says of the start, the end and the
    time is left out here; what is left, when the stochastic integral is taken by parts, is
    ``exp(-integral of m' x dt)``, one more factor at each point, which does mix even and odd. Up to
    the first node the drift is taken as its mean.
    """
    waves, table, squares = (jnp.asarray(x, first.dtype) for x in _sines(modes))
    decay = RATE * (waves * waves - 1)

    def fade(c: Array, s: Array) -> Array:
        return c * jnp.exp(-decay[:, None, :] * s[..., None, :, None])

    def kicked(c: Array, kick: Array, tilt: Array | None) -> tuple[Array, Array]:
        top = jnp.maximum(kick, 0.0)
        values = jnp.matmul(c, table) * jnp.exp(kick[:, None] * squares - top[:, None])
        if tilt is not None:
            top = top + jnp.abs(tilt)
            values = _mixed(values, tilt, jnp.sqrt(squares))
        c = jnp.matmul(values, jnp.swapaxes(table, 1, 2))
        size = lax.stop_gradient(jnp.max(jnp.abs(c), axis=(0, 2)))
        return c / size[:, None], top + jnp.log(size)

    def step(carry: tuple[Array, Array], cell: tuple[Array, Array, Array | None]) -> tuple:
        c, log_scale = carry
        s, kick, tilt = cell
        c, grown = kicked(fade(c, s), kick, tilt)
        carry = c, log_scale + grown - RATE * s
        return carry, (carry if every else None)

    b, slope = steps.b[:, 0], steps.slope[:, 0]
    flat = touching(b, slope, first)
    y0 = jnp.clip(start / flat, -1 + 2 * EDGE, 1 - 2 * EDGE)
    s0 = first / (flat * b)
    c = fade(jnp.sin(waves[:, None, :] * (0.5 * PI * (y0 + 1))[:, None]), s0)
    log_scale = 0.5 * slope * start * start / flat - 0.5 * jnp.log(flat) - RATE * s0
    tilts = None
    if steps.tilt is not None:
        c, grown = kicked(c, jnp.zeros_like(first), steps.tilt[:, 0])
        log_scale, tilts = log_scale + grown, steps.tilt[:, 1:].T
    # The second half of a step and the first of the next are one.
    half = 0.5 * steps.s
    between = jnp.concatenate([half[:, :1], half[:, 1:] + half[:, :-1]], axis=1)
    last, all_ = lax.scan(step, (c, log_scale), (between.T, steps.kick.T, tilts))
    error, elapsed = _splitting(steps), jnp.cumsum(steps.s, axis=1)
    if not every:
        c, log_scale = fade(last[0], half[:, -1]), last[1] - RATE * half[:, -1]
        ends = steps.b[:, -1], steps.slope[:, -1], s0 + elapsed[:, -1]
        log_f, known = _flux(waves, c, log_scale, *ends)
        return Marched(log_f + error[:, -1], known)
    cs = jnp.concatenate([c[None], fade(all_[0], half.T)])
    logs = jnp.concatenate([log_scale[None], all_[1] - RATE * half.T])
    elapsed = jnp.pad(elapsed, ((0, 0), (1, 0)))
    ends = (x.T for x in (steps.b, steps.slope, s0[:, None] + elapsed))
    log_f, known = _flux(waves, jnp.moveaxis(cs, 1, 0), logs, *ends)
    error = jnp.pad(error, ((0, 0), (1, 0), (0, 0)))
    return Marched(jnp.swapaxes(log_f, 0, 1) + error, jnp.swapaxes(known, 0, 1))


def _mixed(values: Array, tilt: Array, y: Array) -> Array:
    """Multiply an even and an odd function by exp(-tilt y), less what grows."""
    x, most = tilt[:, None] * y, jnp.abs(tilt)[:, None]
    up, down = 0.5 * jnp.exp(x - most), 0.5 * jnp.exp(-x - most)
    same, other = up + down, up - down
    even, odd = values
    return jnp.stack([same * even - other * odd, same * odd - other * even])


def log_touching(tau: Array, b: Array, slope: Array, start: Array) -> Array:
    """Log density of ending at each bound at tau, as if the bounds were straight up to there.

    Parameters
    ----------
    tau
        Decision time in seconds; all arguments broadcast.
    b, slope
        Distance of the bounds from 0 at that time, and its derivative.
    start
        Where the motion starts.

    Returns
    -------
    Array
        Of the lower and of the upper bound, on a new last axis.

    Notes
    -----
    The exact density between the lines that touch the bounds at ``tau``: what the first passage
    through a curved bound tends to where it is improbable (Durbin, 1985).
    """
    flat = touching(b, slope, tau)
    gap = 2.0 * flat
    lower = jnp.clip((flat + start) / gap, EDGE, 1 - EDGE)
    near = jnp.stack([lower, 1.0 - lower], axis=-1)
    tau, slope, gap = (x[..., None] for x in jnp.broadcast_arrays(tau, slope, gap))
    room = 1.0 + 2.0 * slope * tau / gap
    log_f = log_kernel(tau / room / gap / gap, near, 1.0 - near)
    tilt = slope * gap * near * (near - 1.0) - 0.5 * slope * slope * tau
    return log_f - 2.0 * jnp.log(gap) - 1.5 * jnp.log(room) + tilt


def touching(b: Array, slope: Array, tau: Array) -> Array:
    """Return where the line that touches the bound at tau starts, never near 0."""
    return jnp.maximum(b - slope * tau, 0.01 * b)


def _splitting(steps: Steps) -> Array:
    """Return the largest error of the steps, which is known: that of the flux near each bound.

    Near the bound the second term falls off linearly, and what it adds to the flux after a time s
    grows with the square root of s. Kicks in the middle of equal steps sum that root by the
    midpoint rule, whose error is ``zeta(-1/2, 1/2) h^(3/2)``; times ``8 / sqrt(2 pi)`` it is what
    is corrected here, and the error that is left falls with the square of the step.
    """
    kick = steps.kick[..., None]
    if steps.tilt is not None:
        half = 0.5 * steps.tilt[:, 1:]
        kick = kick + jnp.stack([half, -half], axis=-1)
    return SHARE * kick * jnp.sqrt(steps.s)[..., None]


def _flux(
    waves: Array, c: Array, log_scale: Array, b: Array, slope: Array, s: Array
) -> tuple[Array, Array]:
    """Turn coefficients (parity, ..., sines) into densities of ending at each bound."""
    even, odd = (jnp.sum(x * wave, axis=-1) for x, wave in zip(c, waves, strict=True))
    flux = jnp.stack([even + odd, even - odd], axis=-1)
    # Rounding errors, and the sines that are left out.
    least = float(jnp.finfo(flux.dtype).eps) ** 0.65
    known = flux > (least + LEFT_OUT * jnp.exp(-RATE * waves[1, -1] ** 2 * s))[..., None]
    scale = log_scale + math.log(PI / 4) - 1.5 * jnp.log(b) - 0.5 * b * slope
    return jnp.log(jnp.where(known, flux, 1.0)) + scale[..., None], known


@cache
def _sines(modes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return wave numbers by parity, their sines at the points above 0, and the points' squares.

    The points are such that the transform is its own inverse, transposed.
    """
    waves = np.stack([np.arange(1, modes, 2), np.arange(2, modes + 1, 2)]).astype(float)
    y = -1 + 2 * np.arange(modes // 2 + 1, modes + 1) / (modes + 1)
    sines = np.sin(0.5 * PI * waves[:, :, None] * (y + 1)) * math.sqrt(4 / (modes + 1))
    return waves, sines, y * y
