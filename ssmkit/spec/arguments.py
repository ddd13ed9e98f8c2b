"""The arguments of ``HSSM`` that describe parameters, read into a ``Param`` each."""

from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.spec.param import Param

_SETTINGS = (
    "include",
    "loglik_kind",
    "p_outlier",
    "lapse",
    "choices",
    "global_formula",
    "link_settings",
    "prior_settings",
    "extra_namespace",
    "noncentered",
    "missing_data",
    "deadline",
    "withheld",
)


def read_params(
    config: ModelConfig, include: Any, keywords: Mapping[str, Any], data: Any
) -> tuple[Param, ...]:
    """Return the parameters that ``include`` and the keywords of ``HSSM`` ask something of.

    Parameters
    ----------
    config
        The model.
    include
        List of dicts or ``Param``, or None.
    keywords
        Parameter to anything that :meth:`Param.from_any` reads.
    data
        The data frame, or None.

    Returns
    -------
    tuple of Param
        In the order in which they were given, not checked for names that come twice.

    Raises
    ------
    SsmkitError
        When one cannot be read, or the model has no such parameter.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> read_params(get_config("ddm"), None, {"z": 0.5}, None)
    (Param("z", prior=0.5),)
    """
    if include is not None and not isinstance(include, list | tuple):
        refuse("include", "it is no list", 'write include=[{"name": "v", "prior": ...}]')
    listed = [
        Param.from_entry(entry, f"include[{index}]", data)
        for index, entry in enumerate(include or ())
    ]
    # Names before values: a misspelt setting is a parameter that does not exist, not a bad prior.
    for name in keywords:
        check_name(config, name)
    return (*listed, *(Param.from_any(name, value, data) for name, value in keywords.items()))


def check_name(config: ModelConfig, name: str) -> None:
    """Refuse a parameter that the model does not have.

    Raises
    ------
    SsmkitError
        With the nearest name.
    """
    if name in _SETTINGS:
        refuse(name, "it is a setting of the model, no parameter", f"write HSSM(data, {name}=...)")
    if name not in config.list_params:
        suggestion = did_you_mean(name, (*config.list_params, *_SETTINGS))
        refuse(
            f"params.{name}",
            f"{config.name} has no parameter {name!r}.{suggestion}",
            f"use one of {', '.join(config.list_params)}",
        )


def likelihood_kind(config: ModelConfig, kind: str | None, loglik: Any) -> str:
    """Return the kind of likelihood that ``loglik_kind`` and ``loglik`` ask for.

    A Python function is a ``"blackbox"``, ``f(data, *params)`` on numpy arrays, unless another kind
    says that it is ``f(rt, response, *params)`` in JAX. The path of an ONNX file is a network.

    Raises
    ------
    SsmkitError
        When there is no such likelihood, or the two contradict each other.
    """
    if loglik is None:
        if kind == "blackbox" and kind not in config.likelihoods:
            refuse(
                "loglik",
                "a blackbox likelihood is a Python function of yours, and none is given",
                f"write loglik=f, where f(data, {', '.join(config.list_params)}) returns one log"
                " density a trial",
            )
        if not isinstance(kind, str | None):
            refuse("loglik_kind", f"{kind!r} is no name", "write loglik_kind='analytical'")
        return config.likelihood(kind).kind
    if isinstance(loglik, str) and loglik.endswith(".onnx"):
        kinds = ("approx_differentiable",)
    elif callable(loglik):
        kinds = ("blackbox", "analytical", "approx_differentiable")
    else:
        refuse(
            "loglik",
            f"{loglik!r} is no function",
            "give a Python function or the path of a network, 'name.onnx', or leave loglik out",
        )
    if kind not in (None, *kinds):
        refuse(
            "loglik_kind",
            f"the kind of {loglik!r} cannot be {kind!r}",
            f"write one of {', '.join(kinds)}, or leave it out",
        )
    return kind or kinds[0]


def check_choices(config: ModelConfig, choices: Any) -> None:
    """Refuse choices other than the model's.

    Raises
    ------
    SsmkitError
        When they are given and are not the model's.
    """
    given = tuple(choices) if isinstance(choices, Iterable) else (choices,)
    if choices is not None and given not in permutations(config.choices):
        refuse(
            "choices",
            f"{config.name} chooses among {_or(config.choices)}, not among {_or(given)}",
            "leave choices out, or choose another model (list_models() names them)",
        )


def _or(options: Iterable[Any]) -> str:
    return " or ".join(repr(option) for option in options)
