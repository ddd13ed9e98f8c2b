"""Races of reflected racers: registered models, and a maker of their other versions."""

from math import inf

from ssmkit.errors import refuse
from ssmkit.modelconfig.box import network_likelihood, uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig

_DRIFTS = (1.5, 1.0, 0.6, 0.3)
_BOX = {"a": (1.0, 3.0), "z": (0.0, 0.9), "t": (0.001, 2.0), "theta": (-0.1, 1.45)}
_BOUNDS = {"a": (0.0, inf), "z": (0.0, 1.0), "t": (0.0, inf), "theta": (-1.5, 1.5)}
_PERSON = {"a": 1.5, "z": 0.3, "t": 0.3, "theta": 0.3}
PACKAGED = (2, 3, 4)
"""Numbers of racers that ssm-simulators has."""


def race_config(n: int, *, angle: bool = False) -> ModelConfig:
    """Return a race of any number of racers whose evidence 0 reflects.

    Parameters
    ----------
    n
        Number of racers, at least 2. Responses are 0 to n - 1.
    angle
        Whether the bound moves along a straight line, at ``a - s tan(theta)`` after s seconds.

    Returns
    -------
    ModelConfig
        Named as in the field, such as ``race_no_bias_angle_4``: no racer has a start of its own.

    Raises
    ------
    SsmkitError
        For fewer than 2 racers.

    Examples
    --------
    >>> race_config(3).list_params
    ('v0', 'v1', 'v2', 'a', 'z', 't')
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 2:
        refuse("n", f"the number of racers is {n!r}", "give a whole number of at least 2")
    name = "race_no_bias" + "_angle" * angle + f"_{n}"
    drifts = tuple(f"v{i}" for i in range(n))
    own = ("a", "z", "t", *(("theta",) if angle else ()))
    speeds = {v: _DRIFTS[i] if i < len(_DRIFTS) else 0.3 for i, v in enumerate(drifts)}
    box = dict.fromkeys(drifts, (0.0, 2.5)) | {each: _BOX[each] for each in own}
    bound = "a bound at a - s tan(theta), s the decision time" if angle else "a bound at a"
    exact = Likelihood(
        kind="analytical",
        loglik=f"race.log_{name}",
        survival=f"race.log_survival_{name}",
        choice=f"race.choice_probability_{name}",
        backend="jax",
        bounds=dict.fromkeys(drifts, (0.0, inf)) | {each: _BOUNDS[each] for each in own},
        default_priors=uniform_priors(box),
        equation=tuple(each for each in box if each != "t"),
    )
    return ModelConfig(
        name=name,
        description=(
            f"{n} racers whose evidence drifts at v0 to v{n - 1}, from z a, is reflected at 0 and"
            f" ends the race at {bound}"
        ),
        list_params=(*drifts, *own),
        choices=tuple(range(n)),
        likelihoods={
            "analytical": exact,
            "approx_differentiable": network_likelihood(name, exact, box, "races"),
        },
        example=speeds | {each: _PERSON[each] for each in own},
        box=box,
        simulator=name if n in PACKAGED else "race.draw_race",
    )


RACES = tuple(race_config(n, angle=angle) for angle in (True, False) for n in (4, 2))
