"""Default priors of terms: the published table, and what it implies on the natural scale."""

from math import inf

import numpy as np
import pytest

from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import Link, Prior
from ssmkit.spec.defaults import SCALES, natural_prior, scale_of, term_priors
from ssmkit.spec.terms import Terms

POSITIVE = (0.0, inf)
UNIT = (0.0, 1.0)
REAL = (-inf, inf)
TERMS = Terms(("Intercept", "x"), ("1|g", "x|g"))
BOUNDS = {"v": REAL, "a": POSITIVE, "z": UNIT, "t": POSITIVE, "sv": POSITIVE, "theta": (-1.5, 1.5)}
BOUNDS |= dict.fromkeys(("sz", "st"), POSITIVE) | dict.fromkeys(("vh", "vl1", "vl2", "g"), REAL)
BOUNDS |= {"alpha": POSITIVE, "beta": POSITIVE, "levy.alpha": (1.0, 2.0)}
BOUNDS |= {"p_outlier": UNIT}
BOUNDS |= dict.fromkeys(("A", "b", "sd", "v0", "v1", "v2", "v3"), POSITIVE)
BOUNDS |= {name: POSITIVE for name in SCALES if name.startswith("race")}


def priors(name, link, settings="safe", model="ddm", bounds=None, terms=TERMS):
    default = Prior("Normal", mu=0, sigma=2)
    return term_priors(name, model, link, bounds or BOUNDS[name], default, settings, terms)


def normal(mu, sigma):
    return Prior("Normal", mu=mu, sigma=sigma)


@pytest.mark.parametrize(
    ("name", "link", "settings", "model", "intercept", "slope", "group"),
    [
        ("v", Link(), "safe", "ddm", normal(2, 3), 0.25, 0.7),
        ("v", Link(), "safe", "ddm_sdv", normal(2, 3), 0.25, 0.7),
        ("v", Link(), "safe", "angle", normal(0, 2), 1.0, 0.7),
        ("v", Link(), "scaled", "ddm", normal(0, 2), 1.0, 0.7),
        ("a", Link("log"), "safe", "ddm", normal(0, 0.5), 0.3, 0.3),
        ("t", Link("log"), "safe", "ddm", normal(-1.2, 0.5), 0.2, 0.3),
        ("z", Link("logit"), "safe", "ddm", normal(0, 0.46), 0.3, 0.3),
        ("z", Link("gen_logit", UNIT), "safe", "ddm", normal(0, 0.46), 0.3, 0.3),
        ("sv", Link("log"), "safe", "ddm_sdv", normal(-0.51, 0.7), 0.3, 0.3),
        ("theta", Link("gen_logit", (-0.1, 1.3)), "safe", "angle", normal(-1.3, 0.9), 0.5, 0.5),
        ("a", Link(), "safe", "ddm", Prior("LogNormal", mu=0, sigma=0.5), 0.3, 0.3),
        ("t", Link(), "safe", "ddm", Prior("LogNormal", mu=-1.2, sigma=0.5), 0.06, 0.09),
        ("z", Link(), "safe", "ddm", Prior("Beta", alpha=10, beta=10), 0.075, 0.075),
    ],
)
def test_the_table(name, link, settings, model, intercept, slope, group):
    assert priors(name, link, settings, model) == {
        "Intercept": intercept,
        "x": normal(0, slope),
        "1|g": Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=group)),
        "x|g": Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=group)),
    }


def test_on_its_trained_box_the_boundary_keeps_the_published_intercept():
    box = (0.3, 3.0)
    assert priors("a", Link("gen_logit", box), bounds=box)["Intercept"] == normal(-1.05, 0.8)


LINKS = [
    *((name, Link()) for name in SCALES),
    *((name, Link(link)) for name in "azt" for link in ("probit", "cloglog", "log")),
    *((name, Link("gen_logit", (0.0, 2.5))) for name in ("a", "t", "sv")),
    ("sv", Link("log")),
    ("v", Link("gen_logit", (-5.0, 5.0))),
    ("theta", Link("gen_logit", (-1.5, 1.5))),
]


