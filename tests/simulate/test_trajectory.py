from dataclasses import replace

import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config, list_models
from ssmkit.simulate.trajectory import draw_trajectory, require_bounds

ANGLE = get_config("angle")
THETA = {"v": 0.6, "a": 1.3, "z": 0.6, "t": 0.3, "theta": 0.35}


def test_start_bound_and_mean_drift_are_those_of_the_model():
    rng = np.random.default_rng(0)
    found = draw_trajectory(ANGLE, THETA, rng, max_t=3.0, noise=False)
    bound = 1.3 - found.time * np.tan(0.35)
    assert found.bound == pytest.approx(bound, abs=1e-3)
    free = -1.3 + 2 * 1.3 * 0.6 + 0.6 * found.time[: len(found.evidence)]
    assert found.evidence == pytest.approx(np.minimum(free, bound[: len(free)]), abs=2e-3)
    assert found.evidence[-1] == pytest.approx(found.bound[len(free) - 1], abs=2e-3)
    assert found.response == 1


def test_paths_stay_between_the_bounds_and_end_as_often_at_each_as_they_should():
    """Four standard errors: one false alarm in 10,000."""
    theta = {"v": 0.3, "a": 0.7, "z": 0.5, "t": 0.3}
    rng = np.random.default_rng(0)
    found = [draw_trajectory(get_config("ddm"), theta, rng, max_t=4.0) for _ in range(200)]
    for one in found[:20]:
        assert (np.abs(one.evidence) <= one.bound[: len(one.evidence)]).all()
    upper = 1 / (1 + np.exp(-2 * 0.3 * 0.7))
    share = np.mean([one.response == 1 for one in found])
    assert share == pytest.approx(upper, abs=4 * np.sqrt(upper * (1 - upper) / 200))


def test_a_path_without_a_decision_goes_on_to_the_horizon():
    slow = get_config("ddm")
    theta = {"v": 0.0, "a": 5.0, "z": 0.5, "t": 0.2}
    found = draw_trajectory(slow, theta, np.random.default_rng(0), max_t=0.5)
    assert found.response == 0
    assert len(found.evidence) == pytest.approx(len(found.time), abs=2)


def test_a_drift_that_varies_does_so_between_paths_and_not_without_noise():
    theta = {"v": 1.0, "a": 3.0, "z": 0.5, "t": 0.2, "sv": 2.0}
    config = get_config("ddm_sdv")
    rng = np.random.default_rng(0)
    mean = draw_trajectory(config, theta, rng, max_t=1.0, noise=False)
    assert mean.evidence[-1] == pytest.approx(1.0, abs=0.01)
    ends = [draw_trajectory(config, theta, rng, max_t=0.5).evidence[-1] for _ in range(100)]
    assert 0.8 < np.std(ends) / np.sqrt(0.5 + 4 * 0.25) < 1.25


def test_start_and_onset_vary_between_paths_and_not_without_noise():
    """Uniform deviations over a small range; the extremes of 100 are near its ends."""
    theta = dict(get_config("full_ddm").example) | {"a": 1.0, "z": 0.5, "sz": 0.3, "st": 0.1}
    rng = np.random.default_rng(0)
    found = [draw_trajectory(get_config("full_ddm"), theta, rng, max_t=1.0) for _ in range(100)]
    for values, half in (([x.evidence[0] for x in found], 0.3), ([x.shift for x in found], 0.1)):
        assert np.max(np.abs(values)) <= half + 1e-6
        assert np.ptp(values) > 1.8 * half
    mean = draw_trajectory(get_config("full_ddm"), theta, rng, noise=False)
    assert (mean.evidence[0], mean.shift) == (pytest.approx(0.0, abs=1e-7), 0.0)


@pytest.mark.parametrize(
    "config",
    [
        replace(ANGLE, simulator="accumulators.draw_lba"),
        replace(ANGLE, choices=(0, 1, 2)),
        replace(ANGLE, simulator="race_2"),
    ],
    ids=["own simulator", "three choices", "race"],
)
def test_what_is_no_path_between_two_bounds_is_refused(config):
    with pytest.raises(SsmkitError, match="no path between two bounds"):
        draw_trajectory(config, THETA, np.random.default_rng(0))


@pytest.mark.parametrize("name", list_models())
def test_every_model_of_two_bounds_has_paths(name):
    config = get_config(name)
    try:
        require_bounds(config)
    except SsmkitError:
        assert "." in config.simulator or len(config.choices) > 2 or "race" in name
        return
    theta, rng = dict(config.example), np.random.default_rng(0)
    for noise in (True, False):
        found = draw_trajectory(config, theta, rng, max_t=8.0, noise=noise)
        assert found.bound[0] == pytest.approx(theta["a"], rel=1e-3)
        assert found.response in config.choices
        assert np.isfinite(found.evidence).all()
    assert found.evidence[0] == pytest.approx(theta["a"] * (2 * theta["z"] - 1), abs=1e-6)
