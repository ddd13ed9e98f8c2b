"""One plausible person, and a box of people, of every model: parameters by their names."""

import numpy as np

from ssmkit.modelconfig import get_config

USUAL = {
    "v": 0.8,
    "a": 1.2,
    "z": 0.45,
    "t": 0.3,
    "sv": 0.7,
    "theta": 0.3,
}
BOX = {
    "v": (-4, 4),
    "a": (0.3, 3),
    "z": (0.02, 0.98),
    "t": (0, 0),
    "sv": (0, 2.5),
    "theta": (-0.1, 1.3),
}
# How far a model's masses may be from each other where its density is a sum over few nodes.
ERROR = {}
CLOSED = 1e-8


def usual(model):
    """One person's parameters, in the model's order."""
    return {name: USUAL[name] for name in get_config(model).list_params}


def boxed(model, n, seed=0):
    """Draw n people, without non-decision time."""
    rng = np.random.default_rng(seed)
    return {name: rng.uniform(*BOX[name], n) for name in get_config(model).list_params}


def error(model):
    return ERROR.get(model, CLOSED)
