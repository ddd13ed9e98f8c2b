"""The diffusion model between bounds that move linearly."""

from math import inf

from ssmkit.modelconfig.config import Likelihood, ModelConfig

# The field's box of this model: where its networks were trained, and where the default priors lie.
_BOX = {
    "v": (-3.0, 3.0),
    "a": (0.3, 3.0),
    "z": (0.1, 0.9),
    "t": (0.001, 2.0),
    "theta": (-0.1, 1.3),
}

ANGLE = ModelConfig(
    name="angle",
    description=(
        "The diffusion model between linear bounds at a - s tan(theta), s the decision time:"
        " they collapse when theta is positive"
    ),
    list_params=("v", "a", "z", "t", "theta"),
    choices=(-1, 1),
    likelihoods={
        "analytical": Likelihood(
            kind="analytical",
            loglik="angle.log_angle",
            survival="survival.log_survival_angle",
            choice="choice.choice_probability_angle",
            backend="jax",
            bounds={
                "v": (-inf, inf),
                "a": (0.0, inf),
                "z": (0.0, 1.0),
                "t": (0.0, inf),
                "theta": (-1.5, 1.5),
            },
            default_priors={
                name: {"name": "Uniform", "lower": lower, "upper": upper}
                for name, (lower, upper) in _BOX.items()
            },
        )
    },
    simulator="angle",
)
