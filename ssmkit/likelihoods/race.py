"""Races between any number of racers, which 0 reflects, to one bound that may move.

Racer i has evidence that starts at ``z a`` and moves with drift v_i and unit noise, independent of
the others'; evidence does not fall below 0. The first at the bound ``a - tau tan(theta)`` gives the
response, tau being the decision time. This is the race of ssm-simulators; see Usher & McClelland
(2001) for reflection, and Harrison (1985) for the motion.

The functions are made on demand, with a name that says which they are: ``log_race_no_bias_2``,
``log_survival_race_no_bias_angle_3``, ``choice_probability_race_no_bias_angle_4``. Their arguments
are the drifts ``v0``, ``v1`` and so on in units of evidence a second, not negative, the bound
``a``, the start ``z`` as a share of it, ``t``, the non-decision time in seconds, and with ``angle``
the angle ``theta`` in radians by which the bound turns down. Where theta is negative, the bound
moves away, and it may be that no racer ever comes there: mass, choice probabilities and survival
then leave room for that.

``a`` and ``z`` are told apart by the reflection at 0 alone: 1,000 trials of a usual person say well
how far the bound is from the start, ``a (1 - z)``, and hardly more (a correlation of .93 in the
posterior). Fix ``z``, or take ``prior_settings="scaled"``, unless there are many more.

A racer's density solves an integral equation of the second kind with a smooth kernel (Buonocore,
Nobile & Ricciardi, 1987), by Gauss and Legendre's rule. Drifts, ``a``, ``z`` and ``theta`` that are
the same for 8 trials or more, which their shapes say, are solved once for these; else once a trial.
The error of the log, weighted by the density, is below 1e-4 either way; float32 adds 1e-3.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.quadrature import choice_by_quadrature
from ssmkit.likelihoods.racers import called
from ssmkit.likelihoods.reflected import Racer, log_alone, log_shared
from ssmkit.likelihoods.sharing import chunked, over_rows, sharing

BATCH = {True: 8, False: 64}
"""Rows solved at once, which bounds the memory: shared, alone."""
NEAR = 1e-4
"""A start is held off the bound, in shares of it."""
CLOSED = 1e-5
"""A bound nearer to 0 than this share of ``a`` has closed; the density there is below exp(-999)."""
FOREVER = 1e8
_NAME = re.compile(r"(log_survival|log|choice_probability)_race_no_bias(_angle)?_(\d+)")
_DOCS = {
    "log": (
        "Log density of a response and its time in a race of reflected racers.",
        "-inf with gradient 0 where the density is 0.",
    ),
    "log_survival": (
        "Log probability of no response by a time in a race of reflected racers.",
        "0 up to the non-decision time.",
    ),
    "choice_probability": (
        "Probabilities of the responses in a race of reflected racers.",
        "Within 1,000 s, on a new last axis.",
    ),
}


def race_parameters(n: int, *, angle: bool = False) -> tuple[str, ...]:
    """Return the names of the parameters of the model, in order.

    Parameters
    ----------
    n
        Number of racers.
    angle
        Whether the bound moves.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> race_parameters(2, angle=True)
    ('v0', 'v1', 'a', 'z', 't', 'theta')
    """
    return (*(f"v{i}" for i in range(n)), "a", "z", "t", *(("theta",) if angle else ()))


def __getattr__(name: str) -> Callable[..., Array]:
    match = _NAME.fullmatch(name)
    if match is None or int(match[3]) < 2:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _named(name, match[1], int(match[3]), angle=bool(match[2]))


@cache
def _named(name: str, which: str, n: int, *, angle: bool) -> Callable[..., Array]:
    """Return one function of one model; the same one each time, so that programs are shared."""
    model = _Model(n, angle)
    function = {"log": model.log_f, "log_survival": model.log_s, "choice_probability": model.choice}
    before = {"log": ("rt", "response"), "log_survival": ("time",), "choice_probability": ()}[which]
    names = (*before, *race_parameters(n, angle=angle))
    summary, returns = _DOCS[which]
    doc = f"{summary}\n\nArguments: {', '.join(names)}; see :mod:`{__name__}`. {returns}"
    return called(name, names, function[which], doc)


class _Trials(NamedTuple):
    """Where racers can come to the bound, and log density and survival of each, on axis 0."""

    inside: Array
    legal: Array
    begun: Array
    log_g: Array
    log_s: Array


class _Model(NamedTuple):
    n: int
    angle: bool

    def log_f(self, rt: ArrayLike, response: ArrayLike, *params: ArrayLike) -> Array:
        trials, response = self._trials(rt, params), jnp.asarray(response)
        won = trials.log_g - trials.log_s
        first = won[0]
        for i in range(1, self.n):
            first = jnp.where(response == i, won[i], first)
        log_f = first + jnp.sum(trials.log_s, axis=0)
        return jnp.where(trials.inside, log_f, -jnp.inf)

    def log_s(self, time: ArrayLike, *params: ArrayLike) -> Array:
        trials = self._trials(time, params)
        late = jnp.where(trials.inside, jnp.sum(trials.log_s, axis=0), -jnp.inf)
        return jnp.where(trials.legal & ~trials.begun, 0.0, late)

    def choice(self, *params: ArrayLike) -> Array:
        t = params[self.n + 2]
        others = (*params[: self.n + 2], *params[self.n + 3 :])

        def log_f(tau: Array, response: Array, *others: Array) -> Array:
            first, last = others[: self.n + 2], others[self.n + 2 :]
            return self.log_f(tau, response, *first, 0.0, *last)

        return choice_by_quadrature(log_f, others, tuple(range(self.n)), like=t)

    def _trials(self, time: ArrayLike, params: Sequence[ArrayLike]) -> _Trials:
        dtype = jnp.result_type(float, time, *params)
        *drifts, a, z, t = (jnp.asarray(x, dtype) for x in params[: self.n + 3])
        slope = jnp.tan(jnp.asarray(params[-1], dtype)) if self.angle else jnp.zeros((), dtype)
        tau = jnp.asarray(time, dtype) - t
        least = float(jnp.finfo(dtype).tiny) ** 0.25
        legal = (a > least) & (z >= 0) & (z < 1)
        for v in drifts:
            legal = legal & (v >= 0)
        a, z = jnp.where(legal, a, 1.0), jnp.where(legal, jnp.minimum(z, 1.0 - NEAR), 0.5)
        drifts, slope = [jnp.where(legal, v, 1.0) for v in drifts], jnp.where(legal, slope, 0.0)
        begun = tau > least
        room = 1.0 - slope * (tau / a)
        inside = legal & begun & (tau < FOREVER) & (room > CLOSED)
        room, c = jnp.where(inside, room, 1.0), slope * a
        # Where there is no density, some time that there is for any bound.
        s = jnp.where(
            inside, jnp.where(inside, tau, 1.0) / (a * a) / room, 0.5 / (1.0 + jnp.abs(c))
        )
        log_g, log_s = _solved(s, inside, (*(v * a for v in drifts), c, z))
        # From scaled time to seconds.
        return _Trials(inside, legal, begun, log_g - 2.0 * jnp.log(a * room), log_s)


RACER = _Model(1, angle=True)
"""One racer alone."""


def _solved(s: Array, inside: Array, params: Sequence[Array]) -> tuple[Array, Array]:
    """Log density and survival of each racer; params are drifts, speed of the bound and start."""
    shape = jnp.broadcast_shapes(s.shape, *(x.shape for x in params))
    trials = sharing(shape, params)
    *kappa, c, z = map(trials.row, params)
    row = over_rows(_together if trials.shared else _apart)
    args = (trials.each(s), trials.each(inside), jnp.stack(kappa, axis=1), c, z)
    found = chunked(row, args, BATCH[trials.shared], forget=True)
    log_g, log_s = (jnp.moveaxis(trials.back(jnp.moveaxis(x, 1, -1), 1), -1, 0) for x in found)
    return log_g, log_s


def _together(s: Array, inside: Array, kappa: Array, c: Array, z: Array) -> tuple[Array, Array]:
    """Log density and survival of the racers of a row (n,) at all its times: (n, times)."""
    last = jnp.max(jnp.where(inside, s, 0.0))
    return jax.vmap(lambda k: log_shared(Racer(k, c, z), s, last))(kappa)


def _apart(s: Array, _: Array, kappa: Array, c: Array, z: Array) -> tuple[Array, Array]:
    """Log density and survival of the racers of a row (n,) at its one time: (n, 1)."""
    log_g, log_s = jax.vmap(lambda k: log_alone(Racer(k, c, z), s[0]))(kappa)
    return log_g[:, None], log_s[:, None]
