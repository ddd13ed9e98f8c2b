"""The highest point of a density, and the most probable values of a model."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pymc as pm

from ssmkit._compat import quiet_truncation, x64
from ssmkit.errors import refuse
from ssmkit.inference.initial import unconstrained
from ssmkit.inference.variables import shape_of, visible


def climb(value_and_gradient: Callable, start: np.ndarray) -> np.ndarray:
    """Return the position of the highest density that is found from a start.

    Parameters
    ----------
    value_and_gradient
        Position to the log density and its gradient.
    start
        Position, (size,).

    Returns
    -------
    ndarray
        (size,).
    """
    from scipy.optimize import minimize

    def loss(position: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = value_and_gradient(position)
        # Where the density is zero the line search is told to come back.
        value = -float(value) if np.isfinite(value) else 1e300
        return value, -np.asarray(slope, float)

    return minimize(loss, np.asarray(start, float), jac=True, method="BFGS").x


def find_map(model: pm.Model, start: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values at which the posterior density is highest, on the natural scale.

    Parameters
    ----------
    model
        The PyMC model.
    start
        Natural values by name to begin at.

    Returns
    -------
    dict
        A number or an array for each visible variable.

    Raises
    ------
    SsmkitError
        When the density has no peak: it rises without end, as that of group effects does where
        their standard deviation goes to 0.

    Notes
    -----
    The density is that of the natural parameters, so the change of variables to the unconstrained
    space, in which the search runs, does not count.
    """
    import jax
    import jax.numpy as jnp
    from pymc.sampling.jax import get_jaxified_graph

    shapes = [shape_of(model, rv) for rv in model.free_RVs]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]

    def split(position: Any) -> list:
        parts = jnp.split(position, ends)
        return [jnp.reshape(part, shape) for part, shape in zip(parts, shapes, strict=True)]

    with x64(on=True), quiet_truncation():
        shown = visible(model)
        outputs = [model.logp(jacobian=False), *model.replace_rvs_by_values(shown)]
        graph = get_jaxified_graph(inputs=model.value_vars, outputs=outputs)
        density = lambda position: jnp.sum(graph(*split(position))[0])  # noqa: E731 - it is traced
        mode = climb(jax.jit(jax.value_and_grad(density)), unconstrained(model, dict(start)))
        value, *found = graph(*split(mode))
    if not np.isfinite(value) or not all(np.isfinite(x).all() for x in found):
        refuse(
            "find_MAP",
            "the posterior density rises without end, and has no highest point",
            "type model.sample(): draws describe such a posterior",
        )
    values = {x.name: np.asarray(y, float) for x, y in zip(shown, found, strict=True)}
    return {name: x.item() if x.ndim == 0 else x for name, x in values.items()}
