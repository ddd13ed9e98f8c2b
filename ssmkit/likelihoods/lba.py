"""The linear ballistic accumulator, of any number of accumulators (Brown & Heathcote, 2008).

Accumulator i starts anywhere between 0 and A with equal probability and rises in a straight line to
b, at a speed that varies between trials around its mean v_i. What becomes of speeds below 0 is a
matter of convention, and matters where a mean is not far above the standard deviation:

- truncated: each speed is normal, given that it is above 0 (the default, as in much of the field);
- conditional: speeds are normal, given that at least one of them is above 0;
- folded: a speed is the absolute value of a normal one, as ssm-simulators draws it.

The functions are made on demand, with a name that says which they are: ``log_lba3``,
``log_survival_lba2_t``, ``choice_probability_lba4_t_sd_folded``. Their arguments are ``A``, ``b``,
``v0``, ``v1`` and so on in units of evidence and evidence a second, then ``sd``, the standard
deviation of speeds (.1 where the name has none) and ``t``, the non-decision time in seconds (0
where the name has none).
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jax.scipy.special import log_ndtr
from jax.typing import ArrayLike

from ssmkit.likelihoods.quadrature import choice_by_quadrature
from ssmkit.likelihoods.racers import called, winner_and_losers
from ssmkit.likelihoods.uniform_start import log_slower, log_speed_density

SD = 0.1
"""Standard deviation of speeds where it is no parameter: it sets the unit of evidence."""
LATEST = 1e9
"""Seconds after which nothing is expected: slow speeds leave a tail that falls with a power."""
_NAME = re.compile(
    r"(log_survival|log|choice_probability)_lba(\d+)(_t)?(_sd)?(?:_(conditional|folded))?"
)
_DOCS = {
    "log": (
        "Log density of a response and its time in the linear ballistic accumulator.",
        "-inf with gradient 0 where the density is 0, which it is everywhere if A is above b.",
    ),
    "log_survival": (
        "Log probability of no response by a time in the linear ballistic accumulator.",
        "0 up to the non-decision time; -inf if A is above b.",
    ),
    "choice_probability": (
        "Probabilities of the responses in the linear ballistic accumulator.",
        "On a new last axis; NaN if A is above b.",
    ),
}


def lba_parameters(n: int, *, t: bool = False, sd: bool = False) -> tuple[str, ...]:
    """Return the names of the parameters of the model, in order.

    Parameters
    ----------
    n
        Number of accumulators.
    t, sd
        Whether the non-decision time and the standard deviation of speeds are parameters.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> lba_parameters(2, t=True)
    ('A', 'b', 'v0', 'v1', 't')
    """
    drifts = (f"v{i}" for i in range(n))
    return ("A", "b", *drifts, *(("sd",) if sd else ()), *(("t",) if t else ()))


def __getattr__(name: str) -> Callable[..., Array]:
    match = _NAME.fullmatch(name)
    if match is None or int(match[2]) < 2:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _named(name, match[1], int(match[2]), match[5], t=bool(match[3]), sd=bool(match[4]))


@cache
def _named(
    name: str, which: str, n: int, drift: str | None, *, t: bool, sd: bool
) -> Callable[..., Array]:
    """Return one function of one model; the same one each time, so that programs are shared."""
    law = _LAWS[drift or "truncated"]
    model = _Model(n, t, sd, law)
    function = {"log": model.log_f, "log_survival": model.log_s, "choice_probability": model.choice}
    before = {"log": ("rt", "response"), "log_survival": ("time",), "choice_probability": ()}[which]
    names = (*before, *lba_parameters(n, t=t, sd=sd))
    summary, returns = _DOCS[which]
    doc = f"{summary}\n\nArguments: {', '.join(names)}; see :mod:`{__name__}`. {returns}"
    return called(name, names, function[which], doc)


class _Frame(NamedTuple):
    """Where the density can be above 0, and speeds at the ends there; harmless ones elsewhere."""

    inside: Array
    tau: Array
    low: Array
    high: Array
    drifts: Array
    sd: Array


class _Model(NamedTuple):
    n: int
    t: bool
    sd: bool
    law: type["_Truncated"]

    def log_f(self, rt: ArrayLike, response: ArrayLike, *params: ArrayLike) -> Array:
        trial = self._frame(rt, params, response)
        log_f = self.law.log_first(response, trial.low, trial.high, trial.drifts, trial.sd)
        return jnp.where(trial.inside, log_f - jnp.log(trial.tau), -jnp.inf)

    def log_s(self, time: ArrayLike, *params: ArrayLike) -> Array:
        trial = self._frame(time, params)
        log_s = self.law.log_none(trial.low, trial.high, trial.drifts, trial.sd)
        legal, before = self._legal(params), self._decision_time(time, params) <= 0
        return jnp.where(
            trial.inside, jnp.minimum(log_s, 0.0), jnp.where(legal & before, 0.0, -jnp.inf)
        )

    def choice(self, *params: ArrayLike) -> Array:
        still = params[:-1] if self.t else params
        model = self._replace(t=False)
        shares = choice_by_quadrature(
            model.log_f, still, tuple(range(self.n)), last=LATEST, nodes=256
        )
        # A non-decision time has no influence but on the shape.
        legal = jnp.broadcast_to(
            self._legal(params), jnp.broadcast_shapes(*map(jnp.shape, params))
        )[..., None]
        return jnp.where(legal, shares, jnp.nan)

    def _decision_time(self, time: ArrayLike, params: Sequence[ArrayLike]) -> Array:
        dtype = jnp.result_type(float, time, *params)
        return jnp.asarray(time, dtype) - jnp.asarray(params[-1] if self.t else 0.0, dtype)

    def _legal(self, params: Sequence[ArrayLike]) -> Array:
        start, bound = jnp.asarray(params[0]), jnp.asarray(params[1])
        sd = jnp.asarray(params[2 + self.n] if self.sd else SD)
        return (start >= 0) & (bound >= start) & (bound > 0) & (sd > 0)

    def _frame(
        self, time: ArrayLike, params: Sequence[ArrayLike], response: ArrayLike = 0
    ) -> _Frame:
        tau = self._decision_time(time, params)
        dtype = tau.dtype
        start, bound, *drifts = (jnp.asarray(x, dtype) for x in params[: 2 + self.n])
        sd = jnp.asarray(params[2 + self.n] if self.sd else SD, dtype)
        # Below this, squares in a gradient would overflow.
        least = float(jnp.finfo(dtype).tiny) ** 0.2
        inside = self._legal(params) & (tau > least) & (sd > least) & (bound > least)
        tau = jnp.where(inside, tau, 1.0)
        start, bound = jnp.where(inside, start, 0.5), jnp.where(inside, bound, 1.0)
        sd = jnp.where(inside, sd, 1.0)
        # All of one shape, so that drifts can stand on an axis of their own before the others.
        shape = jnp.broadcast_shapes(inside.shape, *map(jnp.shape, (tau, response, sd, *drifts)))
        tau, sd, *drifts = (jnp.broadcast_to(x, shape) for x in (tau, sd, *drifts))
        drifts = jnp.where(inside, jnp.stack(drifts), 1.0)
        return _Frame(inside, tau, (bound - start) / tau, bound / tau, drifts, sd)


class _Truncated:
    """Each speed is normal, given that it is above 0."""

    @staticmethod
    def log_density(low: Array, high: Array, v: Array, sd: Array) -> Array:
        """Log of the mean speed density of one accumulator between two speeds."""
        return log_speed_density(low, high, v, sd) - log_ndtr(v / sd)

    @staticmethod
    def log_survival(low: Array, high: Array, v: Array, sd: Array) -> Array:
        return log_slower(low, high, v, sd) - log_ndtr(v / sd)

    @classmethod
    def log_first(
        cls, response: ArrayLike, low: Array, high: Array, drifts: Array, sd: Array
    ) -> Array:
        """Log of tau times the density of the winner's time, all others being later."""
        winner, losers = winner_and_losers(response, drifts)
        log_f = cls.log_density(low, high, winner, sd)
        return log_f + jnp.sum(cls.log_survival(low, high, losers, sd), axis=0)

    @classmethod
    def log_none(cls, low: Array, high: Array, drifts: Array, sd: Array) -> Array:
        return jnp.sum(cls.log_survival(low, high, drifts, sd), axis=0)


