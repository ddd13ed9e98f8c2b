"""What cannot work in a spec, by itself and on the data it is for."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import Problem, SsmkitError, did_you_mean
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec.lapse import Lapse
from ssmkit.spec.missing import missing_problems
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved
from ssmkit.spec.validate_regression import regression_problems
from ssmkit.spec.values import Bounds, Column, Vector

if TYPE_CHECKING:
    from ssmkit.spec.model_spec import ModelSpec

_NO_MASS = 1e-10
# Inside the bounds of the density, but where no path can go anywhere.
_ABSORBING = {"a": (0.0,), "z": (0.0, 1.0)}


def find_problems(
    spec: "ModelSpec", data: Any = None, namespace: Mapping[str, Any] | None = None
) -> tuple[Problem, ...]:
    """Return every problem of a spec; ``data`` is None to look at the spec alone."""
    problems: list[Problem] = []
    for param in spec.params:
        if param.formula is not None:
            problems += _regression(spec, param, data, namespace)
            continue
        resolved = spec.resolve(param.name)
        problems += _bounds(resolved, param.bounds, spec.likelihood.bounds[param.name])
        if resolved.fixed is None:
            problems += _prior(resolved)
        else:
            problems += _fixed(resolved, data)
    problems += _limits(spec, data)
    if data is not None:
        problems += _non_decision_time(spec, data)
        problems += missing_problems(spec.missing, data)
    if spec.lapse is not None:
        if isinstance(spec.lapse.p, Param):
            problems += _regression(spec, spec.lapse.p, data, namespace)
        problems += _lapse(spec.lapse, data)
    return tuple(problems)


def _regression(
    spec: "ModelSpec", param: Param, data: Any, namespace: Mapping[str, Any] | None
) -> Iterator[Problem]:
    try:
        item = spec.resolve(param.name, data, namespace)
    except SsmkitError as error:
        yield from error.problems
        return
    support = spec.likelihood.bounds.get(param.name, (0.0, 1.0))
    yield from _bounds(item, param.bounds, support)
    yield from regression_problems(item, param.bounds, support, spec.prior_settings)


def _bounds(
    resolved: Resolved | Regression, asked: Bounds | None, support: Bounds
) -> Iterator[Problem]:
    path = f"params.{resolved.name}.bounds"
    if not resolved.bounds[0] < resolved.bounds[1]:
        yield Problem(
            path,
            f"the bounds {asked} lie outside {support}, where {resolved.name} has a meaning",
            f"choose bounds inside {support}",
        )
    elif asked is not None and resolved.bounds != asked:
        yield Problem(
            path,
            f"the bounds {asked} go beyond {support}, where {resolved.name} has a meaning;"
            f" {resolved.bounds} is used",
            f"write bounds={resolved.bounds}",
            "warning",
        )


def _prior(resolved: Resolved) -> Iterator[Problem]:
    lo, hi = resolved.truncation
    if lo < hi and _mass(resolved.prior, lo, hi) > _NO_MASS:
        return
    whose = "the model's default prior" if resolved.default else "the prior"
    yield Problem(
        f"params.{resolved.name}.prior",
        f"{whose} {resolved.prior} has no mass between the bounds {resolved.bounds}",
        f"choose a prior, or bounds, so that {resolved.name} can have a value",
    )


def _fixed(resolved: Resolved, data: Any) -> Iterator[Problem]:
    name, (lo, hi) = resolved.name, resolved.bounds
    path = f"params.{name}"
    values = _values(path, resolved.fixed, data)
    if values is None:
        return
    if isinstance(values, Problem):
        yield values
        return
    outside = ~((values >= lo) & (values <= hi))
    if outside.any():
        yield Problem(
            path,
            f"{name} is fixed at {_which(values, outside)}, outside its bounds {resolved.bounds}",
            f"fix {name} between {lo!r} and {hi!r}",
        )
        return
    absorbed = np.isin(values, _ABSORBING.get(name, ()))
    if absorbed.any():
        yield Problem(
            path,
            f"{name} is fixed at {_which(values, absorbed)}: evidence would start on a boundary,"
            " and no response time has a density",
            f"fix {name} between {lo!r} and {hi!r}, not on them",
        )


def _values(path: str, fixed: float | Column | Vector, data: Any) -> np.ndarray | Problem | None:
    """Return the values of a fixed parameter, what is wrong with them, or None without data."""
    if isinstance(fixed, float):
        return np.array([fixed])
    if isinstance(fixed, Column):
        return None if data is None else (_column(path, fixed, data) or fixed.of(data))
    if data is not None and len(fixed.values) != len(data):
        return Problem(
            path,
            f"it is fixed at a vector of {len(fixed.values)} values, and the data have {len(data)}"
            " trials",
            f"give one value a trial, or one number for all: {fixed.values[0]!r}",
        )
    return fixed.of(data)


def _limits(spec: "ModelSpec", data: Any) -> Iterator[Problem]:
    """Find fixed values that have no meaning together."""
    simple = {param.name for param in spec.params if param.formula is None}
    for limit in spec.config.limits:
        if not simple.issuperset(limit.params):
            continue
        fixed = [spec.resolve(name).fixed for name in limit.params]
        if any(value is None for value in fixed):
            continue
        values = [_values(limit.params[0], value, data) for value in fixed]
        if any(value is None or isinstance(value, Problem) for value in values):
            continue
        if not np.all(limit.holds(*values)):
            yield Problem(f"params.{limit.params[0]}", limit.says, limit.fix)


def _which(values: np.ndarray, bad: np.ndarray) -> str:
    first = values[bad][0].item()
    if len(values) == 1:
        return repr(first)
    return f"{first!r} on trial {np.argmax(bad)} ({bad.sum()} of {len(values)} trials)"


def _column(path: str, column: Column, data: Any) -> Problem | None:
    if column.name not in data.columns:
        names = [name for name in data.columns if isinstance(name, str)]
        return Problem(
            path,
            f"the data have no column {column.name!r}.{did_you_mean(column.name, names)}",
            f"use one of {', '.join(map(str, data.columns))}",
        )
    if data[column.name].dtype.kind not in "iuf":
        return Problem(
            path,
            f"the column {column.name!r} holds {data[column.name].dtype} values",
            "give a column of numbers",
        )
    return None


def _non_decision_time(spec: "ModelSpec", data: Any) -> Iterator[Problem]:
    """Find responses before the non-decision time, which only lapses can give."""
    fixed = next((spec.resolve("t").fixed for param in spec.params if param.name == "t"), None)
    if fixed is None or "rt" not in data.columns or data["rt"].dtype.kind not in "iuf":
        return
    t = _values("params.t", fixed, data)
    if isinstance(t, Problem):
        return
    rt = data["rt"].to_numpy(dtype=float)
    early = int(np.sum(rt <= t))
    if early:
        fate = "they have density 0" if spec.lapse is None else "they can only be lapses"
        yield Problem(
            "params.t",
            f"{early} of {len(rt)} reaction times are not above the fixed non-decision time, so"
            f" {fate}",
            f"fix t below {np.nanmin(rt).item()!r} s, or let it be free",
            "error" if spec.lapse is None else "warning",
        )


def _lapse(lapse: Lapse, data: Any) -> Iterator[Problem]:
    if isinstance(lapse.p, Prior):
        if _mass(lapse.p, 0.0, 1.0) <= _NO_MASS:
            message = f"the prior {lapse.p} of a probability has no mass between 0 and 1"
            yield Problem("p_outlier", message, 'write {"name": "Beta", "alpha": 1, "beta": 19}')
    elif isinstance(lapse.p, float) and not 0 <= lapse.p < 1:
        message = f"the probability of a lapse is {lapse.p!r}, and must be at least 0 and below 1"
        yield Problem("p_outlier", message, "write p_outlier=0.05, or 0 for no lapses")
    distribution = lapse.distribution
    negative = _mass(distribution, -np.inf, 0.0)
    if negative > 0.01:
        yield Problem(
            "lapse",
            f"{distribution} puts {negative:.0%} of the lapses before 0 s",
            'choose a distribution above 0: {"name": "Uniform", "lower": 0.0, "upper": 20.0}',
            "warning",
        )
    if data is None or "rt" not in data.columns or data["rt"].dtype.kind not in "iuf":
        return
    end = frozen(distribution.name, distribution.args).support()[1]
    rt = data["rt"].to_numpy(dtype=float)
    beyond = int(np.sum(rt > end))
    if beyond:
        slowest = np.nanmax(rt).item()
        yield Problem(
            "lapse",
            f"lapses end at {float(end)!r} s, and {beyond} reaction times are longer, up to"
            f" {slowest!r} s: none of these can be a lapse",
            f'write lapse={{"name": "Uniform", "lower": 0.0, "upper": {float(ceil(slowest))!r}}}',
            "warning",
        )


@lru_cache(maxsize=256)
def _mass(prior: Prior, lo: float, hi: float) -> float:
    # To make a distribution takes SciPy longer than all else here.
    if prior.bounds is not None:
        lo, hi = max(lo, prior.bounds[0]), min(hi, prior.bounds[1])
    distribution = frozen(prior.name, prior.args)
    with np.errstate(all="ignore"):
        return float(distribution.cdf(hi) - distribution.cdf(lo))
