"""How likely: log densities, survival functions and choice probabilities as pure JAX functions.

Each density is ``f(rt, response, *params)``, broadcasts over all arguments, and composes with
``jax.jit``, ``jax.vmap`` and ``jax.grad``. Access by a model's name (``log_density``,
``log_survival``, ``choice_probability``) and PyMC distributions (``DDM``, ``distribution``) are
here too, loaded from the rooms that own them when they are first used.
"""

from importlib import import_module
from typing import Any

import lazy_loader

_own, _list_own, _names = lazy_loader.attach(
    __name__,
    submod_attrs={
        "angle": ["log_angle", "log_angle_sdv"],
        "bridge": ["log_stay"],
        "choice": [
            "choice_probability_angle",
            "choice_probability_angle_sdv",
            "choice_probability_ddm",
            "choice_probability_ddm_sdv",
        ],
        "ddm": ["log_ddm", "log_ddm_sdv"],
        "full_ddm": ["log_full_ddm"],
        "full_ddm_survival": ["choice_probability_full_ddm", "log_survival_full_ddm"],
        "kernel": ["log_kernel"],
        "lapse": ["log_mixture"],
        "lba": [
            f"{function}_lba{n}{t}"
            for function in ("choice_probability", "log", "log_survival")
            for n in (2, 3)
            for t in ("", "_t")
        ],
        "levy": ["choice_probability_levy", "log_levy", "log_survival_levy"],
        "moving": [
            "choice_probability_exponential",
            "choice_probability_weibull",
            "log_exponential",
            "log_survival_exponential",
            "log_survival_weibull",
            "log_weibull",
        ],
        "network.densities": [
            f"log_{model}_network" for model in ("angle", "ddm", "exponential", "weibull")
        ],
        "network.flight": ["log_levy_network"],
        "network.leaky": ["log_ornstein_network"],
        "network.races": [
            f"log_race_no_bias{angle}_{n}_network" for angle in ("", "_angle") for n in (2, 3, 4)
        ],
        "ornstein": [
            "choice_probability_ornstein",
            "log_ornstein",
            "log_survival_ornstein",
        ],
        "race": [
            f"{function}_race_no_bias{angle}_{n}"
            for function in ("choice_probability", "log", "log_survival")
            for angle in ("", "_angle")
            for n in (2, 3, 4)
        ],
        "reading": ["log_moving"],
        "sequence": [
            "choice_probability_ddm_seq2_no_bias",
            "log_ddm_seq2_no_bias",
            "log_survival_ddm_seq2_no_bias",
        ],
        "survival": [
            "log_never_angle",
            "log_survival_angle",
            "log_survival_angle_sdv",
            "log_survival_ddm",
            "log_survival_ddm_sdv",
        ],
    },
)
_elsewhere = {
    "DDM": "ssmkit.inference.distribution",
    "choice_probability": "ssmkit.modelconfig.density",
    "distribution": "ssmkit.inference.distribution",
    "log_density": "ssmkit.modelconfig.density",
    "log_survival": "ssmkit.modelconfig.density",
}

__all__ = sorted([*_names, *_elsewhere])  # noqa: PLE0605 - a list, only made of parts


def __getattr__(name: str) -> Any:
    if name in _elsewhere:
        return getattr(import_module(_elsewhere[name]), name)
    return _own(name)


def __dir__() -> list[str]:
    return sorted([*_list_own(), *_elsewhere])
