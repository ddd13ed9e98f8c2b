"""The field's block of text, line for line."""

import pandas as pd
import pytest

from ssmkit.modelconfig import list_models
from ssmkit.spec import Column, Lapse, ModelSpec, Param, Prior, summary_text

DDM = """\
Hierarchical Sequential Sampling Model
Model: ddm

Response variable: rt,response
Likelihood: analytical
Observations: 1000

Parameters:

v:
    Prior: Normal(mu: 0.0, sigma: 2.0)
    Explicit bounds: (-inf, inf)

a:
    Prior: HalfNormal(sigma: 2.0)
    Explicit bounds: (0.0, inf)

z:
    Prior: Uniform(lower: 0.0, upper: 1.0)
    Explicit bounds: (0.0, 1.0)

t:
    Prior: HalfNormal(sigma: 2.0)
    Explicit bounds: (0.0, inf)


Lapse probability: 0.05
Lapse distribution: Uniform(lower: 0.0, upper: 20.0)"""


def test_the_defaults_read_as_the_field_knows_them():
    assert summary_text(ModelSpec("ddm"), 1000) == DDM


def test_without_lapses_there_are_no_lapse_lines():
    assert summary_text(ModelSpec("ddm", lapse=None), 1000) == DDM.rsplit("\n\n\n", maxsplit=1)[0]


def test_a_fixed_value_prints_bare_and_a_column_as_it_is_typed():
    spec = ModelSpec("ddm", params=(Param("a", prior=1.5), Param("v", prior=Column("drift"))))
    text = summary_text(spec, 10)
    assert "a:\n    Prior: 1.5\n    Explicit bounds: (0.0, inf)\n" in text
    assert 'v:\n    Prior: data["drift"]\n' in text


def test_bounds_are_those_used_and_the_prior_is_as_given():
    spec = ModelSpec("ddm", params=(Param("a", bounds=(-1, 3)),))
    text = summary_text(spec, 10)
    assert "a:\n    Prior: HalfNormal(sigma: 2.0)\n    Explicit bounds: (0.0, 3.0)\n" in text


def test_an_estimated_lapse_probability_is_no_parameter_block():
    text = summary_text(ModelSpec("ddm", lapse=Lapse(Prior("Beta", alpha=1, beta=19))), 10)
    assert "\n\n\nLapse probability: Beta(alpha: 1.0, beta: 19.0)\n" in text
    assert "p_outlier" not in text


@pytest.mark.parametrize("model", list_models())
def test_every_parameter_of_every_model_has_a_block(model):
    spec = ModelSpec(model)
    blocks = summary_text(spec, 10).split("Parameters:\n\n")[1].split("\n\n\n")[0].split("\n\n")
    assert [block.split(":")[0] for block in blocks] == list(spec.config.list_params)


REGRESSION = """\
v:
    Formula: v ~ 1 + x + y
    Priors:
        v_Intercept ~ Normal(mu: 2.0, sigma: 3.0)
        v_x ~ Normal(mu: 0.0, sigma: 0.25)
        v_y ~ Normal(mu: 0.0, sigma: 0.25)
    Link: identity
    Explicit bounds: (-inf, inf)"""


def test_a_regression_reads_as_the_field_knows_it():
    spec = ModelSpec("ddm", params=(Param("v", "v ~ 1 + x + y"),))
    text = summary_text(spec, 1000)
    assert text == DDM.replace(DDM.split("\n\n")[3], REGRESSION)


def test_groups_numbers_and_what_is_left_open():
    prior = {"x": 0.5, "1|g": Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=0.7))}
    spec = ModelSpec(params=(Param("a", "1 + x + (1|g)", prior, "log"),), prior_settings=None)
    assert (
        "        a_Intercept ~ chosen by Bambi\n"
        "        a_x ~ 0.5\n"
        "        a_1|g ~ Normal(mu: 0.0, sigma: HalfNormal(sigma: 0.7))\n"
        "    Link: log\n"
    ) in summary_text(spec, 10)


def test_on_the_data_cell_means_are_known():
    data = pd.DataFrame({"c": ["a", "b", "a", "b"]})
    spec = ModelSpec(params=(Param("v", "0 + c"),))
    assert "v_c ~ Normal(mu: 2.0, sigma: 3.0)" in summary_text(spec, 4, data)
