"""Moving bounds against a diffusion solver that knows no closed form."""

import numpy as np
import pytest
from oracles import first_passage, fokker_planck
from oracles.cases import trials

from ssmkit.likelihoods import log_angle, log_angle_sdv, log_ddm, log_survival_angle

pytestmark = pytest.mark.usefixtures("x64")


@pytest.mark.parametrize(
    ("v", "a", "z", "theta", "last"),
    [
        (1.0, 1.0, 0.5, 0.0, 3.0),
        (2.0, 0.8, 0.7, 0.5, 1.0),
        (0.5, 1.2, 0.4, 1.0, 0.7),
        (0.3, 1.0, 0.6, -0.4, 3.0),
        (1.0, 1.0, 0.2, -1.0, 3.0),
    ],
)
def test_density_and_survival_solve_the_diffusion_equation(v, a, z, theta, last):
    slope = np.tan(theta)
    solved = fokker_planck.solve(
        v, z, lambda t: a - slope * t, lambda _: -slope, last, cells=1000, steps=1200
    )
    lower, upper = (np.exp(log_angle(solved.tau, r, v, a, z, 0.0, theta)) for r in (-1, 1))
    # the solver's own error grows with the height of the peak
    atol = 1e-4 * max(lower.max(), upper.max())
    np.testing.assert_allclose(lower, solved.lower, rtol=0, atol=atol)
    np.testing.assert_allclose(upper, solved.upper, rtol=0, atol=atol)
    alive = np.exp(log_survival_angle(solved.tau, v, a, z, 0.0, theta))
    np.testing.assert_allclose(alive, solved.alive, rtol=0, atol=1e-5)


def test_a_right_angle_is_the_plain_model():
    rows = trials()
    np.testing.assert_allclose(log_angle(*rows.T, 0.0), log_ddm(*rows.T), rtol=1e-13, atol=1e-13)


def test_the_density_ends_when_the_bounds_have_met():
    end = 1.2 / np.tan(0.8)
    found = log_angle(end * np.array([0.999, 1.001, 5.0]), 1, 0.5, 1.2, 0.5, 0.0, 0.8)
    np.testing.assert_array_equal(np.isfinite(found), [True, False, False])


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99, 0.999])
def test_just_before_that_the_error_is_that_of_rounding_the_distance(share):
    rt = share / np.tan(0.8)
    exact = float(first_passage.log_density(rt, 1, 0.7, 1.0, 0.3, 0.0, 0.8))
    found = float(log_angle(rt, 1, 0.7, 1.0, 0.3, 0.0, 0.8))
    assert abs(found - exact) < 1e-15 * (10 + abs(exact) / (1 - share))


@pytest.mark.parametrize("theta", [0.6, -0.4])
def test_varying_drift_is_the_mean_over_fixed_drifts(theta):
    """Gauss and Hermite's rule over densities that the diffusion equation confirms, above."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    tau, v, sv = np.linspace(0.05, 1.2, 30), 0.8, 0.9
    for response in (-1, 1):
        each = np.exp(log_angle(tau[:, None], response, v + sv * nodes, 1.2, 0.4, 0.0, theta))
        found = np.exp(log_angle_sdv(tau, response, v, 1.2, 0.4, 0.0, theta, sv))
        np.testing.assert_allclose(found, each @ weights / weights.sum(), rtol=1e-9)
