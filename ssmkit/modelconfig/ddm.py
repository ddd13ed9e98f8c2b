"""The diffusion model between constant bounds, and the one whose drift varies across trials."""

from math import inf

from ssmkit.modelconfig.box import network_likelihood
from ssmkit.modelconfig.config import Likelihood, Limit, ModelConfig

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

_EXACT = Likelihood(
    kind="analytical",
    loglik="ddm.log_ddm",
    survival="survival.log_survival_ddm",
    choice="choice.choice_probability_ddm",
    backend="jax",
    bounds=_BOUNDS,
    default_priors=_PRIORS,
)

DDM = ModelConfig(
    name="ddm",
    description=(
        "The diffusion model: evidence with drift v from z between bounds at -a and +a,"
        " after the non-decision time t"
    ),
    list_params=("v", "a", "z", "t"),
    choices=(-1, 1),
    likelihoods={
        "analytical": _EXACT,
        "approx_differentiable": network_likelihood("ddm", _EXACT, _BOX),
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

FULL_DDM = ModelConfig(
    name="full_ddm",
    description=(
        "The diffusion model whose start varies uniformly by sz either way, its drift normally by"
        " sv, and its non-decision time uniformly by st either way"
    ),
    list_params=("v", "a", "z", "t", "sz", "sv", "st"),
    choices=(-1, 1),
    likelihoods={
        "analytical": Likelihood(
            kind="analytical",
            loglik="full_ddm.log_full_ddm",
            survival="full_ddm_survival.log_survival_full_ddm",
            choice="full_ddm_survival.choice_probability_full_ddm",
            backend="jax",
            bounds=_BOUNDS | dict.fromkeys(("sz", "sv", "st"), (0.0, inf)),
            # Half of what the field gives sz and st would be a start beyond the bounds, or a
            # non-decision time below 0.
            default_priors=_PRIORS
            | {
                "sz": {"name": "HalfNormal", "sigma": 0.2},
                "sv": {"name": "HalfNormal", "sigma": 2.0},
                "st": {"name": "HalfNormal", "sigma": 0.15},
            },
        )
    },
    example={"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3, "sz": 0.1, "sv": 0.7, "st": 0.08},
    box={
        "v": (-3.0, 3.0),
        "a": (0.3, 2.5),
        "z": (0.3, 0.7),
        "t": (0.25, 2.25),
        "sz": (0.0, 0.2),
        "sv": (0.0, 2.0),
        "st": (0.0, 0.25),
    },
    simulator="ddm",
    limits=(
        Limit(
            ("sz", "a", "z"),
            lambda sz, a, z: (sz < 2 * a * z) & (sz < 2 * a * (1 - z)),
            "with this sz the start would reach a bound: it varies by sz in units of evidence,"
            " and the bounds are 2 a z below and 2 a (1 - z) above",
            "choose sz below 2 a z and 2 a (1 - z), such as sz=0.1",
        ),
        Limit(
            ("st", "t"),
            lambda st, t: st <= t,
            "with this st the non-decision time would begin below 0 s: it lies between t - st and"
            " t + st",
            "choose st below t, such as st=0.05",
        ),
    ),
)
