"""Which trials share the solution of an equation: those whose parameters have one value for them.

It is the shapes that say so, which are known before any value is: axes along which no parameter of
the equation has more than one value are trials of one row. A row with enough trials is worth one
solution that serves them all; else each trial has a solution of its own.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array, lax

FEW = 8
"""So many trials of the same parameters are worth a shared solution."""


class Sharing(NamedTuple):
    """Trials as a table of rows with the same parameters, or as rows of one trial.

    Parameters
    ----------
    shape
        Of all trials.
    common
        Of the parameters, with as many axes.
    order
        The axes of trials, those of rows first.
    rows, times
        How many rows, and trials in each.
    shared
        Whether the trials of a row share a solution.
    """

    shape: tuple[int, ...]
    common: tuple[int, ...]
    order: tuple[int, ...]
    rows: int
    times: int
    shared: bool

    def each(self, x: Array) -> Array:
        """Return what may differ between trials as (rows, times), or as (trials, 1)."""
        table = jnp.transpose(jnp.broadcast_to(x, self.shape), self.order)
        return table.reshape((self.rows, self.times) if self.shared else (-1, 1))

    def row(self, x: Array) -> Array:
        """Return a parameter as (rows,), or as (trials,)."""
        wide = jnp.broadcast_to(x, self.common)
        values = jnp.transpose(wide, self.order).reshape(self.rows)
        return values if self.shared else jnp.repeat(values, self.times)

    def back(self, found: Array, more: int = 0) -> Array:
        """Return solutions in the shape of the trials; their last axes are their own."""
        own = found.shape[found.ndim - more :]
        table = found.reshape(*(self.shape[i] for i in self.order), *own)
        places = sorted(range(len(self.shape)), key=self.order.__getitem__)
        return jnp.transpose(table, (*places, *range(len(places), table.ndim)))


def sharing(shape: tuple[int, ...], params: Sequence[Array], few: int = FEW) -> Sharing:
    """Return how trials share solutions.

    Parameters
    ----------
    shape
        Of all trials, with which the parameters broadcast.
    params
        Parameters of the equation.
    few
        So many trials share a solution; with 1, they always do.

    Returns
    -------
    Sharing

    Examples
    --------
    >>> found = sharing((3, 20), [jnp.ones((3, 1)), jnp.ones(())])
    >>> found.rows, found.times, found.shared
    (3, 20, True)
    """
    common = jnp.broadcast_shapes(*(x.shape for x in params))
    common = (1,) * (len(shape) - len(common)) + common
    ours = [i for i, n in enumerate(common) if n > 1]
    theirs = [i for i, n in enumerate(common) if n == 1]
    rows, times = (math.prod(shape[i] for i in axes) for axes in (ours, theirs))
    return Sharing(shape, common, (*ours, *theirs), rows, times, times >= few)


def over_rows(solve: Callable) -> Callable:
    """Map a function of one row's arrays over rows.

    Parameters
    ----------
    solve
        Of one row's arrays, to an array or a tuple of them.

    Returns
    -------
    Callable
        Of a tuple of arrays whose first axis are rows. One row is not mapped over: what JAX has no
        rule to map, such as eigenvalues, then needs no loop.

    Examples
    --------
    >>> over_rows(lambda x, y: x + y)((jnp.arange(3), jnp.ones(3))).tolist()
    [1.0, 2.0, 3.0]
    """

    def some(args: tuple[Array, ...]) -> Any:
        if len(args[0]) > 1:
            return jax.vmap(solve)(*args)
        return jax.tree.map(lambda x: x[None], solve(*(x[0] for x in args)))

    return some


def chunked(function: Callable, args: tuple, size: int, *, forget: bool = False) -> Any:
    """Map over the rows, so many at a time, and forget between forward and backward.

    Parameters
    ----------
    function
        Of arrays whose first axis are rows, as one tuple, to such an array or a tuple of them.
    args
        All rows.
    size
        How many at a time.
    forget
        Whether to forget also where all rows are taken at once.

    Returns
    -------
    Array or tuple of Array
        All rows.

    Examples
    --------
    >>> chunked(lambda args: args[0] + args[1], (jnp.arange(5), jnp.arange(5)), 2).tolist()
    [0, 2, 4, 6, 8]
    """
    n = len(args[0])
    if n <= size:
        return (jax.checkpoint(function) if forget else function)(args)
    padded = [jnp.concatenate([x, jnp.repeat(x[-1:], -n % size, axis=0)]) for x in args]
    stacked = tuple(x.reshape(-1, size, *x.shape[1:]) for x in padded)
    out = lax.map(jax.checkpoint(function), stacked)
    return jax.tree.map(lambda x: x.reshape(-1, *x.shape[2:])[:n], out)
