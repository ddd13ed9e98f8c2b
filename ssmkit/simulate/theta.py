"""Parameters as a person passes them, read into one vector for each parameter of the model."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.errors import did_you_mean, refuse, warn
from ssmkit.modelconfig.config import ModelConfig


def read_theta(config: ModelConfig, theta: Any) -> dict[str, np.ndarray]:
    """Read the parameters of n trials.

    Parameters
    ----------
    config
        The model.
    theta
        A dict (or data frame) of numbers and vectors of n values by parameter name, a list in the
        order of the parameters, or a matrix with a row for each of n trials.

    Returns
    -------
    dict of ndarray
        For each parameter, in the model's order, a vector of n values.

    Raises
    ------
    SsmkitError
        When a parameter is missing, is no number, has another length than the others, lies out of
        its bounds or where the model has no meaning together with another.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> read_theta(get_config("ddm"), {"v": [0.5, 1.0], "a": 1.5, "z": 0.5, "t": 0.3})["a"]
    array([1.5, 1.5])
    """
    named = _by_name(config, theta)
    unknown = [str(name) for name in named if name not in config.list_params]
    missing = [name for name in config.list_params if name not in named]
    if missing:
        given = f", and {', '.join(unknown)}, which it does not have, is" if unknown else ""
        refuse(
            "theta",
            f"{config.name} needs {', '.join(missing)}, which is not given{given}."
            + "".join(did_you_mean(name, missing) for name in unknown),
            f"give {', '.join(config.list_params)}",
        )
    if unknown:
        warn(
            "theta",
            f"{config.name} has no parameter {', '.join(unknown)}, which changes nothing here",
            f"leave it out; the parameters are {', '.join(config.list_params)}",
            stacklevel=4,
        )
    vectors = {name: _vector(name, named[name]) for name in config.list_params}
    lengths = {name: len(vector) for name, vector in vectors.items() if len(vector) != 1}
    if len(set(lengths.values())) > 1:
        refuse(
            "theta",
            f"the parameters have different lengths, {lengths}",
            "give each parameter one number, or one for each trial",
        )
    n = max(lengths.values(), default=1)
    for name, vector in vectors.items():
        _check_bounds(name, vector, config.likelihood().bounds[name])
    for limit in config.limits:
        if not np.all(limit.holds(*(vectors[name] for name in limit.params))):
            refuse("theta", limit.says, limit.fix)
    return {name: np.broadcast_to(vector, n) for name, vector in vectors.items()}


def _by_name(config: ModelConfig, theta: Any) -> dict[Any, Any]:
    if isinstance(theta, Mapping):
        return dict(theta)
    if isinstance(theta, pd.DataFrame):
        return {name: theta[name] for name in theta.columns}
    order = ", ".join(config.list_params)
    n_params = len(config.list_params)
    if isinstance(theta, list | tuple) and any(np.ndim(item) == 0 for item in theta):
        values, where = list(theta), f"has {len(theta)} items"
    else:
        matrix = _matrix(theta, order)
        values = list(matrix.T)
        where = f"has the shape {matrix.shape}"
    if len(values) != n_params:
        refuse(
            "theta",
            f"theta {where}, and {config.name} has {n_params} parameters",
            f"give {order}, in this order",
        )
    return dict(zip(config.list_params, values, strict=True))


def _matrix(theta: Any, order: str) -> np.ndarray:
    fix = f"give a dict, a list of {order}, or a matrix with these columns"
    try:
        matrix = np.asarray(theta, dtype=float)
    except (TypeError, ValueError):
        refuse("theta", f"theta is {type(theta).__name__}, which cannot be read as numbers", fix)
    if matrix.ndim not in {1, 2}:
        refuse("theta", f"theta has {matrix.ndim} dimensions", fix)
    return matrix


def _vector(name: str, values: Any) -> np.ndarray:
    try:
        vector = np.atleast_1d(np.asarray(values, dtype=float))
    except (TypeError, ValueError):
        refuse(f"theta.{name}", f"{name} is {values!r}, which is no number", f'write "{name}": 1.0')
    if vector.ndim > 1 or len(vector) == 0:
        refuse(
            f"theta.{name}",
            f"{name} has the shape {vector.shape}",
            "give one number, or a vector with one for each trial",
        )
    return vector


def _check_bounds(name: str, vector: np.ndarray, bounds: tuple[float, float]) -> None:
    lower, upper = bounds
    bad = ~(np.isfinite(vector) & (vector >= lower) & (vector <= upper))
    if bad.any():
        refuse(
            f"theta.{name}",
            f"{name} is {vector[bad][0].item()!r}"
            + (f" (and {bad.sum() - 1} more values are no better)" if bad.sum() > 1 else ""),
            f"choose {name} in {bounds}, which it must lie in",
        )
