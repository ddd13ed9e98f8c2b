"""Code: the call of HSSM in as few arguments as it needs, laid out as a formatter would."""

import subprocess
import sys
from math import inf

import pytest

from ssmkit.errors import SsmkitError
from ssmkit.spec import Column, Lapse, ModelSpec, Param, Prior

RICH = ModelSpec(
    "angle",
    params=(
        Param("v", prior=Prior("Normal", mu=0, sigma=1), bounds=(-5, inf)),
        Param("a", prior=1.5),
        Param("z", prior=Column("start")),
        Param("theta", prior=Prior("TruncatedNormal", mu=0.2, sigma=0.3, lower=-0.1, upper=1.3)),
    ),
    lapse=Lapse(Prior("Beta", alpha=1, beta=19), Prior("Uniform", lower=0, upper=5)),
)
RICH_CODE = """\
HSSM(
    data,
    model="angle",
    a=1.5,
    z=data["start"],
    include=[
        {
            "name": "v",
            "prior": {"name": "Normal", "mu": 0.0, "sigma": 1.0},
            "bounds": (-5.0, float("inf")),
        },
        {
            "name": "theta",
            "prior": {
                "name": "TruncatedNormal",
                "mu": 0.2,
                "sigma": 0.3,
                "lower": -0.1,
                "upper": 1.3,
            },
        },
    ],
    p_outlier={"name": "Beta", "alpha": 1.0, "beta": 19.0},
    lapse={"name": "Uniform", "lower": 0.0, "upper": 5.0},
)"""

SCALED_CODE = """\
HSSM(
    data,
    include=[{"name": "v", "formula": "v ~ 1 + x", "link": "log"}],
    prior_settings="scaled",
)"""


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (ModelSpec(), "HSSM(data)"),
        (ModelSpec("angle", lapse=None), 'HSSM(data, model="angle", p_outlier=0)'),
        (ModelSpec(params=(Param("a", prior=1.5),)), "HSSM(data, a=1.5)"),
        (ModelSpec(lapse=Lapse(0.1)), "HSSM(data, p_outlier=0.1)"),
        (ModelSpec(params=(Param("v", prior=Column('a "b"')),)), "HSSM(data, v=data['a \"b\"'])"),
        (
            ModelSpec(params=(Param("a", bounds=(0, 3)),)),
            'HSSM(data, include=[{"name": "a", "bounds": (0.0, 3.0)}])',
        ),
        (RICH, RICH_CODE),
        (
            ModelSpec(params=(Param("v", "1 + x", link="log"),), prior_settings="scaled"),
            SCALED_CODE,
        ),
        (
            ModelSpec(extra_namespace=("f",), noncentered=False, link_settings="log_logit"),
            'HSSM(data, link_settings="log_logit", noncentered=False, extra_namespace={"f": f})',
        ),
    ],
)
def test_only_what_differs_from_the_default_is_written(spec, code):
    assert spec.to_code() == code


def test_a_formatter_has_nothing_to_add():
    pytest.importorskip("ruff", reason="ruff is the judge here, and is not installed")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "88", "-"]
    code = RICH.to_code() + "\n"
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=True)
    assert done.stdout == code


def test_a_vector_without_a_name_is_refused_with_the_way_out():
    spec = ModelSpec("ddm", params=(Param("v", prior=[0.1, 0.2]),))
    with pytest.raises(SsmkitError, match=r'make it a column: data\["v_fixed"\]'):
        spec.to_code()
