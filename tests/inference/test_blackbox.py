"""Any Python function as a likelihood says what the same closed form says."""

import jax
import numpy as np
import pymc as pm
import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference.distribution import make
from ssmkit.likelihoods import log_density
from ssmkit.spec import Prior

LAPSE = Prior("Uniform", lower=0, upper=20)


@jax.jit
def _wiener(rt, response, v, a, z, t):
    return log_density("ddm", rt, response, v=v, a=a, z=z, t=t)


def wiener(data, v, a, z, t):
    return np.asarray(_wiener(data[:, 0], data[:, 1], v, a, z, t), float)


def evaluate(kind, function, data, lapse, *params):
    law = make("ddm", kind, function, lapse)
    observed = data[["rt", "response"]].to_numpy(float)
    return pm.logp(law.dist(*params), observed).eval()


@pytest.mark.parametrize("lapse", [None, LAPSE])
def test_it_agrees_with_the_analytical_kind(data, lapse):
    params = (0.4, 1.1, 0.55, 0.2, *(() if lapse is None else (0.05,)))
    blackbox = evaluate("blackbox", wiener, data, lapse, *params)
    exact = evaluate("analytical", None, data, lapse, *params)
    np.testing.assert_allclose(blackbox, exact, atol=1e-4)


@pytest.mark.parametrize("lapse", [None, LAPSE])
def test_outside_the_bounds_it_is_impossible_and_the_function_is_not_called(data, lapse):
    def never(data, v, a, z, t):
        raise AssertionError

    params = (0.4, -1.0, 0.5, 0.2, *(() if lapse is None else (0.05,)))
    assert (evaluate("blackbox", never, data, lapse, *params) == -np.inf).all()


@pytest.mark.parametrize(
    ("function", "found"),
    [
        (lambda data, *params: np.zeros(3), r"returned shape \(3,\) for 200 trials"),
        (lambda data, *params: np.full(len(data), np.nan), "returned NaN for 200 trials"),
    ],
)
def test_a_function_of_the_wrong_shape_or_without_a_value_is_refused(data, function, found):
    with pytest.raises(SsmkitError, match=found):
        evaluate("blackbox", function, data, None, 0.4, 1.1, 0.5, 0.2)


def test_a_blackbox_model_is_sampled_by_slices(data):
    few = data.iloc[:60]
    model = ssmkit.HSSM(
        few, loglik=wiener, loglik_kind="blackbox", a=1.2, z=0.5, t=0.2, p_outlier=0
    )
    exact = ssmkit.HSSM(few, a=1.2, z=0.5, t=0.2, p_outlier=0)
    settings = {"draws": 200, "tune": 50, "chains": 1, "random_seed": 0, "progressbar": False}
    ours, theirs = model.sample(**settings), exact.sample(**settings)
    assert ours["posterior"].attrs["sampler"] == "slice"
    # 200 draws of a slice sampler: the mean has a standard error of about sd/12; false alarm 1e-6.
    one, two = ours["posterior"]["v"], theirs["posterior"]["v"]
    assert float(one.mean()) == pytest.approx(float(two.mean()), abs=0.45 * float(two.std()))


def test_a_sampler_that_needs_a_gradient_is_refused(data):
    model = ssmkit.HSSM(data, loglik=wiener, loglik_kind="blackbox")
    with pytest.raises(SsmkitError, match="a blackbox likelihood has none"):
        model.sample("nutpie")
