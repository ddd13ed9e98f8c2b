"""What is known of one racer in closed form, against the solution of its equation."""

import jax
import numpy as np
import pytest

from ssmkit.likelihoods.network import racer_parts
from ssmkit.likelihoods.network.racer_problems import (
    log_finish,
    log_first_of_two,
    log_unfinished,
)

pytestmark = pytest.mark.usefixtures("x64")
BOTH = [(racer_parts.parts_finish, log_finish), (racer_parts.parts_survival, log_unfinished)]


@pytest.mark.parametrize("wave", [1, 2])
def test_a_wave_is_a_root(wave):
    k = np.geomspace(1e-3, 30, 40)
    w = np.asarray(racer_parts._wave(k, wave))
    np.testing.assert_allclose(w * np.cos(w) + k * np.sin(w), 0, atol=3e-3)
    assert ((w > (wave - 0.5) * np.pi) & (w < wave * np.pi)).all()


@pytest.mark.full
@pytest.mark.parametrize(("parts", "exact"), BOTH)
def test_where_the_bound_stands_still_nearly_all_is_known(parts, exact):
    """Weighted by the density, over the log of time, of the first of two who are alike."""
    rng = np.random.default_rng(0)
    tau = np.geomspace(0.01, 20, 60)
    found = []
    for v, a, z in rng.uniform((0, 1, 0), (2.5, 3, 0.9), (10, 3)):
        person = (v, a, z, 0.0, 0.0)
        weight = np.exp(log_first_of_two(tau, 0, *person)) * tau
        gap = np.abs(exact(tau, 0, *person) - parts(tau, 0, *person).base)
        found.append(np.sum(gap * weight) / np.sum(weight))
    assert np.mean(found) < {log_finish: 2e-4, log_unfinished: 0.01}[exact]


@pytest.mark.full
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("parts", [parts for parts, _ in BOTH])
def test_nothing_is_nan_however_far_from_the_box(parts, dtype):
    rng = np.random.default_rng(1)
    rows = rng.uniform((0, 0, -0.1, -0.1, -1.5), (9, 5, 1.1, 1, 1.5), (300, 5))
    rows = np.concatenate([rows, [(0, 1, 0, 0, 0), (2, 1, 0.9999, 0, 1.5), (0, 3, 0, 0, -1.5)]])
    for rt in (1e-6, 1e-3, 0.3, 5.0, 1e4):
        said = jax.jit(jax.vmap(jax.value_and_grad(lambda row: parts(row[5], 0, *row[:5]).base)))
        value, slopes = said(np.append(rows, np.full((len(rows), 1), rt), 1).astype(dtype))
        assert value.dtype == dtype
        assert np.isfinite(value).all()
        assert np.isfinite(slopes).all()


def test_a_network_has_no_say_where_a_closed_form_is_exact():
    people = {"early": (0.02, 1.0, 0.4), "still": (2.0, 1.0, 0.0), "no drift": (1.5, 0.0, 0.4)}
    for tau, v, theta in people.values():
        parts = racer_parts.parts_finish(tau, 0, v, 1.5, 0.3, 0.0, theta)
        assert abs(float(parts.share)) < 1e-4
    assert abs(float(racer_parts.parts_finish(2.0, 0, 1.0, 1.5, 0.3, 0.0, 0.4).share)) > 0.1
