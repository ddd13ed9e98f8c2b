"""Chips in bins, as a person lays out a belief, and the prior of a family that is nearest to them.

A chip is spread evenly over its bin. Nearest is the member of a family that makes the chips most
likely: it has the least Kullback-Leibler divergence from the histogram that they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log, sqrt
from typing import Self

import numpy as np

from ssmkit.errors import SsmkitError, refuse
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import Prior
from ssmkit.widgets.intent import KEPT, LOCATED, ONE, SHAPED, rounded
from ssmkit.widgets.svg import ticks

BINS, MOST = 10, 99
SPREAD = 16
"""Points over which a chip is spread."""


@dataclass(frozen=True)
class Chips:
    """A number of chips in each of some bins of one width.

    Parameters
    ----------
    low, high
        Where the first bin begins and the last one ends.
    counts
        Chips in each bin.

    Examples
    --------
    >>> Chips(0.0, 1.0, (0, 1, 3, 0)).share(0.0, 0.75)
    1.0
    """

    low: float
    high: float
    counts: tuple[int, ...]

    @classmethod
    def of(cls, low: float, high: float, counts: Sequence[float]) -> Self:
        """Return chips, checked.

        Raises
        ------
        SsmkitError
            When the ends are out of order, or a count is no number of chips.
        """
        if not (np.isfinite([low, high]).all() and low < high):
            refuse("chips", f"no bins lie between {low:g} and {high:g}", "give a lower end first")
        whole = tuple(int(count) for count in counts)
        if len(whole) < 2 or any(
            c != x or not 0 <= c <= MOST for c, x in zip(whole, counts, strict=True)
        ):
            refuse(
                "chips",
                f"{list(counts)} are no chips in bins",
                f"give two bins or more, with 0 to {MOST} chips in each",
            )
        return cls(float(low), float(high), whole)

    @classmethod
    def over(cls, low: float, high: float) -> Self:
        """Return bins without chips from one number to another, with round ends.

        Examples
        --------
        >>> bins = Chips.over(0.02, 0.98)
        >>> bins.low, bins.high, len(bins.counts)
        (0.0, 1.0, 10)
        """
        first, second = ticks(low, high, BINS)[:2]
        step = second - first
        start, stop = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        ends = (float(f"{end * step:.6g}") + 0.0 for end in (start, stop))
        return cls(*ends, (0,) * (stop - start))

    @property
    def edges(self) -> np.ndarray:
        """The ends of the bins."""
        return np.linspace(self.low, self.high, len(self.counts) + 1)

    @property
    def total(self) -> int:
        """How many chips there are."""
        return sum(self.counts)

    def share(self, low: float, high: float) -> float:
        """Return the share of the chips between two numbers."""
        below = np.concatenate([[0.0], np.cumsum(self.counts) / max(self.total, 1)])
        return float(np.diff(np.interp([low, high], self.edges, below))[0])

    def points(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the points over which the chips are spread, and the weight of each."""
        start, width = self.edges[:-1, None], (self.high - self.low) / len(self.counts)
        x = start + width * (np.arange(SPREAD) + 0.5) / SPREAD
        weight = np.repeat(np.array(self.counts, dtype=float) / (SPREAD * self.total), SPREAD)
        return x.ravel()[weight > 0], weight[weight > 0]


def from_chips(name: str, chips: Chips, like: Prior | None = None) -> Prior:
    """Return the prior of a family that is nearest to chips.

    Parameters
    ----------
    name
        The family, PyMC's name.
    chips
        The chips, one or more.
    like
        A prior of the family whose degrees of freedom and bounds are kept: chips tell little of
        them.

    Returns
    -------
    Prior

    Raises
    ------
    SsmkitError
        When there are no chips, or chips lie where the family has no density.

    Examples
    --------
    >>> from_chips("Normal", Chips(-2.0, 2.0, (1, 3, 3, 1)))
    Prior("Normal", mu=0.0, sigma=0.91269)
    """
    if chips.total == 0:
        refuse("chips", "there are no chips", "put one or more into the bins")
    x, weight = chips.points()
    if name == "Uniform":
        full = np.flatnonzero(chips.counts)
        ends = chips.edges[full[0]], chips.edges[full[-1] + 1]
        return rounded(name, {"lower": ends[0], "upper": ends[1]})
    if name in (*ONE, *SHAPED, "LogNormal") and (x.min() < 0 or (name == "Beta" and x.max() > 1)):
        where = "between 0 and 1" if name == "Beta" else "above 0"
        refuse(
            "chips",
            f"{name} has values {where}, and chips lie beyond",
            f"keep them {where}, or choose another family",
        )
    if name in _CLOSED:
        return rounded(name, _CLOSED[name](x, weight))
    return _searched(name, x, weight, like)


def nearest(families: Sequence[str], chips: Chips) -> Prior:
    """Return the prior nearest to chips of those of several families.

    Examples
    --------
    >>> nearest(["Normal", "Gamma"], Chips(0.0, 1.0, (6, 4, 2, 1))).name
    'Gamma'
    """
    found: dict[float, Prior] = {}
    for name in families:
        try:
            prior = from_chips(name, chips)
        except SsmkitError:
            continue
        found.setdefault(distance(prior, chips), prior)
    if not found:
        refuse("chips", "no family has values at all of these chips", "move some of them")
    return found[min(found)]


