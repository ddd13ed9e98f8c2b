"""From a spec and data to a PyMC model, for models whose parameters are shared by all trials."""

from typing import Any

import pandas as pd
import pymc as pm
import pytensor.tensor as pt

from ssmkit.inference.distribution import make
from ssmkit.inference.priors import variable
from ssmkit.spec import Column, ModelSpec, Vector

RESPONSE = "rt,response"


def build(spec: ModelSpec, data: pd.DataFrame) -> pm.Model:
    """Build the PyMC model of a spec.

    Bambi is not needed where no parameter has a formula, and without its import the first fit of a
    session starts seconds earlier.

    Parameters
    ----------
    spec
        A valid spec.
    data
        Its data; columns ``rt`` (seconds) and ``response``.

    Returns
    -------
    pymc.Model
        Free variables are the spec's free parameters, in the model's order.
    """
    lapse = None if spec.lapse is None else spec.lapse.distribution
    family = make(spec.model, spec.kind, spec.loglik, lapse)
    with pm.Model() as model:
        params = {
            item.name: variable(item.name, item.prior, item.truncation)
            if item.fixed is None
            else _fixed(item.fixed, data)
            for item in spec.resolved()
        }
        if lapse is not None:
            params.setdefault("p_outlier", spec.lapse.p)
        observed = data[list(RESPONSE.split(","))].to_numpy(dtype=float)
        family(RESPONSE, **params, observed=observed)
    return model


def _fixed(value: float | Column | Vector, data: pd.DataFrame) -> Any:
    return value if isinstance(value, float) else pt.as_tensor(value.of(data))
