"""What a parameter is once the defaults have filled what was not asked."""

from math import inf

import pytest

from ssmkit.spec import Column, Param, Prior, Vector
from ssmkit.spec.resolved import resolve

DEFAULT = Prior("HalfNormal", sigma=2.0)
OWN = Prior("Gamma", alpha=2, beta=2)


def test_a_parameter_of_which_nothing_is_asked_has_the_default_prior():
    resolved = resolve(Param("a"), DEFAULT, (0.0, inf))
    assert (resolved.prior, resolved.fixed, resolved.default) == (DEFAULT, None, True)
    assert resolved.bounds == resolved.truncation == (0.0, inf)


def test_bounds_alone_keep_the_default_prior_and_cut_it():
    resolved = resolve(Param("a", bounds=(0.5, 3)), DEFAULT, (0.0, inf))
    assert (resolved.prior, resolved.default) == (DEFAULT, True)
    assert resolved.truncation == (0.5, 3.0)


@pytest.mark.parametrize("fixed", [1.5, Column("x"), Vector((1.0, 2.0))])
def test_a_fixed_parameter_has_no_prior(fixed):
    resolved = resolve(Param("a", prior=fixed), DEFAULT, (0.0, inf))
    assert (resolved.prior, resolved.fixed, resolved.default) == (None, fixed, False)
    assert resolved.truncation == (0.0, inf)


def test_a_prior_is_cut_at_its_own_bounds_the_parameters_and_the_models():
    prior = Prior("Normal", bounds=(-1, 4), mu=0, sigma=1)
    resolved = resolve(Param("a", prior=prior, bounds=(-5, 3)), DEFAULT, (0.0, inf))
    assert resolved.bounds == (0.0, 3.0)
    assert resolved.truncation == (0.0, 3.0)
    assert resolve(Param("a", prior=prior), DEFAULT, (0.0, inf)).truncation == (0.0, 4.0)
    assert not resolve(Param("a", prior=OWN), DEFAULT, (0.0, inf)).default
