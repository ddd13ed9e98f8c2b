"""The statistics that the pictures show, the same on every ArviZ."""

import numpy as np

from ssmkit.errors import refuse

BINS = 512
SECONDS = ("t", "st")
"""Parameters that are times."""


def hdi(draws: np.ndarray, mass: float) -> tuple[float, float]:
    """Return the narrowest interval that holds ``mass`` of the draws (Chen & Shao, 1999)."""
    if not 0 < mass <= 1:
        refuse(
            "hdi_prob", f"{mass} is no probability", "give the mass to hold, as in hdi_prob=0.94"
        )
    ordered = np.sort(np.ravel(draws))
    span = min(int(mass * ordered.size), ordered.size - 1)
    widths = ordered[span:] - ordered[: ordered.size - span]
    start = int(np.argmin(widths))
    return float(ordered[start]), float(ordered[start + span])


def density(draws: np.ndarray, size: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return a Gaussian kernel density estimate on a grid from the least to the greatest draw.

    ``size`` is how many of the draws are independent, where they are not all.

    The bandwidth is Silverman's (1986, eq. 3.31). The estimate is reflected at both ends, so that
    a posterior that piles up at a bound is not drawn beyond it: on a grid that is what damping the
    cosine transform does. Draws that are all equal give a spike of height 1.
    """
    from scipy.fft import dct, idct

    draws = np.ravel(draws)
    low, high = draws.min(), draws.max()
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        return np.array([low, low]), np.array([0.0, 1.0])
    counts, edges = np.histogram(draws, BINS, (low, high))
    waves = np.arange(BINS) * np.pi / (high - low)
    damping = np.exp(-0.5 * (bandwidth(draws, size) * waves) ** 2)
    heights = idct(dct(counts / (draws.size * (edges[1] - edges[0]))) * damping)
    return (edges[1:] + edges[:-1]) / 2, np.maximum(heights, 0.0)


def bandwidth(draws: np.ndarray, size: int | None = None) -> float:
    """Return Silverman's (1986) rule: 0.9 min(sd, IQR / 1.34) n^(-1/5)."""
    spread = draws.std(ddof=1)
    quartiles = np.subtract(*np.percentile(draws, [75, 25])) / 1.34
    return (
        0.9 * (min(spread, quartiles) if quartiles > 0 else spread) * (size or draws.size) ** -0.2
    )


def density_2d(
    x: np.ndarray, y: np.ndarray, points: int = 256
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a grid and the kernel density estimate on it, ``(len(x_grid), len(y_grid))``.

    The kernel has the covariance of the draws times n^(-1/3) (Scott, 1992), so that a ridge keeps
    its shape. It is applied in the frequency domain, which needs no inverse: perfectly correlated
    draws do no harm. The padding holds what the transform would carry from one edge to the other.
    """
    kernel = np.cov(x, y) * x.size ** (-1 / 3)
    pads = 4 * np.sqrt(np.diag(kernel))
    ranges = [(v.min() - pad, v.max() + pad) for v, pad in zip((x, y), pads, strict=True)]
    counts, *edges = np.histogram2d(x, y, points, ranges)
    steps = [edge[1] - edge[0] for edge in edges]
    wx = 2 * np.pi * np.fft.fftfreq(points, steps[0])[:, None]
    wy = 2 * np.pi * np.fft.rfftfreq(points, steps[1])[None, :]
    quadratic = kernel[0, 0] * wx**2 + 2 * kernel[0, 1] * wx * wy + kernel[1, 1] * wy**2
    smooth = np.fft.irfft2(np.fft.rfft2(counts) * np.exp(-0.5 * quadratic), (points, points))
    grids = [(edge[1:] + edge[:-1]) / 2 for edge in edges]
    return *grids, np.maximum(smooth, 0.0) / (x.size * steps[0] * steps[1])


def levels(heights: np.ndarray, masses: tuple[float, ...]) -> np.ndarray:
    """Return the heights above which the estimate holds each of ``masses``."""
    ordered = np.sort(np.ravel(heights))[::-1]
    held = np.cumsum(ordered) / ordered.sum()
    return ordered[np.minimum(np.searchsorted(held, masses), ordered.size - 1)]


def rank_counts(draws: np.ndarray, bins: int) -> np.ndarray:
    """Return how many draws of each chain fall into each bin of the ranks among all chains.

    Parameters
    ----------
    draws
        Draws of one number, ``(chain, draw)``.
    bins
        Bins of equal width in rank.

    Returns
    -------
    ndarray
        Counts ``(chain, bins)``; each row sums to the number of draws of a chain. Chains that
        sample the same distribution have flat rows (Vehtari et al., 2021).
    """
    from scipy.stats import rankdata

    ranks = (rankdata(draws).reshape(draws.shape) - 0.5) / draws.size
    places = np.minimum((ranks * bins).astype(int), bins - 1)
    return np.stack([np.bincount(row, minlength=bins) for row in places])
