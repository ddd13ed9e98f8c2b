"""Links: from the natural scale of a parameter to the line on which predictors add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any, Self

import numpy as np

from ssmkit.errors import did_you_mean, refuse
from ssmkit.spec.values import Bounds, as_bounds

_POSITIVE = (0.0, inf)
_UNIT = (0.0, 1.0)
_RANGES: Mapping[str, Bounds] = {
    "identity": (-inf, inf),
    "log": _POSITIVE,
    "logit": _UNIT,
    "gen_logit": (-inf, inf),
    "probit": _UNIT,
    "cloglog": _UNIT,
    "inverse": (-inf, inf),
    "inverse_squared": _POSITIVE,
}


@dataclass(frozen=True, repr=False)
class Link:
    """A link function of a regression.

    Parameters
    ----------
    name
        ``"identity"``, ``"log"``, ``"logit"``, ``"gen_logit"`` (a logit stretched onto bounds), or
        Bambi's ``"probit"``, ``"cloglog"``, ``"inverse"``, ``"inverse_squared"``.
    bounds
        For ``gen_logit``, the interval onto which it maps; None for the bounds of the parameter.

    Raises
    ------
    SsmkitError
        When there is no such link, or it has bounds and should not, or cannot have these.

    Examples
    --------
    >>> link = Link("gen_logit", bounds=(0.0, 2.0))
    >>> float(link.forward(1.0)), float(link.backward(0.0))
    (0.0, 1.0)
    """

    name: str = "identity"
    bounds: Bounds | None = None

    def __post_init__(self) -> None:
        self._check("link")

    def _check(self, path: str) -> None:
        if not isinstance(self.name, str) or self.name not in _RANGES:
            suggestion = did_you_mean(str(self.name), _RANGES)
            links = ", ".join(_RANGES)
            refuse(path, f"there is no link {self.name!r}.{suggestion}", f"use {links}")
        bounds = as_bounds(self.bounds, f"{path}.bounds")
        object.__setattr__(self, "bounds", bounds)
        if bounds is None:
            return
        if self.name != "gen_logit":
            refuse(
                f"{path}.bounds",
                f"the link {self.name} has no bounds of its own",
                f'write Link("gen_logit", bounds={bounds})',
            )
        if not all(isfinite(end) for end in bounds):
            refuse(
                f"{path}.bounds",
                f"gen_logit maps onto an interval with two ends, and {bounds} has not",
                'give finite bounds, or write link="log" for a parameter that is above 0',
            )

    @classmethod
    def from_any(cls, x: Any, path: str = "link") -> Self:
        """Return a link given as a name, a dict, a ``Link``, or a link of Bambi.

        Raises
        ------
        SsmkitError
            When it is none of these.

        Examples
        --------
        >>> Link.from_any("log")
        Link("log")
        """
        if isinstance(x, cls):
            return x
        fields = dict(x) if isinstance(x, Mapping) else {"name": getattr(x, "name", x)}
        unknown = next((key for key in fields if key not in ("name", "bounds")), None)
        if unknown is not None or "name" not in fields:
            refuse(path, f"{x!r} is no link", 'write link="log", or Link("gen_logit", (0.0, 3.0))')
        link = object.__new__(cls)
        object.__setattr__(link, "name", fields["name"])
        object.__setattr__(link, "bounds", fields.get("bounds"))
        link._check(path)
        return link

    @property
    def range(self) -> Bounds:
        """The interval onto which the line is mapped."""
        return self.bounds or _RANGES[self.name]

    def forward(self, x: Any) -> np.ndarray:
        """Return natural values on the line of the predictors."""
        x = np.asarray(x, dtype=float)
        with np.errstate(all="ignore"):
            return _FORWARD[self.name](self._to_unit(x))

    def backward(self, eta: Any) -> np.ndarray:
        """Return values of the line on the natural scale."""
        with np.errstate(all="ignore"):
            unit = _BACKWARD[self.name](np.asarray(eta, dtype=float))
        if self.bounds is None:
            return unit
        lo, hi = self.bounds
        return lo + (hi - lo) * unit

    def _to_unit(self, x: np.ndarray) -> np.ndarray:
        if self.bounds is None:
            return x
        lo, hi = self.bounds
        return (x - lo) / (hi - lo)

    def __str__(self) -> str:
        return self.name if self.bounds is None else f"{self.name} onto {self.bounds}"

    def __repr__(self) -> str:
        bounds = "" if self.bounds is None else f", bounds={self.bounds}"
        return f'Link("{self.name}"{bounds})'


def _logit(p: np.ndarray) -> np.ndarray:
    return np.log(p) - np.log1p(-p)


def _expit(eta: np.ndarray) -> np.ndarray:
    return np.exp(-np.logaddexp(0.0, -eta))


def _probit(p: np.ndarray) -> np.ndarray:
    from scipy.special import ndtri

    return ndtri(p)


def _normal_cdf(eta: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    return ndtr(eta)


_FORWARD: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "identity": np.asarray,
    "log": np.log,
    "logit": _logit,
    "gen_logit": _logit,
    "probit": _probit,
    "cloglog": lambda p: np.log(-np.log1p(-p)),
    "inverse": lambda x: 1 / x,
    "inverse_squared": lambda x: 1 / x**2,
}
_BACKWARD: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "identity": np.asarray,
    "log": np.exp,
    "logit": _expit,
    "gen_logit": _expit,
    "probit": _normal_cdf,
    "cloglog": lambda eta: -np.expm1(-np.exp(eta)),
    "inverse": lambda eta: 1 / eta,
    "inverse_squared": lambda eta: 1 / np.sqrt(eta),
}


def choose_link(asked: Link | None, bounds: Bounds, settings: str | None) -> Link:
    """Return the link of a regression: the one asked for, or the one that the settings give.

    Parameters
    ----------
    asked
        The link that was asked for; a ``gen_logit`` without bounds gets those of the parameter.
    bounds
        Bounds of the parameter.
    settings
        ``"log_logit"`` gives ``log`` to a parameter above 0 and ``gen_logit`` to one between two
        bounds; None gives ``identity``.

    Returns
    -------
    Link

    Raises
    ------
    SsmkitError
        When ``gen_logit`` is asked for and the parameter has no two bounds.

    Examples
    --------
    >>> choose_link(None, (0.0, 3.0), "log_logit")
    Link("gen_logit", bounds=(0.0, 3.0))
    """
    if asked is not None:
        takes_bounds = asked.name == "gen_logit" and asked.bounds is None
        return Link("gen_logit", bounds) if takes_bounds else asked
    if settings is None:
        return Link()
    if all(isfinite(end) for end in bounds):
        return Link("gen_logit", bounds)
    return Link("log") if bounds == _POSITIVE else Link()
