"""What if: parameters and coefficients held at other values than those that were estimated."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from ssmkit.errors import did_you_mean, refuse
from ssmkit.inference.built import Built


def intervene(
    built: Built, draws: xr.Dataset, data: pd.DataFrame, do: Mapping[str, Any] | None
) -> tuple[xr.Dataset, dict[str, np.ndarray]]:
    """Hold parameters and coefficients at given values.

    Parameters
    ----------
    built
        The model.
    draws
        Draws of its visible variables.
    data
        The trials.
    do
        Name to value: a parameter of the model, on its natural scale, a number or one a trial; or
        a coefficient of a regression, on the scale of its link, a number or one for each of its
        levels.

    Returns
    -------
    Dataset
        The draws, with coefficients replaced.
    dict
        The parameters that are held, a value for all or one a trial.

    Raises
    ------
    SsmkitError
        For a name that the model does not have, or a value that it cannot have.

    Notes
    -----
    What is held no longer depends on anything, the do-operator of Pearl (2009). All else keeps its
    draws.
    """
    items = {item.name: item for item in built.items}
    bounds = {name: item.bounds for name, item in items.items()}
    if built.spec.lapse is not None:
        bounds["p_outlier"] = (0.0, 1.0)
    held: dict[str, np.ndarray] = {}
    for name, given in (do or {}).items():
        path, value = f"do.{name}", np.asarray(given)
        if value.dtype.kind not in "iuf" or not np.isfinite(value).all():
            refuse(path, f"{given!r} is no number", f'write do={{"{name}": 1.0}}')
        value = value.astype(float)
        if name in bounds:
            held[name] = _parameter(path, value, bounds[name], len(data))
        elif name in draws.data_vars:
            draws = draws.assign({name: _coefficient(path, value, draws[name])})
        else:
            options = [*bounds, *(str(x) for x in draws.data_vars)]
            refuse(
                path,
                f"the model has no '{name}'.{did_you_mean(name, options)}",
                f"use {', '.join(dict.fromkeys(options))}",
            )
    return draws, held


def _parameter(
    path: str, value: np.ndarray, bounds: tuple[float, float], trials: int
) -> np.ndarray:
    if value.shape not in ((), (trials,)):
        refuse(
            path,
            f"it has the shape {value.shape}, and there are {trials} trials",
            "give one number, or one a trial",
        )
    low, high = bounds
    outside = value[~((low <= value) & (value <= high))]
    if outside.size:
        refuse(
            path, f"{outside.flat[0]} is outside the bounds {bounds}", "give a value between them"
        )
    return value


def _coefficient(path: str, value: np.ndarray, drawn: xr.DataArray) -> xr.DataArray:
    rest = drawn.transpose("chain", "draw", ...).shape[2:]
    if value.shape not in ((), rest):
        refuse(
            path,
            f"it has the shape {value.shape}, and the coefficient {rest}",
            "give one number, or one for each of its levels",
        )
    kept = drawn.transpose("chain", "draw", ...)
    return kept.copy(data=np.broadcast_to(value, kept.shape).copy())
