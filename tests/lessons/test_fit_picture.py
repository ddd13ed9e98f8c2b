from types import SimpleNamespace

import numpy as np
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.lessons.fit_picture import curves, draw

TRUTH = {
    "ddm": {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3},
    "angle": {"v": 0.8, "a": 1.2, "z": 0.55, "t": 0.3, "theta": 0.3},
}


def fit(model, p_outlier):
    """Return what a fit would be whose posterior is all at the truth."""
    data = ssmkit.simulate_data(
        model, TRUTH[model], 4000, random_state=0, p_outlier=p_outlier, exact=True
    )
    draws = {name: np.full((2, 50), value) for name, value in TRUTH[model].items()}
    traces = _compat.build_traces({"posterior": draws})
    spec = ssmkit.HSSM(data, model=model, p_outlier=p_outlier).spec
    return SimpleNamespace(data=data, spec=spec, traces=traces)


@pytest.mark.parametrize("model", TRUTH)
@pytest.mark.parametrize("p_outlier", [0.0, 0.1])
def test_under_the_truth_the_density_has_the_mass_of_the_histogram(model, p_outlier):
    """4,000 trials: a share has a standard error of .008 at most; 4 of them are allowed.

    False alarms: about 1 in 4,000 for all.
    """
    for choice in curves(fit(model, p_outlier)):
        counted = np.sum(choice.heights * np.diff(choice.edges))
        mass = np.trapezoid(choice.middle, choice.x)
        assert mass == pytest.approx(counted, abs=0.032)


def test_the_picture_has_a_panel_for_each_choice():
    figure = draw(curves(fit("ddm", 0.05)))
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert [title.split(":")[0] for title in titles] == ["response -1", "response 1"]
