"""A table of what a model expects of each trial."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from ssmkit.inference.built import Built
from ssmkit.inference.predictive import simulate_rows
from ssmkit.inference.trialwise import trialwise

QUANTILES = (0.1, 0.5, 0.9)


def predict(
    built: Built,
    posterior: xr.Dataset,
    data: pd.DataFrame,
    random_seed: int | None,
    *,
    interval: float = 0.94,
    include_group_specific: bool = True,
    do: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """Tabulate parameters, responses and reaction times that are expected of each trial.

    Parameters
    ----------
    built
        The model.
    posterior
        Draws of its visible variables.
    data
        Its rows are the trials.
    random_seed
        Seed of the simulation behind responses and reaction times.
    interval
        Mass of the central intervals.
    include_group_specific, do
        As for :func:`ssmkit.inference.trialwise.trialwise`.

    Returns
    -------
    DataFrame
        A row a trial, with the index of the data. For each parameter that is not one fixed number,
        the posterior mean and the ends of its interval: ``v``, ``v_low``, ``v_high``. For each
        response but the first its probability, ``p(1)``; and quantiles of the reaction time in
        seconds, ``rt_10``, ``rt_50``, ``rt_90``.
    """
    rows = trialwise(built, posterior, data, include_group_specific=include_group_specific, do=do)
    fixed = {item.name for item in built.items if isinstance(item.fixed, float)}
    if built.spec.lapse is not None and isinstance(built.spec.lapse.p, float):
        fixed.add("p_outlier")
    tail = (1 - interval) / 2
    table = {}
    for name in (str(x) for x in rows.data_vars):
        if name not in fixed:
            values = rows[name].to_numpy().reshape(-1, len(data))
            table[name] = values.mean(axis=0)
            table[f"{name}_low"], table[f"{name}_high"] = np.quantile(
                values, [tail, 1 - tail], axis=0
            )
    simulated = simulate_rows(built.spec, rows, data, np.random.default_rng(random_seed))
    trials = simulated.reshape(-1, len(data), 2)
    for choice in built.spec.config.choices[1:]:
        table[f"p({choice})"] = (trials[..., 1] == choice).mean(axis=0)
    ends = np.nanquantile(trials[..., 0], QUANTILES, axis=0)
    table |= {f"rt_{q:.0%}".rstrip("%"): x for q, x in zip(QUANTILES, ends, strict=True)}
    return pd.DataFrame(table, index=data.index)