@pytest.mark.parametrize(("name", "link"), LINKS, ids=str)
def test_through_any_link_the_middle_of_the_prior_stays_where_it_was(name, link):
    bounds = BOUNDS[name]
    prior = priors(name, link, "scaled")["Intercept"]
    natural = SCALES[name].natural
    drawn = link.backward(frozen(prior.name, prior.args).ppf([0.25, 0.5, 0.75]))
    lo, hi = max(bounds[0], link.range[0]), min(bounds[1], link.range[1])
    law = frozen(natural.name, natural.args)
    start, end = law.cdf(lo), law.cdf(hi)
    quartiles = law.ppf(start + np.array([0.25, 0.5, 0.75]) * (end - start))
    width = quartiles[2] - quartiles[0]
    # The published numbers for sv and theta are rounder than the moments.
    assert np.abs(drawn - quartiles).max() < (0.5 if SCALES[name].tuned else 0.2) * width


def test_scaled_slopes_are_for_one_standard_deviation():
    terms = Terms(("Intercept", "x", "c"), ("x|g",), scales={"x": 10.0, "x|g": 10.0})
    scaled = priors("v", Link(), "scaled", terms=terms)
    assert scaled["x"] == normal(0, 0.1)
    assert scaled["c"] == normal(0, 1)
    assert scaled["x|g"].args["sigma"] == Prior("HalfNormal", sigma=0.07)
    assert priors("v", Link(), "safe", terms=terms)["x"] == normal(0, 0.25)
    constant = Terms(("x",), scales={"x": 0.0})
    assert priors("v", Link(), "scaled", terms=constant)["x"] == normal(0, 1)


def test_a_cell_mean_is_a_value_and_no_difference():
    terms = Terms(("c",), ("1|g",), cells=frozenset({"c"}))
    found = priors("v", Link(), terms=terms)
    assert found["c"] == normal(2, 3)
    assert found["1|g"].args["mu"] == 0.0


def test_groups_with_nothing_around_which_to_lie_get_a_mean_with_the_intercepts_prior():
    terms = Terms((), ("1|g",), locations=frozenset({"1|g"}))
    prior = priors("a", Link("log"), terms=terms)["1|g"]
    assert prior.hyperpriors == {"mu": normal(0, 0.5), "sigma": Prior("HalfNormal", sigma=0.3)}


def test_a_sign_turns_only_what_may_have_either():
    terms = Terms(("s",), signs=frozenset({"s"}))
    assert priors("v", Link(), terms=terms)["s"] == normal(2, 3)
    assert priors("z", Link("logit"), terms=terms)["s"] == normal(0, 0.3)
    assert priors("t", Link("log"), terms=terms)["s"] == normal(0, 0.2)


def test_without_settings_bambi_chooses():
    assert priors("v", Link(), None) == dict.fromkeys(TERMS.names)


def test_a_parameter_that_the_table_lacks_takes_its_own_prior():
    found = priors("new", Link(), bounds=REAL)
    assert found["Intercept"] == normal(0, 2)
    assert found["x"] == normal(0, 1)


def test_bounds_without_prior_mass_still_give_a_prior():
    found = priors("a", Link("gen_logit", (200.0, 300.0)), bounds=(200.0, 300.0))
    assert found["Intercept"].args["mu"] == 0.0
    assert found["Intercept"].args["sigma"] > 0


@pytest.mark.parametrize("model", list_models())
def test_every_parameter_of_every_model_is_in_the_table(model):
    assert all(scale_of(name, model) for name in get_config(model).list_params)


def test_plain_parameters_keep_the_fields_defaults_unless_scaled():
    default = Prior("HalfNormal", sigma=2)
    assert (
        natural_prior("t", "ddm", default, "safe")
        == natural_prior("t", "ddm", default, None)
        == default
    )
    assert natural_prior("t", "ddm", default, "scaled") == Prior("LogNormal", mu=-1.2, sigma=0.5)
    assert natural_prior("new", "ddm", default, "scaled") == default


def test_bounds_too_near_each_other_for_a_slope_are_no_error():
    link = Link("gen_logit", (-5.3894191070941955e-278, 0.0))
    assert priors("theta", link)["Intercept"].args["sigma"] >= 0
