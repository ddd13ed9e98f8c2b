"""A network for a model of one's own: near the solver, kept on file, and never mixed up."""

import jax.numpy as jnp
import numpy as np
import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.likelihoods import log_density

KIND = "approx_differentiable"
SMALL = {"people": 64, "steps": 50, "progressbar": False}


def closing(tau, a, tau_half):
    return a / (1 + tau / tau_half)


def fading(tau, v, tau_v):
    return v * jnp.exp(-tau / tau_v)


def registered(name, **functions):
    """A model under a name of its own, since a model has one network a session."""
    own = {"boundary": {"tau_half": (0.5, 5.0)}, "drift": {"tau_v": (0.1, 2.0)}}
    params = {k: x for given in functions for k, x in own[given].items()}
    ssmkit.register_model(name, params=params, **functions)
    return ssmkit.modelconfig.get_config(name).example


def test_a_network_is_trained_once_and_then_read(tmp_path):
    path, person = tmp_path / "net.npz", registered("closing_1", boundary=closing)
    card = ssmkit.train_network("closing_1", path, **SMALL)
    assert card["model"] == "closing_1"
    assert card["error_of_log_density"]["mean"] < 1.0
    assert sorted(x.name for x in tmp_path.iterdir()) == ["net.json", "net.npz"]
    rt = np.linspace(0.35, 2.0, 5)
    found = np.asarray(log_density("closing_1", rt, 1, **person, kind=KIND))
    assert np.isfinite(found).all()
    outside = log_density("closing_1", rt, 1, **(person | {"tau_half": 6.0}), kind=KIND)
    assert np.isneginf(outside).all()
    written = path.read_bytes()
    assert ssmkit.train_network("closing_1", path, **SMALL) == card
    assert path.read_bytes() == written
    with pytest.raises(SsmkitError, match="given another likelihood of kind"):
        ssmkit.train_network("closing_1", tmp_path / "other.npz", seed=1, **SMALL)
    registered("closing_2", boundary=closing)
    with pytest.raises(SsmkitError, match="is the network of 'closing_1'"):
        ssmkit.train_network("closing_2", path, **SMALL)


@pytest.mark.parametrize(
    ("model", "file", "words"),
    [
        ("weibull", "net.npz", "not a model of your own between bounds"),
        ("closing_3", "net.h5", r"is no \.npz file"),
        ("no_such", "net.npz", "there is no model"),
    ],
)
def test_what_cannot_be_trained_is_refused(model, file, words, tmp_path):
    registered("closing_3", boundary=closing)
    with pytest.raises(SsmkitError, match=words):
        ssmkit.train_network(model, tmp_path / file, **SMALL)


@pytest.mark.full
def test_a_small_network_comes_near_the_solver(tmp_path):
    person = registered("own_both", boundary=closing, drift=fading)
    card = ssmkit.train_network(
        "own_both", tmp_path / "net.npz", people=1024, steps=3000, progressbar=False
    )
    assert card["error_of_log_density"]["mean"] < 0.02
    data = ssmkit.simulate_data("own_both", person, 200, random_state=0, exact=True)
    exact, near = (
        np.asarray(log_density("own_both", data.rt, data.response, **person, kind=kind))
        for kind in ("analytical", KIND)
    )
    assert np.abs(near - exact).mean() < 0.1
    assert ssmkit.HSSM(data, model="own_both", loglik_kind=KIND).loglik_kind == KIND
