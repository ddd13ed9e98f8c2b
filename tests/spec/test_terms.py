"""The terms of a formula on data: formulae's own, and what their coefficients mean."""

import formulae
import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.spec import ModelSpec
from ssmkit.spec.terms import design, read_terms

RNG = np.random.default_rng(0)
N = 24
DATA = pd.DataFrame(
    {
        "x": RNG.normal(size=N),
        "wide": 10 * RNG.normal(size=N),
        "binary": np.tile([0, 1], N // 2),
        "sign": np.tile([-1, 1], N // 2),
        "same": 1.0,
        "c": list("abc") * (N // 3),
        "g": np.repeat(list("pqrs"), N // 4),
        "hole": [np.nan] + [1.0] * (N - 1),
        "zero": np.arange(N),
    }
)


@pytest.mark.parametrize(
    "formula",
    ["1", "1 + x", "0 + c", "x*c", "1 + c + (1 + x|g)", "bs(x, df=4)", "0 + (0 + c|g)", "(1|g:c)"],
)
def test_the_design_is_what_formulae_makes(formula):
    ours, theirs = design(formula, DATA), formulae.design_matrices(formula, DATA)
    terms = read_terms(formula, DATA)
    for mine, other, named in (
        (ours.common, theirs.common, terms.common),
        (ours.group, theirs.group, terms.group),
    ):
        assert (mine is None) == (other is None)
        if mine is not None:
            assert tuple(other.terms) == named
            assert np.array_equal(np.asarray(mine), np.asarray(other))
    widths = sum(terms.widths[name] * terms.groups.get(name, 1) for name in terms.names)
    assert widths == sum(
        np.asarray(matrix).shape[1] for matrix in (theirs.common, theirs.group) if matrix
    )


@pytest.mark.parametrize(
    ("formula", "cells", "signs", "locations"),
    [
        ("1 + c", set(), set(), set()),
        ("0 + c", {"c"}, set(), set()),
        ("0 + C(binary)", {"C(binary)"}, set(), set()),
        ("0 + binary", set(), set(), set()),
        ("0 + sign", set(), {"sign"}, set()),
        ("1 + sign", set(), set(), set()),
        ("0 + c + (1|g)", {"c"}, set(), set()),
        ("0 + (1|g)", set(), set(), {"1|g"}),
        ("0 + (0 + c|g)", set(), set(), {"c|g"}),
        ("1 + (0 + c|g)", set(), set(), set()),
        ("0 + x + (x|g)", set(), set(), {"1|g"}),
    ],
)
def test_which_coefficients_are_values_of_the_parameter(formula, cells, signs, locations):
    terms = read_terms(formula, DATA)
    assert (terms.cells, terms.signs, terms.locations) == (cells, signs, locations)


def test_scales_are_standard_deviations_or_half_the_distance_of_two_codes():
    scales = read_terms("1 + x + wide + binary + sign + c + (wide|g)", DATA).scales
    assert scales == pytest.approx(
        {
            "x": DATA["x"].std(ddof=0),
            "wide": DATA["wide"].std(ddof=0),
            "wide|g": DATA["wide"].std(ddof=0),
            "binary": 0.5,
            "sign": 1.0,
        }
    )
    assert read_terms("1 + same", DATA).scales == {"same": 0.0}


def test_an_offset_has_no_coefficient():
    assert read_terms("1 + offset(x)", DATA).names == ("Intercept",)
    assert read_terms("1 + offset(x)").names == ("Intercept",)


@pytest.mark.parametrize("formula", ["1 + x", "x*c", "0 + C(c)", "1 + (1 + x|g)", "0 + (1|g)"])
def test_without_data_the_text_gives_the_same_names(formula):
    text, data = read_terms(formula), read_terms(formula, DATA)
    assert (text.names, text.cells, text.locations) == (data.names, data.cells, data.locations)


def test_functions_of_ones_own_are_used_whatever_they_are_called():
    for name in ("f", "design", "data", "np_like"):
        matrices = design(f"1 + {name}(x)", DATA, {name: lambda x: 2 * x})
        assert np.allclose(np.asarray(matrices.common)[:, 1], 2 * DATA["x"])


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1 + y", "the data have no column 'y'"),
        ("1 + hole", "1 of 24 values of hole are missing (NaN)"),
        ("1 + np.log(zero)", "1 values of np.log(zero) are infinite or NaN"),
        ("1 + (np.log(zero)|g)", "1 values of np.log(zero)|g are infinite or NaN"),
        ("1 + f(x)", "cannot be computed on these data: ZeroDivisionError"),
        ("1 + center(c)", "cannot be computed on these data"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
def test_what_cannot_be_computed_is_refused(formula, message):
    with pytest.raises(SsmkitError) as caught:
        design(formula, DATA, {"f": lambda x: 1 / 0}, "params.v.formula")
    (problem,) = caught.value.problems
    assert problem.path == "params.v.formula"
    assert message in problem.message


def test_a_gaussian_process_is_a_term_of_which_bambi_chooses_priors():
    """Bambi teaches formulae the function when it is imported, here on the first use of it."""
    pytest.importorskip("bambi", reason="Bambi is optional: it fits regressions")
    data = pd.DataFrame({"rt": [0.5, 0.7, 0.9], "response": [1.0, -1.0, 1.0], "x": [0.0, 1.0, 3.0]})
    name = "hsgp(x, m=5, c=1.5)"
    terms = read_terms(f"1 + {name}", data)
    assert terms.common == ("Intercept", name)
    assert terms.smooth == {name} == read_terms(f"1 + {name}").smooth
    spec = ModelSpec.build(data, include=[{"name": "v", "formula": f"v ~ 1 + {name}"}])
    assert spec.resolved(data)[0].priors[name] is None
    given = {"name": "v", "formula": f"v ~ 1 + {name}", "prior": {name: 1.0}}
    with pytest.raises(SsmkitError, match="priors are Bambi's"):
        ModelSpec.build(data, include=[given]).resolved(data)
