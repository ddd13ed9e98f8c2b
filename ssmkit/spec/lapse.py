"""Lapses: trials on which the response did not come from the decision process."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from ssmkit.errors import refuse, warn
from ssmkit.modelconfig.lapse import DEFAULT_LAPSE as DEFAULT_TIMES
from ssmkit.spec.links import Link
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.values import as_number, require_finite

_ANY_TIME = Prior.from_any(DEFAULT_TIMES)


@dataclass(frozen=True)
class Lapse:
    """How often a trial is a lapse, and how long a lapse takes.

    Parameters
    ----------
    p
        Probability of a lapse: a number; a prior when it is to be estimated; or a :class:`Param`
        with a formula when it follows predictors, on the logit link unless it says otherwise.
    distribution
        Distribution of the reaction times of lapses, in seconds.

    Examples
    --------
    >>> Lapse()
    Lapse(p=0.05, distribution=Prior("Uniform", lower=0.0, upper=20.0))
    """

    p: float | Prior | Param = 0.05
    distribution: Prior = _ANY_TIME

    def __post_init__(self) -> None:
        p = _probability(self.p)
        object.__setattr__(self, "p", p)
        distribution = Prior.from_any(self.distribution, "lapse")
        if distribution.bounds is not None:
            refuse(
                "lapse",
                "the distribution of lapses has bounds, and is not truncated",
                "leave bounds out, or write a Uniform or a TruncatedNormal",
            )
        for path, prior in (("p_outlier", p), ("lapse", distribution)):
            if isinstance(prior, Prior) and prior.hyperpriors:
                refuse(path, f"{prior} has arguments with priors", "write numbers")
        object.__setattr__(self, "distribution", distribution)

    @classmethod
    def build(cls, p_outlier: Any, lapse: Any) -> Self | None:
        """Return the lapse that these arguments of ``HSSM`` ask for.

        Parameters
        ----------
        p_outlier
            Probability of a lapse, its prior, or a dict with its formula; 0 or None for no lapses.
        lapse
            Distribution of their reaction times; None for Uniform(0, 20) seconds.

        Returns
        -------
        Lapse or None

        Raises
        ------
        SsmkitError
            When either cannot be read.

        Examples
        --------
        >>> Lapse.build(0, None) is None
        True
        """
        if p_outlier is None or as_number(p_outlier) == 0:
            if lapse is not None:
                warn(
                    "lapse",
                    f"a lapse distribution is given, but p_outlier={p_outlier!r} has no lapses",
                    "give p_outlier a probability, or leave lapse out",
                    stacklevel=5,
                )
            return None
        return cls(p_outlier) if lapse is None else cls(p_outlier, lapse)


def _probability(x: Any) -> float | Prior | Param:
    number = as_number(x)
    if number is not None:
        return require_finite(number, "p_outlier")
    if isinstance(x, str | bool) or x is None:
        refuse("p_outlier", f"{x!r} is no probability", "write p_outlier=0.05")
    if not isinstance(x, Param) and not (isinstance(x, Mapping) and "formula" in x):
        return Prior.from_any(x, "p_outlier")
    param = Param.from_any("p_outlier", x)
    if param.formula is None:
        return _probability(param.prior)
    # A share of the trials is small: on the identity almost any slope would lead below 0.
    return param if param.link is not None else replace(param, link=Link("logit"))


DEFAULT_LAPSE = Lapse()
