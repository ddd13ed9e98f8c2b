"""The controls of a prior builder: which prior, its family, and the numbers that make it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ssmkit.modelconfig.distributions import get_distribution
from ssmkit.modelconfig.glossary import define, meaning
from ssmkit.widgets.chips_controls import chips_controls
from ssmkit.widgets.controls import Choice, Control, Number
from ssmkit.widgets.prior_predictive import law

if TYPE_CHECKING:
    from ssmkit.widgets.prior_builder import PriorBuilder

_SHAPES = ("nu", "lam", "tau", "kappa")
_PLACES = ("mu", "lower", "upper", "c")


def controls(builder: "PriorBuilder", labels: Sequence[str]) -> list[Control]:
    """Return the controls of a builder as it is now.

    Parameters
    ----------
    builder
        The builder.
    labels
        The priors that can be chosen.

    Returns
    -------
    list of Control
    """
    from ssmkit.widgets.prior_builder import FAMILIES, WAYS

    name = builder.prior.name
    families = FAMILIES if name in FAMILIES else (*FAMILIES, name)
    hint = meaning(builder.spec.model, builder.state.part.param).hint
    ways = [(words, way) for way, words in WAYS.items()]
    found: list[Control] = [
        Choice("prior of", lambda: builder.state.part.label, builder.choose, labels, hint),
        Choice("family", lambda: builder.prior.name, builder.family, families, define("prior")),
        Choice("set by", lambda: builder.state.way, builder.by, ways),
    ]
    return found + _OF_WAY[builder.state.way](builder)


def _arguments(builder: "PriorBuilder") -> list[Control]:
    low, high = reach(builder)
    found: list[Control] = []
    for arg in builder.prior.args:
        span = _range(builder.prior.name, arg, low, high)
        found.append(
            Number(
                arg,
                lambda arg=arg: builder.prior.args[arg],
                lambda x, arg=arg: builder.set(**{arg: x}),
                *span,
            )
        )
    return found


def _range(name: str, arg: str, low: float, high: float) -> tuple[float, float]:
    """Return the ends of the slider of an argument, from what the parameter usually is."""
    if arg in _SHAPES or (name in {"Gamma", "Beta", "InverseGamma"} and arg in {"alpha", "beta"}):
        return 0.1, 40.0
    if name == "LogNormal":
        return (-4.0, 2.0) if arg == "mu" else (0.02, 2.0)
    if arg in get_distribution(name).positive:
        return 0.01, high - low
    if arg in _PLACES or (name == "Cauchy" and arg == "alpha"):
        return low - 0.5 * (high - low), high + 0.5 * (high - low)
    return -10.0, 10.0


def _interval(builder: "PriorBuilder") -> list[Control]:
    def end(i: int) -> float:
        own = law(builder.prior)
        if builder.prior.name in {"HalfNormal", "Exponential", "HalfCauchy"}:
            return float((0.0, own.ppf(0.9))[i])
        return float(own.ppf((0.05, 0.95)[i]))

    low, high = reach(builder)
    ends = (low - 0.5 * (high - low), high + 0.5 * (high - low))
    return [
        Number("from", lambda: end(0), lambda x: builder.interval(x, end(1)), *ends),
        Number("to", lambda: end(1), lambda x: builder.interval(end(0), x), *ends),
    ]


def _moments(builder: "PriorBuilder") -> list[Control]:
    def moment(which: str) -> float:
        return float(getattr(law(builder.prior), which)())

    low, high = reach(builder)
    return [
        Number(
            "mean", lambda: moment("mean"), lambda x: builder.moments(x, moment("std")), low, high
        ),
        Number(
            "sd",
            lambda: moment("std"),
            lambda x: builder.moments(moment("mean"), x),
            0.01,
            high - low,
        ),
    ]


def reach(builder: "PriorBuilder") -> tuple[float, float]:
    """Return where the values of the chosen prior usually are."""
    part = builder.state.part
    if part.term in {None, "Intercept"} and part.arg is None:
        low, high = builder.spec.config.box[part.param]
        if part.term is None:
            return low, high
        return min(low, -3.0), max(high, 3.0)
    return (0.0, 2.0) if part.arg is not None else (-2.0, 2.0)


_OF_WAY: Mapping[str, Callable[["PriorBuilder"], list[Control]]] = {
    "arguments": _arguments,
    "interval": _interval,
    "moments": _moments,
    "chips": lambda builder: chips_controls(builder, *reach(builder)),
}
