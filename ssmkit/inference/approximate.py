"""A normal distribution in the place of the posterior: draws in a moment, and marked as such."""

from typing import Any

import numpy as np

from ssmkit._compat import x64
from ssmkit.errors import refuse
from ssmkit.inference.driver import Draws
from ssmkit.inference.mode import climb
from ssmkit.inference.program import Program, aot, as_inputs, over_draws


def laplace(
    program: Program,
    data: list[np.ndarray],
    starts: np.ndarray,
    *,
    draws: int,
    seed: int,
    **_: Any,
) -> Draws:
    """Draw from the normal distribution at the mode of the unconstrained posterior.

    Parameters
    ----------
    program, data
        From :func:`ssmkit.inference.program.lift`.
    starts
        Unconstrained positions, (chains, size); the search for the mode begins at the first.
    draws
        Draws of each chain, all independent.
    seed
        Seed of the draws.
    **_
        Settings of samplers that walk; nothing walks here.

    Returns
    -------
    Draws

    Raises
    ------
    SsmkitError
        When there is no mode with curvature in every direction.

    Notes
    -----
    Mean and precision are the mode of the log density and its negative Hessian there (Tierney and
    Kadane, 1986).
    """
    import jax

    with x64(on=True):
        inputs = as_inputs(data)
        shelf = ("laplace", inputs.shapes)
        if shelf not in program.compiled:
            example = (np.zeros(program.size), inputs.values)
            gradient = aot(jax.value_and_grad(program.log_density), *example)()
            program.compiled[shelf] = gradient, aot(jax.hessian(program.log_density), *example)()
        gradient, hessian = program.compiled[shelf]

        mode = climb(lambda position: gradient(position, inputs.values), starts[0])
        precision = -np.asarray(hessian(mode, inputs.values))
    try:
        factor = np.linalg.cholesky(precision)
    except np.linalg.LinAlgError:
        refuse(
            "sampler",
            "the posterior has no peak that a normal distribution could stand for",
            "leave sampler out, or give vague parameters a narrower prior",
        )
    noise = np.random.default_rng(seed).normal(size=(len(starts), draws, program.size))
    # With precision L L', L'^-1 times noise has the covariance that is its inverse.
    positions = mode + np.linalg.solve(factor.T, noise[..., None])[..., 0]
    with x64(on=True):
        return weighed(program, data, positions, -0.5 * (noise**2).sum(axis=-1))


def weighed(
    program: Program, data: list[np.ndarray], positions: np.ndarray, log_q: np.ndarray
) -> Draws:
    """Return draws of an approximation with how much more probable the posterior finds each.

    Parameters
    ----------
    program, data
        From :func:`ssmkit.inference.program.lift`.
    positions
        Draws, (chains, draws, size).
    log_q
        Their log density under the approximation, up to a constant, (chains, draws).

    Returns
    -------
    Draws
        With ``log_weight``, from which the error of the approximation can be judged (Yao, Vehtari,
        Simpson and Gelman, 2018).
    """
    log_p = over_draws("log_density", program, data, positions, program.size)
    return Draws(positions, {"log_weight": log_p - log_q})
