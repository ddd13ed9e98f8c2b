"""Approximations are near what they approximate, and say what they are."""

from types import SimpleNamespace

import numpy as np
import pytest

import ssmkit
from ssmkit import _compat


def test_laplace_is_near_the_posterior_and_says_that_it_is_an_approximation(data, fitted):
    """200 trials leave a nearly normal posterior: means within .5 sd, sds within 35 %."""
    model = ssmkit.HSSM(data, p_outlier=0)
    traces = model.sample("laplace", draws=500, chains=2, random_seed=0, progressbar=False)
    one, two = _compat.posterior(fitted.traces), _compat.posterior(traces)
    assert two.sizes == {"chain": 2, "draw": 500}
    for name in one.data_vars:
        sd = float(one[name].std())
        assert abs(float(one[name].mean() - two[name].mean())) < 0.5 * sd
        assert float(two[name].std()) == pytest.approx(sd, rel=0.35)
    assert two.attrs["approximation"] == "laplace"
    assert any("approximation" in p.message for p in model.diagnose().problems)
    again = ssmkit.HSSM(data, p_outlier=0)
    traces = again.sample("laplace", draws=500, chains=2, random_seed=0, progressbar=False)
    np.testing.assert_array_equal(_compat.posterior(traces)["v"], two["v"])


def test_a_posterior_without_a_peak_is_refused():
    """The log density |x| has curvature nowhere; x - exp(x), whose peak is at 0, has it."""
    import jax.numpy as jnp

    from ssmkit.errors import SsmkitError
    from ssmkit.inference.approximate import laplace

    def program(log_density):
        whole = lambda x, data: jnp.sum(log_density(x))  # noqa: E731 - a stand-in of one line
        return SimpleNamespace(size=1, log_density=whole, compiled={})

    settings = {"draws": 4000, "seed": 0}
    starts = np.full((1, 1), 0.5)
    with pytest.raises(SsmkitError, match="no peak"):
        laplace(program(lambda x: 0 * x), [], starts, **settings)
    drawn = laplace(program(lambda x: x - jnp.exp(x)), [], starts, **settings).positions
    # Mean 0 and curvature 1; five standard errors of 4,000 draws.
    assert drawn.mean() == pytest.approx(0, abs=0.08)
    assert drawn.std() == pytest.approx(1, abs=0.06)
