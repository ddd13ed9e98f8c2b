"""A trial turned towards its bound."""

import numpy as np
import pytest

from ssmkit.likelihoods.frame import frame


@pytest.mark.usefixtures("x64")
def test_the_lower_bound_is_the_upper_one_upside_down():
    up, down = frame(0.8, 1, 0.7, 1.2, 0.4, 0.3), frame(0.8, -1, -0.7, 1.2, 0.6, 0.3)
    np.testing.assert_allclose(up, down, rtol=1e-15)
    np.testing.assert_allclose(
        up, (True, 0.5, 0.5 / 2.4**2, 1.2, 0.6, 0.4, 0.7), rtol=1e-15, err_msg="in field order"
    )


@pytest.mark.parametrize(
    ("rt", "a", "z"),
    [(0.3, 1, 0.5), (0.1, 1, 0.5), (1, 0, 0.5), (1, -1, 0.5), (1, 1, 0), (1, 1, 1)],
)
def test_what_is_out_of_the_support_is_replaced_by_values_that_are_safe(rt, a, z):
    trial = frame(rt, 1, 0.7, a, z, 0.3)
    assert not trial.inside
    assert (np.array(trial[1:]) > 0).all()


def test_a_missing_time_is_out_of_the_support():
    assert not frame(np.nan, 1, 0.7, 1.0, 0.5, 0.3).inside


@pytest.mark.usefixtures("x64")
def test_the_widest_floating_type_of_the_arguments_is_kept():
    assert frame(np.float32(0.8), 1, 1, 1, 0.5, np.float32(0.3)).tau.dtype == np.float32
