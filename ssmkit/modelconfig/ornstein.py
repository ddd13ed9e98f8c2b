"""The leaky accumulator between constant bounds."""

from math import inf

from ssmkit.modelconfig.box import network_likelihood, uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig

# The field's box of this model.
_BOX = {
    "v": (-2.0, 2.0),
    "a": (0.3, 3.0),
    "z": (0.1, 0.9),
    "g": (-1.0, 1.0),
    "t": (0.001, 2.0),
}

_EXACT = Likelihood(
    kind="analytical",
    loglik="ornstein.log_ornstein",
    survival="ornstein.log_survival_ornstein",
    choice="ornstein.choice_probability_ornstein",
    backend="jax",
    bounds={
        "v": (-inf, inf),
        "a": (0.0, inf),
        "z": (0.0, 1.0),
        "g": (-inf, inf),
        "t": (0.0, inf),
    },
    default_priors=uniform_priors(_BOX),
    equation=("v", "a", "z", "g"),
)

ORNSTEIN = ModelConfig(
    name="ornstein",
    description=(
        "The leaky accumulator between constant bounds: at evidence x the drift is v - g x,"
        " so that g above 0 forgets and g below 0 feeds itself"
    ),
    list_params=("v", "a", "z", "g", "t"),
    choices=(-1, 1),
    likelihoods={
        "analytical": _EXACT,
        "approx_differentiable": network_likelihood("ornstein", _EXACT, _BOX, "leaky"),
    },
    example={"v": 0.8, "a": 1.2, "z": 0.55, "g": 0.4, "t": 0.3},
    box=_BOX,
    simulator="ornstein",
)
