"""Whether the data could answer: priors, bounds and parameters that stand in for each other."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ssmkit._compat import group, posterior
from ssmkit.errors import Problem
from ssmkit.inference.traces import RESPONSE
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import ModelSpec, Prior

TRADE_OFF = 0.8
FEW_ERRORS = 10
# Widths of the variability parameters: the data tell little of them, of sv alone a little more.
VARIABILITIES = ("sv", "sz", "st")
GRID = 2000


def identification_problems(traces: Any, spec: ModelSpec, data: Any = None) -> list[Problem]:
    """Find what the posterior owes to the prior, to a bound, or to another parameter.

    Parameters
    ----------
    traces
        InferenceData or DataTree.
    spec
        The model that was fitted.
    data
        Its data frame; without it the terms of formulas are read from their text alone.

    Returns
    -------
    list of Problem
        All of them warnings: the draws are right, and the question is what they can tell.

    Notes
    -----
    Conflict of prior and data: the mass of the prior where its density is lower than at the
    posterior median (Evans and Moshonov, 2006). What the data told: the ratio of the posterior's
    standard deviation to the prior's (Schad, Betancourt and Vasishth, 2021).
    """
    draws = posterior(traces)
    scalars = {
        str(name): draws[name].to_numpy().ravel().astype(float)
        for name in draws.data_vars
        if draws[name].ndim == 2
    }
    problems = []
    for name, prior, bounds in _priors(spec, data):
        if name in scalars:
            problems += _one(name, scalars[name], prior, bounds)
    problems += _few_errors(traces, spec)
    return problems + _trade_offs(scalars)


def _priors(spec: ModelSpec, data: Any) -> Iterator[tuple[str, Prior, tuple[float, float]]]:
    """Give the prior and the truncation of every variable whose prior is a distribution."""
    for item in spec.resolved(data):
        if item.formula is None:
            if item.fixed is None:
                yield item.name, item.prior, item.truncation
            continue
        for term, prior in item.priors.items():
            if not isinstance(prior, Prior):
                continue
            if not any(isinstance(arg, Prior) for arg in prior.args.values()):
                yield f"{item.name}_{term}", prior, prior.bounds or (-np.inf, np.inf)
            elif isinstance(prior.args.get("sigma"), Prior):
                yield f"{item.name}_{term}_sigma", prior.args["sigma"], (0.0, np.inf)


def _one(name: str, draws: np.ndarray, prior: Prior, bounds: tuple[float, float]) -> list[Problem]:
    law = frozen(prior.name, prior.args)
    ends = law.support()
    bounds = max(bounds[0], float(ends[0])), min(bounds[1], float(ends[1]))
    mass = law.cdf(bounds[0]), law.cdf(bounds[1])
    middle = (np.arange(GRID) + 0.5) / GRID
    typical = law.ppf(mass[0] + middle * (mass[1] - mass[0]))
    at_bound = _at_bound(name, draws, bounds)
    if at_bound:
        return at_bound
    if name in VARIABILITIES and draws.mean() < 2.5 * draws.std():
        return [_weak_variability(name, draws)]
    # Up to rounding: under a flat prior no value is less expected than another.
    here = law.logpdf(np.median(draws)) + 1e-9
    lower = float(np.mean(law.logpdf(typical) <= here))
    if lower < 0.01:
        return [_conflict(name, draws, prior, typical)]
    if draws.std() > 0.8 * typical.std():
        return [_prior_decides(name, draws, prior, typical)]
    return []


def _at_bound(name: str, draws: np.ndarray, bounds: tuple[float, float]) -> list[Problem]:
    problems = []
    for end, side in zip(bounds, ("lower", "upper"), strict=True):
        # A normal tail two standard deviations from its bound has 4 % there, half a normal 10 %.
        near = float(np.mean(np.abs(draws - end) < 0.25 * draws.std()))
        if not np.isfinite(end) or near < 0.08:
            continue
        fix = _off_the_bound(name, end)
        problems.append(
            Problem(
                f"params.{name}",
                f"the posterior of {name} piles up at its {side} bound {end:g}",
                fix,
                "warning",
            )
        )
    return problems


def _off_the_bound(name: str, end: float) -> str:
    if name in VARIABILITIES and end == 0:
        return f"leave {name} out with {name}=0"
    if name.endswith("_sigma") and end == 0:
        term = name.removesuffix("_sigma")
        return f"the groups may not differ: compare with the model without the term of {term}"
    return (
        f"if {end:g} is no limit of nature, give {name} a wider prior and bounds; if it is, read "
        f"the interval of {name} as one-sided"
    )


def _weak_variability(name: str, draws: np.ndarray) -> Problem:
    low, high = np.quantile(draws, [0.03, 0.97])
    what = {"sv": "drift", "sz": "start", "st": "non-decision time"}[name]
    return Problem(
        f"params.{name}",
        f"the data hardly tell how much the {what} varies ({name} between {low:.2f} and "
        f"{high:.2f}), and a free {name} widens the other intervals",
        f"leave it out, {name}=0, or compare the two models: ssmkit.compare({{...}})",
        "warning",
    )


def _conflict(name: str, draws: np.ndarray, prior: Prior, typical: np.ndarray) -> Problem:
    low, high = np.quantile(typical, [0.03, 0.97])
    return Problem(
        f"params.{name}.prior",
        f"prior and data disagree: {prior} expects {name} between {low:.2f} and {high:.2f}, and "
        f"the posterior lies at {np.median(draws):.2f}",
        f"check the coding of the data and the unit of rt (seconds); if both are right, "
        f"give {name} a wider prior",
        "warning",
    )


def _prior_decides(name: str, draws: np.ndarray, prior: Prior, typical: np.ndarray) -> Problem:
    return Problem(
        f"params.{name}",
        f"the data add little to the prior of {name}: the posterior's sd is "
        f"{draws.std() / typical.std():.0%} of that of {prior}",
        f"report that the prior decides {name}, fix it at a known value, or collect more trials",
        "warning",
    )


def _few_errors(traces: Any, spec: ModelSpec) -> list[Problem]:
    observed = group(traces, "observed_data")
    choices = spec.config.choices
    simple = [item for item in spec.resolved() if item.formula is None]
    free = {item.name for item in simple if item.fixed is None} & {"z", "sv"}
    if observed is None or RESPONSE not in observed or len(choices) != 2 or not free:
        return []
    response = observed[RESPONSE].to_numpy()[:, 1]
    counts = {choice: int((response == choice).sum()) for choice in choices}
    rare = min(counts, key=counts.get)
    if counts[rare] >= FEW_ERRORS:
        return []
    names = " and ".join(sorted(free, reverse=True))
    fix = ", ".join({"z": "z=0.5", "sv": "sv=0"}[name] for name in sorted(free, reverse=True))
    return [
        Problem(
            "data.response",
            f"{counts[rare]} of {len(response)} responses are {rare}, and {names} can be told "
            "only from both kinds of response",
            f"fix what so few cannot tell: {fix}",
            "warning",
        )
    ]


def _trade_offs(scalars: Mapping[str, np.ndarray]) -> list[Problem]:
    names = [name for name, draws in scalars.items() if draws.std() > 0]
    if len(names) < 2:
        return []
    r = np.corrcoef([scalars[name] for name in names])
    return [
        Problem(
            f"params.{names[i]}",
            f"{names[i]} and {names[j]} stand in for each other (r = {r[i, j]:.2f})",
            f"look at plot_pair(model, var_names={[names[i], names[j]]}); "
            + _way_out(names[i], names[j]),
            "warning",
        )
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if abs(r[i, j]) > TRADE_OFF
    ]


def _way_out(one: str, other: str) -> str:
    parameter, intercept, _ = one.partition("_Intercept")
    if intercept and other.startswith(f"{parameter}_"):
        return f"subtract the mean from the predictor of {other}"
    return "fix one of them if you know it, or report the two together"
