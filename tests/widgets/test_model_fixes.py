import numpy as np
import pandas as pd
import pytest

from ssmkit.spec import Lapse, ModelSpec, Param, Prior
from ssmkit.widgets.model_fixes import fixed

N = 60
DATA = pd.DataFrame(
    {
        "rt": np.linspace(0.3, 3, N),
        "response": np.tile([-1, 1], N // 2),
        "x": np.linspace(-1.7, 1.7, N),
        "ms": np.linspace(100, 900, N),
        "one": 1.0,
        "who": "a",
    }
)


@pytest.mark.parametrize(
    ("spec", "label"),
    [
        (ModelSpec("ddm", params=(Param("a", "1 + x"),)), "Use the log link"),
        (ModelSpec("ddm", params=(Param("z", "1 + x"),)), "Use the logit link"),
        (ModelSpec("angle", params=(Param("theta", "1 + x"),)), "Use the gen_logit link"),
        (ModelSpec("ddm", params=(Param("a", "x", bounds=(0.2, 3)),)), "Use the gen_logit link"),
        (ModelSpec("ddm", params=(Param("v", "1 + ms"),)), "Write scale(ms)"),
        (ModelSpec("ddm", params=(Param("v", "1 + x*ms + (1|x)"),)), "Write scale(ms)"),
        (ModelSpec("ddm", params=(Param("v", "1 + one"),)), "Take out one"),
        (ModelSpec("ddm", params=(Param("v", "1 + x + (1 | who)"),)), "Take out 1|who"),
        (ModelSpec("ddm", params=(Param("v", "1 + xx"),)), "Write 1 + x"),
        (ModelSpec("ddm", params=(Param("v", "1 + zzz"),)), "Take the formula out"),
        (ModelSpec("ddm", params=(Param("z", prior=1.5),)), "Use the default prior"),
        (
            ModelSpec("ddm", params=(Param("a", prior=Prior("Uniform", lower=-2, upper=-1)),)),
            "Use the default prior",
        ),
        (ModelSpec("ddm", params=(Param("a", bounds=(-2, -1)),)), "Use the model's bounds"),
        (ModelSpec("ddm", params=(Param("a", bounds=(-2, 3)),)), "Use (0, 3)"),
        (
            ModelSpec("ddm", params=(Param("v", "1 + x", prior={"q": 0.5}),)),
            "Use the default prior",
        ),
        (
            ModelSpec("ddm", lapse=Lapse(0.05, Prior("Uniform", lower=0, upper=2))),
            "Use Uniform(lower=0, upper=3)",
        ),
        (ModelSpec("ddm", lapse=Lapse(1.5)), "Use 0.05"),
    ],
)
def test_a_press_puts_right_what_is_wrong(spec, label):
    found = [fixed(problem, spec, DATA) for problem in spec.validate(DATA)]
    fix = next(one for one in found if one.label == label)
    assert fix.problem not in fix.spec.validate(DATA)
    assert fix.place in {*spec.config.list_params, "lapse"}


def test_what_has_no_button_is_said_all_the_same():
    data = DATA.assign(x=np.nan)
    spec = ModelSpec("ddm", params=(Param("t", prior=2.0),))
    (problem,) = [one for one in spec.validate(data) if one.path == "params.t"]
    assert fixed(problem, spec, data).spec is None
