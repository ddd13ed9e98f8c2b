"""Variational draws are near what they approximate, and say what they are."""

import numpy as np
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.errors import SsmkitError


@pytest.mark.parametrize("method", ["advi", "fullrank_advi"])
def test_draws_are_near_the_posterior_and_say_that_they_are_an_approximation(data, fitted, method):
    """Means within .5 sd; sds within 35 % where the parameters may correlate.

    With independent parameters each seems better known than it is: their sds are smaller.
    """
    model = ssmkit.HSSM(data, p_outlier=0)
    traces = model.vi(method, n=3000, random_seed=0, progressbar=False)
    one, two = _compat.posterior(fitted.traces), _compat.posterior(traces)
    assert two.sizes == {"chain": 1, "draw": 1000}
    for name in one.data_vars:
        sd = float(one[name].std())
        assert abs(float(one[name].mean() - two[name].mean())) < 0.5 * sd
        ratio = float(two[name].std()) / sd
        assert 0.65 < ratio < 1.35 if method == "fullrank_advi" else 0.2 < ratio < 1.1
    assert two.attrs["approximation"] == method
    problems = model.diagnose().problems
    assert [p for p in problems if f"approximation ({method})" in p.message]
    assert not [p for p in problems if "one chain" in p.message]


def test_the_same_seed_gives_the_same_draws(data):
    models = [ssmkit.HSSM(data, p_outlier=0, z=0.5) for _ in range(2)]
    draws = [m.vi(n=50, draws=10, random_seed=3, progressbar=False) for m in models]
    one, two = (_compat.posterior(traces)["v"] for traces in draws)
    np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(
    ("settings", "word"), [({"method": "adviii"}, "Did you mean 'advi'"), ({"n": 0}, "0 steps")]
)
def test_what_cannot_be_is_refused(data, settings, word):
    with pytest.raises(SsmkitError, match=word):
        ssmkit.HSSM(data).vi(**settings)
