from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_recovery
from ssmkit.plots._style import TRUTH
from ssmkit.plots.recovery import curves


@dataclass
class Study:
    table: pd.DataFrame


@pytest.fixture
def study():
    truth = np.tile([0.0, 1.0, 2.0], 2)
    mean = np.add(truth, [0.1, -0.1, 0.9, 0.0, 0.2, -0.2])
    names = np.repeat(["v", "a"], 3)
    low, high = mean - 0.5, mean + 0.5
    return Study(
        pd.DataFrame({"parameter": names, "truth": truth, "mean": mean, "low": low, "high": high})
    )


def test_intervals_that_miss_the_truth_are_counted_and_coloured(study):
    v, a = curves(study).panels
    assert v.covered.tolist() == [True, True, False]
    assert a.covered.all()
    axes = plot_recovery(study).axes[0]
    assert axes.get_title(loc="left") == "v: 2 of 3 covered"
    missed = [line for line in axes.lines if line.get_color() == TRUTH]
    assert missed[0].get_xydata().tolist() == [[2.0, 2.9]]


def test_fits_of_one_truth_stand_side_by_side(study):
    study.table["truth"] = 1.0
    axes = plot_recovery(study, var_names="a").axes[0]
    places = np.sort(np.concatenate([line.get_xdata() for line in axes.lines[:2]]))
    assert len(np.unique(places)) == 3


def test_an_unknown_name_is_refused(study):
    with pytest.raises(SsmkitError, match="there is no 'w'"):
        plot_recovery(study, var_names="w")
