"""New data from a model: under its posterior, and under its prior."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ssmkit._compat import build_traces, group
from ssmkit.errors import refuse
from ssmkit.inference.traces import OBS, RESPONSE
from ssmkit.modelconfig.distributions import frozen
from ssmkit.simulate import simulate_trials
from ssmkit.spec import ModelSpec

# Trials simulated at once; what bounds the memory of a predictive sample.
BATCH_TRIALS = 200_000


def posterior_predictive(
    spec: ModelSpec,
    posterior: Any,
    data: pd.DataFrame,
    draws: int | None,
    random_seed: int | None,
) -> Any:
    """Simulate data from draws of the posterior.

    Parameters
    ----------
    spec
        The model.
    posterior
        Dataset of draws.
    data
        Its rows are the trials that are predicted.
    draws
        Draws of each chain to use, evenly spaced; None uses at most 100 a chain.
    random_seed
        Seed of the simulation.

    Returns
    -------
    Dataset
        Variable ``rt,response``, (chain, draw, n, 2): seconds and response.
    """
    kept = posterior.sizes["draw"]
    wanted = min(100, kept) if draws is None else draws
    if not 1 <= wanted <= kept:
        refuse(
            "draws", f"{draws} draws are asked of {kept} a chain", f"type draws={min(100, kept)}"
        )
    thinned = posterior.isel(draw=np.linspace(0, kept - 1, wanted).round().astype(int))
    free = {
        item.name: thinned[item.name].to_numpy() for item in spec.resolved() if item.fixed is None
    }
    out = _simulate(spec, free, data, np.random.default_rng(random_seed))
    return _as_group("posterior_predictive", out, thinned.coords["draw"].to_numpy())


def prior_draws(spec: ModelSpec, draws: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw the free parameters from their priors, truncated at their bounds, each (1, draws)."""
    out = {}
    for item in spec.resolved():
        if item.fixed is not None:
            continue
        law = frozen(item.prior.name, item.prior.args)
        low, high = law.cdf(item.truncation[0]), law.cdf(item.truncation[1])
        out[item.name] = law.ppf(low + (high - low) * rng.uniform(size=(1, draws)))
    return out


def prior_predictive(
    spec: ModelSpec, data: pd.DataFrame, draws: int, random_seed: int | None
) -> Any:
    """Draw parameters from the prior and simulate data from them.

    Parameters
    ----------
    spec
        The model.
    data
        Its rows are the trials that are simulated.
    draws
        Number of draws.
    random_seed
        Seed of both.

    Returns
    -------
    DataTree or InferenceData
        Groups ``prior`` and ``prior_predictive``.
    """
    if draws < 1:
        refuse("draws", f"{draws} draws are asked for", "type draws=500")
    rng = np.random.default_rng(random_seed)
    free = prior_draws(spec, draws, rng)
    simulated = _simulate(spec, free, data, rng)
    return build_traces(
        {"prior": free, "prior_predictive": {RESPONSE: simulated}},
        dims={RESPONSE: [OBS, "rt_response"]},
    )


def _as_group(name: str, values: np.ndarray, draw: np.ndarray) -> Any:
    traces = build_traces({name: {RESPONSE: values}}, dims={RESPONSE: [OBS, "rt_response"]})
    return group(traces, name).assign_coords(draw=draw)


def _simulate(
    spec: ModelSpec,
    free: Mapping[str, np.ndarray],
    data: pd.DataFrame,
    rng: np.random.Generator,
) -> np.ndarray:
    """Simulate every trial at every draw, (chains, draws, n, 2), a batch of draws at a time."""
    n = len(data)
    fixed = {
        item.name: np.full(n, item.fixed) if isinstance(item.fixed, float) else item.fixed.of(data)
        for item in spec.resolved()
        if item.fixed is not None
    }
    chains, draws = next(iter(free.values())).shape if free else (1, 1)
    flat = {name: values.reshape(-1) for name, values in free.items()}
    step = max(1, BATCH_TRIALS // n)
    lapse = spec.lapse
    blocks = []
    for start in range(0, chains * draws, step):
        size = min(step, chains * draws - start)
        params = {name: np.repeat(x[start : start + size], n) for name, x in flat.items()}
        params |= {name: np.tile(x, size) for name, x in fixed.items()}
        p_outlier = 0.0
        if lapse is not None:
            p_outlier = params.pop("p_outlier", lapse.p)
        block = simulate_trials(
            spec.model,
            params,
            rng,
            p_outlier=p_outlier,
            lapse=None if lapse is None else lapse.distribution,
            exact=True,
        )
        blocks.append(block.reshape(size, n, 2))
    return np.concatenate(blocks).reshape(chains, draws, n, 2)