def distance(prior: Prior, chips: Chips) -> float:
    """Return how much less likely a prior makes the chips than their own histogram does, in nats.

    Examples
    --------
    >>> round(distance(Prior("Uniform", lower=0, upper=1), Chips(0.0, 1.0, (1, 1))), 3)
    0.0
    """
    x, weight = chips.points()
    own = weight * SPREAD * len(chips.counts) / (chips.high - chips.low)
    return float(weight @ (np.log(own) - frozen(prior.name, prior.args).logpdf(x)))


def _gamma(x: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    from scipy.optimize import brentq
    from scipy.special import digamma

    mean = float(weight @ x)
    gap = log(mean) - float(weight @ np.log(x))
    shape = exp(brentq(lambda k: k - digamma(exp(k)) - gap, -12, 25))
    return {"alpha": shape, "beta": shape / mean}


def _beta(x: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    from scipy.optimize import root
    from scipy.special import digamma

    mean = float(weight @ x)
    size = mean * (1 - mean) / float(weight @ (x - mean) ** 2) - 1
    logs = np.array([weight @ np.log(x), weight @ np.log1p(-x)])

    def miss(two: np.ndarray) -> np.ndarray:
        a, b = np.exp(two)
        return digamma([a, b]) - digamma(a + b) - logs

    start = np.log(np.maximum([mean * size, (1 - mean) * size], 0.05))
    a, b = np.exp(root(miss, start).x)
    return {"alpha": a, "beta": b}


def _weibull(x: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    from scipy.optimize import brentq

    logs = np.log(x / x.max())

    def miss(k: float) -> float:
        power = weight * np.exp(exp(k) * logs)
        return float(power @ logs / power.sum()) - exp(-k) - float(weight @ logs)

    shape = exp(brentq(miss, -5, 8))
    scale = x.max() * float(weight @ np.exp(shape * logs)) ** (1 / shape)
    return {"alpha": shape, "beta": scale}


def _normal(x: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    mean = float(weight @ x)
    return {"mu": mean, "sigma": sqrt(weight @ (x - mean) ** 2)}


def _laplace(x: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    middle = float(np.interp(0.5, np.cumsum(weight) - weight / 2, x))
    return {"mu": middle, "b": float(weight @ np.abs(x - middle))}


def _inverse_gamma(x: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    return _gamma(1 / x, weight)


_CLOSED: Mapping[str, Callable[[np.ndarray, np.ndarray], dict[str, float]]] = {
    "Normal": _normal,
    "HalfNormal": lambda x, weight: {"sigma": sqrt(weight @ x**2)},
    "LogNormal": lambda x, weight: _normal(np.log(x), weight),
    "Exponential": lambda x, weight: {"scale": float(weight @ x)},
    "Laplace": _laplace,
    "Gamma": _gamma,
    "InverseGamma": _inverse_gamma,
    "Beta": _beta,
    "Weibull": _weibull,
}
"""Families whose nearest member is a formula, or the root of one equation or two."""


def _searched(name: str, x: np.ndarray, weight: np.ndarray, like: Prior | None) -> Prior:
    """Return the nearest member by search over a place and a width, or over a width."""
    from scipy.optimize import minimize
    from scipy.stats import norm

    at, by = _PLACED.get(name) or LOCATED.get(name) or (None, ONE.get(name))
    if by is None:
        known = ", ".join([*_CLOSED, *LOCATED, *ONE, *_PLACED])
        refuse("chips", f"{name} is not found from chips", f"choose one of {known}")
    kept = dict(like.args) if like is not None and like.name == name else KEPT.get(name, {})
    ends = np.array([kept.get("lower", -np.inf), kept.get("upper", np.inf)])
    if name == "TruncatedNormal" and not (ends[0] <= x.min() and x.max() <= ends[1]):
        refuse("chips", f"chips lie beyond the bounds of {name}", "move them, or its bounds")
    place = {} if at is None else {at: 0.0}
    # To make a law takes SciPy long: one of width 1 at 0 is moved and stretched here.
    law = norm if name == "TruncatedNormal" else frozen(name, kept | place | {by: 1.0})
    first = _normal(x, weight)

    def of(two: np.ndarray) -> tuple[float, float]:
        middle = 0.0 if at is None else first["mu"] + first["sigma"] * float(two[0])
        return middle, first["sigma"] * exp(float(np.clip(two[-1], -12, 12)))

    def cost(two: np.ndarray) -> float:
        middle, width = of(two)
        likely = float(weight @ law.logpdf((x - middle) / width)) - log(width)
        if name == "TruncatedNormal":
            low, high = norm.cdf((ends - middle) / width)
            likely -= log(max(high - low, 1e-12))
        return -likely

    start = np.zeros(1 if at is None else 2)
    found = minimize(cost, start, method="BFGS")
    middle, width = of(found.x)
    return rounded(name, kept | ({} if at is None else {at: middle}) | {by: width})


_PLACED: Mapping[str, tuple[str, str]] = {
    "TruncatedNormal": ("mu", "sigma"),
    "StudentT": ("mu", "sigma"),
}
"""Families of a place and a width besides those of :data:`LOCATED`."""
