"""A saved model is the model that was saved, or a sentence that says why not."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.errors import SsmkitError
from ssmkit.inference import storage

OTHERS = sorted((Path(__file__).parent / "saved").iterdir())
FILES = {"spec.json", "data.csv", "columns.json", "versions.json", "traces.nc"}


@pytest.fixture
def saved(fitted, tmp_path):
    return fitted.save(tmp_path / "fit")


def test_a_model_comes_back_with_its_data_and_traces(fitted, saved):
    assert {path.name for path in saved.iterdir()} == FILES
    again = ssmkit.HSSM.load(saved)
    assert again.spec == fitted.spec
    pd.testing.assert_frame_equal(again.data, fitted.data, check_exact=True)
    assert set(_compat.groups(again.traces)) == set(_compat.groups(fitted.traces))
    for name in _compat.groups(fitted.traces):
        one, two = _compat.group(fitted.traces, name), _compat.group(again.traces, name)
        assert one.identical(two), name
    assert again.summary().equals(fitted.summary())


@pytest.mark.parametrize("folder", OTHERS, ids=lambda path: path.name)
def test_a_folder_of_either_stack_loads(folder):
    model = ssmkit.HSSM.load(folder)
    assert list(_compat.posterior(model.traces).data_vars) == ["v", "a", "t"]
    assert float(_compat.posterior(model.traces)["v"].mean()) == pytest.approx(0.5, abs=0.6)
    assert model.data["condition"].dtype == "category"
    assert model.spec.resolved()[2].fixed == 0.5


def test_arviz_reads_the_traces(saved, fitted):
    import arviz as az

    traces = az.from_netcdf(str(saved / "traces.nc"))
    v = _compat.posterior(fitted.traces)["v"]
    np.testing.assert_array_equal(traces["posterior"]["v"], v)
    getattr(traces, "close", lambda: None)()


def test_a_model_that_was_not_sampled_is_saved_too(data, tmp_path):
    model = ssmkit.HSSM(data, model="angle", theta={"name": "Normal", "mu": 0, "sigma": 0.2})
    again = ssmkit.HSSM.load(model.save(tmp_path / "asked"))
    assert again.to_code() == model.to_code()
    with pytest.raises(SsmkitError, match="not sampled yet"):
        again.traces  # noqa: B018 - it is asked for


def test_a_python_likelihood_is_asked_for_again(data, tmp_path):
    def mine(values, v, a, z, t):
        return -np.abs(values[:, 0] - t)

    model = ssmkit.HSSM(data, loglik=mine, loglik_kind="blackbox")
    folder = model.save(tmp_path / "fit")
    with pytest.raises(SsmkitError, match=r"HSSM\.load\(folder, loglik=mine\)"):
        ssmkit.HSSM.load(folder)
    assert ssmkit.HSSM.load(folder, loglik=mine).spec == model.spec


def test_a_likelihood_that_was_not_there_is_refused(saved):
    with pytest.raises(SsmkitError, match="leave loglik out"):
        ssmkit.HSSM.load(saved, loglik=print)


def test_nothing_is_replaced_unasked(fitted, saved, tmp_path):
    before = (saved / "versions.json").read_text()
    with pytest.raises(SsmkitError, match="overwrite=True"):
        fitted.save(saved)
    assert (saved / "versions.json").read_text() == before
    fitted.save(saved, overwrite=True)
    assert {path.name for path in tmp_path.iterdir()} == {"fit"}


def test_a_persons_other_files_are_never_replaced(fitted, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    for place in (tmp_path, tmp_path / "thesis.txt"):
        with pytest.raises(SsmkitError, match="something else is there"):
            fitted.save(place, overwrite=True)
    with pytest.raises(SsmkitError, match="there is no folder"):
        fitted.save(tmp_path / "no" / "fit")
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_save_that_fails_leaves_what_was_there(fitted, saved, tmp_path, monkeypatch, error):
    def fails(path, traces):
        raise error

    monkeypatch.setattr(storage, "_write_traces", fails)
    with pytest.raises(type(error)):
        fitted.save(saved, overwrite=True)
    with pytest.raises(type(error)):
        fitted.save(tmp_path / "new")
    assert {path.name for path in tmp_path.iterdir()} == {"fit"}
    assert ssmkit.HSSM.load(saved).spec == fitted.spec


def test_a_rename_that_fails_puts_the_old_model_back(fitted, saved, tmp_path, monkeypatch):
    rename = Path.rename

    def fails(self, target):
        if self.name.startswith(".fit.") and not self.name.endswith(".old"):
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="no"):
        fitted.save(saved, overwrite=True)
    assert {path.name for path in tmp_path.iterdir()} == {"fit"}
    assert ssmkit.HSSM.load(saved).spec == fitted.spec


@pytest.mark.parametrize("name", sorted(FILES - {"versions.json"}))
def test_a_file_that_is_missing_or_changed_is_named(saved, name):
    content = (saved / name).read_bytes()
    (saved / name).write_bytes(content[:-3] + b"???")
    with pytest.raises(SsmkitError, match=f"{name}.* has changed since it was saved"):
        ssmkit.HSSM.load(saved)
    (saved / name).unlink()
    with pytest.raises(SsmkitError, match=f"{name}.* is missing"):
        ssmkit.HSSM.load(saved)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 99}, "pip install --upgrade ssmkit"),
        ({"format": "pickle"}, "not what save"),
        ({"sha256": None}, "not what save"),
    ],
)
def test_a_folder_of_another_form_is_refused(saved, change, message):
    path = saved / "versions.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(SsmkitError, match=message):
        ssmkit.HSSM.load(saved)


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_a_folder_without_a_model_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "versions.json").write_text(content)
    with pytest.raises(SsmkitError):
        ssmkit.HSSM.load(tmp_path)
