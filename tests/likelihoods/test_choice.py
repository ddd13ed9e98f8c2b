"""Choice probabilities are the masses of the densities."""

import numpy as np
import pytest
from oracles.cases import CASES, Case, masses, people, span

pytestmark = pytest.mark.usefixtures("x64")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_is_the_mass_of_its_density_and_never_is_the_rest(case):
    extra = tuple(case.extra.values())
    for v, a, z in people(8):
        found = case.choice(v, a, z, 0.3, *extra)
        mass = masses(case.log_f, (v, a, z, 0.0, *extra), *span(case, a, z))
        np.testing.assert_allclose(found, mass, rtol=0, atol=1e-10)
        assert abs(found.sum() + case.never(v, a, z) - 1) < 1e-12


@pytest.mark.parametrize("case", CASES, ids=str)
def test_float32_is_kept_and_close(case):
    v, a, z = np.array(list(people(50))).T
    args = (v, a, z, 0.3 * np.ones(50), *(np.full(50, x) for x in case.extra.values()))
    short = case.choice(*(x.astype(np.float32) for x in args))
    assert short.dtype == np.float32
    np.testing.assert_allclose(short, case.choice(*args), rtol=0, atol=1e-5)


def test_the_plain_model_has_the_gamblers_ruin():
    """P(upper) = (1 - exp(-4 a v z)) / (1 - exp(-4 a v)) (Feller, 1968)."""
    v, a, z = np.array(list(people(50))).T
    exact = np.expm1(-4 * a * v * z) / np.expm1(-4 * a * v)
    np.testing.assert_allclose(Case("ddm").choice(v, a, z, 0.3)[..., 1], exact, atol=1e-12)


@pytest.mark.parametrize("sv", [0.0, 3.0])
def test_extremes_of_drift_and_start_keep_the_mass_at_1(sv):
    case = Case("ddm_sdv", {"sv": sv})
    grid = np.meshgrid([-10.0, 0.0, 10.0], [0.0, 1e-6, 0.01, 0.5, 1.0])
    v, z = (x.ravel() for x in grid)
    args = v, np.full(v.size, 3.0), z, np.full(v.size, 0.3), np.full(v.size, sv)
    np.testing.assert_allclose(case.choice(*args).sum(axis=-1), 1, atol=1e-10)
    for i in (0, 1, 2, 4):
        direction = [np.full(v.size, float(i == j)) for j in range(5)]
        assert np.isfinite(case.choice_slope(args, direction)[1]).all()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_slopes_are_finite_differences(case):
    point = np.array([0.8, 1.1, 0.4, 0.2, *case.extra.values()])
    for direction in np.eye(point.size):
        _, slope = case.choice_slope(point, direction)
        ends = [np.array(case.choice(*(point + side * 1e-5 * direction))) for side in (1, -1)]
        np.testing.assert_allclose(slope, (ends[0] - ends[1]) / 2e-5, rtol=1e-6, atol=1e-8)
