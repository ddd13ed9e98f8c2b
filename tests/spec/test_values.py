"""Numbers, bounds and vectors: what counts as one, and what a vector is called."""

from math import inf

import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.spec.values import Column, Vector, as_bounds, as_number, is_vector


@pytest.mark.parametrize(
    "x", [2, 2.0, np.float64(2), np.float32(2), np.int64(2), np.array(2), np.array(2.0)]
)
def test_every_scalar_is_a_number(x):
    assert as_number(x) == 2.0
    assert type(as_number(x)) is float


@pytest.mark.parametrize("x", [None, "2", True, np.bool_(1), [2], np.array([2]), {"a": 2}])
def test_nothing_else_is_a_number(x):
    assert as_number(x) is None


def test_a_jax_scalar_is_a_number():
    jnp = pytest.importorskip("jax.numpy", reason="JAX is an engine, and this is only about values")
    assert as_number(jnp.asarray(2.0)) == 2.0


@pytest.mark.parametrize("x", [(0, 3), [0.0, 3.0], np.array([0, 3]), (np.int64(0), np.float32(3))])
def test_bounds_are_a_pair_of_numbers(x):
    assert as_bounds(x, "bounds") == (0.0, 3.0)


def test_bounds_may_be_infinite_and_may_be_left_out():
    assert as_bounds((-inf, inf), "bounds") == (-inf, inf)
    assert as_bounds(None, "bounds") is None


@pytest.mark.parametrize("x", [3, "ab", (3, 0), (1, 1), (0,), (0, 1, 2), (0, None), (0, np.nan)])
def test_other_bounds_are_refused(x):
    with pytest.raises(SsmkitError, match=r"bounds are two numbers, the lower one first"):
        as_bounds(x, "params.a.bounds")


@pytest.mark.parametrize("x", [[1], (1,), np.ones(2), pd.Series([1.0])])
def test_lists_arrays_and_series_are_vectors(x):
    assert is_vector(x)
    assert not is_vector(np.array(1.0))


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (["a", "b"], "holds something that is no number"),
        (np.ones((2, 2)), r"has shape \(2, 2\)"),
        ([], r"has shape \(0,\)"),
        ([1.0, np.nan, np.inf], "2 of the fixed values are NaN or infinite"),
    ],
)
def test_vectors_that_cannot_fix_a_parameter_are_refused(x, message):
    with pytest.raises(SsmkitError, match=message):
        Vector.from_any(x, "params.v.prior")


def test_a_vector_is_called_by_the_column_that_holds_its_values():
    data = pd.DataFrame({"first": [1, 2], "second": [1, 2], "word": ["a", "b"]}, index=[7, 7])
    assert Vector.from_any([1.0, 2.0], "").named(data) == Column("first")
    assert Vector.from_any(data["second"], "").named(data) == Column("second")
    assert Vector.from_any([2.0, 1.0], "").named(data) == Vector((2.0, 1.0))
    assert Vector.from_any([1.0, 2.0, 3.0], "").named(data) == Vector((1.0, 2.0, 3.0))


def test_a_series_of_the_same_name_and_other_values_is_not_that_column():
    data = pd.DataFrame({"x": [1.0, 2.0]})
    assert isinstance(Vector.from_any(data["x"] + 1, "").named(data), Vector)


def test_columns_and_vectors_give_their_values_alike():
    data = pd.DataFrame({"x": [1, 2]})
    assert Column("x").of(data).tolist() == Vector((1.0, 2.0)).of(data).tolist() == [1.0, 2.0]


def test_a_long_vector_prints_short():
    assert repr(Vector(tuple(float(i) for i in range(1000)))) == "Vector(1000 values, 0.0 to 999.0)"
