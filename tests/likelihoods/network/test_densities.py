"""Networks as densities: near the exact ones over trials, and never NaN."""

import jax
import numpy as np
import pytest
from oracles.usual import each_model, many

from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.density import bounded
from ssmkit.simulate.exact import draw_exact

MODELS = [x for x in list_models() if "approx_differentiable" in get_config(x).likelihoods]
pytestmark = [
    pytest.mark.usefixtures("x64"),
    pytest.mark.parametrize("model", each_model(MODELS)),
]


def people(model, n):
    rng = np.random.default_rng(0)
    box = get_config(model).box
    drawn = {name: rng.uniform(*bounds, n) for name, bounds in box.items()}
    # Opening bounds let paths never end.
    return drawn | ({"theta": np.abs(drawn["theta"])} if "theta" in drawn else {})


def test_over_trials_of_the_model_it_is_near(model):
    params = people(model, many(model, 4_000))
    rt, response = draw_exact(model, params, np.random.default_rng(1))
    exact, network = (
        np.asarray(jax.jit(bounded(get_config(model), kind))(rt, response, *params.values()))
        for kind in ("analytical", "approx_differentiable")
    )
    error = np.abs(exact - network)
    assert error.mean() < 0.004
    assert np.quantile(error, 0.99) < 0.05


def test_outside_its_box_there_is_no_density(model):
    config = get_config(model)
    density = bounded(config, "approx_differentiable")
    for name, (_, upper) in config.box.items():
        params = dict(config.example) | {name: upper + 0.01}
        assert density(0.9, 1, *params.values()) == -np.inf


def test_slopes_are_finite_everywhere(model):
    config = get_config(model)
    density = bounded(config, "approx_differentiable")
    row = np.array([*config.example.values()])
    slopes = jax.jit(jax.vmap(jax.grad(lambda rt, row: density(rt, 1, *row), 1), (0, None)))
    for dtype in (np.float32, np.float64):
        rt = np.array([0.0, 0.3, 0.300001, 0.35, 1.0, 5.0, 30.0, 1e4], dtype)
        assert np.isfinite(slopes(rt, row.astype(dtype))).all()
