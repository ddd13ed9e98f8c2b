"""What a spec and data became: the models of the libraries underneath."""

from dataclasses import dataclass
from typing import Any

import pymc as pm

from ssmkit.spec import ModelSpec


@dataclass(frozen=True, eq=False)
class Built:
    """A spec on its data.

    Parameters
    ----------
    spec
        The spec.
    items
        Its parameters, resolved on the data.
    pymc
        The PyMC model.
    bambi
        The Bambi model, where a parameter has a formula; None elsewhere.
    """

    spec: ModelSpec
    items: tuple[Any, ...]
    pymc: pm.Model
    bambi: Any = None

    @property
    def params(self) -> tuple[str, ...]:
        """Names of the parameters in order, the lapse probability last."""
        return (*self.spec.config.list_params, "p_outlier")
