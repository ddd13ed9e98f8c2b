"""The diffusion model between constant bounds, and the one whose drift varies across trials."""

from math import inf

from ssmkit.modelconfig.config import Likelihood, ModelConfig

_BOUNDS = {"v": (-inf, inf), "a": (0.0, inf), "z": (0.0, 1.0), "t": (0.0, inf)}
# The field's plain defaults, so that a summary reads the same as elsewhere.
_PRIORS = {
    "v": {"name": "Normal", "mu": 0.0, "sigma": 2.0},
    "a": {"name": "HalfNormal", "sigma": 2.0},
    "z": {"name": "Uniform", "lower": 0.0, "upper": 1.0},
    "t": {"name": "HalfNormal", "sigma": 2.0},
}

_EXAMPLE = {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3}
_BOX = {"v": (-3.0, 3.0), "a": (0.3, 2.5), "z": (0.02, 0.98), "t": (0.0, 2.0)}

DDM = ModelConfig(
    name="ddm",
    description=(
        "The diffusion model: evidence with drift v from z between bounds at -a and +a,"
        " after the non-decision time t"
    ),
    list_params=("v", "a", "z", "t"),
    choices=(-1, 1),
    likelihoods={
        "analytical": Likelihood(
            kind="analytical",
            loglik="ddm.log_ddm",
            survival="survival.log_survival_ddm",
            choice="choice.choice_probability_ddm",
            backend="jax",
            bounds=_BOUNDS,
            default_priors=_PRIORS,
        )
    },
    example=_EXAMPLE,
    box=_BOX,
    simulator="ddm",
)

DDM_SDV = ModelConfig(
    name="ddm_sdv",
    description="The diffusion model whose drift varies across trials as Normal(v, sv)",
    list_params=("v", "a", "z", "t", "sv"),
    choices=(-1, 1),
    likelihoods={
        "analytical": Likelihood(
            kind="analytical",
            loglik="ddm.log_ddm_sdv",
            survival="survival.log_survival_ddm_sdv",
            choice="choice.choice_probability_ddm_sdv",
            backend="jax",
            bounds=_BOUNDS | {"sv": (0.0, inf)},
            default_priors=_PRIORS | {"sv": {"name": "HalfNormal", "sigma": 2.0}},
        )
    },
    example=_EXAMPLE | {"sv": 1.2},
    box=_BOX | {"sv": (0.0, 2.5)},
    simulator="ddm_sdv",
)
