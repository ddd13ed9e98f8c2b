import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.integrate import quad

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_prior
from ssmkit.plots._beliefs import exact, mixed, sampled
from ssmkit.plots._style import TRUTH
from ssmkit.plots.prior import curves
from ssmkit.spec import ModelSpec, Prior

X = np.tile([-1.0, 0.5, 1.0, 2.0], 10)
DATA = pd.DataFrame({"rt": 1.0, "response": 1, "x": X, "who": np.repeat(np.arange(8), 5)})


def spec(**params):
    return ModelSpec.build(DATA, params=params)


def shown(model, **settings):
    return panels(curves(model, data=DATA, **settings))


def panels(found):
    return {panel.label: panel for row in found.rows for panel in row}


@pytest.mark.parametrize(
    ("prior", "law"),
    [
        (Prior("Normal", mu=1, sigma=2), stats.norm(1, 2)),
        (Prior("HalfNormal", sigma=2), stats.halfnorm(0, 2)),
        (Prior("Gamma", alpha=3, beta=2), stats.gamma(3, scale=0.5)),
    ],
    ids=["Normal", "HalfNormal", "Gamma"],
)
def test_a_density_and_its_interval_are_those_of_the_distribution(prior, law):
    found = exact(prior, (-np.inf, np.inf), 0.9)
    inner = slice(1, -1)
    assert found.height[inner] == pytest.approx(law.pdf(found.x[inner]), rel=1e-9)
    low, high = found.interval
    assert law.cdf(high) - law.cdf(low) == pytest.approx(0.9)
    p = np.linspace(0, 0.1, 5001)
    assert high - low == pytest.approx((law.ppf(p + 0.9) - law.ppf(p)).min(), rel=1e-3)


def test_a_prior_is_truncated_at_the_bounds_of_its_parameter():
    found = panels(curves(spec(a={"name": "Normal", "mu": 0.5, "sigma": 1})))["a"].curve
    law = stats.truncnorm(-0.5, np.inf, 0.5, 1)
    assert (found.x[0], found.height[0]) == (0.0, 0.0)
    assert found.height[1:-1] == pytest.approx(law.pdf(found.x[1:-1]), rel=1e-9)


def test_of_equally_narrow_intervals_the_one_in_the_middle_is_shown():
    found = exact(Prior("Uniform", lower=0, upper=1), (-np.inf, np.inf), 0.9)
    assert found.interval == pytest.approx((0.05, 0.95))


def test_effects_of_groups_are_mixed_over_their_deviation():
    prior = Prior("Normal", mu=0.0, sigma=Prior("HalfNormal", sigma=0.7))
    found = sampled(mixed(prior, np.random.default_rng(0))[None], 0.94)

    def of(x):
        return quad(lambda s: stats.norm.pdf(x, 0, s) * stats.halfnorm.pdf(s, 0, 0.7), 0, 9)[0]

    points = np.array([-1.2, -0.5, 0.3, 0.8])
    assert np.interp(points, found.x, found.height) == pytest.approx([*map(of, points)], rel=0.03)


def test_the_implied_prior_is_that_of_a_trial_and_says_what_is_out_of_bounds():
    """Four standard errors of 4,000 draws: one false alarm in 10,000 for each of two numbers."""
    terms = {"Intercept": Prior("Normal", mu=0.3, sigma=0.2), "x": Prior("Normal", mu=0, sigma=0.1)}
    found = shown(spec(t={"formula": "1 + x", "prior": terms}))
    each = stats.norm(0.3, np.sqrt(0.04 + 0.01 * X**2))
    outside = each.cdf(0).mean()
    error = np.sqrt(outside * (1 - outside) / 4000)
    assert found["t"].outside == pytest.approx(outside, abs=4 * error)
    low, high = found["t"].curve.interval
    mass = (each.cdf(high) - each.cdf(max(low, 0))).mean() / (1 - outside)
    assert mass == pytest.approx(0.94, abs=4 * np.sqrt(0.94 * 0.06 / 4000))
    assert found["t_x"].curve.interval == pytest.approx(
        np.array([-1, 1]) * 0.1 * stats.norm.ppf(0.97), rel=1e-3
    )


