"""What a parameter is in the end, once the model's defaults have filled what was not asked."""

from dataclasses import dataclass
from typing import ClassVar

from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.values import Bounds, Column, Vector


@dataclass(frozen=True)
class Resolved:
    """A parameter with nothing left open.

    Parameters
    ----------
    name
        Name of the parameter.
    fixed
        Its value when it is fixed, None when it is free.
    prior
        Its prior, as given, when it is free, None when it is fixed.
    bounds
        Interval outside which its density is 0.
    default
        Whether the prior is the model's own.

    Examples
    --------
    >>> Resolved("z", None, Prior("Beta", alpha=10, beta=10), (0.0, 1.0), default=False).truncation
    (0.0, 1.0)
    """

    formula: ClassVar[None] = None

    name: str
    fixed: float | Column | Vector | None
    prior: Prior | None
    bounds: Bounds
    default: bool

    @property
    def truncation(self) -> Bounds:
        """The interval to which the prior is truncated: its own bounds and the parameter's."""
        own = self.prior.bounds if self.prior is not None else None
        return intersection(self.bounds, own)


def resolve(param: Param, default_prior: Prior, support: Bounds) -> Resolved:
    """Return a parameter with the model's default prior and support filled in."""
    fixed = param.prior if isinstance(param.prior, float | Column | Vector) else None
    default = param.prior is None
    prior = default_prior if default else param.prior
    return Resolved(
        name=param.name,
        fixed=fixed,
        prior=None if fixed is not None else prior,
        bounds=intersection(support, param.bounds),
        default=default,
    )


def intersection(outer: Bounds, inner: Bounds | None) -> Bounds:
    """Return what two intervals share; the ends come out of order when they share nothing."""
    return outer if inner is None else (max(outer[0], inner[0]), min(outer[1], inner[1]))
