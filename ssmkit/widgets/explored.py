"""What an explorer shows: a model at a set of parameters, computed once and kept for a while."""

from dataclasses import dataclass

import numpy as np

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.simulate.trajectory import Trajectory, draw_trajectory, require_bounds
from ssmkit.widgets.strength import Strength
from ssmkit.widgets.table import TAU, Table, tabulate

QUANTILES = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
PATHS = 8
ALL = "all trials"

type Values = tuple[float, ...]


@dataclass(frozen=True)
class Explored:
    """What an explorer shows.

    ``riddle`` is the seed of hidden parameters and the number of trials from them; ``guess`` are
    the values that were guessed last, and ``told`` whether the answer was asked for.
    """

    model: str
    values: Values
    view: str = "density"
    condition: str = ALL
    seed: int = 0
    riddle: tuple[int, int] | None = None
    guess: Values | None = None
    told: bool = False
    pinned: "Explored | None" = None


@dataclass(frozen=True)
class Walk:
    """Paths of evidence: the mean one, and some of the model's own."""

    mean: Trajectory
    paths: tuple[Trajectory, ...]


def walks(config: ModelConfig) -> bool:
    """Whether the model is a path between two bounds, which can be drawn."""
    try:
        require_bounds(config)
    except SsmkitError:
        return False
    return True


def table_of(model: str, values: Values) -> Table:
    """Return the densities at one set of parameters."""
    names = get_config(model).list_params
    return tabulate(model, {name: [x] for name, x in zip(names, values, strict=True)})


def by_strength(model: str, values: Values, strength: Strength) -> Table:
    """Return the densities at strengths of the evidence; a row for each."""
    names = get_config(model).list_params
    return tabulate(model, dict(zip(names, values, strict=True)) | strength.drifts)


def walk(model: str, values: Values, last: float, seed: int) -> Walk:
    """Return the paths of a model of two bounds, up to a time."""
    config = get_config(model)
    theta = dict(zip(config.list_params, values, strict=True))
    span = max(last - theta.get("t", 0.0), 0.1)
    rng = np.random.default_rng(seed)
    step = max(span / 400, 1e-3)
    mean = draw_trajectory(config, theta, rng, max_t=span, delta_t=step, noise=False)
    # A seed each, so that a path that ends elsewhere does not change the others.
    paths = tuple(
        draw_trajectory(config, theta, np.random.default_rng([seed, i]), max_t=span, delta_t=step)
        for i in range(PATHS)
    )
    return Walk(mean, paths)


def last_time(table: Table, row: int = 0) -> float:
    """Return a round time by which nearly all responses have come."""
    total = table.below[row].sum(axis=0)
    at = int(np.argmax(total >= 0.97 * total[-1])) if total[-1] > 0 else 0
    late = float(TAU[at] + table.onset[row])
    # Steps of the axis, so that it does not creep while a control is dragged.
    return next((x for x in (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0) if late <= x), 20.0)
