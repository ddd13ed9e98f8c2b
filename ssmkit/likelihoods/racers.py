"""What all races share: the first of several independent accumulators gives the response."""

import inspect
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike


def winner_and_losers(response: ArrayLike, drifts: Array) -> tuple[Array, Array]:
    """Return the drift of the accumulator that won, and those of the others.

    Parameters
    ----------
    response
        Number of the winner, from 0.
    drifts
        One for each accumulator, on the first axis; ``response`` broadcasts with the others.

    Returns
    -------
    tuple
        The winner's drift, and those of the others on a new first axis.

    Examples
    --------
    >>> winner, losers = winner_and_losers(1, jnp.array([1.0, 2.0, 3.0]))
    >>> float(winner), losers.tolist()
    (2.0, [1.0, 3.0])
    """
    response = jnp.asarray(response)
    winner = drifts[0]
    for i, drift in enumerate(drifts[1:], 1):
        winner = jnp.where(response == i, drift, winner)
    pairs = enumerate(pairwise(drifts))
    return winner, jnp.stack([jnp.where(response > i, left, right) for i, (left, right) in pairs])


def called(name: str, names: Sequence[str], function: Callable[..., Any], doc: str) -> Callable:
    """Compile a function of so many arguments, and give it a name, their names and a docstring.

    Parameters
    ----------
    name
        Name of the function.
    names
        Names of its arguments.
    function
        Function of so many positional arguments.
    doc
        Docstring.

    Returns
    -------
    callable

    Examples
    --------
    >>> area = called("area", ("width", "height"), lambda *sides: sides[0] * sides[1], "An area.")
    >>> float(area(2.0, height=3.0))
    6.0
    """
    signature = inspect.Signature(
        [inspect.Parameter(each, inspect.Parameter.POSITIONAL_OR_KEYWORD) for each in names]
    )

    # Compiled as a whole: run step by step, a density of many steps takes a minute at first.
    compiled = jax.jit(function)

    def call(*args: ArrayLike, **kwargs: ArrayLike) -> Array:
        return compiled(*signature.bind(*args, **kwargs).args)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = doc
    call.__signature__ = signature  # type: ignore[attr-defined]
    return call
