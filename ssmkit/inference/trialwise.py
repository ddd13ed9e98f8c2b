"""Each parameter of each trial at each draw, on its natural scale."""

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from ssmkit._compat import bambi_new_groups, build_traces, group, set_group
from ssmkit.inference.built import Built
from ssmkit.inference.intervention import intervene
from ssmkit.inference.variables import TRIALS


def trialwise(
    built: Built,
    draws: xr.Dataset,
    data: pd.DataFrame,
    *,
    include_group_specific: bool = True,
    do: Mapping[str, Any] | None = None,
) -> xr.Dataset:
    """Return the parameters of each trial.

    Parameters
    ----------
    built
        The model.
    draws
        Draws of its visible variables.
    data
        The trials, those that were fitted or others.
    include_group_specific
        Whether group effects count; without them the trials are those of the average group. A
        group that was not fitted gets the effects of one that is drawn from those that were.
    do
        Parameters and coefficients that are held at other values, see
        :func:`ssmkit.inference.intervention.intervene`.

    Returns
    -------
    Dataset
        A variable for each parameter of the model, and ``p_outlier`` where there are lapses,
        (chain, draw, trial).
    """
    sizes = (draws.sizes["chain"], draws.sizes["draw"], len(data))
    spec = built.spec
    draws, held = intervene(built, draws, data, do)
    predicted = {} if built.bambi is None else _predict(built, draws, data, include_group_specific)
    out = {}
    for item in built.items:
        if item.formula is not None:
            values = predicted[item.name].transpose("chain", "draw", TRIALS).to_numpy()
        elif item.fixed is None:
            values = draws[item.name].to_numpy()[..., None]
        else:
            values = item.fixed if isinstance(item.fixed, float) else item.fixed.of(data)
        out[item.name] = (("chain", "draw", "trial"), np.broadcast_to(values, sizes))
    if spec.lapse is not None and "p_outlier" not in out:
        out["p_outlier"] = (("chain", "draw", "trial"), np.broadcast_to(spec.lapse.p, sizes))
    for name, value in held.items():
        out[name] = (("chain", "draw", "trial"), np.broadcast_to(value, sizes))
    coords = {"chain": draws["chain"], "draw": draws["draw"], "trial": np.arange(len(data))}
    return xr.Dataset(out, coords=coords)


def _predict(
    built: Built,
    draws: xr.Dataset,
    data: pd.DataFrame,
    include_group_specific: bool,  # noqa: FBT001 - passed on
) -> xr.Dataset:
    shape = (draws.sizes["chain"], draws.sizes["draw"])
    # Bambi looks for every coefficient among the draws, also for those that are not estimated.
    fixed = {
        f"{item.name}_{term}": (("chain", "draw"), np.full(shape, value))
        for item in built.items
        if item.formula is not None
        for term, value in item.priors.items()
        if isinstance(value, float)
    }
    traces = build_traces({"posterior": {"placeholder": np.zeros(shape)}})
    # Draws of new groups are numbered from 0, and must meet the others by number.
    numbered = draws.assign(fixed).assign_coords(chain=range(shape[0]), draw=range(shape[1]))
    set_group(traces, "posterior", numbered)
    with warnings.catch_warnings():
        # formulae makes categories of new groups in a way that pandas is giving up, and Bambi is
        # giving up to be asked for them.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        predicted = built.bambi.predict(
            traces,
            kind="response_params",
            data=data,
            inplace=False,
            include_group_specific=include_group_specific,
            random_seed=0,
            **bambi_new_groups(),
        )
    return group(predicted, "posterior")
