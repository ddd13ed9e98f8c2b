"""Models are ordered by what they predict, the same on both stacks."""

import warnings

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from scipy.stats import norm

import ssmkit
from ssmkit import _compat
from ssmkit.errors import SsmkitError, SsmkitWarning
from ssmkit.inference.compare import compare, stacking

COLUMNS = ["rank", "elpd", "se", "p", "elpd_diff", "diff_se", "weight", "bad_k"]
Y = np.random.default_rng(0).normal(0.3, 1.0, 60)


def normal_traces(y=Y, *, centre=None, draws=2000, log_likelihood=True):
    """Return draws of a normal's mean under a flat prior, or of a model with its mean fixed."""
    rng = np.random.default_rng(1)
    mean = rng.normal(Y.mean(), 1 / np.sqrt(len(Y)), (2, draws))
    if centre is not None:
        mean = centre + 1e-9 * mean
    observed = np.column_stack([y, np.ones(len(y))])
    groups = {"posterior": {"mean": mean}, "observed_data": {"rt,response": observed}}
    dims = {"rt,response": ["__obs__", "rt_response"]}
    traces = _compat.build_traces(groups, dims=dims)
    if log_likelihood:
        values = norm(mean[..., None]).logpdf(y)
        made = _compat.build_traces({"log_likelihood": {"rt,response": values}})
        _compat.set_group(traces, "log_likelihood", _compat.group(made, "log_likelihood"))
    return traces


def exact_elpd(y):
    """Return the left-out log density of each y: normal around the mean of the others."""
    n = len(y)
    others = (y.sum() - y) / (n - 1)
    return norm(others, np.sqrt(1 + 1 / (n - 1))).logpdf(y)


def test_the_estimate_is_the_exact_one_of_a_normal():
    table = compare({"free": normal_traces(), "zero": normal_traces(centre=0.0)})
    assert list(table.columns) == COLUMNS
    exact, fixed = exact_elpd(Y), norm(0, 1).logpdf(Y)
    assert table.loc["free", "elpd"] == pytest.approx(exact.sum(), abs=0.1)
    assert table.loc["zero", "elpd"] == pytest.approx(fixed.sum(), abs=1e-3)
    assert table.loc["free", "p"] == pytest.approx(1.0, abs=0.3)
    assert table.loc["zero", "p"] == pytest.approx(0.0, abs=1e-3)
    best, other = table.index
    difference = {"free": exact, "zero": fixed}
    difference = difference[best] - difference[other]
    assert table.loc[other, "elpd_diff"] == pytest.approx(difference.sum(), abs=0.1)
    assert table.loc[other, "diff_se"] == pytest.approx(
        np.sqrt(len(Y) * difference.var()), abs=0.05
    )
    assert table.loc[best, ["rank", "elpd_diff", "diff_se"]].tolist() == [0, 0, 0]


@pytest.mark.parametrize("seed", range(3))
def test_the_weights_are_those_of_a_general_optimiser(seed):
    rng = np.random.default_rng(seed)
    elpd = rng.normal(-1, 0.5, (3, 80))

    def loss(x):
        return -logsumexp(elpd, axis=0, b=softmax(x)[:, None]).sum()

    best = minimize(loss, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-9})
    weights = stacking(elpd)
    assert weights.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(weights, softmax(best.x), atol=2e-3)


def test_two_equal_models_share_the_weight():
    table = compare({"one": normal_traces(), "two": normal_traces()})
    assert table["weight"].tolist() == [0.5, 0.5]
    assert table["elpd_diff"].tolist() == [0, 0]


def test_the_true_model_wins_and_a_model_makes_its_log_likelihood(data):
    """The drift of 0.5 is 7 standard errors from 0, so chance does not decide.

    The non-decision time is known: estimated, the fastest trial alone may decide it.
    """
    fits = {
        "no drift": ssmkit.HSSM(data, v=0, z=0.5, t=0.3, p_outlier=0),
        "drift": ssmkit.HSSM(data, z=0.5, t=0.3, p_outlier=0),
    }
    for model in fits.values():
        model.sample(
            draws=200, tune=200, chains=2, random_seed=0, progressbar=False,
            idata_kwargs={"log_likelihood": False},
        )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = ssmkit.compare(fits)
    assert list(table.index) == ["drift", "no drift"]
    assert table.loc["no drift", "elpd_diff"] > 2 * table.loc["no drift", "diff_se"]


def test_a_trial_that_decides_everything_is_said():
    y = np.append(Y, 40.0)
    far = normal_traces(y)
    with pytest.warns(SsmkitWarning, match=r"compare\['far'\]: for 1 of 61 trials"):
        table = compare({"far": far, "zero": normal_traces(y, centre=0.0)})
    assert table.loc["far", "bad_k"] == pytest.approx(1 / 61)


@pytest.mark.parametrize(
    ("models", "message"),
    [
        (lambda: {"one": normal_traces()}, "two models or more"),
        (normal_traces, "two models or more"),
        (lambda: {"a": normal_traces(), "b": normal_traces(Y[::-1])}, "not fitted to the same"),
        (lambda: {"a": normal_traces(), "b": normal_traces(Y[1:])}, "60 and 59 trials"),
        (
            lambda: {"a": normal_traces(), "b": normal_traces(log_likelihood=False)},
            r"compare\['b'\].*model\.log_likelihood\(\)",
        ),
        (
            lambda: {"a": normal_traces(), "b": _compat.posterior(normal_traces())},
            r"compare\['b'\]",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(models, message):
    with pytest.raises(SsmkitError, match=message):
        compare(models())
