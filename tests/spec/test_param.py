"""A parameter: a default, a prior, or fixed; one value whichever way it is written."""

import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.spec import Column, Link, Param, Prior, Vector

DATA = pd.DataFrame({"rt": [0.5, 0.7], "response": [1.0, -1.0], "drift": [0.1, 0.9]})
NORMAL = {"name": "Normal", "mu": 0, "sigma": 1}
HIERARCHICAL = NORMAL | {"sigma": {"name": "HalfNormal", "sigma": 1}}


@pytest.mark.parametrize(
    ("x", "prior", "bounds"),
    [
        (None, None, None),
        (1.5, 1.5, None),
        (np.float32(1.5), 1.5, None),
        (np.array(1.5), 1.5, None),
        (NORMAL, Prior("Normal", mu=0, sigma=1), None),
        (Prior("Normal", mu=0, sigma=1), Prior("Normal", mu=0, sigma=1), None),
        ({"prior": NORMAL}, Prior("Normal", mu=0, sigma=1), None),
        ({"prior": 1.5, "bounds": (0, 3)}, 1.5, (0.0, 3.0)),
        ({"name": "v", "bounds": (0, 3)}, None, (0.0, 3.0)),
        (Param("v", prior=1.5), 1.5, None),
        (Param("v", prior=NORMAL, bounds=[0, 3]), Prior("Normal", mu=0, sigma=1), (0.0, 3.0)),
        (DATA["drift"], Column("drift"), None),
        ([0.1, 0.9], Column("drift"), None),
        ({"prior": np.array([0.1, 0.9])}, Column("drift"), None),
        (Param("v", prior=DATA["drift"]), Column("drift"), None),
        ([0.1, 0.8], Vector((0.1, 0.8)), None),
    ],
)
def test_every_way_to_write_a_parameter(x, prior, bounds):
    param = Param.from_any("v", x, DATA)
    assert param == Param("v", prior=prior, bounds=bounds)
    assert isinstance(hash(param), int)


@pytest.mark.parametrize(
    ("entry", "param"),
    [
        ({"name": "a", "prior": 1.5}, Param("a", prior=1.5)),
        ({"name": "a"}, Param("a")),
        ({"name": "a", "prior": [0.1, 0.9]}, Param("a", prior=Column("drift"))),
        (Param("a", prior=[0.1, 0.9]), Param("a", prior=Column("drift"))),
        ({"name": "a", "formula": "a ~ 1 + x"}, Param("a", "1 + x")),
        (
            {"name": "a", "formula": "1 + x", "link": "log", "prior": {"x": 0.5, "1|g": NORMAL}},
            Param("a", "a ~ 1 + x", {"x": 0.5, "1|g": Prior("Normal", mu=0, sigma=1)}, Link("log")),
        ),
    ],
)
def test_entries_of_include(entry, param):
    assert Param.from_entry(entry, "include[0]", DATA) == param


@pytest.mark.parametrize(
    ("x", "path", "message"),
    [
        ({"formula": "a ~ 1 + x"}, "params.v.formula", "the formula of v is about 'a'"),
        ({"prior": NORMAL, "link": "log"}, "params.v.link", "v has a link and no formula"),
        ({"formula": "1 + x", "link": "lg"}, "params.v.link", "Did you mean 'log'?"),
        ({"formula": "1 + x", "prior": NORMAL}, "params.v.prior", "a prior for each term"),
        ({"formula": "1 + x", "prior": 0.5}, "params.v.prior", "a prior for each term"),
        ({"formula": "1 + x", "prior": {"x": "N"}}, "params.v.prior.x", "'N' is no prior"),
        ({"prior": HIERARCHICAL}, "params.v.prior", "only effects of groups can have"),
        ({"prior": 1, "bound": (0, 1)}, "params.v.bound", "'bound'. Did you mean 'bounds'?"),
        ({**NORMAL, "bounds": (0, 1)}, "params.v.name", "this one is named 'Normal'"),
        ({"prior": {"name": "Norml"}}, "params.v.prior", "Did you mean 'Normal'?"),
        ({"bounds": (1, 0)}, "params.v.bounds", "bounds are two numbers"),
        (Param("a", prior=1), "params.v", "the Param given to 'v' is named 'a'"),
        (np.nan, "params.v.prior", "the fixed value is not a number (NaN)"),
        (np.inf, "params.v.prior", "the fixed value is infinite"),
        ([0.1, np.nan], "params.v.prior", "1 of the fixed values are NaN or infinite"),
        ("v ~ 1 + x", "params.v.prior", "'v ~ 1 + x' is a formula and no prior"),
        (True, "params.v.prior", "True is no prior"),
    ],
)
def test_what_is_no_parameter_is_refused_where_it_stands(x, path, message):
    with pytest.raises(SsmkitError) as caught:
        Param.from_any("v", x, DATA)
    (problem,) = caught.value.problems
    assert (problem.path, message in problem.message) == (path, True)
    assert problem.fix


def test_a_param_reprs_as_code():
    param = Param("a", "1 + x", {"x": 0.5}, "log", (0, 3))
    assert eval(repr(param), {"Param": Param, "Link": Link}) == param  # noqa: S307 (our own repr)
    assert isinstance(hash(param), int)


@pytest.mark.parametrize("entry", [{"prior": 1.5}, 3, None, {"name": 3}])
def test_an_entry_without_a_name_is_refused(entry):
    with pytest.raises(SsmkitError, match=r"include\[1\]: .* does not name a parameter"):
        Param.from_entry(entry, "include[1]")


def test_an_entry_that_mixes_prior_and_parameter_says_where_arguments_belong():
    with pytest.raises(SsmkitError, match=r"no key 'mu'.*arguments of a distribution belong in"):
        Param.from_entry({"name": "v", "mu": 0.0, "sigma": 1.0}, "include[0]")


def test_a_vector_without_a_name_says_how_to_get_one():
    with pytest.raises(SsmkitError, match=r'make it a column: data\["v_fixed"\] = values'):
        Param("v", prior=[0.1, 0.8]).require_named()
    Param("v", prior=Column("drift")).require_named()
