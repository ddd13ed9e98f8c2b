"""The posteriors of the kit are calibrated; the numbers of the last study are in results.md."""

import numpy as np
import pandas as pd
import pytest
from studies.cases import CASES, study

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.studies.calibration import Calibration

FITS = pd.DataFrame({"r_hat": [1.0], "ess": [900.0], "diverging": [0], "redrawn": [0]})


def made(ranks):
    fits = pd.concat([FITS] * len(next(iter(ranks.values()))), ignore_index=True)
    return Calibration(ssmkit.ModelSpec("ddm"), pd.DataFrame(ranks), fits, 99, 0.01)


def test_it_says_which_parameter_leaves_the_bands():
    uniform = np.tile(np.arange(100), 3)
    found = made({"v": uniform, "t": uniform // 2 + 25})
    assert found.outside == ("t",)
    assert not found.ok
    assert "t outside the bands" in repr(found)
    assert made({"v": uniform}).ok
    assert found.table.loc["v", "deviation"] == pytest.approx(0, abs=1e-12)
    worst = found.table.loc["t"]
    assert abs(worst["deviation"]) > abs(worst["band"])
    assert worst["p"] < 1e-6


def test_it_says_where_the_sampler_did_not_do():
    found = made({"v": np.arange(100)})
    fits = found.fits.assign(ess=np.where(found.fits.index < 3, 20, 900), diverging=1)
    said = repr(Calibration(found.spec, found.ranks, fits, 99, 0.01))
    assert "3 of 100 fits" in said
    assert "100 of 100 fits had divergences" in said


@pytest.mark.parametrize("wrong", [{"fits": 0}, {"random_state": -1}, {"alpha": 1.0}])
def test_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(SsmkitError):
        ssmkit.calibrate("ddm", trials=50, progressbar=False, **wrong)


@pytest.mark.study
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("case", CASES)
def test_posteriors_are_calibrated(case, tmp_path):
    """A right posterior fails once in 100 runs of a case."""
    found = study(case, tmp_path)
    assert found.ok, found
