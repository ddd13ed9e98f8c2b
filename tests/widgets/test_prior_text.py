import pytest

from ssmkit.errors import SsmkitError
from ssmkit.spec import Prior
from ssmkit.spec.values import Column
from ssmkit.widgets.prior_text import read_prior, read_value, written_prior

PRIORS = [
    Prior("Normal", mu=0.5, sigma=2),
    Prior("Normal", mu=-1, sigma=Prior("HalfNormal", sigma=0.3)),
    Prior("Normal", mu=0, sigma=1, bounds=(0, float("inf"))),
]


@pytest.mark.parametrize("prior", [*PRIORS, 0.5, -2.0])
def test_what_is_written_is_read_as_the_same(prior):
    assert read_prior(written_prior(prior)) == prior


@pytest.mark.parametrize(
    "text", ["{'name': 'Normal', 'mu': 0, 'sigma': 1}", "Prior('Normal', mu=0, sigma=1)"]
)
def test_other_ways_of_writing_are_read(text):
    assert read_prior(text) == Prior("Normal", mu=0, sigma=1)


@pytest.mark.parametrize(
    "text", ["", "x", "Normal", "Normal(0, 1)", "Nrmal(mu=0)", "__import__('os')", "True", "((("]
)
def test_what_is_no_prior_is_refused_and_nothing_is_run(text):
    with pytest.raises(SsmkitError):
        read_prior(text)


def test_a_column_is_a_value():
    assert read_value('data["x y"]') == Column("x y")
    assert written_prior(Column("x y")) == 'data["x y"]'
    assert read_value("0.5") == 0.5
    assert written_prior(None) == ""
