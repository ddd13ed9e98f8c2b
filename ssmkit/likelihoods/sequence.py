"""Two diffusions in a row, one for each dimension of a choice between four."""

import math
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.scipy.special import logsumexp
from jax.typing import ArrayLike

from ssmkit.likelihoods.kernel import LOG_2PI, LOG_PI, PI

PAIRS = 16
"""Half the nodes of the convolution."""
DEPTH = 23.0
"""The two times that add less than exp(-DEPTH) of the density are left out."""
TIMES, TAIL = 48, 40.0
"""Nodes of the survival function, and how far down the tail, in logs, they go."""
FIRST, LAST = 1e-8, 1e8
"""Normalised times out of which the log density, below -1e7, is taken as -inf."""
SHORTEST = 1e-9
SWITCH = 1 / (2 * PI)  # where images and sines of a start in the middle are equally good


def log_ddm_seq2_no_bias(
    rt: ArrayLike,
    response: ArrayLike,
    vh: ArrayLike,
    vl1: ArrayLike,
    vl2: ArrayLike,
    a: ArrayLike,
    t: ArrayLike,
) -> Array:
    """Log density of two diffusions, the second of which begins when the first has ended.

    Parameters
    ----------
    rt
        Response time in seconds, of both decisions. All arguments broadcast.
    response
        Twice the first decision plus the second one, 1 for its upper bound and 0 for the lower:
        0, 1, 2 or 3.
    vh
        Drift a second of the first decision, about the high dimension.
    vl1, vl2
        Drift of the second decision, about the low dimension, after the first ended at its lower
        bound (``vl1``) and at its upper one (``vl2``).
    a
        Half the separation of the bounds, the same in both decisions; both start in the middle.
    t
        Non-decision time in seconds.

    Returns
    -------
    Array
        Log density a second, in the widest floating type of the arguments; -inf with gradient 0
        where the density is 0 (``rt <= t``, no room for a decision).

    Notes
    -----
    The density of the sum of two first-passage times. All that depends on the bounds hit is taken
    out of the convolution (Girsanov, 1960); what remains is summed by the trapezoidal rule over the
    logit of the share of time that the first decision took, which converges geometrically. The
    error of the log is below 1e-7 on average, weighted by the density, and below 1e-5 wherever the
    field's box has mass.

    Examples
    --------
    >>> person = {"vh": 1.0, "vl1": 0.5, "vl2": 1.5, "a": 1.0, "t": 0.3}
    >>> round(float(log_ddm_seq2_no_bias(1.5, 3, **person)), 3)
    -0.656
    """
    dtype = jnp.result_type(float, rt, vh, vl1, vl2, a, t)
    response = jnp.asarray(response)
    first, second = response >= 2, response % 2 == 1
    vh, vl1, vl2, a = (jnp.asarray(x, dtype) for x in (vh, vl1, vl2, a))
    vl = jnp.where(first, vl2, vl1)
    inside, a, s = _inside(jnp.asarray(rt, dtype) - jnp.asarray(t, dtype), a)
    tilt = a * (jnp.where(first, vh, -vh) + jnp.where(second, vl, -vl))
    log_f = _log_convolution(s, 2.0 * jnp.square(a * vh), 2.0 * jnp.square(a * vl))
    return jnp.where(inside, log_f - 2.0 * jnp.log(2.0 * a) + tilt, -jnp.inf)


def log_survival_ddm_seq2_no_bias(
    time: ArrayLike, vh: ArrayLike, vl1: ArrayLike, vl2: ArrayLike, a: ArrayLike, t: ArrayLike
) -> Array:
    """Log probability that the second decision has not ended by a time.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    vh, vl1, vl2, a, t
        As in :func:`log_ddm_seq2_no_bias`.

    Returns
    -------
    Array
        Log probability that the response time is above ``time``: 0 up to ``t``.

    Notes
    -----
    The density, summed over the responses, integrated by Gauss and Legendre's rule over the log of
    the times that are left: small probabilities keep their digits.

    Examples
    --------
    >>> person = {"vh": 1.0, "vl1": 0.5, "vl2": 1.5, "a": 1.0, "t": 0.3}
    >>> round(float(log_survival_ddm_seq2_no_bias(1.5, **person)), 3)
    -0.654
    """
    dtype = jnp.result_type(float, time, vh, vl1, vl2, a, t)
    args = jnp.broadcast_arrays(*(jnp.asarray(x, dtype) for x in (time, vh, vl1, vl2, a, t)))
    time, vh, vl1, vl2, a, t = args
    tau = time - t
    least = float(jnp.finfo(dtype).tiny) ** 0.25
    possible = (a > least) & (tau < LAST * 4.0 * a * a) & (time < jnp.inf)
    a, tau = jnp.where(possible, a, 1.0), jnp.where(possible, tau, 1.0)
    begun = tau > 0
    s = jnp.where(begun, tau, 0.0) * jnp.square(0.5 / a)
    branches = [_log_left(s, vh, vl1, a, -1.0), _log_left(s, vh, vl2, a, 1.0)]
    log_s = jnp.minimum(jnp.logaddexp(*branches), 0.0)
    return jnp.where(possible, jnp.where(begun, log_s, 0.0), -jnp.inf)


