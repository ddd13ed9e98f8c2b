"""How far the distribution of ranks may stray by chance: simultaneous bands, and an exact p."""

from dataclasses import dataclass
from functools import cache

import numpy as np


@dataclass(frozen=True, eq=False)
class Bands:
    """Simultaneous bands of the number of ranks up to each place.

    Parameters
    ----------
    z
        Places, as shares of the possible ranks, (places,).
    low, high
        Least and largest number of fits with a rank below the place, (places,).
    coverage
        Exact probability that uniform ranks stay inside everywhere.
    """

    z: np.ndarray
    low: np.ndarray
    high: np.ndarray
    coverage: float


def counts(ranks: np.ndarray, draws: int) -> np.ndarray:
    """Return how many of the ranks 0, ..., ``draws`` lie below 1, ..., ``draws``."""
    return np.cumsum(np.bincount(np.asarray(ranks, dtype=int), minlength=draws + 1))[:-1]


@cache
def bands(fits: int, draws: int, alpha: float) -> Bands:
    """Return the bands that uniform ranks leave with a probability of at most ``alpha``.

    Parameters
    ----------
    fits
        Number of ranks.
    draws
        Draws among which each was ranked; ranks are 0, ..., ``draws``.
    alpha
        Probability of leaving the bands anywhere.

    Returns
    -------
    Bands

    Notes
    -----
    At each place the band holds the same central probability of the binomial distribution; how much
    is found by bisection so that the probability of staying inside at all places is right. That
    probability is computed exactly, as the number of ranks below one place given that below the
    place before is binomial (Säilynoja, Bürkner and Vehtari, 2022).

    Examples
    --------
    >>> found = bands(100, 99, 0.05)
    >>> 0.95 <= found.coverage < 0.96
    True
    """
    z = np.arange(1, draws + 1) / (draws + 1)
    # One place alone would need alpha, places that know nothing of each other alpha / draws.
    inside, outside = np.log(alpha / draws / 2), np.log(min(2 * alpha, 1.0))
    best = _at(fits, z, np.exp(inside))
    for _ in range(30):
        middle = (inside + outside) / 2
        found = _at(fits, z, np.exp(middle))
        if found.coverage >= 1 - alpha:
            inside, best = middle, found
        else:
            outside = middle
    return best


def p_value(ranks: np.ndarray, draws: int) -> float:
    """Return the probability that uniform ranks stray as far as these, in the worst place.

    Parameters
    ----------
    ranks
        One rank a fit, of 0, ..., ``draws``.
    draws
        Draws among which each was ranked.

    Returns
    -------
    float
        Exact; below ``alpha`` where the ranks leave the bands of that level.

    Examples
    --------
    >>> p_value(np.arange(100), 99)
    1.0
    """
    tail = tails(ranks, draws).min()
    z = np.arange(1, draws + 1) / (draws + 1)
    return min(1.0, max(0.0, 1 - _at(len(ranks), z, 2 * tail).coverage))


def tails(ranks: np.ndarray, draws: int) -> np.ndarray:
    """Return, at each place, the probability of so many ranks below it or of a rarer number."""
    below, above = _tails(len(ranks), draws)
    places, k = np.arange(draws), counts(ranks, draws)
    return np.minimum(below[places, k], above[places, k])


def _at(fits: int, z: np.ndarray, gamma: float) -> Bands:
    """Return the bands outside which lies at most ``gamma`` / 2 of each side, at each place."""
    # Tails of exactly gamma / 2 are outside, whatever the rounding.
    edge = gamma / 2 * (1 + 1e-9)
    below, above = _tails(fits, len(z))
    low = (below <= edge).sum(axis=1)
    high = fits - (above <= edge).sum(axis=1)
    return Bands(z, low, high, _stays(fits, z, low, high))


@cache
def _tails(fits: int, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the probability of so many or fewer, and of so many or more, (places, counts)."""
    from scipy.stats import binom

    k, z = np.arange(fits + 1), np.arange(1, draws + 1)[:, None] / (draws + 1)
    return binom.cdf(k, fits, z), binom.sf(k - 1, fits, z)


def _stays(fits: int, z: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
    """Return the probability that the counts of uniform ranks are inside at every place."""
    from scipy.special import gammaln, xlog1py, xlogy

    if np.any(high < low):
        return 0.0
    factorial = gammaln(np.arange(fits + 1) + 1.0)
    states, mass, before = np.array([0]), np.array([1.0]), 0.0
    for place, lowest, highest in zip(z, low, high, strict=True):
        share = (place - before) / (1 - before)
        new = np.arange(lowest, highest + 1)
        rest = fits - states[:, None]
        more = new[None, :] - states[:, None]
        fits_in = (more >= 0) & (more <= rest)
        more = np.where(fits_in, more, 0)
        log_p = factorial[rest] - factorial[more] - factorial[rest - more]
        log_p += xlogy(more, share) + xlog1py(rest - more, -share)
        mass = mass @ np.where(fits_in, np.exp(log_p), 0.0)
        states, before = new, place
    return float(mass.sum())
