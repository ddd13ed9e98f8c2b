"""Bands are exact: of all possible ranks, those inside have the probability that is stated."""

import itertools

import numpy as np
import pytest

from ssmkit.studies.bands import bands, counts, p_value


@pytest.mark.parametrize("alpha", [0.05, 0.2, 0.5])
def test_coverage_is_that_of_every_possible_outcome_counted(alpha):
    found = bands(4, 5, alpha)
    outcomes = np.array(list(itertools.product(range(6), repeat=4)))
    below = np.array([counts(ranks, 5) for ranks in outcomes])
    inside = ((below >= found.low) & (below <= found.high)).all(axis=1)
    assert inside.mean() == pytest.approx(found.coverage, abs=1e-12)
    assert found.coverage >= 1 - alpha


def test_p_is_the_share_of_outcomes_that_stray_as_far():
    outcomes = list(itertools.product(range(4), repeat=4))
    p = {ranks: p_value(np.array(ranks), 3) for ranks in set(map(tuple, map(sorted, outcomes)))}
    all_p = np.array([p[tuple(sorted(ranks))] for ranks in outcomes])
    for value in set(p.values()):
        assert (all_p <= value + 1e-9).mean() == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("fits", [50, 300])
def test_bands_are_no_wider_than_they_must_be(fits):
    assert 0.95 <= bands(fits, 99, 0.05).coverage < 0.955


def test_uniform_ranks_leave_the_bands_at_the_stated_rate():
    """Of 4,000 studies 5 % leave; 4.5 standard errors, a false alarm in 1e5 runs."""
    rng = np.random.default_rng(0)
    found = bands(100, 99, 0.05)
    below = np.array([counts(rng.integers(0, 100, 100), 99) for _ in range(4000)])
    left = ((below < found.low) | (below > found.high)).any(axis=1).mean()
    expected = 1 - found.coverage
    assert abs(left - expected) < 4.5 * np.sqrt(expected * (1 - expected) / 4000)


def test_p_falls_below_alpha_just_where_the_bands_are_left():
    rng = np.random.default_rng(0)
    found = bands(100, 99, 0.3)
    for _ in range(200):
        ranks = rng.integers(0, 100, 100)
        below = counts(ranks, 99)
        inside = bool(((below >= found.low) & (below <= found.high)).all())
        assert inside == (p_value(ranks, 99) > 1 - found.coverage + 1e-12)


@pytest.mark.parametrize(("shift", "spread"), [(0.3, 1.0), (0.0, 0.7), (0.0, 1.4)])
def test_posteriors_that_are_shifted_narrow_or_wide_are_found(shift, spread):
    """Truths are standard normal beside draws that are not; missed less than once in 1e5 runs."""
    rng = np.random.default_rng(0)
    truths = rng.normal(size=300)
    draws = rng.normal(shift, spread, size=(300, 99))
    assert p_value((draws < truths[:, None]).sum(axis=1), 99) < 0.01
