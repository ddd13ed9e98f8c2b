"""Races by networks: any number of racers, near the exact density, never NaN."""

import jax
import numpy as np
import pytest

from ssmkit.likelihoods import race
from ssmkit.likelihoods.network import races
from ssmkit.modelconfig.race import race_config
from ssmkit.simulate.exact import draw_exact

pytestmark = pytest.mark.usefixtures("x64")
DRIFTS = (1.2, 0.4, 0.9)
USUAL = (1.5, 0.3, 0.2, 0.3)


def test_it_is_the_races_of_its_name():
    function = race_config(5, angle=True).likelihood("approx_differentiable").function()
    assert function is races.log_race_no_bias_angle_5_network
    for name in ("log_race_no_bias_1_network", "log_race_no_bias_angle_2"):
        with pytest.raises(AttributeError):
            getattr(races, name)


def test_who_is_called_what_does_not_matter():
    rt, order = np.linspace(0.3, 2, 9), np.array([2, 0, 1])
    for response in range(3):
        one = races.log_race_no_bias_angle_3_network(rt, response, *DRIFTS, *USUAL)
        other = races.log_race_no_bias_angle_3_network(
            rt, int(np.argmax(order == response)), *np.array(DRIFTS)[order], *USUAL
        )
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6)


def test_a_bound_at_an_angle_of_0_stands_still():
    rt = np.linspace(0.3, 4, 9)
    moving = races.log_race_no_bias_angle_3_network(rt, 1, *DRIFTS, *USUAL[:3], 0.0)
    still = races.log_race_no_bias_3_network(rt, 1, *DRIFTS, *USUAL[:3])
    np.testing.assert_array_equal(moving, still)


@pytest.mark.parametrize(("n", "angle"), [(3, True), (5, False)])
def test_races_of_other_sizes_are_near(n, angle):
    rng = np.random.default_rng(0)
    config = race_config(n, angle=angle)
    rt = rng.uniform(0.3, 2.5, (8, 40))
    response = rng.integers(0, n, rt.shape)
    for times, winners in zip(rt, response, strict=True):
        person = {name: rng.uniform(*bounds) for name, bounds in config.box.items()} | {"t": 0.2}
        exact = np.asarray(getattr(race, f"log_{config.name}")(times, winners, **person))
        found = np.asarray(config.likelihood("approx_differentiable").function()(
            times, winners, **person
        ))  # fmt: skip
        np.testing.assert_array_equal(np.isfinite(exact), np.isfinite(found))
        usual = exact > -6
        assert np.abs(exact[usual] - found[usual]).mean() < 0.01


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_is_nan_and_no_density_has_no_slope(dtype):
    rt = np.array([-1.0, 0.2, 0.2 + 1e-6, 0.205, 0.5, 3.0, 20.0, 1e4])
    people = [
        (1.0, 0.0, 0.5, a, z, 0.2, theta)
        for a, z, theta in [
            (1.5, 0.3, 0.3), (1.5, 0.0, 0.0), (1.0, 0.9, -0.1), (3.0, 0.9, 1.45), (0.0, 0.5, 0.1),
            (1.0, 1.0, 0.1), (1.0, 0.9999, 1.5), (0.1, 0.0, -1.5), (30.0, 0.1, 0.0),
        ]
    ]  # fmt: skip
    rows = np.array([(*person, each) for person in people for each in rt], dtype)
    log_f = races.log_race_no_bias_angle_3_network
    value, slopes = jax.jit(jax.vmap(jax.value_and_grad(lambda row: log_f(row[7], 1, *row[:7]))))(
        rows
    )
    assert value.dtype == dtype
    assert not np.isnan(value).any()
    assert not np.isposinf(value).any()
    assert np.isfinite(slopes).all()
    assert (np.asarray(slopes)[np.isneginf(value)] == 0).all()


@pytest.mark.full
def test_slopes_are_those_of_the_exact_density():
    config = race_config(4, angle=True)
    params = {name: np.full(40, x) for name, x in config.example.items()}
    rt, response = draw_exact("race_no_bias_angle_4", params, np.random.default_rng(0))
    both = [
        jax.jacfwd(lambda row, f=f: f(rt, response, *row).sum())(
            np.array([*config.example.values()])
        )
        for f in (race.log_race_no_bias_angle_4, races.log_race_no_bias_angle_4_network)
    ]
    np.testing.assert_allclose(both[1], both[0], rtol=0.02, atol=0.3)
