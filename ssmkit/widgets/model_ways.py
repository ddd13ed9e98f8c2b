"""What a parameter of a model can be."""

from ssmkit.spec import Param, Prior

WAYS = {
    "default": "as the model has it",
    "prior": "given a prior",
    "fixed": "fixed",
    "regression": "a regression",
}
"""What a parameter can be, in words."""


def way_of(param: Param) -> str:
    """Return which of the :data:`WAYS` a parameter is.

    Examples
    --------
    >>> way_of(Param("z", prior=0.5))
    'fixed'
    """
    if param.formula is not None:
        return "regression"
    if param.prior is None:
        return "default"
    return "prior" if isinstance(param.prior, Prior) else "fixed"
