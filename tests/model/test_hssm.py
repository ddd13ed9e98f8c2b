"""HSSM as a person of the field types it: ``import ssmkit as hssm`` and go on."""

import arviz as az
import numpy as np
import pytest

import ssmkit as hssm
from ssmkit import _compat
from ssmkit.errors import SsmkitError, SsmkitWarning

TRUTH = [0.5, 1.5, 0.5, 0.5]
QUICK = {"draws": 100, "tune": 100, "chains": 2, "progressbar": False, "random_seed": 0}

SUMMARY = """\
Hierarchical Sequential Sampling Model
Model: ddm

Response variable: rt,response
Likelihood: analytical
Observations: 100

Parameters:

v:
    Prior: Normal(mu: 0.0, sigma: 2.0)
    Explicit bounds: (-inf, inf)

a:
    Prior: 1.5
    Explicit bounds: (0.0, inf)

z:
    Prior: Uniform(lower: 0.0, upper: 1.0)
    Explicit bounds: (0.0, 1.0)

t:
    Prior: HalfNormal(sigma: 2.0)
    Explicit bounds: (0.0, inf)


Lapse probability: 0.05
Lapse distribution: Uniform(lower: 0.0, upper: 20.0)"""


@pytest.fixture(scope="module")
def data():
    return hssm.simulate_data("ddm", TRUTH, size=100, random_state=0)


@pytest.fixture(scope="module")
def fitted(data):
    model = hssm.HSSM(data=data)
    model.sample(**QUICK)
    return model


def names(model):
    return list(_compat.posterior(model.traces).data_vars)


def test_the_text_block_is_the_fields(data):
    assert repr(hssm.HSSM(data, a=1.5)).rstrip("\n") == SUMMARY


def test_the_notebook_form_says_what_is_default(data):
    page = hssm.HSSM(data, v={"name": "Normal", "mu": 0, "sigma": 1})._repr_html_()
    assert "<table" in page
    assert "default" in page


def test_fixed_parameters_leave_the_drift_alone_free(data):
    model = hssm.HSSM(data, a=1.5, z=np.float64(0.5), t=0.5)
    model.sample(**QUICK)
    assert names(model) == ["v"]
    assert _compat.posterior(model.traces)["v"].mean() == pytest.approx(0.5, abs=0.4)


def test_a_named_prior_in_include_is_honoured(data):
    tight = {"name": "Normal", "mu": 0, "sigma": 0.01}
    model = hssm.HSSM(data, include=[{"name": "v", "prior": tight}])
    model.sample(**QUICK)
    v = _compat.posterior(model.traces)["v"]
    assert abs(float(v.mean())) < 0.01
    assert float(v.std()) == pytest.approx(0.01, rel=0.5)


def test_an_older_line_of_the_field_runs(data):
    model = hssm.HSSM(data)
    traces = model.sample(
        sampler="nuts_numpyro", cores=1, chains=2, draws=50, tune=50, mp_ctx="forkserver",
        idata_kwargs={"log_likelihood": False}, progressbar=False,
    )  # fmt: skip
    assert traces is model.traces
    assert names(model) == ["v", "a", "z", "t"]


def test_the_traces_are_arviz_own(fitted):
    assert list(az.summary(fitted.traces).index) == ["v", "a", "z", "t"]
    assert az.extract(fitted.traces)["v"].shape == (200,)
    assert list(fitted.summary().index) == ["v", "a", "z", "t"]


@pytest.mark.parametrize("name", ["plot_forest", "plot_pair", "plot_rank"])
def test_arviz_draws_them(fitted, name):
    """Their plot calls run where ArviZ is 0.x; on 1.x the same names take other arguments."""
    import matplotlib as mpl

    mpl.use("agg")
    assert getattr(az, name)(fitted.traces) is not None


@pytest.mark.parametrize("plot", ["trace", "forest", "posterior", "pair", "correlation", "rank"])
def test_a_fitted_model_is_drawn_beside_its_truth(fitted, plot):
    truth = dict(zip("vazt", TRUTH, strict=True))
    figure = getattr(hssm, f"plot_{plot}")(fitted, truth=truth)
    assert figure.axes


def test_before_sampling_there_are_no_traces(data):
    with pytest.raises(SsmkitError, match=r"call model\.sample\(\) first"):
        hssm.HSSM(data).summary()


def test_a_wrong_start_value_is_named(data):
    with pytest.raises(SsmkitError, match="there is no free parameter 'drift'"):
        hssm.HSSM(data).sample(initvals={"drift": 1}, **QUICK)


def test_start_values_may_be_given(data):
    model = hssm.HSSM(data)
    model.sample(initvals={"v": 2.0, "a": 2.0}, **QUICK)
    assert names(model) == ["v", "a", "z", "t"]


def test_a_spec_makes_the_same_model_again(data):
    model = hssm.HSSM(data, model="angle", theta=0.2, p_outlier=0)
    again = hssm.HSSM.from_spec(hssm.ModelSpec.from_json(model.spec.to_json()), data)
    assert repr(again) == repr(model)
    assert model.to_code() == again.to_code()
    assert "theta=0.2" in model.to_code()


def test_the_lapse_probability_can_be_estimated(data):
    model = hssm.HSSM(data, p_outlier={"name": "Beta", "alpha": 1, "beta": 19})
    model.sample(**QUICK)
    assert names(model) == ["v", "a", "z", "t", "p_outlier"]


def test_data_are_checked_at_the_door(data):
    with pytest.raises(SsmkitError, match="code_responses"):
        hssm.HSSM(data.assign(response=(data["response"] > 0).astype(int)))
    with pytest.raises(SsmkitError, match="milliseconds"):
        hssm.HSSM(data.assign(rt=1000 * data["rt"]))


def test_a_warning_of_the_data_points_at_the_line_that_made_the_model(data):
    with pytest.warns(SsmkitWarning) as caught:
        hssm.HSSM(data.iloc[:20])
    assert caught[0].filename == __file__


def test_compiled_log_density_is_finite_at_the_start(data):
    model = hssm.HSSM(data)
    point = model.pymc_model.initial_point()
    point["t_log__"] = np.log(0.1)
    assert np.isfinite(model.compile_logp()(point))


def test_the_names_of_the_registry():
    assert hssm.HSSM.supported_models == hssm.list_models()
    config = hssm.modelconfig.get_default_model_config("ddm")
    assert config["list_params"] == ["v", "a", "z", "t"]
