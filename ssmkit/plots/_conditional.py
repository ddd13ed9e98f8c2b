"""How choices and times go together: accuracy given the time, and differences of quantiles.

Of trials, and of the probabilities by each time of a model, which need no simulation.
"""

import numpy as np

FEWEST = 5
"""With fewer trials in a bin, or a response, nothing is said of it."""


def accuracy_of_trials(trials: np.ndarray, code: float, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean time of trials in bins of equal numbers, and the share of a response in each.

    Parameters
    ----------
    trials
        Seconds and response, (n, 2); those without a time are left out.
    code
        The response.
    bins
        Number of bins.

    Returns
    -------
    tuple of ndarray
        Seconds and shares; NaN where there are under 5 trials a bin.

    Examples
    --------
    >>> early, late = np.tile([[0.5, 1]], (5, 1)), np.tile([[0.9, -1]], (5, 1))
    >>> [x.tolist() for x in accuracy_of_trials(np.vstack([early, late]), 1, 2)]
    [[0.5, 0.9], [1.0, 0.0]]
    """
    own = trials[np.isfinite(trials[:, 0])]
    if len(own) < FEWEST * bins:
        return np.full(bins, np.nan), np.full(bins, np.nan)
    parts = np.array_split(own[np.argsort(own[:, 0], kind="stable")], bins)
    times = np.array([part[:, 0].mean() for part in parts])
    return times, np.array([(part[:, 1] == code).mean() for part in parts])


def accuracy_of_law(
    time: np.ndarray, below: np.ndarray, response: int, bins: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return of a model what :func:`accuracy_of_trials` returns of trials.

    Parameters
    ----------
    time
        Times, rising.
    below
        Probability of each response by each time, (responses, times), straight between them.
    response
        Place of the response.
    bins
        Number of bins.

    Returns
    -------
    tuple of ndarray
        Seconds and shares.

    Examples
    --------
    >>> time = np.array([0.0, 1.0, 2.0])
    >>> below = np.array([[0.0, 0.5, 0.5], [0.0, 0.0, 0.5]])
    >>> [x.tolist() for x in accuracy_of_law(time, below, 1, 2)]
    [[0.5, 1.5], [0.0, 1.0]]
    """
    total = below.sum(axis=0)
    rising = np.concatenate([[True], np.diff(total) > 0])
    share = np.linspace(0, total[-1], bins + 1)
    edges = np.interp(share, total[rising], time[rising])
    full = np.union1d(time, edges)
    at = np.interp(full, time, total)
    moment = np.concatenate([[0.0], np.cumsum(0.5 * (full[1:] + full[:-1]) * np.diff(at))])
    own = np.interp(edges, time, below[response])
    with np.errstate(divide="ignore", invalid="ignore"):
        mass = np.diff(np.interp(edges, full, at))
        return np.diff(np.interp(edges, full, moment)) / mass, np.diff(own) / mass


def delta(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the means of two sets of quantiles, and by how much the second are greater.

    Examples
    --------
    >>> [x.tolist() for x in delta(np.array([0.5, 1.0]), np.array([0.75, 1.5]))]
    [[0.625, 1.25], [0.25, 0.5]]
    """
    return 0.5 * (first + second), second - first


def quantiles_of_trials(trials: np.ndarray, code: float, p: np.ndarray) -> np.ndarray:
    """Return quantiles of the time of a response; NaN where there are under 5.

    Examples
    --------
    >>> quantiles_of_trials(np.array([[0.1 * i, 1] for i in range(6)]), 1, np.array([0.5]))
    array([0.25])
    """
    own = trials[(trials[:, 1] == code) & np.isfinite(trials[:, 0]), 0]
    return np.quantile(own, p) if len(own) >= FEWEST else np.full(len(p), np.nan)
