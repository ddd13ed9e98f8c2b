"""Probabilities of trials without a time: with those of all that is seen they make one."""

import numpy as np
import pytest
from oracles.usual import each_model

from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.missing import silent, untimed

pytestmark = [pytest.mark.usefixtures("x64")]


def middle(config):
    """Values of the parameters that any model can have: the medians of its default priors."""
    from ssmkit.modelconfig.distributions import frozen

    values = {}
    for name, prior in config.likelihood().default_priors.items():
        args = {key: x for key, x in prior.items() if key != "name"}
        values[name] = float(frozen(prior["name"], args).ppf(0.4))
    return list((values | {"t": 0.3} if "t" in values else values).values())


@pytest.mark.parametrize("model", each_model())
@pytest.mark.parametrize("p", [0.0, 0.1])
def test_with_a_deadline_every_trial_is_a_response_or_silent(model, p):
    config = get_config(model)
    args = (1.1, np.log(0.945), p, *middle(config))
    quiet = float(np.exp(silent(config, None, None, deadline=True)(*args)))
    shares = [float(np.exp(untimed(config, None, deadline=True)(c, *args))) for c in config.choices]
    assert 0 < quiet < 1
    assert quiet + sum(shares) == pytest.approx(1, abs=2e-4)


@pytest.mark.parametrize("model", each_model())
@pytest.mark.parametrize("deadline", [True, False])
def test_a_withheld_response_is_all_that_is_not_seen(model, deadline):
    config = get_config(model)
    args = (1.1, np.log(0.945), 0.1, *middle(config))
    held, *seen = config.choices
    quiet = float(np.exp(silent(config, None, held, deadline=deadline)(*args)))
    function = untimed(config, None, deadline=deadline)
    shares = [float(np.exp(function(choice, *args))) for choice in seen]
    assert quiet + sum(shares) == pytest.approx(1, abs=1e-9)


def test_a_parameter_out_of_its_bounds_is_impossible():
    config = get_config("ddm")
    assert silent(config, None, None, deadline=True)(1.1, 0.0, 0.0, 0.5, -1.0, 0.5, 0.3) == -np.inf
    found = untimed(config, None, deadline=True)(1, 1.1, 0.0, -0.1, 0.5, 1.0, 0.5, 0.3)
    assert found == -np.inf