def choice_probability_ddm_seq2_no_bias(
    vh: ArrayLike, vl1: ArrayLike, vl2: ArrayLike, a: ArrayLike, t: ArrayLike
) -> Array:
    """Probabilities of the four responses.

    Parameters
    ----------
    vh, vl1, vl2, a, t
        As in :func:`log_ddm_seq2_no_bias`. All arguments broadcast; ``t`` has no influence.

    Returns
    -------
    Array
        Probabilities of the responses 0, 1, 2 and 3, on a new last axis.

    Examples
    --------
    >>> person = {"vh": 1.0, "vl1": 0.5, "vl2": 1.5, "a": 1.0, "t": 0.3}
    >>> [round(float(p), 3) for p in choice_probability_ddm_seq2_no_bias(**person)]
    [0.032, 0.087, 0.042, 0.839]
    """
    dtype = jnp.result_type(float, vh, vl1, vl2, a, t)
    args = jnp.broadcast_arrays(*(jnp.asarray(x, dtype) for x in (vh, vl1, vl2, a, t)))
    vh, vl1, vl2, a, _ = args
    each = [
        jax.nn.sigmoid(first * 2.0 * a * vh) * jax.nn.sigmoid(second * 2.0 * a * vl)
        for first, vl in ((-1.0, vl1), (1.0, vl2))
        for second in (-1.0, 1.0)
    ]
    return jnp.stack(each, axis=-1)


def _log_left(s: Array, vh: Array, vl: Array, a: Array, first: float) -> Array:
    """Log probability that a first decision ends at one bound, and both take longer than s."""
    alpha, beta = 2.0 * jnp.square(a * vh), 2.0 * jnp.square(a * vl)
    slowest = jnp.minimum(alpha, beta) + 0.5 * PI * PI
    # By then, next to nothing of both decisions has ended.
    first_time = 0.5 / (TAIL + 2.0 * a * (jnp.abs(vh) + jnp.abs(vl)))
    s = jnp.clip(s, jax.lax.stop_gradient(first_time), LAST / 10.0)
    low = jnp.log(s)
    high = jax.lax.stop_gradient(jnp.log(s + TAIL / slowest))
    points, weights = np.polynomial.legendre.leggauss(TIMES)
    shape = (TIMES, *(1,) * s.ndim)
    points, weights = (
        jnp.asarray(x, s.dtype).reshape(shape) for x in (0.5 + 0.5 * points, 0.5 * weights)
    )
    log_time = low + (high - low) * points
    log_f = _log_convolution(jnp.exp(log_time), alpha, beta) + log_time + jnp.log(weights)
    tilt = first * a * vh + jnp.logaddexp(a * vl, -a * vl)
    return logsumexp(log_f, axis=0) + jnp.log(high - low) + tilt


def _inside(tau: Array, a: Array) -> tuple[Array, Array, Array]:
    """Where there can be a density; a and time over the squared separation, safe elsewhere."""
    least = float(jnp.finfo(tau.dtype).tiny) ** 0.25
    area = 4.0 * a * a
    inside = (a > least) & (tau > FIRST * area) & (tau < LAST * area) & (tau < jnp.inf)
    tau, a = jnp.where(inside, tau, 1.0), jnp.where(inside, a, 1.0)
    return inside, a, tau * jnp.square(0.5 / a)


def _log_convolution(s: Array, alpha: Array, beta: Array) -> Array:
    """Log integral of k(x) k(s - x) exp(-alpha x - beta (s - x)) over x from 0 to s.

    With k the first passage of a motion without drift from the middle of (0, 1) to 0. The slower
    of the two falls is the same at all x; what the faster has more is left in the integral.
    """
    first_slower = alpha < beta
    least = jnp.where(first_slower, alpha, beta)
    surplus = jnp.where(first_slower, beta - alpha, alpha - beta)
    s, surplus = jnp.broadcast_arrays(s, surplus)
    return _log_tilted(s, surplus) - least * s


