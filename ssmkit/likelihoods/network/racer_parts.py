"""What is known of one reflected racer in closed form: when it finishes, and whether it has yet to.

All is in the frame of the bound, as in :mod:`ssmkit.likelihoods.reflected`. Early, few paths have
been at 0 and then at the bound: free motion and its first image in 0 say all. Late, the slowest two
waves that fit between the walls do. Both are all but exact where the bound stands still. Where it
moves and the drift presses paths on 0, the waves change while they fade; they are taken as they are
halfway. A network has to learn what that leaves.
"""

import math
from functools import cache
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.typing import ArrayLike
from numpy.polynomial import chebyshev
from scipy.optimize import brentq

from ssmkit.likelihoods.kernel import LOG_2PI
from ssmkit.likelihoods.network.densities import Parts
from ssmkit.likelihoods.race import CLOSED, FOREVER, NEAR
from ssmkit.likelihoods.reflected import Racer, mills

TURN_FINISH, TURN_SURVIVAL, SHARP = 0.4, 0.25, 8
"""Scaled times at which late takes over from early, and the power of time by which it does."""
BEGIN, SLOW = 0.12, 4
"""The same of when the survival has something to learn."""
NEARLY = {1: 0.45, 2: 0.2}
"""How soon pressure on 0 brings each wave nearly to a node there."""
DEGREE = 7
"""Of the polynomials, which are good to 2e-5."""


class Trial(NamedTuple):
    """A racer at its time: where there is a density, scaled time, place of the bound, log scale."""

    inside: Array
    racer: Racer
    s: Array
    room: Array
    log_scale: Array


def trial(
    rt: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, theta: ArrayLike
) -> Trial:
    """Put a trial into the frame of the bound.

    Parameters
    ----------
    rt, v, a, z, t, theta
        As of a race with one racer, :mod:`ssmkit.likelihoods.race`.

    Returns
    -------
    Trial

    Examples
    --------
    >>> round(float(trial(1.3, 1.0, 2.0, 0.5, 0.3, 0.0).s), 3)
    0.25
    """
    dtype = jnp.result_type(float, rt, v, a, z, t, theta)
    v, a, z, theta = (jnp.asarray(x, dtype) for x in (v, a, z, theta))
    tau = jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)
    least = float(jnp.finfo(dtype).tiny) ** 0.25
    legal = (a > least) & (z >= 0) & (z < 1)
    a, z = jnp.where(legal, a, 1.0), jnp.where(legal, jnp.minimum(z, 1.0 - NEAR), 0.5)
    slope = jnp.where(legal, jnp.tan(theta), 0.0)
    room = 1.0 - slope * (tau / a)
    inside = legal & (tau > least) & (tau < FOREVER) & (room > CLOSED)
    room = jnp.where(inside, room, 1.0)
    s = jnp.where(inside, tau, 1.0) / (a * a) / room
    return Trial(inside, Racer(v * a, slope * a, z), s, room, -2.0 * jnp.log(a * room))


