import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssmkit import ModelSpec, Param, Prior, implied_prior
from ssmkit.errors import SsmkitError
from ssmkit.spec import Lapse
from ssmkit.widgets import PriorBuilder
from ssmkit.widgets.prior_builder import FAMILIES
from ssmkit.widgets.prior_picture import PINNED


def parts(builder, kind):
    found, waiting = [], [builder.widget]
    while waiting:
        widget = waiting.pop(0)
        found += [widget] if type(widget).__name__ == kind else []
        waiting += getattr(widget, "children", ())
    return found


def control(builder, label):
    boxes = [*parts(builder, "FloatText"), *parts(builder, "Dropdown")]
    return next(box for box in boxes if box.description == label)


def status(builder):
    return next(x.value for x in parts(builder, "HTML") if 'role="status"' in x.value)


def seen(builder):
    return "".join(ET.fromstring(builder.picture()).itertext())  # noqa: S314 - our own


@pytest.fixture(scope="module")
def trials():
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "x": rng.normal(size=400),
            "who": rng.integers(0, 6, 400).astype(str),
            "rt": 1.0,
            "response": 1,
        }
    )


@pytest.fixture(scope="module")
def regression(trials):
    return ModelSpec.build(
        trials,
        include=[
            {"name": "v", "formula": "1 + x + (1|who)"},
            {"name": "a", "formula": "1 + x", "link": "identity"},
        ],
    )


def test_what_is_pinned_is_seen_whole():
    builder = PriorBuilder("ddm", "t").set(sigma=0.4).pin().set(sigma=0.7)
    frame = ET.fromstring(builder.picture()).findall(".//{*}svg")[-1]  # noqa: S314 - our own
    ghosts = [x.get("d") for x in frame.findall("{*}path") if x.get("stroke") == PINNED]
    heights = [float(y) for path in ghosts for y in re.findall(r"-?[\d.]+", path)[1::2]]
    assert len(ghosts) == 2
    assert min(heights) > 0


def test_it_begins_with_the_default_and_says_so():
    builder = PriorBuilder()
    assert builder.prior == Prior("Normal", mu=0, sigma=2)
    assert builder.to_code() == "HSSM(data)"
    assert "v ~ Normal(mu=0, sigma=2), the model's default." in builder.words()
    assert "default" not in seen(builder)


def test_a_prior_may_be_given_in_any_way():
    for prior in (Prior("Gamma", mu=0.3, sigma=0.1), {"name": "Gamma", "mu": 0.3, "sigma": 0.1}):
        builder = PriorBuilder("ddm", "t", prior)
        assert builder.prior == Prior("Gamma", mu=0.3, sigma=0.1)
        assert "chosen by you" in builder.words()
        assert "default" in seen(builder)
    assert PriorBuilder().give({"name": "Cauchy", "alpha": 0, "beta": 1}).prior.name == "Cauchy"


def test_every_method_is_a_step_that_can_be_taken_back():
    builder = PriorBuilder("ddm", "t")
    steps = [
        ("family", "Gamma"),
        ("interval", 0.2, 0.6),
        ("moments", 0.3, 0.1),
        ("give", Prior("Gamma", alpha=4, beta=30)),
        ("suggest",),
        ("by", "moments"),
        ("pin",),
        ("default",),
        ("resample",),
        ("choose", "a"),
        ("reset",),
    ]
    for name, *args in steps:
        before, picture = builder.state, builder.picture()
        assert getattr(builder, name)(*args).state != before
        assert builder.picture()
        assert builder.undo().state == before
        assert builder.picture() == picture
        builder.redo()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mu=st.floats(-3, 3), sigma=st.floats(0.1, 3))
