"""The evidence of a trial on its way to a bound, as the simulator sees it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ssmkit.errors import refuse
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.simulate.paths import VARIABILITIES, exact_step, vary

_NOTHING = -999.0


@dataclass(frozen=True)
class Trajectory:
    """One trial: evidence at steps of the decision time, the upper bound, and the response.

    ``time`` and ``bound`` go on to the horizon, ``evidence`` ends at a bound; ``response`` is 0
    where it came to none. ``shift`` is how much later than the parameter ``t`` the path starts.
    """

    time: np.ndarray
    bound: np.ndarray
    evidence: np.ndarray
    response: int
    shift: float = 0.0


def draw_trajectory(
    config: ModelConfig,
    theta: dict[str, float],
    rng: np.random.Generator,
    *,
    max_t: float = 5.0,
    delta_t: float = 1e-3,
    noise: bool = True,
) -> Trajectory:
    """Simulate the evidence of one trial.

    Parameters
    ----------
    config
        A model of one path between an upper and a lower bound.
    theta
        A number for each parameter.
    rng
        Where the random numbers come from.
    max_t
        Horizon of the decision time in seconds.
    delta_t
        Step in seconds.
    noise
        Whether the path has noise, and the drift its variation; without, it is the mean drift's.

    Returns
    -------
    Trajectory

    Raises
    ------
    SsmkitError
        When the model is no path between two bounds.

    Notes
    -----
    Start, drift and bounds are those of ssm-simulators, whatever the model; the lower bound is
    the upper one's mirror image.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> angle = get_config("angle")
    >>> found = draw_trajectory(angle, dict(angle.example), np.random.default_rng(0))
    >>> round(float(found.evidence[0]), 2), round(float(found.bound[0]), 2)
    (0.12, 1.2)
    """
    require_bounds(config)
    delta_t = exact_step(delta_t, max_t)
    values = {name: float(theta[name]) for name in config.list_params}
    values |= {"t": 0.0} if "t" in values else {}
    known, _ = _of_simulator(config.simulator)
    size = 1.0 if noise else 0.0
    own = {name: size * values.pop(name) for name in VARIABILITIES if name in values}
    values |= {name: x for name, x in own.items() if name in known}
    shift = float(vary(values, {k: x for k, x in own.items() if k not in known}, rng))
    out = _simulator(config.simulator).simulate(
        values | {"deadline": max_t},
        n_samples=1,
        delta_t=delta_t,
        max_t=1.01 * max_t + 10 * delta_t,
        random_state=int(rng.integers(2**31)),
        no_noise=not noise,
    )
    evidence = out["metadata"]["trajectory"][:, 0].astype(float)
    bound = np.asarray(out["metadata"]["boundary"], dtype=float)
    time = delta_t * np.arange(len(bound))
    kept = time <= max_t
    evidence = evidence[evidence != _NOTHING][: kept.sum()]
    decided = float(np.ravel(out["rts"])[0]) != _NOTHING
    # The last step goes beyond the bound by what a step is.
    evidence = np.clip(evidence, -bound[: len(evidence)], bound[: len(evidence)])
    response = int(np.ravel(out["choices"])[0]) if decided else 0
    return Trajectory(time[kept], bound[kept], evidence, response, shift)


def require_bounds(config: ModelConfig) -> None:
    """Refuse a model that is no path between an upper and a lower bound."""
    _, particles = _of_simulator(config.simulator)
    if "." in config.simulator or len(config.choices) != 2 or particles != 1:
        refuse(
            "model",
            f"{config.name} is no path between two bounds: {config.description}",
            "choose a diffusion model, such as 'ddm' or 'angle'",
        )


@cache
def _simulator(name: str) -> Any:
    """Return a simulator with a horizon; kept, as making it takes as long as a path."""
    from ssms.basic_simulators.simulator_class import Simulator

    return Simulator(f"{name}_deadline")


@cache
def _of_simulator(name: str) -> tuple[tuple[str, ...], int | None]:
    """Parameters and number of particles of a simulator; kept, as the table makes copies of all."""
    from ssms.config import model_config

    known = model_config.get(name, {})
    return tuple(known.get("params", ())), known.get("n_particles")
