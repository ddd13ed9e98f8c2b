import numpy as np
import pandas as pd
import pytest

from ssmkit.spec import Link
from ssmkit.widgets.formula_columns import columns_of
from ssmkit.widgets.formula_design import brief, preview
from ssmkit.widgets.formula_picture import draw
from ssmkit.widgets.formula_words import meanings, summary

DATA = pd.DataFrame(
    {
        "x": np.linspace(-1, 2, 12),
        "y": np.arange(12.0) ** 2,
        "c": list("abc") * 4,
        "h": list("pqq") * 4,
        "g": np.repeat([1, 2, 3], 4),
    }
)


def means(formula, link="identity", data=DATA):
    return dict(meanings("a", Link(link), preview(formula, data)))


def test_a_design_is_counted():
    found = preview("1 + x + c + (x | g)", DATA)
    assert [column.label for column in found.columns] == ["Intercept", "x", "c[b]", "c[c]"]
    assert found.rank == 4
    assert dict(found.references) == {"c": "a"}
    assert [(group.term, group.count) for group in found.groups] == [("1|g", 3), ("x|g", 3)]
    assert found.cells.counts.tolist() == [4, 4, 4]
    assert found.rows.shape == (8, 4)
    assert not found.problems("formula")


def test_what_follows_from_other_columns_and_empty_cells_are_said():
    found = preview("c*h", DATA)
    assert found.rank == 3
    assert found.dependent == ("h[q]", "c[b]:h[q]", "c[c]:h[q]")
    assert found.cells.empty == ("c a, h q", "c b, h p", "c c, h p")
    words = " ".join(problem.message for problem in found.problems("formula"))
    assert "tell 3 apart" in words
    assert "c a, h q" in words
    assert preview("1 + x + I(2 * x)", DATA).dependent == ("I(2 * x)",)


def test_cells_of_many_levels_are_not_counted():
    data = pd.DataFrame({"s": [f"s{i // 2}" for i in range(200)], "x": np.arange(200.0)})
    assert preview("s", data).cells is None


@pytest.mark.parametrize(
    ("formula", "name", "says"),
    [
        ("1 + x + c", "a_Intercept", "a when x is 0 and c is a"),
        ("1 + scale(x)", "a_Intercept", "a when x is at its mean"),
        ("1 + scale(x)", "a_scale(x)", "what one more standard deviation of x adds to a"),
        ("1 + center(x)", "a_center(x)", "what one more unit of x adds to a"),
        ("0 + c", "a_c[a]", "a when c is a"),
        ("1 + c", "a_c[b]", "a when c is b, minus a when it is a"),
        (
            'C(c, Treatment("b"))',
            'a_C(c, Treatment("b"))[a]',
            "a when c is a, minus a when it is b",
        ),
        ("S(c)", "a_S(c)[a]", "a when c is a, minus the mean of all levels"),
        ("x*c", "a_x:c[b]", "the effect of x when c is b, minus that when it is a"),
        ("x:c", "a_x:c[a]", "the effect of x when c is a"),
        ("x*y", "a_x:y", "how effects change together: x:y"),
        ("1 + bs(x, df=4)", "a_bs(x, df=4)[1]", "what one more unit of bs(x, df=4)[1] adds to a"),
        ("offset(x)", "a_offset(x)", "added as it is: no coefficient is estimated"),
    ],
)
def test_what_a_coefficient_means(formula, name, says):
    assert means(formula)[name] == says


def test_what_it_means_through_a_link():
    assert means("1 + x", "log")["a_x"] == (
        "what one more unit of x adds to log a: a is multiplied by exp of it"
    )
    assert means("1 + x", "logit")["a_x"] == "what one more unit of x adds to logit(a)"
    assert "a stays between 0 and inf" in summary("a", "1 + x", Link("log"), None)


def test_what_a_formula_means():
    design = preview("1 + x + (1 + x | g)", DATA)
    assert summary("v", "1 + x + (1 + x | g)", Link(), design) == (
        "v differs between trials by x, and each of the 3 values of g has its own v and its"
        " own effect of x around what all share."
    )
    assert summary("v", "1", Link(), None) == "v is one value for all trials."
    assert summary("v", "1 + (1 | g)", Link(), None) == (
        "v has one value that all trials share, and each g has its own v around what all share."
    )


def test_columns_are_what_they_hold():
    data = DATA.assign(k=3, u=np.nan, free=[f"id{i}" for i in range(12)], l=[[1]] * 12)
    data = data.rename(columns={"y": 7})
    found = {column.name: column for column in columns_of(data, ("x",))}
    assert list(found) == ["c", "h", "g", "k", "u", "free", "l"]
    assert found["c"].said == "c (3 levels)"
    assert found["g"].groups
    assert not found["free"].groups
    assert found["k"].kind == found["u"].kind == found["l"].kind == "constant"
    assert not columns_of(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    assert not columns_of(pd.DataFrame({"a`b": [1, 2]}))


def test_the_picture_shows_as_many_columns_as_have_room():
    data = DATA.assign(wide=[f"level number {i % 12}" for i in range(12)])
    data = pd.concat([data, data])
    assert "more</text>" in draw("v ~ wide", preview("wide", data), "says")
    assert "more</text>" not in draw("v ~ x", preview("x", data), "says")
    assert "v ~ 1" in draw("v ~ 1", None, "says")


def test_codings_are_left_out_of_brief_names():
    assert brief('C(c, Treatment("b"))[a]:x') == "c[a]:x"
    assert brief("scale(x)") == "scale(x)"
