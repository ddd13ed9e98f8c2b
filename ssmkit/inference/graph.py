"""From a spec and data to a PyMC model."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
import pymc as pm
import pytensor.tensor as pt

from ssmkit.errors import refuse
from ssmkit.inference.built import Built
from ssmkit.inference.distribution import make
from ssmkit.inference.missing import observed, pattern
from ssmkit.inference.priors import variable
from ssmkit.inference.rows import rows_of
from ssmkit.inference.traces import RESPONSE
from ssmkit.spec import Column, ModelSpec, Vector


def build(spec: ModelSpec, data: pd.DataFrame, namespace: Mapping[str, Any] | None = None) -> Built:
    """Build the PyMC model of a spec.

    Bambi is not needed where no parameter has a formula, and without its import the first fit of a
    session starts seconds earlier.

    Parameters
    ----------
    spec
        A valid spec.
    data
        Its data; columns ``rt`` (seconds) and ``response``.
    namespace
        Values of names in formulas that are no columns.

    Returns
    -------
    Built
        The free variables of its PyMC model are the spec's free parameters and coefficients.
    """
    items = spec.resolved(data, namespace)
    if any(item.formula is not None for item in items):
        if find_spec("bambi") is None:
            refuse(
                "bambi",
                "a formula is asked for, and the package bambi, which builds it, is not installed",
                "type pip install 'ssmkit[regressions]', or on Colab pip install 'ssmkit[colab]'",
            )
        from ssmkit.inference import regression

        return Built(spec, items, *regression.build(spec, items, data, namespace))
    lapse = None if spec.lapse is None else spec.lapse.distribution
    missing = pattern(spec.missing, data)
    rows = rows_of(spec, items, data, namespace) if missing is None else None
    family = make(spec.model, spec.kind, spec.loglik, lapse, missing, rows)
    with pm.Model() as model:
        params = {
            item.name: variable(
                item.name, item.prior, item.truncation, cliff=_cliff(item.name, spec, data)
            )
            if item.fixed is None
            else _fixed(item.fixed, data)
            for item in items
        }
        if lapse is not None:
            params.setdefault("p_outlier", spec.lapse.p)
        if missing is not None and missing.deadline:
            params["deadline"] = pt.as_tensor(spec.missing.seconds(data))
        family(RESPONSE, **params, observed=observed(data))
    return Built(spec, items, model)


def _fixed(value: float | Column | Vector, data: pd.DataFrame) -> Any:
    return value if isinstance(value, float) else pt.as_tensor(value.of(data))


def _cliff(name: str, spec: ModelSpec, data: pd.DataFrame) -> float:
    """Return where the likelihood falls from a height to 0, or infinity.

    No response comes before the non-decision time, and most densities fade in from there. Where one
    begins at a height, the posterior ends at the fastest response as if cut off, and a sampler that
    does not know spends itself on steps beyond.
    """
    ours = spec.config.abrupt and spec.loglik is None
    if name != "t" or not ours or spec.lapse is not None:
        return np.inf
    rt = data["rt"].to_numpy(float)
    return float(np.min(rt, initial=np.inf, where=rt > 0))
