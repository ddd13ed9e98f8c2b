"""Training: exact labels, Adam with a falling step, and a file to go on from."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.example_libraries import optimizers

from ssmkit.errors import refuse
from ssmkit.likelihoods.network.mlp import Net, apply, initial
from ssmkit.likelihoods.network.problems import Labels, Problem, labels

BATCH, CHUNK = 4_096, 200
RATE = 3e-3
# What is rare still counts a little, and no peak counts for everything.
LEAST, MOST = 0.02, 5.0
# Where the network has a smaller share than that, nothing is to be learnt.
LITTLE = 0.01


def train(
    problem: Problem,
    *,
    seed: int = 0,
    steps: int | None = None,
    checkpoint: str | Path | None = None,
    progress: Callable[[int, int, float], None] | None = None,
) -> Net:
    """Train a network on the exact density of its model.

    Parameters
    ----------
    problem
        What it has to learn.
    seed
        Of the people, the weights and the order of the trials: the same seed, the same network.
    steps
        Steps of the optimiser; None takes the problem's own number.
    checkpoint
        A file to which the state is written now and then, and from which an interrupted training
        goes on.
    progress
        Called with the steps made, all steps, and the loss.

    Returns
    -------
    Net

    Raises
    ------
    SsmkitError
        When the checkpoint is of another training.

    Notes
    -----
    Weighted least squares on the log density: a trial counts by its density over the log of time,
    between 2 % and 5 times the mean. Adam (Kingma & Ba, 2015), whose step falls along half a cosine
    from 3e-3 to 0.

    Examples
    --------
    >>> from ssmkit.likelihoods.network import PROBLEMS
    >>> net = train(PROBLEMS["ddm"], steps=200)
    >>> len(net.layers)
    4
    """
    steps = problem.steps if steps is None else steps
    made = labels(problem, problem.people, seed)
    centre, scale = made.features.mean(axis=0), made.features.std(axis=0)
    # What is the same everywhere, as bounds that stand still, says nothing.
    scale = np.where(scale > 0, scale, 1.0)
    sizes = (made.features.shape[1], *(problem.width,) * 3, 1)
    net = initial(seed, sizes, centre, scale)
    init, update, weights_of = optimizers.adam(lambda i: RATE * _half_cosine(i / steps))
    state, done = init(net.layers), 0
    if checkpoint is not None and Path(checkpoint).is_file():
        state, done = _resume(Path(checkpoint), state, (seed, steps, *sizes))
    run = _chunk(made, net, update, weights_of, seed)
    while done < steps:
        state, loss = run(state, done, min(CHUNK, steps - done))
        done = min(done + CHUNK, steps)
        if checkpoint is not None:
            _write(Path(checkpoint), state, done, (seed, steps, *sizes))
        if progress is not None:
            progress(done, steps, float(loss))
    return net._replace(layers=weights_of(state))


def _half_cosine(share: Any) -> Any:
    return 0.5 * (1.0 + jnp.cos(jnp.pi * share))


def _chunk(made: Labels, net: Net, update: Any, weights_of: Any, seed: int) -> Callable[..., Any]:
    """Return a program of some steps, each on trials of its own."""
    weight = np.clip(made.weight / made.weight.mean(), LEAST, MOST)
    columns = (made.features, made.residual, weight, made.share)
    some = np.abs(made.share) > LITTLE
    x, y, w, share = (jnp.asarray(column[some], jnp.float32) for column in columns)
    key = jax.random.key(seed)

    def loss(layers: Any, rows: Any) -> Any:
        error = share[rows] * apply(net._replace(layers=layers), x[rows]) - y[rows]
        return jnp.mean(w[rows] * jnp.square(error))

    @jax.jit
    def run(state: Any, done: Any, steps: Any) -> Any:
        def step(i: Any, carry: Any) -> Any:
            state, total = carry
            rows = jax.random.randint(jax.random.fold_in(key, i), (BATCH,), 0, len(y))
            value, slope = jax.value_and_grad(loss)(weights_of(state), rows)
            return update(i, slope, state), total + value

        state, total = jax.lax.fori_loop(done, done + steps, step, (state, jnp.float32(0.0)))
        return state, total / steps

    return run


def _write(path: Path, state: Any, done: int, identity: tuple[int, ...]) -> None:
    leaves = jax.tree.leaves(state)
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.savez(file, done=done, identity=identity, **{f"x{i}": x for i, x in enumerate(leaves)})
    new.replace(path)


def _resume(path: Path, state: Any, identity: tuple[int, ...]) -> tuple[Any, int]:
    with np.load(path, allow_pickle=False) as arrays:
        if tuple(arrays["identity"].tolist()) != identity:
            refuse(
                "checkpoint",
                f"{str(path)!r} is of a training with another seed, number of steps or network",
                "delete the file, or give the other training's settings",
            )
        leaves, shape = jax.tree.flatten(state)
        return shape.unflatten([arrays[f"x{i}"] for i in range(len(leaves))]), int(arrays["done"])
