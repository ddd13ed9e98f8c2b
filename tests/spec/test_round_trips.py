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
from ssmkit.spec import Column, Lapse, Link, Missing, ModelSpec, Param, Prior

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


FORMULAS = ["1", "1 + x", "0 + C(c)", "1 + x*y + (1 + x|g)", "0 + (1|g)", "f(x) + `a b`", "x - 1"]
TERMS = st.sampled_from(["Intercept", "x", "v_x", "1|g", "common", "group_specific", "name", "inf"])
LINKS = st.builds(Link, st.sampled_from(["identity", "log", "logit", "gen_logit", "probit"])) | (
    BOUNDS.filter(lambda pair: -inf < pair[0] and pair[1] < inf).map(
        lambda pair: Link("gen_logit", pair)
    )
)


@st.composite
def hierarchical(draw):
    """Draw a prior of effects of groups."""
    sigma = Prior("HalfNormal", sigma=draw(st.floats(0.01, 9)))
    return Prior("Normal", mu=draw(NUMBERS | priors()), sigma=sigma)


@st.composite
def regressions(draw, name):
    """Draw a parameter with a formula."""
    prior = draw(
        st.none() | st.dictionaries(TERMS, NUMBERS | priors() | hierarchical(), max_size=3)
    )
    link, bounds = draw(st.none() | LINKS), draw(st.none() | BOUNDS)
    return Param(name, draw(st.sampled_from(FORMULAS)), prior, link, bounds)


def plain(name):
    """Draw a parameter without a formula."""
    values = st.none() | NUMBERS | COLUMNS | priors()
    return st.builds(
        lambda x, bounds: Param(name, prior=x, bounds=bounds), values, st.none() | BOUNDS
    )


@st.composite
def specs(draw):
    """Draw any spec that can be written down."""
    config = get_config(draw(st.sampled_from(list_models())))
    params = tuple(
        draw(plain(name) | regressions(name)) for name in config.list_params if draw(st.booleans())
    )
    kind = draw(st.sampled_from(list(config.likelihoods)))
    shares = st.floats(-1, 2) | priors() | regressions("p_outlier")
    lapses = st.builds(Lapse, shares, priors(cut=False))
    deadlines = st.none() | st.floats(0.01, 1e6) | COLUMNS
    held = draw(st.sampled_from(config.choices))
    parametrisation = st.booleans() | st.dictionaries(TERMS, st.booleans(), max_size=2)
    first = config.list_params[0]
    return ModelSpec(
        config.name,
        kind,
        params,
        draw(st.none() | lapses | st.just(Lapse())),
        link_settings=draw(st.sampled_from([None, "log_logit"])),
        prior_settings=draw(st.sampled_from(["safe", "scaled", None])),
        noncentered=draw(st.booleans() | st.fixed_dictionaries({first: parametrisation})),
        extra_namespace=draw(st.sampled_from([(), ("f",), ("f", "w")])),
        missing=draw(st.none() | st.builds(Missing, deadlines, st.sampled_from([None, held]))),
    )


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
