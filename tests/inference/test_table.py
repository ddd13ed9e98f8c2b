"""A data frame is the same when it is read again, whatever it holds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.errors import SsmkitError
from ssmkit.inference.table import read_table, write_table

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6)
FLOATS = st.floats(width=64)
COLUMNS = st.one_of(
    st.tuples(st.sampled_from(["float64"]), st.lists(FLOATS, min_size=4, max_size=4)),
    st.tuples(st.just("float32"), st.lists(st.floats(width=32), min_size=4, max_size=4)),
    st.tuples(
        st.sampled_from(["int64", "Int64"]),
        st.lists(st.integers(-(2**63), 2**63 - 1), min_size=4, max_size=4),
    ),
    st.tuples(
        st.sampled_from(["bool", "boolean"]), st.lists(st.booleans(), min_size=4, max_size=4)
    ),
    st.tuples(st.just("str"), st.lists(WORDS, min_size=4, max_size=4)),
    st.tuples(st.just("category"), st.lists(WORDS, min_size=4, max_size=4)),
    st.tuples(st.just("category"), st.lists(st.integers(0, 3), min_size=4, max_size=4)),
)


def again(frame):
    return read_table(*write_table(frame))


@settings(max_examples=60, deadline=None)
@given(st.lists(COLUMNS, min_size=1, max_size=4))
def test_a_frame_is_read_as_it_was(columns):
    frame = pd.DataFrame(
        {f"c{i}": pd.Series(values, dtype=dtype) for i, (dtype, values) in enumerate(columns)}
    )
    pd.testing.assert_frame_equal(again(frame), frame, check_exact=True)


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["NA", None, "", "nan"]),
        pd.Series([1, None, 3], dtype="Int64"),
        pd.Series([True, None, False], dtype="boolean"),
        pd.Series([1.5, None, np.inf]),
        pd.Series(pd.Categorical(["b", None, "a"], categories=["b", "a", "c"], ordered=True)),
        pd.Series(["line\r\nend", 'quo"te', "com,ma"]),
    ],
    ids=lambda column: str(column.dtype),
)
def test_what_is_missing_stays_missing_and_nothing_else(column):
    frame = pd.DataFrame({"x": column})
    pd.testing.assert_frame_equal(again(frame), frame)


def test_rows_are_numbered_from_0():
    frame = pd.DataFrame({"rt": [0.5, 0.6]}, index=[7, 3])
    assert list(again(frame).index) == [0, 1]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(pd.to_datetime(["2020-01-01"])),
        pd.Series([{"a": 1}]),
        pd.Series(pd.cut([1.0, 2.0], 2)),
        pd.Series(pd.Categorical([1, "1"])),
    ],
    ids=["dates", "dicts", "intervals", "labels that look alike"],
)
def test_what_csv_cannot_hold_is_refused_by_name(column):
    with pytest.raises(SsmkitError, match=r"data\['when'\].*astype\(str\)"):
        write_table(pd.DataFrame({"when": column}))
