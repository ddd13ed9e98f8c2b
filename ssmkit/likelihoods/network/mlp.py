"""A multilayer perceptron: its weights as plain arrays, and what it says."""

import itertools
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

FOLDER = Path(__file__).with_name("weights")


class Net(NamedTuple):
    """Weights and biases of each layer, and the centre and scale of the inputs."""

    layers: tuple[tuple[Array, Array], ...]
    centre: Array
    scale: Array


def initial(seed: int, sizes: tuple[int, ...], centre: np.ndarray, scale: np.ndarray) -> Net:
    """Return a network with random weights, which says about nothing.

    Parameters
    ----------
    seed
        Of the weights.
    sizes
        Numbers of inputs, of units of each hidden layer, and 1.
    centre, scale
        Of the inputs, (inputs,).

    Returns
    -------
    Net

    Examples
    --------
    >>> initial(0, (2, 8, 1), np.zeros(2), np.ones(2)).layers[0][0].shape
    (2, 8)
    """
    rng = np.random.default_rng(seed)
    layers = tuple(
        (
            jnp.asarray(rng.normal(size=(here, there)) / np.sqrt(here), jnp.float32),
            jnp.zeros(there, jnp.float32),
        )
        for here, there in itertools.pairwise(sizes)
    )
    return Net(layers, jnp.asarray(centre, jnp.float32), jnp.asarray(scale, jnp.float32))


def apply(net: Net, features: Array) -> Array:
    """Return what the network says of each row of features, computed in float32.

    Parameters
    ----------
    net
        The network.
    features
        (..., inputs).

    Returns
    -------
    Array
        (...), of the type of the features.

    Examples
    --------
    >>> net = initial(0, (2, 8, 1), np.zeros(2), np.ones(2))
    >>> apply(net, np.zeros((5, 2))).shape
    (5,)
    """
    features = jnp.asarray(features)
    x = (features.astype(jnp.float32) - net.centre) / net.scale
    *hidden, last = net.layers
    for weights, bias in hidden:
        x = jnp.tanh(x @ weights + bias)
    weights, bias = last
    return (x @ weights + bias)[..., 0].astype(features.dtype)


def save(net: Net, path: Path) -> None:
    """Write a network as an archive of plain arrays."""
    arrays = {
        f"{kind}{i}": x
        for i, pair in enumerate(net.layers)
        for kind, x in zip("wb", pair, strict=True)
    }
    with path.open("wb") as file:
        np.savez(file, centre=net.centre, scale=net.scale, **arrays)


def read(path: Path) -> Net:
    """Read a network; nothing in the file is run."""
    with np.load(path, allow_pickle=False) as arrays:
        depth = sum(name.startswith("w") for name in arrays.files)
        layers = tuple((arrays[f"w{i}"], arrays[f"b{i}"]) for i in range(depth))
        return Net(layers, arrays["centre"], arrays["scale"])


@cache
def shipped(name: str) -> Net:
    """Return the network of a model that came with the package."""
    return read(FOLDER / f"{name}.npz")
