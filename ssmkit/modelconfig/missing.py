"""The probability of a trial without a reaction time, by a model's name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.density import support

if TYPE_CHECKING:
    from jax import Array
    from jax.typing import ArrayLike


def silent(
    config: ModelConfig, kind: str, withheld: int | None, *, deadline: bool
) -> Callable[..., "Array"]:
    """Return the log probability that no response was seen.

    Parameters
    ----------
    config
        The model.
    kind
        Kind of likelihood.
    withheld
        The response that is given by doing nothing; None where every response is seen.
    deadline
        Whether responses after some time are not seen.

    Returns
    -------
    callable
        ``f(time, log_late, p_outlier, *params)``, pure JAX: ``time`` is the deadline in seconds,
        ``log_late`` the log probability that a lapse takes longer, and both are ignored without a
        deadline. With no lapses ``p_outlier`` is 0.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> f = silent(get_config("ddm"), "analytical", None, deadline=True)
    >>> round(float(f(0.8, 0.0, 0.0, 1.0, 1.0, 0.5, 0.3)), 3)
    -0.535
    """
    import jax.numpy as jnp

    likelihood = config.likelihood(kind)
    seen = [choice for choice in config.choices if choice != withheld]

    def log_probability(
        time: "ArrayLike", log_late: "ArrayLike", p_outlier: "ArrayLike", *params: "ArrayLike"
    ) -> "Array":
        legal, safe = support(((0.0, 1.0), *likelihood.bounds.values()), (p_outlier, *params))
        p, *own = safe
        if withheld is None:
            survival = likelihood.function("survival")(time, *own)
            return jnp.where(legal, _mixed(p, survival, log_late), -jnp.inf)
        shares = [_share(config, kind, choice, time if deadline else None, own) for choice in seen]
        acted = sum(jnp.exp(share) for share in shares)
        late = jnp.exp(log_late) if deadline else 0.0
        lapsed = (1 - late) * len(seen) / len(config.choices)
        # Rounding must not make a probability of what is left over negative.
        left = jnp.maximum(1 - (1 - p) * acted - p * lapsed, jnp.finfo(acted.dtype).tiny)
        return jnp.where(legal, jnp.log(left), -jnp.inf)

    return log_probability


def untimed(config: ModelConfig, kind: str, *, deadline: bool) -> Callable[..., "Array"]:
    """Return the log probability of a response whose time was not kept.

    Parameters
    ----------
    config, kind, deadline
        As for :func:`silent`.

    Returns
    -------
    callable
        ``f(response, time, log_late, p_outlier, *params)``, pure JAX.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> f = untimed(get_config("ddm"), "analytical", deadline=False)
    >>> round(float(f(1, 0.0, 0.0, 0.0, 0.0, 1.0, 0.5, 0.3)), 3)
    -0.693
    """
    import jax.numpy as jnp

    likelihood = config.likelihood(kind)

    def log_probability(
        response: "ArrayLike",
        time: "ArrayLike",
        log_late: "ArrayLike",
        p_outlier: "ArrayLike",
        *params: "ArrayLike",
    ) -> "Array":
        legal, safe = support(((0.0, 1.0), *likelihood.bounds.values()), (p_outlier, *params))
        p, *own = safe
        if deadline:
            share = _share(config, kind, response, time, own)
        else:
            probabilities = likelihood.function("choice")(*own)
            hits = jnp.asarray(response)[..., None] == jnp.asarray(config.choices)
            share = jnp.log(jnp.sum(jnp.where(hits, probabilities, 0.0), axis=-1))
        late = jnp.exp(log_late) if deadline else 0.0
        lapse = jnp.log((1 - jnp.asarray(late)) / len(config.choices))
        return jnp.where(legal, _mixed(p, share, lapse), -jnp.inf)

    return log_probability


def _share(
    config: ModelConfig, kind: str, choice: "ArrayLike", time: "ArrayLike | None", params: list
) -> "Array":
    """Return the log probability of a response, by a time where there is one."""
    import jax.numpy as jnp

    from ssmkit.likelihoods.cumulative import log_share_by

    likelihood = config.likelihood(kind)
    if time is None:
        place = config.choices.index(choice)
        return jnp.log(likelihood.function("choice")(*params)[..., place])
    onset = config.onset(dict(zip(config.list_params, params, strict=True)))
    return log_share_by(likelihood.function(), time, choice, onset, *params)


def _mixed(p: "Array", log_model: "Array", log_lapse: "ArrayLike") -> "Array":
    """Return the log of the mixture; without lapses its slope in their share stays finite."""
    import jax.numpy as jnp

    some = p > 0
    safe = jnp.where(some, p, 0.5)
    return jnp.where(
        some, jnp.logaddexp(jnp.log1p(-safe) + log_model, jnp.log(safe) + log_lapse), log_model
    )