def test_a_link_keeps_the_implied_prior_in_the_bounds():
    found = shown(spec(z={"formula": "1 + x", "link": "logit"}))
    assert found["z"].outside == 0
    assert found["z"].curve.x.min() >= 0
    assert found["z"].curve.x.max() <= 1
    assert found["z"].scale == ""
    assert found["z_x"].scale == "on the logit link"


def test_the_default_stands_beside_a_prior_that_was_given_and_nowhere_else():
    given = {"Intercept": {"name": "Normal", "mu": 0.3, "sigma": 0.2}}
    found = shown(spec(t={"formula": "1 + x", "prior": given}, z=Prior("Beta", alpha=9, beta=9)))
    assert {name for name, panel in found.items() if panel.ghost is not None} == {
        "t",
        "t_Intercept",
        "z",
    }
    usual = spec(t={"formula": "1 + x"}).resolve("t", DATA).priors["Intercept"]
    ghost = exact(usual, (-np.inf, np.inf), 0.94)
    assert found["t_Intercept"].ghost.height.tolist() == ghost.height.tolist()
    assert found["z"].ghost.interval == pytest.approx((0.03, 0.97))


def test_groups_lapses_and_fixed_values_are_told():
    model = ssmkit.HSSM(
        DATA.assign(rt=np.linspace(0.4, 1.4, 40), response=np.tile([1, -1], 20)),
        include=[{"name": "v", "formula": "0 + (1 | who)", "prior": {"1|who": 0.5}}],
        a={"formula": "1 + (1 | who)", "link": "log"},
        z=0.5,
        p_outlier=Prior("Beta", alpha=2, beta=30),
    )
    found = curves(model)
    names = ["v", "a", "a_Intercept", "a_1|who", "a_1|who_sigma", "t", "p_outlier"]
    assert list(panels(found)) == names
    assert found.note == "v_1|who is fixed at 0.5. Fixed: z = 0.5."
    assert panels(found)["p_outlier"].ghost.interval[0] == pytest.approx(0)
    assert [len(row) for row in found.rows] == [1, 4, 2]


def test_a_spec_without_data_shows_its_terms():
    found = curves(ModelSpec.build(include=[{"name": "v", "formula": "1 + x"}], params={"a": 1}))
    assert list(panels(found)) == ["v_Intercept", "v_x", "z", "t"]
    assert "data=... shows what the terms imply for v" in found.note


def test_terms_that_are_left_to_bambi_are_named():
    model = ModelSpec.build(
        DATA, include=[{"name": "v", "formula": "1 + x"}], prior_settings=None, params={"a": 1}
    )
    assert list(shown(model)) == ["z", "t"]
    assert "v_x is left to Bambi" in curves(model, data=DATA).note


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        ("v", ["v", "v_Intercept", "v_x"]),
        (["v_x", "t"], ["v_x", "t"]),
        ("~v", ["a", "z", "t"]),
        (["v", "~v_x"], ["v", "v_Intercept"]),
    ],
)
def test_names_choose_parameters_and_terms(names, labels):
    asked = ModelSpec.build(DATA, include=[{"name": "v", "formula": "1 + x"}])
    assert list(shown(asked, var_names=names)) == labels


def test_a_panel_says_prior_interval_and_scale():
    figure = plot_prior(spec(a=1.5, z=0.5), truth={"v": 0.4, "t": np.ones(3)})
    v, t = figure.axes
    assert v.get_title(loc="left") == "v"
    minus = "\N{MINUS SIGN}"
    assert [text.get_text() for text in v.texts] == [
        "Normal(mu=0, sigma=2)",
        f"94 %: {minus}3.8 to 3.8, default",
    ]
    assert (v.get_xlabel(), t.get_xlabel()) == ("", "seconds")
    assert [line.get_color() for line in v.lines].count(TRUTH) == 1
    assert [line.get_color() for line in t.lines].count(TRUTH) == 0


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda: plot_prior(spec(v=1, a=1, z=0.5, t=0.3)), "all is fixed"),
        (lambda: plot_prior({"v": 1}), "give the model itself"),
        (lambda: plot_prior(spec(), var_names="vv"), "Did you mean 'v'"),
        (lambda: plot_prior(spec(), hdi_prob=94), r"hdi_prob=0\.94"),
    ],
)
def test_what_cannot_be_shown_is_refused(ask, answer):
    with pytest.raises(SsmkitError, match=answer):
        ask()
