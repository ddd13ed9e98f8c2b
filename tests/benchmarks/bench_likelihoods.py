"""Value and gradient of each density against a network of the usual size, in the same run.

Run as a script: ``python tests/benchmarks/bench_likelihoods.py``, or with names of models. Every
figure is a median of ratios of neighbouring timings, so that a busy machine slows both sides. The
network has three layers of 100 tanh units and computes in float32, as those of the field do. A
solver is timed with parameters that all trials share and with parameters of each trial, where
10,000 trials are left out. Where hddm-wfpt is installed, its compiled density, which has no
gradient, is the second thing to be measured against.
"""

import importlib.util
import itertools
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.density import bounded

SIZES = (500, 1_000, 10_000)
PAIRS = 15
BRIEF, SLOW, FEW = 0.5, 1.0, 3
"""Seconds of one timing, and how many pairs are enough where one run takes longer than SLOW."""


def trials(config, n, dtype, *, shared=False):
    """Parameters around a usual person, with plausible response times."""
    rng = np.random.default_rng(0)
    params = [
        x if shared else x * (1 + 0.05 * rng.uniform(-1, 1, n)) for x in config.example.values()
    ]
    onset = config.onset(config.example)
    columns = [onset + 0.1 + rng.gamma(2.0, 0.3, n), rng.choice(config.choices, n), *params]
    return [jnp.asarray(x, dtype) for x in columns]


def with_gradient(log_f, n_params):
    """Compile value and gradient of the summed density."""

    def total(rt, response, *params):
        return jnp.sum(log_f(rt, response, *params))

    run = jax.jit(jax.value_and_grad(total, argnums=range(2, 2 + n_params)))
    return lambda args: jax.block_until_ready(run(*args))


def network(n_inputs):
    """Make the network's log density, with random weights."""
    rng = np.random.default_rng(1)
    sizes = (n_inputs, 100, 100, 100, 1)
    layers = [
        jnp.asarray(rng.normal(size=shape) / np.sqrt(shape[0]), jnp.float32)
        for shape in itertools.pairwise(sizes)
    ]

    def log_f(*columns):
        hidden = jnp.stack(columns, axis=-1)
        for weights in layers[:-1]:
            hidden = jnp.tanh(hidden @ weights)
        return hidden @ layers[-1]

    return log_f


def seconds(run, args, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        run(args)
    return (time.perf_counter() - start) / repeats


def ratio(run, args, peer, peer_args, n):
    """Microseconds of a run and the median of its paired ratios to a peer."""
    run(args), peer(peer_args)
    once = seconds(run, args, 1)
    repeats = max(1, min(20_000 // n, int(BRIEF / once)))
    pairs = PAIRS if once < SLOW else FEW
    times = np.array(
        [(seconds(run, args, repeats), seconds(peer, peer_args, repeats)) for _ in range(pairs)]
    )
    return 1e6 * np.median(times[:, 0]), np.median(times[:, 0] / times[:, 1])


def compiled_peer():
    """Return hddm-wfpt's log density of trial-wise parameters, or None where it is missing."""
    if importlib.util.find_spec("hddm_wfpt") is None:
        return None
    from hddm_wfpt import wfpt

    def run(args):
        rt, response, v, a, z, t, *_ = args
        none = np.zeros_like(rt)
        return wfpt.wiener_logp_array(rt * response, v, none, 2 * a, z, none, t, none, 1e-7)

    return run


def rows(config):
    """Return kind, regime and sizes of each row of a model."""
    for kind in config.likelihoods:
        equation = config.likelihood(kind).equation
        if equation:
            yield kind, "shared", SIZES
        yield kind, "trial-wise", SIZES[:-1] if equation else SIZES


def line(config, kind, regime, sizes, dtype):
    """Return the row of the table."""
    n_params = len(config.list_params)
    run, net = (
        with_gradient(log_f, n_params) for log_f in (bounded(config, kind), network(n_params + 2))
    )
    cells = []
    for n in sizes:
        args = trials(config, n, dtype, shared=regime == "shared")
        cost, times = ratio(run, args, net, trials(config, n, jnp.float32), n)
        cells.append(f"{cost / 1e3:.3g} | {times:.2f}")
    cells += [" | "] * (len(SIZES) - len(cells))
    name = config.name if kind == "analytical" else f"{config.name}, network"
    return f"| {name} | {regime} | {jnp.dtype(dtype).name} | {' | '.join(cells)} |"


def main():
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 - positional only
    print(f"jax {jax.__version__}; milliseconds, and times that of a 3x100 network\n")
    print("| model | parameters | type | " + " | ".join(f"{n:,} | times" for n in SIZES) + " |")
    print("|---" * (3 + 2 * len(SIZES)) + "|")
    for name in sys.argv[1:] or list_models():
        config = get_config(name)
        for kind, regime, sizes in rows(config):
            for dtype in (jnp.float64, jnp.float32):
                print(line(config, kind, regime, sizes, dtype), flush=True)
    peer = compiled_peer()
    if peer is not None:
        ddm = get_config("ddm")
        run = with_gradient(bounded(ddm), 4)
        for n in SIZES:
            args = trials(ddm, n, jnp.float64)
            _, times = ratio(run, args, peer, [np.asarray(x) for x in args], n)
            print(f"ddm, {n:,} trials: {times:.2f} times hddm-wfpt's value alone")


if __name__ == "__main__":
    main()
