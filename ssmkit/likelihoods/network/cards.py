"""The card of a network: what it was trained on and how far from the truth it is."""

import json
from pathlib import Path
from typing import Any

import jax
import numpy as np

from ssmkit.errors import refuse
from ssmkit.likelihoods.network.mlp import FOLDER, Net, apply
from ssmkit.likelihoods.network.problems import FIRST, LAST, STEP, Problem, labels

HELD_OUT, HELD_OUT_SEED = 2_000, 1_000_003


def measure(problem: Problem, net: Net) -> dict[str, float]:
    """Measure a network against the exact density, on people it was not trained on.

    Parameters
    ----------
    problem, net
        The task and its network.

    Returns
    -------
    dict
        ``mean`` and ``quantile_99`` of the absolute error of the log density, over trials of the
        model; ``largest`` where the density over the log of time is above exp(-7) of a person's
        whole probability.

    Examples
    --------
    >>> from ssmkit.likelihoods.network import PROBLEMS
    >>> from ssmkit.likelihoods.network.mlp import shipped
    >>> measure(PROBLEMS["ddm"], shipped("ddm"))["mean"] < 0.002
    True
    """
    made = labels(problem, HELD_OUT, HELD_OUT_SEED)
    said = np.asarray(jax.jit(apply)(net, made.features), dtype=float)
    error = np.abs(made.share * said - made.residual)
    order = np.argsort(error)
    share = np.cumsum(made.weight[order]) / made.weight.sum()
    common = made.weight > np.exp(-7.0) * STEP
    return {
        "mean": float(np.sum(error * made.weight) / made.weight.sum()),
        "quantile_99": float(error[order][np.searchsorted(share, 0.99)]),
        "largest": float(error[common].max()),
    }


def write_card(
    name: str, problem: Problem, net: Net, seed: int, steps: int, path: Path, *, command: str
) -> dict[str, Any]:
    """Write the card of a network beside its weights, and return it."""
    card = {
        "model": name,
        "box": {param: list(bounds) for param, bounds in problem.box.items()},
        "decision_times_s": [FIRST, LAST],
        "trained_on": f"{problem.people:,} people drawn uniformly from the box, seed {seed}",
        "layers": [int(weights.shape[0]) for weights, _ in net.layers] + [1],
        "steps": steps,
        "held_out": f"{HELD_OUT:,} other people",
        "error_of_log_density": {k: float(f"{x:.2g}") for k, x in measure(problem, net).items()},
        "command": command,
    }
    path.write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    return card


def read_card(name: str) -> dict[str, Any]:
    """Return the card of a network that came with the package.

    Parameters
    ----------
    name
        The model.

    Returns
    -------
    dict
        Its box, training, and error against the exact density on people that it had not seen.

    Raises
    ------
    SsmkitError
        When there is no network of that model.

    Examples
    --------
    >>> read_card("ddm")["layers"]
    [2, 32, 32, 32, 1]
    """
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        there = ", ".join(sorted(x.stem for x in FOLDER.glob("*.json")))
        refuse("name", f"there is no network of {name!r}", f"use one of {there}")
    return json.loads(path.read_text("utf-8"))
