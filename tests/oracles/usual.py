"""One plausible person, and a box of people, of every model: parameters by their names."""

import numpy as np

from ssmkit.modelconfig import get_config

# How far a model's masses may be from each other where its density is a sum over few nodes.
ERROR = {}
CLOSED = 1e-8


def usual(model):
    """One person's parameters, in the model's order."""
    return dict(get_config(model).example)


def boxed(model, n, seed=0):
    """Draw n people, without non-decision time."""
    rng = np.random.default_rng(seed)
    box = get_config(model).box | {"t": (0.0, 0.0)}
    return {name: rng.uniform(*box[name], n) for name in get_config(model).list_params}


def error(model):
    return ERROR.get(model, CLOSED)
