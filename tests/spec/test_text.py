"""The field's block of text, line for line."""

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
