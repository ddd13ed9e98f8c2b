"""A report says what was done, and its numbers are those of the fit."""

import re

import numpy as np
import pandas as pd
import pytest
from inference.made import traces

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference.convergence import estimates
from ssmkit.inference.report import report
from ssmkit.spec import Lapse, ModelSpec, Param, Prior

ATTRS = {"sampler": "numpyro", "tuning_steps": 500, "random_seed": 7, "versions": "ssmkit=0.1"}
DATA = pd.DataFrame({"rt": np.full(200, 0.5), "response": 1.0, "x": np.linspace(-1.7, 1.7, 200)})
SPEC = ModelSpec("ddm", params=(Param("v", prior=Prior("Normal", mu=0, sigma=1)),))


def test_all_that_was_done_is_said():
    text = report(traces(attrs=ATTRS), SPEC, DATA)
    for words in (
        "the model ddm",
        "200 trials",
        "analytical likelihood",
        "We chose the priors v ~ Normal(mu: 0.0, sigma: 1.0).",
        "default priors were used for the rest: a ~ HalfNormal(sigma: 2.0)",
        "a share of 0.05",
        "Uniform(lower: 0.0, upper: 20.0) seconds",
        "No-U-Turn sampler of NumPyro, 4 chains of 1,000 draws each after 500 of warm-up (seed 7)",
        "ssmkit 0.1",
        "and 0 draws diverged",
    ):
        assert words in text, words
    assert "[" not in text.split("\n")[0]


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (ModelSpec("ddm", lapse=None), "No lapses were modelled."),
        (ModelSpec("ddm", lapse=Lapse(Prior("Beta", alpha=1, beta=19))), "an estimated share"),
        (ModelSpec("ddm", params=(Param("z", prior=0.5),)), "but fixed, was z = 0.5."),
        (ModelSpec("ddm"), "priors were used throughout: v ~ Normal"),
    ],
)
def test_what_differs_is_said(spec, words):
    assert words in report(traces(), spec, DATA)


def test_the_table_has_the_numbers_of_the_fit():
    made = traces()
    lines = [line for line in report(made, SPEC, DATA).split("\n") if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    table = estimates(made)
    for line, (name, row) in zip(lines[2:], table.iterrows(), strict=True):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert cells[0] == name
        assert [float(cell) for cell in cells[1:5]] == pytest.approx(
            row[["mean", "sd", "low", "high"]].tolist(), abs=5e-4
        )


def test_latex_has_nothing_that_latex_reads_as_a_command():
    values = traces()["posterior"]["v"].to_numpy()
    text = report(traces({"v_1|g_sigma": values}), SPEC, DATA, "latex")
    assert text.count(r"\begin{") == text.count(r"\end{") == 2
    assert r"v\_1\textbar{}g\_sigma" in text
    cells = re.sub(r"\\([&%$#_{}])", "", text).replace(" & ", "")
    assert not set("&%$#_|<>") & set(cells)
    assert text.count(r"\hline") == 3


def test_draws_that_should_not_be_used_are_not_reported_quietly():
    text = report(
        traces(stats={"diverging": traces()["posterior"]["v"].to_numpy() > 0}), SPEC, DATA
    )
    assert "[Do not use these estimates yet." in text


def test_another_format_is_refused():
    with pytest.raises(SsmkitError, match='format="markdown" or "latex"'):
        report(traces(), SPEC, DATA, "word")


def test_a_model_reports_itself(fitted):
    text = fitted.report()
    assert "2 chains of 300 draws" in text
    assert "No lapses" in text
    assert ssmkit.__version__ in text


def test_a_regression_is_told_with_its_terms():
    spec = ModelSpec(
        "ddm", params=(Param("v", "1 + x", prior={"x": Prior("Normal", mu=0, sigma=1)}),)
    )
    text = report(traces(), spec, DATA)
    assert "regressions: v ~ 1 + x (identity link)." in text
    assert "We chose the priors v_x ~ Normal(mu: 0.0, sigma: 1.0)." in text
    assert "for the rest: v_Intercept ~ " in text
