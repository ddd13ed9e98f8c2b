"""Lapses: trials on which the response did not come from the decision process."""

from dataclasses import dataclass
from typing import Any, Self

from ssmkit.errors import refuse, warn
from ssmkit.modelconfig.lapse import DEFAULT_LAPSE as DEFAULT_TIMES
from ssmkit.spec.prior import Prior
from ssmkit.spec.values import as_number, require_finite

_ANY_TIME = Prior.from_any(DEFAULT_TIMES)


@dataclass(frozen=True)
class Lapse:
    """How often a trial is a lapse, and how long a lapse takes.

    Parameters
    ----------
    p
        Probability of a lapse: a number, or a prior when it is to be estimated.
    distribution
        Distribution of the reaction times of lapses, in seconds.

    Examples
    --------
    >>> Lapse()
    Lapse(p=0.05, distribution=Prior("Uniform", lower=0.0, upper=20.0))
    """

    p: float | Prior = 0.05
    distribution: Prior = _ANY_TIME

    def __post_init__(self) -> None:
        p = as_number(self.p)
        if p is None and (isinstance(self.p, str | bool) or self.p is None):
            refuse("p_outlier", f"{self.p!r} is no probability", "write p_outlier=0.05")
        p = Prior.from_any(self.p, "p_outlier") if p is None else require_finite(p, "p_outlier")
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
            Probability of a lapse, or its prior; 0 or None for no lapses.
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


DEFAULT_LAPSE = Lapse()
