"""Value and gradient of each density against a network of the usual size, in the same run.

Run as a script: ``python tests/benchmarks/bench_likelihoods.py``. Every figure is a median of
ratios of neighbouring timings, so that a busy machine slows both sides. The network has three
layers of 100 tanh units and computes in float32, as those of the field do. Where hddm-wfpt is
installed, its compiled density, which has no gradient, is the second thing to be measured against.
"""

import importlib.util
import itertools
import time

import jax
import jax.numpy as jnp
import numpy as np

from ssmkit import likelihoods

MODELS = {"ddm": (), "ddm_sdv": (0.5,), "angle": (0.3,)}
SIZES = (500, 1_000, 10_000)
PAIRS = 15


def trials(n, extra, dtype):
    """Trial-wise parameters around a usual person, with plausible response times."""
    rng = np.random.default_rng(0)
    centre = (1.0, 1.2, 0.5, 0.3, *extra)
    params = [x + 0.05 * rng.uniform(-1, 1, n) for x in centre]
    columns = [0.4 + rng.gamma(2.0, 0.3, n), rng.choice([-1.0, 1.0], n), *params]
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
    repeats = max(2, 20_000 // n)
    run(args), peer(peer_args)
    times = np.array(
        [(seconds(run, args, repeats), seconds(peer, peer_args, repeats)) for _ in range(PAIRS)]
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


def main():
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 - positional only
    peer = compiled_peer()
    print(f"jax {jax.__version__}; microseconds, and times that of a 3x100 network")
    print(f"{'model':8} {'type':8} " + "".join(f"{n:>20,}" for n in SIZES))
    for model, extra in MODELS.items():
        n_params = 4 + len(extra)
        run = with_gradient(getattr(likelihoods, f"log_{model}"), n_params)
        net = with_gradient(network(n_params + 2), n_params)
        for dtype in (jnp.float64, jnp.float32):
            row = f"{model:8} {jnp.dtype(dtype).name:8} "
            for n in SIZES:
                cost, times = ratio(
                    run, trials(n, extra, dtype), net, trials(n, extra, jnp.float32), n
                )
                row += f"{cost:>12.0f} {times:>7.2f}"
            print(row)
        if model == "ddm" and peer is not None:
            row = f"{model:8} {'wfpt':8} "
            for n in SIZES:
                args = trials(n, extra, jnp.float64)
                cost, times = ratio(run, args, peer, [np.asarray(x) for x in args], n)
                row += f"{cost:>12.0f} {times:>7.2f}"
            print(row + "   times hddm-wfpt's value alone")


if __name__ == "__main__":
    main()
