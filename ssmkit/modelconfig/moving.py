"""The diffusion model between bounds that collapse along a curve."""

from math import inf

from ssmkit.modelconfig.box import network_likelihood, uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig

_BOUNDS = {"v": (-inf, inf), "a": (0.0, inf), "z": (0.0, 1.0), "t": (0.0, inf)}
# The field's box of the Weibull model.
_BOX = {
    "v": (-2.5, 2.5),
    "a": (0.3, 2.5),
    "z": (0.2, 0.8),
    "t": (0.001, 2.0),
    "alpha": (0.31, 4.99),
    "beta": (0.31, 6.99),
}
# Without alpha, which is 1 where bounds fall exponentially.
_EXPONENTIAL_BOX = {param: _BOX[param] for param in (*_BOUNDS, "beta")}
_PERSON = {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3}


def _exact(name: str, shape: tuple[str, ...]) -> Likelihood:
    return Likelihood(
        kind="analytical",
        loglik=f"moving.log_{name}",
        survival=f"moving.log_survival_{name}",
        choice=f"moving.choice_probability_{name}",
        backend="jax",
        bounds=_BOUNDS | dict.fromkeys(shape, (0.0, inf)),
        default_priors=uniform_priors({param: _BOX[param] for param in (*_BOUNDS, *shape)}),
        equation=("a", "z", *shape),
    )


_WEIBULL = _exact("weibull", ("alpha", "beta"))
_EXPONENTIAL = _exact("exponential", ("beta",))
WEIBULL = ModelConfig(
    name="weibull",
    description=(
        "The diffusion model between bounds that collapse like a Weibull survival function, at"
        " a exp(-(s / beta)^alpha), s the decision time"
    ),
    list_params=tuple(_BOX),
    choices=(-1, 1),
    likelihoods={
        "analytical": _WEIBULL,
        "approx_differentiable": network_likelihood("weibull", _WEIBULL, _BOX),
    },
    example=_PERSON | {"alpha": 2.0, "beta": 1.5},
    box=_BOX,
    simulator="weibull",
    boundary="moving.weibull_bound",
)
EXPONENTIAL = ModelConfig(
    name="exponential",
    description=(
        "The diffusion model between bounds that collapse exponentially, at a exp(-s / beta), s the"
        " decision time"
    ),
    list_params=tuple(_EXPONENTIAL_BOX),
    choices=(-1, 1),
    likelihoods={
        "analytical": _EXPONENTIAL,
        "approx_differentiable": network_likelihood("exponential", _EXPONENTIAL, _EXPONENTIAL_BOX),
    },
    example=_PERSON | {"beta": 1.5},
    box=_EXPONENTIAL_BOX,
    simulator="moving.draw_moving",
    boundary="moving.exponential_bound",
)
