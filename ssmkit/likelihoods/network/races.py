"""Races of any number of reflected racers by two small networks, which all of them share.

A racer's density of finishing, and its probability of not having finished, are functions of four
numbers: the scaled time and, in the frame of the bound, its drift, the speed of the bound and the
start. So one network for each serves every race: the winner's log density and the log survival of
each loser are summed, at the same cost whether trials share parameters or not. The functions are
made on demand: ``log_race_no_bias_2_network``, ``log_race_no_bias_angle_4_network`` and so on, with
the arguments of those in :mod:`ssmkit.likelihoods.race`.
"""

import re
from collections.abc import Callable
from functools import cache

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.network.densities import said
from ssmkit.likelihoods.network.mlp import shipped
from ssmkit.likelihoods.network.racer_parts import parts_finish, parts_survival
from ssmkit.likelihoods.race import race_parameters
from ssmkit.likelihoods.racers import called, winner_and_losers

_NAME = re.compile(r"log_race_no_bias(_angle)?_(\d+)_network")


def __getattr__(name: str) -> Callable[..., Array]:
    match = _NAME.fullmatch(name)
    if match is None or int(match[2]) < 2:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _named(name, int(match[2]), angle=bool(match[1]))


@cache
def _named(name: str, n: int, *, angle: bool) -> Callable[..., Array]:
    names = ("rt", "response", *race_parameters(n, angle=angle))
    doc = (
        "Log density of a response and its time in a race of reflected racers, by networks.\n\n"
        f"Arguments: {', '.join(names)}; see :mod:`{__name__}`. -inf with gradient 0 where the"
        " density is 0."
    )

    def log_f(rt: ArrayLike, response: ArrayLike, *params: ArrayLike) -> Array:
        theta = params[n + 3] if angle else 0.0
        return _log_race(rt, response, params[:n], *params[n : n + 3], theta)

    return called(name, names, log_f, doc)


def _log_race(
    rt: ArrayLike,
    response: ArrayLike,
    drifts: tuple[ArrayLike, ...],
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Array:
    dtype = jnp.result_type(float, rt, *drifts, a, z, t, theta)
    shape = jnp.broadcast_shapes(*(jnp.shape(x) for x in (rt, response, *drifts, a, z, t, theta)))
    # With all axes of the trials, so that the racers' is one before them.
    columns = [jnp.asarray(v, dtype) for v in drifts]
    columns = [v.reshape((1,) * (len(shape) - v.ndim) + v.shape) for v in columns]
    each = jnp.stack(jnp.broadcast_arrays(*columns))
    winner, losers = winner_and_losers(response, jnp.where(each >= 0, each, 0.0))
    won = parts_finish(rt, response, winner, a, z, t, theta)
    lost = parts_survival(rt, response, losers, a, z, t, theta)
    log_s = jnp.minimum(said(lost, shipped("racer_survival")), 0.0)
    log_f = said(won, shipped("racer_finish")) + jnp.sum(log_s, axis=0)
    return jnp.where(won.inside & jnp.all(each >= 0, axis=0), log_f, -jnp.inf)
