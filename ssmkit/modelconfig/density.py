"""Densities by a model's name, with the bounds of its parameters as support."""

from collections.abc import Callable, Iterable, Mapping
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import Problem, SsmkitError, did_you_mean, refuse
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.lapse import frozen_lapse
from ssmkit.modelconfig.registry import get_config

if TYPE_CHECKING:
    from jax import Array
    from jax.typing import ArrayLike


def bounded(
    config: ModelConfig, kind: str | None = None, loglik: Callable[..., Any] | None = None
) -> Callable[..., "Array"]:
    """Return a log density that is -inf where a parameter is out of its bounds.

    Parameters
    ----------
    config
        The model.
    kind
        Kind of likelihood; None takes the model's first.
    loglik
        A log density ``f(rt, response, *params)`` in JAX to take instead of the model's own.

    Returns
    -------
    callable
        ``f(rt, response, *params)``, pure JAX; its gradient is 0 where it is -inf.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> density = bounded(get_config("ddm"))
    >>> float(density(0.8, 1, 1.0, -1.5, 0.5, 0.3))
    -inf
    """
    likelihood = config.likelihood(kind)
    function = likelihood.function() if loglik is None else loglik
    bounds = tuple(likelihood.bounds.values())

    def density(rt: "ArrayLike", response: "ArrayLike", *params: "ArrayLike") -> "Array":
        import jax.numpy as jnp

        inside, params = support(bounds, params)
        return jnp.where(inside, function(rt, response, *params), -inf)

    return density


def bounded_mixture(
    config: ModelConfig, kind: str | None = None, loglik: Callable[..., Any] | None = None
) -> Callable[..., "Array"]:
    """Return the log density of model and lapses, -inf where a parameter is out of its bounds.

    Parameters
    ----------
    config, kind, loglik
        As in :func:`bounded`.

    Returns
    -------
    callable
        ``f(rt, response, log_lapse, p_outlier, *params)``, pure JAX, with ``log_lapse`` the log
        density of a lapse at ``rt``. Where ``rt <= t`` the lapses alone remain; a parameter out of
        its bounds is impossible, lapse or not.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> density = bounded_mixture(get_config("ddm"))
    >>> float(density(0.8, 1, -3.0, 0.05, 1.0, -1.5, 0.5, 0.3))
    -inf
    """
    likelihood = config.likelihood(kind)
    function = likelihood.function() if loglik is None else loglik
    bounds = ((0.0, 1.0), *likelihood.bounds.values())

    def density(
        rt: "ArrayLike",
        response: "ArrayLike",
        log_lapse: "ArrayLike",
        p_outlier: "ArrayLike",
        *params: "ArrayLike",
    ) -> "Array":
        import jax.numpy as jnp

        from ssmkit.likelihoods import log_mixture

        inside, (p_outlier, *params) = support(bounds, (p_outlier, *params))
        log_f = function(rt, response, *params)
        mixture = log_mixture(log_f, log_lapse, p_outlier, len(config.choices))
        return jnp.where(inside, mixture, -inf)

    return density


def log_density(
    model: str,
    rt: "ArrayLike",
    response: "ArrayLike",
    *,
    kind: str | None = None,
    p_outlier: "ArrayLike" = 0.0,
    lapse: Any = None,
    **params: "ArrayLike",
) -> "Array":
    """Log density of responses and their times in a model, by its name.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    rt
        Response times in seconds. All arguments broadcast.
    response
        Responses in the model's codes.
    kind
        Kind of likelihood; None takes the model's first.
    p_outlier
        Probability of a lapse.
    lapse
        Distribution of a lapse's time, as a dict or a :class:`ssmkit.Prior`; None is
        Uniform(0, 20) seconds. It is evaluated by SciPy: under ``jax.jit``, ``rt`` must then be
        numbers and not traced.
    **params
        Every parameter of the model.

    Returns
    -------
    Array
        Log density a second; -inf where a parameter is out of its bounds.

    Raises
    ------
    SsmkitError
        For an unknown model or kind, a missing or unknown parameter, a response that is no choice
        of the model.

    Notes
    -----
    A lapse gives each response with equal probability, so that the mixture has mass 1.

    Examples
    --------
    >>> round(float(log_density("ddm", 0.8, 1, v=1.0, a=1.0, z=0.5, t=0.3)), 3)
    -0.13
    >>> round(float(log_density("ddm", 0.1, 1, v=1.0, a=1.0, z=0.5, t=0.3, p_outlier=0.05)), 3)
    -6.685
    """
    import jax
    import jax.numpy as jnp

    config = get_config(model)
    values = _ordered(config, params)
    if not isinstance(response, jax.core.Tracer):
        _check_choices(config, np.asarray(response))
    rt, response = jnp.asarray(rt), jnp.asarray(response)
    if isinstance(p_outlier, int | float) and p_outlier == 0:
        return bounded(config, kind)(rt, response, *values)
    log_lapse = jnp.asarray(frozen_lapse(lapse).logpdf(np.asarray(rt)), jnp.result_type(float))
    return bounded_mixture(config, kind)(rt, response, log_lapse, p_outlier, *values)


