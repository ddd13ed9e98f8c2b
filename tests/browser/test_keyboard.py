"""A model is built, its code copied and run, and all by the keyboard alone."""

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
