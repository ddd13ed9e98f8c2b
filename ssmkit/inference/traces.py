"""From draws to the traces a person reads: groups, names and order."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pymc as pm

from ssmkit._compat import build_traces, group, set_group
from ssmkit.errors import warn
from ssmkit.inference.program import Program, over_draws, trial_log_density
from ssmkit.inference.variables import TRIALS as OBS
from ssmkit.inference.variables import coordinates, visible

RESPONSE = "rt,response"
# Above this many values the log-likelihood group would fill a laptop's memory.
MAX_LOG_LIKELIHOOD = 2e8


def assemble(
    model: pm.Model,
    params: Sequence[str],
    posterior: Mapping[str, np.ndarray],
    stats: Mapping[str, np.ndarray],
    observed: np.ndarray,
    attrs: Mapping[str, Any],
) -> Any:
    """Put draws, sampler statistics and data together as ArviZ traces.

    Parameters
    ----------
    model
        The PyMC model.
    params
        Parameters in the order of the model.
    posterior
        Draws of each visible variable on its natural scale, (chains, draws, ...).
    stats
        Sampler statistics, (chains, draws).
    observed
        Reaction times (seconds) and responses, (n, 2).
    attrs
        What made them: sampler, seed, versions; kept on the posterior group.

    Returns
    -------
    DataTree or InferenceData
        Groups ``posterior``, ``sample_stats`` and ``observed_data``.
    """
    stats = dict(stats)
    if "n_steps" in stats and "tree_depth" not in stats:
        steps = np.maximum(np.asarray(stats["n_steps"]), 1)
        stats["tree_depth"] = np.floor(np.log2(steps)).astype(int) + 1
    shown = visible(model, params)
    dims, coords = coordinates(model, shown)
    groups = {
        "posterior": {x.name: posterior[x.name] for x in shown},
        "sample_stats": stats,
        "observed_data": {RESPONSE: observed},
    }
    dims |= {RESPONSE: [OBS, "rt_response"]}
    return build_traces(groups, dims=dims, coords=coords, attrs=attrs)


def add_log_likelihood(traces: Any, values: np.ndarray) -> None:
    """Add the pointwise log-likelihood, (chains, draws, n), to traces."""
    group_only = build_traces({"log_likelihood": {RESPONSE: values}}, dims={RESPONSE: [OBS]})
    set_group(traces, "log_likelihood", group(group_only, "log_likelihood"))


def fits_in_memory(chains: int, draws: int, n_obs: int) -> bool:
    """Whether the log-likelihood group is small enough; says so when it is not."""
    if chains * draws * n_obs <= MAX_LOG_LIKELIHOOD:
        return True
    warn(
        "traces.log_likelihood",
        f"{chains} x {draws} draws of {n_obs} trials are too many values to keep",
        "call model.log_likelihood() when you need it, on fewer draws",
    )
    return False


def trial_log_likelihood(
    model: pm.Model,
    posterior: Mapping[str, np.ndarray],
    lifted: tuple[Program, list[np.ndarray]] | None,
) -> np.ndarray:
    """Return the log-likelihood of each trial at each draw.

    Parameters
    ----------
    model
        The PyMC model.
    posterior
        Draws of its visible variables on their natural scale, (chains, draws, ...).
    lifted
        The model as a program with its data; None for a likelihood that JAX cannot evaluate.

    Returns
    -------
    ndarray
        (chains, draws, n).
    """
    draws = [np.asarray(posterior[x.name], float) for x in visible(model)]
    if lifted is not None:
        n_obs = model.observed_RVs[0].type.shape[0]
        return over_draws("pointwise", *lifted, draws, n_obs)
    import pytensor

    inputs, each = trial_log_density(model)
    call = pytensor.function(inputs, each, on_unused_input="ignore")
    chains, kept = draws[0].shape[:2]
    rows = [call(*(x[c, d] for x in draws)) for c in range(chains) for d in range(kept)]
    return np.stack(rows).reshape(chains, kept, -1)
