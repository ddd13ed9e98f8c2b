import numpy as np
import pytest
from scipy import stats

from ssmkit.errors import SsmkitError
from ssmkit.simulate import simulate_trials

ONE = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3}


def trials(n=1000, seed=0, **kwargs):
    params = {name: np.full(n, x) for name, x in ONE.items()}
    return simulate_trials("ddm", params, np.random.default_rng(seed), **kwargs)


def test_lapses_are_as_many_as_asked_for_and_as_the_density_has_them():
    """Counts and times of lapses that cannot be confused with the model; false alarm 3e-6."""
    n, p = 10_000, 0.2
    lapse = {"name": "Uniform", "lower": 100.0, "upper": 200.0}
    rt, response = trials(n, p_outlier=p, lapse=lapse).T
    lapsed = rt > 100
    assert stats.binomtest(int(lapsed.sum()), n, p).pvalue > 1e-6
    assert stats.kstest((rt[lapsed] - 100) / 100, "uniform").pvalue > 1e-6
    assert stats.binomtest(int((response[lapsed] == 1).sum()), int(lapsed.sum())).pvalue > 1e-6


def test_a_probability_of_lapses_for_each_trial():
    rt, _ = trials(
        p_outlier=np.repeat([0.0, 1.0], 500), lapse={"name": "Uniform", "lower": 100, "upper": 200}
    ).T
    np.testing.assert_array_equal(rt > 100, np.repeat([False, True], 500))


def test_no_lapses_change_no_draw():
    """The model's own trials are those of the same seed without lapses."""
    without, with_lapses = trials(), trials(p_outlier=0.1)
    same = (without == with_lapses).all(axis=1)
    assert 0.8 < same.mean() < 1.0


def test_a_lapse_may_be_any_object_with_a_name_and_arguments():
    class Mine:
        name = "HalfNormal"
        args = {"sigma": 2.0}  # noqa: RUF012 - a stand-in for a frozen prior

    by_dict = trials(p_outlier=0.5, lapse={"name": "HalfNormal", "sigma": 2.0})
    np.testing.assert_array_equal(trials(p_outlier=0.5, lapse=Mine()), by_dict)


def test_exact_trials_beyond_max_t_are_undecided():
    free, limited = trials(), trials(max_t=0.5)
    late = free[:, 0] - 0.3 > 0.5
    assert 0 < late.sum() < len(free)
    assert np.isnan(limited[late]).all()
    np.testing.assert_array_equal(limited[~late], free[~late])


def test_numbers_broadcast_against_vectors():
    params = ONE | {"v": np.linspace(-1, 1, 7)}
    assert simulate_trials("ddm", params, np.random.default_rng(0)).shape == (7, 2)
    assert simulate_trials("ddm", ONE, np.random.default_rng(0)).shape == (1, 2)


@pytest.mark.parametrize("p", [-0.1, 1.5, np.nan])
def test_a_lapse_probability_outside_0_to_1(p):
    with pytest.raises(SsmkitError, match="probability of a lapse is") as caught:
        trials(3, p_outlier=p)
    assert caught.value.problems[0].path == "p_outlier"


def test_a_lapse_that_is_no_distribution():
    with pytest.raises(SsmkitError, match="Did you mean 'Uniform'"):
        trials(3, p_outlier=0.1, lapse={"name": "Unifrom"})


@pytest.mark.parametrize("useless", [{"delta_t": 1e-3}, {"smooth_unif": False}])
def test_exact_draws_take_no_settings_of_paths(useless):
    (name,) = useless
    with pytest.raises(SsmkitError, match="exact draws have no use for") as caught:
        trials(3, **useless)
    assert caught.value.problems[0].path == name
