"""New data from a model: under its posterior, and under its prior."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from ssmkit._compat import build_traces, group, set_group
from ssmkit.errors import refuse
from ssmkit.inference.built import Built
from ssmkit.inference.traces import OBS, RESPONSE
from ssmkit.inference.trialwise import trialwise
from ssmkit.inference.variables import coordinates, visible
from ssmkit.modelconfig.distributions import frozen
from ssmkit.simulate import simulate_trials
from ssmkit.spec import Missing, ModelSpec
from ssmkit.spec.missing import UNTIMED

# Trials simulated at once; what bounds the memory of a predictive sample.
BATCH_TRIALS = 200_000


def thin(posterior: xr.Dataset, draws: int | None) -> xr.Dataset:
    """Return evenly spaced draws of each chain; None keeps at most 100.

    Raises
    ------
    SsmkitError
        When there are not as many.
    """
    kept = posterior.sizes["draw"]
    wanted = min(100, kept) if draws is None else draws
    if not 1 <= wanted <= kept:
        refuse(
            "draws", f"{draws} draws are asked of {kept} a chain", f"type draws={min(100, kept)}"
        )
    return posterior.isel(draw=np.linspace(0, kept - 1, wanted).round().astype(int))


def posterior_predictive(
    built: Built,
    posterior: xr.Dataset,
    data: pd.DataFrame,
    random_seed: int | None,
    *,
    include_group_specific: bool = True,
    do: Mapping[str, Any] | None = None,
) -> xr.Dataset:
    """Simulate data from draws of the posterior.

    Parameters
    ----------
    built
        The model.
    posterior
        Draws of its visible variables.
    data
        Its rows are the trials that are predicted.
    random_seed
        Seed of the simulation.
    include_group_specific, do
        As for :func:`ssmkit.inference.trialwise.trialwise`.

    Returns
    -------
    Dataset
        Variable ``rt,response``, (chain, draw, n, 2): seconds and response.
    """
    rng = np.random.default_rng(random_seed)
    step = max(1, BATCH_TRIALS // (len(data) * posterior.sizes["chain"]))
    blocks = []
    for start in range(0, posterior.sizes["draw"], step):
        block = posterior.isel(draw=slice(start, start + step))
        rows = trialwise(built, block, data, include_group_specific=include_group_specific, do=do)
        blocks.append(simulate_rows(built.spec, rows, data, rng))
    values = np.concatenate(blocks, axis=1)
    traces = build_traces(
        {"posterior_predictive": {RESPONSE: values}}, dims={RESPONSE: [OBS, "rt_response"]}
    )
    found = group(traces, "posterior_predictive")
    return found.assign_coords(draw=posterior["draw"].to_numpy())


def prior_draws(built: Built, draws: int, rng: np.random.Generator) -> xr.Dataset:
    """Draw the visible variables from their priors, truncated at their bounds; one chain."""
    if built.bambi is not None:
        import pymc as pm

        shown = visible(built.pymc, built.params)
        values = pm.draw(shown, draws=draws, random_seed=rng)
        dims, coords = coordinates(built.pymc, shown)
        arrays = {x.name: np.asarray(v, float)[None] for x, v in zip(shown, values, strict=True)}
        return group(build_traces({"prior": arrays}, dims=dims, coords=coords), "prior")
    out = {}
    for item in built.items:
        if item.fixed is None:
            law = frozen(item.prior.name, item.prior.args)
            low, high = law.cdf(item.truncation[0]), law.cdf(item.truncation[1])
            out[item.name] = law.ppf(low + (high - low) * rng.uniform(size=(1, draws)))
    return group(build_traces({"prior": out}), "prior")


def prior_predictive(
    built: Built,
    data: pd.DataFrame,
    draws: int,
    random_seed: int | None,
    *,
    do: Mapping[str, Any] | None = None,
) -> Any:
    """Draw parameters from the prior and simulate data from them.

    Parameters
    ----------
    built
        The model.
    data
        Its rows are the trials that are simulated.
    draws
        Number of draws.
    random_seed
        Seed of both.
    do
        As for :func:`ssmkit.inference.trialwise.trialwise`.

    Returns
    -------
    DataTree or InferenceData
        Groups ``prior`` and ``prior_predictive``.
    """
    if draws < 1:
        refuse("draws", f"{draws} draws are asked for", "type draws=500")
    rng = np.random.default_rng(random_seed)
    prior = prior_draws(built, draws, rng)
    simulated = simulate_rows(built.spec, trialwise(built, prior, data, do=do), data, rng)
    traces = build_traces(
        {"prior_predictive": {RESPONSE: simulated}}, dims={RESPONSE: [OBS, "rt_response"]}
    )
    set_group(traces, "prior", prior)
    return traces


def simulate_rows(
    spec: ModelSpec, rows: xr.Dataset, data: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    """Simulate every trial at every draw.

    Parameters
    ----------
    spec
        The model.
    rows
        Parameters of each trial at each draw, from :func:`ssmkit.inference.trialwise.trialwise`.
    data
        The trials, whose deadlines count.
    rng
        Source of all randomness.

    Returns
    -------
    ndarray
        (chains, draws, n, 2): seconds and response, NaN where the experiment would have none.
    """
    params = {str(name): rows[name].to_numpy().ravel() for name in rows.data_vars}
    out = simulate_trials(
        spec.model,
        params,
        rng,
        p_outlier=params.pop("p_outlier", 0.0),
        lapse=None if spec.lapse is None else spec.lapse.distribution,
        exact=True,
    )
    out = out.reshape(rows.sizes["chain"], rows.sizes["draw"], rows.sizes["trial"], 2)
    return out if spec.missing is None else _unseen(spec.missing, data, out)


def _unseen(missing: Missing, data: pd.DataFrame, trials: np.ndarray) -> np.ndarray:
    """Return trials as the experiment would have kept them: NaN where no response was seen."""
    seconds, response = missing.seconds(data), trials[..., 1]
    late = np.zeros(response.shape, bool) if seconds is None else trials[..., 0] > seconds
    trials[late] = np.nan
    trials[(response == missing.withheld) | (missing.kinds(data) == UNTIMED), 0] = np.nan
    return trials
