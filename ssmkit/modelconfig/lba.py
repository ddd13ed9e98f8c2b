"""The linear ballistic accumulator: registered models, and a maker of its other versions."""

from math import inf
from operator import le
from typing import Literal

from ssmkit.errors import refuse
from ssmkit.modelconfig.config import Likelihood, Limit, ModelConfig

_DRIFTS = {
    "truncated": "each positive",
    "conditional": "at least one positive",
    "folded": "the absolute value of a normal one",
}
_EXAMPLE = (0.8, 0.6, 0.5, 0.4)
# The field's HalfNormal(2) for A, with b from .2 up, puts 45 % of its mass where A is above b.
# These put 7.8 % there, and the medians where people are at a standard deviation of .1.
_PRIORS = {
    "A": {"name": "LogNormal", "mu": -1.2, "sigma": 0.5},
    "b": {"name": "LogNormal", "mu": -0.29, "sigma": 0.4},
    "v": {"name": "HalfNormal", "sigma": 2.0},
    "sd": {"name": "HalfNormal", "sigma": 0.5},
    "t": {"name": "HalfNormal", "sigma": 0.5},
}
LIMIT = Limit(
    ("A", "b"),
    le,
    "A, the highest start, is above b, the bound: accumulators would start beyond it",
    "choose A <= b",
)


def lba_config(
    n: int,
    *,
    t: bool = False,
    sd: bool = False,
    drift: Literal["truncated", "conditional", "folded"] = "truncated",
) -> ModelConfig:
    """Return a linear ballistic accumulator of any number of accumulators.

    Parameters
    ----------
    n
        Number of accumulators, at least 2. Responses are 0 to n - 1.
    t
        Whether there is a non-decision time in seconds; without, it is 0.
    sd
        Whether the standard deviation of speeds is a parameter; without, it is .1. Something else
        must then be fixed: A, b, speeds and ``sd`` times a constant give the same data.
    drift
        What becomes of speeds below 0: ``"truncated"`` has each speed given that it is positive,
        ``"conditional"`` all given that at least one is positive, ``"folded"`` takes absolute
        values.

    Returns
    -------
    ModelConfig
        Its name says what was chosen, such as ``lba3_t_sd_folded``.

    Raises
    ------
    SsmkitError
        For fewer than 2 accumulators or an unknown drift.

    Examples
    --------
    >>> lba_config(2, t=True, drift="folded").name
    'lba2_t_folded'
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 2:
        refuse("n", f"the number of accumulators is {n!r}", "give a whole number of at least 2")
    if drift not in _DRIFTS:
        refuse("drift", f"there is no drift {drift!r}", f"use one of {', '.join(_DRIFTS)}")
    suffix = "" if drift == "truncated" else f"_{drift}"
    name = f"lba{n}" + "_t" * t + "_sd" * sd + suffix
    drifts = tuple(f"v{i}" for i in range(n))
    names = ("A", "b", *drifts, *(("sd",) if sd else ()), *(("t",) if t else ()))
    bounds = dict.fromkeys(names, (0.0, inf))
    speeds = {v: _EXAMPLE[i] if i < len(_EXAMPLE) else 0.4 for i, v in enumerate(drifts)}
    example = {"A": 0.3, "b": 0.6} | speeds | {"sd": 0.1, "t": 0.2}
    box = {"A": (0.05, 0.5), "b": (0.5, 1.2)} | dict.fromkeys(drifts, (0.1, 1.2))
    box |= {"sd": (0.05, 0.3), "t": (0.0, 1.0)}
    return ModelConfig(
        name=name,
        description=(
            f"{n} accumulators that rise in straight lines to b, from a start between 0 and A, at"
            f" speeds around their means that vary between trials, {_DRIFTS[drift]}"
        ),
        list_params=names,
        choices=tuple(range(n)),
        likelihoods={
            "analytical": Likelihood(
                kind="analytical",
                loglik=f"lba.log_{name}",
                survival=f"lba.log_survival_{name}",
                choice=f"lba.choice_probability_{name}",
                backend="jax",
                bounds=bounds,
                default_priors={each: _PRIORS["v" if each in drifts else each] for each in names},
            )
        },
        example={each: example[each] for each in names},
        box={each: box[each] for each in names},
        simulator="accumulators.draw_lba" + suffix,
        limits=(LIMIT,),
    )


LBAS = tuple(lba_config(n, t=t) for t in (False, True) for n in (2, 3))
