"""What the priors of a formula say about the parameter itself, trial by trial."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ssmkit.errors import did_you_mean, refuse
from ssmkit.spec.drawing import draw_line, draw_prior
from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.resolved import Resolved
from ssmkit.spec.terms import design


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
    matrices = design(item.formula, data, namespace, f"params.{param}.formula")
    values = item.link.backward(draw_line(item, matrices, draws, rng)[0])
    lo, hi = item.bounds
    return np.where((values >= lo) & (values <= hi), values, np.nan)


def _one(item: Resolved, data: Any, draws: int, rng: np.random.Generator) -> np.ndarray:
    if item.fixed is None:
        return draw_prior(item.prior, (draws, 1), rng, item.truncation)
    return np.array([item.fixed]) if isinstance(item.fixed, float) else item.fixed.of(data)
