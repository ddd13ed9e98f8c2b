import numpy as np
import pandas as pd
import pytest
from oracles.usual import each_model, error, usual
from scipy import stats

from ssmkit.errors import SsmkitError
from ssmkit.likelihoods import choice_probability, log_density, log_survival
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.density import bounded, bounded_mixture

pytestmark = pytest.mark.usefixtures("x64")

TIMES = np.array([0.1, 0.3, 0.301, 0.5, 0.8, 1.5, 4.0])


def around_bounds(model, offsets):
    """Rows of parameters, one of them so far beyond (below 0: within) one of its finite bounds."""
    return np.array(
        [
            [*(usual(model) | {name: bound + off * np.sign(bound - other)}).values()]
            for name, bounds in get_config(model).likelihood().bounds.items()
            for bound, other in zip(bounds, bounds[::-1], strict=True)
            if np.isfinite(bound)
            for off in offsets
        ]
    )


@pytest.mark.parametrize("model", each_model())
def test_a_parameter_out_of_its_bounds_is_impossible_with_lapses_too(model):
    rows = around_bounds(model, [1e-6, 1.0])
    params = dict(zip(get_config(model).list_params, rows.T[..., None], strict=True))
    assert (np.asarray(log_density(model, TIMES, 1, **params)) == -np.inf).all()
    assert (np.asarray(log_density(model, TIMES, 1, p_outlier=0.1, **params)) == -np.inf).all()
    assert (np.asarray(log_survival(model, TIMES, **params)) == -np.inf).all()
    assert np.isnan(np.asarray(choice_probability(model, **params))).all()


@pytest.mark.parametrize("model", each_model())
@pytest.mark.parametrize("lapses", [False, True])
def test_values_and_gradients_are_never_nan(model, lapses):
    import jax

    make = bounded_mixture if lapses else bounded
    density = make(get_config(model))
    first = (-3.0, 0.05) if lapses else ()

    def at(rt, response, row):
        return density(rt, response, *first, *row)

    each = jax.vmap(jax.vmap(jax.value_and_grad(at, argnums=2), (None, None, 0)), (0, None, None))
    rows = around_bounds(model, [-0.4, -1e-6, 0.0, 1e-6, 1.0])
    for response in map(float, get_config(model).choices):
        value, slopes = jax.jit(each)(TIMES, response, rows)
        assert not np.isnan(value).any()
        assert np.isfinite(slopes).all()


@pytest.mark.parametrize("model", each_model())
def test_in_bounds_it_is_the_models_own_density(model):
    own = get_config(model).likelihood().function()
    params = usual(model)
    np.testing.assert_array_equal(
        log_density(model, TIMES, 1, **params), own(TIMES, 1, *params.values())
    )


@pytest.mark.parametrize("model", each_model())
@pytest.mark.parametrize(
    ("lapse", "distribution"),
    [
        (None, stats.uniform(0, 20)),
        ({"name": "Uniform", "lower": 0.0, "upper": 5.0}, stats.uniform(0, 5)),
        ({"name": "HalfNormal", "sigma": 2.0}, stats.halfnorm(scale=2)),
    ],
)
def test_a_mixture_divides_the_lapse_among_the_choices(model, lapse, distribution):
    params = usual(model)
    own = np.exp(np.asarray(log_density(model, TIMES, 1, **params)))
    mixed = np.exp(log_density(model, TIMES, 1, p_outlier=0.2, lapse=lapse, **params))
    share = 0.2 / len(get_config(model).choices)
    np.testing.assert_allclose(mixed, 0.8 * own + share * distribution.pdf(TIMES), rtol=1e-12)


@pytest.mark.parametrize("p", [-0.01, 1.01])
def test_a_lapse_probability_outside_0_to_1_is_impossible(p):
    assert log_density("ddm", 0.8, 1, p_outlier=p, **usual("ddm")) == -np.inf


@pytest.mark.parametrize("model", each_model())
def test_density_survival_and_choice_belong_together(model):
    """Simpson's rule over the time: what has not happened by 2 s, and how each response ends."""
    from scipy.integrate import simpson

    params = usual(model)
    u = np.linspace(np.log(1e-4), np.log(60), 4001)
    rt = params.get("t", 0.0) + np.exp(u)
    early = rt <= 2
    ended, soon = [], 0.0
    for choice in get_config(model).choices:
        g = np.exp(np.asarray(log_density(model, rt, choice, **params)) + u)
        ended.append(simpson(g, x=u))
        soon += simpson(g[early], x=u[early])
    np.testing.assert_allclose(ended, choice_probability(model, **params), atol=error(model))
    survival = np.exp(float(log_survival(model, rt[early][-1], **params)))
    assert 1 - soon == pytest.approx(survival, abs=error(model))


def test_everything_broadcasts():
    params = usual("ddm") | {"v": np.linspace(-1, 1, 3)[:, None]}
    assert log_density("ddm", TIMES, 1, p_outlier=0.05, **params).shape == (3, len(TIMES))
    assert log_survival("ddm", TIMES, **params).shape == (3, len(TIMES))
    assert choice_probability("ddm", **params).shape == (3, 1, 2)


def test_it_composes_with_jit():
    import jax

    params = usual("ddm")
    jitted = jax.jit(lambda v, response: log_density("ddm", TIMES, response, **params | {"v": v}))
    np.testing.assert_allclose(jitted(0.8, 1), log_density("ddm", TIMES, 1, **params), rtol=1e-12)


def test_a_density_of_ones_own_takes_the_models_bounds():
    def flat(rt, response, *params):
        return 0.0 * (rt + response + sum(params))

    density = bounded(get_config("ddm"), None, flat)
    assert density(0.8, 1, 0.5, 1.5, 0.5, 0.3) == 0.0
    assert density(0.8, 1, 0.5, -1.5, 0.5, 0.3) == -np.inf


@pytest.mark.parametrize(
    "call",
    [
        lambda **params: log_density("angle", 0.8, 1, **params),
        lambda **params: log_survival("angle", 0.8, **params),
        lambda **params: choice_probability("angle", **params),
    ],
)
def test_missing_and_misspelt_parameters(call):
    params = usual("angle")
    del params["theta"]
    with pytest.raises(SsmkitError, match="angle needs theta") as caught:
        call(**params)
    assert caught.value.problems[0].path == "params.theta"
    with pytest.raises(SsmkitError, match="Did you mean 'theta'"):
        call(**params, thetta=0.3)


def test_a_response_that_is_no_choice():
    with pytest.raises(SsmkitError, match=r"0 is no response of ddm.*code responses as -1, 1"):
        log_density("ddm", TIMES, np.array([0, 1, 0, 1, 1, 1, 1]), **usual("ddm"))


@pytest.mark.parametrize("model", ["ddm", "weibull"])
def test_columns_of_a_data_frame_are_taken_as_they_are(model):
    params = usual(model)
    data = pd.DataFrame({"rt": [0.5, 0.9], "response": [1.0, -1.0], "v": [0.2, 0.4]})
    given = params | {"v": data["v"]}
    found = log_density(model, data["rt"], data["response"], **given)
    arrays = params | {"v": data["v"].to_numpy()}
    rt, response = data["rt"].to_numpy(), data["response"].to_numpy()
    np.testing.assert_array_equal(found, log_density(model, rt, response, **arrays))
    assert np.isfinite(log_survival(model, data["rt"], **given)).all()
