import pytest
from oracles.usual import each_model

from ssmkit.errors import SsmkitError
from ssmkit.likelihoods.network.cards import measure, read_card
from ssmkit.likelihoods.network.mlp import FOLDER, shipped
from ssmkit.likelihoods.network.problems import PROBLEMS


@pytest.mark.parametrize("model", each_model(PROBLEMS))
def test_a_card_says_what_is_measured_and_it_is_within_the_aim(model):
    card = read_card(model)["error_of_log_density"]
    found = measure(PROBLEMS[model], shipped(model))
    assert found == pytest.approx(card, rel=0.1)
    assert found["mean"] < 0.002
    assert found["quantile_99"] < 0.03


@pytest.mark.parametrize("model", PROBLEMS)
def test_a_network_is_small(model):
    assert (FOLDER / f"{model}.npz").stat().st_size < 200_000


def test_a_model_without_a_network():
    with pytest.raises(
        SsmkitError,
        match="use one of angle, ddm, levy, ornstein, racer_finish, racer_survival, weibull",
    ):
        read_card("dmm")
