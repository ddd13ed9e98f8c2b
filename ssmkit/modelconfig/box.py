"""What follows from the box that people of the field live in: priors, and a network's support."""

from dataclasses import replace
from typing import Any

from ssmkit.modelconfig.config import Bounds, Likelihood


def uniform_priors(box: Bounds) -> dict[str, dict[str, Any]]:
    """Return a prior for each parameter that is uniform over its side of the box.

    Parameters
    ----------
    box
        Parameter to (lower, upper).

    Returns
    -------
    dict

    Examples
    --------
    >>> uniform_priors({"z": (0.0, 1.0)})
    {'z': {'name': 'Uniform', 'lower': 0.0, 'upper': 1.0}}
    """
    return {
        param: {"name": "Uniform", "lower": lower, "upper": upper}
        for param, (lower, upper) in box.items()
    }


def network_likelihood(
    name: str, exact: Likelihood, box: Bounds, module: str = "densities"
) -> Likelihood:
    """Return the likelihood by a network that was trained on an exact one over a box.

    Parameters
    ----------
    name
        The model.
    exact
        The likelihood that it was trained on, which also gives survival and choices.
    box
        Where it was trained, and the support of the parameters.
    module
        Of ``ssmkit.likelihoods.network``, where its density is.

    Returns
    -------
    Likelihood

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> get_config("ddm").likelihood("approx_differentiable").bounds["a"]
    (0.3, 2.5)
    """
    return replace(
        exact,
        kind="approx_differentiable",
        loglik=f"network.{module}.log_{name}_network",
        bounds=box,
        default_priors=uniform_priors(box),
        equation=(),
    )
