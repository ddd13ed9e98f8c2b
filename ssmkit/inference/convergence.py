"""Whether the chains found one distribution, and how well: from draws and sampler statistics."""

import itertools
from typing import Any

import numpy as np
import pandas as pd

from ssmkit._compat import convergence, group, pareto_k, posterior
from ssmkit.errors import Problem

# Limits of Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021).
R_HAT, ESS = 1.01, 400
# Below this the chains have hardly moved through the posterior at all.
FEW_ESS = 100
MASS = 0.94
PARETO_K = 0.7  # Yao, Vehtari, Simpson and Gelman (2018)
BFMI = 0.3  # Betancourt (2016)
TREE_DEPTH = 10


def estimates(traces: Any) -> pd.DataFrame:
    """Tabulate the posterior of every number, with how well it is known.

    Parameters
    ----------
    traces
        InferenceData, DataTree or posterior Dataset.

    Returns
    -------
    DataFrame
        A row for each number, ``name`` or ``name[place]``: ``mean``, ``sd``, the ends ``low`` and
        ``high`` of the central 94 % interval, ``r_hat`` (NaN for one chain), ``ess_bulk`` and
        ``ess_tail``.
    """
    draws = posterior(traces)
    numbers = convergence(draws)
    rows = {}
    for name in draws.data_vars:
        values = draws[name].transpose("chain", "draw", ...).to_numpy()
        flat = values.reshape(values.shape[0] * values.shape[1], -1)
        columns = {"mean": flat.mean(0), "sd": flat.std(0, ddof=1)}
        tail = (1 - MASS) / 2
        columns["low"], columns["high"] = np.quantile(flat, [tail, 1 - tail], axis=0)
        for key, dataset in numbers.items():
            columns[key] = (
                np.full(flat.shape[1], np.nan) if dataset is None else np.ravel(dataset[name])
            )
        for i, label in enumerate(_labels(draws[name])):
            rows[label] = {key: float(column[i]) for key, column in columns.items()}
    return pd.DataFrame.from_dict(rows, orient="index")


def _labels(values: Any) -> list[str]:
    dims = [dim for dim in values.dims if dim not in {"chain", "draw"}]
    if not dims:
        return [str(values.name)]
    places = itertools.product(*(values[dim].to_numpy() for dim in dims))
    return [f"{values.name}[{', '.join(map(str, place))}]" for place in places]


def sampler_problems(traces: Any, table: pd.DataFrame) -> list[Problem]:
    """Find what says that the draws are not, or not yet, the posterior.

    Parameters
    ----------
    traces
        InferenceData or DataTree.
    table
        From :func:`estimates`.

    Returns
    -------
    list of Problem
        Errors where the draws should not be used, warnings where they may be with care.

    Notes
    -----
    R-hat at most 1.01 and 400 effective draws (Vehtari et al., 2021); divergences, tree depth and
    the energy's Bayesian fraction of missing information (Betancourt, 2016, 2018).
    """
    attrs = posterior(traces).attrs
    stats = group(traces, "sample_stats")
    problems = [*_origin(attrs, stats), *_ess(table)]
    if "approximation" not in attrs:
        problems += _chains(posterior(traces).sizes["chain"], table)
    if stats is not None:
        problems += [*_divergences(stats), *_trees(stats), *_energy(stats)]
    return problems


def _origin(attrs: Any, stats: Any) -> list[Problem]:
    problems = []
    if "approximation" in attrs:
        problems.append(_approximation(attrs["approximation"], stats))
    if attrs.get("partial", 0):
        problems.append(
            Problem(
                "traces",
                "the fit was interrupted before its last draw",
                "fit again for all draws: model.sample()",
                "warning",
            )
        )
    return problems


def _approximation(name: str, stats: Any) -> Problem:
    weights = stats["log_weight"].to_numpy().ravel()
    k = pareto_k(weights[np.isfinite(weights)])
    near = k <= PARETO_K
    return Problem(
        "traces",
        f"these are draws of an approximation ({name}), by its importance weights"
        f" {'near' if near else 'far from'} the posterior (Pareto k {k:.2f}; up to 0.7 is near)",
        "for a result that you report, type model.sample()",
        "warning" if near else "error",
    )


def _chains(chains: int, table: pd.DataFrame) -> list[Problem]:
    if chains == 1:
        return [
            Problem(
                "r_hat",
                "there is one chain, so there is nothing to compare it with",
                "type model.sample(chains=4)",
                "warning",
            )
        ]
    return _worst(
        table["r_hat"][~(table["r_hat"] <= R_HAT)].sort_values(ascending=False),
        "r_hat",
        "the chains do not agree on {names} (R-hat {value:.2f}, should be at most 1.01)",
        "look at plot_trace(model, var_names={first!r}), then draw more: "
        "model.sample(draws=4000, tune=2000)",
        "error",
    )


def _ess(table: pd.DataFrame) -> list[Problem]:
    least = table[["ess_bulk", "ess_tail"]].min(axis=1)
    low = least[~(least >= ESS)].sort_values()
    hardly = not low.empty and not low.iloc[0] >= FEW_ESS
    return _worst(
        low,
        "ess",
        "{names} rests on few effective draws ({value:.0f}; 400 give stable intervals)",
        "draw more: model.sample(draws=4000)",
        "error" if hardly else "warning",
    )


def _worst(found: pd.Series, path: str, message: str, fix: str, severity: Any) -> list[Problem]:
    if found.empty:
        return []
    names = ", ".join(found.index[:3])
    if len(found) > 3:
        names += f" and {len(found) - 3} more"
    values = {"names": names, "value": found.iloc[0], "first": found.index[0]}
    return [Problem(path, message.format(**values), fix.format(**values), severity)]


def _divergences(stats: Any) -> list[Problem]:
    if "diverging" not in stats:
        return []
    diverging = int(stats["diverging"].sum())
    if diverging == 0:
        return []
    total = int(stats["diverging"].size)
    return [
        Problem(
            "divergences",
            f"{diverging:,} of {total:,} draws diverged: the sampler could not follow the "
            "posterior somewhere, and may have missed that part of it",
            "take smaller steps: model.sample(target_accept=0.95); plot_pair(model) shows where",
            # Once in a thousand draws a divergence may be an accident of rounding.
            "error" if diverging > total / 1000 else "warning",
        )
    ]


def _trees(stats: Any) -> list[Problem]:
    if "tree_depth" not in stats:
        return []
    share = float((stats["tree_depth"] >= TREE_DEPTH).mean())
    if share < 0.01:
        return []
    return [
        Problem(
            "tree_depth",
            f"{share:.0%} of the draws used the longest path there is: the posterior is much "
            "narrower in one direction than in another",
            "tune longer: model.sample(tune=2000); if that does not help, scale the predictors",
            "warning",
        )
    ]


def _energy(stats: Any) -> list[Problem]:
    if "energy" not in stats:
        return []
    energy = np.asarray(stats["energy"].transpose("chain", "draw"), float)
    spread = energy.var(axis=1)
    if energy.shape[1] < 2 or not (spread > 0).all():
        return []
    bfmi = (np.diff(energy, axis=1) ** 2).mean(axis=1) / spread
    if bfmi.min() >= BFMI:
        return []
    return [
        Problem(
            "energy",
            f"the energy moves slowly (BFMI {bfmi.min():.2f}, should be above 0.3): the tails of "
            "the posterior are explored little",
            "draw more: model.sample(draws=4000, tune=2000), or narrow vague priors",
            "warning",
        )
    ]
