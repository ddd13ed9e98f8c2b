"""From what a person believes (an interval, a mean and a spread) to the arguments of a prior."""

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from math import exp, log, log1p, pi, sqrt
from typing import Any, NoReturn

import numpy as np

from ssmkit.errors import SsmkitError, refuse
from ssmkit.modelconfig.distributions import frozen, get_distribution
from ssmkit.spec import Prior

LOCATED = {
    "Normal": ("mu", "sigma"),
    "Laplace": ("mu", "b"),
    "Logistic": ("mu", "s"),
    "Cauchy": ("alpha", "beta"),
    "Gumbel": ("mu", "beta"),
}
"""Families moved and stretched by two arguments, which two quantiles give in closed form."""
ONE = {"HalfNormal": "sigma", "Exponential": "scale", "HalfCauchy": "beta"}
"""Families of one argument, which stretches them from 0: their upper quantile gives it."""
SHAPED = ("Gamma", "Beta", "InverseGamma", "Weibull")
"""Families of two positive arguments, which are found by search."""
KEPT: Mapping[str, dict[str, float]] = {
    "StudentT": {"nu": 4.0},
    "TruncatedNormal": {"lower": -np.inf, "upper": np.inf},
}
"""Arguments that neither an interval nor chips say anything of, where nobody has set them."""
_OPEN = {"Gamma": (0, np.inf), "Beta": (0, 1), "InverseGamma": (0, np.inf), "Weibull": (0, np.inf)}


def from_interval(  # noqa: PLR0911 (one return a kind of family)
    name: str, low: float, high: float, mass: float = 0.9, like: Prior | None = None
) -> Prior:
    """Return the prior of a family that has a share of its mass between two numbers.

    Parameters
    ----------
    name
        The family, PyMC's name.
    low, high
        The ends; as much is below the lower as above the upper. Families that begin at 0 and have
        one argument take 0 for the lower end, and have the rest above the upper. Those that PreliZ
        finds have the share between the ends, and are otherwise of maximum entropy.
    mass
        The share between them.
    like
        A prior of the family whose degrees of freedom and bounds are kept.

    Returns
    -------
    Prior

    Raises
    ------
    SsmkitError
        When the ends are out of order, the family cannot have them, or PreliZ, which finds what has
        no simple formula, is not installed.

    Examples
    --------
    >>> from_interval("Normal", -2, 2, mass=0.95)
    Prior("Normal", mu=0.0, sigma=1.0204)
    """
    if not (np.isfinite([low, high, mass]).all() and low < high and 0 < mass < 1):
        refuse(
            "interval",
            f"{100 * mass:g} % between {low:g} and {high:g} is no interval",
            "give a lower and a higher number, and a share between 0 and 1",
        )
    tail = (1 - mass) / 2
    kept = dict(like.args) if like is not None and like.name == name else KEPT.get(name, {})
    if name in LOCATED or name == "StudentT":
        at, by = LOCATED.get(name, ("mu", "sigma"))
        start, end = frozen(name, kept | {at: 0.0, by: 1.0}).ppf([tail, 1 - tail])
        scale = (high - low) / (end - start)
        middle = low - scale * start
        # What rounding leaves of a zero is none.
        middle = middle if abs(middle) > 1e-9 * scale else 0.0
        return rounded(name, kept | {at: middle, by: scale})
    if name == "TruncatedNormal":
        return _truncated(np.array([tail, 1 - tail]), np.array([low, high]), kept)
    if name == "Uniform":
        more = (high - low) * tail / mass
        return rounded(name, {"lower": low - more, "upper": high + more})
    if name in ONE:
        if low != 0:
            refuse("interval", f"{name} begins at 0, and cannot at {low:g}", "write 0 as its start")
        return rounded(name, {ONE[name]: high / frozen(name, {ONE[name]: 1.0}).ppf(mass)})
    if name == "LogNormal":
        _require(name, low, 0, np.inf)
        normal = from_interval("Normal", log(low), log(high), mass)
        return rounded(name, dict(normal.args))
    if name in SHAPED:
        _require(name, low, *_OPEN[name])
        _require(name, high, *_OPEN[name])
        return _searched(name, np.array([tail, 1 - tail]), np.array([low, high]))
    return _by_preliz(name, low, high, mass)


