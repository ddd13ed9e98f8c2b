import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.plots._conditional import (
    accuracy_of_law,
    accuracy_of_trials,
    delta,
    quantiles_of_trials,
)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), bins=st.integers(1, 8))
def test_shares_of_bins_of_equal_numbers_average_to_the_share_of_all(seed, bins):
    rng = np.random.default_rng(seed)
    trials = np.column_stack([rng.gamma(2, 0.3, 40 * bins), rng.choice([-1, 1], 40 * bins)])
    time, share = accuracy_of_trials(trials, 1, bins)
    np.testing.assert_allclose(share.mean(), (trials[:, 1] == 1).mean())
    np.testing.assert_allclose(time.mean(), trials[:, 0].mean())
    assert (np.diff(time) > 0).all()


def test_a_law_has_the_shares_of_many_trials_drawn_from_it():
    # Two exponentials that race: the first to end is the second one with a probability of 2/3, at
    # whatever time.
    time = np.linspace(0, 30, 3000)
    below = np.outer([1 / 3, 2 / 3], 1 - np.exp(-3 * time))
    found, share = accuracy_of_law(time, below, 1, 4)
    np.testing.assert_allclose(share, 2 / 3, rtol=1e-6)
    rng = np.random.default_rng(0)
    drawn = np.sort(rng.exponential(1 / 3, 400_000)).reshape(4, -1).mean(axis=1)
    np.testing.assert_allclose(found, drawn, rtol=0.01)


def test_trials_without_a_time_or_too_few_say_nothing():
    trials = np.array([[np.nan, 1]] * 50 + [[0.5, 1]] * 9)
    assert np.isnan(accuracy_of_trials(trials, 1, 2)[1]).all()
    assert np.isnan(quantiles_of_trials(trials, -1, np.array([0.5]))).all()


def test_a_delta_is_the_later_minus_the_earlier_over_their_mean():
    x, y = delta(np.array([0.4, 0.6]), np.array([0.5, 0.9]))
    np.testing.assert_allclose(x, [0.45, 0.75])
    np.testing.assert_allclose(y, [0.1, 0.3])
