"""A prior is truncated at the bounds of its parameter, and stays a density."""

import numpy as np
import pymc as pm
import pytensor.tensor as pt
import pytest
from pytensor import function
from pytensor.compile.mode import Mode
from scipy.integrate import quad

from ssmkit.inference.priors import variable
from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import Prior

INF = float("inf")
CASES = [
    (Prior("Normal", mu=0, sigma=2), (-INF, INF)),
    (Prior("Normal", mu=-1, sigma=2), (0, INF)),
    (Prior("Normal", mu=0.5, sigma=2), (0, 1)),
    (Prior("Uniform", lower=-3, upper=3), (0, INF)),
    (Prior("Gamma", alpha=1.5, beta=0.75), (0, INF)),
    (Prior("Gamma", alpha=2, beta=3), (0.2, 1.5)),
    (Prior("HalfNormal", sigma=2), (0, INF)),
    (Prior("Beta", alpha=2, beta=5), (0, 1)),
    (Prior("StudentT", nu=4, mu=0, sigma=1), (0, 2)),
    *(
        (Prior.from_any(prior), likelihood.bounds[name])
        for model in list_models()
        for likelihood in get_config(model).likelihoods.values()
        for name, prior in likelihood.default_priors.items()
    ),
]


def law(prior, bounds):
    with pm.Model() as model:
        x = variable("x", prior, bounds)
    value = pt.dscalar()

    call = function([value], pm.logp(x, value), mode=Mode(linker="py", optimizer=None))
    return model, lambda at: float(call(at))


@pytest.mark.parametrize(("prior", "bounds"), CASES)
def test_the_truncated_prior_is_the_prior_divided_by_its_mass_inside(prior, bounds):
    plain = frozen(prior.name, prior.args)
    mass = plain.cdf(bounds[1]) - plain.cdf(bounds[0])
    _, logp = law(prior, bounds)
    inside = plain.ppf(plain.cdf(bounds[0]) + mass * np.array([0.05, 0.3, 0.5, 0.9]))
    for at in inside:
        # PyTensor takes the logarithm of a constant such as 3.0 in float32.
        assert logp(at) == pytest.approx(plain.logpdf(at) - np.log(mass), abs=1e-6)


@pytest.mark.parametrize(("prior", "bounds"), CASES[1:4])
def test_there_is_no_density_outside(prior, bounds):
    _, logp = law(prior, bounds)
    assert logp(bounds[0] - 0.1) == -INF
    total, _ = quad(lambda x: np.exp(logp(x)), max(bounds[0], -20), min(bounds[1], 20))
    assert total == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("prior", "bounds"), [CASES[3], CASES[4], CASES[5], CASES[6], CASES[8]])
def test_below_a_cliff_is_all_that_a_sampler_sees_and_the_density_is_the_same(prior, bounds):
    densities, value = [], pt.dscalar()
    for cliff in (INF, 0.7):
        with pm.Model() as model:
            x = variable("x", prior, bounds, cliff=cliff)
        densities.append(function([value], pm.logp(x, value), mode=Mode("py", None)))
    at = np.linspace(0.25, 0.65, 5)
    np.testing.assert_array_equal(*[[density(one) for one in at] for density in densities])
    transform = model.rvs_to_transforms[x]
    reached = [
        float(transform.backward(pt.as_tensor(u), *x.owner.inputs).eval()) for u in (-30.0, 30.0)
    ]
    np.testing.assert_allclose(reached, (bounds[0], 0.7), atol=1e-9)


@pytest.mark.parametrize("cliff", [-1.0, 0.0, 3.0, INF])
def test_a_cliff_outside_the_prior_changes_nothing(cliff):
    with pm.Model() as model:
        x = variable("x", Prior("Uniform", lower=0, upper=2), (0, INF), cliff=cliff)
        y = variable("y", Prior("Uniform", lower=0, upper=2), (0, INF))
    at = [
        float(model.rvs_to_transforms[each].backward(pt.as_tensor(1.5), *each.owner.inputs).eval())
        for each in (x, y)
    ]
    assert at[0] == at[1]
