"""The most probable values are where no step leads higher."""

import numpy as np
import pymc as pm
import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference.mode import climb, find_map


def test_climbing_ends_at_the_top_also_from_a_start_near_the_edge_of_the_support():
    """The log density of Gamma(3, 1) for each of two numbers; its mode is 2."""

    def gamma(x):
        if (x <= 0).any():
            return -np.inf, np.zeros_like(x)
        return np.sum(2 * np.log(x) - x), 2 / x - 1

    np.testing.assert_allclose(climb(gamma, np.array([0.1, 9.0])), 2.0, rtol=1e-4)


def test_no_step_from_the_most_probable_values_leads_higher(data):
    """On the natural scale: prior times likelihood, without the change of variables."""
    model = ssmkit.HSSM(data, p_outlier=0, z=0.5)
    found = model.find_MAP()
    assert list(found) == ["v", "a", "t"]
    pymc = model.pymc_model

    def height(values):
        point = {}
        for rv in pymc.free_RVs:
            transform = pymc.rvs_to_transforms[rv]
            value = np.full(rv.shape.eval(), values[rv.name])
            if transform is not None:
                value = transform.forward(value, *rv.owner.inputs).eval()
            point[pymc.rvs_to_values[rv].name] = value
        return float(density(point))

    density = pymc.compile_logp(jacobian=False)
    top = height(found)
    for name in found:
        for step in (-0.02, 0.02):
            assert height(found | {name: found[name] + step}) < top


def test_the_mode_of_a_scale_is_that_of_its_natural_density():
    """Gamma(3, 1) is highest at 2; its logarithm, with the change of variables, at log 3."""
    with pm.Model() as model:
        pm.Gamma("x", 3, 1)
    assert find_map(model, {"x": 1.0})["x"] == pytest.approx(2.0, rel=1e-3)


def test_a_density_that_rises_without_end_has_no_mode():
    with pm.Model() as model:
        centre, spread = pm.Flat("centre"), pm.HalfFlat("spread")
        pm.Normal("x", centre, spread)
    with pytest.raises(SsmkitError, match="without end"):
        find_map(model, {"centre": 0.0, "spread": 1.0, "x": 0.0})


def test_chains_can_start_at_the_most_probable_values(data):
    model = ssmkit.HSSM(data, p_outlier=0, z=0.5)
    model.sample(initvals="map", draws=20, tune=20, chains=1, random_seed=0, progressbar=False)
    with pytest.raises(SsmkitError, match='initvals="map"'):
        model.sample(initvals="mode")
