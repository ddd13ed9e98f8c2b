"""The Levy flight: a diffusion model whose noise jumps."""

from math import inf

from ssmkit.modelconfig.box import network_likelihood, uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig

# The field's box of this model.
_BOX = {
    "v": (-3.0, 3.0),
    "a": (0.3, 3.0),
    "z": (0.1, 0.9),
    "alpha": (1.0, 2.0),
    "t": (0.001, 2.0),
}

_EXACT = Likelihood(
    kind="analytical",
    loglik="levy.log_levy",
    survival="levy.log_survival_levy",
    choice="levy.choice_probability_levy",
    backend="jax",
    bounds={
        "v": (-inf, inf),
        "a": (0.0, inf),
        "z": (0.0, 1.0),
        "alpha": (1.0, 2.0),
        "t": (0.0, inf),
    },
    default_priors=uniform_priors(_BOX),
    equation=("v", "a", "z", "alpha"),
)

LEVY = ModelConfig(
    name="levy",
    description=(
        "Evidence moves with drift v and alpha-stable noise, which jumps, between constant bounds"
        " at -a and +a; at alpha = 2 the noise is normal, with a variance of 2 a second"
    ),
    list_params=("v", "a", "z", "alpha", "t"),
    choices=(-1, 1),
    likelihoods={
        "analytical": _EXACT,
        "approx_differentiable": network_likelihood("levy", _EXACT, _BOX, "flight"),
    },
    example={"v": 0.8, "a": 1.2, "z": 0.55, "alpha": 1.6, "t": 0.3},
    box=_BOX,
    simulator="levy",
    abrupt=True,
)
