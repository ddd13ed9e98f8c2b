"""The plain model against what its formula does not know: symmetry, limits, a diffusion solver."""

import numpy as np
import pytest
from oracles import fokker_planck
from oracles.cases import trials

from ssmkit.likelihoods import log_ddm, log_ddm_sdv, log_survival_ddm_sdv

pytestmark = pytest.mark.usefixtures("x64")


def test_mirrored_trials_are_equally_likely():
    rt, response, v, a, z, t = trials().T
    mirrored = log_ddm(rt, -response, -v, a, 1 - z, t)
    np.testing.assert_allclose(log_ddm(rt, response, v, a, z, t), mirrored, rtol=1e-12)


def test_no_drift_variability_is_the_plain_model_and_a_little_is_near_it():
    rows = trials()
    plain = log_ddm(*rows.T)
    np.testing.assert_allclose(log_ddm_sdv(*rows.T, 0.0), plain, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(log_ddm_sdv(*rows.T, 1e-6), plain, rtol=1e-8, atol=1e-8)


def test_time_may_be_given_in_whole_seconds():
    assert log_ddm(1, 1, 1, 1, 0.5, 0) == log_ddm(1.0, 1.0, 1.0, 1.0, 0.5, 0.0)


def test_varying_drift_is_the_mean_over_diffusions_of_fixed_drift():
    """Eight nodes of Gauss and Hermite take the mean over the drift to 1e-7."""
    v, a, z, sv = 0.8, 1.0, 0.4, 0.5
    nodes, weights = np.polynomial.hermite_e.hermegauss(8)
    runs = [
        fokker_planck.solve(v + sv * x, z, lambda _: a, lambda _: 0.0, 2.5, cells=600, steps=600)
        for x in nodes
    ]
    tau = runs[0].tau
    weights = weights / weights.sum()
    for response, side in ((-1, "lower"), (1, "upper")):
        solved = sum(w * getattr(run, side) for w, run in zip(weights, runs, strict=True))
        found = np.exp(log_ddm_sdv(tau, response, v, a, z, 0.0, sv))
        np.testing.assert_allclose(found, solved, rtol=0, atol=1e-4)
    alive = sum(w * run.alive for w, run in zip(weights, runs, strict=True))
    found = np.exp(log_survival_ddm_sdv(tau, v, a, z, 0.0, sv))
    np.testing.assert_allclose(found, alive, rtol=0, atol=3e-5)
