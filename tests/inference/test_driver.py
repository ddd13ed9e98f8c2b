"""The driver gives NumPyro's own chains, whatever runs beside it, and keeps what is finished."""

import jax
import numpy as np
import pytest
from numpyro.infer import MCMC, NUTS

from ssmkit.inference import driver
from ssmkit.inference.program import Program, as_inputs


def gaussian(size=3):
    """A correlated normal distribution as a program without a PyMC model behind it."""
    scale = np.linspace(0.5, 2, size)

    def log_density(position, data):
        x = position / scale
        return -0.5 * (x @ x + 0.5 * (x[0] - x[1]) ** 2) + 0 * data[0].sum()

    return Program(
        shapes=((),) * size,
        names=tuple("abc"),
        graph=([], []),
        log_density=log_density,
        constrained=lambda position, data: list(position),
        pointwise=lambda natural, data: natural,
    )


SETTINGS = {"draws": 300, "tune": 200, "seed": 3, "progress": False}
STARTS = np.array([[0.1, -0.2, 0.3], [0.5, 0.4, -0.3]])
DATA = [np.zeros(5)]


@pytest.mark.parametrize("dense", [True, False])
def test_chains_are_bit_for_bit_those_of_numpyro(dense):
    program = gaussian()
    ours = driver.sample(program, DATA, STARTS, cores=2, dense=dense, **SETTINGS)
    inputs = as_inputs(DATA)
    keys = jax.random.split(jax.random.PRNGKey(SETTINGS["seed"]), 2)
    kernel = NUTS(
        potential_fn=lambda z: -program.log_density(z, inputs.values),
        dense_mass=dense,
        target_accept_prob=0.8,
    )
    mcmc = MCMC(kernel, num_warmup=200, num_samples=300, progress_bar=False)
    mcmc.run(keys[1], init_params=STARTS[1].astype(inputs.dtype))
    np.testing.assert_array_equal(ours.positions[1], np.asarray(mcmc.get_samples()))


def test_the_draws_depend_neither_on_cores_nor_on_what_jax_did_before():
    first = driver.sample(gaussian(), DATA, STARTS, cores=1, **SETTINGS)
    jax.random.normal(jax.random.PRNGKey(9), (7,)).block_until_ready()
    second = driver.sample(gaussian(), DATA, STARTS, cores=2, **SETTINGS)
    np.testing.assert_array_equal(first.positions, second.positions)


@pytest.mark.parametrize(("draws", "tune"), [(1, 0), (250, 250), (251, 3)])
def test_any_number_of_draws_comes_whole(draws, tune):
    settings = SETTINGS | {"draws": draws, "tune": tune}
    out = driver.sample(gaussian(), DATA, STARTS, cores=2, **settings)
    assert out.positions.shape == (2, draws, 3)
    assert not out.partial
    assert {x.shape for x in out.stats.values()} == {(2, draws)}


def interrupt_when(monkeypatch, steps):
    """Press Ctrl-C, as the main thread would feel it, once so many steps are made."""

    def update(self, done, note=""):
        if done >= steps and not getattr(self, "pressed", False):
            self.pressed = True
            raise KeyboardInterrupt

    monkeypatch.setattr(driver.Progress, "update", update)


def test_an_interrupt_keeps_the_draws_that_every_chain_had_finished(monkeypatch):
    interrupt_when(monkeypatch, 2 * 700)
    settings = SETTINGS | {"draws": 500_000}
    out = driver.sample(gaussian(), DATA, STARTS, cores=2, **settings)
    assert out.partial
    assert 250 <= out.positions.shape[1] < 500_000
    whole = driver.sample(gaussian(), DATA, STARTS, cores=2, **SETTINGS)
    np.testing.assert_array_equal(out.positions[:, :250], whole.positions[:, :250])


def test_an_interrupt_in_the_warm_up_leaves_nothing_to_return(monkeypatch):
    interrupt_when(monkeypatch, 0)
    settings = SETTINGS | {"draws": 10, "tune": 500_000}
    with pytest.raises(KeyboardInterrupt):
        driver.sample(gaussian(), DATA, STARTS, cores=2, **settings)
