"""What a person's function of bounds, drift or density must be, and what is refused."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from ssmkit.errors import did_you_mean, refuse

if TYPE_CHECKING:
    import numpy as np

TIMES = (0.0, 1e-3, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Decision times in seconds at which a bound and a drift are tried."""
CORNERS = 256
"""Corners of the box at which they are tried, at most."""


def a_range(param: str, ends: Any) -> tuple[float, float]:
    try:
        low, high = map(float, ends)
    except (TypeError, ValueError):
        low = high = inf
    if not (isfinite(low) and isfinite(high) and low < high):
        refuse(
            f"params.{param}",
            f"the range of {param} is {ends!r}",
            f'give two finite numbers, the lower first: "{param}": (0.1, 5.0)',
        )
    return low, high


def named(
    path: str, function: Callable[..., Any], first: str, own: tuple[str, ...]
) -> tuple[Callable[..., Any], set[str]]:
    """Return a function of time as one of all parameters in their order, and those it takes.

    Parameters
    ----------
    path
        What it was given as, for the message.
    function
        Of tau, ``first``, and any of the model's own parameters, by name.
    first
        The parameter that it must take.
    own
        The model's own parameters.
    """
    names = list(inspect.signature(function).parameters)
    taken = set(names[1:])
    if first not in taken or not taken <= {first, *own} or len(names) != len(taken) + 1:
        refuse(
            path,
            f"the function takes {', '.join(names) or 'nothing'}",
            f"let it take tau, {', '.join((first, *own))}, the names of params",
        )

    def of_all(tau: Any, *values: Any) -> Any:
        given = dict(zip((first, *own), values, strict=True))
        return function(tau, **{name: given[name] for name in names[1:]})

    return of_all, taken


def all_taken(taken: set[str], own: tuple[str, ...]) -> None:
    """Refuse parameters that nothing depends on."""
    for param in own:
        if param not in taken:
            refuse(
                f"params.{param}",
                f"no function takes {param}.{did_you_mean(param, taken)}",
                "leave it out, or let boundary or drift take it",
            )


def tried_bound(bound: Callable[..., Any], box: Mapping, names: tuple[str, ...]) -> "np.ndarray":
    """Refuse a bound that is none, at the corners of the box, and return its values there."""
    import numpy as np

    values, corners = _tried("boundary", "distance", bound, box, names)
    _refuse_where("boundary", values, values < 0, "a negative number", names, corners)
    if not np.allclose(values[0], corners[:, 0], rtol=1e-4):
        refuse("boundary", "it is not a at tau = 0", "write a times a function that is 1 at 0")
    return values


def tried_drift(drift: Callable[..., Any], box: Mapping, names: tuple[str, ...]) -> "np.ndarray":
    """Refuse a drift that is none, at the corners of the box, and return its values there."""
    return _tried("drift", "drift", drift, box, names)[0]


def _tried(
    path: str, what: str, function: Callable[..., Any], box: Mapping, names: tuple[str, ...]
) -> tuple["np.ndarray", "np.ndarray"]:
    import jax
    import numpy as np

    corners = np.array(list(product(*(box[name] for name in names)))[:CORNERS])
    times = np.array(TIMES)[:, None]
    try:
        values = np.asarray(jax.jit(function)(times, *corners.T))
        slopes = jax.jit(jax.grad(lambda args: function(*args).sum()))((times[1:], *corners.T))
    except (jax.errors.JAXTypeError, TypeError, AttributeError, ValueError) as error:
        _untraceable(path, error)
    if values.shape != (len(times), len(corners)):
        refuse(path, f"it does not return one {what} for each tau", "let it use tau")
    _refuse_where(path, values, ~np.isfinite(values), "NaN or infinity", names, corners)
    if not all(np.isfinite(slope).all() for slope in jax.tree.leaves(slopes)):
        refuse(path, "its slope is NaN or infinite", "use functions smooth for tau above 0")
    return values, corners


def _refuse_where(
    path: str,
    values: "np.ndarray",
    bad: "np.ndarray",
    found: str,
    names: tuple[str, ...],
    corners: "np.ndarray",
) -> None:
    import numpy as np

    if not bad.any():
        return
    row, column = np.argwhere(bad)[0]
    where = ", ".join(f"{k}={x:g}" for k, x in zip(names, corners[column], strict=True))
    negative = bool(np.isfinite(values[row, column]))
    fix = "write jnp.maximum(..., 0.0) around it" if negative else "narrow the ranges"
    refuse(path, f"it returns {found} at tau={TIMES[row]:g}, {where}", fix)


def tried_density(loglik: Callable[..., Any], box: Mapping, choices: Sequence[int]) -> "np.ndarray":
    """Refuse a density that is none, and return some of its values."""
    import jax
    import numpy as np

    person = [sum(ends) / 2 for ends in box.values()]
    times = np.linspace(0.1, 3.0, 5)
    try:
        value = np.asarray(jax.jit(loglik)(times, np.full(5, choices[0]), *person))
    except (jax.errors.JAXTypeError, TypeError, AttributeError, ValueError) as error:
        _untraceable("loglik", error)
    if value.shape != times.shape or np.isnan(value).any():
        found = "NaN" if value.shape == times.shape else f"the shape {value.shape}"
        refuse("loglik", f"it returns {found} for 5 trials", "return one log density a trial")
    return value


def _untraceable(path: str, error: Exception) -> None:
    refuse(
        path,
        f"JAX cannot compute it: {str(error).splitlines()[0]}",
        "use jax.numpy instead of numpy and math, and jnp.where instead of if",
    )
