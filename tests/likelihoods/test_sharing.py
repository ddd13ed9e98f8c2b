"""Trials go into a table of rows and come back; which of them share is a matter of shapes."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ssmkit.likelihoods.sharing import FEW, chunked, over_rows, sharing

SHAPES = [
    # Trials, shapes of the parameters, rows and times.
    ((), ((),), 1, 1),
    ((20,), ((), (1,)), 1, 20),
    ((20,), ((20,), ()), 20, 1),
    ((3, 10), ((3, 1), (3, 1)), 3, 10),
    ((10, 3), ((1, 3), ()), 3, 10),
    ((10, 3), ((3,), ()), 3, 10),
    ((2, 9, 3), ((2, 1, 3),), 6, 9),
    ((2, 9, 3), ((2, 1, 1), (1, 1, 3)), 6, 9),
    ((2, 4), ((2, 1),), 2, 4),
    ((0,), ((),), 1, 0),
]


@pytest.mark.parametrize("few", [1, FEW])
@pytest.mark.parametrize(("shape", "params", "rows", "times"), SHAPES)
def test_a_function_of_rows_gives_what_a_function_of_trials_does(shape, params, rows, times, few):
    rng = np.random.default_rng(0)
    params = [jnp.asarray(rng.normal(size=of)) for of in params]
    x = jnp.asarray(rng.normal(size=shape))
    trials = sharing(shape, params, few)
    assert (trials.rows, trials.times, trials.shared) == (rows, times, times >= few)
    made = sum(trials.row(p)[:, None] for p in params) + trials.each(x)
    assert made.shape == ((rows, times) if trials.shared else (rows * times, 1))
    np.testing.assert_array_equal(trials.back(made), sum(params) + x)
    both = trials.back(jnp.stack([made, -made], axis=-1), more=1)
    np.testing.assert_array_equal(both, np.stack([sum(params) + x, -sum(params) - x], axis=-1))


@pytest.mark.parametrize("forget", [False, True])
@pytest.mark.parametrize("n", [1, 2, 3, 4, 7])
def test_chunks_change_nothing(n, forget):
    x, y = jnp.arange(n, dtype=float), jnp.ones((n, 2))

    def total(x, y):
        one, two = chunked(over_rows(lambda x, y: (x * y, x**2)), (x, y), 3, forget=forget)
        return jnp.sum(one) + jnp.sum(two)

    value, (dx, dy) = jax.value_and_grad(total, argnums=(0, 1))(x, y)
    assert value == jnp.sum(x[:, None] * y) + jnp.sum(x**2)
    np.testing.assert_array_equal(dx, 2 + 2 * x)
    np.testing.assert_array_equal(dy, np.broadcast_to(x[:, None], (n, 2)))