def from_moments(name: str, mean: float, sd: float) -> Prior:
    """Return the prior of a family with a mean and a standard deviation.

    Parameters
    ----------
    name
        The family, PyMC's name.
    mean, sd
        Its mean and standard deviation.

    Returns
    -------
    Prior

    Raises
    ------
    SsmkitError
        When the family has no such member.

    Examples
    --------
    >>> from_moments("Gamma", 0.3, 0.1)
    Prior("Gamma", alpha=9.0, beta=30.0)
    """
    if not (np.isfinite([mean, sd]).all() and sd > 0):
        refuse("moments", f"{sd:g} is no standard deviation", "give one above 0")
    if name not in _MOMENTS:
        refuse(
            "moments",
            f"{name} is not found from a mean and a standard deviation",
            f"give an interval, or choose one of {', '.join(_MOMENTS)}",
        )
    if name in {"LogNormal", "Gamma", "InverseGamma", "Exponential", "HalfNormal"}:
        _require(name, mean, 0, np.inf)
    if name == "Beta":
        _require(name, mean, 0, 1)
    if name in ONE:
        only = frozen(name, {ONE[name]: 1.0})
        spread = mean * float(only.std() / only.mean())
        if abs(sd / spread - 1) > 0.02:
            refuse(
                "moments",
                f"{name} with a mean of {mean:g} has a standard deviation of {spread:.3g}",
                f"write sd={spread:.3g}, or choose a family of two arguments",
            )
    return rounded(name, _MOMENTS[name](mean, sd))


def alike(name: str, prior: Prior) -> Prior:
    """Return a prior of another family, as like this one as is simple.

    Examples
    --------
    >>> alike("Gamma", Prior("LogNormal", mu=0, sigma=0.5))
    Prior("Gamma", alpha=3.5208, beta=3.1071)
    """
    own = frozen(prior.name, prior.args)
    mean, sd = float(own.mean()), float(own.std())
    for make in (
        lambda: from_moments(name, mean, sd),
        lambda: from_interval(name, *map(float, own.ppf([0.05, 0.95]))),
        lambda: from_interval(name, 0.0, float(own.ppf(0.9))),
        lambda: from_moments(name, abs(mean) or sd, sd),
    ):
        try:
            return make()
        except SsmkitError:
            continue
    row = get_distribution(name)
    middle, spread = float(own.median()), float(np.ptp(own.ppf([0.16, 0.84]))) / 2
    known = {"mu": middle, "sigma": spread, "nu": 4.0, "lower": 0.0, "upper": np.inf}
    known |= {"alpha": 2.0, "beta": max(spread, 0.1), "scale": spread}
    return Prior(name, **{arg: known.get(arg, 1.0) for arg in row.forms[0].defaults})


def _beta(mean: float, sd: float) -> dict[str, float]:
    size = mean * (1 - mean) / sd**2 - 1
    if size <= 0:
        refuse(
            "moments",
            f"a Beta with a mean of {mean:g} cannot spread by {sd:g}",
            f"give an sd below {sqrt(mean * (1 - mean)):.2g}",
        )
    return {"alpha": mean * size, "beta": (1 - mean) * size}


def _log_normal(mean: float, sd: float) -> dict[str, float]:
    variance = log1p((sd / mean) ** 2)
    return {"mu": log(mean) - variance / 2, "sigma": sqrt(variance)}


_MOMENTS: Mapping[str, Callable[[float, float], dict[str, float]]] = {
    "Normal": lambda mean, sd: {"mu": mean, "sigma": sd},
    "HalfNormal": lambda mean, _: {"sigma": mean * sqrt(pi / 2)},
    "LogNormal": _log_normal,
    "Gamma": lambda mean, sd: {"alpha": (mean / sd) ** 2, "beta": mean / sd**2},
    "InverseGamma": lambda mean, sd: {
        "alpha": (mean / sd) ** 2 + 2,
        "beta": mean * ((mean / sd) ** 2 + 1),
    },
    "Beta": _beta,
    "Uniform": lambda mean, sd: {"lower": mean - sqrt(3) * sd, "upper": mean + sqrt(3) * sd},
    "Exponential": lambda mean, _: {"scale": mean},
    "Laplace": lambda mean, sd: {"mu": mean, "b": sd / sqrt(2)},
    "Logistic": lambda mean, sd: {"mu": mean, "s": sd * sqrt(3) / pi},
    "Gumbel": lambda mean, sd: {
        "mu": mean - np.euler_gamma * sd * sqrt(6) / pi,
        "beta": sd * sqrt(6) / pi,
    },
}


