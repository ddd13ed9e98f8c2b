"""A model of one's own, from the function of its bounds or from its density."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig._own_checks import (
    a_range,
    all_taken,
    named,
    tried_bound,
    tried_density,
    tried_drift,
)
from ssmkit.modelconfig._own_functions import of_bound, of_density
from ssmkit.modelconfig.box import uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig
from ssmkit.modelconfig.registry import add

BASE = ("v", "a", "z", "t")
_BOX = {"v": (-3.0, 3.0), "a": (0.3, 3.0), "z": (0.1, 0.9), "t": (0.001, 2.0)}
_SUPPORT = {"v": (-inf, inf), "a": (0.0, inf), "z": (0.0, 1.0), "t": (0.0, inf)}
_PERSON = {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3}


def register_model(
    name: str,
    *,
    params: Mapping[str, tuple[float, float]],
    boundary: Callable[..., Any] | None = None,
    drift: Callable[..., Any] | None = None,
    loglik: Callable[..., Any] | None = None,
    choices: Sequence[int] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    description: str = "A model of one's own",
) -> None:
    """Add a model of one's own, for the rest of the session.

    Parameters
    ----------
    name
        What ``HSSM(model=...)`` will call it.
    params
        Parameter to the range in which people are expected, two finite numbers: the default prior
        is uniform there. With a ``boundary`` or ``drift`` the model's parameters are ``v, a, z, t``
        and then their own; the ranges of these four may be left out.
    boundary
        ``boundary(tau, a, ...)`` in JAX: the distance of the bounds from 0 at decision times
        ``tau`` (seconds), an array, from parameters named as in ``params``. It is ``a`` at 0, and
        never negative: ``jnp.maximum(..., 0.0)`` where bounds meet.
    drift
        ``drift(tau, v, ...)`` in JAX, for a drift that changes with the decision time: the drift a
        second, from ``v`` and parameters named as in ``params``. Without a ``boundary``, bounds
        stand still at ``a``.
    loglik
        Instead, a log density ``loglik(rt, response, *params)`` in JAX, with the parameters in the
        order of ``params``. One that is called ``t`` is taken as a non-decision time, which only
        shifts the density.
    choices
        Codes of the responses; needed with ``loglik``, and -1 and 1 otherwise.
    bounds
        Parameter to the widest range in which it has a meaning, where that is not what ``params``
        says (for ``v, a, z, t``: not the usual one).
    description
        One sentence.

    Raises
    ------
    SsmkitError
        When the name is taken, a range is not finite, or the function cannot be what was meant.

    Notes
    -----
    Density, gradient, survival, choice probabilities, exact draws and simulated paths follow from
    bound and drift by :func:`ssmkit.likelihoods.log_moving`; from a density, all but paths. A saved
    model names its model only: register it before it is loaded.

    Examples
    --------
    >>> import jax.numpy as jnp
    >>> import ssmkit
    >>> def bound(tau, a, tau_half):
    ...     return a / (1 + tau / tau_half)
    >>> ssmkit.register_model("hyperbolic", params={"tau_half": (0.2, 5)}, boundary=bound)
    >>> person = {"v": 1.0, "a": 1.2, "z": 0.5, "t": 0.3, "tau_half": 2.0}
    >>> ssmkit.simulate_data("hyperbolic", person, size=5, random_state=0, exact=True).shape
    (5, 2)
    """
    if not isinstance(name, str) or not name.isidentifier():
        refuse("name", f"{name!r} is no name", 'write letters, digits and _, such as "my_bound"')
    moves = boundary is not None or drift is not None
    if moves == (loglik is not None):
        found = "both are" if moves else "neither is"
        refuse(
            "boundary", f"{found} given of boundary (or drift) and loglik", "give one of the two"
        )
    box = {param: a_range(param, ends) for param, ends in params.items()}
    bound = changing = None
    own: tuple[str, ...] = ()
    if moves:
        if choices is not None and tuple(choices) != (-1, 1):
            refuse("choices", f"a bound ends in -1 or 1, not {choices!r}", "leave choices out")
        own = tuple(param for param in box if param not in BASE)
        box = {param: box.get(param, _BOX[param]) for param in BASE} | {p: box[p] for p in own}
        choices = (-1, 1)
        bound, changing, values = _moving(boundary, drift, box, own)
        functions = of_bound(bound, changing)
    elif not choices:
        refuse("choices", "the codes of the responses are not given", "write choices=(-1, 1)")
    else:
        values = tried_density(loglik, box, choices)
        functions = of_density(loglik, tuple(box), tuple(choices))
    support = {param: _SUPPORT.get(param, ends) if moves else ends for param, ends in box.items()}
    for param, ends in (bounds or {}).items():
        if param not in box:
            near = did_you_mean(param, box)
            refuse(f"bounds.{param}", f"{name} has no parameter {param!r}.{near}", "leave it out")
        support[param] = (float(ends[0]), float(ends[1]))
    if "t" in support:
        # Decision times are those of a non-decision time of 0.
        support["t"] = (min(support["t"][0], 0.0), support["t"][1])
    likelihood = Likelihood(
        kind="analytical",
        loglik=functions[0],
        survival=functions[1],
        choice=functions[2],
        backend="jax",
        bounds=support,
        default_priors=uniform_priors(box),
        equation=() if not moves else ("a", "z", *own, *(("v",) if drift is not None else ())),
    )
    person = _PERSON if moves else {}
    config = ModelConfig(
        name=name,
        description=description,
        list_params=tuple(box),
        choices=tuple(choices),
        likelihoods={"analytical": likelihood},
        example={
            param: person[param] if low < person.get(param, low) < high else (low + high) / 2
            for param, (low, high) in box.items()
        },
        box=box,
        simulator="moving.draw_moving" if moves else "moving.draw_decided",
        boundary=bound,
        drift=changing,
    )
    add(config, (boundary, drift, loglik), values)


def _moving(
    boundary: Callable[..., Any] | None,
    drift: Callable[..., Any] | None,
    box: Mapping[str, tuple[float, float]],
    own: tuple[str, ...],
) -> tuple[Callable[..., Any], Callable[..., Any] | None, Any]:
    """Return bound and drift as functions of all parameters, and some values of both."""
    import numpy as np

    bound, taken = named("boundary", boundary or _standing, "a", own)
    changing, more = (None, set()) if drift is None else named("drift", drift, "v", own)
    all_taken(taken | more, own)
    values = [tried_bound(bound, box, ("a", *own))]
    if changing is not None:
        values.append(tried_drift(changing, box, ("v", *own)))
    return bound, changing, np.stack(values)


def _standing(tau: Any, a: Any) -> Any:
    return a + 0.0 * tau
