"""Studies: what is kept, what is taken up, and that a wrong posterior is found."""

import json

import numpy as np
import pandas as pd
import pytest

import ssmkit
from ssmkit.errors import SsmkitError, SsmkitWarning
from ssmkit.studies import runs

SMALL = {"trials": 40, "draws": 200, "tune": 200, "a": 1.5, "z": 0.5, "t": 0.3, "p_outlier": 0}
WIDE = {"name": "Normal", "mu": 0.0, "sigma": 2.0}


def study(**changes):
    return ssmkit.calibrate("ddm", **(SMALL | {"fits": 4, "progressbar": False} | changes))


def test_a_study_is_taken_up_where_it_was_left_and_gives_the_same(tmp_path):
    whole = study()
    first = study(fits=2, folder=tmp_path)
    kept = (tmp_path / "fit-00001.json").read_bytes()
    (tmp_path / "fit-00000.json").unlink()
    again = study(folder=tmp_path)
    assert (tmp_path / "fit-00001.json").read_bytes() == kept
    pd.testing.assert_frame_equal(again.ranks, whole.ranks)
    pd.testing.assert_frame_equal(first.ranks, whole.ranks[:2])
    assert sorted(x.name for x in tmp_path.iterdir()) == [
        *(f"fit-0000{i}.json" for i in range(4)),
        "study.json",
    ]


@pytest.mark.parametrize("change", [{"a": 1.2}, {"random_state": 1}, {"trials": 41}])
def test_a_folder_of_another_study_is_refused(tmp_path, change):
    (tmp_path / "study.json").write_text(json.dumps(_described()), "utf-8")
    with pytest.raises(SsmkitError, match="another study"):
        study(folder=tmp_path, **change)


def _described():
    arguments = {name: SMALL[name] for name in ("a", "z", "t", "p_outlier")}
    joint = runs.Joint(_spec(arguments), pd.DataFrame(index=range(40)))
    return runs.Study(joint, 0, 200, 200, 2).described()


def _spec(arguments):
    params = {name: x for name, x in arguments.items() if name != "p_outlier"}
    return ssmkit.ModelSpec.build(model="ddm", p_outlier=0, params=params)


def test_an_interrupt_keeps_the_fits_that_were_finished(monkeypatch):
    fit = runs.Study.fit

    def interrupted(self, number):
        if number == 2:
            raise KeyboardInterrupt
        return fit(self, number)

    monkeypatch.setattr(runs.Study, "fit", interrupted)
    with pytest.warns(SsmkitWarning, match="2 of 4 fits"):
        assert len(study().ranks) == 2
    monkeypatch.setattr(runs.Study, "fit", lambda *_: interrupted(None, 2))
    with pytest.raises(KeyboardInterrupt):
        study()


def test_ranks_count_the_thinned_draws_below_the_truth():
    values = np.arange(200.0).reshape(2, 100)
    ranks = runs._ranks(_Values(values), np.array([100.0]))
    kept = np.linspace(0, 199, 99).round()
    assert ranks == [int((kept < 100).sum())]


class _Values:
    def __init__(self, values):
        self.to_numpy = lambda: values


@pytest.mark.full
def test_a_right_posterior_stays_and_wrong_ones_leave():
    """A right one leaves in one run of 1e4, and the wrong ones stay in as few.

    The prior of the wrong model is a seventh as wide as that of the truths; the shifted posterior
    lies some .8 of its standard deviations too low.
    """
    settings = {"fits": 100, "alpha": 1e-4}
    right = study(v=WIDE, **settings)
    assert right.ok, right

    joint = runs.Joint(_spec({"a": 1.5, "z": 0.5, "t": 0.3, "v": WIDE}), _rows())
    narrow = _spec({"a": 1.5, "z": 0.5, "t": 0.3, "v": WIDE | {"sigma": 0.3}})
    wrong = [_wrong(joint, narrow, number) for number in range(100)]
    ranks = runs.column(wrong, "rank")
    assert "v" in _calibration(right, ranks).outside

    moved = np.clip(right.ranks["v"] + 30, 0, 99)
    assert "v" in _calibration(right, right.ranks.assign(v=moved)).outside


def _rows():
    return pd.DataFrame(index=range(40))


def _wrong(joint, narrow, number):
    study = runs.Study(joint, 0, 200, 200, 2)
    drawn = joint.draw(study._rng(number, 0))
    other = runs.Study(runs.Joint(narrow, _rows()), 0, 200, 200, 2)
    traces = other._sample(drawn.data, 200, number)
    return {"estimates": other._table(drawn, traces).to_dict("index")}


def _calibration(like, ranks):
    from ssmkit.studies.calibration import Calibration

    return Calibration(like.spec, ranks, like.fits, like.draws, like.alpha)