def test_the_order_of_edits_makes_no_difference_and_the_picture_is_of_the_state(mu, sigma):
    one = PriorBuilder().set(mu=mu).set(sigma=sigma)
    two = PriorBuilder().set(sigma=sigma).set(mu=mu)
    assert one.state == two.state
    assert one.picture() == two.picture()


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("param", ["v", "t"])
def test_any_family_can_be_taken_and_every_number_of_it_turned(name, param):
    builder = PriorBuilder("ddm", param).family(name)
    assert builder.prior.name == name
    assert name in seen(builder)
    for arg in builder.prior.args:
        box = control(builder, arg)
        assert np.isfinite(box.value) or arg in ("lower", "upper")  # a bound may be none


def test_controls_call_the_methods():
    builder = PriorBuilder("ddm", "t")
    control(builder, "family").value = "Gamma"
    assert builder.prior.name == "Gamma"
    control(builder, "set by").value = "interval"
    control(builder, "to").value = 8.0
    assert builder.state.way == "interval"
    control(builder, "set by").value = "moments"
    control(builder, "mean").value = 0.3
    control(builder, "sd").value = 0.1
    assert builder.prior.args == pytest.approx({"alpha": 9, "beta": 30}, rel=1e-3)
    control(builder, "set by").value = "arguments"
    control(builder, "alpha").value = 4
    assert builder.prior.args == pytest.approx({"alpha": 4, "beta": 30}, rel=1e-3)
    control(builder, "prior of").value = "a"
    assert builder.prior.name == "HalfNormal"
    press = {button.description: button for button in parts(builder, "Button")}
    press["Suggest"].click()
    assert builder.prior == Prior("LogNormal", mu=0, sigma=0.5)
    press["Default"].click()
    assert builder.prior.name == "HalfNormal"
    press["New draws"].click()
    assert builder.state.seed == 1


def test_what_is_refused_is_said_under_the_controls_and_raised_in_code():
    builder = PriorBuilder()
    before = builder.state
    control(builder, "sigma").value = -1
    assert builder.state == before
    assert "must be above 0" in status(builder)
    with pytest.raises(SsmkitError, match="must be above 0"):
        builder.set(sigma=-1)
    with pytest.raises(SsmkitError, match="Did you mean 'sigma'"):
        builder.set(sigm=1)
    with pytest.raises(SsmkitError, match="no free 'vv'"):
        PriorBuilder("ddm", "vv")
    with pytest.raises(SsmkitError, match="no way"):
        builder.by("magic")
    with pytest.raises(SsmkitError, match="is no model"):
        PriorBuilder(3)


def test_what_is_out_of_bounds_is_counted():
    builder = PriorBuilder("ddm", "t", {"name": "Normal", "mu": 0, "sigma": 1})
    assert "50 % of it lies outside the bounds 0 to \N{INFINITY}" in builder.words()


def test_a_prior_without_mass_in_the_bounds_is_shown_as_such():
    builder = PriorBuilder("ddm", "a", {"name": "Uniform", "lower": -2, "upper": -1})
    assert "the model cannot have such a value" in builder.words()
    assert "nothing of it within the bounds" in seen(builder)
    assert "No draw of the prior" in seen(builder)


def test_a_prior_where_nobody_is_has_everything_outside_the_window():
    builder = PriorBuilder("ddm", "t", {"name": "Uniform", "lower": 20, "upper": 30})
    # Of the lapses, 0 to 20 s long, a quarter lies within it.
    assert "99 % of the reaction times lie beyond" in builder.words()


def test_terms_are_turned_and_what_they_imply_is_shown(trials, regression):
    builder = PriorBuilder(regression, "v_x", data=trials).set(sigma=1.5)
    assert builder.spec.param("v").prior["x"] == Prior("Normal", mu=0, sigma=1.5)
    assert "What it implies for v of a trial" in seen(builder)
    builder.choose("v_1|who_sigma").set(sigma=0.2)
    outer = builder.spec.resolve("v", trials).priors["1|who"]
    assert outer == Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=0.2))
    assert builder.default().spec.param("v").prior == {"x": Prior("Normal", mu=0, sigma=1.5)}


