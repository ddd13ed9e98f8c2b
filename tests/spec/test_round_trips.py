"""Laws of writing and reading, over generated specs of every model in the registry."""

from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.distributions import (
    check_arguments,
    get_distribution,
    list_distributions,
)
from ssmkit.spec import Column, Lapse, ModelSpec, Param, Prior

NUMBERS = st.floats(-1e6, 1e6) | st.sampled_from([0.0, -0.0, 5e-324, 0.1 + 0.2])
# Six decimals: at 1e-300 the arithmetic of a distribution's moments gives up, not the spec's.
ARGUMENTS = st.floats(-100, 100).map(lambda x: round(x, 6))
ENDS = NUMBERS | st.sampled_from([-inf, inf])
BOUNDS = st.tuples(ENDS, ENDS).filter(lambda pair: pair[0] < pair[1])
# Surrogates are the one kind of text that no file can hold.
COLUMNS = st.builds(Column, st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
# The same examples in every run, however slow the machine.
LAW = settings(derandomize=True, deadline=None)


@st.composite
def priors(draw, *, cut=True):
    """Draw a prior of any distribution in the table, in any of its forms."""
    name = draw(st.sampled_from(list_distributions()))
    form = draw(st.sampled_from(get_distribution(name).forms))
    # Mostly legal numbers: an increasing run below one suits every law of the table.
    values = draw(
        st.lists(st.floats(0.01, 0.99), min_size=4, max_size=4, unique=True).map(sorted)
        | st.lists(ARGUMENTS, min_size=4, max_size=4)
    )
    args = dict(zip(form.defaults, values, strict=False))
    ends = {key: draw(ENDS) for key in ("lower", "upper") if form.defaults.get(key) in (-inf, inf)}
    args = next(
        (one for one in (args | ends, args) if not check_arguments(name, one)),
        None,
    )
    if args is None:
        return Prior("Normal", mu=values[0], sigma=2.0)
    return Prior(name, bounds=draw(BOUNDS if cut and draw(st.booleans()) else st.none()), **args)


@st.composite
def specs(draw):
    """Draw any spec that can be written down."""
    config = get_config(draw(st.sampled_from(list_models())))
    values = st.none() | NUMBERS | COLUMNS | priors()
    params = tuple(
        Param(name, prior=draw(values), bounds=draw(st.none() | BOUNDS))
        for name in config.list_params
        if draw(st.booleans())
    )
    kind = draw(st.sampled_from(list(config.likelihoods)))
    lapses = st.builds(Lapse, st.floats(-1, 2) | priors(), priors(cut=False))
    return ModelSpec(config.name, kind, params, draw(st.none() | lapses | st.just(Lapse())))


@LAW
@given(specs())
def test_a_spec_read_from_its_json_is_the_same(spec):
    again = ModelSpec.from_json(spec.to_json())
    assert again == spec
    assert repr(again) == repr(spec)


@LAW
@given(specs())
def test_a_spec_read_from_its_code_is_the_same(spec):
    again = ModelSpec.from_code(spec.to_code())
    assert again == spec
    assert repr(again) == repr(spec)


@LAW
@given(specs())
def test_validation_never_fails_itself(spec):
    for problem in spec.validate():
        assert problem.path
        assert problem.fix


@LAW
@given(priors())
def test_a_repr_is_the_code_that_makes_the_prior(prior):
    namespace = {"Prior": Prior, "inf": inf}
    assert eval(repr(prior), namespace) == prior  # noqa: S307 (our own repr)
