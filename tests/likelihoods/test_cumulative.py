"""Shares of the responses by a time are what the survival function leaves."""

import jax
import numpy as np
import pytest

from ssmkit.likelihoods import log_angle, log_ddm, log_survival_angle, log_survival_ddm
from ssmkit.likelihoods.cumulative import log_share_by

pytestmark = pytest.mark.usefixtures("x64")


def people(n, theta):
    rng = np.random.default_rng(0)
    v, a = rng.uniform(-4, 4, n), rng.uniform(0.3, 3, n)
    z, t = rng.uniform(0.1, 0.9, n), rng.uniform(0.05, 0.5, n)
    time = t + np.exp(rng.uniform(-4, 3, n))
    return time, [v, a, z, t, *([rng.uniform(-0.1, theta, n)] if theta else [])]


@pytest.mark.parametrize(
    ("density", "survival", "theta", "worst"),
    [(log_ddm, log_survival_ddm, 0, 1e-6), (log_angle, log_survival_angle, 0.9, 1e-4)],
)
def test_shares_and_survival_are_all_there_is(density, survival, theta, worst):
    time, params = people(400, theta)
    shares = [np.exp(log_share_by(density, time, choice, params[3], *params)) for choice in (-1, 1)]
    error = np.abs(sum(shares) + np.exp(survival(time, *params)) - 1)
    assert error.max() < worst
    assert np.median(error) < 1e-9


def test_before_the_non_decision_time_there_is_none_and_no_slope():
    slope = jax.grad(lambda t: log_share_by(log_ddm, 0.2, 1, t, 0.5, 1.0, 0.5, t))
    assert log_share_by(log_ddm, 0.2, 1, 0.3, 0.5, 1.0, 0.5, 0.3) == -np.inf
    assert slope(0.3) == 0


@pytest.mark.parametrize("place", range(4))
def test_slopes_are_finite_differences(place):
    def share(params):
        return log_share_by(log_angle, 1.2, 1, params[3], *params, 0.4)

    params = np.array([0.5, 1.0, 0.4, 0.3])
    step = 1e-5 * np.eye(4)[place]
    slope = (share(params + step) - share(params - step)) / 2e-5
    assert jax.grad(share)(params)[place] == pytest.approx(float(slope), rel=1e-4)
