"""A model of one's own: what follows from its bound or its density, and what is refused."""

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.likelihoods import choice_probability, log_ddm, log_density, log_survival
from ssmkit.modelconfig import registry
from ssmkit.spec import ModelSpec


def forget():
    for name in registry._OWN:
        del registry._MODELS[name]
    registry._OWN.clear()


@pytest.fixture(autouse=True)
def _forgotten():
    yield
    forget()


def halving(tau, a, beta):
    return a * jnp.exp(-tau / beta)


def plain(rt, response, v, a, t):
    return log_ddm(rt, response, v, a, 0.5, t)


@pytest.mark.usefixtures("x64")
def test_a_bound_of_ones_own_is_a_model():
    ssmkit.register_model("my_bound", params={"a": (0.3, 3), "beta": (0.1, 5)}, boundary=halving)
    assert "my_bound" in ssmkit.list_models()
    assert ssmkit.HSSM.supported_models == ssmkit.list_models()
    config = ssmkit.get_default_model_config("my_bound")
    assert config["list_params"] == ["v", "a", "z", "t", "beta"]
    person = {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3, "beta": 1.5}
    rt = np.linspace(0.4, 1.9, 10)
    found = log_density("my_bound", rt, 1, **person)
    np.testing.assert_allclose(found, log_density("exponential", rt, 1, **person), atol=1e-9)
    paths = ssmkit.simulate_data("my_bound", person, 500, random_state=0, delta_t=1e-3)
    assert paths.notna().all().all()
    # The same cell once more changes nothing; another function under the name is refused.
    ssmkit.register_model("my_bound", params={"a": (0.3, 3), "beta": (0.1, 5)}, boundary=halving)
    with pytest.raises(SsmkitError, match="another model 'my_bound' was registered"):
        ssmkit.register_model(
            "my_bound", params={"beta": (0.1, 5)}, boundary=lambda tau, a, beta: a + 0 * tau * beta
        )
    text = ModelSpec("my_bound").to_json()
    forget()
    with pytest.raises(SsmkitError, match=r"first registered, with ssmkit\.register_model"):
        ModelSpec.from_json(text)


def fading(tau, v, tau_v):
    return v * jnp.exp(-tau / tau_v)


@pytest.mark.full
@pytest.mark.usefixtures("x64")
def test_a_drift_of_ones_own_is_a_model():
    """Chi-square over 12 cells with 2,000 paths: false alarms 1 in 10,000."""
    ssmkit.register_model("fading", params={"tau_v": (0.1, 2)}, drift=fading)
    person = {"v": 3.0, "a": 1.0, "z": 0.4, "t": 0.3, "tau_v": 0.4}
    rt = np.linspace(0.301, 12, 4000)
    mass = np.exp(log_density("fading", rt[:, None], np.array([-1, 1]), **person))
    choice = choice_probability("fading", **person)
    np.testing.assert_allclose(np.trapezoid(mass, rt, axis=0), choice, atol=2e-4)
    later = np.trapezoid(mass[rt > 0.8].sum(axis=1), rt[rt > 0.8])
    assert np.exp(log_survival("fading", 0.8, **person)) == pytest.approx(later, abs=2e-3)
    paths = ssmkit.simulate_data("fading", person, 2000, random_state=0, delta_t=2e-4)
    edges = np.array([0.0, 0.5, 0.7, 0.9, 1.2, 1.7, np.inf])
    grid = np.searchsorted(edges, rt, side="right") - 1
    expected = np.stack(
        [[np.trapezoid(np.where(grid == i, mass[:, c], 0), rt) for i in range(6)] for c in (0, 1)]
    )
    seen = np.stack([np.histogram(paths.rt[paths.response == c], bins=edges)[0] for c in (-1, 1)])
    expected = expected / expected.sum() * len(paths)
    assert stats.chi2.sf(((seen - expected) ** 2 / expected).sum(), 11) > 1e-4


