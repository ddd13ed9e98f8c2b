from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_calibration
from ssmkit.plots._style import TRUTH
from ssmkit.plots.calibration import curves


@dataclass
class Bands:
    z: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass
class Study:
    ranks: pd.DataFrame
    bands: Bands
    draws: int = 99
    alpha: float = 0.01


@pytest.fixture
def study():
    z = np.arange(1, 100) / 100
    ranks = np.tile(np.arange(100), 2)
    bands = Bands(z, np.maximum(200 * z - 20, 0), np.minimum(200 * z + 20, 200))
    return Study(pd.DataFrame({"v": ranks, "t": np.maximum(ranks - 30, 0)}), bands)


def test_uniform_ranks_lie_on_zero_and_low_ones_above_it(study):
    v, t = curves(study).panels
    np.testing.assert_allclose(v.difference, 0, atol=1e-12)
    assert v.inside
    assert t.difference[0] == pytest.approx(0.31 - 0.01)
    assert not t.inside
    assert v.high[49] == pytest.approx(0.1)


def test_what_leaves_its_band_is_drawn_in_the_colour_of_the_truth(study):
    v, t = plot_calibration(study).axes
    assert v.lines[-1].get_color() != TRUTH
    assert t.lines[-1].get_color() == TRUTH
    assert len(plot_calibration(study, var_names="t").axes) == 1


def test_an_unknown_name_is_refused(study):
    with pytest.raises(SsmkitError, match="there is no 'vv'"):
        plot_calibration(study, var_names=["vv"])
