"""Priors of the spec as PyMC variables, truncated at the bounds of their parameter."""

from typing import Any

import numpy as np
import pymc as pm

from ssmkit.errors import refuse
from ssmkit.modelconfig.distributions import support
from ssmkit.spec import Prior

Bounds = tuple[float, float]


def variable(
    name: str, prior: Prior, bounds: Bounds, dims: Any = None, *, cliff: float = np.inf
) -> Any:
    """Add a free variable to the PyMC model in context.

    Parameters
    ----------
    name
        Name of the variable.
    prior
        What the person asked for, or the default.
    bounds
        Interval to which the prior is truncated where it reaches beyond.
    dims
        Dimensions of the variable, for a term of several coefficients.
    cliff
        From where on the data cannot be: samplers stay below, where the whole posterior is.

    Returns
    -------
    TensorVariable
        The random variable.

    Raises
    ------
    SsmkitError
        When the prior has to be truncated and PyMC cannot truncate it.
    """
    lower, upper = _cut(prior, bounds)
    other = {"dims": dims, **_below(cliff, prior, bounds)}
    if lower is None and upper is None:
        return getattr(pm, prior.name)(name, **prior.args, **other)
    if prior.name == "Uniform":
        # The same density, without the arithmetic of a truncation.
        low, high = prior.args["lower"], prior.args["upper"]
        return pm.Uniform(
            name,
            lower=low if lower is None else max(low, lower),
            upper=high if upper is None else min(high, upper),
            **other,
        )
    if prior.name == "Normal":
        return pm.TruncatedNormal(name, **prior.args, lower=lower, upper=upper, **other)
    try:
        plain = getattr(pm, prior.name).dist(**prior.args)
        return pm.Truncated(name, plain, lower=lower, upper=upper, **other)
    except NotImplementedError:
        refuse(
            f"params.{name}.prior",
            f"{prior} reaches beyond the bounds {bounds} of {name} and cannot be truncated",
            f"choose a prior inside {bounds}, for example a Normal, a Gamma or a Uniform",
        )


def _below(cliff: float, prior: Prior, bounds: Bounds) -> dict[str, Any]:
    """Return a transformation whose range ends at a cliff, where there is one."""
    low, high = support(prior.name, prior.args)
    low, high = max(low, bounds[0]), min(high, bounds[1])
    if not low < cliff < high or not np.isfinite(low):
        return {}
    return {"default_transform": pm.distributions.transforms.Interval(low, cliff)}


def _cut(prior: Prior, bounds: Bounds) -> tuple[float | None, float | None]:
    """Return the ends at which the prior has to be cut; None where its support ends by itself."""
    low, high = support(prior.name, prior.args)
    return (
        float(bounds[0]) if np.isfinite(bounds[0]) and bounds[0] > low else None,
        float(bounds[1]) if np.isfinite(bounds[1]) and bounds[1] < high else None,
    )
