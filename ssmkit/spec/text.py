"""The spec as the field's block of text."""

from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.resolved import Resolved


def summary_text(spec: ModelSpec, n_obs: int) -> str:
    """Return the block of text that the field's users know, line for line.

    Parameters
    ----------
    spec
        The model.
    n_obs
        Number of trials.

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
    names = {param.name for param in spec.params}
    blocks = [_parameter(resolved) for resolved in spec.resolved() if resolved.name in names]
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
    return (
        f"{text}\n\n\n"
        f"Lapse probability: {spec.lapse.p}\n"
        f"Lapse distribution: {spec.lapse.distribution}"
    )


def _parameter(resolved: Resolved) -> str:
    prior = resolved.prior if resolved.fixed is None else resolved.fixed
    return f"{resolved.name}:\n    Prior: {prior}\n    Explicit bounds: {resolved.bounds}"