def _searched(name: str, p: np.ndarray, x: np.ndarray) -> Prior:
    """Return the member of a family of two positive arguments with these quantiles."""
    from scipy.optimize import root

    middle, spread = x.mean(), max(float(np.ptp(x)) / 3.3, 1e-6)
    try:
        first = from_moments(name, middle, spread) if name != "Weibull" else None
    except SsmkitError:
        first = None
    start = [2.0, float(middle)] if first is None else [float(v) for v in first.args.values()]
    # Arguments are searched for as logarithms, which keeps them positive.
    names = ("alpha", "beta")
    size = float(np.ptp(x))

    def miss(logs: np.ndarray) -> np.ndarray:
        args = dict(zip(names, map(float, np.exp(np.clip(logs, -20, 20))), strict=True))
        return (frozen(name, args).ppf(p) - x) / size

    found = root(miss, np.log(start), method="hybr")
    if np.abs(miss(found.x)).max() > 1e-3:
        _refuse_interval(name)
    return rounded(name, {arg: exp(value) for arg, value in zip(names, found.x, strict=True)})


def _truncated(p: np.ndarray, x: np.ndarray, kept: Mapping[str, float]) -> Prior:
    """Return the normal within bounds that has these quantiles."""
    from scipy.optimize import root
    from scipy.stats import norm

    name = "TruncatedNormal"
    ends = np.array([kept["lower"], kept["upper"]])
    _require(name, float(x[0]), *map(float, ends))
    _require(name, float(x[1]), *map(float, ends))
    middle, spread = x.mean(), float(np.ptp(x)) / float(np.diff(norm.ppf(p))[0])

    def miss(two: np.ndarray) -> np.ndarray:
        mu, sigma = middle + spread * two[0], spread * np.exp(np.clip(two[1], -20, 20))
        low, high = norm.cdf((ends - mu) / sigma)
        return norm.cdf((x - mu) / sigma) - low - p * (high - low)

    found = root(miss, np.zeros(2), method="hybr")
    mu, sigma = middle + spread * found.x[0], spread * exp(found.x[1])
    args = dict(kept) | {"mu": float(mu), "sigma": float(sigma)}
    below = frozen(name, args).cdf(x)
    if not np.abs(below - p).max() < 1e-3:
        _refuse_interval(name)
    return rounded(name, args)


def _refuse_interval(name: str) -> NoReturn:
    refuse(
        "interval", f"no {name} has such an interval", "choose another interval, or another family"
    )


def _by_preliz(name: str, low: float, high: float, mass: float) -> Prior:
    try:
        preliz: Any = import_module("preliz")
    except ImportError:
        others = ", ".join([*LOCATED, *ONE, "LogNormal", *SHAPED])
        refuse(
            "interval",
            f"{name} is found from an interval by PreliZ, which is not installed",
            f"run %pip install preliz, or choose {others}",
        )
    if not hasattr(preliz, name):
        refuse("interval", f"PreliZ has no {name}", "set its arguments by number")
    family = getattr(preliz, name)()
    with warnings.catch_warnings():
        # What it warns of, that the family has no such member, is refused below.
        warnings.simplefilter("ignore")
        preliz.maxent(family, low, high, mass, plot=False)
    found = Prior.from_any(family)
    start, end = frozen(name, found.args).cdf([low, high])
    if abs(end - start - mass) > 0.005:
        _refuse_interval(name)
    positive, least = get_distribution(name).positive, 1e-5 * max(high - low, 1.0)
    # What a search leaves of a zero is none.
    args = {
        arg: 0.0 if abs(x) < least and arg not in positive else x for arg, x in found.args.items()
    }
    return rounded(name, args)


def _require(name: str, value: float, low: float, high: float) -> None:
    if not low < value < high:
        where = f"above {low:g}" if high == np.inf else f"between {low:g} and {high:g}"
        refuse("interval", f"{name} has values {where}, and {value:g} is none", f"stay {where}")


def rounded(name: str, args: Mapping[str, float]) -> Prior:
    """Return a prior whose arguments are as long as anyone wants to read.

    Examples
    --------
    >>> rounded("HalfNormal", {"sigma": 1 / 3})
    Prior("HalfNormal", sigma=0.33333)
    """
    return Prior(name, **{arg: float(f"{value:.5g}") for arg, value in args.items()})
