"""Draws from the priors of a spec, by SciPy and by nothing of the engine that is fitted with."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ssmkit.errors import refuse
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec.prior import Prior
from ssmkit.spec.regression import Regression
from ssmkit.spec.values import Bounds


def draw_prior(
    prior: Prior,
    shape: int | tuple[int, ...],
    rng: np.random.Generator,
    bounds: Bounds | None = None,
) -> np.ndarray:
    """Draw from a prior, truncated at bounds.

    Parameters
    ----------
    prior
        The prior; its arguments are numbers.
    shape
        Shape of the draws.
    rng
        Where the random numbers come from.
    bounds
        Where it is truncated; None for the prior's own bounds.

    Returns
    -------
    ndarray

    Examples
    --------
    >>> prior = Prior("Normal", mu=0, sigma=1)
    >>> bool((draw_prior(prior, 100, np.random.default_rng(0), (0.0, 1.0)) > 0).all())
    True
    """
    bounds = bounds or prior.bounds
    distribution = frozen(prior.name, prior.args)
    if bounds is None:
        return np.asarray(distribution.rvs(size=shape, random_state=rng))
    start, end = distribution.cdf(bounds[0]), distribution.cdf(bounds[1])
    return np.asarray(distribution.ppf(rng.uniform(start, end, size=shape)))


def draw_line(
    item: Regression,
    matrices: Any,
    draws: int,
    rng: np.random.Generator,
    given: Mapping[str, Any] | None = None,
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Draw the coefficients of a regression, and the line that they make.

    Parameters
    ----------
    item
        The regression.
    matrices
        Its design, from :func:`ssmkit.spec.terms.design`.
    draws
        Number of draws.
    rng
        Where the random numbers come from.
    given
        Coefficients that are not drawn, by term.

    Returns
    -------
    tuple
        The sum of the terms on the scale of the link, (draws, trials); and by term the
        coefficients, (draws, coefficients), with what they were drawn from under
        ``"1|participant_sigma"``. A term of groups has the columns of a group side by side.

    Raises
    ------
    SsmkitError
        When Bambi chooses the prior of a term.
    """
    unknown = next((term for term, prior in item.priors.items() if prior is None), None)
    if unknown is not None:
        refuse(
            f"params.{item.name}.prior.{unknown}",
            "its prior is left to Bambi, which chooses when it sees the data",
            'write prior_settings="safe" or "scaled", or give the prior',
        )
    given = given or {}
    priors = {name: _held(name, prior, given) for name, prior in item.priors.items()}
    common = {} if matrices.common is None else matrices.common.terms
    group = {} if matrices.group is None else matrices.group.terms
    total: np.ndarray | float = 0.0
    found: dict[str, np.ndarray] = {}
    for name, term in common.items():
        columns = np.asarray(term.data, dtype=float)
        columns = columns.reshape(len(columns), -1)
        if term.kind == "offset":
            total = total + columns[:, 0]
            continue
        found[name], _ = _coefficients(priors[name], (draws, columns.shape[1]), rng)
        total = total + found[name] @ columns.T
    for name, term in group.items():
        groups = len(term.groups)
        shape = (draws, groups, term.data.shape[1] // groups)
        # The columns of a group stand side by side, as the last axis does here.
        effects, above = _coefficients(priors[name], shape, rng)
        found[name] = effects.reshape(draws, -1)
        found |= {f"{name}_{arg}": x.reshape(draws, -1) for arg, x in above.items()}
        held = {key: x for key, x in given.items() if key.startswith(f"{name}_")}
        found |= {key: np.tile(np.ravel(x).astype(float), (draws, 1)) for key, x in held.items()}
        total = total + (term.data @ found[name].T).T
    return np.asarray(total), found


def _held(name: str, prior: Any, given: Mapping[str, Any]) -> Any:
    """Return a prior with what is given in its place, or in that of its arguments."""
    if name in given or not isinstance(prior, Prior):
        return given.get(name, prior)
    above = {arg: given[f"{name}_{arg}"] for arg in prior.hyperpriors if f"{name}_{arg}" in given}
    return Prior(prior.name, prior.bounds, **dict(prior.args) | above) if above else prior


def _coefficients(
    prior: Prior | float, shape: tuple[int, ...], rng: np.random.Generator
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return coefficients, and the arguments of their prior that were drawn as well."""
    if not isinstance(prior, Prior):
        return np.full(shape, prior), {}
    if not prior.hyperpriors:
        return draw_prior(prior, shape, rng), {}
    # A hyperprior is drawn once for all groups, and apart for each column of the term.
    above = (shape[0], 1, shape[-1])
    args = {arg: _coefficients(x, above, rng)[0] for arg, x in prior.args.items()}
    drawn = {arg: args[arg] for arg in prior.hyperpriors}
    if prior.name == "Normal" and "sigma" in args and prior.bounds is None:
        return rng.normal(args.get("mu", 0.0), args["sigma"], size=shape), drawn
    out = np.empty(shape)
    for i, j in np.ndindex(shape[0], shape[-1]):
        numbers = {arg: float(x[i, 0, j]) for arg, x in args.items()}
        out[i, :, j] = draw_prior(Prior(prior.name, prior.bounds, **numbers), shape[1], rng)
    return out, drawn
