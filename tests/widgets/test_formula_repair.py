import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmkit.widgets.formula_repair import find_problems, repaired

COLUMNS = ["x", "y", "my col", "coh", "s", "Cond"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 + x y", "1 + x + y"),
        ("x + 1|s", "x + (1|s)"),
        ("v ~ x ) + y", "x + y"),
        ("a ~ x", "x"),
        ("x**2", "I(x ** 2)"),
        ("1 + (x || s)", "1 + (x | s)"),
        ("(x + y", "(x + y)"),
        ("chr", "coh"),
        ("cond", "Cond"),
        ("1 + my col:x", "1 + `my col`:x"),
        ("scale(x) y", "scale(x) + y"),
        ("1 +", "1"),
        ("", "1"),
        ("x + coh (1|s)", "x + coh + (1|s)"),
    ],
)
def test_what_was_probably_meant_is_found(typed, meant):
    assert find_problems(typed, "v", COLUMNS)
    assert repaired(typed, "v", COLUMNS) == meant


@pytest.mark.parametrize("typed", ["((((", "1 + f(x)", "`", "\\", "zzzz"])
def test_where_nothing_is_near_nothing_is_offered(typed):
    assert find_problems(typed, "v", COLUMNS)
    assert repaired(typed, "v", COLUMNS) in (None, "1")


@given(st.text("xy1+|()*:~ sc`'\"<", max_size=14))
def test_whatever_is_typed_what_is_offered_is_a_formula(typed):
    offered = repaired(typed, "v", COLUMNS)
    assert offered is None or not find_problems(offered, "v", COLUMNS)
