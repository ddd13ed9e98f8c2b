"""The settings of regressions: read, checked, and carried to the parameters."""

from collections.abc import Iterable, Mapping
from typing import Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.spec.defaults import SETTINGS
from ssmkit.spec.frozen import Frozen
from ssmkit.spec.missing import Missing
from ssmkit.spec.param import Param

_EXAMPLE = 'noncentered=True, {"v": False}, or {"v": {"1|participant": False}}'


def check_settings(link_settings: Any, prior_settings: Any) -> None:
    """Refuse settings that do not exist.

    Raises
    ------
    SsmkitError
        With those that do.
    """
    for name, value, options in (
        ("link_settings", link_settings, ("log_logit", None)),
        ("prior_settings", prior_settings, SETTINGS),
    ):
        if not isinstance(value, str | None) or value not in options:
            words = [option for option in options if option is not None]
            refuse(
                name,
                f"there is no setting {value!r}.{did_you_mean(str(value), words)}",
                f"use {' or '.join(map(repr, options))}",
            )


def check_missing(config: ModelConfig, loglik: Any, missing: Missing | None) -> None:
    """Refuse trials without a time where their probability is not known.

    Raises
    ------
    SsmkitError
        For a likelihood of the person's own, and a response that the model does not have.
    """
    if missing is None:
        return
    if loglik is not None:
        refuse(
            "missing_data",
            "a likelihood of your own gives densities, and no probability of a missing response",
            "leave those trials out, or take a likelihood of the model's own",
        )
    if missing.withheld is not None and missing.withheld not in config.choices:
        refuse(
            "withheld",
            f"{missing.withheld} is no response of {config.name}",
            f"write one of {', '.join(map(str, config.choices))}",
        )


def read_noncentered(config: ModelConfig, x: Any) -> bool | Frozen:
    """Return the parametrisation of group effects: one for all, or by parameter and term.

    Raises
    ------
    SsmkitError
        When it is neither, or names a parameter that the model does not have.
    """
    if isinstance(x, bool):
        return x
    if not isinstance(x, Mapping):
        refuse("noncentered", f"{x!r} is neither True nor False", f"write {_EXAMPLE}")
    found = {}
    for name, value in x.items():
        path = f"noncentered.{name}"
        if name not in config.list_params:
            suggestion = did_you_mean(str(name), config.list_params)
            refuse(
                path, f"{config.name} has no parameter {name!r}.{suggestion}", f"write {_EXAMPLE}"
            )
        by_term = Frozen(value) if isinstance(value, Mapping) else value
        values = by_term.values() if isinstance(by_term, Frozen) else [by_term]
        if not all(isinstance(one, bool) for one in values):
            refuse(path, f"{value!r} is neither True nor False", f"write {_EXAMPLE}")
        found[name] = by_term
    return Frozen(found)


def read_namespace(x: Any) -> tuple[str, ...]:
    """Return the names that formulas may use besides columns.

    Raises
    ------
    SsmkitError
        When one is no name of Python.
    """
    names = (x,) if isinstance(x, str) or not isinstance(x, Iterable) else tuple(x)
    for name in names:
        if isinstance(x, str) or not isinstance(name, str) or not name.isidentifier():
            refuse(
                "extra_namespace",
                f"{name!r} is no name with a value",
                'write extra_namespace={"f": f}, to use f(x) in a formula',
            )
    return names


def expand_formula(
    config: ModelConfig, formula: str | None, given: tuple[Param, ...]
) -> tuple[Param, ...]:
    """Return the parameters given, and the others with the formula for all.

    Parameters
    ----------
    config
        The model.
    formula
        ``"y ~ 1 + x"`` or ``"1 + x"``; None adds nothing.
    given
        Parameters of which something is asked.

    Returns
    -------
    tuple of Param

    Raises
    ------
    SsmkitError
        When it is no formula.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> expand_formula(get_config("ddm"), "y ~ x", (Param("a"), Param("z"), Param("t")))[-1]
    Param("v", "x")
    """
    if formula is None:
        return given
    if not isinstance(formula, str):
        refuse("global_formula", f"{formula!r} is no formula", 'write global_formula="y ~ 1 + x"')
    right = formula.rpartition("~")[2]
    named = {param.name for param in given}
    rest = (name for name in config.list_params if name not in named)
    return (*given, *(Param(name, right) for name in rest))
