import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from widgets.faces import part, parts, shown

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.spec import Lapse, ModelSpec, Param, Prior
from ssmkit.spec.values import Column
from ssmkit.widgets import ModelBuilder

RNG = np.random.default_rng(0)
N = 200
DATA = pd.DataFrame(
    {
        "rt": RNG.uniform(0.4, 2, N),
        "response": RNG.choice([-1, 1], N),
        "x": RNG.normal(size=N),
        "y": RNG.normal(size=N),
        "cond": RNG.choice(list("ab"), N),
        "who": np.repeat(np.arange(5), N // 5),
    }
)


@pytest.fixture
def builder():
    return ssmkit.build(DATA)


def test_it_is_the_default_model_until_something_is_asked(builder):
    assert builder.spec == ModelSpec("ddm")
    assert builder.to_code() == "HSSM(data)"
    assert builder.problems == ()
    assert builder.waiting == ""
    assert repr(builder).startswith("Model builder\nddm:")


def test_every_method_asks_something_of_the_model(builder):
    builder.formula("v", "v ~ 1 + x").prior("v", "Normal(mu=0, sigma=1)", "x").fix("z", 0.5)
    builder.formula("a", "1 + y").link("a", "log").prior("t", {"name": "HalfNormal", "sigma": 1})
    builder.bounds("t", (0, 1)).lapses(p=0.1, distribution="Uniform(lower=0, upper=10)")
    builder.settings(prior_settings="scaled")
    assert builder.spec == ModelSpec(
        "ddm",
        params=(
            Param("v", "1 + x", prior={"x": Prior("Normal", mu=0, sigma=1)}),
            Param("a", "1 + y", link="log"),
            Param("z", prior=0.5),
            Param("t", prior=Prior("HalfNormal", sigma=1), bounds=(0, 1)),
        ),
        lapse=Lapse(0.1, Prior("Uniform", lower=0, upper=10)),
        prior_settings="scaled",
    )
    builder.lapses(p=0).formula("v", None).prior("t", "").set(z=None)
    assert builder.spec.lapse is None
    assert [param.name for param in builder.spec.asked()] == ["a", "t"]


def test_ways_begin_with_something_that_works(builder):
    for way in ("prior", "fixed", "regression", "default"):
        builder.way("a", way)
        assert not [p for p in builder.problems if p.severity == "error"]
    assert builder.way("a", "prior").spec.param("a").prior == Prior("HalfNormal", sigma=2)
    assert builder.way("a", "regression").way("a", "prior").spec.param("a").formula is None


def test_priors_stay_with_the_terms_that_stay(builder):
    builder.set(v={"formula": "1 + x + y", "prior": {"x": 0.5, "v_y": 0.2, "common": 0.1}})
    builder.formula("v", "1 + y")
    assert dict(builder.spec.param("v").prior) == {"v_y": 0.2, "common": 0.1}
    assert builder.formula("v", "1").formula("v", "1 + x").problems == ()


def test_another_model_keeps_what_it_has_too(builder):
    builder.set(z=0.5, v={"formula": "1 + x"}).choose("angle").fix("theta", 0.2).choose("ddm")
    assert [param.name for param in builder.spec.asked()] == ["v", "z"]
    assert builder.choose("lba2").spec.asked() == ()


def test_code_and_json_make_the_same_model(builder):
    builder.formula("v", "1 + x + (1 | who)").fix("z", 0.5).lapses(p=0)
    for text in (builder.to_code(), builder.cell(), builder.to_json()):
        assert ModelBuilder(DATA).read(text).spec == builder.spec
    assert ModelBuilder.from_code(builder.cell()).spec == builder.spec
    assert ModelBuilder.from_spec(builder.spec, DATA).spec == builder.spec
    compile(builder.cell(), "cell", "exec")
    assert max(map(len, builder.cell().splitlines())) <= 88


def test_the_model_is_the_one_that_is_shown(builder):
    builder.formula("v", "1 + x").fix("z", 0.5)
    model = builder.model()
    assert model.spec == builder.spec
    assert repr(model) == builder.summary()
    assert builder.summary().split("\n")[0] in builder._repr_html_()


@pytest.mark.parametrize(
    "call",
    [
        lambda b: b.choose("dmm"),
        lambda b: b.set(w=1),
        lambda b: b.formula("v", "1 + x y"),
        lambda b: b.formula("w", "1"),
        lambda b: b.way("v", "free"),
        lambda b: b.prior("v", "Normal(0, 1)"),
        lambda b: b.prior("v", "Normal(mu=0, sigma=1)", "x"),
        lambda b: b.link("v", "log"),
        lambda b: b.bounds("v", (2, 1)),
        lambda b: b.bounds("v", "two"),
        lambda b: b.lapses(p="many"),
        lambda b: b.settings(colour="red"),
        lambda b: b.settings(prior_settings="bold"),
        lambda b: b.read("print(1)"),
        lambda b: b.read("{}"),
        lambda b: b.insert(),
        lambda b: ModelBuilder(DATA, "dmm"),
        lambda b: ModelBuilder().model(),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(builder, call):
    builder.fix("z", 0.5)
    before = builder.state
    with pytest.raises(SsmkitError):
        call(builder)
    assert builder.state == before


def test_controls_call_the_methods_and_show_the_state(builder):
    part(builder, "Dropdown", "v is").value = "regression"
    formula = part(builder, "Text", "v ~")
    formula.value = "1 + x + cond"
    assert builder.spec.param("v").formula == "1 + x + cond"
    part(builder, "Dropdown", "term of v").value = "x"
    terms = parts(builder, "Text", "prior of the term")
    terms[0].value = "Normal(mu=0, sigma=1)"
    assert builder.spec.param("v").prior["x"] == Prior("Normal", mu=0, sigma=1)
    part(builder, "Dropdown", "term of v").value = "Intercept"
    assert terms[0].value == ""
    part(builder, "Dropdown", "z is").value = "fixed"
    part(builder, "Text", "z: prior, value").value = "0.4"
    assert builder.spec.param("z").prior == 0.4
    part(builder, "Text", "t: prior, value").value = 'data["x"]'
    assert builder.spec.param("t").prior == Column("x")
    part(builder, "Text", "bounds of a").value = "(0, inf)"
    assert builder.spec.param("a").bounds == (0, float("inf"))
    part(builder, "Text", "bounds of a").value = ""
    part(builder, "Text", "lapses: share").value = "0"
    assert builder.spec.lapse is None
    part(builder, "Text", "lapses: share").value = "Beta(alpha=1, beta=19)"
    part(builder, "Text", "lapses: time").value = "Uniform(lower=0, upper=5)"
    part(builder, "Dropdown", "links").value = "log_logit"
    part(builder, "Dropdown", "default priors").value = "scaled"
    part(builder, "Dropdown", "likelihood").value = "approx_differentiable"
    assert builder.spec.lapse.p == Prior("Beta", alpha=1, beta=19)
    assert builder.spec.link_settings == "log_logit"
    model = part(builder, "Dropdown", "model")
    model.value = "angle"
    assert part(builder, "Dropdown", "model") is model
    assert part(builder, "Text", "v ~").value == "1 + x + cond"
    assert part(builder, "Dropdown", "theta is").value == "default"


def test_fields_that_are_not_needed_are_hidden_and_not_made_anew(builder):
    formula = part(builder, "Text", "v ~")
    box = next(x for x in parts(builder, "VBox") if formula in x.children)
    assert box.layout.display == "none"
    builder.formula("v", "1 + x")
    assert box.layout.display is None
    assert part(builder, "Text", "v ~") is formula
    assert formula.value == "1 + x"


def test_what_is_wrong_is_said_beside_its_field_with_a_button(builder):
    part(builder, "Dropdown", "a is").value = "regression"
    part(builder, "Text", "a ~").value = "1 + x"
    assert "out of its bounds" in shown(builder)
    part(builder, "Button", "Use the log link").click()
    assert builder.spec.param("a").link.name == "log"
    assert part(builder, "Dropdown", "link of a").value == "log"
    assert "out of its bounds" not in shown(builder)
    part(builder, "Text", "a ~").value = "1 + x y"
    assert builder.spec.param("a").formula == "1 + x"
    part(builder, "Button", "Write 1 + x + y").click()
    assert builder.spec.param("a").formula == "1 + x + y"
    part(builder, "Text", "a ~").value = "1 + xx"
    part(builder, "Button", "Write 1 + x").click()
    assert builder.spec.param("a").formula == "1 + x"


def test_a_formula_builder_opens_in_place_and_stays_in_step(builder):
    builder.formula("v", "1 + x")
    parts(builder, "Button", "Open formula builder")[0].click()
    inner = builder.opened.builder
    part(inner, "Checkbox", "y (number)").value = True
    assert builder.spec.param("v").formula == "1 + x + y"
    builder.undo()
    assert inner.formula == "v ~ 1 + x"
    mine, _ = parts(builder, "Text", "v ~")
    mine.value = "1 + cond"
    assert inner.formula == "v ~ 1 + cond"
    part(builder, "Button", "Close").click()
    assert builder.opened is None
    builder.formula("v", "1 + nope").open("v")
    assert builder.opened.builder.formula == "v ~ 1"
    builder.choose("angle")
    assert builder.opened is None


def test_a_prior_builder_opens_in_place_and_stays_in_step(builder):
    parts(builder, "Button", "Open prior builder")[0].click()
    inner = builder.opened.builder
    inner.give(Prior("Normal", mu=1, sigma=1))
    assert builder.spec.param("v").prior == Prior("Normal", mu=1, sigma=1)
    assert part(builder, "Text", "v: prior, value").value == "Normal(mu=1, sigma=1)"
    builder.undo()
    assert builder.opened.builder.spec == builder.spec == ModelSpec("ddm")
    builder.formula("v", "1 + x").open("v_x", "prior").opened.builder.set(sigma=0.4)
    assert dict(builder.spec.param("v").prior) == {"x": Prior("Normal", mu=0, sigma=0.4)}
    builder.formula("v", "1")
    assert builder.opened is None
    with pytest.raises(SsmkitError):
        builder.open("v_nope", "prior")


def test_code_is_shown_read_and_put_into_a_cell(builder, monkeypatch):
    area = part(builder, "Textarea", "code")
    assert area.value == builder.cell()
    area.value = 'HSSM(data, model="angle", theta=0.2)'
    part(builder, "Button", "Read this text").click()
    assert builder.spec.model == "angle"
    assert area.value == builder.cell()
    part(builder, "Dropdown", "write it as").value = "json"
    assert area.value == builder.to_json()
    area.value = "nonsense ("
    part(builder, "Button", "Read this text").click()
    assert "this is no Python" in shown(builder)
    cells = []

    class Shell:
        def set_next_input(self, text):
            cells.append(text)

    monkeypatch.setattr("IPython.get_ipython", Shell)
    part(builder, "Button", "Insert as a cell").click()
    assert cells == [builder.cell()]
    assert "below the next cell" in shown(builder)


def test_all_models_are_shown_when_they_are_asked_for(builder):
    assert not parts(builder, "Button", "Take weibull")
    part(builder, "Button", "Show all models").click()
    part(builder, "Button", "Take weibull").click()
    assert builder.spec.model == "weibull"
    part(builder, "Button", "Hide the models").click()
    assert part(builder, "Button", "Show all models")


@pytest.mark.parametrize("data", [None, DATA.iloc[:0], "data.csv", pd.DataFrame()])
def test_without_data_the_model_is_written_and_not_fitted(data):
    builder = ssmkit.build(data).formula("v", "1 + z1 + (1 | who)")
    assert "Give data" in builder.words()
    assert part(builder, "Button", "Fit").disabled
    assert ModelSpec.from_code(builder.to_code()) == builder.spec
    assert "v ~ 1 + z1" in builder._repr_html_()


def test_bad_data_are_said_and_not_fitted():
    builder = ssmkit.build(DATA.assign(rt=-DATA["rt"]))
    assert "Not ready to be fitted" in builder.words()
    assert part(builder, "Button", "Fit").disabled
    assert "negative" in shown(builder) + builder._repr_html_()
    assert "rt" in ssmkit.build(pd.DataFrame({"v": [1.0, 2.0]})).waiting


def test_columns_of_any_name_do_no_harm():
    data = DATA.rename(columns={"x": "v", "y": "<script>alert('1')\"", "cond": "a b"}).assign(t=2)
    builder = ssmkit.build(data).formula("v", "1 + v + `a b` + `<script>alert('1')\"`")
    assert not [p for p in builder.problems if p.severity == "error"]
    html = builder._repr_html_() + shown(builder)
    assert "<script" not in html
    assert ModelSpec.from_code(builder.cell()) == builder.spec


def test_a_function_cannot_be_written_and_is_no_reason_to_fall():
    spec = ModelSpec("ddm", loglik=lambda data, v, a, z, t: data[:, 0])
    builder = ModelBuilder.from_spec(spec, DATA)
    assert "cannot be written down" in shown(builder)
    assert "cannot be written down" in builder._repr_html_()


def test_pin_undo_redo_reset(builder):
    builder.fix("z", 0.5).pin().fix("z", 0.6)
    assert 'Pinned: Param("z", prior=0.5)' in builder.words()
    assert builder.undo().redo().spec.param("z").prior == 0.6
    builder.choose("angle")
    assert "Pinned: ddm." in builder.words()
    assert builder.unpin().reset().spec == ModelSpec("ddm")


def test_two_builders_know_nothing_of_each_other(builder):
    other = ssmkit.build(DATA)
    builder.fix("z", 0.5)
    assert other.spec == ModelSpec("ddm")


EDITS = {
    "v": lambda b: b.formula("v", "1 + x"),
    "a": lambda b: b.prior("a", "Gamma(alpha=4, beta=3)"),
    "bounds": lambda b: b.bounds("t", (0, 1)),
    "z": lambda b: b.fix("z", 0.5),
    "lapse": lambda b: b.lapses(p=0.02),
    "time": lambda b: b.lapses(distribution="Uniform(lower=0, upper=10)"),
    "settings": lambda b: b.settings(link_settings="log_logit"),
    "noncentered": lambda b: b.settings(noncentered=False),
}


@settings(deadline=None, max_examples=12)
@given(st.permutations(list(EDITS)).map(lambda names: names[:6]))
def test_edits_in_any_order_give_the_same_and_undo_takes_them_back(order):
    builder = ModelBuilder()
    for name in order:
        EDITS[name](builder)
    other = ModelBuilder()
    for name in sorted(order):
        EDITS[name](other)
    assert builder.spec == other.spec
    assert ModelSpec.from_code(builder.cell()) == builder.spec
    assert ModelSpec.from_json(builder.to_json()) == builder.spec
    assert builder._repr_html_() == ModelBuilder.from_spec(builder.spec)._repr_html_()
    while builder._history.past:
        builder.undo()
    assert builder.spec == ModelSpec("ddm")


def test_many_rows_and_columns_do_not_make_it_wait():
    wide = pd.DataFrame(RNG.normal(size=(5000, 100)), columns=[f"c{i}" for i in range(100)])
    wide = wide.assign(rt=RNG.uniform(0.4, 2, 5000), response=RNG.choice([-1, 1], 5000))
    builder = ssmkit.build(wide).formula("v", "1 + c1 + c2").formula("a", "1 + c3")
    assert builder.widget
    start = time.perf_counter()
    builder.fix("z", 0.5)
    # 30 to 60 ms on a quiet machine; the budget of a control is 100.
    assert time.perf_counter() - start < 1.5


@pytest.mark.full
def test_a_press_fits_the_model(builder):
    builder.set(z=0.5, t=0.3)
    builder.fit(draws=50, tune=50, chains=1, progressbar=False, random_seed=0)
    assert builder.fitted.spec == builder.spec
    assert "Fitted in" in shown(builder)


def test_a_note_says_what_its_button_does_and_code_what_to_type():
    builder = ModelBuilder(DATA).formula("a", "1 + x").link("a", "identity")
    (button,) = [x for x in parts(builder, "Button") if x.description == "Use the log link"]
    assert button.layout.display is None
    assert "To fix it: use the log link, as the button below does" in shown(builder)
    assert "include=[" not in shown(builder)
    assert "include=[" in builder.problems[0].fix
    assert "include=[" in builder._repr_html_()
