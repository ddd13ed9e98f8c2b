"""The spec as the field's block of text."""

from collections.abc import Mapping
from typing import Any

from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.param import Param
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved


def summary_text(
    spec: ModelSpec, n_obs: int, data: Any = None, namespace: Mapping[str, Any] | None = None
) -> str:
    """Return the block of text that the field's users know, line for line.

    Parameters
    ----------
    spec
        The model.
    n_obs
        Number of trials.
    data, namespace
        As for :meth:`ModelSpec.resolved`: on the data, the terms of formulas are those of the fit.

    Returns
    -------
    str

    Examples
    --------
    >>> print(summary_text(ModelSpec("ddm", lapse=None), 100).split("Parameters:")[0].strip())
    Hierarchical Sequential Sampling Model
    Model: ddm
    <BLANKLINE>
    Response variable: rt,response
    Likelihood: analytical
    Observations: 100
    """
    *items, last = spec.resolved(data, namespace)
    if last.name != "p_outlier" or last.formula is not None:
        items.append(last)
    blocks = [_parameter(item) for item in items]
    head = (
        "Hierarchical Sequential Sampling Model\n"
        f"Model: {spec.model}\n\n"
        f"Response variable: {','.join(spec.config.response)}\n"
        f"Likelihood: {spec.kind}\n"
        f"Observations: {n_obs}\n\n"
        "Parameters:"
    )
    text = "\n\n".join([head, *blocks])
    if spec.lapse is None:
        return text
    p = spec.lapse.p
    return (
        f"{text}\n\n\n"
        f"Lapse probability: {f'p_outlier ~ {p.formula}' if isinstance(p, Param) else p}\n"
        f"Lapse distribution: {spec.lapse.distribution}"
    )


def _parameter(resolved: Resolved | Regression) -> str:
    if isinstance(resolved, Regression):
        return _regression(resolved)
    prior = resolved.prior if resolved.fixed is None else resolved.fixed
    return f"{resolved.name}:\n    Prior: {prior}\n    Explicit bounds: {resolved.bounds}"


def _regression(item: Regression) -> str:
    priors = "".join(
        f"        {item.name}_{term} ~ {'chosen by Bambi' if prior is None else prior}\n"
        for term, prior in item.priors.items()
    )
    return (
        f"{item.name}:\n"
        f"    Formula: {item.name} ~ {item.formula}\n"
        f"    Priors:\n{priors}"
        f"    Link: {item.link}\n"
        f"    Explicit bounds: {item.bounds}"
    )
