"""What cannot work in a parameter that follows predictors."""

from collections.abc import Iterator
from math import isfinite

from ssmkit.errors import Problem
from ssmkit.spec.regression import Regression
from ssmkit.spec.terms import INTERCEPT, Terms
from ssmkit.spec.values import Bounds

_SPREAD = (0.3, 3.0)


def regression_problems(
    item: Regression, asked: Bounds | None, support: Bounds, settings: str | None
) -> Iterator[Problem]:
    """Find what is wrong with the link and the predictors of a regression.

    Parameters
    ----------
    item
        The regression.
    asked, support
        Bounds that were asked for, and those of the model.
    settings
        The setting of its default priors.

    Returns
    -------
    iterator of Problem
    """
    yield from _link(item, asked, support)
    yield from _predictors(item, item.terms, settings)


def _link(item: Regression, asked: Bounds | None, support: Bounds) -> Iterator[Problem]:
    (lo, hi), (low, high) = item.bounds, item.link.range
    if lo <= low and high <= hi:
        return
    # Bounds that no link maps onto are dropped for the model's own.
    better = _better_link(item.bounds)
    bounds = "" if better is None or asked is None else f', "bounds": {asked}'
    better = better or _better_link(support) or '"identity"'
    fields = f'"formula": "{item.name} ~ {item.formula}", "link": {better}{bounds}'
    # The share of lapses is a setting of the model, and no parameter to include.
    lapse = item.name == "p_outlier"
    entry = f'{{"name": "{item.name}", {fields}}}'
    yield Problem(
        f"params.{item.name}.link",
        f"with the {item.link} link, predictors can take {item.name} out of its bounds"
        f" {item.bounds}, where the density is 0 and sampling gets stuck",
        f"write p_outlier={{{fields}}}" if lapse else f"write include=[{entry}]",
        "warning",
    )


def _better_link(bounds: Bounds) -> str | None:
    if bounds == (0.0, 1.0):
        return '"logit"'
    if all(isfinite(end) for end in bounds):
        return '"gen_logit"'
    return '"log"' if bounds[0] == 0.0 else None


def _predictors(item: Regression, terms: Terms, settings: str | None) -> Iterator[Problem]:
    path = f"params.{item.name}.formula"
    for term in terms.names:
        if terms.groups.get(term) == 1:
            yield Problem(
                path,
                f"{term} has one group, and so nothing to pool",
                f"leave ({term}) out of the formula",
                "warning",
            )
        if terms.widths.get(term) == 0:
            yield Problem(
                path,
                f"{term} is the same on every trial, like the intercept",
                f"leave {term} out of the formula",
            )
    for term, scale in terms.scales.items():
        if ":" in term or term in terms.cells | terms.signs:
            continue
        if scale == 0 and INTERCEPT in terms.common:
            yield Problem(
                path,
                f"{term} is the same on every trial, like the intercept",
                f"leave {term} out of the formula",
                "warning",
            )
        elif (
            scale > 0
            and not _SPREAD[0] <= scale <= _SPREAD[1]
            and settings == "safe"
            and term in item.defaults
        ):
            yield Problem(
                path,
                f"{term} has a standard deviation of {scale:.3g}, and the default prior of its"
                " slope expects about 1",
                'write prior_settings="scaled", or put scale(...) around it in the formula',
                "warning",
            )
