import numpy as np
import pytest

from ssmkit.modelconfig import get_config
from ssmkit.widgets.likeness import compensated, divergence, trials_needed
from ssmkit.widgets.riddle import draw_trials, hidden_values, points
from ssmkit.widgets.table import tabulate

ONE = {"v": [0.5], "a": [1.0], "z": [0.5], "t": [0.3]}


def test_only_the_same_diverges_by_nothing():
    one = tabulate("ddm", ONE)
    many = tabulate("ddm", ONE | {"v": [0.5, 0.6, 1.5]})
    found = divergence(one, many)
    assert found[0] == pytest.approx(0, abs=1e-9)
    assert 0 < found[1] < found[2]


def test_small_divergences_are_those_of_a_normal_drift():
    """Divergence of nearby drifts is half the information, E(decision time), times their square."""
    one, two = (tabulate("ddm", ONE | {"v": [v]}) for v in (0.5, 0.6))
    mean = float((one.shares[0] * (one.means()[0] - 0.3)).sum())
    assert float(divergence(one, two)[0]) == pytest.approx(0.5 * mean * 0.1**2, rel=0.05)


def test_nothing_tells_the_same_apart():
    assert trials_needed(0.0) == np.inf


def test_what_is_held_is_held_and_the_rest_makes_up_for_it():
    values = (0.8, 1.2, 0.5, 0.3)
    found, nats = compensated("ddm", values, "a", 1.4)
    assert found[1] == 1.4
    plain = tabulate("ddm", {"v": [0.8], "a": [1.4], "z": [0.5], "t": [0.3]})
    truth = tabulate("ddm", {"v": [0.8], "a": [1.2], "z": [0.5], "t": [0.3]})
    assert nats < 0.5 * float(divergence(truth, plain)[0])


def test_drawn_trials_follow_the_table():
    table = tabulate("ddm", ONE)
    trials = draw_trials(table, (-1, 1), 20_000, 0)
    assert (trials[:, 1] == 1).mean() == pytest.approx(table.shares[0, 1], abs=0.015)
    np.testing.assert_allclose(
        np.quantile(trials[trials[:, 1] == 1, 0], [0.1, 0.5, 0.9]),
        table.quantiles([0.1, 0.5, 0.9])[1],
        rtol=0.04,
    )


@pytest.mark.parametrize("model", ["ddm", "full_ddm", "lba2", "angle"])
@pytest.mark.parametrize("seed", range(5))
def test_hidden_parameters_are_people(model, seed):
    config = get_config(model)
    hidden = dict(zip(config.list_params, hidden_values(config, seed), strict=True))
    for name, (low, high) in config.box.items():
        assert low <= hidden[name] <= high
    assert all(limit.holds(*(hidden[k] for k in limit.params)) for limit in config.limits)


def test_points_fall_with_divergence():
    assert points(0.0) == 100 > points(0.01) > points(0.1) > points(5.0) == 0
