"""The numbers behind the pictures agree with ArviZ, SciPy and brute force."""

import arviz as az
import numpy as np
import pytest
from scipy import stats

from ssmkit.plots._numbers import bandwidth, density, density_2d, hdi, levels, rank_counts


@pytest.mark.parametrize("mass", [0.5, 0.8, 0.94])
@pytest.mark.parametrize("seed", range(3))
def test_the_interval_is_arvizs(seed, mass):
    rng = np.random.default_rng(seed)
    for draws in (rng.normal(size=4000), rng.exponential(size=501), rng.beta(0.5, 2, size=40)):
        assert hdi(draws, mass) == pytest.approx(np.asarray(az.hdi(draws, mass)), abs=1e-12)


def test_an_interval_of_all_mass_holds_all_draws():
    assert hdi(np.array([3.0, 1.0, 2.0]), 1.0) == (1.0, 3.0)
    assert hdi(np.array([2.0]), 0.94) == (2.0, 2.0)


@pytest.mark.parametrize("seed", range(3))
def test_a_density_is_scipys_reflected_at_its_ends(seed):
    draws = np.random.default_rng(seed).gamma(2.0, size=2000)
    x, height = density(draws)
    scipys = stats.gaussian_kde(draws, bandwidth(draws) / draws.std(ddof=1))
    low, high = draws.min(), draws.max()
    expected = scipys(x) + scipys(2 * low - x) + scipys(2 * high - x)
    np.testing.assert_allclose(height, expected, atol=0.005 * expected.max())


def test_a_density_has_mass_one_and_stays_within_the_draws():
    draws = np.random.default_rng(0).exponential(size=(4, 1000))
    x, height = density(draws)
    assert height.sum() * (x[1] - x[0]) == pytest.approx(1, abs=1e-12)
    assert x[0] > draws.min()
    assert x[-1] < draws.max()


def test_a_density_does_not_sink_where_draws_pile_up_at_a_bound():
    """Seeded; the estimate at the bound has a standard error of about 0.05."""
    _, height = density(np.random.default_rng(0).exponential(size=20_000))
    assert height[0] == pytest.approx(1.0, abs=0.15)


def test_draws_that_never_change_make_a_spike():
    x, height = density(np.full((4, 100), 1.3))
    assert (x.tolist(), height.tolist()) == ([1.3, 1.3], [0.0, 1.0])


@pytest.mark.parametrize("correlation", [0.0, -0.7, 0.97])
def test_a_joint_density_is_scipys(correlation):
    rng = np.random.default_rng(0)
    draws = rng.multivariate_normal([1, 2], [[1, correlation], [correlation, 1]], size=1500).T
    x, y, z = density_2d(*draws)
    grid = np.stack(np.meshgrid(x[::8], y[::8], indexing="ij")).reshape(2, -1)
    expected = stats.gaussian_kde(draws)(grid).reshape(32, 32)
    np.testing.assert_allclose(z[::8, ::8], expected, atol=0.03 * z.max())
    assert z.sum() * (x[1] - x[0]) * (y[1] - y[0]) == pytest.approx(1, abs=1e-3)


def test_a_joint_density_survives_perfect_correlation():
    x = np.random.default_rng(0).normal(size=500)
    assert np.isfinite(density_2d(x, 2 * x)[2]).all()


def test_regions_hold_the_mass_that_they_promise():
    rng = np.random.default_rng(0)
    draws = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], size=4000).T
    x, y, z = density_2d(*draws)
    masses = (0.94, 0.5)
    heights = levels(z, masses)
    for mass, height in zip(masses, heights, strict=True):
        assert z[z >= height].sum() / z.sum() == pytest.approx(mass, abs=0.01)
        places = [np.searchsorted(g, d).clip(0, 255) for g, d in zip((x, y), draws, strict=True)]
        assert (z[tuple(places)] >= height).mean() == pytest.approx(mass, abs=0.03)


@pytest.mark.parametrize("bins", [2, 7, 20])
def test_rank_counts_are_those_of_brute_force(bins):
    draws = np.random.default_rng(0).normal(size=(3, 140))
    counts = rank_counts(draws, bins)
    ranks = np.array([[(draws < draw).sum() for draw in chain] for chain in draws])
    for chain in range(3):
        for place in range(bins):
            low, high = place * 420 / bins, (place + 1) * 420 / bins
            own = ranks[chain] + 0.5
            assert counts[chain, place] == ((own >= low) & (own < high)).sum()


def test_every_draw_is_in_one_bin_ties_too():
    draws = np.repeat(np.random.default_rng(0).normal(size=(4, 25)), 4, axis=1)
    counts = rank_counts(draws, 20)
    assert counts.sum(axis=1).tolist() == [100] * 4
    assert rank_counts(np.zeros((2, 10)), 4).sum(axis=1).tolist() == [10, 10]
