"""Small networks as likelihoods, trained by the kit on its own exact densities.

A network learns only what is left of a log density when everything that is known in closed form has
been taken off, and from inputs in which the model's symmetries have been used up: so two to eight
numbers go in, and it is small, quick to train and near the truth. ``python -m
ssmkit.likelihoods.network`` trains one and prints its card.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "cards": ["read_card"],
        "densities": [
            "log_angle_network",
            "log_ddm_network",
            "log_exponential_network",
            "log_weibull_network",
        ],
        "flight": ["log_levy_network"],
        "leaky": ["log_ornstein_network"],
        "problems": ["PROBLEMS", "Problem"],
        "races": [
            f"log_race_no_bias{angle}_{n}_network" for angle in ("", "_angle") for n in (2, 3, 4)
        ],
        "training": ["train"],
    },
)