def test_the_share_out_of_bounds_is_that_of_the_spec(trials, regression):
    builder = PriorBuilder(regression, "a_x", data=trials).set(sigma=2.0)
    exact = np.isnan(implied_prior(builder.spec, trials, "a", 4000, 1)).mean()
    (found,) = [line for line in builder.words().split("\n") if "outside the bounds" in line]
    assert float(found.split(" %")[0]) == pytest.approx(100 * exact, abs=8)


def test_the_scaled_prior_of_a_term_is_suggested(trials, regression):
    builder = PriorBuilder(regression, "v_x", data=trials).suggest()
    assert builder.prior.args["sigma"] == pytest.approx(1.0, rel=0.2)


@pytest.mark.parametrize("bad", [pd.DataFrame({"rt": [], "response": []}), [1, 2]])
def test_data_that_cannot_be_shown_are_spoken_of(bad):
    builder = PriorBuilder(data=bad)
    assert "not shown" in status(builder)
    assert builder.picture()


def test_formulas_without_data_are_spoken_of():
    spec = ModelSpec("ddm", params=(Param("v", "1 + x"),))
    builder = PriorBuilder(spec, "v_x").set(sigma=1)
    assert "Give data=..." in status(builder)
    assert "Reaction times" not in seen(builder)


def test_fixed_parameters_and_columns_play_along(trials):
    spec = ModelSpec("ddm", params=(Param("z", prior=0.5), Param("v", prior=trials["x"])))
    builder = PriorBuilder(spec, "a", data=trials)
    assert "Reaction times" in seen(builder)
    with pytest.raises(SsmkitError, match="no free 'z'"):
        builder.choose("z")


@pytest.mark.parametrize(
    ("lapse", "share"),
    [
        (Lapse(0.2), 0.2),
        (Lapse({"name": "Uniform", "lower": 0, "upper": 0.6}), 0.3),
        (
            Lapse(
                {"formula": "1", "prior": {"Intercept": {"name": "Normal", "mu": 0, "sigma": 1}}}
            ),
            0.5,
        ),
    ],
)
def test_lapses_are_among_the_reaction_times(trials, lapse, share):
    spec = ModelSpec("ddm", lapse=None)
    bare = PriorBuilder(spec, data=trials)._sources.predict(spec, 0)
    builder = PriorBuilder(replace(spec, lapse=lapse), data=trials)
    found = builder._sources.predict(builder.spec, 0)
    assert found.lapses == pytest.approx(share, abs=0.02)
    assert f"{100 * found.lapses:.2g} % of the trials in it are lapses" in builder.words()
    # At 5.96 s, beyond nearly all decisions, what is left of the density is that of the lapses.
    lapses = found.heights[:, -1] - (1 - found.lapses) * bare.heights[:, -1]
    np.testing.assert_allclose(lapses, found.lapses / 20 / 2, rtol=1e-6)
    assert sum(found.shares) == pytest.approx(1 - (1 - found.lapses) * (1 - sum(bare.shares)))
    assert found.outside > bare.outside


def test_no_lapses_are_not_spoken_of():
    assert "lapses" not in PriorBuilder(ModelSpec("ddm", lapse=None)).words()


def test_a_model_of_many_choices_and_one_with_limits():
    assert "response 2" in seen(PriorBuilder("lba3", "b"))


def test_a_likelihood_of_ones_own_has_no_reaction_times():
    spec = ModelSpec("ddm", loglik=lambda *args: 0.0)
    assert "Reaction times" not in seen(PriorBuilder(spec, "v"))


def test_two_builders_know_nothing_of_each_other():
    one, two = PriorBuilder(), PriorBuilder()
    control(one, "mu").value = 1
    assert two.prior.args["mu"] == 0
    assert one.picture() != two.picture()


def test_a_name_of_a_column_is_escaped(trials):
    data = trials.rename(columns={"x": "a<b"})
    spec = ModelSpec("ddm", params=(Param("v", "1 + `a<b`"),))
    builder = PriorBuilder(spec, "v", data=data)
    assert "a<b" not in builder._repr_html_()
