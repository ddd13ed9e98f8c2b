"""Code is read as literals, and never run."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.errors import SsmkitError
from ssmkit.spec import Column, Lapse, Link, ModelSpec, Param, Prior, Vector

NORMAL = Prior("Normal", mu=0, sigma=1)
FIXED = ModelSpec("ddm", params=(Param("a", prior=1.5),))


@pytest.mark.parametrize(
    "code",
    [
        "HSSM(data, a=1.5)",
        "hssm.HSSM(data=df, a=+1.5)",
        "import ssmkit\nmodel = ssmkit.HSSM(data, 'ddm', a=1.5)\nmodel.sample(draws=10)",
        "HSSM(data, include=[{'name': 'a', 'prior': 1.5}])",
        "HSSM(data, 'ddm', [hssm.Param('a', prior=1.5)], p_outlier=0.05)",
        "HSSM(data, a=Param('a', prior=1.5), choices=[-1, 1])",
    ],
)
def test_every_way_to_write_the_call(code):
    assert ModelSpec.from_code(code) == FIXED


@pytest.mark.parametrize(
    ("value", "param"),
    [
        ("-0.5", Param("v", prior=-0.5)),
        ("None", Param("v")),
        ("[1, -2.5]", Param("v", prior=Vector((1.0, -2.5)))),
        ("data['x']", Param("v", prior=Column("x"))),
        ("Prior('Normal', mu=0, sigma=1)", Param("v", prior=NORMAL)),
        ("bmb.Prior('Normal', mu=0, sigma=1)", Param("v", prior=NORMAL)),
        ("dict(name='Normal', mu=0, sigma=1)", Param("v", prior=NORMAL)),
        ("{'prior': {'name': 'Normal', 'mu': 0, 'sigma': 1}}", Param("v", prior=NORMAL)),
        (
            "Prior('Normal', bounds=(0, 3), mu=0, sigma=1)",
            Param("v", prior=Prior("Normal", bounds=(0, 3), mu=0, sigma=1)),
        ),
        ("{'bounds': (-np.inf, math.inf)}", Param("v", bounds=(-inf, inf))),
        ("dict(bounds=(float('-inf'), inf))", Param("v", bounds=(-inf, inf))),
        ("hssm.Param('v', 'v ~ 1 + x')", Param("v", "1 + x")),
        (
            "dict(formula='1 + x', prior={'x': NORMAL})".replace("NORMAL", repr(NORMAL)),
            Param("v", "1 + x", {"x": NORMAL}),
        ),
        (
            "{'formula': '1 + x', 'link': Link('gen_logit', (0, 3))}",
            Param("v", "1 + x", link=Link("gen_logit", (0, 3))),
        ),
    ],
)
def test_every_value_that_can_be_read(value, param):
    assert ModelSpec.from_code(f"HSSM(data, v={value})") == ModelSpec("ddm", params=(param,))


def test_settings_are_read():
    code = "HSSM(data, 'angle', None, None, 'analytical', 0.1, dict(name='HalfNormal', sigma=2))"
    lapse = Lapse(0.1, Prior("HalfNormal", sigma=2))
    assert ModelSpec.from_code(code) == ModelSpec("angle", lapse=lapse)


def test_settings_of_regressions_are_read():
    code = "HSSM(data, global_formula='y ~ x', link_settings='log_logit', prior_settings=None,"
    spec = ModelSpec.from_code(
        f"{code} noncentered={{'v': False}}, extra_namespace=dict(f=open(x)))"
    )
    assert spec == ModelSpec.from_code(
        f"{code} noncentered={{'v': False}}, extra_namespace={{'f': 1}})"
    )
    assert spec.params[0] == Param("v", "x")
    assert spec.extra_namespace == ("f",)
    assert spec.noncentered == {"v": False}


@pytest.mark.parametrize(
    ("code", "path", "message"),
    [
        ("HSSM(data, a=", "code", "this is no Python"),
        ("1 + 1", "code", "there are 0 calls of HSSM"),
        ("HSSM(d)\nHSSM(d)", "code", "there are 2 calls of HSSM"),
        ("\nHSSM(data, a=value)", "code, line 2", "value is no literal"),
        ("HSSM(data, a=2 * 3)", "code, line 1", "2 * 3 is no literal"),
        ("HSSM(data, a=-'x')", "code, line 1", "-'x' is no literal"),
        ("HSSM(data, a=other['x'])", "code, line 1", "other['x'] is no literal"),
        ("HSSM(a=data['x'])", "code, line 1", "data['x'] is no literal"),
        ("HSSM(data, a={**x})", "code, line 1", "{**x} is no literal"),
        ("HSSM(data, a={1: 2})", "code, line 1", "1 is no literal"),
        ("HSSM(data, a=float('3'))", "code, line 1", "float('3') is no literal"),
        ("HSSM(data, **kw)", "code, line 1", "kw is no literal"),
        ("HSSM(*args)", "code, line 1", "*args is no literal"),
        ("HSSM(data, 'ddm', model='ddm')", "code, line 1", "HSSM is given 'model' twice"),
        ("HSSM(1, 2, 3, 4, 5, 6, 7, 8)", "code, line 1", "HSSM has 8 arguments without a name"),
        ("HSSM(data, extra_namespace=f)", "code, line 1", "f is no literal"),
        ("HSSM(data, extra_namespace={f: 1})", "code, line 1", "{f: 1} is no literal"),
        ("HSSM(data, 'dmm')", "model", "Did you mean 'ddm'?"),
        ("HSSM(data, aa=1)", "params.aa", "Did you mean 'a'?"),
        ("HSSM(data, a=Prior('Norml'))", "params.a", "Did you mean 'Normal'?"),
        ("HSSM(data, include=[Prior('Norml')])", "include[0]", "Did you mean 'Normal'?"),
        ("HSSM(data, v=Prior('Normal', 0, 1))", "code, line 1", "Prior has 3 arguments without"),
        ("HSSM(data, v={'formula': 'v ~ x y'})", "params.v.formula", "it ends before 'y'"),
    ],
)
def test_what_is_no_literal_is_refused_where_it_stands(code, path, message):
    with pytest.raises(SsmkitError) as caught:
        ModelSpec.from_code(code)
    (problem,) = caught.value.problems
    assert (problem.path, message in problem.message) == (path, True)


def test_nothing_is_run(tmp_path):
    mark = tmp_path / "mark"
    with pytest.raises(SsmkitError, match="is no literal"):
        ModelSpec.from_code(f"HSSM(data, a=open({str(mark)!r}, 'w'))")
    ModelSpec.from_code(f"HSSM(open({str(mark)!r}, 'w'), a=1)")
    assert not mark.exists()


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["ddm", "angle", "analytical", "blackbox", "Normal", "v", ""])
)
WORDS = st.sampled_from(["name", "prior", "bounds", "formula", "link", "mu", "sigma"])
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(WORDS, inner, max_size=4)
    ),
    max_leaves=10,
)
NAMES = st.sampled_from(
    [
        "model",
        "global_formula",
        "noncentered",
        "extra_namespace",
        "include",
        "loglik",
        "loglik_kind",
        "p_outlier",
        "lapse",
        "choices",
        "v",
        "b",
    ]
)


@settings(derandomize=True, deadline=None)
@given(NAMES, ANYTHING)
@pytest.mark.filterwarnings("ignore:.*has no lapses:ssmkit.errors.SsmkitWarning")
def test_no_call_gives_anything_but_a_spec_or_a_refusal(name, value):
    try:
        spec = ModelSpec.from_code(f"HSSM(data, {name}={value!r})")
    except SsmkitError:
        return
    assert isinstance(spec.validate(), tuple)
