import numpy as np
import pytest
from oracles.usual import usual

import ssmkit
from ssmkit.errors import SsmkitError, SsmkitWarning
from ssmkit.modelconfig import get_config, list_models


@pytest.mark.parametrize("model", list_models())
@pytest.mark.parametrize("exact", [False, True])
def test_the_same_seed_gives_the_same_data(model, exact):
    first, second, other = (
        ssmkit.simulate_data(model, usual(model), 50, random_state=seed, exact=exact)
        for seed in (1, 1, 2)
    )
    assert first.equals(second)
    assert not first.equals(other)
    assert list(first.columns) == ["rt", "response"]
    assert list(map(str, first.dtypes)) == ["float64", "float64"]
    assert set(first["response"]) <= set(get_config(model).choices)


@pytest.mark.parametrize("exact", [False, True])
def test_the_block_of_trials_is_repeated(exact):
    theta = {"v": [-8.0, 8.0], "a": 2.0, "z": 0.5, "t": [0.1, 5.0]}
    data = ssmkit.simulate_data("ddm", theta, 4, random_state=0, exact=exact)
    assert list(data["response"]) == [-1.0, 1.0] * 4
    assert (data["rt"][1::2] > 5.0).all()


def test_a_generator_may_stand_for_the_seed():
    theta = [1.0, 1.0, 0.5, 0.3]
    one, same, other = (
        ssmkit.simulate_data("ddm", theta, 9, np.random.default_rng(seed), exact=True)
        for seed in (3, 3, 4)
    )
    assert one.equals(same)
    assert not one.equals(other)


@pytest.mark.parametrize("seed", range(5))
def test_covariates_drawn_with_the_same_seed_do_not_decide_the_responses(seed):
    """Responses given the right drift do not depend on x: |z| below 4.9, one false alarm in 1e6."""
    x = np.random.default_rng(seed).uniform(-1, 1, 1000)
    theta = {"v": 0.8 * x, "a": 1.2, "z": 0.5, "t": 0.3}
    upper = ssmkit.simulate_data("ddm", theta, 1, seed, exact=True)["response"] == 1
    p = np.asarray(ssmkit.likelihoods.choice_probability("ddm", **theta))[:, 1]
    z = np.sum((upper - p) * x) / np.sqrt(np.sum(p * (1 - p) * x**2))
    assert abs(z) < 4.9


@pytest.mark.parametrize("exact", [False, True])
def test_undecided_trials_are_nan_and_counted_in_one_warning(exact):
    theta = {"v": 0.0, "a": 2.0, "z": 0.5, "t": 0.3}
    with pytest.warns(SsmkitWarning, match="of 40 paths came to no decision by max_t") as caught:
        data = ssmkit.simulate_data("ddm", theta, 40, random_state=0, max_t=1.0, exact=exact)
    undecided = data["rt"].isna()
    assert len(caught) == 1
    assert str(caught[0].message).startswith(f"simulate_data: {undecided.sum()} of 40")
    assert data["response"].isna().equals(undecided)


def test_paths_that_never_end():
    theta = {"v": 0.0, "a": 1.5, "z": 0.5, "t": 0.3, "theta": -0.5}
    with pytest.warns(SsmkitWarning, match="came to no decision; they are NaN"):
        ssmkit.simulate_data("angle", theta, 40, random_state=0, exact=True)


@pytest.mark.parametrize("size", [0, -3, 2.5, True, None])
def test_a_size_that_is_no_count(size):
    with pytest.raises(SsmkitError, match="give a whole number of at least 1"):
        ssmkit.simulate_data("ddm", [1.0, 1.0, 0.5, 0.3], size)


def test_a_model_that_does_not_exist():
    with pytest.raises(SsmkitError, match="Did you mean 'ddm'"):
        ssmkit.simulate_data("dmm", [1.0, 1.0, 0.5, 0.3], 5)
