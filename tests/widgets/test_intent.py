import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from ssmkit import Prior
from ssmkit.errors import SsmkitError
from ssmkit.modelconfig.distributions import frozen
from ssmkit.widgets import intent

EVERYWHERE = ["Normal", "Laplace", "Logistic", "Cauchy", "Gumbel", "Uniform"]


def cdf(prior, *x):
    return frozen(prior.name, prior.args).cdf(x)


@pytest.mark.parametrize("name", EVERYWHERE)
@settings(deadline=None, max_examples=30)
@given(low=st.floats(-5, 5), width=st.floats(0.01, 10), mass=st.floats(0.05, 0.99))
def test_as_much_is_below_an_interval_as_above(name, low, width, mass):
    found = cdf(intent.from_interval(name, low, low + width, mass), low, low + width)
    np.testing.assert_allclose(found, [(1 - mass) / 2, (1 + mass) / 2], atol=0.01)


@pytest.mark.parametrize("name", ["LogNormal", "Gamma", "InverseGamma", "Weibull", "Beta"])
@pytest.mark.parametrize(("low", "high"), [(0.2, 0.6), (0.05, 0.9), (0.45, 0.55)])
def test_families_with_a_shape_have_the_interval_too(name, low, high):
    np.testing.assert_allclose(
        cdf(intent.from_interval(name, low, high, 0.9), low, high), [0.05, 0.95], atol=2e-3
    )


@pytest.mark.parametrize("name", list(intent.ONE))
def test_families_of_one_argument_have_the_rest_above(name):
    assert cdf(intent.from_interval(name, 0, 3.0, 0.9), 3.0) == pytest.approx(0.9, abs=1e-4)
    with pytest.raises(SsmkitError, match="begins at 0"):
        intent.from_interval(name, 0.1, 3.0)


@pytest.mark.parametrize(
    "name", ["Normal", "LogNormal", "Gamma", "InverseGamma", "Beta", "Uniform", "Laplace"]
)
@settings(deadline=None, max_examples=30)
@given(mean=st.floats(0.2, 0.8), sd=st.floats(0.02, 0.2))
def test_moments_are_those_asked_for(name, mean, sd):
    prior = intent.from_moments(name, mean, sd)
    law = frozen(prior.name, prior.args)
    assert law.mean() == pytest.approx(mean, rel=1e-3)
    assert law.std() == pytest.approx(sd, rel=2e-2)


@pytest.mark.parametrize("name", ["Logistic", "Gumbel"])
def test_moments_of_a_located_family(name):
    law = frozen(name, intent.from_moments(name, 1.0, 0.5).args)
    assert (law.mean(), law.std()) == pytest.approx((1.0, 0.5), rel=1e-3)


@pytest.mark.parametrize(("name", "sd"), [("HalfNormal", 0.7555), ("Exponential", 1.0)])
def test_one_argument_gives_both_moments_or_none(name, sd):
    prior = intent.from_moments(name, 1.0, sd)
    assert frozen(prior.name, prior.args).mean() == pytest.approx(1.0, rel=1e-3)
    with pytest.raises(SsmkitError, match="has a standard deviation of"):
        intent.from_moments(name, 1.0, 3 * sd)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: intent.from_interval("Normal", 2, 1), "no interval"),
        (lambda: intent.from_interval("Normal", 0, 1, 1.0), "no interval"),
        (lambda: intent.from_interval("Normal", np.nan, 1), "no interval"),
        (lambda: intent.from_interval("LogNormal", -1, 1), "above 0"),
        (lambda: intent.from_interval("Beta", 0.2, 1.5), "between 0 and 1"),
        (lambda: intent.from_moments("Normal", 0, 0), "no standard deviation"),
        (lambda: intent.from_moments("Beta", 0.5, 0.6), "cannot spread"),
        (lambda: intent.from_moments("Cauchy", 0, 1), "is not found from a mean"),
        (lambda: intent.from_moments("Gamma", -1, 1), "above 0"),
    ],
)
def test_what_cannot_be_is_said(call, message):
    with pytest.raises(SsmkitError, match=message):
        call()


def test_what_has_no_simple_formula_is_left_to_preliz(monkeypatch):

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(intent, "import_module", missing)
    with pytest.raises(SsmkitError, match="PreliZ, which is not installed"):
        intent.from_interval("SkewNormal", -1, 1)


@pytest.mark.parametrize("name", ["SkewNormal", "Wald", "AsymmetricLaplace"])
def test_preliz_finds_what_has_no_simple_formula(name):
    pytest.importorskip("preliz", reason="PreliZ is an extra")
    found = intent.from_interval(name, 0.1, 2.0)
    low, high = cdf(found, 0.1, 2.0)
    assert high - low == pytest.approx(0.9, abs=0.01)
    assert all(len(f"{x:g}") < 9 for x in found.args.values())


def test_what_preliz_only_comes_near_to_is_refused():
    pytest.importorskip("preliz", reason="PreliZ is an extra")
    with pytest.raises(SsmkitError, match="no ChiSquared has such an interval"):
        intent.from_interval("ChiSquared", 0.5, 5)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])
@given(low=st.floats(0.05, 0.5), width=st.floats(0.05, 0.4), mass=st.floats(0.5, 0.9))
def test_a_truncated_normal_keeps_its_bounds_or_says_that_it_cannot(low, width, mass):
    like = Prior("TruncatedNormal", mu=0, sigma=1, lower=0, upper=1)
    try:
        found = intent.from_interval("TruncatedNormal", low, low + width, mass, like)
    except SsmkitError:
        reject()
    assert (found.args["lower"], found.args["upper"]) == (0, 1)
    np.testing.assert_allclose(
        cdf(found, low, low + width), [(1 - mass) / 2, (1 + mass) / 2], atol=3e-3
    )


def test_a_truncated_normal_in_the_middle_is_found():
    like = Prior("TruncatedNormal", mu=0, sigma=1, lower=0, upper=1)
    found = intent.from_interval("TruncatedNormal", 0.2, 0.8, 0.9, like)
    assert found.args["mu"] == pytest.approx(0.5, abs=1e-3)
    free = intent.from_interval("TruncatedNormal", -1, 1, 0.95)
    assert free.args["sigma"] == pytest.approx(1 / 1.95996, rel=1e-3)
    with pytest.raises(SsmkitError, match="between 0 and 1"):
        intent.from_interval("TruncatedNormal", 0.2, 1.5, 0.9, like)


def test_degrees_of_freedom_are_kept():
    like = Prior("StudentT", nu=2.5, mu=0, sigma=1)
    found = intent.from_interval("StudentT", -1, 3, 0.9, like)
    assert found.args["nu"] == 2.5
    np.testing.assert_allclose(cdf(found, -1, 3), [0.05, 0.95], atol=1e-4)
