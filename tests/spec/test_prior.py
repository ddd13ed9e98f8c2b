"""A prior: one value whichever way it is written, printed as the field prints it."""

import pickle
from types import SimpleNamespace

import bambi
import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import Prior

NORMAL = Prior("Normal", mu=0.0, sigma=2.0)


class Normal:
    """Looks like the PreliZ distribution of this name."""

    __module__ = "preliz.distributions.normal"
    param_names = ("mu", "sigma")

    def __init__(self, *params):
        self.params, self.is_frozen = params, bool(params)


@pytest.mark.parametrize(
    "x",
    [
        NORMAL,
        {"name": "Normal", "mu": 0, "sigma": 2},
        {"sigma": np.float32(2), "mu": np.array(0.0), "name": "Normal"},
        bambi.Prior("Normal", mu=0, sigma=2),
        Normal(0, 2),
    ],
    ids=["Prior", "dict", "numpy", "Bambi", "PreliZ"],
)
def test_every_way_to_write_a_prior_gives_the_same_value(x):
    prior = Prior.from_any(x)
    assert prior == NORMAL
    assert hash(prior) == hash(NORMAL)
    assert all(type(value) is float for value in prior.args.values())


def test_preliz_itself_is_understood():
    preliz = pytest.importorskip("preliz", reason="PreliZ is optional: it only helps to elicit")
    assert Prior.from_any(preliz.Gamma(alpha=2, beta=3)) == Prior("Gamma", alpha=2, beta=3)
    x = np.linspace(-1, 2, 7)
    numbers = {
        "mu": 0.7,
        "sigma": 0.6,
        "nu": 4.0,
        "alpha": 1.3,
        "beta": 1.7,
        "kappa": 1.3,
        "b": 1.9,
    }
    for name in ("Normal", "SkewNormal", "StudentT", "Gumbel", "Laplace", "AsymmetricLaplace"):
        family = getattr(preliz, name)
        own = family(**{arg: numbers[arg] for arg in family().param_names})
        found = Prior.from_any(own)
        np.testing.assert_allclose(frozen(name, found.args).cdf(x), own.cdf(x), atol=1e-9)


class AsymmetricLaplace(Normal):
    """Looks like PreliZ's, which has a width where PyMC has the inverse of one."""

    __module__ = "preliz.distributions.asymmetric_laplace"
    param_names = ("kappa", "mu", "b")


def test_the_width_of_an_asymmetric_laplace_is_turned_over():
    found = Prior.from_any(AsymmetricLaplace(1.3, 0.0, 0.25))
    assert found == Prior("AsymmetricLaplace", kappa=1.3, mu=0, b=4)


def test_it_prints_as_the_field_prints_it_and_reprs_as_code():
    assert str(NORMAL) == "Normal(mu: 0.0, sigma: 2.0)"
    assert repr(NORMAL) == 'Prior("Normal", mu=0.0, sigma=2.0)'
    cut = Prior("HalfNormal", bounds=(0, 3), sigma=0.1)
    assert str(cut) == "HalfNormal(sigma: 0.1) within (0.0, 3.0)"
    assert eval(repr(cut), {"Prior": Prior}) == cut  # noqa: S307 (our own repr)


@pytest.mark.parametrize("model", list_models())
def test_it_reads_every_default_prior_and_gives_it_back(model):
    for likelihood in get_config(model).likelihoods.values():
        for given in likelihood.default_priors.values():
            assert Prior.from_any(given).to_dict() == given


def test_it_cannot_change():
    with pytest.raises(AttributeError):
        NORMAL.name = "Cauchy"
    with pytest.raises(TypeError):
        NORMAL.args["mu"] = 3.0


def test_it_survives_pickling():
    cut = Prior("HalfNormal", bounds=(0, 3), sigma=0.1)
    assert pickle.loads(pickle.dumps(cut)) == cut  # noqa: S301 (our own pickle)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ({"name": "Norml", "mu": 0, "sigma": 1}, "no distribution 'Norml'. Did you mean 'Normal'?"),
        ({"name": "Normal", "mu": 0, "sigmma": 1}, "no argument 'sigmma'. Did you mean 'sigma'?"),
        ({"name": "Normal", "mu": 0, "sigma": -1}, "sigma of Normal is -1.0, and must be above 0"),
        ({"name": "Normal", "mu": 0, "sigma": "1"}, "sigma is '1', which is no number"),
        ({"name": "Gamma", "alpha": 2}, "Gamma is not determined by alpha"),
        ({"mu": 0, "sigma": 1}, "a prior needs a 'name', and has 'mu', 'sigma'"),
        ({}, "a prior needs a 'name', and has nothing"),
        ({"name": ["Normal"]}, "the name of a distribution is ['Normal']"),
        ({"name": "Normal", "mu": 0, "sigma": 1, "bounds": (1, 0)}, "bounds are two numbers"),
        ("v ~ 1 + x", "'v ~ 1 + x' is no prior"),
        (True, "True is no prior"),
        (Normal(), "the PreliZ Normal has no numbers yet"),
        (SimpleNamespace(name="Normal", args={"mu": 0, "s": 1}), "Normal has no argument 's'"),
        (bambi.Prior("Normal", mu=0, sigma=NORMAL), "has to be above 0, and its prior Normal("),
    ],
)
def test_what_is_no_prior_is_refused_where_it_stands(x, message):
    with pytest.raises(SsmkitError) as caught:
        Prior.from_any(x, "params.v.prior")
    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.path.startswith("params.v.prior")
    assert problem.fix


HIERARCHICAL = {"name": "Normal", "mu": 0, "sigma": {"name": "HalfNormal", "sigma": 0.3}}


@pytest.mark.parametrize(
    "x",
    [
        HIERARCHICAL,
        HIERARCHICAL | {"sigma": Prior("HalfNormal", sigma=0.3)},
        bambi.Prior("Normal", mu=0, sigma=bambi.Prior("HalfNormal", sigma=0.3)),
    ],
    ids=["dict", "Prior", "Bambi"],
)
def test_an_argument_may_have_a_prior(x):
    prior = Prior.from_any(x)
    assert prior == Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=0.3))
    assert prior.hyperpriors == {"sigma": Prior("HalfNormal", sigma=0.3)}
    assert str(prior) == "Normal(mu: 0.0, sigma: HalfNormal(sigma: 0.3))"
    assert eval(repr(prior), {"Prior": Prior}) == prior  # noqa: S307 (our own repr)
    assert prior.to_dict() == HIERARCHICAL
    assert pickle.loads(pickle.dumps(prior)) == prior  # noqa: S301 (our own pickle)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"mu": 0, "sigma": {"name": "HalfNorml"}}, r"prior\.sigma: .*Did you mean 'HalfNormal'"),
        ({"mu": 0, "sigma": NORMAL}, r"prior\.sigma: it has to be above 0"),
        ({"mu": 0, "sigmma": NORMAL}, "Did you mean 'sigma'"),
    ],
)
def test_a_prior_of_an_argument_is_checked_too(args, message):
    with pytest.raises(SsmkitError, match=message):
        Prior("Normal", **args)


def test_the_constructor_refuses_too():
    with pytest.raises(SsmkitError, match=r"no distribution 'Norml'\. Did you mean 'Normal'"):
        Prior("Norml", mu=0)
