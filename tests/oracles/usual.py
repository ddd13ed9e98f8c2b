"""One plausible person, and a box of people, of every model: parameters by their names."""

import numpy as np

from ssmkit.modelconfig import get_config

# How far a model's masses may be from each other where its density is a sum over few nodes.
ERROR = {"full_ddm": 5e-5}
CLOSED = 1e-8
# Densities that are sums or solutions, of which a test takes fewer.
COSTLY = {"full_ddm"}


def usual(model):
    """One person's parameters, in the model's order."""
    return dict(get_config(model).example)


def boxed(model, n, seed=0):
    """Draw n people of the box, whose responses may come from 0 s on."""
    rng = np.random.default_rng(seed)
    config = get_config(model)
    drawn = {name: rng.uniform(*config.box[name], 2 * n) for name in config.list_params}
    legal = np.full(2 * n, fill_value=True)
    for limit in config.limits:
        legal &= limit.holds(*(drawn[name] for name in limit.params))
    drawn = {name: x[legal][:n] for name, x in drawn.items()}
    if "st" in drawn:
        return drawn | {"t": drawn["st"]}
    return drawn | {"t": np.zeros(n)} if "t" in drawn else drawn


def error(model):
    return ERROR.get(model, CLOSED)


def many(model, n):
    """Return how many trials stand for n of a model whose density is quick."""
    return n // 10 if model in COSTLY else n
