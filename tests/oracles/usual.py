"""One plausible person, and a box of people, of every model: parameters by their names."""

import numpy as np
import pytest

from ssmkit.modelconfig import get_config, list_models

# How far a model's masses may be from each other where its density is a sum over few nodes.
ERROR = {"full_ddm": 5e-5, "weibull": 2e-4, "exponential": 2e-4, "levy": 1e-3, "ornstein": 1e-5}
RACES = ("race_no_bias_angle_4", "race_no_bias_angle_2", "race_no_bias_4", "race_no_bias_2")
ERROR |= dict.fromkeys(RACES, 5e-5)
CLOSED = 1e-8
# Densities that are sums or solutions, or long to compile: a test takes fewer trials of them, and
# the laws that compile much are in the slower tier for them.
COSTLY = {"full_ddm", "lba2", "lba3", "lba2_t", "lba3_t", "weibull", "exponential", "levy"}
COSTLY |= {"ornstein", *RACES, "racer_finish", "racer_survival"}
# Of a family that one function makes, the first and the last are enough outside the slowest tier.
SIBLINGS = {"lba3", "lba2_t", "exponential", *RACES[1:]}


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


def slow(model):
    """A person who often takes longer than 2 s to decide."""
    change = {"v": 0.0, "a": 3.0, "theta": 0.0}
    if "A" in get_config(model).list_params:
        v = get_config(model).example["v0"]
        change = dict.fromkeys(("v0", "v1", "v2", "v3"), 0.3 * v) | {"b": 0.7}
    elif model in RACES:
        change |= dict.fromkeys(("v0", "v1", "v2", "v3"), 0.0)
    return {name: change.get(name, x) for name, x in usual(model).items()}


def in_steps(model, shift):
    """Parameters whose continuous path has the law of one in steps (Siegmund, 1985)."""
    params = usual(model)
    if "A" in params:  # drawn without steps
        return params
    if model in RACES:  # where 0 reflects, steps shift the walls too
        bound = params["a"] + 2 * shift
        return params | {"a": bound, "z": (params["a"] * params["z"] + shift) / bound}
    if "z" in params:
        params["z"] = (2 * params["a"] * params["z"] + shift) / (2 * (params["a"] + shift))
    params["a"] += shift
    return params


def error(model):
    return ERROR.get(model, CLOSED)


def many(model, n):
    """Return how many trials stand for n of a model whose density is quick."""
    return n // 10 if model in COSTLY else n


def each_model(models=None):
    """Return every model, or some, for a law that compiles much."""
    tier = dict.fromkeys(COSTLY, pytest.mark.full)
    tier |= dict.fromkeys(SIBLINGS, pytest.mark.study)
    return [pytest.param(x, marks=tier.get(x, ())) for x in models or list_models()]
