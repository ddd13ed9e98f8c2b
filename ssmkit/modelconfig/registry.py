"""The models by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.angle import ANGLE, ANGLE_SDV
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.ddm import DDM, DDM_SDV, FULL_DDM
from ssmkit.modelconfig.lba import LBAS
from ssmkit.modelconfig.sequence import DDM_SEQ2_NO_BIAS

_MODELS: Mapping[str, ModelConfig] = MappingProxyType(
    {
        config.name: config
        for config in (DDM, DDM_SDV, ANGLE, ANGLE_SDV, FULL_DDM, DDM_SEQ2_NO_BIAS, *LBAS)
    }
)


def list_models() -> tuple[str, ...]:
    """Return the names of the models.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> "ddm" in list_models()
    True
    """
    return tuple(_MODELS)


def get_config(name: str, path: str = "model") -> ModelConfig:
    """Return a model by its name.

    Parameters
    ----------
    name
        One of :func:`list_models`.
    path
        Where the name was written, for the message.

    Returns
    -------
    ModelConfig

    Raises
    ------
    SsmkitError
        When there is no such model.

    Examples
    --------
    >>> get_config("ddm").choices
    (-1, 1)
    """
    if name not in _MODELS:
        refuse(
            path,
            f"there is no model {name!r}.{did_you_mean(name, _MODELS)}",
            f"use one of {', '.join(_MODELS)}",
        )
    return _MODELS[name]


def get_default_model_config(name: str) -> dict[str, Any]:
    """Return a model as the plain mapping that users of the field know.

    Parameters
    ----------
    name
        One of :func:`list_models`.

    Returns
    -------
    dict
        With the keys ``response, list_params, choices, description, likelihoods``; a copy, so
        that changing it changes no model.

    Raises
    ------
    SsmkitError
        When there is no such model.

    Examples
    --------
    >>> get_default_model_config("ddm")["list_params"]
    ['v', 'a', 'z', 't']
    """
    return get_config(name).as_dict()
