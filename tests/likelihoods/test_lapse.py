"""The mixture of a model and lapses."""

import jax
import jax.numpy as jnp
import mpmath as mp
import numpy as np
import pytest
from oracles.cases import CASES, masses, people, span

from ssmkit.likelihoods import log_ddm, log_mixture

pytestmark = pytest.mark.usefixtures("x64")
INF = float("inf")


@pytest.mark.parametrize("p", [0.0, 1e-12, 0.05, 0.5, 1.0])
@pytest.mark.parametrize("log_f", [-INF, -1e4, -3.0, 2.0])
@pytest.mark.parametrize("log_lapse", [-INF, -900.0, -3.0])
def test_it_is_the_weighted_sum_in_long_arithmetic(log_f, log_lapse, p):
    with mp.workdps(40):
        total = (1 - mp.mpf(p)) * mp.exp(log_f) + mp.mpf(p) * mp.exp(log_lapse) / 3
        exact = float(mp.log(total)) if total > 0 else -INF
    found = float(log_mixture(log_f, log_lapse, p, 3))
    assert found == exact or abs(found - exact) < 1e-12 * abs(exact)


def test_gradients_are_exact_at_the_edges_of_p_and_never_nan():
    slope = jax.grad(log_mixture, argnums=(0, 1, 2))
    f, g = jnp.log(0.2), jnp.log(0.6)
    np.testing.assert_allclose(slope(f, g, 0.0, 2), (1, 0, 0.3 / 0.2 - 1), atol=1e-12)
    np.testing.assert_allclose(slope(f, g, 1.0, 2), (0, 1, 1 - 0.2 / 0.3), atol=1e-12)
    np.testing.assert_array_equal(slope(-INF, -INF, 0.3, 2), (0, 0, 0))
    slope = jax.jit(slope, static_argnums=3)
    for log_f in (-INF, -1e4, 3.0):
        for p in (0.0, 1e-300, 0.5, 1.0):
            assert np.isfinite(slope(log_f, -3.0, p, 2)).all()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_mass_stays_1_with_lapses(case):
    p, until = 0.2, 1e35  # lapses reach beyond exp(80) s, where the widest integral ends

    def log_f(*trial):
        return log_mixture(case.log_f(*trial), -np.log(until), p, 2)

    for v, a, z in people(2):
        low, high = span(case, a, z)
        mass = masses(log_f, (v, a, z, 0.0, *case.extra.values()), low, high).sum()
        lapses_after = p * (1 - np.exp(high) / until)
        lapses_before = p * np.exp(low) / until
        total = mass + lapses_after + lapses_before + (1 - p) * case.never(v, a, z)
        assert abs(total - 1) < 1e-10


def test_before_the_non_decision_time_there_are_lapses_alone():
    found = log_mixture(log_ddm(0.1, 1, 1.0, 1.0, 0.5, 0.3), np.log(1 / 20), 0.05, 2)
    assert found == pytest.approx(np.log(0.05 / 40), abs=1e-14)
