"""The models by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.angle import ANGLE, ANGLE_SDV
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.ddm import DDM, DDM_SDV, FULL_DDM
from ssmkit.modelconfig.lba import LBAS
from ssmkit.modelconfig.moving import EXPONENTIAL, WEIBULL
from ssmkit.modelconfig.sequence import DDM_SEQ2_NO_BIAS

_BUILT_IN: Mapping[str, ModelConfig] = MappingProxyType(
    {
        config.name: config
        for config in (
            DDM,
            DDM_SDV,
            ANGLE,
            ANGLE_SDV,
            FULL_DDM,
            DDM_SEQ2_NO_BIAS,
            WEIBULL,
            EXPONENTIAL,
            *LBAS,
        )
    }
)

_OWN: dict[str, tuple[ModelConfig, Callable]] = {}


def add(config: ModelConfig, function: Callable) -> None:
    """Add a model of one's own; the same once more, as when a cell is run again, changes nothing.

    Parameters
    ----------
    config
        The model.
    function
        What the person wrote, by which it is known again.

    Raises
    ------
    SsmkitError
        When the name is taken by another model.
    """
    fix = f"choose another name, such as {config.name}_2"
    if config.name in _BUILT_IN:
        refuse("name", f"ssmkit has a model {config.name!r} already", fix)
    if config.name not in _OWN:
        _OWN[config.name] = config, function
        return
    known, other = _OWN[config.name]
    # What was compiled and drawn under the name is kept, so that it cannot come to mean another.
    same = (known.box, known.choices) == (config.box, config.choices)
    if not (same and _alike(function, other)):
        refuse("name", f"another model {config.name!r} was registered in this session", fix)


def _alike(one: Callable, two: Callable) -> bool:
    code = [getattr(each, "__code__", each) for each in (one, two)]
    cells = [[x.cell_contents for x in getattr(f, "__closure__", None) or ()] for f in (one, two)]
    return one is two or (code[0] == code[1] and cells[0] == cells[1])


def _models() -> dict[str, ModelConfig]:
    return dict(_BUILT_IN) | {name: config for name, (config, _) in _OWN.items()}


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
    return tuple(_models())


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
    models = _models()
    if name not in models:
        refuse(
            path,
            f"there is no model {name!r}.{did_you_mean(name, models)}",
            f"use one of {', '.join(models)}; a model of your own is first registered, with"
            " ssmkit.register_model",
        )
    return models[name]


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
