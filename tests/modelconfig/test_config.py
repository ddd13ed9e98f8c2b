import inspect
from dataclasses import FrozenInstanceError

import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.distributions import check_arguments, support

LIKELIHOODS = [(name, kind) for name in list_models() for kind in get_config(name).likelihoods]


@pytest.mark.parametrize(("name", "kind"), LIKELIHOODS)
def test_bounds_and_priors_are_of_the_models_parameters_in_order(name, kind):
    config = get_config(name)
    likelihood = config.likelihood(kind)
    assert likelihood.kind == kind
    assert tuple(likelihood.bounds) == config.list_params
    assert tuple(likelihood.default_priors) == config.list_params


@pytest.mark.parametrize(("name", "kind"), LIKELIHOODS)
def test_every_default_prior_is_a_distribution_with_mass_inside_the_bounds(name, kind):
    likelihood = get_config(name).likelihood(kind)
    for param, prior in likelihood.default_priors.items():
        args = {key: value for key, value in prior.items() if key != "name"}
        assert check_arguments(prior["name"], args) == ()
        lower, upper = support(prior["name"], args)
        assert max(lower, likelihood.bounds[param][0]) < min(upper, likelihood.bounds[param][1])


@pytest.mark.parametrize(("name", "kind"), LIKELIHOODS)
def test_the_function_takes_the_models_parameters_in_order(name, kind):
    config = get_config(name)
    function = config.likelihood(kind).function()
    arguments = tuple(inspect.signature(function).parameters)
    wanted = (*config.response, *config.list_params)
    assert arguments[: len(wanted)] == wanted


@pytest.mark.parametrize("name", list_models())
def test_a_model_answers_keys_like_its_plain_mapping(name):
    config = get_config(name)
    plain = config.as_dict()
    assert all(config[key] == plain[key] for key in plain)
    for kind, likelihood in config.likelihoods.items():
        assert all(likelihood[key] == value for key, value in plain["likelihoods"][kind].items())


def test_a_model_cannot_be_changed():
    config = get_config("ddm")
    with pytest.raises(FrozenInstanceError):
        config.name = "mine"
    with pytest.raises(TypeError):
        config.likelihood().bounds["a"] = (0.0, 9.0)


@pytest.mark.parametrize("name", list_models())
def test_the_example_and_the_box_are_where_the_model_has_a_meaning(name):
    config = get_config(name)
    assert tuple(config.example) == tuple(config.box) == config.list_params
    for likelihood in config.likelihoods.values():
        for param, (lower, upper) in likelihood.bounds.items():
            assert lower < config.example[param] < upper
            assert lower <= config.box[param][0] <= config.example[param] <= config.box[param][1]
            assert config.box[param][1] <= upper


@pytest.mark.parametrize("name", list_models())
def test_limits_hold_for_the_example_and_are_about_its_parameters(name):
    config = get_config(name)
    for limit in config.limits:
        assert limit.holds(*(config.example[param] for param in limit.params))


@pytest.mark.parametrize("name", list_models())
def test_the_first_kind_is_the_default(name):
    config = get_config(name)
    assert config.likelihood() == config.likelihoods[next(iter(config.likelihoods))]


def test_unknown_kind():
    with pytest.raises(SsmkitError, match="Did you mean 'analytical'") as caught:
        get_config("ddm").likelihood("analitical")
    assert caught.value.problems[0].path == "loglik_kind"
    assert "'analytical'" in caught.value.problems[0].fix
