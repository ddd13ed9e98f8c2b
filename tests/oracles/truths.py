"""For each model, a log density that shares no formula with the kit's."""

import numpy as np
from oracles import first_passage, sequence, varying


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


KNOWN = {
    "ddm": ("series, 60 digits", _series),
    "ddm_sdv": ("series, 60 digits", _series),
    "angle": ("series, 60 digits", _series),
    "angle_sdv": ("series, 60 digits", _series),
    "full_ddm": ("sum, 6,400 nodes", _graded),
    "ddm_seq2_no_bias": ("sum, 2,001 nodes", _in_sequence),
}
# Models that solve an equation: one that all trials share, or one a trial.
SOLVED = ()


def of(name):
    """Return what the truth is, in words, and the function of responses and parameters."""
    return KNOWN[name]
