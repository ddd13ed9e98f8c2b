import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from oracles.usual import COSTLY

import ssmkit
from ssmkit import SsmkitError
from ssmkit.lessons.cli import main
from ssmkit.lessons.demo import own, run_demo

CAVANAGH = Path(os.environ.get("SSMKIT_DATA", "."), "cavanagh_theta_nn.csv")
FILES = {"report.html", "data.csv", "estimates.csv", "model.json"}
FILES |= {"fit.png", "pair.png", "posterior.png", "trace.png"}


@pytest.fixture
def csv(tmp_path):
    """Write a table as a person's file and return its path."""

    def write(table):
        path = tmp_path / "mine.csv"
        pd.DataFrame(table).to_csv(path, index=False)
        return path

    return write


def accuracy(trials=200):
    data = ssmkit.simulate_data("ddm", [0.8, 1.2, 0.5, 0.3], trials, random_state=0, exact=True)
    return data.assign(response=(data["response"] + 1) / 2)


def test_responses_0_1_are_refused_with_both_ways_out(csv):
    with pytest.raises(SsmkitError) as error:
        own(csv(accuracy()), "ddm")
    for way in ("--recode correct", "--recode upper", "code_responses("):
        assert way in str(error.value)


@pytest.mark.parametrize(("recode", "fixed"), [("correct", {"z": 0.5}), ("upper", {})])
def test_recode_turns_0_1_into_bounds(csv, recode, fixed):
    path = csv(accuracy())
    job = own(path, "ddm", recode=recode)
    np.testing.assert_array_equal(job.data["response"], 2 * pd.read_csv(path)["response"] - 1)
    assert "turned into -1/1" in job.source
    assert job.fixed == fixed


@pytest.mark.parametrize("recode", ["correct", "upper"])
def test_the_code_of_the_report_reads_the_same_data(csv, recode):
    job = own(csv(accuracy()), "ddm", recode=recode)
    names = {"ssmkit": ssmkit}
    exec(job.code, names)  # noqa: S102 - our own lines
    pd.testing.assert_frame_equal(names["data"], job.data)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"rt": [], "response": []}, "no trials"),
        ({"RT": [0.5], "response": [1]}, "rt"),
        ({"rt": [500.0, 700.0], "response": [1, -1]}, "milliseconds"),
        ({"rt": [0.5, 0.7], "response": ["left", "right"]}, "left"),
    ],
    ids=["empty", "column", "milliseconds", "words"],
)
def test_data_that_cannot_be_fitted_end_in_a_message(csv, tmp_path, capsys, table, says):
    path = csv(table)
    assert main(["demo", "--data", str(path), "--out", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr().err
    assert says in printed
    assert "To fix it: " in printed
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SsmkitError, match="there is no file"):
        own(tmp_path / "mine.csv", "ddm")


def test_a_file_that_is_no_table(tmp_path):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(SsmkitError, match="no CSV file"):
        own(tmp_path / "empty.csv", "ddm")


def test_an_unknown_model_is_refused_before_anything_else(tmp_path):
    with pytest.raises(SsmkitError, match="Did you mean 'ddm'"):
        run_demo("dmm", out=tmp_path / "out")


# A fit of the others takes many minutes: tests/test_recovery_of_models.py has them, as studies.
QUICK = [model for model in ssmkit.list_models() if model not in COSTLY]


@pytest.mark.full
@pytest.mark.parametrize("model", QUICK)
def test_demo_recovers_the_truth(model, tmp_path, capsys):
    """Fixed seed; |z| above 5 would be an error of the engine, not chance."""
    report = run_demo(model, out=tmp_path / "out", seed=0)
    assert {path.name for path in report.parent.iterdir()} == FILES
    table = pd.read_csv(tmp_path / "out" / "estimates.csv", index_col="parameter")
    assert ((table["mean"] - table["true"]) / table["sd"]).abs().max() < 5
    assert "The chains agree" in capsys.readouterr().out
    spec = ssmkit.ModelSpec.from_json((tmp_path / "out" / "model.json").read_text())
    assert spec.model == model
    assert report.stat().st_size < 400_000


@pytest.mark.full
def test_the_same_seed_gives_the_same_numbers(tmp_path, csv):
    path = csv(accuracy())
    tables = []
    for name in ("one", "two"):
        run_demo(data=path, recode="upper", out=tmp_path / name, seed=3)
        tables.append((tmp_path / name / "estimates.csv").read_text())
    assert tables[0] == tables[1]


@pytest.mark.full
@pytest.mark.skipif(not CAVANAGH.is_file(), reason="SSMKIT_DATA names no folder with this data set")
def test_demo_on_the_data_of_cavanagh_2011(tmp_path, capsys):
    options = ["demo", "--data", str(CAVANAGH), "--out", str(tmp_path / "out")]
    assert main(options) == 1
    assert "--recode" in capsys.readouterr().err
    assert main([*options, "--recode"]) == 0
    printed = capsys.readouterr().out
    assert "3,988 trials" in printed
    assert "The chains agree" in printed
    assert "true value" not in (tmp_path / "out" / "report.html").read_text()
