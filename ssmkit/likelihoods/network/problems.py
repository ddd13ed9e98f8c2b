"""What a network has to learn: a model's density over a box of people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from ssmkit.likelihoods.angle import log_angle
from ssmkit.likelihoods.ddm import log_ddm
from ssmkit.likelihoods.levy import log_levy
from ssmkit.likelihoods.moving import log_weibull
from ssmkit.likelihoods.network.densities import Parts, parts_angle, parts_ddm, parts_weibull
from ssmkit.likelihoods.network.flight import parts_levy
from ssmkit.likelihoods.network.leaky import parts_ornstein
from ssmkit.likelihoods.network.racer_parts import parts_finish, parts_survival
from ssmkit.likelihoods.network.racer_problems import (
    log_finish,
    log_first_of_two,
    log_unfinished,
)
from ssmkit.likelihoods.ornstein import log_ornstein

TIMES = 64
"""Decision times of each person and response."""
FIRST, LAST = 1e-3, 20.0
"""Decision times in seconds between which a network is trained and judged."""
STEP = np.log(LAST / FIRST) / TIMES
DEPTH = 20.0
"""A density below exp(-DEPTH) of its peak over the log of time is not learnt."""
AT_ONCE = 64


@dataclass(frozen=True)
class Problem:
    """One network to train.

    Parameters
    ----------
    exact
        The log density to learn, ``f(rt, response, *params)``.
    parts
        What is known of it, with the same arguments.
    box
        Parameter to (lower, upper), in the order of the arguments; without ``t``, which only
        shifts.
    trials
        The log density with which trials come at a time, with the same arguments: None is that of
        ``exact``.
    responses
        Codes of the responses.
    width
        Units of each of the three hidden layers.
    people
        Rows of parameters to train on.
    steps
        Steps of the optimiser.
    far
        A density that is so far from what is known, in log units, is not learnt: a few trials in a
        million, which would drown all others.
    """

    exact: Callable[..., Array]
    parts: Callable[..., Parts]
    box: Mapping[str, tuple[float, float]]
    trials: Callable[..., Array] | None = None
    responses: tuple[float, ...] = (-1.0, 1.0)
    width: int = 32
    people: int = 8_192
    steps: int = 20_000
    far: float = np.inf


@dataclass(frozen=True)
class Labels:
    """Inputs of a network, (n, inputs), what is left to say, and the probability each stands for.

    The probability is the density over the log of time, of one response of one person. What the
    network says is multiplied by its share.
    """

    features: np.ndarray
    residual: np.ndarray
    weight: np.ndarray
    share: np.ndarray


def labels(problem: Problem, people: int, seed: int) -> Labels:
    """Compute the exact density of random people at times that reach over their responses.

    Parameters
    ----------
    problem
        The network's task.
    people
        Number of rows of parameters, drawn uniformly from the box.
    seed
        Of the draws.

    Returns
    -------
    Labels

    Examples
    --------
    >>> made = labels(PROBLEMS["ddm"], 10, seed=0)
    >>> made.features.shape[1], bool(np.isfinite(made.residual).all())
    (2, True)
    """
    from ssmkit._compat import x64

    rng = np.random.default_rng(seed)
    low, high = np.array([*problem.box.values()]).T
    rows = rng.uniform(low, high, (people, len(low)))
    start = rng.uniform(size=people)
    order = [*problem.box]

    def of_person(person: tuple[Array, Array]) -> tuple[Array, ...]:
        row, start = person
        values = dict(zip(order, row, strict=True)) | {"t": 0.0}
        times = FIRST * jnp.exp(STEP * (start + jnp.arange(TIMES)))
        response, rt = jnp.meshgrid(jnp.array(problem.responses), times, indexing="ij")
        log_f = problem.exact(rt, response, **values)
        log_p = log_f if problem.trials is None else problem.trials(rt, response, **values)
        parts = problem.parts(rt, response, **values)
        share = jnp.broadcast_to(parts.share, rt.shape)
        base = jnp.where(parts.inside, parts.base, -jnp.inf)
        return log_f, log_p + jnp.log(rt), base, parts.features, share

    with x64(True):  # noqa: FBT003 - reads as a switch
        run = jax.jit(lambda *people: jax.lax.map(of_person, people, batch_size=AT_ONCE))
        log_f, log_g, base, features, share = (np.asarray(x) for x in run(rows, start))
    peak = np.max(log_g, axis=(1, 2), keepdims=True)
    with np.errstate(invalid="ignore"):
        kept = np.isfinite(log_f) & np.isfinite(base) & (log_g > peak - DEPTH)
        kept &= np.abs(log_f - base) < problem.far
    return Labels(
        features[kept].astype(np.float32),
        (log_f - np.where(kept, base, 0.0))[kept],
        np.exp(log_g[kept]) * STEP,
        share[kept],
    )


_DDM = {"v": (-3.0, 3.0), "a": (0.3, 2.5), "z": (0.02, 0.98)}
_ANGLE = {"v": (-3.0, 3.0), "a": (0.3, 3.0), "z": (0.1, 0.9), "theta": (-0.1, 1.3)}

_WEIBULL = {
    "v": (-2.5, 2.5),
    "a": (0.3, 2.5),
    "z": (0.2, 0.8),
    "alpha": (0.31, 4.99),
    "beta": (0.31, 6.99),
}
_ORNSTEIN = {"v": (-2.0, 2.0), "a": (0.3, 3.0), "z": (0.1, 0.9), "g": (-1.0, 1.0)}
_LEVY = {"v": (-3.0, 3.0), "a": (0.3, 3.0), "z": (0.1, 0.9), "alpha": (1.0, 2.0)}

_RACER = {"v": (0.0, 2.5), "a": (1.0, 3.0), "z": (0.0, 0.9), "theta": (-0.1, 1.45)}

PROBLEMS: Mapping[str, Problem] = MappingProxyType(
    {
        "ddm": Problem(log_ddm, parts_ddm, _DDM, steps=40_000),
        "angle": Problem(log_angle, parts_angle, _ANGLE, steps=40_000),
        "racer_finish": Problem(
            log_finish, parts_finish, _RACER, responses=(0.0,), width=16, people=16_384
        ),
        "racer_survival": Problem(
            log_unfinished,
            parts_survival,
            _RACER,
            trials=log_first_of_two,
            responses=(0.0,),
            width=24,
            people=16_384,
            steps=30_000,
        ),
        "weibull": Problem(
            log_weibull, parts_weibull, _WEIBULL, width=64, people=16_384, steps=60_000, far=4.0
        ),
        "levy": Problem(log_levy, parts_levy, _LEVY, width=64, people=16_384, steps=100_000),
        "ornstein": Problem(
            log_ornstein, parts_ornstein, _ORNSTEIN, width=48, people=16_384, steps=40_000, far=4.0
        ),
    }
)
