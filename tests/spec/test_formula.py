"""The guard of formulas: nothing that was written is dropped in silence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.errors import SsmkitError
from ssmkit.spec.formula import check_names, names, predictors, reading


@pytest.mark.parametrize(
    ("formula", "text", "read"),
    [
        ("v ~ 1 + x", "1 + x", "1 + x"),
        ("  v~x ", "x", "1 + x"),
        ("x*y", "x*y", "1 + x + y + x:y"),
        ("0 + C(c)", "0 + C(c)", "0 + C(c)"),
        ("x - 1", "x - 1", "0 + x"),
        ("v ~ 1 + (1 + x|g)", "1 + (1 + x|g)", "1 + (1|g) + (x|g)"),
        ("(1|g/h)", "(1|g/h)", "1 + (1|g) + (1|g:h)"),
        ("(x + y)**2", "(x + y)**2", "1 + x + y + x:y"),
        ("{x + 1}", "{x + 1}", "1 + I(x + 1)"),
        ("I(x**2)", "I(x**2)", "1 + I(x ** 2)"),
        ("`my column`", "`my column`", "1 + my column"),
        ("1", "1", "1"),
    ],
)
def test_what_can_be_read_is_kept_and_said(formula, text, read):
    assert predictors(formula, "v", "params.v.formula") == text
    assert reading(text) == read


@pytest.mark.parametrize(
    ("formula", "message", "fix"),
    [
        ("v ~ x y", "it ends before 'y', and the rest would be dropped", "write"),
        ("v ~ x ) + z", "it ends before ')'", "write"),
        ("v ~ 1|s", "the | stands without brackets", "write (1|s)"),
        ("v ~ 1 + x | s", "the | stands without brackets", "write (1|s)"),
        ("(1 + x||s)", "without correlations", "with one |"),
        ("v ~ (1|s", "Expect ')' after expression", "write"),
        ("v ~ 1 +", "cannot be read", "write"),
        ("v ~ x ~ y", "cannot be read", "write"),
        ("v ~ x %% y", "it ends before '%'", "write"),
        ("_x", "Unexpected character: _", "`backquotes`"),
        ("x^2", "Unexpected character: ^", "write"),
        ("x == 3", "cannot be read", "write"),
        ("x**2", "a power of one variable would be read as itself", "I(x ** 2)"),
        ("x + log(y)**2", "a power of one variable", "I(x ** 2)"),
        ("a ~ 1 + x", "the formula of v is about 'a'", 'write "v ~ 1 + x"'),
        ("v ~ 0", "'0' has no term", "write"),
        ("", "'' is no formula", "write"),
        (None, "None is no formula", "write"),
        (3, "3 is no formula", "write"),
    ],
)
def test_what_would_be_dropped_or_misread_is_refused(formula, message, fix):
    with pytest.raises(SsmkitError) as caught:
        predictors(formula, "v", "params.v.formula")
    (problem,) = caught.value.problems
    assert problem.path == "params.v.formula"
    assert message in problem.message
    assert fix in problem.fix


def test_names_are_those_of_the_data_and_those_of_functions():
    text = "1 + np.log(x) + C(c, Treatment('b')) + bs(y, df=4) + `a b` + (z|g:h)"
    variables, functions = names(text)
    assert set(variables) == {"x", "c", "y", "a b", "z", "g", "h"}
    assert set(functions) == {"np.log", "C", "Treatment", "bs"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 + cohernce", "no column 'cohernce'. Did you mean 'coherence'?"),
        ("(1|subj)", "no column 'subj'"),
        ("centr(coherence)", "no function 'centr' for formulas. Did you mean 'center'?"),
        ("log(coherence)", "no function 'log' for formulas. Did you mean 'np.log'?"),
        ("np.lgo(coherence)", "no function 'np.lgo'"),
        ("{coherence + mising}", "no column 'mising'"),
    ],
)
def test_unknown_names_are_named_with_the_nearest(text, message):
    (problem,) = check_names(text, ["coherence", "subject_id", 3], ("f",), "params.v.formula")
    assert message in problem.message


@pytest.mark.parametrize(
    "text", ["f(x) + w", "m.f(x)", "np.log(x) + np.where(x, 1, 0)", "C(x, Sum)"]
)
def test_known_names_are_fine(text):
    assert check_names(text, ["x"], ("f", "w", "m"), "path") == ()


@pytest.mark.parametrize(
    "text", ["pd.read_pickle(x)", "np.load(x)", "os.system(x)", "eval(x)", "np.lib.format(x)"]
)
def test_a_formula_cannot_reach_what_reads_files_or_runs_code(text):
    (problem,) = check_names(text, ["x"], (), "path")
    assert "there is no function" in problem.message


PIECES = st.sampled_from([*"xyg10|()~+-*:/{}[],=.`'", "C(", "**", " ", "(1|g)", "np.log("])


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(PIECES, max_size=9).map("".join))
def test_any_text_is_read_or_refused(text):
    try:
        read = reading(predictors(text, "v", "path"))
    except SsmkitError:
        return
    # Names in backquotes may be anything, and a reading shows them bare.
    if set("`[").isdisjoint(text):
        assert reading(read) == read
