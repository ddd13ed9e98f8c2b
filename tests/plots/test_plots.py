"""What holds for every plot: a pure function of the draws, small, and shown once."""

import doctest
import importlib
import io
import subprocess
import sys

import matplotlib as mpl
import matplotlib.style
import numpy as np
import pytest
from matplotlib.figure import Figure

import ssmkit.plots
from ssmkit import _compat
from ssmkit.errors import SsmkitError

# Those of a study, a model or a table are drawn from more than draws, with laws of their own.
OTHERS = [
    f"plot_{name}"
    for name in (
        *("calibration", "cartoon", "compare", "predictive", "prior"),
        *("quantile_probability", "recovery"),
    )
]
NAMES = [x for x in ssmkit.plots.__all__ if x not in OTHERS]
PLOTS = [getattr(ssmkit.plots, name) for name in NAMES]
every_plot = pytest.mark.parametrize("plot", PLOTS, ids=NAMES)
# A notebook keeps its pictures: 40 of them must leave it small.
MOST_BYTES = 60 * 1024


def png(figure, **kwargs):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", **kwargs)
    return buffer.getvalue()


def settings():
    """Return all settings but the backend, which reading would choose."""
    return {name: mpl.rcParams[name] for name in mpl.rcParams if name != "backend"}


@every_plot
def test_a_picture_is_small_and_the_same_for_a_model_and_for_its_posterior(
    plot, traces, draws, make, truth
):
    class Model:
        def __init__(self, traces):
            self.traces = traces

    calm = make({name: draws[name] for name in ("v_Intercept", "a", "z", "t", "theta")})
    pictures = [png(plot(source, truth=truth)) for source in (Model(calm), _compat.posterior(calm))]
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) < MOST_BYTES
    figure = plot(traces, truth=truth)
    assert isinstance(figure, Figure)
    assert len(png(figure, bbox_inches="tight")) < MOST_BYTES


@every_plot
def test_a_picture_takes_nothing_from_settings_outside_and_leaves_none_behind(plot, traces):
    names = ["a", "theta"]
    plain = png(plot(traces, var_names=names))
    with matplotlib.style.context("dark_background"):
        mpl.rcParams.update({"font.size": 20, "lines.linewidth": 9, "figure.dpi": 30})
        before = settings()
        figure = plot(traces, var_names=names)
        assert png(figure) == plain
        assert settings() == before
    assert figure._repr_png_() == plain


@every_plot
def test_a_model_that_was_not_sampled_is_refused(plot):
    class Model:
        traces = None

    with pytest.raises(SsmkitError, match=r"model\.sample\(\)"):
        plot(Model())


@every_plot
def test_one_short_chain_and_values_that_never_change_can_be_drawn(plot, make):
    steady = {"a": np.full((1, 5), 2.0), "b": np.arange(5.0)[None], "c": np.zeros((1, 5))}
    assert png(plot(make(steady), truth={"a": 2.0}))


@every_plot
def test_what_is_not_shown_is_said_below_the_picture(plot, traces):
    assert "p (300 values)" in plot(traces)._supxlabel.get_text().replace("\n", " ")


@pytest.mark.parametrize("room", ["correlation", "forest", "pair", "posterior", "rank", "trace"])
def test_examples_run(room):
    failed, tried = doctest.testmod(importlib.import_module(f"ssmkit.plots.{room}"))
    assert tried >= 3
    assert failed == 0


def test_matplotlib_is_loaded_with_the_first_plot_and_pyplot_never():
    script = """
import sys
import ssmkit.plots
plot = ssmkit.plots.plot_trace
assert not any(name.startswith(("matplotlib", "scipy")) for name in sys.modules)
import numpy as np, xarray as xr
plot(xr.Dataset({"v": (("chain", "draw"), np.random.default_rng(0).normal(size=(2, 50)))}))
assert "matplotlib.figure" in sys.modules
assert "matplotlib.pyplot" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)
