"""Trials that share parameters: the same likelihood, from one solution a row."""

import numpy as np
import pytest

import ssmkit
from ssmkit.inference.rows import FEW, Rows, rows_of
from ssmkit.likelihoods import log_density

RNG = np.random.default_rng(0)
N = 240
A = np.array([0.9, 1.2, 1.5])
FIXED = {"z": 0.5, "t": 0.3, "alpha": 2.0, "beta": 1.5}


@pytest.fixture(scope="module")
def data():
    """240 trials in three conditions of unequal size, with a predictor of the drift."""
    condition = RNG.choice(3, N, p=[0.7, 0.2, 0.1])
    x = RNG.normal(size=N)
    own = {"v": 0.8 + 0.3 * x, "a": A[condition]}
    data = ssmkit.simulate_data("weibull", FIXED | own, size=1, random_state=0, exact=True)
    words = np.array(["few", "some", "many"])[condition]
    return data.assign(x=x, condition=words, y=np.linspace(-1, 1, N), **own)


def built(data, formula, **kwargs):
    include = [
        {"name": "v", "formula": "v ~ 1 + x"},
        {"name": "a", "formula": formula, "link": "log"},
    ]
    return ssmkit.HSSM(data, model="weibull", include=include, **kwargs)


def rows(model, data):
    return rows_of(model.spec, model.spec.resolved(data, None), data)


@pytest.mark.parametrize("counts", [[5], [1, 9], [40, 1, 1, 2], [8] * 6])
def test_every_trial_has_one_place_in_its_row(counts):
    group = np.random.default_rng(0).permutation(np.repeat(np.arange(len(counts)), counts))
    trials, places = Rows(group.astype(np.int32).tobytes(), ("a",)).table()
    np.testing.assert_array_equal(trials.reshape(-1)[places], np.arange(len(group)))
    assert (group[trials] == group[trials[:, :1]]).all()
    assert trials.size <= 5 * len(group) + trials.shape[1]


@pytest.mark.parametrize("p_outlier", [pytest.param(0, marks=pytest.mark.full), 0.05])
def test_the_log_likelihood_is_that_of_each_trial_by_itself(data, p_outlier):
    """The two regimes of the solver differ by its error, 1e-3 where bounds collapse."""
    model = built(data, "a ~ 0 + condition", p_outlier=p_outlier, **FIXED)
    found = rows(model, data)
    assert found.params == ("a", "z", "alpha", "beta")
    assert len(np.unique(np.frombuffer(found.group, np.int32))) == len(A)
    observed = model.pymc_model.observed_RVs
    point = {"v_Intercept": 0.8, "v_x": 0.3, "a_condition": np.log(A[[0, 2, 1]])}
    total = model.pymc_model.compile_logp(vars=observed)(point)
    mixture = {"p_outlier": p_outlier} if p_outlier else {}
    theta = FIXED | {name: data[name].to_numpy() for name in "va"}
    alone = log_density("weibull", data["rt"], data["response"], **mixture, **theta)
    assert total == pytest.approx(float(np.sum(alone)), abs=1e-2)


def test_rows_are_made_only_where_they_save_solutions(data):
    assert rows(built(data, "a ~ 1 + y"), data) is None
    assert rows(ssmkit.HSSM(data, model="weibull"), data) is None
    assert not any(rows(built(data, "a ~ 1"), data).group)
    group = data.assign(person=np.arange(N) % (N // FEW))
    found = rows(built(group, "a ~ 1 + (1|person)"), group)
    assert len(np.unique(np.frombuffer(found.group, np.int32))) == N // FEW
    crossed = rows(built(group, "a ~ 1 + condition + (1|person)"), group)
    assert crossed is None
    include = [{"name": "a", "formula": "a ~ 0 + condition", "link": "log"}]
    assert rows(ssmkit.HSSM(data, model="angle", include=include), data) is None
