"""The diffusion model between bounds that collapse along a curve."""

from math import inf

from ssmkit.modelconfig.box import uniform_priors
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
_PERSON = {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3}


def _model(
    name: str, shape: dict[str, float], description: str, simulator: str, boundary: str
) -> ModelConfig:
    params = (*_BOUNDS, *shape)
    box = {param: _BOX[param] for param in params}
    return ModelConfig(
        name=name,
        description=description,
        list_params=params,
        choices=(-1, 1),
        likelihoods={
            "analytical": Likelihood(
                kind="analytical",
                loglik=f"moving.log_{name}",
                survival=f"moving.log_survival_{name}",
                choice=f"moving.choice_probability_{name}",
                backend="jax",
                bounds=_BOUNDS | dict.fromkeys(shape, (0.0, inf)),
                default_priors=uniform_priors(box),
                equation=("a", "z", *shape),
            )
        },
        example=_PERSON | shape,
        box=box,
        simulator=simulator,
        boundary=boundary,
    )


WEIBULL = _model(
    "weibull",
    {"alpha": 2.0, "beta": 1.5},
    "The diffusion model between bounds that collapse like a Weibull survival function, at"
    " a exp(-(s / beta)^alpha), s the decision time",
    "weibull",
    "moving.weibull_bound",
)
EXPONENTIAL = _model(
    "exponential",
    {"beta": 1.5},
    "The diffusion model between bounds that collapse exponentially, at a exp(-s / beta), s the"
    " decision time",
    "moving.draw_moving",
    "moving.exponential_bound",
)
