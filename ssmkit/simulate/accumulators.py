"""Our own simulators of races: of accumulators whose finishing times can be drawn as they are."""

from typing import Any

import numpy as np

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.simulate.paths import refuse_arguments

SD = 0.1
"""Standard deviation of the speeds of ballistic accumulators, where it is no parameter."""
Params = dict[str, np.ndarray]


def draw_lba(
    config: ModelConfig,
    params: Params,
    rng: np.random.Generator,
    delta_t: float,  # noqa: ARG001 - lines have no steps
    max_t: float,
    **kwargs: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw trials of ballistic accumulators with normal speeds, each given that it is positive.

    Parameters
    ----------
    config
        The model.
    params
        A vector of n values for each parameter.
    rng
        Source of all randomness.
    delta_t
        Has no use: lines have no steps.
    max_t
        Longest decision time in seconds.
    **kwargs
        Arguments of paths, which are refused.

    Returns
    -------
    tuple of ndarray
        Response times in seconds and responses; infinity and 0 where none has come by ``max_t``.

    Raises
    ------
    SsmkitError
        For any argument of paths.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> config = get_config("lba2")
    >>> params = {name: np.full(4, x) for name, x in config.example.items()}
    >>> rt, response = draw_lba(config, params, np.random.default_rng(0), 1e-4, 20.0)
    >>> bool((rt > 0).all())
    True
    """
    v, sd = _speeds(config, params)
    speed = rng.normal(v, sd)
    while (bad := speed <= 0).any():
        speed[bad] = rng.normal(v[bad], sd[bad])
    return _rise(config, params, speed, rng, max_t, kwargs)


def draw_lba_conditional(
    config: ModelConfig,
    params: Params,
    rng: np.random.Generator,
    delta_t: float,  # noqa: ARG001 - lines have no steps
    max_t: float,
    **kwargs: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw trials of ballistic accumulators, of which at least one rises; see :func:`draw_lba`.

    Examples
    --------
    >>> from ssmkit.modelconfig.lba import lba_config
    >>> config = lba_config(2, drift="conditional")
    >>> params = {name: np.full(4, x) for name, x in config.example.items()}
    >>> rt, _ = draw_lba_conditional(config, params, np.random.default_rng(0), 1e-4, 20.0)
    >>> bool((rt > 0).all())
    True
    """
    v, sd = _speeds(config, params)
    speed = rng.normal(v, sd)
    while (bad := (speed <= 0).all(axis=1)).any():
        speed[bad] = rng.normal(v[bad], sd[bad])
    return _rise(config, params, speed, rng, max_t, kwargs)


def draw_lba_folded(
    config: ModelConfig,
    params: Params,
    rng: np.random.Generator,
    delta_t: float,  # noqa: ARG001 - lines have no steps
    max_t: float,
    **kwargs: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw trials of ballistic accumulators with absolute speeds; see :func:`draw_lba`.

    Examples
    --------
    >>> from ssmkit.modelconfig.lba import lba_config
    >>> config = lba_config(2, drift="folded")
    >>> params = {name: np.full(4, x) for name, x in config.example.items()}
    >>> rt, _ = draw_lba_folded(config, params, np.random.default_rng(0), 1e-4, 20.0)
    >>> bool((rt > 0).all())
    True
    """
    v, sd = _speeds(config, params)
    return _rise(config, params, np.abs(rng.normal(v, sd)), rng, max_t, kwargs)


def _columns(config: ModelConfig, params: Params) -> np.ndarray:
    return np.column_stack([params[f"v{i}"] for i in range(len(config.choices))])


def _speeds(config: ModelConfig, params: Params) -> tuple[np.ndarray, np.ndarray]:
    v = _columns(config, params)
    sd = params.get("sd", np.full(len(v), SD))
    return v, np.broadcast_to(sd[:, None], v.shape)


def _rise(
    config: ModelConfig,
    params: Params,
    speed: np.ndarray,
    rng: np.random.Generator,
    max_t: float,
    kwargs: dict[str, Any],
) -> tuple[np.ndarray, np.ndarray]:
    start = rng.uniform(size=speed.shape) * params["A"][:, None]
    with np.errstate(divide="ignore"):
        time = np.where(speed > 0, (params["b"][:, None] - start) / np.abs(speed), np.inf)
    return _first(config, time, params, max_t, kwargs)


def _first(
    config: ModelConfig, time: np.ndarray, params: Params, max_t: float, kwargs: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """Return time and number of the first of the columns, in time."""
    refuse_arguments(config, kwargs)
    tau = time.min(axis=1)
    decided = tau <= max_t
    rt = np.where(decided, tau + params.get("t", 0.0), np.inf)
    return rt, np.where(decided, np.array(config.choices, float)[time.argmin(axis=1)], 0.0)
