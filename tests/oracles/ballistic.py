"""One ballistic accumulator, integrated over its speeds panel by panel around the likeliest."""

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)


def log_density(low, high, v, sd):
    """Log of the mean over speeds from low to high of speed times density."""
    return _log_integral(lambda w: w / (high - low), low, high, v, sd)


def log_survival(low, high, v, sd):
    """Log probability of a speed above 0 but below one that is uniform from low to high."""
    return _log_integral(
        lambda w: np.clip((high - w) / (high - low), 0, 1), 0.0, high, v, sd, corner=low
    )


def _log_integral(weight, low, high, v, sd, corner=None):
    peak = min(max(v, low), high)
    z = (peak - v) / sd
    # From the peak on, the density falls to exp(-45) of it within this reach.
    reach = sd * (np.sqrt(z * z + 90) - abs(z))
    edges = np.linspace(max(low, peak - reach), min(high, peak + reach), 60)
    if corner is not None and edges[0] < corner < edges[-1]:
        edges = np.sort(np.append(edges, corner))
    half = np.diff(edges)[:, None] / 2
    w = edges[:-1, None] + half * (1 + NODES)
    relative = np.exp(-0.5 * ((w - peak) / sd) * ((w - v) / sd + z))
    total = np.sum(relative * weight(w) * half * WEIGHTS)
    return np.log(total / sd) - 0.5 * z * z - 0.5 * np.log(2 * np.pi)
