"""A drift that changes with time, between moving bounds, against a diffusion solver."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from oracles import fokker_planck

from ssmkit.likelihoods import log_moving
from ssmkit.likelihoods.moving import exponential_bound

pytestmark = pytest.mark.usefixtures("x64")
CHOICES = np.array([-1.0, 1.0])


def bound(tau, a, beta, k):
    return exponential_bound(tau, a, beta)


def constant(tau, v, beta, k):
    return v + 0.0 * tau


def fading(tau, v, beta, k):
    return v * jnp.exp(-tau / k)


def rising(tau, v, beta, k):
    return v * (1.0 + k * tau)


def turning(tau, v, beta, k):
    return v * jnp.tanh(5.0 * (tau - k))


# Drift; v, a, z, beta, k; mean error with one solution for all trials and with one a trial.
PEOPLE = [
    (fading, (3.0, 1.2, 0.4, 2.0, 0.3), 1e-4, 3e-4),
    (rising, (1.0, 1.2, 0.5, 2.0, 0.8), 1e-4, 3e-4),
    (turning, (2.5, 1.2, 0.5, 3.0, 0.6), 1e-4, 1e-3),
]


def of(drift, *, alone):
    """Density of both responses at decision times, with one solution for all or one a time."""

    @jax.jit
    def log_f(tau, v, a, z, beta, k):
        a = a * jnp.ones((len(tau), 1)) if alone else a
        return log_moving(bound, tau[:, None], CHOICES, v, a, z, 0.0, beta, k, drift=drift)

    return log_f


@pytest.mark.parametrize("alone", [False, True])
def test_a_constant_drift_is_none_that_changes(alone):
    person, tau = (1.3, 1.1, 0.45, 1.5, 0.7), np.linspace(0.02, 3, 40)
    found, plain = of(constant, alone=alone)(tau, *person), of(None, alone=alone)(tau, *person)
    np.testing.assert_allclose(found, plain, atol=1e-5)


@pytest.mark.full
@pytest.mark.parametrize(("drift", "person", "shared", "alone"), PEOPLE)
def test_a_changing_drift_solves_the_diffusion_equation(drift, person, shared, alone):
    v, a, z, beta, k = person
    solved = fokker_planck.solve(
        lambda t: float(drift(t, v, beta, k)),
        z,
        lambda t: a * np.exp(-t / beta),
        lambda t: -a / beta * np.exp(-t / beta),
        3.0,
        cells=1200,
        steps=1600,
    )
    tau, exact = solved.tau[8::8], np.stack([solved.lower, solved.upper], axis=1)[8::8]
    weight = exact * np.gradient(tau)[:, None]
    counts = exact > 1e-4 * exact.max()
    for most, log_f in ((shared, of(drift, alone=False)), (alone, of(drift, alone=True))):
        gap = np.abs(np.asarray(log_f(tau, *person)) - np.log(np.where(counts, exact, 1.0)))
        assert np.sum(np.where(counts, gap * weight, 0)) / weight.sum() < most


@pytest.mark.full
@pytest.mark.parametrize("alone", [False, True])
def test_slopes_along_a_changing_drift_are_finite_differences(alone):
    """Finite differences see the steps move, which slopes leave out: hence 1e-2."""
    tau, person = np.linspace(0.05, 2.0, 9), np.array([3.0, 1.2, 0.4, 2.0, 0.3])
    log_f = of(fading, alone=alone)

    def total(person):
        return jnp.sum(log_f(tau, *person))

    slopes = jax.grad(total)(person)
    for i in range(5):
        step = 1e-5 * np.eye(5)[i]
        difference = (total(person + step) - total(person - step)) / 2e-5
        assert slopes[i] == pytest.approx(float(difference), rel=1e-2, abs=1e-2)
