"""A model of one's own, from the function of its bounds or from its density."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.box import uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig
from ssmkit.modelconfig.registry import add

if TYPE_CHECKING:
    import numpy as np

BASE = ("v", "a", "z", "t")
_BOX = {"v": (-3.0, 3.0), "a": (0.3, 3.0), "z": (0.1, 0.9), "t": (0.001, 2.0)}
_SUPPORT = {"v": (-inf, inf), "a": (0.0, inf), "z": (0.0, 1.0), "t": (0.0, inf)}
_PERSON = {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3}
TIMES = (0.0, 1e-3, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Decision times in seconds at which a bound is tried."""


def register_model(
    name: str,
    *,
    params: Mapping[str, tuple[float, float]],
    boundary: Callable[..., Any] | None = None,
    loglik: Callable[..., Any] | None = None,
    choices: Sequence[int] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    description: str = "A model of one's own",
) -> None:
    """Add a model of one's own, for the rest of the session.

    Parameters
    ----------
    name
        What ``HSSM(model=...)`` will call it.
    params
        Parameter to the range in which people are expected, two finite numbers: the default prior
        is uniform there. With a ``boundary`` the model's parameters are ``v, a, z, t`` and then the
        bound's own; the ranges of these four may be left out.
    boundary
        ``boundary(tau, a, ...)`` in JAX: the distance of the bounds from 0 at decision times
        ``tau`` (seconds), an array, from parameters named as in ``params``. It is ``a`` at 0, and
        never negative: ``jnp.maximum(..., 0.0)`` where bounds meet.
    loglik
        Instead, a log density ``loglik(rt, response, *params)`` in JAX, with the parameters in the
        order of ``params``. One that is called ``t`` is taken as a non-decision time, which only
        shifts the density.
    choices
        Codes of the responses; needed with ``loglik``, and -1 and 1 with a ``boundary``.
    bounds
        Parameter to the widest range in which it has a meaning, where that is not what ``params``
        says (for ``v, a, z, t``: not the usual one).
    description
        One sentence.

    Raises
    ------
    SsmkitError
        When the name is taken, a range is not finite, or the function cannot be what was meant.

    Notes
    -----
    Density, gradient, survival, choice probabilities, exact draws and simulated paths follow from
    the bound by :func:`ssmkit.likelihoods.log_moving`; from a density, all but paths. A saved model
    names its model only: register it before it is loaded.

    Examples
    --------
    >>> import jax.numpy as jnp
    >>> import ssmkit
    >>> def bound(tau, a, tau_half):
    ...     return a / (1 + tau / tau_half)
    >>> ssmkit.register_model("hyperbolic", params={"tau_half": (0.2, 5)}, boundary=bound)
    >>> person = {"v": 1.0, "a": 1.2, "z": 0.5, "t": 0.3, "tau_half": 2.0}
    >>> ssmkit.simulate_data("hyperbolic", person, size=5, random_state=0, exact=True).shape
    (5, 2)
    """
    if not isinstance(name, str) or not name.isidentifier():
        refuse("name", f"{name!r} is no name", 'write letters, digits and _, such as "my_bound"')
    if (boundary is None) == (loglik is None):
        found = "neither is" if boundary is None else "both are"
        refuse("boundary", f"{found} given of boundary and loglik", "give one of the two")
    box = {param: _range(param, ends) for param, ends in params.items()}
    if boundary is not None:
        if choices is not None and tuple(choices) != (-1, 1):
            refuse("choices", f"a bound ends in -1 or 1, not {choices!r}", "leave choices out")
        own = {param: ends for param, ends in box.items() if param not in BASE}
        box = {param: box.get(param, _BOX[param]) for param in BASE} | own
        choices = (-1, 1)
        bound = _named(boundary, ("a", *own))
        values = _try_bound(bound, box, ("a", *own))
        functions = _of_bound(bound)
    elif not choices:
        refuse("choices", "the codes of the responses are not given", "write choices=(-1, 1)")
    else:
        bound = None
        values = _try_density(loglik, box, choices)
        functions = _of_density(loglik, tuple(box), tuple(choices))
    known = _SUPPORT if boundary is not None else {}
    support = {param: known.get(param, ends) for param, ends in box.items()}
    for param, ends in (bounds or {}).items():
        if param not in box:
            near = did_you_mean(param, box)
            refuse(f"bounds.{param}", f"{name} has no parameter {param!r}.{near}", "leave it out")
        support[param] = (float(ends[0]), float(ends[1]))
    if "t" in support:
        # Decision times are those of a non-decision time of 0.
        support["t"] = (min(support["t"][0], 0.0), support["t"][1])
    likelihood = Likelihood(
        kind="analytical",
        loglik=functions[0],
        survival=functions[1],
        choice=functions[2],
        backend="jax",
        bounds=support,
        default_priors=uniform_priors(box),
        equation=() if boundary is None else ("a", "z", *own),
    )
    person = _PERSON if boundary is not None else {}
    config = ModelConfig(
        name=name,
        description=description,
        list_params=tuple(box),
        choices=tuple(choices),
        likelihoods={"analytical": likelihood},
        example={
            param: person[param] if low < person.get(param, low) < high else (low + high) / 2
            for param, (low, high) in box.items()
        },
        box=box,
        simulator="moving.draw_moving" if boundary is not None else "moving.draw_decided",
        boundary=bound,
    )
    add(config, boundary or loglik, values)


