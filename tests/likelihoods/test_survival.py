"""What is left of the mass after a time, or for ever."""

import jax
import mpmath as mp
import numpy as np
import pytest
from oracles.cases import CASES, masses, people, span

from ssmkit.likelihoods import log_never_angle, log_survival_ddm

pytestmark = pytest.mark.usefixtures("x64")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_survival_is_the_mass_of_what_is_still_to_come(case):
    rng = np.random.default_rng(1)
    extra = tuple(case.extra.values())
    for v, a, z in people(8):
        low, high = span(case, a, z)
        tau = np.exp(low + (min(high, 1.0) - low) * rng.uniform(0.3, 0.95))
        person = (v, a, z, 0.0, *extra)
        gone = masses(case.log_f, person, low, np.log(tau)).sum()
        left = masses(case.log_f, person, -32, _end(case, high, tau), after=tau, panels=200).sum()
        found = np.exp(case.log_survival(tau, *person))
        assert abs(found + gone - 1) < 1e-10
        # the other way round keeps digits where little is left
        np.testing.assert_allclose(found, left + case.never(v, a, z), rtol=1e-8)


def _end(case, high, tau):
    return np.log(np.exp(high) - tau) if case.closes else high


@pytest.mark.parametrize("case", CASES, ids=str)
def test_its_slopes_are_finite_differences(case):
    point = np.array([0.35, 0.8, 1.1, 0.4, 0.2, *case.extra.values()])
    slopes = np.array(case.survival_slopes(*point[:5, None])[1])[:, 0]
    for i, slope in enumerate(slopes):
        step = np.zeros(point.size)
        step[i] = 1e-5
        if case.extra.get("sv") == 0 and i == point.size - 1:
            assert slope == 0
            continue
        ends = [float(case.log_survival(*(point + side * step))) for side in (1, -1)]
        assert slope == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-7, abs=1e-8)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_everyone_is_there_before_and_nan_is_nowhere(case):
    time = np.array([0.0, 0.3, 0.3 + 1e-12, 0.301, 0.5, 2.0, 1e3])
    for z in (0.0, 1e-9, 0.5, 1.0):
        for v in (-20.0, 0.0):
            person = (np.full(time.size, x) for x in (v, 1.0, z, 0.3))
            log_s, grad = case.survival_slopes(time, *person)
            assert not np.isnan(log_s).any()
            assert np.isfinite(grad).all()
            assert (log_s[:2] == 0).all()
            assert (log_s[1:] <= log_s[:-1]).all()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_float32_is_kept_and_close(case):
    v, a, z = np.array(list(people(50))).T
    columns = (np.linspace(0.31, 2, 50), v, a, z, 0.3 * np.ones(50))
    args = (*columns, *(np.full(50, x) for x in case.extra.values()))
    short = case.log_survival(*(x.astype(np.float32) for x in args))
    assert short.dtype == np.float32
    np.testing.assert_allclose(np.exp(short), np.exp(case.log_survival(*args)), rtol=0, atol=1e-5)


def test_tails_keep_their_digits():
    """The last decay is that of the slowest sine, exp(-(v^2 + pi^2 / 4 a^2) t / 2)."""
    one, two = (float(log_survival_ddm(t, 3.0, 0.5, 0.5, 0.0)) for t in (100.0, 101.0))
    assert one < -900
    assert one - two == pytest.approx((9 + np.pi**2) / 2, rel=1e-11)


@pytest.mark.parametrize("theta", [-0.02, -0.3, -1.0])
@pytest.mark.parametrize("share", [-0.9, 0.0, 0.5])
def test_never_is_the_sum_of_anderson(theta, share):
    """Anderson (1960): both exit probabilities of a drift that the bounds outrun."""
    a, z = 1.2, 0.35
    v = -share * np.tan(theta)
    with mp.workdps(60):
        b, ended = -mp.tan(mp.mpf(theta)), 0
        for w, drift in ((1 - mp.mpf(z), mp.mpf(v)), (mp.mpf(z), -mp.mpf(v))):
            one, other = 2 * mp.mpf(a) * w, 2 * mp.mpf(a) * (1 - w)
            up, down = b - drift, b + drift
            for r in range(1, 60):
                cross = one * down + other * up
                same = one * up + other * down
                ended += mp.exp(
                    -2 * (r * r * one * up + (r - 1) ** 2 * other * down + r * (r - 1) * cross)
                )
                ended -= mp.exp(
                    -2 * (r * r * same + r * (r - 1) * one * down + r * (r + 1) * other * up)
                )
        exact = float(mp.log(1 - ended))
    assert float(log_never_angle(v, a, z, theta)) == pytest.approx(exact, rel=1e-10, abs=1e-12)


def test_never_is_impossible_when_bounds_close_or_the_drift_outruns_them():
    assert np.isneginf(log_never_angle(0.0, 1.0, 0.5, 0.0))
    assert np.isneginf(log_never_angle(0.0, 1.0, 0.5, 0.3))
    assert np.isneginf(log_never_angle(2.0, 1.0, 0.5, -0.3))
    slopes = jax.grad(log_never_angle, argnums=(0, 1, 2, 3))(2.0, 1.0, 0.5, -0.3)
    np.testing.assert_array_equal(slopes, 0)
