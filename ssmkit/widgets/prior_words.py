"""What a prior says, in sentences."""

from collections.abc import Sequence

import numpy as np

from ssmkit.plots._beliefs import Curve, written
from ssmkit.spec import Prior
from ssmkit.spec.values import Bounds
from ssmkit.widgets.chips import Chips
from ssmkit.widgets.prior_picture import ends
from ssmkit.widgets.prior_predictive import PriorPredictive, law
from ssmkit.widgets.svg import written as number


def words(
    label: str,
    prior: Prior,
    *,
    default: bool,
    curve: Curve | None,
    outside: float,
    bounds: Bounds,
    predictive: PriorPredictive | None,
    codes: Sequence[int],
    chips: Chips | None = None,
) -> str:
    """Return a sentence on the prior, one on bounds where there are any, and one on the data.

    Examples
    --------
    >>> print(words("v", Prior("Normal", mu=0, sigma=2), default=True, curve=None, outside=1.0,
    ...     bounds=(0.0, 1.0), predictive=None, codes=(-1, 1)))
    v ~ Normal(mu=0, sigma=2), the model's default.
    All of it lies outside the bounds 0 to 1: the model cannot have such a value.
    """
    whose = "the model's default" if default else "chosen by you"
    lines = [f"{label} ~ {written(prior)}, {whose}."]
    if curve is not None:
        lines[0] += f" 94 % of it lies in {ends(*curve.interval)}."
    if chips is not None and chips.total:
        lines.append(_of_chips(prior, chips))
    if outside > 1 - 1e-9:
        told = f"All of it lies outside the bounds {ends(*bounds)}"
        lines.append(f"{told}: the model cannot have such a value.")
    elif outside > 5e-4:
        told = f"{100 * outside:.2g} % of it lies outside the bounds {ends(*bounds)}"
        lines.append(f"{told}, and is cut off there.")
    if predictive is None or predictive.heights is None:
        return "\n".join(lines)
    shares = ", ".join(
        f"{100 * share:.0f} % response {number(code)}"
        for code, share in zip(codes, predictive.shares, strict=True)
    )
    late = 1 - sum(predictive.shares)
    shares += f", {100 * late:.0f} % none within 100 s" if late > 5e-3 else ""
    lines.append(
        f"Before any data it expects {shares}; {100 * predictive.outside:.0f} % of the reaction"
        " times lie beyond 0.15 to 5 s, where people's are."
    )
    if predictive.lapses:
        lines[-1] += f" {100 * predictive.lapses:.2g} % of the trials in it are lapses."
    if predictive.lost > 5e-3:
        told = f"{100 * predictive.lost:.0f} % of the draws are where the model has no meaning"
        lines.append(f"{told}; they are left out.")
    return "\n".join(lines)


def _of_chips(prior: Prior, chips: Chips) -> str:
    """Return where a prior is furthest from the chips that it was fitted to."""
    masses = np.diff(law(prior).cdf(chips.edges))
    shares = np.array(chips.counts) / chips.total
    at = int(np.argmax(np.abs(masses - shares)))
    count = f"{chips.total} chip{'s' * (chips.total > 1)}"
    return (
        f"It is the {prior.name} nearest to your {count}: furthest from them in"
        f" {ends(*chips.edges[at : at + 2])}, with {100 * masses[at]:.0f} % of it and"
        f" {100 * shares[at]:.0f} % of the chips."
    )
