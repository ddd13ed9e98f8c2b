"""The implied prior: the arithmetic of formula, link and bounds, and nothing else."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ssmkit.errors import SsmkitError
from ssmkit.spec import Column, ModelSpec, Param, Prior, implied_prior

N = 24
DATA = pd.DataFrame(
    {
        "x": np.linspace(-1, 1, N),
        "c": list("abc") * (N // 3),
        "g": np.repeat(list("pqrs"), N // 4),
    }
)
NORMAL = Prior("Normal", mu=1.0, sigma=2.0)


def implied(*args, draws=4000, **settings):
    spec = ModelSpec(params=(Param("v", *args),), **settings)
    return implied_prior(spec, DATA, "v", draws, 0)


def test_fixed_coefficients_give_the_line_itself():
    prior = {"Intercept": 1.0, "x": 0.5, "c": 2.0, "1|g": 0.25}
    values = implied("1 + x + c + (1|g) + offset(x)", prior, draws=3)
    expected = 1.25 + 1.5 * DATA["x"] + 2.0 * (DATA["c"] != "a")
    assert np.allclose(values, np.tile(expected, (3, 1)))


def test_coefficients_are_drawn_from_their_priors():
    """KS tests of 2 marginals at 1e-3 each: a false alarm in one of 500 seeds, and one seed."""
    values = implied("1 + x", {"Intercept": NORMAL, "x": Prior("Normal", mu=0, sigma=1)})
    slope = (values[:, -1] - values[:, 0]) / 2
    centre = (values[:, -1] + values[:, 0]) / 2
    assert stats.kstest(slope, stats.norm(0, 1).cdf).pvalue > 1e-3
    assert stats.kstest(centre, stats.norm(1, 2).cdf).pvalue > 1e-3


def test_effects_of_groups_share_their_draw_within_a_group_and_differ_between():
    """KS test at 1e-3 of the marginal effect against one drawn step by step: one seed."""
    prior = {
        "Intercept": 0.0,
        "1|g": {"name": "Normal", "mu": 0, "sigma": Prior("HalfNormal", sigma=0.7)},
    }
    values = implied("1 + (1|g)", prior)
    groups = values.reshape(len(values), 4, -1)
    assert (groups == groups[..., :1]).all()
    assert (groups[:, 0, 0] != groups[:, 1, 0]).all()
    rng = np.random.default_rng(1)
    sigma = np.abs(rng.normal(0, 0.7, size=20000))
    assert stats.ks_2samp(groups[:, 0, 0], rng.normal(0, sigma)).pvalue > 1e-3
    spread = groups[:, :, 0].std(axis=1)
    assert np.corrcoef(spread[:-1], spread[1:])[0, 1] < 0.1


def test_columns_of_a_group_are_matched_to_its_coefficients():
    prior = {"Intercept": 0.0, "1|g": 0.0, "c|g": Prior("Normal", mu=0, sigma=1)}
    values = implied("1 + (1 + c|g)", prior, draws=50)
    cells = DATA.groupby(["g", "c"]).indices
    for (_, level), rows in cells.items():
        assert np.allclose(values[:, rows], values[:, rows[:1]])
        assert (values[:, rows] == 0).all() == (level == "a")
    assert len({values[0, rows[0]] for rows in cells.values()}) == 1 + 4 * 2


def test_a_group_prior_of_another_family_is_drawn_too():
    """KS test at 1e-3 of one marginal: one seed."""
    student = {"name": "StudentT", "nu": 3, "mu": 0, "sigma": Prior("HalfNormal", sigma=1)}
    values = implied("0 + (1|g)", {"1|g": student}, draws=600)
    rng = np.random.default_rng(1)
    expected = rng.standard_t(3, 20000) * np.abs(rng.normal(size=20000))
    assert stats.ks_2samp(values[:, 0], expected).pvalue > 1e-3


@pytest.mark.parametrize("link", ["log", "gen_logit"])
def test_links_keep_a_parameter_within_its_bounds(link):
    spec = ModelSpec(params=(Param("a", "1 + x", link=link, bounds=(0, 50)),))
    values = implied_prior(spec, DATA, "a", 500, 0)
    assert np.isfinite(values).all()
    assert values.min() > 0


def test_what_the_bounds_exclude_is_not_a_number():
    spec = ModelSpec(params=(Param("a", "1 + x", {"Intercept": 0.0, "x": 1.0}),))
    values = implied_prior(spec, DATA, "a", 2, 0)
    assert np.isnan(values[:, DATA["x"] < 0]).all()
    assert np.allclose(values[:, DATA["x"] > 0], DATA["x"][DATA["x"] > 0])


def test_parameters_without_a_formula_have_their_own_prior():
    """KS test at 1e-3 of one marginal: one seed."""
    spec = ModelSpec(
        params=(Param("v", prior=Column("x")), Param("a", prior=NORMAL), Param("z", prior=0.5))
    )
    assert np.allclose(implied_prior(spec, DATA, "v", 2), [DATA["x"], DATA["x"]])
    assert (implied_prior(spec, DATA, "z", 2) == 0.5).all()
    values = implied_prior(spec, DATA, "a", 4000, 0)
    assert (values == values[:, :1]).all()
    law = stats.truncnorm(-0.5, np.inf, loc=1, scale=2)
    assert stats.kstest(values[:, 0], law.cdf).pvalue > 1e-3


def test_one_seed_gives_the_same_draws():
    assert np.array_equal(implied("1 + x + (1|g)"), implied("1 + x + (1|g)"))


@pytest.mark.parametrize("draws", [4000])
def test_the_defaults_on_links_lie_where_people_are(draws):
    """The medians of 4,000 draws are within 5 % of the table's with a false-alarm rate < 1e-4."""
    params = tuple(Param(name, "1 + x") for name in ("a", "z", "t"))
    spec = ModelSpec(params=params, link_settings="log_logit")
    for name, median in (("a", 1.0), ("z", 0.5), ("t", 0.3)):
        values = implied_prior(spec, DATA, name, draws, 0)
        assert np.median(values) == pytest.approx(median, rel=0.05)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(SsmkitError, match=r"no parameter 'aa'. Did you mean 'a'"):
        implied_prior(ModelSpec(), DATA, "aa")
    with pytest.raises(SsmkitError, match="left to Bambi"):
        implied("1 + x", prior_settings=None)
