"""A normal distribution fitted to the posterior by variational inference."""

from typing import Any

import numpy as np

from ssmkit._compat import x64
from ssmkit.errors import refuse
from ssmkit.inference.approximate import weighed
from ssmkit.inference.driver import Draws
from ssmkit.inference.program import Program, as_inputs

# Half of a standard deviation that 200 trials leave, so that the search neither starts outside the
# support nor has to grow far.
FIRST_SD = 0.05
# Draws behind each step's estimate of the gradient, and the step itself.
PARTICLES, STEP = 4, 0.005
GUIDES = {"advi": "AutoDiagonalNormal", "fullrank_advi": "AutoMultivariateNormal"}


def advi(
    program: Program,
    data: list[np.ndarray],
    starts: np.ndarray,
    *,
    draws: int,
    seed: int,
    method: str,
    n: int = 5000,
    **_: Any,
) -> Draws:
    """Fit a normal distribution to the unconstrained posterior, and draw from it.

    Parameters
    ----------
    program, data
        From :func:`ssmkit.inference.program.lift`.
    starts
        Unconstrained positions, (chains, size); the search begins at the first.
    draws
        Draws of each chain, all independent.
    seed
        Seed of search and draws.
    method
        ``"advi"``, whose parameters are independent, or ``"fullrank_advi"``.
    n
        Steps of the search.
    **_
        Settings of samplers that walk; nothing walks here.

    Returns
    -------
    Draws

    Raises
    ------
    SsmkitError
        When the search was lost.

    Notes
    -----
    Automatic differentiation variational inference (Kucukelbir, Tran, Ranganath, Gelman and Blei,
    2017), by NumPyro.
    """
    import jax
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions
    from numpyro.infer import SVI, Trace_ELBO, autoguide, init_to_value

    if n < 1:
        refuse("n", f"{n} steps are asked for", "type n=5000")

    def model(values: list) -> None:
        space = distributions.ImproperUniform(
            distributions.constraints.real_vector, (), (program.size,)
        )
        position = numpyro.sample("position", space)
        numpyro.factor("log_density", program.log_density(position, values))

    with x64(on=True):
        inputs = as_inputs(data)
        first = init_to_value(values={"position": jnp.asarray(starts[0])})
        guide = getattr(autoguide, GUIDES[method])(model, init_loc_fn=first, init_scale=FIRST_SD)
        search = SVI(model, guide, numpyro.optim.Adam(STEP), Trace_ELBO(num_particles=PARTICLES))
        one, two = jax.random.split(jax.random.PRNGKey(seed))
        found = search.run(one, n, inputs.values, progress_bar=False)
        if not np.isfinite(found.losses[-1]):
            refuse(
                "vi",
                "the search left the region where the density is positive",
                "type model.sample(), or another random_seed",
            )
        normal = guide.get_posterior(found.params)
        positions = normal.sample(two, (len(starts), draws))
        # Independent normals give a number for each value, the joint one a number for all.
        log_q = np.reshape(normal.log_prob(positions), (*positions.shape[:2], -1)).sum(axis=-1)
        return weighed(program, data, np.asarray(positions), log_q)
