import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig._distribution_table import TABLE
from ssmkit.modelconfig.distributions import (
    check_arguments,
    frozen,
    get_distribution,
    list_distributions,
    support,
)

# One ordinary number for each argument name, inside every distribution's own range for it.
NUMBERS = {
    "TruncatedNormal": {"lower": -0.5, "upper": 2.0},
    "Uniform": {"lower": -0.5, "upper": 2.0},
    "Triangular": {"lower": -0.5, "upper": 2.0, "c": 0.7},
    "SkewNormal": {"alpha": -1.3},
    "Beta": {"mu": 0.4, "sigma": 0.2},
}
ORDINARY = {"mu": 0.7, "q": 0.3}
FORMS = [(name, form) for name, row in TABLE.items() for form in row.forms]
IDS = [f"{name}({','.join(form.defaults)})" for name, form in FORMS]


def ordinary(name, form):
    numbers = ORDINARY | NUMBERS.get(name, {})
    return {arg: numbers.get(arg, 1.6) for arg in form.defaults}


def required(name, form):
    args = ordinary(name, form)
    return {arg: args[arg] for arg, default in form.defaults.items() if default is None}


@pytest.mark.parametrize(
    ("name", "args"),
    [
        pytest.param(name, args, id=f"{name}({','.join(args)})")
        for name, form in FORMS
        for args in {
            len(args): args for args in (ordinary(name, form), required(name, form))
        }.values()
    ],
)
def test_density_is_pymcs_with_all_arguments_and_with_the_required_ones(name, args):
    import pymc as pm

    rv = frozen(name, args)
    x = rv.ppf(np.linspace(0.01, 0.99, 25))
    ours = rv.logpdf(x)
    theirs = pm.logp(getattr(pm, name).dist(**args), x).eval()
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(("name", "form"), FORMS, ids=IDS)
def test_quantiles_invert_the_cdf_inside_the_support(name, form):
    args = ordinary(name, form)
    rv, (lower, upper) = frozen(name, args), support(name, args)
    p = np.linspace(0.001, 0.999, 51)
    x = rv.ppf(p)
    np.testing.assert_allclose(rv.cdf(x), p, atol=1e-8)
    assert np.all((lower <= x) & (x <= upper))


@pytest.mark.parametrize(("name", "form"), FORMS, ids=IDS)
def test_ordinary_arguments_have_no_problem(name, form):
    assert check_arguments(name, ordinary(name, form)) == ()


@pytest.mark.parametrize(
    ("name", "arg"), [(name, arg) for name, row in TABLE.items() for arg in sorted(row.positive)]
)
@pytest.mark.parametrize("bad", [0.0, -1.0])
def test_scales_must_be_positive(name, arg, bad):
    form = next(form for form in TABLE[name].forms if arg in form.defaults)
    (problem,) = check_arguments(name, ordinary(name, form) | {arg: bad}, "params.v.prior")
    assert problem.path == f"params.v.prior.{arg}"
    assert f"{bad!r}" in problem.message
    assert "above 0" in problem.message


@pytest.mark.parametrize(
    ("name", "args", "law"),
    [
        ("Uniform", {"lower": 2.0, "upper": 1.0}, "lower < upper"),
        ("Uniform", {"lower": 1.0}, "lower < upper"),
        ("TruncatedNormal", {"lower": 0.0, "upper": 0.0}, "lower < upper"),
        ("Triangular", {"lower": 0.0, "upper": 1.0, "c": 3.0}, "lower <= c <= upper"),
        ("Beta", {"mu": 1.5, "nu": 3.0}, "0 < mu < 1"),
        ("Beta", {"mu": 0.5, "sigma": 0.6}, "sigma < sqrt(mu * (1 - mu))"),
        ("AsymmetricLaplace", {"q": 1.0, "mu": 0.0, "b": 1.0}, "0 < q < 1"),
    ],
)
def test_arguments_that_contradict_each_other(name, args, law):
    problem = check_arguments(name, args)[-1]
    assert law in problem.message
    with pytest.raises(SsmkitError):
        frozen(name, args)


def test_misspelt_distribution():
    with pytest.raises(SsmkitError, match="Did you mean 'HalfNormal'") as caught:
        get_distribution("HalfNorml", "params.a.prior")
    assert caught.value.problems[0].path == "params.a.prior"
    assert all(name in caught.value.problems[0].fix for name in list_distributions())


def test_misspelt_argument():
    (problem,) = check_arguments("Normal", {"mu": 0.0, "sigmma": 1.0})
    assert "Did you mean 'sigma'" in problem.message
    assert "Normal(mu, sigma)" in problem.fix


@pytest.mark.parametrize(
    ("name", "args"),
    [("Gamma", {"alpha": 1.0}), ("Gamma", {"alpha": 1.0, "sigma": 2.0}), ("Cauchy", {})],
)
def test_arguments_that_do_not_determine_the_distribution(name, args):
    (problem,) = check_arguments(name, args)
    assert "not determined" in problem.message
    assert problem.fix.startswith(f"write {name}(")


@pytest.mark.parametrize("bad", ["2", None, float("nan"), True, [1.0]])
def test_an_argument_must_be_a_number(bad):
    (problem,) = check_arguments("Normal", {"mu": bad})
    assert "which is no number" in problem.message


def test_only_a_truncation_may_be_infinite():
    assert check_arguments("TruncatedNormal", {"upper": np.inf}) == ()
    (problem,) = check_arguments("Uniform", {"upper": np.inf})
    assert "finite" in problem.fix


def test_numpy_numbers_count_as_numbers():
    assert check_arguments("Normal", {"mu": np.float32(0), "sigma": np.int64(2)}) == ()
