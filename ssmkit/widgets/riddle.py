"""Hidden parameters, trials from them, and points for finding them."""

import numpy as np

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.widgets.explored import Values
from ssmkit.widgets.table import TAU, Table

HALF = 0.03
"""Divergence of a guess that gets half of the points: some 100 trials tell it from the truth."""


def points(nats: float) -> int:
    """Return the points of a guess, from how much less likely it makes a trial.

    Examples
    --------
    >>> points(0.0), points(0.03), points(3.0)
    (100, 50, 0)
    """
    return round(100 * 0.5 ** (nats / HALF))


def hidden_values(config: ModelConfig, seed: int) -> Values:
    """Return parameters of a plausible person, around the model's example.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> hidden_values(get_config("ddm"), 0) == hidden_values(get_config("ddm"), 0)
    True
    """
    rng = np.random.default_rng([seed, 7])
    for _ in range(200):
        near = {}
        for name, (low, high) in config.box.items():
            middle, reach = config.example[name], 0.25 * (high - low)
            x = rng.uniform(max(low, middle - reach), min(high, middle + reach))
            near[name] = float(f"{x:.2g}")
        if all(limit.holds(*(near[name] for name in limit.params)) for limit in config.limits):
            return tuple(near[name] for name in config.list_params)
    return tuple(config.example[name] for name in config.list_params)


def draw_trials(table: Table, codes: tuple[int, ...], count: int, seed: int) -> np.ndarray:
    """Return trials drawn from the first row of a table, (n, 2): seconds and response."""
    rng = np.random.default_rng(seed)
    shares = table.shares[0] / table.shares[0].sum()
    choice = rng.choice(len(codes), size=count, p=shares)
    u = rng.random(count)
    out = np.empty((count, 2))
    for i, code in enumerate(codes):
        own = table.below[0, i]
        rising = np.concatenate([[True], np.diff(own) > 0])
        mine = choice == i
        out[mine, 0] = np.interp(u[mine] * own[-1], own[rising], TAU[rising]) + table.onset[0]
        out[mine, 1] = code
    return out
