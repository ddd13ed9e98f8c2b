"""The panels of a picture of priors: densities of priors, of defaults, and of what they imply."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np

from ssmkit.modelconfig.distributions import frozen
from ssmkit.plots._numbers import SECONDS, density, hdi
from ssmkit.spec import ModelSpec, Param, Prior, implied_prior
from ssmkit.spec.defaults import LAPSE_SHARE
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved, intersection

POINTS = 400
# Values of trials behind an implied prior, and draws of it: more change no picture.
VALUES, DRAWS = 4_000_000, 4000
# Distributions that a prior with priors above it is mixed of, and quantiles of each.
MIXED, QUANTILES = 200, 100


@dataclass(frozen=True)
class Curve:
    """A density and its narrowest interval."""

    x: np.ndarray
    height: np.ndarray
    interval: tuple[float, float]


@dataclass(frozen=True)
class Belief:
    """A panel: the prior, the default beside one that was given, and what they are.

    ``outside`` is the share of an implied prior beyond the bounds of its parameter, None where the
    panel is no implied prior.
    """

    label: str
    text: str
    curve: Curve
    ghost: Curve | None
    default: bool
    scale: str
    bounds: tuple[float, float]
    outside: float | None
    truth: float | None


@dataclass(frozen=True)
class Sources:
    """Where the panels come from."""

    spec: ModelSpec
    data: Any
    namespace: Mapping[str, Any] | None
    mass: float
    seed: int
    truth: Mapping[str, Any]

    def simple(self, item: Resolved) -> Belief:
        """Return the panel of a parameter without formula."""
        usual = self.as_default(item.name, Param(item.name, bounds=self.bounds_of(item.name)))
        ghost = None if item.default else exact(usual.prior, usual.truncation, self.mass)
        return Belief(
            item.name,
            written(item.prior),
            exact(item.prior, item.truncation, self.mass),
            ghost,
            item.default,
            "seconds" if item.name in SECONDS else "",
            item.bounds,
            None,
            self.known(item.name),
        )

    def terms(self, item: Regression, labels: list[str]) -> tuple[list[Belief], list[str]]:
        """Return the panels of a regression, the implied prior first, and what is not shown."""
        asked = self.spec.param(item.name)
        bare = Param(item.name, asked.formula, link=asked.link, bounds=asked.bounds)
        usual = self.as_default(item.name, bare)
        found, notes = [], []
        unknown = [term for term, prior in item.priors.items() if prior is None]
        if item.name in labels and self.data is None:
            notes.append(f"data=... shows what the terms imply for {item.name}.")
        elif item.name in labels and not unknown:
            found.append(self.implied(item))
        for term, prior in item.priors.items():
            label = f"{item.name}_{term}"
            if not isinstance(prior, Prior):
                why = "left to Bambi" if prior is None else f"fixed at {prior:g}"
                notes += [f"{label} is {why}."] if label in labels else []
                continue
            given, other = term not in item.defaults, usual.priors[term]
            parts = {label: (prior, other)}
            for arg, above in prior.hyperpriors.items():
                theirs = other.args.get(arg) if isinstance(other, Prior) else None
                parts[f"{label}_{arg}"] = (above, theirs)
            for name, (own, theirs) in parts.items():
                if name in labels:
                    ghost = self.curve(theirs) if given and isinstance(theirs, Prior) else None
                    found.append(
                        Belief(
                            name,
                            written(own),
                            self.curve(own),
                            ghost,
                            not given,
                            "" if item.link.name == "identity" else f"on the {item.link.name} link",
                            (-inf, inf),
                            None,
                            self.known(name),
                        )
                    )
        return found, notes

    def implied(self, item: Regression) -> Belief:
        """Return the panel of the parameter itself, through formula, link and bounds."""
        draws = int(np.clip(VALUES // len(self.data), 20, DRAWS))

        def through(spec: ModelSpec) -> np.ndarray:
            return implied_prior(
                spec, self.data, item.name, draws, self.seed, namespace=self.namespace
            )

        values, ghost = through(self.spec), None
        if not item.default and self.spec.prior_settings is not None:
            asked = self.spec.param(item.name)
            ghost = sampled(through(self.with_param(replace(asked, prior=None))), self.mass)
        return Belief(
            item.name,
            f"{item.name} ~ {item.formula}, {item.link.name} link",
            sampled(values, self.mass),
            ghost,
            item.default,
            "seconds" if item.name in SECONDS else "",
            item.bounds,
            float(np.isnan(values).mean()),
            self.known(item.name),
        )

    def curve(self, prior: Prior) -> Curve:
        """Return the density of a term, exact unless its arguments have priors of their own."""
        if not prior.hyperpriors:
            return exact(prior, prior.bounds or (-inf, inf), self.mass)
        return sampled(mixed(prior, np.random.default_rng(self.seed))[None], self.mass)

    def bounds_of(self, name: str) -> Any:
        """Return the bounds that were asked for."""
        return self.spec.param(name).bounds

    def as_default(self, name: str, param: Param) -> Resolved | Regression:
        """Return a parameter as it would be if no prior had been given."""
        return self.with_param(param).resolve(name, self.data, self.namespace)

    def with_param(self, param: Param) -> ModelSpec:
        """Return the spec with another parameter in place of its own."""
        if param.name == "p_outlier":
            lapse = self.spec.lapse
            p = param if param.formula is not None else LAPSE_SHARE
            return replace(self.spec, lapse=replace(lapse, p=p))
        others = tuple(one for one in self.spec.params if one.name != param.name)
        return replace(self.spec, params=(*others, param))

    def known(self, name: str) -> float | None:
        """Return the reference value of a panel, where there is one number."""
        value = np.ravel(self.truth.get(name, ()))
        return float(value[0]) if value.size == 1 and value.dtype.kind in "fiu" else None


def exact(prior: Prior, bounds: tuple[float, float], mass: float) -> Curve:
    """Return the density of a prior that is truncated at bounds, and its narrowest interval.

    Parameters
    ----------
    prior
        Its arguments are numbers.
    bounds
        Where it is truncated, besides its own bounds.
    mass
        Mass of the interval.

    Returns
    -------
    Curve
        Heights are 0 at an end where the density starts.

    Examples
    --------
    >>> found = exact(Prior("HalfNormal", sigma=2), (0.0, inf), 0.94)
    >>> [round(end, 2) for end in found.interval]
    [0.0, 3.76]
    """
    law = frozen(prior.name, prior.args)
    low, high = intersection(intersection(law.support(), prior.bounds), bounds)
    p = np.linspace(0, 1 - mass, 501)
    ends = quantiles(prior, np.stack([p, p + mass]), bounds)
    widths = ends[1] - ends[0]
    # Where many are equally narrow, as of a uniform, the one in the middle.
    best = np.flatnonzero(widths <= widths.min() * (1 + 1e-9))
    interval = tuple(map(float, ends[:, best[len(best) // 2]]))
    x = np.linspace(*_view(interval, (low, high)), POINTS)
    with np.errstate(divide="ignore"):
        height = law.pdf(x) / (law.cdf(high) - law.cdf(low))
    height[~np.isfinite(height)] = height[np.isfinite(height)].max()
    return _closed(Curve(x, height, interval), (low, high))


def quantiles(prior: Prior, p: np.ndarray, bounds: tuple[float, float] = (-inf, inf)) -> np.ndarray:
    """Return quantiles of a prior within its bounds and others."""
    law = frozen(prior.name, prior.args)
    low, high = intersection(intersection(law.support(), prior.bounds), bounds)
    start, end = law.cdf(low), law.cdf(high)
    return law.ppf(start + (end - start) * p)


def mixed(prior: Prior, rng: np.random.Generator) -> np.ndarray:
    """Return values of a prior whose arguments have priors, evenly spread over its mass.

    The arguments are quantiles of theirs, in random order where there are several.
    """
    args = {}
    for arg, x in prior.args.items():
        if not isinstance(x, Prior):
            args[arg] = np.full(MIXED, x)
        elif x.hyperpriors:
            args[arg] = rng.choice(mixed(x, rng), MIXED)
        else:
            args[arg] = rng.permutation(quantiles(x, (np.arange(MIXED) + 0.5) / MIXED))
    p = (np.arange(QUANTILES) + 0.5) / QUANTILES
    rows = [dict(zip(args, map(float, row), strict=True)) for row in np.stack([*args.values()], 1)]
    return np.concatenate([quantiles(Prior(prior.name, prior.bounds, **row), p) for row in rows])


def sampled(draws: np.ndarray, mass: float) -> Curve:
    """Return the density and interval of draws, ``(independent, value)``; NaN do not count."""
    size = draws.shape[0] if draws.shape[0] > 1 else None
    draws = draws[np.isfinite(draws)]
    if draws.size == 0:
        return Curve(np.zeros(2), np.zeros(2), (np.nan, np.nan))
    interval = hdi(draws, mass)
    ends = (float(draws.min()), float(draws.max()))
    low, high = _view(interval, ends)
    inside = draws[(draws >= low) & (draws <= high)]
    x, height = density(inside, size)
    return _closed(Curve(x, height * inside.size / draws.size, interval), ends)


def _view(interval: tuple[float, float], ends: tuple[float, float]) -> tuple[float, float]:
    """Return the range that is worth its room: the interval and half of it on either side."""
    more = 0.5 * (interval[1] - interval[0])
    return max(interval[0] - more, ends[0]), min(interval[1] + more, ends[1])


def _closed(curve: Curve, ends: tuple[float, float]) -> Curve:
    """Let the curve rise from 0 where the density begins, and fall to 0 where it ends."""
    x, height = curve.x, curve.height
    if x[0] <= ends[0]:
        x, height = np.insert(x, 0, x[0]), np.insert(height, 0, 0.0)
    if x[-1] >= ends[1]:
        x, height = np.append(x, x[-1]), np.append(height, 0.0)
    return Curve(x, height, curve.interval)


def written(prior: Prior) -> str:
    """Return a prior as it is written in code, with short numbers.

    Examples
    --------
    >>> written(Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=0.7)))
    'Normal(mu=0, sigma=HalfNormal(sigma=0.7))'
    """
    args = (
        f"{k}={written(x) if isinstance(x, Prior) else f'{x:g}'}" for k, x in prior.args.items()
    )
    return f"{prior.name}({', '.join(args)})"


def labels(item: Resolved | Regression) -> list[str]:
    """Return the names of the panels of a parameter, its own first, terms as in the posterior."""
    names = [item.name]
    if isinstance(item, Regression):
        for term, prior in item.priors.items():
            above = prior.hyperpriors if isinstance(prior, Prior) else ()
            names += [f"{item.name}_{term}", *(f"{item.name}_{term}_{arg}" for arg in above)]
    return names
