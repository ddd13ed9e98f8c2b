import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from widgets.faces import part, parts, shown

from ssmkit.errors import SsmkitError
from ssmkit.spec import ModelSpec
from ssmkit.widgets import FormulaBuilder

RNG = np.random.default_rng(0)
N = 120
DATA = pd.DataFrame(
    {
        "rt": RNG.uniform(0.3, 2, N),
        "response": RNG.choice([-1, 1], N),
        "x": RNG.normal(size=N),
        "y": RNG.uniform(1, 2, N),
        "my <b>col</b>": RNG.normal(size=N),
        "cond": RNG.choice(list("abc"), N),
        "who": np.repeat(np.arange(6), N // 6),
    }
)
ODD = "my <b>col</b>"


@pytest.fixture
def builder():
    return FormulaBuilder(DATA, "v")


def test_it_begins_with_an_intercept_or_what_it_is_given(builder):
    assert builder.formula == "v ~ 1"
    assert FormulaBuilder(DATA, "a", "a ~ x + y", link="log").formula == "a ~ x + y"
    assert FormulaBuilder(DATA, "a", "x", link="log").spec.params[1].link.name == "log"


def test_terms_come_in_the_order_of_the_columns(builder):
    builder.add("cond").add("y").interact("cond", "x").group("who", "y").add("x")
    assert builder.formula == "v ~ 1 + x + y + cond + x:cond + (1 + y | who)"
    assert builder.drop("x").formula == "v ~ 1 + y + cond + (1 + y | who)"
    assert builder.drop("1 | who").formula == "v ~ 1 + y + cond + (0 + y | who)"
    assert builder.drop("y | who").intercept(on=False).formula == "v ~ 0 + y + cond"
    assert builder.add("(1 | who)").formula == "v ~ 0 + y + cond + (1 | who)"


def test_a_column_can_be_transformed_wherever_it_stands(builder):
    builder.add("y").add("cond").interact("y", "cond").group("who", "y").transform("y", "log")
    assert builder.formula == "v ~ 1 + np.log(y) + cond + np.log(y):cond + (1 + np.log(y) | who)"
    assert builder.transform("y", "as it is").formula == (
        "v ~ 1 + y + cond + y:cond + (1 + y | who)"
    )
    assert builder.transform("x", "scaled").term_of("x") == "scale(x)"


def test_a_reference_level_can_be_chosen_and_is_seen(builder):
    builder.add("cond").reference("cond", "b").look("cond")
    assert builder.formula == 'v ~ 1 + C(cond, Treatment("b"))'
    assert builder.coefficients[1] == 'v_C(cond, Treatment("b"))[a]'
    assert part(builder, "Dropdown", "reference level").value == "b"
    assert builder.reference("cond", "a").formula == "v ~ 1 + cond"


def test_columns_with_unusual_names_are_quoted_and_escaped(builder):
    builder.add(ODD)
    assert builder.formula == f"v ~ 1 + `{ODD}`"
    assert builder.coefficients == ("v_Intercept", f"v_{ODD}")
    for html in (builder._repr_html_(), shown(builder)):
        assert "<b>col" not in html
        assert "&lt;b&gt;col" in html


def test_code_makes_the_same_model(builder):
    builder.add("x").add(ODD).group("who")
    assert ModelSpec.from_code(builder.to_code()) == builder.spec
    assert builder.spec.param("v").formula == builder.state.formula


@pytest.mark.parametrize(
    "call",
    [
        lambda b: b.set("1 + x y"),
        lambda b: b.set("1|who"),
        lambda b: b.set("1 + xx"),
        lambda b: b.set(""),
        lambda b: b.add("nope"),
        lambda b: b.drop("x"),
        lambda b: b.drop("x | who"),
        lambda b: b.group("nope"),
        lambda b: b.transform("x", "squared"),
        lambda b: b.transform("nope", "log"),
        lambda b: b.reference("cond", "z"),
        lambda b: b.look("nope"),
        lambda b: FormulaBuilder(DATA, "w"),
        lambda b: FormulaBuilder(DATA, "v", "1 + q"),
        lambda b: FormulaBuilder(DATA, "v", model="dmm"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(builder, call):
    builder.add("y")
    with pytest.raises(SsmkitError):
        call(builder)
    assert builder.formula == "v ~ 1 + y"


def test_text_and_controls_show_the_same(builder):
    text, ticks = part(builder, "Text", "v ~"), parts(builder, "Checkbox")
    by_name = {tick.description.split(" (")[0]: tick for tick in ticks}
    text.value = "x*cond"
    assert builder.state.formula == "x*cond"
    assert by_name["x"].value
    assert by_name["cond"].value
    assert not by_name["y"].value
    by_name["y"].value = True
    assert text.value == "1 + x + y + cond + x:cond"
    by_name["x"].value = False
    assert text.value == "1 + y + cond"
    by_name["intercept"].value = False
    assert text.value == "0 + y + cond"
    builder.undo()
    assert by_name["intercept"].value


def test_menus_and_buttons_call_the_methods(builder):
    column, way = part(builder, "Dropdown", "column"), part(builder, "Dropdown", "in the formula")
    column.value = "y"
    assert builder.state.column == "y"
    way.value = "scaled"
    assert builder.state.formula == "1 + scale(y)"
    builder.add("x")
    acts = {
        box.children[0].description: box.children
        for box in parts(builder, "HBox")
        if [type(x).__name__ for x in box.children] == ["Dropdown", "Button"]
    }
    acts["interaction"][1].click()
    assert builder.state.formula == "1 + x + scale(y) + x:scale(y)"
    assert acts["interaction"][1].disabled
    acts["groups"][0].value = "who"
    acts["groups"][1].click()
    acts["differs by group"][0].value = ("who", "scale(y)")
    acts["differs by group"][1].click()
    assert builder.state.formula == "1 + x + scale(y) + x:scale(y) + (1 + scale(y) | who)"
    acts["term"][0].value = "scale(y)"
    acts["term"][1].click()
    assert builder.state.formula == "1 + x + (1 + scale(y) | who)"
    column.value = "cond"
    assert part(builder, "Dropdown", "reference level").disabled
    builder.add("cond")
    part(builder, "Dropdown", "reference level").value = "c"
    assert builder.term_of("cond") == 'C(cond, Treatment("c"))'


def test_what_is_typed_wrong_is_said_beside_it_and_put_right_by_a_button(builder):
    text = part(builder, "Text", "v ~")
    text.value = "1 + x y"
    assert builder.state.formula == "1"
    assert text.value == "1 + x y"
    assert "would be dropped" in shown(builder)
    part(builder, "Button", "Write 1 + x + y").click()
    assert builder.state.formula == text.value == "1 + x + y"
    assert "would be dropped" not in shown(builder)
    text.value = "zzz"
    assert "no column &#x27;zzz&#x27;" in shown(builder)
    builder.add(ODD)
    assert "zzz" not in shown(builder)


def test_the_intercept_alone_cannot_be_taken_out(builder):
    tick = part(builder, "Checkbox", "intercept")
    tick.value = False
    assert tick.value
    assert "has no term" in shown(builder)


def test_problems_of_the_design_are_said():
    data = DATA.assign(twice=2 * DATA["x"], gap=DATA["x"].where(DATA["x"] > 0))
    builder = FormulaBuilder(data, "v", "1 + x + twice")
    assert "twice says nothing" in builder.problems[0].message
    assert "twice says nothing" in builder._repr_html_()
    assert builder.set("1 + np.log(x)").preview is None
    assert "infinite or NaN" in shown(builder)
    assert "missing" in builder.set("gap").problems[0].message
    assert builder.coefficients == ("v_Intercept", "v_gap")


@pytest.mark.parametrize("data", [None, DATA.iloc[:0], [1, 2], pd.DataFrame()])
def test_without_data_the_formula_alone_is_written(data):
    builder = FormulaBuilder(data, "v", "1 + x*y")
    assert builder.columns == ()
    assert builder.set("1 + z + (1 | who)").coefficients == ("v_Intercept", "v_z", "v_1|who")
    assert builder.drop("z").formula == "v ~ 1 + (1 | who)"
    assert "v ~" in builder._repr_html_()
    assert part(builder, "Text", "v ~").value == builder.state.formula
    if data is not None:
        assert "not shown" in shown(builder)


def test_pin_undo_redo_reset(builder):
    builder.add("x").pin().add("y")
    assert "Pinned: v ~ 1 + x." in builder.words()
    assert builder.undo().redo().formula == "v ~ 1 + x + y"
    assert builder.reset().formula == "v ~ 1"


def test_who_listens_hears_of_every_change(builder):
    heard = []
    builder.listen(lambda: heard.append(builder.formula))
    builder.add("x").undo()
    assert heard == ["v ~ 1 + x", "v ~ 1"]


def test_two_builders_know_nothing_of_each_other(builder):
    other = FormulaBuilder(DATA, "v")
    builder.add("x")
    assert other.formula == "v ~ 1"


EDITS = {
    "x": lambda b: b.add("x"),
    "y": lambda b: b.add("scale(y)"),
    "cond": lambda b: b.add("cond"),
    "xc": lambda b: b.add("cond:x"),
    "who": lambda b: b.group("who"),
    "slope": lambda b: b.add("(x | who)"),
}


@settings(deadline=None, max_examples=15)
@given(st.permutations(list(EDITS)))
def test_edits_in_any_order_give_the_same_and_undo_takes_them_back(order):
    builder = FormulaBuilder(DATA, "v")
    for name in order:
        EDITS[name](builder)
    assert builder.formula == "v ~ 1 + x + scale(y) + cond + x:cond + (1 + x | who)"
    again = FormulaBuilder(DATA, "v", builder.formula)
    assert again.picture() == builder.picture()
    assert again._repr_html_() == builder._repr_html_()
    while builder._history.past:
        builder.undo()
    assert builder.formula == "v ~ 1"


def test_many_rows_and_columns_do_not_make_it_wait():
    wide = pd.DataFrame(RNG.normal(size=(5000, 100)), columns=[f"c{i}" for i in range(100)])
    wide = wide.assign(cond=RNG.choice(list("abc"), 5000), who=RNG.integers(0, 40, 5000))
    builder = FormulaBuilder(wide, "v", "1 + c1 + cond + (1 | who)")
    assert part(builder, "Dropdown", "column").options[50] == ("c50 (number)", "c50")
    start = time.perf_counter()
    builder.add("c50")
    # 20 to 30 ms on a quiet machine; the budget of a control is 100.
    assert time.perf_counter() - start < 1.0