def parts_finish(
    rt: ArrayLike,
    response: ArrayLike,  # noqa: ARG001 - one racer has one response
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Parts:
    """Take off what is known of one racer's log density."""
    inside, racer, s, room, log_scale = trial(rt, v, a, z, t, theta)
    kappa, c, z = racer
    d = 1.0 - z
    soon, there = _between(racer, s, 0.0, 0.7)
    tau = soon * there
    root = jnp.sqrt(tau)
    tail = (kappa - c) * tau * root * mills((there + z) / root + kappa * root, DEGREE)
    # Paths that have been at 0 (Harrison, 1985), and those that went there from the bound.
    second = jnp.exp(-2.0 * z / soon) * (1.0 + z + 2.0 * kappa * (tail - tau))
    third = jnp.exp((2.0 * z - 4.0) / soon) * (3.0 - z) * (1.0 - 0.3 * kappa)
    size = jnp.maximum(d + second - third, 0.05 * d)
    early = jnp.log(size / (soon * jnp.sqrt(soon))) - 0.5 * LOG_2PI - 0.5 * d * d / soon
    held, there = _between(racer, s, 0.15, math.inf)
    waves, rate = _waves(racer, held, there, survival=False)
    share = _share(s, TURN_FINISH, SHARP)
    base = early + share * (jnp.log(waves) - rate * held - early)
    base = base + log_scale + 0.5 * jnp.log(room) + _tilt(racer, s, room)
    change = kappa * (1.0 - room) / (1.0 + kappa)
    return Parts(inside, base, _features(racer, s, room), share * change)


def parts_survival(
    rt: ArrayLike,
    response: ArrayLike,  # noqa: ARG001 - one racer has one response
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Parts:
    """Take off what is known of the log probability that one racer has yet to finish.

    In float32, which is enough for numbers of the order of 1, and half the time.
    """
    inside, racer, s, room, log_scale = trial(rt, v, a, z, t, theta)
    racer = Racer(*(x.astype(jnp.float32) for x in racer))
    s, room = s.astype(jnp.float32), room.astype(jnp.float32)
    kappa, c, z = racer
    d = 1.0 - z
    soon, there = _between(racer, s, 0.0, 0.5)
    root = jnp.sqrt(soon * there)
    drift = (kappa + c) * root
    score, other = d / root - drift, jnp.maximum(d / root + drift, 0.0)
    below = -0.5 * score * score - 0.5 * LOG_2PI
    phi = jnp.exp(below)
    # Of a score below 0, only a tail is left: its density is kept out of it.
    before = score > 0
    near, far = mills(jnp.abs(score), DEGREE), mills(other, DEGREE)
    free = jnp.maximum(jnp.where(before, 1.0 - phi * (near + far), near - far), 1e-6)
    image = 2.0 * jnp.exp(-2.0 * z / soon) * mills((1.0 + z) / root + kappa * root, DEGREE)
    image = jnp.where(before, phi * image, image)
    early = jnp.where(before, 0.0, below) + jnp.log(free * free / (free + image))
    held, there = _between(racer, s, 0.1, math.inf)
    waves, rate = _waves(racer, held, there, survival=True)
    late = jnp.log(waves * jnp.sqrt(there)) - rate * held + _tilt(racer, held, there)
    base = early + _share(s, TURN_SURVIVAL, SHARP) * (late - early)
    dtype = log_scale.dtype
    features = _features(racer, s, room).astype(dtype)
    return Parts(inside, base.astype(dtype), features, _share(s, BEGIN, SLOW).astype(dtype))


def _between(racer: Racer, s: Array, low: float, high: float) -> tuple[Array, Array]:
    """Hold a scaled time where a form is good; return the place of the bound there too.

    A bound that goes away never comes to some scaled times: it is not followed beyond 20.
    """
    held = jnp.clip(s, low, high)
    floor = jnp.where(racer.c < 0, 0.05, 0.0)
    return held, 1.0 / jnp.maximum(1.0 + racer.c * held, floor)


def _share(s: Array, turn: float, power: int) -> Array:
    """Rise from 0 to 1 around a turn."""
    return 1.0 / (1.0 + (turn / jnp.maximum(s, 0.05 * turn)) ** power)


def _tilt(racer: Racer, s: Array, room: Array) -> Array:
    """Return the exponent by which drift and the speed of the bound change a density."""
    kappa, c, z = racer
    return kappa * (room - z) - 0.5 * kappa * kappa * s * room + 0.5 * c * (room - z * z)


def _waves(racer: Racer, s: Array, room: Array, *, survival: bool) -> tuple[Array, Array]:
    """Return the two slowest waves at the bound, or between the walls, over the first's fading."""
    kappa, c, z = racer
    pressed = kappa * jnp.sqrt(room)
    squared = pressed * pressed
    pull = room * (kappa + c)
    pull = room * (kappa + c * (1.0 - 1.0 / (2.0 + jnp.maximum(pull, 0.0))))
    pull = jnp.maximum(pull, -5.0)
    sizes, squares = [], []
    for wave, sign in ((1, 1.0), (2, -1.0)):
        w = _wave(pressed, wave)
        square = w * w
        both = square + squared
        size = w * jnp.sin(w * (1.0 - z)) * both / (both + pressed)
        if survival:
            edge = sign * jnp.exp(-pull) * (pull - pressed) / jnp.sqrt(both)
            size = size * (1.0 - edge) * 2.0 / (square + pull * pull)
        sizes.append(size)
        squares.append(square)
    first, second = sizes
    second = second * jnp.exp(-0.5 * (squares[1] - squares[0]) * s)
    return jnp.maximum(first + second, 0.1 * first), 0.5 * squares[0]


def _wave(k: Array, wave: int) -> Array:
    """Return a root of ``w cot w = -k``, which 0 lets through, by a polynomial."""
    x = 1.0 / (1.0 + NEARLY[wave] * k)
    series = _wave_series(wave)
    total = jnp.full_like(x, series[-1])
    for each in series[-2::-1]:
        total = total * x + float(each)
    return total


@cache
def _wave_series(wave: int) -> np.ndarray:
    def root(u: float) -> float:
        k = (2.0 / (1.0 + u) - 1.0) / NEARLY[wave]
        low, high = (wave - 0.5) * math.pi, wave * math.pi
        return brentq(lambda w: w * math.cos(w) + k * math.sin(w), low, high, xtol=1e-14)

    inner = chebyshev.chebinterpolate(np.vectorize(root), DEGREE)
    powers = np.polynomial.Polynomial(chebyshev.cheb2poly(inner))
    return powers(np.polynomial.Polynomial([-1.0, 2.0])).coef


def _features(racer: Racer, s: Array, room: Array) -> Array:
    kappa, c, z = racer
    columns = (jnp.log(s + 0.1), z, kappa, kappa * room, room, c / (3.0 + jnp.maximum(c, -1.0)))
    return jnp.stack(jnp.broadcast_arrays(*columns), axis=-1)