@jax.custom_jvp
def _log_tilted(s: Array, surplus: Array) -> Array:
    return _moments(s, surplus)[0]


@_log_tilted.defjvp
def _log_tilted_jvp(
    primals: tuple[Array, Array], tangents: tuple[Array, Array]
) -> tuple[Array, Array]:
    # The slopes are means under the integrand: one pass gives all, and no node is kept for later.
    log_total, by_s, by_surplus = _moments(*primals)
    return log_total, by_s * tangents[0] + by_surplus * tangents[1]


def _moments(s: Array, surplus: Array) -> tuple[Array, Array, Array]:
    """Log integral, and its slopes in the time and in the surplus."""
    # The exponent is near -1/(8 x) - 1/(8 (s - x)) - surplus x, and its largest value near here.
    share = 1.0 / jnp.sqrt(4.0 + 8.0 * surplus * s * s)
    share = jax.lax.stop_gradient(jnp.maximum(share, SHORTEST))
    reach = jax.lax.stop_gradient(_reach(s, share))
    peak = _from_middle(s * share).lead + _from_middle(s * (1.0 - share)).lead
    top = jax.lax.stop_gradient(peak - surplus * s * share)

    def add(sums: tuple[Array, ...], point: Array) -> tuple[tuple[Array, ...], None]:
        # Nodes lie symmetrically, so that a pair of kernels serves two of them.
        u = jnp.exp(-reach * point)
        long = 1.0 / (1.0 + u)
        short = u * long
        one, other = _from_middle(s * long), _from_middle(s * short)
        lead = one.lead + other.lead - top
        # d x = x (s - x) / s times the step of the logit
        weight = one.factor * other.factor * long * short
        near = weight * jnp.exp(lead - surplus * s * short)
        far = weight * jnp.exp(lead - surplus * s * long)
        steep = long * one.slope + short * other.slope
        parts = (near + far, near * short + far * long, (near + far) * steep)
        return tuple(x + y for x, y in zip(sums, parts, strict=True)), None

    points = jnp.asarray((np.arange(PAIRS) + 0.5) / PAIRS, s.dtype)
    none = jnp.zeros_like(s)
    (total, fall, steep), _ = jax.lax.scan(add, (none, none, none), points)
    log_total = jnp.log(total * s) + top + jnp.log(reach / PAIRS)
    return log_total, steep / total + 1.0 / s - surplus * fall / total, -s * fall / total


def _reach(s: Array, share: Array) -> Array:
    """Logit of the share of either time, beyond which the integrand does not count.

    Away from the largest value, the terms 1/(8 x) and 1/(8 (s - x)) of the exponent fall as
    p (exp(u) - 1 - u), with u the distance in logits and p the value of the term.
    """
    shorter, longer = 8.0 * DEPTH * s * share, 8.0 * DEPTH * s * (1.0 - share)
    peak = jnp.log((1.0 - share) / share)
    left = jnp.log1p(shorter + jnp.sqrt(2.0 * shorter)) + peak
    right = jnp.log1p(longer + jnp.sqrt(2.0 * longer)) - peak
    return jnp.maximum(left, right)


class _Kernel(NamedTuple):
    """Log of the leading term but for its power of time, the rest, and the slope of the log."""

    lead: Array
    factor: Array
    slope: Array


def _from_middle(x: Array) -> _Kernel:
    """First passage from the middle: images and sines are one polynomial (Jacobi's identity)."""
    early = x < SWITCH
    few = jnp.where(early, x, SWITCH)
    many = jnp.where(early, SWITCH, x)
    rate = 1.0 / few
    e = jnp.exp(jnp.where(early, -rate, -4.0 * PI * PI * many))
    factor = 1.0 + e * (5.0 * e * e - 3.0)
    lead = jnp.where(
        early, -0.125 * rate - math.log(2.0) - 0.5 * LOG_2PI, LOG_PI - 0.5 * PI * PI * many
    )
    turn = e * (15.0 * e * e - 3.0) / factor  # the slope of log factor, over that of log e
    slope = jnp.where(early, rate * (rate * (0.125 + turn) - 1.5), -PI * PI * (0.5 + 4.0 * turn))
    return _Kernel(lead, factor * jnp.where(early, rate * jnp.sqrt(rate), 1.0), slope)
