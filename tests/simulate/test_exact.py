import subprocess
import sys

import numpy as np
import pytest
from oracles.usual import boxed, each_model, error, many, usual
from scipy import stats

from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.density import choice_probability, log_survival
from ssmkit.simulate.exact import draw_exact, tabulate


@pytest.mark.parametrize("model", each_model())
@pytest.mark.usefixtures("x64")
def test_tabulated_mass_is_the_choice_probability(model):
    params = boxed(model, many(model, 200))
    mass = tabulate(model, np.column_stack([*params.values()]))[3].sum(axis=-1)
    exact = np.asarray(choice_probability(model, **params))
    # Bounds that collapse fast end the density with a steep edge, and so does a varying time; jumps
    # begin it at once.
    if {"theta", "beta", "alpha"} & set(params):
        steep = 5e-4
    elif "st" in params:
        steep = 2e-3
    else:
        steep = error(model) if get_config(model).likelihood().equation else 1e-2 * error(model)
    np.testing.assert_allclose(mass, exact, atol=steep)
    assert np.median(np.abs(mass - exact)) < 10 * error(model)


@pytest.mark.parametrize("model", each_model())
@pytest.mark.usefixtures("x64")
def test_draws_have_the_survival_function_and_the_choice_probabilities(model):
    """Thousands of trials of as many rows: Kolmogorov and Smirnov on the times, the normal law of
    a sum on the responses; false alarm 2e-6 a model."""
    n = many(model, 8_000)
    params = boxed(model, n, seed=1)
    if "t" in params:
        params["t"] = params["t"] + np.random.default_rng(2).uniform(0.1, 0.5, n)
    if "theta" in params:
        # Opening bounds let paths never end; they have a test of their own.
        params["theta"] = np.abs(params["theta"])
    rt, response = draw_exact(model, params, np.random.default_rng(3))
    assert np.isfinite(rt).all()
    uniform = np.asarray(np.exp(log_survival(model, rt, **params)))
    assert stats.kstest(uniform, "uniform").pvalue > 1e-6
    for choice, p in zip(
        get_config(model).choices, np.asarray(choice_probability(model, **params)).T, strict=True
    ):
        z = ((response == choice).sum() - p.sum()) / np.sqrt((p * (1 - p)).sum())
        assert abs(z) < stats.norm.isf(0.5e-6)


@pytest.mark.usefixtures("x64")
def test_time_and_response_belong_together():
    """Times of the rarer response against its own density; false alarm 1e-6."""
    import jax.numpy as jnp

    from ssmkit.modelconfig.density import log_density

    params = usual("ddm")
    n = 20_000
    rt, response = draw_exact(
        "ddm", {k: np.full(n, x) for k, x in params.items()}, np.random.default_rng(6)
    )
    slow = np.linspace(0.3 + 1e-6, 12, 40_001)
    density = np.asarray(jnp.exp(log_density("ddm", slow, -1, **params)))
    cdf = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2 * np.diff(slow))])
    uniform = np.interp(rt[response == -1], slow, cdf / cdf[-1])
    assert stats.kstest(uniform, "uniform").pvalue > 1e-6


@pytest.mark.usefixtures("x64")
def test_opening_bounds_leave_as_many_undecided_as_they_should():
    """Count of paths without end against Anderson's (1960) probability; false alarm 1e-6."""
    from ssmkit.likelihoods import log_never_angle

    n = 20_000
    params = {"v": 0.0, "a": 1.5, "z": 0.5, "t": 0.3, "theta": -0.5}
    rt, response = draw_exact(
        "angle", {k: np.full(n, x) for k, x in params.items()}, np.random.default_rng(7)
    )
    never = float(np.exp(log_never_angle(0.0, 1.5, 0.5, -0.5)))
    assert stats.binomtest(int(np.isinf(rt).sum()), n, never).pvalue > 1e-6
    np.testing.assert_array_equal(np.isinf(rt), response == 0)


def test_trialwise_rows_get_their_own_parameters():
    n = 2_000
    params = {"v": np.tile([-6.0, 6.0], n), "a": np.full(2 * n, 2.0)}
    params |= {"z": np.full(2 * n, 0.5), "t": np.tile([0.1, 5.0], n)}
    rt, response = draw_exact("ddm", params, np.random.default_rng(0))
    np.testing.assert_array_equal(response, np.tile([-1.0, 1.0], n))
    assert (rt[1::2] > 5.0).all()
    assert (rt[0::2] < 5.0).all()


def test_a_trial_does_not_depend_on_the_other_rows():
    """Chunks, shared rows and their order change no draw."""
    params = {k: x[:1500] for k, x in boxed("ddm", 1500).items()}
    rt, response = draw_exact("ddm", params, np.random.default_rng(1))
    alone = {k: np.full(1500, x[7]) for k, x in params.items()}
    rt_alone, response_alone = draw_exact("ddm", alone, np.random.default_rng(1))
    assert rt[7] == pytest.approx(rt_alone[7], rel=1e-12)
    assert response[7] == response_alone[7]


@pytest.mark.full
def test_the_same_seed_gives_the_same_data_in_every_process_and_precision():
    code = (
        "import sys, numpy as np, jax; jax.config.update('jax_enable_x64', sys.argv[1] == '1');"
        " import ssmkit; theta = {'v': np.linspace(-1, 1, 20), 'a': 1.0, 'z': 0.5, 't': 0.2};"
        " data = ssmkit.simulate_data('ddm', theta, 3, random_state=5, exact=True, p_outlier=0.3);"
        " print(data.to_numpy().tobytes().hex()); print(jax.config.jax_enable_x64)"
    )
    outputs = []
    for flag in "01":
        command = [sys.executable, "-c", code, flag]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        outputs.append(done.stdout.split())
    assert outputs[0][0] == outputs[1][0]
    assert [flag for _, flag in outputs] == ["False", "True"]