class _Folded(_Truncated):
    """Each speed is the absolute value of a normal one."""

    @staticmethod
    def log_density(low: Array, high: Array, v: Array, sd: Array) -> Array:
        return _log_sum(*log_speed_density(low, high, jnp.stack([v, -v]), sd))

    @staticmethod
    def log_survival(low: Array, high: Array, v: Array, sd: Array) -> Array:
        return _log_sum(*log_slower(low, high, jnp.stack([v, -v]), sd))


class _Conditional(_Truncated):
    """Speeds are normal, given that at least one of them is above 0."""

    @staticmethod
    def log_density(low: Array, high: Array, v: Array, sd: Array) -> Array:
        return log_speed_density(low, high, v, sd)

    @staticmethod
    def log_survival(low: Array, high: Array, v: Array, sd: Array) -> Array:
        return _log_sum(log_slower(low, high, v, sd), log_ndtr(-v / sd))

    @classmethod
    def log_first(
        cls, response: ArrayLike, low: Array, high: Array, drifts: Array, sd: Array
    ) -> Array:
        return super().log_first(response, low, high, drifts, sd) - cls._log_any(drifts, sd)

    @classmethod
    def log_none(cls, low: Array, high: Array, drifts: Array, sd: Array) -> Array:
        """Sum the ways of being late by the last one that goes up: no term is below 0."""
        down, late = jnp.zeros_like(low), jnp.full_like(low, -jnp.inf)
        rising, falling = log_slower(low, high, drifts, sd), log_ndtr(-drifts / sd)
        for slow, back in zip(rising, falling, strict=True):
            late = _log_sum(late + _log_sum(slow, back), down + slow)
            down = down + back
        return late - cls._log_any(drifts, sd)

    @staticmethod
    def _log_any(drifts: Array, sd: Array) -> Array:
        """Log probability that at least one speed is above 0."""
        return jnp.log(-jnp.expm1(jnp.sum(log_ndtr(-drifts / sd), axis=0)))


_LAWS = {"truncated": _Truncated, "conditional": _Conditional, "folded": _Folded}


def _log_sum(one: Array, two: Array) -> Array:
    """Log of a sum, with gradient 0 in a term that is 0, and where both are."""
    some = jnp.isfinite(one) | jnp.isfinite(two)
    one, two = (jnp.where(some, x, 0.0) for x in (one, two))
    return jnp.where(some, jnp.logaddexp(one, two), -jnp.inf)
