"""What a study is asked for: a spec and covariates, from the words that ``HSSM`` takes."""

import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.errors import refuse
from ssmkit.spec import ModelSpec
from ssmkit.studies.joint import Joint

_WORDS = set(inspect.signature(ModelSpec.build).parameters) - {"data", "model", "params"}
TRIALS = 200


def read(
    model: Any, data: pd.DataFrame | None, trials: int | None, arguments: Mapping[str, Any]
) -> Joint:
    """Return the joint distribution that these arguments ask for.

    Parameters
    ----------
    model
        The name of a model, a ``ModelSpec``, or an ``HSSM``, whose data are then the covariates.
    data
        Covariates, one row a trial; columns ``rt`` and ``response`` are set aside.
    trials
        Number of trials where there are no covariates; None for 200.
    arguments
        Arguments of ``HSSM``.

    Returns
    -------
    Joint

    Raises
    ------
    SsmkitError
        When they contradict each other, or the spec cannot be.
    """
    namespace = arguments.get("extra_namespace")
    if hasattr(model, "spec"):
        data = model.data if data is None and trials is None else data
        namespace = model._namespace if namespace is None else namespace  # noqa: SLF001 - its own
        model = model.spec
    if data is not None and trials is not None:
        refuse(
            "trials",
            f"both trials={trials} and a data frame of {len(data)} rows are given",
            "leave trials out: every row of data is a trial",
        )
    rows = _rows(data, TRIALS if trials is None else trials)
    if isinstance(model, ModelSpec):
        if set(arguments) - {"extra_namespace"}:
            first = next(iter(arguments))
            refuse(
                first,
                "a spec is given, and arguments beside it",
                f"put {first} into the spec, or write model='{model.model}'",
            )
        return Joint(model, rows, namespace)
    known = {name: x for name, x in arguments.items() if name in _WORDS}
    params = {name: x for name, x in arguments.items() if name not in _WORDS}
    return Joint(ModelSpec.build(rows, model, **known, params=params), rows, namespace)


def _rows(data: pd.DataFrame | None, trials: int) -> pd.DataFrame:
    if data is None:
        whole("trials", trials)
        return pd.DataFrame(index=range(int(trials)))
    if not isinstance(data, pd.DataFrame) or data.empty:
        refuse(
            "data",
            f"the covariates are {type(data).__name__}, without a row"
            if isinstance(data, pd.DataFrame)
            else f"the covariates are {type(data).__name__}",
            "give a data frame of one row a trial, as in data=pd.DataFrame({'x': ...})",
        )
    return data.drop(columns=["rt", "response"], errors="ignore").reset_index(drop=True)


def whole(name: str, value: Any, least: int = 1) -> None:
    """Refuse what is no whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        refuse(name, f"{name} is {value!r}", f"give a whole number of at least {least}")
