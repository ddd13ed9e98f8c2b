"""Which variables of a PyMC model a person sees, and how they are shaped."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pymc as pm

TRIALS = "__obs__"
# Bambi's standard normal numbers behind a non-centred group effect and a Gaussian process.
_INTERNAL = ("_offset", "_weights_raw")


def visible(model: pm.Model, params: Sequence[str] = ()) -> list[Any]:
    """Return the variables of the posterior, in the order of the model's parameters.

    Parameters
    ----------
    model
        The PyMC model.
    params
        Names of the parameters in order; without them the order is the model's own.

    Returns
    -------
    list of TensorVariable
        Free variables and group effects; neither the numbers behind non-centred effects nor
        trial-wise parameters.
    """
    effects = [
        x for x in model.deterministics if TRIALS not in model.named_vars_to_dims.get(x.name, ())
    ]
    shown = [x for x in model.free_RVs if not x.name.endswith(_INTERNAL)] + effects
    return sorted(shown, key=lambda x: _place(x.name, params))


def _place(name: str, params: Sequence[str]) -> int:
    owners = [p for p in params if name == p or name.startswith(f"{p}_")]
    return list(params).index(max(owners, key=len)) if owners else len(params)


def shape_of(model: pm.Model, variable: Any) -> tuple[int, ...]:
    """Return the shape of a variable, whose dimensions Bambi leaves open in its type."""
    dims = model.named_vars_to_dims.get(variable.name)
    if dims:
        return tuple(len(model.coords[dim]) for dim in dims)
    return tuple(int(n) for n in variable.type.shape)


def coordinates(model: pm.Model, variables: Sequence[Any]) -> tuple[dict, dict]:
    """Return dimensions and coordinates of variables, as traces keep them."""
    dims = {
        x.name: list(model.named_vars_to_dims[x.name])
        for x in variables
        if model.named_vars_to_dims.get(x.name)
    }
    used = {dim for names in dims.values() for dim in names}
    return dims, {dim: np.asarray(model.coords[dim]) for dim in used}
