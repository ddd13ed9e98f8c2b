import numpy as np
import pandas as pd
import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_cartoon
from ssmkit.plots.cartoon import curves

THETA = {"v": 0.9, "a": 1.2, "z": 0.5, "t": 0.3}


def test_areas_are_the_probabilities_of_the_responses():
    scene = curves("ddm", THETA, n_paths=0).scenes[0]
    upper = 1 / (1 + np.exp(-2 * 0.9 * 1.2))
    assert scene.shares == pytest.approx((1 - upper, upper), abs=1e-6)
    areas = [np.trapezoid(height, scene.rt) for height in scene.heights]
    # With no bias the times of both responses have one distribution.
    assert areas == pytest.approx([0.97 * (1 - upper), 0.97 * upper], rel=0.02)
    assert scene.heights[1][0] == 0


def test_times_begin_with_the_earliest_onset():
    scene = curves("full_ddm", n_paths=0).scenes[0]
    assert scene.rt[0] == pytest.approx(scene.theta["t"] - scene.theta["st"])
    areas = [np.trapezoid(height, scene.rt) for height in scene.heights]
    assert areas == pytest.approx([0.97 * share for share in scene.shares], rel=0.05)


def test_scenes_share_their_scales_and_say_what_differs():
    found = curves("angle", [[0.5, 1.2, 0.5, 0.3, 0.2], [2.0, 1.2, 0.5, 0.3, 0.2]], n_paths=3)
    assert [scene.title for scene in found.scenes] == ["v = 0.5", "v = 2"]
    assert found.scenes[0].rt.tolist() == found.scenes[1].rt.tolist()
    figure = plot_cartoon("angle", {**THETA, "v": [0.5, -2.0], "theta": 0.2}, n_paths=3)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    words = [text.get_text() for text in figure.axes[1].texts]
    minus = "\N{MINUS SIGN}"
    assert words[0] == f"response {minus}1: 99 %"
    assert words[2] == f"v = {minus}2, a = 1.2, z = 0.5, t = 0.3 s, theta = 0.2"


def test_paths_are_those_of_the_seed_and_coloured_by_their_end():
    one, same, other = (curves("ddm", THETA, random_seed=seed).scenes[0] for seed in (1, 1, 2))
    assert all(
        np.array_equal(a.evidence, b.evidence) for a, b in zip(one.paths, same.paths, strict=True)
    )
    assert not np.array_equal(one.paths[0].evidence, other.paths[0].evidence)
    thin = [
        line for line in plot_cartoon("ddm", THETA).axes[0].lines if line.get_linewidth() == 0.6
    ]
    assert len(thin) == 8
    for line, path in zip(thin, curves("ddm", THETA).scenes[0].paths, strict=True):
        assert line.get_color() == {1: "#0072b2", -1: "#e69f00", 0: "#aab1b9"}[path.response]


def test_a_model_is_shown_at_its_posterior_mean(plain):
    found = curves(plain, n_paths=1)
    posterior = ssmkit._compat.posterior(plain.traces)
    for name in ("v", "a", "t"):
        assert found.scenes[0].theta[name] == pytest.approx(float(posterior[name].mean()))
    assert found.scenes[0].theta["z"] == 0.5
    assert found.note == "At the posterior mean."
    assert curves(plain, THETA, n_paths=1).scenes[0].theta == THETA


def test_a_regression_is_shown_on_average_or_at_rows(regressed):
    found = curves(regressed, data=pd.DataFrame({"x": [-1.0, 1.0], "more": "y"}), n_paths=1)
    assert [scene.title for scene in found.scenes] == ["x = \N{MINUS SIGN}1", "x = 1"]
    posterior = ssmkit._compat.posterior(regressed.traces)
    b0, b1 = (float(posterior[name].mean()) for name in ("v_Intercept", "v_x"))
    assert [s.theta["v"] for s in found.scenes] == pytest.approx([b0 - b1, b0 + b1], rel=1e-5)
    average = curves(regressed, n_paths=1)
    assert average.scenes[0].theta["v"] == pytest.approx(b0, rel=1e-5)
    assert "averaged over trials (v vary)" in average.note


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda m: plot_cartoon(ssmkit.HSSM(m.data)), r"model\.sample\(\)"),
        (lambda model: plot_cartoon(model, data=model.data), "240 rows"),
        (lambda _: plot_cartoon("ddm", {**THETA, "v": np.arange(5)}), "5 sets"),
        (lambda _: plot_cartoon("ddm", THETA, n_paths=51), "n_paths=8"),
        (lambda _: plot_cartoon("dmm"), "Did you mean 'ddm'"),
    ],
)
def test_what_cannot_be_shown_is_refused(ask, answer, regressed):
    with pytest.raises(SsmkitError, match=answer):
        ask(regressed)
