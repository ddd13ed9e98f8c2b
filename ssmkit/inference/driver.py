"""NumPyro's NUTS, a thread a chain and a chunk of steps at a time.

NumPyro's own ``MCMC.run`` compiles again at every call, and its parallel mode needs a number of
host devices that can be set only once and only before any JAX computation. Here one compiled
program moves one chain by up to a chunk of steps, warm-up included, and every chain runs it in a
thread of its own on the one CPU device. The main thread looks after progress and interrupts.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import numpy as np

from ssmkit.inference.program import Inputs, Program, aot, as_inputs
from ssmkit.inference.progress import Progress

CHUNK = 250
POLL_SECONDS = 0.05
# A dense metric doubles the effective draws of models with up to some tens of parameters; its cost
# grows with their square.
DENSE_UP_TO = 40


@dataclass(frozen=True)
class Draws:
    """What sampling returned, in the unconstrained space.

    ``positions`` is (chains, draws, size); ``stats`` maps names to (chains, draws); ``partial``
    says that an interrupt came before the last draw.
    """

    positions: np.ndarray
    stats: dict[str, np.ndarray]
    partial: bool = False


def sample(
    program: Program,
    data: list[np.ndarray],
    starts: np.ndarray,
    *,
    draws: int,
    tune: int,
    cores: int,
    seed: int,
    target_accept: float = 0.8,
    dense: bool | None = None,
    max_tree_depth: int = 10,
    progress: bool = True,
) -> Draws:
    """Run NUTS from the given starts.

    Parameters
    ----------
    program, data
        From :func:`ssmkit.inference.program.lift`.
    starts
        Unconstrained start of each chain, (chains, size).
    draws, tune
        Steps kept, and steps of warm-up before them.
    cores
        Threads at most; the draws do not depend on it.
    seed
        Seed of all chains; the same seed gives the same draws in every process.
    target_accept, dense, max_tree_depth
        Settings of NUTS; ``dense=None`` takes a dense metric for up to 40 values.
    progress
        Whether to show a line of progress.

    Returns
    -------
    Draws
        The draws of all chains. After an interrupt, those that every chain had finished.

    Raises
    ------
    KeyboardInterrupt
        When the interrupt came in the warm-up, before there was anything to keep.
    """
    import jax

    dense = program.size <= DENSE_UP_TO if dense is None else dense
    inputs = as_inputs(data)
    data, starts = inputs.values, np.asarray(starts, inputs.dtype)
    keys = jax.random.split(jax.random.PRNGKey(seed), len(starts))
    settings = (tune, target_accept, dense, max_tree_depth)
    start, advance = _compile(program, settings, keys[0], starts[0], inputs)

    done = np.zeros(len(starts), int)
    stop = threading.Event()
    total = draws + tune

    def run(chain: int) -> list[dict[str, np.ndarray]]:
        kept, state = [], start(keys[chain], starts[chain], data)
        while done[chain] < total and not stop.is_set():
            # The warm-up ends with a chunk of its own, so that what is kept starts at a border.
            border = tune if done[chain] < tune else total
            steps = min(CHUNK, border - done[chain])
            state, out = advance(state, np.asarray(steps, np.int32), data)
            if done[chain] >= tune:
                kept.append({name: np.asarray(x)[:steps] for name, x in out.items()})
            else:
                jax.block_until_ready(out)
            done[chain] += steps
        return kept

    with Progress(total * len(starts), "sampling", show=progress) as line:
        chains = _watch(run, len(starts), cores, stop, lambda: line.update(int(done.sum())))
    finished = min(sum(len(chunk["lp"]) for chunk in kept) for kept in chains)
    if finished == 0 and draws > 0:
        raise KeyboardInterrupt
    joined = [
        {name: np.concatenate([chunk[name] for chunk in kept])[:finished] for name in kept[0]}
        for kept in chains
    ]
    stacked = {name: np.stack([chain[name] for chain in joined]) for name in joined[0]}
    return Draws(stacked.pop("position"), stacked, partial=finished < draws)


def _watch(
    run: Callable, chains: int, cores: int, stop: threading.Event, tick: Callable[[], None]
) -> list:
    """Run the chains in threads; an interrupt lets each finish its chunk."""
    with ThreadPoolExecutor(max(1, min(chains, cores))) as pool:
        futures = [pool.submit(run, chain) for chain in range(chains)]
        pending = set(futures)
        while pending:
            try:
                _, pending = wait(pending, timeout=POLL_SECONDS)
                tick()
            except KeyboardInterrupt:
                stop.set()
        return [future.result() for future in futures]


def _compile(
    program: Program, settings: tuple, key: Any, position: Any, inputs: Inputs
) -> tuple[Callable, Callable]:
    """Return the compiled start and chunk of a program, from its shelf where they are there."""
    import jax

    shelf, data = ("nuts", *settings, inputs.shapes), inputs.values
    if shelf not in program.compiled:
        start, advance = _functions(program, *settings)
        compile_start = aot(start, key, position, data)
        state = jax.eval_shape(start, key, position, data)
        compile_advance = aot(advance, state, np.asarray(1, np.int32), data)
        # XLA compiles outside of Python's lock: two programs, two threads.
        with ThreadPoolExecutor(2) as pool:
            made = [pool.submit(compile_advance), pool.submit(compile_start)]
            program.compiled[shelf] = (made[1].result(), made[0].result())
    return program.compiled[shelf]


def _functions(
    program: Program,
    tune: int,
    target_accept: float,
    dense: bool,  # noqa: FBT001 - one of the settings that are passed on as a tuple
    max_tree_depth: int,
) -> tuple[Callable, Callable]:
    """Return the start and the chunk of a chain as JAX functions."""
    import jax
    import jax.numpy as jnp
    from numpyro.infer import NUTS

    def kernel(data: list, key: Any, position: Any) -> tuple:
        nuts = NUTS(
            potential_fn=lambda z: -program.log_density(z, data),
            dense_mass=dense,
            target_accept_prob=target_accept,
            max_tree_depth=max_tree_depth,
        )
        return nuts, nuts.init(key, tune, position, (), {})

    def start(key: Any, position: Any, data: list) -> Any:
        return kernel(data, key, position)[1]

    def advance(state: Any, steps: Any, data: list) -> tuple:
        # init is called for what it leaves in the kernel; XLA drops its unused result.
        nuts, _ = kernel(data, jax.random.PRNGKey(0), state.z)
        out = {
            "position": jnp.zeros((CHUNK, program.size), state.z.dtype),
            "lp": jnp.zeros(CHUNK, state.z.dtype),
            "energy": jnp.zeros(CHUNK, state.z.dtype),
            "acceptance_rate": jnp.zeros(CHUNK, state.z.dtype),
            "step_size": jnp.zeros(CHUNK, state.z.dtype),
            "n_steps": jnp.zeros(CHUNK, jnp.int32),
            "diverging": jnp.zeros(CHUNK, bool),
        }

        def step(i: Any, carry: tuple) -> tuple:
            state, out = carry
            state = nuts.sample(state, (), {})
            new = {
                "position": state.z,
                "lp": -state.potential_energy,
                "energy": state.energy,
                "acceptance_rate": state.accept_prob,
                "step_size": state.adapt_state.step_size,
                "n_steps": state.num_steps.astype(jnp.int32),
                "diverging": state.diverging,
            }
            return state, {name: out[name].at[i].set(new[name]) for name in out}

        return jax.lax.fori_loop(0, steps, step, (state, out))

    return start, advance
