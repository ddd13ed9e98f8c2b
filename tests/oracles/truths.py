"""For each model, a log density that shares no formula with the kit's."""

import numpy as np
from oracles import (
    ballistic,
    first_passage,
    fokker_planck,
    levy_chain,
    reflected_racer,
    sequence,
    varying,
)
from scipy.stats import norm


def _series(rt, response, v, a, z, t, theta=0.0, sv=0.0):
    rows = zip(rt, response, strict=True)
    extra = {"theta": theta, "sv": sv}
    return np.array([float(first_passage.log_density(*row, v, a, z, t, **extra)) for row in rows])


def _graded(rt, response, **person):
    return varying.log_density(rt, response, np.array([*person.values()]))


def _in_sequence(rt, response, vh, vl1, vl2, a, t):
    both = [sequence.density(rt - t, choice, vh, vl1, vl2, a) for choice in range(4)]
    with np.errstate(divide="ignore"):
        return np.log(np.array(both)[np.asarray(response, int), np.arange(len(rt))])


def _solved(rt, response, v, a, z, t, alpha=1.0, beta=1.0):
    """Return the density from the diffusion solver; linear in time between its many steps."""
    tau = rt - t

    def bound(s):
        return a * np.maximum(np.exp(-((s / beta) ** alpha)), 1e-6)

    def slope(s):
        return -bound(s) * alpha / beta * (s / beta) ** (alpha - 1)

    times = np.geomspace(1e-3, 30, 4_000)
    hazard = np.cumsum(np.pi**2 / 8 / bound(times[1:]) ** 2 * np.diff(times))
    gone = times[min(np.searchsorted(hazard, 14.0) + 1, len(times) - 1)]
    last = min(gone, 1.01 * tau.max())
    solved = fokker_planck.solve(v, z, bound, slope, last, cells=1_600, steps=3_200)
    with np.errstate(divide="ignore"):
        both = [np.interp(tau, solved.tau, f) for f in (solved.lower, solved.upper)]
        return np.log(np.where(response > 0, both[1], both[0]))


def _leaky(rt, response, v, a, z, g, t):
    tau = rt - t
    last = 1.01 * tau.max()
    solved = fokker_planck.solve(
        v, z, lambda s: a, lambda s: 0.0, last, cells=1_600, steps=6_400, leak=g
    )
    with np.errstate(divide="ignore"):
        both = [np.interp(tau, solved.tau, f) for f in (solved.lower, solved.upper)]
        return np.log(np.where(response > 0, both[1], both[0]))


def _flights(rt, response, v, a, z, alpha, t):
    upper, lower = levy_chain.density(rt - t, v, a, z, alpha, cells=(255, 511))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(np.where(response > 0, upper, lower))


def _ballistic(rt, response, *, A, b, t=0.0, **speeds):
    def trial(tau, winner):
        ends, total = ((b - A) / tau, b / tau, 0.1), -np.log(tau)
        for i, v in enumerate(speeds.values()):
            one = ballistic.log_density if i == winner else ballistic.log_survival
            total += one(*ends[:2], v, ends[2]) - norm.logcdf(v / ends[2])
        return total

    return np.array([trial(*row) for row in zip(rt - t, response, strict=True)])


def _raced(rt, response, *, a, z, t, theta=0.0, **drifts):
    slope = np.tan(theta)
    last = min(1.05 * np.max(rt - t), 0.999 * a / slope if slope > 0 else np.inf)
    f = reflected_racer.race(rt - t, [*drifts.values()], a, z, slope, last, cells=2400, steps=4800)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(f[np.asarray(response, int), np.arange(len(rt))])


KNOWN = {
    "ddm": ("series, 60 digits", _series),
    "ddm_sdv": ("series, 60 digits", _series),
    "angle": ("series, 60 digits", _series),
    "angle_sdv": ("series, 60 digits", _series),
    "full_ddm": ("sum, 6,400 nodes", _graded),
    "race_no_bias_angle_4": ("diffusion, 2,400 cells", _raced),
    "ddm_seq2_no_bias": ("sum, 2,001 nodes", _in_sequence),
    "weibull": ("diffusion, 1,600 cells", _solved),
    "exponential": ("diffusion, 1,600 cells", _solved),
    "ornstein": ("diffusion, 1,600 cells", _leaky),
    "levy": ("chain, 511 places", _flights),
    **dict.fromkeys(("lba2", "lba3", "lba2_t", "lba3_t"), ("sum over speeds", _ballistic)),
}
# Models that solve an equation: one that all trials share, or one a trial.
SOLVED = ("weibull", "exponential", "ornstein", "levy", "race_no_bias_angle_4")


def of(name):
    """Return what the truth is, in words, and the function of responses and parameters."""
    return KNOWN[name]
