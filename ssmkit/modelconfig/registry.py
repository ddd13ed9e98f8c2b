"""The models by name."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.angle import ANGLE, ANGLE_SDV
from ssmkit.modelconfig.config import Likelihood, ModelConfig
from ssmkit.modelconfig.ddm import DDM, DDM_SDV, FULL_DDM
from ssmkit.modelconfig.lba import LBAS
from ssmkit.modelconfig.levy import LEVY
from ssmkit.modelconfig.moving import EXPONENTIAL, WEIBULL
from ssmkit.modelconfig.ornstein import ORNSTEIN
from ssmkit.modelconfig.race import RACES
from ssmkit.modelconfig.sequence import DDM_SEQ2_NO_BIAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

_BUILT_IN = (
    DDM,
    DDM_SDV,
    ANGLE,
    ANGLE_SDV,
    FULL_DDM,
    DDM_SEQ2_NO_BIAS,
    WEIBULL,
    EXPONENTIAL,
    LEVY,
    ORNSTEIN,
    *LBAS,
    *RACES,
)
_MODELS: dict[str, ModelConfig] = {config.name: config for config in _BUILT_IN}
_OWN: dict[str, tuple[Any, "np.ndarray"]] = {}
"""What a person's models are known by again: the code of their functions and some values."""
_ADDED: dict[str, "Sequence[np.ndarray]"] = {}
"""What likelihoods that were added to them are known by again."""


def add(config: ModelConfig, functions: tuple, values: "np.ndarray") -> None:
    """Add a model of one's own; the same once more, as when a cell is run again, changes nothing.

    Parameters
    ----------
    config
        The model.
    functions
        What the person wrote, None for what they did not.
    values
        What it says at some points: two functions of the same code are not the same where what
        they refer to has changed.

    Raises
    ------
    SsmkitError
        When the name is taken by another model.
    """
    import numpy as np

    fix = f"choose another name, such as {config.name}_2"
    known = _MODELS.get(config.name)
    code = tuple(getattr(function, "__code__", function) for function in functions)
    if known is None:
        _MODELS[config.name], _OWN[config.name] = config, (code, values)
        return
    if config.name not in _OWN:
        refuse("name", f"ssmkit has a model {config.name!r} already", fix)
    # What was compiled and drawn under the name is kept, so that it cannot come to mean another.
    written, said = _OWN[config.name]
    same = (known.box, known.choices, written) == (config.box, config.choices, code)
    if not (same and np.allclose(said, values, rtol=1e-4)):
        refuse("name", f"another model {config.name!r} was registered in this session", fix)


def add_likelihood(name: str, likelihood: Likelihood, values: "Sequence[np.ndarray]") -> None:
    """Add a likelihood to a model of one's own; the same once more changes nothing.

    Parameters
    ----------
    name
        The model.
    likelihood
        Of a kind that the model has not.
    values
        What it is known by again, such as its weights.

    Raises
    ------
    SsmkitError
        When the model has another likelihood of that kind.
    """
    import numpy as np

    config, key = _MODELS[name], f"{name}, {likelihood.kind}"
    if likelihood.kind not in config.likelihoods:
        likelihoods = {**config.likelihoods, likelihood.kind: likelihood}
        _MODELS[name], _ADDED[key] = replace(config, likelihoods=likelihoods), values
    elif not all(map(np.array_equal, _ADDED[key], values)):
        # What was compiled and drawn is kept under name and kind.
        refuse(
            "model",
            f"{name} was given another likelihood of kind {likelihood.kind!r} in this session",
            "register the model once more under another name",
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
            f"use one of {', '.join(_MODELS)}; a model of your own is first registered, with"
            " ssmkit.register_model",
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
