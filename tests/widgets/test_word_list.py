import pandas as pd
import pytest
from widgets.faces import parts, shown

from ssmkit.modelconfig.glossary import define, meaning
from ssmkit.widgets import Explorer, FormulaBuilder, ModelBuilder, PriorBuilder
from ssmkit.widgets.explorer_picture import TERMS, VIEWS

DATA = pd.DataFrame({"rt": [0.5, 0.6] * 20, "response": [1, -1] * 20, "x": [*"abcd"] * 10})


def hint(builder, kind, label):
    (box,) = parts(builder, kind, label)
    return getattr(box, "tooltip", None) or box.description_tooltip


@pytest.mark.parametrize(
    ("builder", "kind", "label", "words"),
    [
        (Explorer(), "FloatText", "a", meaning("ddm", "a").hint),
        (Explorer("weibull"), "FloatText", "beta", meaning("weibull", "beta").hint),
        (PriorBuilder("ddm", "t"), "Dropdown", "prior of", meaning("ddm", "t").hint),
        (ModelBuilder(DATA), "Dropdown", "z is", meaning("ddm", "z").hint),
        (ModelBuilder(DATA), "Text", "lapses: share", define("lapse")),
        (FormulaBuilder(DATA, "v"), "Checkbox", "intercept", define("intercept")),
        (FormulaBuilder(DATA, "v"), "Dropdown", "interaction", define("interaction")),
    ],
)
def test_fields_say_what_they_are(builder, kind, label, words):
    assert words
    assert hint(builder, kind, label) == words


@pytest.mark.parametrize("view", VIEWS)
def test_the_words_of_a_view_and_of_all_parameters_are_on_the_page(view):
    builder = Explorer("angle").view(view)
    assert define(TERMS[view]) in shown(builder)
    assert "angle at which the bounds come together (rad)" in shown(builder).lower()
    assert "What the words mean" in builder._repr_html_()


def test_a_list_that_is_unfolded_stays_so_while_a_number_is_turned():
    builder = ModelBuilder(DATA)
    (words,) = [x for x in parts(builder, "HTML") if "<details" in x.value]
    heard = []
    words.observe(heard.append, "value")
    builder.set(a=1.0)
    assert heard == []
    builder.choose("angle")
    assert len(heard) == 1


def test_terms_that_are_not_on_the_page_are_not_explained():
    assert define("implied prior") not in PriorBuilder("ddm", "v").glossary()
