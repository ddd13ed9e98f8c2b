"""Simulated paths by ssm-simulators, with its faults worked round.

- Its clock sums float32 steps. With a step that float32 cannot add exactly, the sum drifts, a path
  takes more steps than the arrays have places, and memory is overwritten. Here the step is rounded
  up to the spacing of float32 numbers at the horizon, so that every sum is exact.
- It has no varying drift for every kind of bound: here drift, start and non-decision time are
  drawn for each trial instead.
- Of the Levy flight's alpha it takes the first trial's for all. Here trials are grouped by it.
- A path that is undecided at the horizon comes back with a time and a choice like any other. Here
  its deadline variants are used, which mark such paths, with arrays longer than the deadline.
"""

from importlib import import_module
from typing import Any

import numpy as np

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.config import ModelConfig

STEP = 1e-4
HORIZON = 20.0
OWN_ARGUMENTS = ("no_noise", "sigma_noise", "smooth_unif")
"""Arguments of the packaged simulator that may be passed along."""
VARIABILITIES = ("sv", "sz", "st")
TAKEN_ONCE = {"levy": "alpha"}
"""Simulator to the parameter that it takes from the first trial only."""
_UNDECIDED = -999.0


def draw_paths(
    config: ModelConfig,
    params: dict[str, np.ndarray],
    rng: np.random.Generator,
    delta_t: float = STEP,
    max_t: float = HORIZON,
    **kwargs: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate one path for each trial.

    Parameters
    ----------
    config
        The model.
    params
        A vector of n values for each parameter, in the model's order.
    rng
        Where the simulator's seed comes from.
    delta_t
        Step in seconds; the effective bound is too high by .58 sqrt(delta_t) (Siegmund, 1985).
    max_t
        Longest decision time in seconds.
    **kwargs
        ``no_noise``, ``sigma_noise`` or ``smooth_unif`` of ``ssms.basic_simulators.simulator``.

    Returns
    -------
    tuple of ndarray
        Response times in seconds and responses; infinity and 0 where a path is undecided.

    Raises
    ------
    SsmkitError
        For an argument that the simulator does not have, or a step that is not below the horizon.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> ones = np.ones(4)
    >>> params = {"v": 0.5 * ones, "a": ones, "z": 0.5 * ones, "t": 0.3 * ones}
    >>> rt, response = draw_paths(get_config("ddm"), params, np.random.default_rng(0))
    >>> bool((rt > 0.3).all())
    True
    """
    _check(delta_t, max_t, kwargs)
    if "." in config.simulator:
        module, function = config.simulator.rsplit(".", 1)
        draw = getattr(import_module(f"ssmkit.simulate.{module}"), function)
        return draw(config, params, rng, delta_t, max_t, **kwargs)
    from ssms.config import model_config

    delta_t = exact_step(delta_t, max_t)
    shift = params.get("t", np.zeros(1))
    n = len(next(iter(params.values())))
    # Non-decision times are added here: float32 would round them.
    theta = {name: np.zeros(n) if name == "t" else x for name, x in params.items()}
    theta["deadline"] = np.full(n, max_t)
    known = model_config[config.simulator]["params"]
    ours = [name for name in VARIABILITIES if name in theta and name not in known]
    shift = shift + vary(theta, {name: theta.pop(name) for name in ours}, rng)
    kwargs |= {"delta_t": delta_t, "max_t": 1.01 * max_t + 10 * delta_t}
    group = theta.get(TAKEN_ONCE.get(config.simulator, ""), np.zeros(n))
    tau, response = np.empty(n), np.empty(n)
    for value in np.unique(group):
        own = group == value
        some = {name: x[own] for name, x in theta.items()}
        tau[own], response[own] = _packaged(config.simulator, some, rng, kwargs)
    decided = tau != _UNDECIDED
    return np.where(decided, tau + shift, np.inf), np.where(decided, response, 0.0)


def _packaged(
    name: str, theta: dict[str, np.ndarray], rng: np.random.Generator, kwargs: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """Return decision times and responses of the packaged simulator."""
    from ssms.basic_simulators.simulator import simulator

    n = len(theta["deadline"])
    same = all(np.all(x == x[0]) for x in theta.values())
    out = simulator(
        {key: x[:1] if same else x for key, x in theta.items()},
        model=f"{name}_deadline",
        n_samples=n if same else 1,
        random_state=int(rng.integers(2**31)),
        **kwargs,
    )
    return out["rts"].reshape(-1), out["choices"].reshape(-1)


def refuse_arguments(config: ModelConfig, kwargs: dict[str, Any]) -> None:
    """Refuse arguments of the packaged simulator that one of our own has no use for."""
    for name in kwargs:
        refuse(name, f"the simulator of {config.name} has no use for {name}", "leave it out")


def vary(theta: dict[str, Any], own: dict[str, Any], rng: np.random.Generator) -> Any:
    """Draw what varies between trials, in place.

    Parameters
    ----------
    theta
        Drift ``v``, bound ``a`` and start ``z``, numbers or vectors, which are changed.
    own
        ``sv``, ``sz`` and ``st``, those that there are.
    rng
        Where the random numbers come from.

    Returns
    -------
    array
        What the non-decision time is longer by, in seconds.
    """
    shape = np.shape(theta["a"])
    if "sv" in own:
        theta["v"] = theta["v"] + own["sv"] * rng.normal(size=shape)
    if "sz" in own:
        theta["z"] = theta["z"] + own["sz"] * rng.uniform(-1, 1, shape) / (2 * theta["a"])
    return own["st"] * rng.uniform(-1, 1, shape) if "st" in own else 0.0


def exact_step(delta_t: float, max_t: float) -> float:
    """Return the step, rounded up so that float32 can add it exactly up to the horizon.

    Parameters
    ----------
    delta_t
        Wanted step in seconds.
    max_t
        Horizon in seconds.

    Returns
    -------
    float

    Examples
    --------
    >>> exact_step(1e-4, 20.0)
    0.0001010894775390625
    """
    spacing = float(np.spacing(np.float32(1.01 * max_t + 1)))
    return float(np.ceil(delta_t / spacing) * spacing)


def _check(delta_t: float, max_t: float, kwargs: dict[str, Any]) -> None:
    for name in kwargs:
        if name not in OWN_ARGUMENTS:
            refuse(
                name,
                f"simulate_data has no argument {name!r}.{did_you_mean(name, OWN_ARGUMENTS)}",
                f"leave it out; the simulator takes {', '.join(OWN_ARGUMENTS)}",
            )
    if not 0 < max_t < np.inf:
        refuse("max_t", f"the longest decision time is {max_t!r} s", "choose max_t=20.0")
    if not 0 < delta_t < max_t:
        refuse(
            "delta_t",
            f"the step of {delta_t!r} s is not between 0 and max_t, {max_t!r} s",
            f"choose delta_t={STEP}",
        )
