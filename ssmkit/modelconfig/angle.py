"""The diffusion model between bounds that move linearly, with a fixed or a varying drift."""

from math import inf

from ssmkit.modelconfig.box import network_likelihood, uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig

# The field's box of this model: where its networks were trained, and where the default priors lie.
_BOX = {
    "v": (-3.0, 3.0),
    "a": (0.3, 3.0),
    "z": (0.1, 0.9),
    "t": (0.001, 2.0),
    "theta": (-0.1, 1.3),
}
_EXAMPLE = {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3, "theta": 0.3}

_BOUNDS = {
    "v": (-inf, inf),
    "a": (0.0, inf),
    "z": (0.0, 1.0),
    "t": (0.0, inf),
    "theta": (-1.5, 1.5),
}
_PRIORS = uniform_priors(_BOX)
_SDV_BOX = _BOX | {"sv": (0.0, 2.5)}

_EXACT = Likelihood(
    kind="analytical",
    loglik="angle.log_angle",
    survival="survival.log_survival_angle",
    choice="choice.choice_probability_angle",
    backend="jax",
    bounds=_BOUNDS,
    default_priors=_PRIORS,
)

ANGLE = ModelConfig(
    name="angle",
    description=(
        "The diffusion model between linear bounds at a - s tan(theta), s the decision time:"
        " they collapse when theta is positive"
    ),
    list_params=("v", "a", "z", "t", "theta"),
    choices=(-1, 1),
    likelihoods={
        "analytical": _EXACT,
        "approx_differentiable": network_likelihood("angle", _EXACT, _BOX),
    },
    example=_EXAMPLE,
    box=_BOX,
    simulator="angle",
)

ANGLE_SDV = ModelConfig(
    name="angle_sdv",
    description="The angle model whose drift varies across trials as Normal(v, sv)",
    list_params=("v", "a", "z", "t", "theta", "sv"),
    choices=(-1, 1),
    likelihoods={
        "analytical": Likelihood(
            kind="analytical",
            loglik="angle.log_angle_sdv",
            survival="survival.log_survival_angle_sdv",
            choice="choice.choice_probability_angle_sdv",
            backend="jax",
            bounds=_BOUNDS | {"sv": (0.0, inf)},
            default_priors=uniform_priors(_SDV_BOX),
        )
    },
    example=_EXAMPLE | {"sv": 1.2},
    box=_SDV_BOX,
    simulator="angle",
)
