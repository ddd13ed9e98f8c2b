"""BlackJAX's NUTS with window adaptation, a thread a chain, on the same program as our driver."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from ssmkit.inference.driver import DENSE_UP_TO, Draws
from ssmkit.inference.program import Program, aot, as_inputs


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
    progress: bool = True,  # noqa: ARG001 - BlackJAX says nothing before it is done
) -> Draws:
    """Run BlackJAX's NUTS; the arguments are those of :func:`ssmkit.inference.driver.sample`."""
    import blackjax
    import jax
    from blackjax.adaptation.base import get_filter_adapt_info_fn

    dense = program.size <= DENSE_UP_TO if dense is None else dense
    inputs = as_inputs(data)
    starts = np.asarray(starts, inputs.dtype)
    keys = jax.random.split(jax.random.PRNGKey(seed), len(starts))

    def chain(key: Any, position: Any, values: list) -> dict:
        def log_density(x: Any) -> Any:
            return program.log_density(x, values)

        warm, run = jax.random.split(key)
        adaptation = blackjax.window_adaptation(
            blackjax.nuts,
            log_density,
            is_mass_matrix_diagonal=not dense,
            target_acceptance_rate=target_accept,
            adaptation_info_fn=get_filter_adapt_info_fn(),
        )
        (state, tuned), _ = adaptation.run(warm, position, num_steps=tune)
        step = blackjax.nuts(log_density, **tuned).step

        def one(state: Any, key: Any) -> tuple:
            state, info = step(key, state)
            return state, {
                "position": state.position,
                "lp": state.logdensity,
                "energy": info.energy,
                "acceptance_rate": info.acceptance_rate,
                "n_steps": info.num_integration_steps,
                "diverging": info.is_divergent,
            }

        return jax.lax.scan(one, state, jax.random.split(run, draws))[1]

    shelf = ("blackjax", draws, tune, target_accept, dense, inputs.shapes)
    if shelf not in program.compiled:
        program.compiled[shelf] = aot(chain, keys[0], starts[0], inputs.values)()
    call = program.compiled[shelf]
    with ThreadPoolExecutor(max(1, min(len(starts), cores))) as pool:
        chains = list(
            pool.map(lambda i: call(keys[i], starts[i], inputs.values), range(len(starts)))
        )
    out = {name: np.stack([np.asarray(c[name]) for c in chains]) for name in chains[0]}
    return Draws(out.pop("position"), out)
