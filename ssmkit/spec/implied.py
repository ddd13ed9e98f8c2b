"""What the priors of a formula say about the parameter itself, trial by trial."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.prior import Prior
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved
from ssmkit.spec.terms import design
from ssmkit.spec.values import Bounds


def implied_prior(
    spec: ModelSpec,
    data: Any,
    param: str,
    draws: int = 200,
    random_seed: int | None = None,
    *,
    namespace: Mapping[str, Any] | None = None,
) -> np.ndarray:
    """Draw a parameter of each trial from its prior, through formula, link and bounds.

    Parameters
    ----------
    spec
        A spec, or a model that has one.
    data
        The data frame, or other trials of the same design.
    param
        Name of the parameter.
    draws
        Number of draws.
    random_seed
        Seed; the same one gives the same draws.
    namespace
        Values of names in the formula that are no columns.

    Returns
    -------
    ndarray
        Shape (draws, trials), on the natural scale; NaN where a draw is outside the bounds, which
        the model excludes.

    Raises
    ------
    SsmkitError
        When there is no such parameter, or Bambi chooses its priors.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"x": [-1.0, 0.0, 1.0]})
    >>> spec = ModelSpec.build(data, include=[{"name": "t", "formula": "1 + x", "link": "log"}])
    >>> implied_prior(spec, data, "t", draws=4000, random_seed=0).mean(axis=0).round(1)
    array([0.3, 0.3, 0.3])
    """
    spec = getattr(spec, "spec", spec)
    names = [one.name for one in spec.params]
    if param not in names:
        refuse(
            "param",
            f"{spec.model} has no parameter {param!r}.{did_you_mean(str(param), names)}",
            f"use one of {', '.join(names)}",
        )
    rng = np.random.default_rng(random_seed)
    item = spec.resolve(param, data, namespace)
    if isinstance(item, Resolved):
        values = _one(item, data, draws, rng)
        return np.broadcast_to(values, (draws, len(data))).copy()
    values = item.link.backward(_line(item, data, namespace, draws, rng))
    lo, hi = item.bounds
    return np.where((values >= lo) & (values <= hi), values, np.nan)


def _one(item: Resolved, data: Any, draws: int, rng: np.random.Generator) -> np.ndarray:
    if item.fixed is None:
        return _draw(item.prior, (draws, 1), rng, item.truncation)
    return np.array([item.fixed]) if isinstance(item.fixed, float) else item.fixed.of(data)


def _line(
    item: Regression,
    data: Any,
    namespace: Mapping[str, Any] | None,
    draws: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the sum of the terms, shape (draws, trials)."""
    path = f"params.{item.name}"
    unknown = next((term for term, prior in item.priors.items() if prior is None), None)
    if unknown is not None:
        refuse(
            f"{path}.prior.{unknown}",
            "its prior is left to Bambi, which chooses when it sees the data",
            'write prior_settings="safe" or "scaled", or give the prior',
        )
    matrices = design(item.formula, data, namespace, f"{path}.formula")
    total = np.zeros((draws, len(data)))
    for name, term in ({} if matrices.common is None else matrices.common.terms).items():
        columns = np.asarray(term.data, dtype=float).reshape(len(data), -1)
        if term.kind == "offset":
            total += columns[:, 0]
        else:
            total += _coefficients(item.priors[name], (draws, columns.shape[1]), rng) @ columns.T
    for name, term in ({} if matrices.group is None else matrices.group.terms).items():
        groups = len(term.groups)
        shape = (draws, groups, term.data.shape[1] // groups)
        # The columns of a group stand side by side, as the last axis does here.
        effects = _coefficients(item.priors[name], shape, rng).reshape(draws, -1)
        total += (term.data @ effects.T).T
    return total


def _coefficients(
    prior: Prior | float, shape: tuple[int, ...], rng: np.random.Generator
) -> np.ndarray:
    if not isinstance(prior, Prior):
        return np.full(shape, prior)
    if not prior.hyperpriors:
        return _draw(prior, shape, rng)
    # A hyperprior is drawn once for all groups, and apart for each column of the term.
    above = (shape[0], 1, shape[-1])
    args = {arg: _coefficients(x, above, rng) for arg, x in prior.args.items()}
    if prior.name == "Normal" and "sigma" in args and prior.bounds is None:
        return rng.normal(args.get("mu", 0.0), args["sigma"], size=shape)
    out = np.empty(shape)
    for i, j in np.ndindex(shape[0], shape[-1]):
        numbers = {arg: float(x[i, 0, j]) for arg, x in args.items()}
        out[i, :, j] = _draw(Prior(prior.name, prior.bounds, **numbers), shape[1], rng)
    return out


def _draw(
    prior: Prior,
    shape: int | tuple[int, ...],
    rng: np.random.Generator,
    bounds: Bounds | None = None,
) -> np.ndarray:
    bounds = bounds or prior.bounds
    distribution = frozen(prior.name, prior.args)
    if bounds is None:
        return np.asarray(distribution.rvs(size=shape, random_state=rng))
    start, end = distribution.cdf(bounds[0]), distribution.cdf(bounds[1])
    return np.asarray(distribution.ppf(rng.uniform(start, end, size=shape)))
