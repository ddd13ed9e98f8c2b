"""Trials without a reaction time in the likelihood of a model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.missing import silent, untimed
from ssmkit.spec.missing import ANSWERED, CODE, SILENT, UNTIMED, Missing


@dataclass(frozen=True)
class Pattern:
    """Which trials have which kind; equal patterns make equal programs.

    Parameters
    ----------
    kinds
        A byte a trial: :data:`ssmkit.spec.missing.ANSWERED` and so on.
    deadline
        Whether there is one, whose seconds come with the parameters.
    withheld
        As for :class:`ssmkit.spec.Missing`.
    """

    kinds: bytes
    deadline: bool
    withheld: int | None

    def of(self, kind: int) -> np.ndarray:
        """Return the places of the trials of a kind."""
        return np.flatnonzero(np.frombuffer(self.kinds, np.int8) == kind)


def pattern(missing: Missing | None, data: pd.DataFrame) -> Pattern | None:
    """Return the pattern of data; None where every trial has its time."""
    if missing is None:
        return None
    kinds = missing.kinds(data)
    if not kinds.any():
        return None
    return Pattern(kinds.tobytes(), missing.deadline is not None, missing.withheld)


def observed(data: pd.DataFrame) -> np.ndarray:
    """Return reaction times and responses, (n, 2), with the field's code where they are missing.

    PyMC would take NaN for something that it should estimate.
    """
    values = data[["rt", "response"]].to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isnan(values), CODE, values)


def with_missing(
    density: Callable[..., Any], config: ModelConfig, kind: str, pattern: Pattern, *, lapses: bool
) -> Callable[..., Any]:
    """Return the log-likelihood of all trials, with or without a time.

    Parameters
    ----------
    density
        The log density of a trial with a time: ``f(rt, response, *params)``, or with lapses
        ``f(rt, response, log_lapse, p_outlier, *params)``.
    config, kind
        The model and its kind of likelihood.
    pattern
        Which trials are which.
    lapses
        Whether there are lapses.

    Returns
    -------
    callable
        ``f(rt, response, time, log_late, log_lapse, p_outlier, *params)``, pure JAX: one value a
        trial, (n,). ``time`` and ``log_late`` are the deadline and the log probability that a
        lapse takes longer.
    """
    import jax.numpy as jnp

    n = len(pattern.kinds)
    quiet = silent(config, kind, pattern.withheld, deadline=pattern.deadline)
    bare = untimed(config, kind, deadline=pattern.deadline)

    def log_likelihood(
        rt: Any, response: Any, time: Any, log_late: Any, log_lapse: Any, p: Any, *params: Any
    ) -> Any:
        def some(kind: int) -> tuple[np.ndarray, list]:
            places = pattern.of(kind)
            every = (rt, response, time, log_late, log_lapse, p, *params)
            return places, [x[places] if jnp.shape(x) == (n,) else x for x in every]

        parts, order = [], []
        places, (rt_, response_, _, _, log_lapse_, p_, *own) = some(ANSWERED)
        if len(places):
            mixed = (log_lapse_, p_) if lapses else ()
            parts.append(density(rt_, response_, *mixed, *own))
            order.append(places)
        places, (_, _, time_, log_late_, _, p_, *own) = some(SILENT)
        if len(places):
            parts.append(quiet(time_, log_late_, p_, *own))
            order.append(places)
        places, (_, response_, time_, log_late_, _, p_, *own) = some(UNTIMED)
        if len(places):
            parts.append(bare(response_, time_, log_late_, p_, *own))
            order.append(places)
        whole = [jnp.broadcast_to(x, len(y)) for x, y in zip(parts, order, strict=True)]
        return jnp.concatenate(whole)[np.argsort(np.concatenate(order))]

    return log_likelihood