def _range(param: str, ends: Any) -> tuple[float, float]:
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


def _named(boundary: Callable[..., Any], params: tuple[str, ...]) -> Callable[..., Any]:
    """Return the bound as a function of tau and its parameters in their order."""
    names = list(inspect.signature(boundary).parameters)
    if len(names) != len(params) + 1 or set(names[1:]) != set(params):
        refuse(
            "boundary",
            f"the function takes {', '.join(names) or 'nothing'}",
            f"let it take tau, {', '.join(params)}, the names of params",
        )

    def bound(tau: Any, *values: Any) -> Any:
        return boundary(tau, **dict(zip(params, values, strict=True)))

    return bound


def _try_bound(bound: Callable[..., Any], box: Mapping, names: tuple[str, ...]) -> "np.ndarray":
    """Refuse a bound that is none, at the corners of the box, and return its values there."""
    import jax
    import numpy as np

    corners = np.array(list(product(*(box[name] for name in names)))[:256])
    times = np.array(TIMES)[:, None]
    try:
        values = np.asarray(jax.jit(bound)(times, *corners.T))
        slopes = jax.jit(jax.grad(lambda args: bound(*args).sum()))((times[1:], *corners.T))
    except (jax.errors.JAXTypeError, TypeError, AttributeError, ValueError) as error:
        _untraceable("boundary", error)
    if values.shape != (len(times), len(corners)):
        refuse("boundary", "it does not return one distance for each tau", "let it use tau")
    wrong = "NaN or infinity" * bool(~np.isfinite(values).all()) or "a negative number" * bool(
        (values < 0).any()
    )
    if wrong:
        bad = (~np.isfinite(values)) | (values < 0)
        row, column = np.argwhere(bad)[0]
        where = ", ".join(f"{k}={x:g}" for k, x in zip(names, corners[column], strict=True))
        fix = "write jnp.maximum(..., 0.0) around it" if "neg" in wrong else "narrow the ranges"
        refuse("boundary", f"it returns {wrong} at tau={TIMES[row]:g}, {where}", fix)
    if not np.allclose(values[0], corners[:, 0], rtol=1e-4):
        refuse("boundary", "it is not a at tau = 0", "write a times a function that is 1 at 0")
    if not all(np.isfinite(slope).all() for slope in jax.tree.leaves(slopes)):
        refuse("boundary", "its slope is NaN or infinite", "use functions smooth for tau above 0")
    return values


def _try_density(loglik: Callable[..., Any], box: Mapping, choices: Sequence[int]) -> "np.ndarray":
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


def _of_bound(bound: Callable[..., Any]) -> tuple[Callable[..., Any], ...]:
    """Return density, survival and choice probabilities."""

    def log_f(rt: Any, response: Any, *params: Any) -> Any:
        from ssmkit.likelihoods.reading import log_moving

        return log_moving(bound, rt, response, *params)

    def log_survival(time: Any, *params: Any) -> Any:
        from ssmkit.likelihoods.moving import log_survival_moving

        return log_survival_moving(bound, time, *params)

    def choice(*params: Any) -> Any:
        from ssmkit.likelihoods.moving import choice_probability_moving

        return choice_probability_moving(bound, *params)

    return log_f, log_survival, choice


def _of_density(
    loglik: Callable[..., Any], names: tuple[str, ...], choices: tuple[int, ...]
) -> tuple[Callable[..., Any], ...]:
    """Return density, survival and choice probabilities."""
    at = names.index("t") if "t" in names else None

    def shifted(params: tuple) -> tuple[Any, list]:
        """Take out the non-decision time, which must not be a number to be integrated over."""
        params = list(params)
        return (0.0 if at is None else params.pop(at)), params

    def decided(tau: Any, response: Any, *params: Any) -> Any:
        params = list(params)
        if at is not None:
            params.insert(at, 0.0)
        return loglik(tau, response, *params)

    def log_survival(time: Any, *params: Any) -> Any:
        from ssmkit.likelihoods.quadrature import log_survival_by_quadrature

        shift, params = shifted(params)
        return log_survival_by_quadrature(decided, time - shift, params, choices)

    def choice(*params: Any) -> Any:
        from ssmkit.likelihoods.quadrature import choice_by_quadrature

        shift, params = shifted(params)
        return choice_by_quadrature(decided, params, choices, like=shift)

    return loglik, log_survival, choice
