"""Simulated races of any number of racers, which 0 reflects."""

from typing import Any

import numpy as np

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.simulate.paths import refuse_arguments


def draw_race(
    config: ModelConfig,
    params: dict[str, np.ndarray],
    rng: np.random.Generator,
    delta_t: float,
    max_t: float,
    **kwargs: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate one race for each trial by Euler's method, as ssm-simulators does for up to four.

    Parameters
    ----------
    config
        The model.
    params
        A vector of n values for each parameter, in the model's order.
    rng
        Source of the noise.
    delta_t
        Step in seconds; the effective bound is too high by 1.17 sqrt(delta_t): half of that at
        the bound (Siegmund, 1985), half where 0 reflects.
    max_t
        Longest decision time in seconds.
    **kwargs
        ``no_noise`` and ``sigma_noise``.

    Returns
    -------
    tuple of ndarray
        Response times in seconds and responses; infinity and 0 where no racer has come.

    Raises
    ------
    SsmkitError
        For an argument that has no use here.

    Examples
    --------
    >>> from ssmkit.modelconfig.race import race_config
    >>> config = race_config(5)
    >>> params = {name: np.full(3, x) for name, x in config.example.items()}
    >>> rt, response = draw_race(config, params, np.random.default_rng(0), 1e-3, 20.0)
    >>> bool((rt > 0.3).all())
    True
    """
    sigma = 0.0 if kwargs.pop("no_noise", False) else kwargs.pop("sigma_noise", 1.0)
    refuse_arguments(config, kwargs)
    v = np.stack([params[f"v{i}"] for i in range(len(config.choices))])
    a, t = params["a"], params["t"]
    speed = np.tan(params.get("theta", np.zeros_like(a)))
    rt, response = np.full(len(a), np.inf), np.zeros(len(a))
    x, running = np.tile(params["z"] * a, (len(v), 1)), np.arange(len(a))
    for step in range(1, int(max_t / delta_t * (1 + 1e-9)) + 1):
        noise = sigma * np.sqrt(delta_t) * rng.standard_normal(x.shape)
        x = np.maximum(x + v[:, running] * delta_t + noise, 0.0)
        first = x.argmax(axis=0)
        ended = x.max(axis=0) >= a[running] - speed[running] * step * delta_t
        rt[running[ended]] = step * delta_t + t[running[ended]]
        response[running[ended]] = first[ended]
        x, running = x[:, ~ended], running[~ended]
        if not len(running):
            break
    return rt, response
