"""Laws that hold for the density of every model of the room."""

import jax
import numpy as np
import pytest
from oracles import first_passage
from oracles.cases import CASES, T, masses, people, span, trials

pytestmark = [pytest.mark.usefixtures("x64"), pytest.mark.parametrize("case", CASES, ids=str)]


def test_the_density_is_the_series_in_long_arithmetic_far_into_the_tails(case):
    rows = trials()
    exact = np.array([float(first_passage.log_density(*row, **case.extra)) for row in rows])
    found = np.asarray(case.log_f(*rows.T, *case.extra.values()))
    np.testing.assert_array_equal(np.isfinite(found), np.isfinite(exact))
    ended = np.isfinite(exact)
    assert exact[ended].min() < -1e4
    np.testing.assert_allclose(found[ended], exact[ended], rtol=0, atol=1e-10)


def test_gradients_are_the_slopes_in_long_arithmetic(case):
    rows = trials(taus=(0.004, 0.1, 0.6, 3.0), a=(0.5, 2.0))
    found = np.stack(case.density_slopes(*rows.T)[1], axis=-1)
    for row, slopes in zip(rows, found, strict=True):
        if np.isinf(float(first_passage.log_density(*row, **case.extra))):
            np.testing.assert_array_equal(slopes, 0)
            continue
        exact = [float(slope) for slope in first_passage.gradient(*row, **case.extra)]
        np.testing.assert_allclose(slopes, exact, rtol=1e-10, atol=1e-10)


def test_the_mass_over_choices_and_time_and_never_is_1(case):
    for v, a, z in people(12):
        mass = masses(case.log_f, (v, a, z, 0.0, *case.extra.values()), *span(case, a, z))
        assert abs(mass.sum() + case.never(v, a, z) - 1) < 1e-10


def test_values_and_gradients_are_never_nan_at_the_edges(case):
    rt = T + np.array([-0.3, -1e-9, 0.0, 1e-12, 1e-6, 0.01, 1.0, 30.0, 1e4])
    grids = np.meshgrid(
        rt,
        [-1.0, 1.0],
        [-30.0, 0.0, 0.7],
        [0.0, 1e-9, 0.05, 1.0, 50.0],
        [0.0, 1e-9, 0.5, 1.0],
        [T, 0.0],
    )
    args = [grid.ravel() for grid in grids]
    for dtype in (np.float64, np.float32):
        value, slopes = case.density_slopes(*(arg.astype(dtype) for arg in args))
        assert value.dtype == dtype
        assert not np.isnan(value).any()
        assert not np.isposinf(value).any()
        assert np.isfinite(np.stack(slopes)).all()
        np.testing.assert_array_equal(np.stack(slopes)[:, np.isneginf(value)], 0)
        assert np.isneginf(value[args[0] <= args[5]]).all()


def test_float32_is_close_where_trials_are(case):
    rows = trials(taus=(0.05, 0.2, 0.6, 1.2))
    exact = np.asarray(case.log_f(*rows.T, *case.extra.values()))
    short = case.log_f(*rows.astype(np.float32).T, *(np.float32(x) for x in case.extra.values()))
    assert short.dtype == np.float32
    usual = exact > -30
    assert np.abs(np.asarray(short)[usual] - exact[usual]).max() < 5e-3
    assert np.abs(np.asarray(short)[usual] - exact[usual]).mean() < 5e-5


def test_shapes_broadcast_and_jit_vmap_and_loops_agree(case):
    rows = trials(taus=(0.4,), a=(1.0,))
    extra = tuple(case.extra.values())
    whole = case.log_f(*rows.T, *extra)
    np.testing.assert_allclose([case.log_f(*row, *extra) for row in rows], whole, 1e-12)
    axes = (0,) * 6 + (None,) * len(extra)
    np.testing.assert_allclose(jax.vmap(case.plain_log_f, axes)(*rows.T, *extra), whole, 1e-12)
    assert case.log_f(rows[:, :1], np.array([[-1, 1]]), 1, 1.0, 0.5, 0, *extra).shape == (10, 2)
