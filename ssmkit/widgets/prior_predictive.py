"""The reaction times that a spec expects before any data, exact for each of some draws of it.

Draws are the same random numbers whatever the priors, so that the picture moves as smoothly as a
control does. The non-decision time only shifts what a draw says, so that each draw has several.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import Prior
from ssmkit.spec.drawing import draw_line
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved, intersection
from ssmkit.spec.values import Bounds
from ssmkit.widgets.table import TAU, tabulate

WINDOW = (0.15, 5.0)
"""Reaction times that people have, in seconds."""
LAST, BINS, SHIFTS = 6.0, 75, 16
QUICK = ("ddm", "ddm_sdv", "angle", "angle_sdv")
"""Models of which 64 draws take as long as 32 of any other."""


@dataclass(frozen=True)
class PriorPredictive:
    """Densities of the reaction time of each response, on average over the prior.

    ``x`` are the middles of bins, ``heights`` (responses, bins); ``shares`` are of the responses
    at any time, ``outside`` is the share beyond the window of people, ``lost`` that of draws at
    which the model has no meaning, ``lapses`` that of trials which are lapses. ``heights`` are None
    where nothing is left.
    """

    x: np.ndarray
    heights: np.ndarray | None
    shares: tuple[float, ...]
    outside: float
    lost: float
    lapses: float = 0.0


@lru_cache(maxsize=256)
def law(prior: Prior) -> Any:
    """Return a prior as SciPy has it; to make one takes SciPy longer than to evaluate it."""
    return frozen(prior.name, prior.args)


@lru_cache(maxsize=256)
def mass_within(prior: Prior, bounds: Bounds) -> float:
    """Return the share of a prior within bounds.

    Examples
    --------
    >>> mass_within(Prior("Normal", mu=0, sigma=1), (0.0, float("inf")))
    0.5
    """
    cdf = law(prior).cdf
    low, high = intersection(law(prior).support(), prior.bounds)
    whole = cdf(high) - cdf(low)
    low, high = intersection((low, high), bounds)
    return float((cdf(high) - cdf(low)) / whole) if low < high and whole > 0 else 0.0


def simple_draws(item: Resolved, count: int, seed: int) -> np.ndarray:
    """Return draws of a parameter without formula, evenly spread over its prior; NaN where none."""
    rng = np.random.default_rng(seed)
    u = (rng.permutation(count) + rng.random(count)) / count
    own = law(item.prior)
    low, high = intersection(own.support(), item.truncation)
    if not low < high:
        return np.full(count, np.nan)
    start, end = own.cdf([low, high])
    return own.ppf(start + (end - start) * u) if end > start else np.full(count, np.nan)


def line_draws(item: Regression, matrices: Any, count: int, seed: int) -> np.ndarray:
    """Return draws of a parameter with a formula, (draws, trials); NaN out of its bounds."""
    eta = draw_line(item, matrices, count, np.random.default_rng(seed))[0]
    values = item.link.backward(eta)
    low, high = item.bounds
    return np.where((values >= low) & (values <= high), values, np.nan)


def values_of(item: Any, model: str, matrices: Any, data: Any, seed: int) -> np.ndarray:
    """Return draws of a parameter of a trial from the data, (draws, 1), of ``t`` more a row.

    Parameters
    ----------
    item
        The parameter, from :meth:`ModelSpec.resolved`.
    model
        Name of the model.
    matrices
        Its design, where it has a formula, from :func:`ssmkit.spec.terms.design`.
    data
        The data frame of the design, for a parameter fixed at a column.
    seed
        Seed of the draws.

    Returns
    -------
    ndarray
        NaN where the parameter is out of its bounds.
    """
    rows = 64 if model in QUICK else 32
    count = rows * (SHIFTS if item.name == "t" else 1)
    seed += 1000 * list(get_config(model).list_params).index(item.name)
    rng = np.random.default_rng(seed + 1)
    if isinstance(item, Regression):
        found = line_draws(item, matrices, count, seed)
        found = found[np.arange(count), rng.integers(found.shape[1], size=count)]
    elif item.fixed is None:
        found = simple_draws(item, count, seed)
    elif isinstance(item.fixed, float):
        found = np.full(count, item.fixed)
    else:
        found = rng.choice(item.fixed.of(data), count)
    return found.reshape(rows, -1)


def predict(model: str, values: Mapping[str, np.ndarray]) -> PriorPredictive:
    """Return what is expected of a trial, without lapses.

    Parameters
    ----------
    model
        Name of the model.
    values
        Draws of each parameter, from :func:`values_of`.

    Returns
    -------
    PriorPredictive

    Examples
    --------
    >>> from ssmkit.spec import ModelSpec
    >>> items = ModelSpec("ddm").resolved()
    >>> found = predict("ddm", {x.name: values_of(x, "ddm", None, None, 0) for x in items})
    >>> [round(share, 1) for share in found.shares]
    [0.5, 0.5]
    """
    config = get_config(model)
    full = dict(zip(values, np.broadcast_arrays(*values.values()), strict=True))
    good = np.all([np.isfinite(x) for x in full.values()], axis=0)
    for limit in config.limits:
        with np.errstate(invalid="ignore"):
            good &= limit.holds(*(full[name] for name in limit.params))
    edges = np.linspace(0, LAST, BINS + 1)
    middle = 0.5 * (edges[1:] + edges[:-1])
    rows = good.any(axis=1)
    if not rows.any():
        return PriorPredictive(middle, None, (np.nan,) * len(config.choices), 1.0, 1.0)
    # Rows without meaning get numbers of one that has it, so that as many rows are tabulated.
    some = np.where(rows, np.arange(len(rows)), np.argmax(rows))
    own = {k: x[:, 0][some] if k != "t" else np.zeros(len(rows)) for k, x in values.items()}
    table = tabulate(model, own)
    onset = np.asarray(config.onset(full), dtype=float) + np.zeros(good.shape)
    weights = good / good.sum()
    asked = np.concatenate([edges, WINDOW])
    below = np.zeros((len(config.choices), len(asked)))
    for row in np.flatnonzero(rows):
        tau = (asked[None, :] - onset[row][:, None])[good[row]]
        for choice, sums in enumerate(table.below[row]):
            at = np.interp(tau, TAU, sums, left=0.0)
            below[choice] += weights[row][good[row]] @ at
    heights = np.diff(below[:, : len(edges)], axis=1) / (edges[1] - edges[0])
    # Of so few draws the average is a little rough; neighbours smooth it.
    near = np.pad(heights, ((0, 0), (1, 1)), mode="edge")
    heights = (near[:, :-2] + 2 * heights + near[:, 2:]) / 4
    shares = weights.sum(axis=1) @ table.shares
    inside = float((below[:, -1] - below[:, -2]).sum())
    return PriorPredictive(
        middle,
        heights,
        tuple(map(float, shares)),
        float(np.clip(1 - inside, 0, 1)),
        float(1 - good.mean()),
    )


def with_lapses(found: PriorPredictive, share: float, times: Any) -> PriorPredictive:
    """Return what is expected when a share of the trials are lapses, as the likelihood has them.

    Parameters
    ----------
    found
        What is expected without, from :func:`predict`.
    share
        The share of lapses, on average over its prior.
    times
        The SciPy distribution of their times; each response is as likely as any other.

    Returns
    -------
    PriorPredictive

    Examples
    --------
    >>> bare = PriorPredictive(np.array([0.5, 1.5]), np.array([[0.6, 0.4]]), (1.0,), 0.0, 0.0)
    >>> with_lapses(bare, 0.5, law(Prior("Uniform", lower=0, upper=10))).heights.round(3).tolist()
    [[0.35, 0.25]]
    """
    if found.heights is None or share == 0:
        return found
    step = found.x[1] - found.x[0]
    edges = np.append(found.x - step / 2, found.x[-1] + step / 2)
    own = np.diff(times.cdf(edges)) / step
    count = len(found.shares)
    return replace(
        found,
        heights=(1 - share) * found.heights + share * own / count,
        shares=tuple((1 - share) * x + share / count for x in found.shares),
        outside=(1 - share) * found.outside + share * (1 - float(np.diff(times.cdf(WINDOW))[0])),
        lapses=share,
    )
