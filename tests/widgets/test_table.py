import numpy as np
import pytest

from ssmkit.likelihoods import choice_probability, log_density
from ssmkit.modelconfig import get_config
from ssmkit.simulate import simulate_data
from ssmkit.widgets.table import ROWS, tabulate

QUICK = ["ddm", "angle"]


@pytest.mark.parametrize("model", QUICK)
def test_the_table_is_the_density(model, x64):
    theta = dict(get_config(model).example)
    rt = np.linspace(0.35, 4, 40)
    found = tabulate(model, {k: [x] for k, x in theta.items()})
    for i, code in enumerate(get_config(model).choices):
        exact = np.exp(log_density(model, rt, code, **theta))
        np.testing.assert_allclose(found.density(rt)[i], exact, atol=0.01)
    np.testing.assert_allclose(found.shares[0], choice_probability(model, **theta), atol=2e-3)


def test_quantiles_and_means_are_those_of_data():
    theta = dict(get_config("ddm").example)
    data = simulate_data("ddm", theta, size=40_000, random_state=0, exact=True)
    found = tabulate("ddm", {k: [x] for k, x in theta.items()})
    for i, code in enumerate((-1, 1)):
        own = data.rt[data.response == code]
        np.testing.assert_allclose(
            found.quantiles([0.1, 0.5, 0.9])[i], np.quantile(own, [0.1, 0.5, 0.9]), rtol=0.05
        )
        assert found.means()[0, i] == pytest.approx(own.mean(), rel=0.04)


def test_any_number_of_rows_is_tabulated_and_in_order():
    v = np.linspace(-2, 2, 2 * ROWS + 3)
    many = tabulate("ddm", {"v": v, "a": 1.0, "z": 0.5, "t": 0.3})
    one = tabulate("ddm", {"v": v[-1:], "a": 1.0, "z": 0.5, "t": 0.3})
    np.testing.assert_allclose(many.shares[-1], one.shares[0])
    assert (np.diff(many.shares[:, 1]) > 0).all()
    assert many.onset.tolist() == [0.3] * len(v)


def test_there_is_nothing_where_the_model_has_no_meaning():
    found = tabulate("ddm", {"v": [1.0], "a": [-1.0], "z": [0.5], "t": [0.3]})
    assert found.shares.sum() == 0
    assert np.isnan(found.quantiles([0.5])).all()
    assert np.isnan(found.means()).all()


def test_there_is_nothing_before_the_onset():
    found = tabulate("ddm", {"v": [1.0], "a": [1.0], "z": [0.5], "t": [0.3]})
    assert not found.density(np.array([0.0, 0.1, 0.3])).any()
