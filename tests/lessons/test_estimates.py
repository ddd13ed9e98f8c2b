from types import SimpleNamespace

import numpy as np
import pytest

from ssmkit import _compat
from ssmkit.lessons.estimates import divergences, estimates, verdicts


@pytest.fixture
def fit():
    rng = np.random.default_rng(0)
    draws = {"v": rng.normal(1.0, 0.1, (4, 1000)), "a": rng.normal(2.0, 0.2, (4, 1000))}
    diverging = np.zeros((4, 1000), dtype=bool)
    diverging[1, :3] = True
    groups = {"posterior": draws, "sample_stats": {"diverging": diverging}}
    return SimpleNamespace(traces=_compat.build_traces(groups))


def test_each_row_describes_the_draws_of_one_parameter(fit):
    """The intervals hold 94 % of a normal: 1.881 sd on each side; 4,000 draws give 3 % of that."""
    table = estimates(fit)
    assert list(table.index) == ["v", "a"]
    for name, mean, sd in (("v", 1.0, 0.1), ("a", 2.0, 0.2)):
        row = table.loc[name]
        assert row["mean"] == pytest.approx(mean, abs=0.1 * sd)
        assert row["sd"] == pytest.approx(sd, rel=0.05)
        assert (row["high"] - row["low"]) / 2 == pytest.approx(1.881 * sd, rel=0.06)
        assert row["r_hat"] == pytest.approx(1.0, abs=0.01)
        assert row["ess"] == pytest.approx(4000, rel=0.1)


def test_the_truth_stands_beside_the_estimate_where_it_is_known(fit):
    assert "true" not in estimates(fit)
    assert list(estimates(fit, {"a": 2.0, "v": 1.1})["true"]) == [1.1, 2.0]


def test_divergences_are_counted(fit):
    assert divergences(fit) == (3, 4000)


@pytest.mark.parametrize(
    ("change", "divergent"),
    [({"r_hat": 1.02}, 0), ({"ess": 399.0}, 0), ({}, 5)],
)
def test_a_fit_that_fails_any_criterion_is_not_to_be_used(fit, change, divergent):
    good = estimates(fit)
    assert verdicts(good, 4, 4000)[0].startswith("The chains agree")
    (said,) = verdicts(good.assign(**change), divergent, 4000)
    assert said.startswith("The chains do not agree; do not use these estimates yet")


def test_it_counts_the_intervals_that_hold_the_truth(fit):
    said = verdicts(estimates(fit, {"v": 1.0, "a": 3.0}), 0, 4000)
    assert said[1] == "The 94 % interval holds the true value of 1 of 2 parameters."
