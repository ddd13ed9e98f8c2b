"""The builder of a formula, or of a prior, within that of a model."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssmkit.errors import SsmkitError
from ssmkit.widgets.formula_builder import FormulaBuilder
from ssmkit.widgets.prior_builder import PriorBuilder

if TYPE_CHECKING:
    from ssmkit.widgets.model_builder import ModelBuilder


@dataclass
class Opened:
    """A builder that is open within another.

    Parameters
    ----------
    builder
        The builder.
    follow
        Puts it in step with the model; False where the model has no longer what it is of.
    """

    builder: Any
    follow: Callable[[], bool]


def open_formula(outer: "ModelBuilder", param: str) -> Opened:
    """Open the builder of the formula of a parameter.

    Parameters
    ----------
    outer
        The builder of the model.
    param
        The parameter.

    Returns
    -------
    Opened
    """
    spec = outer.spec
    args = (spec.model, spec.param(param).link)
    try:
        inner = FormulaBuilder(outer.data, param, spec.param(param).formula, *args)
    except SsmkitError:  # what is wrong with it is said beside its field
        inner = FormulaBuilder(outer.data, param, None, *args)

    def follow() -> bool:
        formula = outer.spec.param(param).formula
        if formula is not None and formula != inner.state.formula:
            with suppress(SsmkitError):
                inner.set(formula)
        return formula is not None

    inner.title, inner.keys = f"The formula of {param}", ""
    inner.listen(lambda: outer.formula(param, inner.state.formula))
    return Opened(inner, follow)


def open_prior(outer: "ModelBuilder", label: str) -> Opened:
    """Open the builder of a prior.

    Parameters
    ----------
    outer
        The builder of the model.
    label
        The parameter, or a term of it: ``"v_x"``.

    Returns
    -------
    Opened

    Raises
    ------
    SsmkitError
        When there is no such prior.
    """
    opened = Opened(None, lambda: True)

    def begin() -> None:
        inner = PriorBuilder(outer.spec, label, data=outer.data)
        inner.title, inner.keys = f"The prior of {label}", ""
        inner.listen(lambda: outer.hear(inner.spec, merge=inner.dragging))
        opened.builder = inner

    def follow() -> bool:
        if opened.builder.spec != outer.spec:
            try:
                begin()
            except SsmkitError:
                return False
        return True

    begin()
    opened.follow = follow
    return opened


OPENED: Mapping[str, Callable[["ModelBuilder", str], Opened]] = {
    "formula": open_formula,
    "prior": open_prior,
}
