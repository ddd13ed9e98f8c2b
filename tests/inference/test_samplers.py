"""Samplers by name: the older names, what is refused, and that all find one posterior."""

import numpy as np
import pytest

import ssmkit
from ssmkit._compat import group
from ssmkit.errors import SsmkitError
from ssmkit.inference import samplers


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (None, "numpyro"),
        ("numpyro", "numpyro"),
        ("nuts_numpyro", "numpyro"),
        ("mcmc", "pymc"),
        ("pymc", "pymc"),
        ("nuts_blackjax", "blackjax"),
        ("nutpie", "nutpie"),
    ],
)
def test_names_and_older_names(asked, meant):
    assert samplers.resolve(asked, gradient=True) == meant


def test_a_misspelt_sampler_is_put_right():
    with pytest.raises(SsmkitError, match="Did you mean 'nutpie'"):
        samplers.resolve("nutpy", gradient=True)


def test_a_package_that_is_not_there_is_named():
    with pytest.raises(SsmkitError, match="type pip install notapackage"):
        samplers.need("notapackage")


@pytest.mark.full
@pytest.mark.parametrize("name", ["mcmc", "nutpie", "blackjax"])
def test_every_sampler_finds_the_posterior_of_the_default(data, fitted, name):
    """Means agree within 6 Monte Carlo standard errors of about sd/12 each: one in 1e6 a value."""
    model = ssmkit.HSSM(data, p_outlier=0)
    settings = {"draws": 300, "tune": 300, "chains": 2, "random_seed": 0, "progressbar": False}
    traces = model.sample(name, mp_ctx="spawn", cores=2, **settings)
    ours, theirs = group(fitted.traces, "posterior"), group(traces, "posterior")
    assert list(theirs.data_vars) == ["v", "a", "z", "t"]
    for parameter in ours.data_vars:
        sd = float(ours[parameter].std())
        difference = float(ours[parameter].mean() - theirs[parameter].mean())
        assert abs(difference) < 0.7 * sd
        assert float(theirs[parameter].std()) == pytest.approx(sd, rel=0.4)
    assert np.isfinite(group(traces, "log_likelihood")["rt,response"]).all()
    assert "diverging" in group(traces, "sample_stats")