def log_survival(model: str, time: "ArrayLike", **params: "ArrayLike") -> "Array":
    """Log probability that there is no response by a time, by a model's name.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    time
        Seconds from the start of the trial, as a deadline. All arguments broadcast.
    **params
        Every parameter of the model.

    Returns
    -------
    Array
        Log probability; -inf where a parameter is out of its bounds. Paths that never end, which
        opening bounds have, count as no response.

    Raises
    ------
    SsmkitError
        For an unknown model, a missing or unknown parameter.

    Examples
    --------
    >>> round(float(log_survival("ddm", 0.8, v=1.0, a=1.0, z=0.5, t=0.3)), 3)
    -0.535
    """
    import jax.numpy as jnp

    config = get_config(model)
    likelihood = config.likelihood()
    inside, values = support(likelihood.bounds.values(), _ordered(config, params))
    return jnp.where(inside, likelihood.function("survival")(jnp.asarray(time), *values), -inf)


def choice_probability(model: str, **params: "ArrayLike") -> "Array":
    """Probability of each response, whenever it comes, by a model's name.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    **params
        Every parameter of the model. All arguments broadcast.

    Returns
    -------
    Array
        Probabilities on a new last axis, in the order of the model's choices; NaN where a
        parameter is out of its bounds. They sum to less than 1 where some paths never end, which
        opening bounds have.

    Raises
    ------
    SsmkitError
        For an unknown model, a missing or unknown parameter.

    Examples
    --------
    >>> choice_probability("ddm", v=0.0, a=1.0, z=0.5, t=0.3).round(3).tolist()
    [0.5, 0.5]
    """
    import jax.numpy as jnp

    config = get_config(model)
    likelihood = config.likelihood()
    inside, values = support(likelihood.bounds.values(), _ordered(config, params))
    return jnp.where(inside[..., None], likelihood.function("choice")(*values), jnp.nan)


def support(
    bounds: Iterable[tuple[float, float]], params: Iterable["ArrayLike"]
) -> tuple["Array", list["Array"]]:
    """Return where all parameters are in bounds, and parameters that are so everywhere.

    The density is then computed at legal values only, so that no NaN can leak into a gradient.
    """
    import jax.numpy as jnp

    inside, safe = jnp.asarray(True), []  # noqa: FBT003 - a constant of the formula
    for (lower, upper), param in zip(bounds, params, strict=True):
        legal = (jnp.asarray(param) >= lower) & (jnp.asarray(param) <= upper)
        inside = inside & legal
        safe.append(jnp.where(legal, param, _interior(lower, upper)))
    return inside, safe


def _interior(lower: float, upper: float) -> float:
    if isfinite(lower) and isfinite(upper):
        return (lower + upper) / 2
    if isfinite(lower):
        return lower + 1
    return upper - 1 if isfinite(upper) else 0.0


def _ordered(config: ModelConfig, params: Mapping[str, "ArrayLike"]) -> list["Array"]:
    import jax.numpy as jnp

    unknown = [name for name in params if name not in config.list_params]
    missing = [name for name in config.list_params if name not in params]
    usage = ", ".join(config.list_params)
    problems = [
        Problem(
            f"params.{name}",
            f"{config.name} has no parameter {name!r}.{did_you_mean(name, config.list_params)}",
            f"give {usage}",
        )
        for name in unknown
    ] + [
        Problem(
            f"params.{name}", f"{config.name} needs {name}, which is not given", f"give {usage}"
        )
        for name in missing
    ]
    if problems:
        raise SsmkitError(problems)
    # Columns of a data frame are welcome.
    return [jnp.asarray(params[name]) for name in config.list_params]


def _check_choices(config: ModelConfig, response: np.ndarray) -> None:
    if not np.isin(response, config.choices).all():
        found = sorted(set(response.ravel().tolist()) - set(config.choices), key=str)
        refuse(
            "response",
            f"{', '.join(map(str, found[:5]))} is no response of {config.name}",
            f"code responses as {', '.join(map(str, config.choices))}",
        )
