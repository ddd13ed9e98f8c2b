import arviz as az
import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_posterior
from ssmkit.plots.posterior import curves, decimals


def test_marginals_have_the_mean_and_interval_of_the_draws(traces, draws, truth):
    found = curves(traces, truth=truth, hdi_prob=0.8)
    assert [m.label for m in found.marginals[:5]] == ["v_Intercept", "a", "z", "t", "theta"]
    for marginal in found.marginals[:5]:
        own = draws[marginal.label]
        assert marginal.mean == pytest.approx(own.mean())
        assert marginal.interval == pytest.approx(np.asarray(az.hdi(own.ravel(), 0.8)))
    assert [m.truth for m in found.marginals[:5]] == [0.45, 1.5, 0.5, 0.3, None]


def test_a_panel_says_what_it_shows(traces, truth):
    figure = plot_posterior(traces, var_names=["a", "theta"], truth=truth)
    known, unknown = figure.axes
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["a", "theta"]
    low, high = curves(traces, var_names="a").marginals[0].interval
    assert known.texts[0].get_text() == f"1.50  [{low:.2f}, {high:.2f}]"
    assert [line.get_color() for line in known.lines].count("#d55e00") == 1
    assert [line.get_color() for line in unknown.lines].count("#d55e00") == 0


def test_the_shaded_part_is_the_interval(traces):
    figure = plot_posterior(traces, var_names="a")
    low, high = curves(traces, var_names="a").marginals[0].interval
    shade = figure.axes[0].collections[0].get_paths()[0].get_extents()
    step = np.ptp(curves(traces, var_names="a").marginals[0].x) / 511
    assert (shade.x0, shade.x1) == pytest.approx((low, high), abs=1.01 * step)


@pytest.mark.parametrize("mass", [0, 1.2, 94])
def test_a_mass_outside_0_to_1_is_refused(traces, mass):
    with pytest.raises(SsmkitError, match=r"hdi_prob=0\.94"):
        plot_posterior(traces, hdi_prob=mass)


@pytest.mark.parametrize(
    ("width", "places"), [(0.24, 2), (0.024, 3), (3, 1), (120, 0), (0, 2), (1e-30, 8)]
)
def test_numbers_have_two_digits_of_their_uncertainty(width, places):
    assert decimals(width) == places
