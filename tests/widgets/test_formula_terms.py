import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmkit.spec.formula import predictors, reading
from ssmkit.widgets.formula_terms import interaction, pieces, quoted, split

FORMULAS = [
    "x*y + (x|g)",
    "0 + scale(`my x`) + (0 + x|g)",
    "1 + I((x + y) * 2) + C(c, Treatment('b'))*x",
    "(x + y + z)**2 + (x*y|g) + (1|a:b)",
    "offset(x) + `my x`:y",
    "1 + {x + 1} + np.log(x - 1)",
    "1 + x + (1|g/h)",
    "1 + bs(x, df=4) + I(-x)",
    "1 + (`a b`|`c d`)",
    'x + T(c, "a:b | c")',
]
TERMS = st.sampled_from(["x", "`my x`", "scale(y)", "x:y", "C(c)", "I((x + y) * 2)", "(1 | g)"])


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_written_is_read_as_the_same_terms(text):
    found = pieces(text)
    again = predictors(found.written(), "v", "formula")
    assert pieces(again) == found
    assert reading(again) == reading(text)


@given(st.lists(TERMS, min_size=1, unique=True), st.randoms())
def test_the_order_in_which_terms_come_does_not_matter_once_they_are_sorted(terms, random):
    columns = ("y", "x", "my x", "c", "g")
    other = random.sample(terms, len(terms))
    first, second = (pieces(" + ".join(one)).sorted(columns).written() for one in (terms, other))
    assert first == second
    assert first == pieces(first).sorted(columns).written()


def test_a_name_that_is_no_word_is_quoted():
    assert [quoted(x) for x in ("x", "my x", "a.b", "1", "é")] == [
        "x",
        "`my x`",
        "`a.b`",
        "`1`",
        "é",
    ]


def test_an_interaction_has_its_parts_in_the_order_of_the_columns():
    assert interaction(["b", "a"], ("a", "b")) == "a:b"
    assert split("a:C(b, Treatment('c:d'))") == ("a", "C(b, Treatment('c:d'))")


def test_a_term_goes_with_its_interactions_and_comes_once():
    found = pieces("1 + x + y + x:y")
    assert found.without_common("x").written() == "1 + y"
    assert found.with_common("y:x") == found
    assert found.with_group("g", ["1", "x", "1"]).written() == "1 + x + y + x:y + (1 + x | g)"
    assert found.with_group("g", ["x"]).with_group("g", []) == found
