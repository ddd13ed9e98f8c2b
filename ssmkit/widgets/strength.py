"""How strong the evidence is: a drift, or by how much the drift of one racer exceeds the others."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ssmkit.modelconfig.config import ModelConfig

STEPS = np.linspace(-1.0, 1.0, 13)
"""Multiples of the strength now at which choices and times are shown."""
LEAST = 0.1


@dataclass(frozen=True)
class Strength:
    """Strengths of the evidence, and the drifts that a model has at each.

    Parameters
    ----------
    x
        The strengths.
    drifts
        A vector for each drift.
    label
        What the strength is of.
    """

    x: np.ndarray
    drifts: dict[str, np.ndarray]
    label: str


def drifts(config: ModelConfig) -> tuple[str, ...]:
    """Return the drift of a model, or one for each of its racers; none where that is not clear.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> [drifts(get_config(name)) for name in ("angle", "lba3", "ddm_seq2_no_bias")]
    [('v',), ('v0', 'v1', 'v2'), ()]
    """
    if "v" in config.list_params:
        return ("v",)
    racers = tuple(f"v{i}" for i in range(len(config.choices)))
    return racers if set(racers) <= set(config.list_params) else ()


def strengths(config: ModelConfig, theta: Mapping[str, float]) -> Strength | None:
    """Return strengths of the evidence up to that of these parameters, for either response.

    Parameters
    ----------
    config
        The model.
    theta
        Its parameters now.

    Returns
    -------
    Strength or None
        Of a race it is the drift of the last racer minus the mean of the others, and the mean of
        all drifts stays as it is. None where no drift is one of a response.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> found = strengths(get_config("lba2"), {"A": 0.3, "b": 0.9, "v0": 0.5, "v1": 0.9})
    >>> found.label, [float(x[0].round(2)) for x in (found.x, *found.drifts.values())]
    ('v1 minus v0', [-0.4, 0.9, 0.5])
    """
    names = drifts(config)
    if not names:
        return None
    now = np.array([theta[name] for name in names])
    bounds = config.likelihood().bounds
    if len(names) == 1:
        x = STEPS * max(abs(now[0]), LEAST)
        return Strength(x, {names[0]: x}, f"drift {names[0]}")
    count, mean = len(now), now.mean()
    apart = now[:-1] - now[:-1].mean()
    strength = now[-1] - now[:-1].mean()
    reach = max(abs(strength), LEAST)
    # As far as no drift leaves its bounds.
    room = [mean + float(apart[i]) - bounds[name][0] for i, name in enumerate(names[:-1])]
    low = max(-reach, -0.999 * (mean - bounds[names[-1]][0]) * count / (count - 1))
    high = min(reach, 0.999 * min(room) * count)
    x = np.linspace(low, high, len(STEPS))
    made = {name: mean + float(apart[i]) - x / count for i, name in enumerate(names[:-1])}
    made[names[-1]] = mean + x * (count - 1) / count
    others = names[0] if count == 2 else "the mean of the others"
    return Strength(x, made, f"{names[-1]} minus {others}")
