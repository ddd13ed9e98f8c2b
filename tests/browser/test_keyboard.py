"""What a person does with builders by the keyboard alone, and what others put into them."""

import pytest
from browser.keyboard import Keyboard

pytestmark = pytest.mark.full
BUILD = """import numpy as np
import ssmkit

theta = {"v": 0.8, "a": 1.2, "z": 0.5, "t": 0.3, "theta": 0.2}
data = ssmkit.simulate_data("angle", theta, size=100, random_state=1)
data["x"], data["y"] = np.random.default_rng(0).normal(size=(2, 100))
builder = ssmkit.build(data)
builder"""
CHECK = """from ssmkit.spec import ModelSpec

print(str(model) == str(builder.model()), model.spec == builder.spec)
print(ModelSpec.from_code(builder.to_code()) == builder.spec)
print(builder.to_code())"""
EXPECTED = """True True
True
HSSM(
    data,
    model="angle",
    include=[
        {"name": "v", "formula": "v ~ 1 + x + y"},
        {
            "name": "a",
            "formula": "a ~ 1",
            "prior": {"Intercept": {"name": "Normal", "mu": 0.0, "sigma": 0.3}},
            "link": "log",
        },
        {"name": "t", "prior": {"name": "Gamma", "alpha": 9.0, "beta": 30.0}},
    ],
)"""
# What each step puts into the code that the builder shows: a person waits until it is there.
STEPS = [
    ("choose", "model", "angle", 'model="angle"'),
    ("choose", "v is", "a regression", '"formula": "v ~ 1"'),
    ("write", "v ~", "1 + x + y", '"formula": "v ~ 1 + x + y"'),
    ("choose", "a is", "a regression", '"formula": "a ~ 1"'),
    ("choose", "link of a", "log", '"link": "log"'),
    ("write", "prior of the term", "Normal(mu=0, sigma=0.3)", '"sigma": 0.3'),
    ("choose", "t is", "given a prior", '"name": "t"'),
    ("write", "t: prior, value", "Gamma(alpha=9, beta=30)", '"beta": 30.0'),
]
PAIR = """from ssmkit.widgets import PriorBuilder

one = PriorBuilder("ddm", "v")
one"""
OTHER = """two = PriorBuilder("ddm", "v")
two"""
EVIL = '<img src=nowhere onerror="window.hurt = true">'
HOSTILE = f"""import pandas as pd
import ssmkit

name = {EVIL!r}
data = pd.DataFrame({{"rt": [0.5, 0.7] * 9, "response": [1, -1] * 9, name: [name, "b", "c"] * 6}})
builder = ssmkit.build(data).formula("v", f"1 + `{{name}}`").open("v")
builder"""
SHOWN_BY = """ssmkit.explore("ddm", data, by=name)"""
SHOWN = """words => [...document.querySelectorAll("textarea")].some(x => x.value.includes(words))"""


def test_a_model_is_built_by_the_keyboard_and_its_code_builds_it_again(open_notebook):
    notebook = open_notebook(BUILD, "", CHECK)
    keys, page = Keyboard(notebook), notebook.page
    keys.press("Control+Enter")
    notebook.builder(0)
    for step, name, typed, seen in STEPS:
        getattr(keys, step)(name, typed)
        page.wait_for_function(SHOWN, arg=seen, timeout=20_000)
    keys.to("code")
    keys.press("Control+A", "Control+C", "Tab", "ArrowDown", "Enter", "Control+V")
    # The last line would sample.
    keys.press("Shift+Home", "Backspace", "Shift+Enter", "Shift+Enter")
    notebook.output(2).locator("pre").wait_for()
    assert notebook.output(2).inner_text().strip() == EXPECTED
    assert notebook.errors == []


def test_two_builders_leave_each_other_alone(open_notebook):
    notebook = open_notebook(PAIR, OTHER, "print(one.prior, two.prior)")
    keys = Keyboard(notebook)
    keys.press("Control+Enter")
    notebook.builder(0)
    keys.write("sigma", "0.25")
    notebook.output(0).get_by_text("Normal(mu=0, sigma=0.25), chosen by you").wait_for()
    keys.to("family", "Shift+Tab")
    keys.press("ArrowDown", "Control+Enter")
    other = notebook.builder(1)
    keys.write("mu", "1.5")
    other.get_by_text("Normal(mu=1.5, sigma=2), chosen by you").wait_for()
    assert notebook.output(0).get_by_text("Normal(mu=0, sigma=0.25), chosen by you").count() == 1
    keys.to("family", "Shift+Tab")
    keys.press("ArrowDown", "Control+Enter")
    said = notebook.output(2).locator("pre")
    said.wait_for()
    assert said.inner_text().strip() == "Normal(mu: 0.0, sigma: 0.25) Normal(mu: 1.5, sigma: 2.0)"
    assert notebook.errors == []


def test_html_in_the_data_or_typed_is_text(open_notebook):
    notebook = open_notebook(HOSTILE, SHOWN_BY)
    keys, page = Keyboard(notebook), notebook.page
    keys.press("Control+Enter")
    notebook.builder(0)
    keys.write("v ~", f"1 + {EVIL}")
    refused = notebook.output(0).locator("[role=status]").filter(has_text="Not possible")
    refused.filter(has_text="<img").wait_for()
    keys.press("Tab", "Tab", "ArrowDown", "Control+Enter")
    notebook.builder(1)
    assert notebook.output(0).get_by_text(EVIL).count() > 0
    assert notebook.output(1).get_by_text(EVIL).count() > 0
    assert page.locator("img[src=nowhere]").count() == 0
    assert page.evaluate("window.hurt") is None
    assert notebook.errors == []