def test_the_same_code_that_refers_to_something_else_is_another_model():
    speed = jnp.array([0.5, 1.0])

    def closing(tau, a, beta):
        return a * jnp.exp(-speed.sum() * tau / beta)

    asked = {"params": {"beta": (0.1, 5)}, "boundary": closing}
    ssmkit.register_model("closing", **asked)
    ssmkit.register_model("closing", **asked)
    speed = 2 * speed
    with pytest.raises(SsmkitError, match="another model 'closing' was registered"):
        ssmkit.register_model("closing", **asked)


def test_draws_of_a_density_have_no_use_for_arguments_of_paths():
    params = {"v": (-3, 3), "a": (0.3, 3), "t": (0.01, 1)}
    ssmkit.register_model("own_density", params=params, loglik=plain, choices=(-1, 1))
    with pytest.raises(SsmkitError, match="has no use for no_noise"):
        ssmkit.simulate_data("own_density", [0.8, 1.2, 0.3], 5, no_noise=True)


@pytest.mark.full
@pytest.mark.usefixtures("x64")
def test_a_density_of_ones_own_is_a_model():
    params = {"v": (-3, 3), "a": (0.3, 3), "t": (0.01, 1)}
    ssmkit.register_model("mine", params=params, loglik=plain, choices=(-1, 1))
    person = {"v": 0.8, "a": 1.2, "t": 0.3}
    same = person | {"z": 0.5}
    np.testing.assert_allclose(
        log_survival("mine", 0.9, **person), log_survival("ddm", 0.9, **same), atol=1e-6
    )
    found, exact = choice_probability("mine", **person), choice_probability("ddm", **same)
    np.testing.assert_allclose(found, exact, atol=1e-6)
    data = ssmkit.simulate_data("mine", person, 200, random_state=0)
    expected = ssmkit.simulate_data("ddm", same, 200, random_state=0, exact=True)
    np.testing.assert_allclose(data, expected, atol=1e-9)
    assert ssmkit.HSSM(data, model="mine").model_name == "mine"


def bad(**change):
    return {"name": "bad", "params": {"k": (0.1, 5)}} | change


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (bad(name="my bound", boundary=halving), "is no name"),
        (bad(name="ddm", boundary=lambda tau, a, k: a + 0 * k * tau), "has a model 'ddm' already"),
        (bad(), "neither is given"),
        (bad(boundary=lambda tau, a: a + tau), "no function takes k"),
        (bad(boundary=lambda tau, b, k: b + k * tau), "takes tau, b, k"),
        (bad(boundary=lambda tau, a, k: a - k * tau), "a negative number at tau"),
        (bad(drift=lambda tau, k: k * tau), "let it take tau, v, k"),
        (bad(drift=lambda tau, v, k: v / tau * k), "NaN or infinity at tau=0"),
        (bad(drift=lambda tau, v, k: v * k), "let it use tau"),
        (bad(drift=lambda tau, v, k: v * k * tau, loglik=plain), "both are given"),
        (bad(boundary=lambda tau, a, k: a + jnp.log(-k * tau)), "NaN or infinity"),
        (bad(boundary=lambda tau, a, k: a + k + tau), "not a at tau = 0"),
        (bad(boundary=lambda tau, a, k: a if tau < k else 0.0), "JAX cannot compute it"),
        (bad(boundary=lambda tau, a, k: a * np.exp(-float(k) * tau)), "JAX cannot compute it"),
        (bad(params={"k": (0.1, np.inf)}, boundary=halving), "the range of k"),
        (bad(boundary=lambda tau, a, k: a + 0 * k * tau, choices=(0, 1)), "leave choices out"),
        (bad(loglik=plain), "codes of the responses"),
        (bad(loglik=lambda rt, response, k: rt.sum() * k, choices=(0, 1)), "the shape"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments, words):
    with pytest.raises(SsmkitError, match=words):
        ssmkit.register_model(**arguments)
    assert "bad" not in ssmkit.list_models()
