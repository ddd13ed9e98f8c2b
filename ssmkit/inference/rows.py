"""Trials that share their parameters, so that an equation is solved once for all of them.

Which trials these are follows from the design: the design says which trials have the same value of
a parameter, whatever the coefficients are. It is looked up once, when a model is built.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.spec import ModelSpec
from ssmkit.spec.terms import design

FEW = 16
"""So many trials a row, on average, are worth a solution that serves them all."""
UNEVEN = 4
"""A row holds so many times the average number of trials; the rest of its trials have another."""


@dataclass(frozen=True)
class Rows:
    """Which trials have the same parameters of the equation; equal rows make equal programs.

    Parameters
    ----------
    group
        The number of each trial's row, 32 bits a trial.
    params
        The parameters that are the same within a row.
    """

    group: bytes
    params: tuple[str, ...]

    def table(self) -> tuple[np.ndarray, np.ndarray]:
        """Return trials by row, filled up with the row's first, and each trial's place in it."""
        group = np.frombuffer(self.group, np.int32)
        counts = np.bincount(group)
        width = min(counts.max(), UNEVEN * -(-len(group) // len(counts)))
        order = np.argsort(group, kind="stable")
        within = np.arange(len(group)) - np.repeat(np.cumsum(counts) - counts, counts)
        lines = -(-counts // width)
        line = (np.cumsum(lines) - lines)[group[order]] + within // width
        trials = np.full((lines.sum(), width), -1)
        trials[line, within % width] = order
        trials = np.where(trials < 0, trials[:, :1], trials)
        places = np.empty(len(group), int)
        places[order] = line * width + within % width
        return trials, places


def rows_of(
    spec: ModelSpec,
    items: Sequence[Any],
    data: pd.DataFrame,
    namespace: Mapping[str, Any] | None = None,
) -> Rows | None:
    """Return the rows of a model on its data; None where there is nothing to gain.

    Parameters
    ----------
    spec
        A valid spec.
    items
        Its parameters, resolved on the data.
    data
        Its data.
    namespace
        Values of names in formulas that are no columns.

    Returns
    -------
    Rows or None
        None where the density is a formula, where the parameters have no predictors, so that they
        are single numbers, and where fewer than 16 trials share them.
    """
    own = () if spec.loglik is not None else spec.config.likelihood(spec.kind).equation
    columns = []
    for item in items:
        if item.name not in own:
            continue
        if item.formula is not None:
            columns.append(_fingerprint(design(item.formula, data, namespace)))
        elif item.fixed is not None and not isinstance(item.fixed, float):
            columns.append(np.asarray(item.fixed.of(data), float))
    if not columns:
        return None
    found, group = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    if len(found) > len(data) / FEW:
        return None
    return Rows(group.reshape(-1).astype(np.int32).tobytes(), own)


def in_rows(
    density: Callable[..., Any], rows: Rows, config: ModelConfig, *, lapses: bool
) -> Callable[..., Any]:
    """Return a log density of trials that solves its equation once a row.

    Parameters
    ----------
    density
        ``f(rt, response, *params)``, or with lapses
        ``f(rt, response, log_lapse, p_outlier, *params)``, pure JAX.
    rows
        The rows.
    config
        The model.
    lapses
        Whether there are lapses.

    Returns
    -------
    callable
        The same function, of n trials.
    """
    trials, places = rows.table()
    first = 4 if lapses else 2
    names = ("",) * first + config.list_params

    def tabled(*args: Any) -> Any:
        import jax.numpy as jnp

        def of_row(name: str, x: Any) -> Any:
            if jnp.shape(x) != places.shape:
                return jnp.reshape(x, ())
            return x[trials[:, :1] if name in rows.params else trials]

        table = [of_row(name, x) for name, x in zip(names, args, strict=True)]
        return density(*table).reshape(-1)[places]

    return tabled


def _fingerprint(matrices: Any) -> np.ndarray:
    """Return a number for each trial, the same for trials of the same design."""
    rng = np.random.default_rng(0)
    total = 0.0
    for part in (matrices.common, matrices.group):
        for term in () if part is None else part.terms.values():
            # A group's columns are a sparse matrix.
            columns = term.data if term.data.ndim == 2 else np.reshape(term.data, (-1, 1))
            total = total + columns @ rng.normal(size=columns.shape[1])
    # Sums of the same numbers may differ in their last digit.
    return np.round(total, 9)
