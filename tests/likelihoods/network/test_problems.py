import numpy as np
import pytest
from oracles.usual import each_model

from ssmkit.likelihoods.network.problems import PROBLEMS, labels
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.race import race_config

RACERS = ("racer_finish", "racer_survival")


@pytest.mark.parametrize("model", each_model([x for x in PROBLEMS if x not in RACERS]))
def test_the_box_is_the_models_without_what_only_shifts(model):
    config = get_config(model)
    likelihood = config.likelihood("approx_differentiable")
    wanted = {name: bounds for name, bounds in config.box.items() if name != "t"}
    assert dict(PROBLEMS[model].box) == wanted
    assert dict(likelihood.bounds) == dict(config.box)


@pytest.mark.parametrize("network", RACERS)
def test_the_box_of_one_racer_is_that_of_all_of_any_race(network):
    for config in (race_config(3), race_config(2, angle=True)):
        bounds = dict(config.likelihood("approx_differentiable").bounds)
        assert bounds == dict(config.box)
        assert bounds.pop("t")
        of_drift = PROBLEMS[network].box["v"]
        mine = {name: PROBLEMS[network].box.get(name, of_drift) for name in bounds}
        assert bounds == mine


@pytest.mark.parametrize("model", each_model(PROBLEMS))
def test_the_weights_of_a_person_are_probabilities(model):
    made = labels(PROBLEMS[model], 200, seed=0)
    assert made.weight.sum() / 200 == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("model", each_model(PROBLEMS))
def test_what_is_known_and_what_is_left_make_the_exact_density(model):
    problem = PROBLEMS[model]
    rng = np.random.default_rng(0)
    person = {name: rng.uniform(*bounds) for name, bounds in problem.box.items()} | {"t": 0.0}
    # So many trials of one person are solved together, as those of the labels are.
    rt = np.repeat([0.05, 0.3, 0.7], 3)
    response = np.repeat(np.resize(problem.responses[::-1], 3), 3)
    exact = np.asarray(problem.exact(rt, response, **person))
    parts = problem.parts(rt, response, **person)
    some = np.isfinite(exact)
    np.testing.assert_array_equal(np.asarray(parts.inside), some)
    assert np.abs(exact - np.asarray(parts.base))[some].max() < 1.5


def test_other_seeds_are_other_people():
    one, same, other = (labels(PROBLEMS["ddm"], 5, seed=seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one.features, same.features)
    assert one.features.shape != other.features.shape or (one.features != other.features).any()
