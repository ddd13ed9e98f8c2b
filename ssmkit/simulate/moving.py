"""Simulated paths between symmetric bounds that move in any way."""

from typing import Any

import numpy as np

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.simulate.exact import draw_exact
from ssmkit.simulate.paths import refuse_arguments

BLOCK = 256
"""Steps for which noise is drawn at once."""


def draw_moving(
    config: ModelConfig,
    params: dict[str, np.ndarray],
    rng: np.random.Generator,
    delta_t: float,
    max_t: float,
    **kwargs: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate one path for each trial by Euler's method.

    Parameters
    ----------
    config
        A model with a ``boundary``.
    params
        A vector of n values for each parameter, in the model's order.
    rng
        Source of the noise.
    delta_t
        Step in seconds; the effective bound is too high by .58 sqrt(delta_t) (Siegmund, 1985).
    max_t
        Longest decision time in seconds.
    **kwargs
        ``no_noise`` and ``sigma_noise``.

    Returns
    -------
    tuple of ndarray
        Response times in seconds and responses; infinity and 0 where a path is undecided.

    Raises
    ------
    SsmkitError
        For an argument that has no use here.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> config = get_config("exponential")
    >>> params = {name: np.full(3, x) for name, x in config.example.items()}
    >>> rt, response = draw_moving(config, params, np.random.default_rng(0), 1e-3, 20.0)
    >>> bool((rt > 0.3).all())
    True
    """
    sigma = 0.0 if kwargs.pop("no_noise", False) else kwargs.pop("sigma_noise", 1.0)
    refuse_arguments(config, kwargs)
    v, a, z, t, *own = params.values()
    bound = config.bound()
    n = len(v)
    rt, response = np.full(n, np.inf), np.zeros(n)
    x, running = a * (2.0 * z - 1.0), np.arange(n)
    for first in range(0, int(np.ceil(max_t / delta_t)), BLOCK):
        times = delta_t * np.arange(first + 1, first + 1 + BLOCK)[:, None]
        times = times[times[:, 0] <= max_t * (1 + 1e-9)]
        if not len(running) or not len(times):
            break
        noise = sigma * np.sqrt(delta_t) * rng.standard_normal((len(times), len(running)))
        rest = [each[running] for each in own]
        speed = v[running]
        if config.drift is not None:
            speed = np.asarray(config.drift(times - 0.5 * delta_t, speed, *rest))
        path = x + np.cumsum(speed * delta_t + noise, axis=0)
        limit = np.asarray(bound(times, a[running], *rest))
        out = np.abs(path) >= limit
        ended, step = out.any(axis=0), out.argmax(axis=0)
        which = running[ended]
        rt[which] = times[step[ended], 0] + t[which]
        response[which] = np.sign(path[step[ended], np.flatnonzero(ended)])
        x, running = path[-1, ~ended], running[~ended]
    return rt, np.where(np.isinf(rt), 0.0, np.where(response == 0, 1.0, response))


def draw_decided(
    config: ModelConfig,
    params: dict[str, np.ndarray],
    rng: np.random.Generator,
    delta_t: float,  # noqa: ARG001 - there are no steps
    max_t: float,
    **kwargs: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw from the density of a model of one's own, of whose paths nothing is known.

    Parameters
    ----------
    config, params, rng, delta_t, max_t, **kwargs
        As for :func:`draw_moving`.

    Returns
    -------
    tuple of ndarray
        As of :func:`draw_moving`.

    Raises
    ------
    SsmkitError
        For any argument of paths.
    """
    refuse_arguments(config, kwargs)
    rt, response = draw_exact(config.name, params, rng)
    late = rt - params.get("t", 0.0) > max_t
    return np.where(late, np.inf, rt), np.where(late, 0.0, response)
