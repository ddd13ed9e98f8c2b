"""One fit: its settings, its groups, and what it keeps of itself."""

import subprocess
import sys

import numpy as np
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.errors import SsmkitError, SsmkitWarning
from ssmkit.inference import driver
from ssmkit.inference.fit import Settings
from ssmkit.likelihoods import log_density

QUICK = {"draws": 60, "tune": 60, "chains": 2, "progressbar": False}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"draws": 0}, "draws: 0 was given"),
        ({"chains": 1.5}, "chains: 1.5 was given"),
        ({"tune": -1}, "tune: -1 was given"),
        ({"target_accept": 1.2}, "target_accept: 1.2 is not between 0 and 1"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, message):
    with pytest.raises(SsmkitError, match=message):
        Settings(**settings)


def test_the_groups_and_their_shapes(fitted, data):
    posterior = _compat.posterior(fitted.traces)
    assert list(posterior.data_vars) == ["v", "a", "z", "t"]
    assert dict(posterior.sizes) == {"chain": 2, "draw": 300}
    stats = _compat.group(fitted.traces, "sample_stats")
    assert {"diverging", "energy", "lp", "tree_depth", "n_steps"} <= set(stats.data_vars)
    observed = _compat.group(fitted.traces, "observed_data")["rt,response"]
    np.testing.assert_array_equal(observed, data[["rt", "response"]])
    assert posterior.attrs["sampler"] == "numpyro"
    assert posterior.attrs["partial"] == 0


def test_the_log_likelihood_is_the_density_of_each_trial_at_each_draw(fitted, data):
    values = _compat.group(fitted.traces, "log_likelihood")["rt,response"]
    assert values.shape == (2, 300, len(data))
    draw = _compat.posterior(fitted.traces).isel(chain=1, draw=17)
    params = {name: float(draw[name]) for name in draw.data_vars}
    expected = log_density("ddm", data["rt"].to_numpy(), data["response"].to_numpy(), **params)
    np.testing.assert_allclose(values[1, 17], expected, atol=1e-3)


def test_the_log_likelihood_can_be_left_out_and_made_later(fitted, data):
    model = ssmkit.HSSM(data, p_outlier=0)
    traces = model.sample(**QUICK, random_seed=0, idata_kwargs={"log_likelihood": False})
    assert _compat.group(traces, "log_likelihood") is None
    made = model.log_likelihood()["rt,response"]
    assert made.shape == (2, 60, len(data))
    assert _compat.group(model.traces, "log_likelihood") is not None


def test_one_seed_one_set_of_draws_and_another_seed_another(data):
    draws = [
        _compat.posterior(ssmkit.HSSM(data).sample(**QUICK, random_seed=seed, cores=cores))
        for seed, cores in ((5, 1), (5, 2), (6, 2))
    ]
    np.testing.assert_array_equal(draws[0]["v"], draws[1]["v"])
    assert not np.array_equal(draws[0]["v"], draws[2]["v"])


SCRIPT = """
import ssmkit
data = ssmkit.simulate_data("ddm", [0.5, 1.2, 0.5, 0.3], size=60, random_state=0, exact=True)
traces = ssmkit.HSSM(data).sample(draws=40, tune=40, chains=2, random_seed=1, progressbar=False)
print(data["rt"].sum(), *(float(traces["posterior"][name].sum()) for name in "vazt"))
"""


@pytest.mark.full
def test_the_same_seed_gives_the_same_draws_in_every_process(monkeypatch):
    said = set()
    for seed in ("0", "1", "31337"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        run = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", SCRIPT],
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(run.stdout)
    assert len(said) == 1


@pytest.mark.parametrize("x64", [True, False])
def test_both_precisions_find_the_posterior_and_leave_the_flag_alone(data, fitted, x64):
    """Two runs of one posterior: means within 6 Monte Carlo errors of sd/15, about one in 1e6."""
    import jax

    with _compat.x64(x64):
        model = ssmkit.HSSM(data, p_outlier=0)
        traces = model.sample(draws=300, tune=300, chains=2, random_seed=1, progressbar=False)
        assert jax.config.jax_enable_x64 is x64
    one, two = _compat.posterior(fitted.traces), _compat.posterior(traces)
    for name in one.data_vars:
        difference = float(one[name].mean() - two[name].mean())
        assert abs(difference) < 0.5 * float(one[name].std())


def test_an_interrupted_fit_is_returned_and_says_that_it_is_partial(data, monkeypatch):
    def update(self, done, note=""):
        if done >= 2 * 400 and not getattr(self, "pressed", False):
            self.pressed = True
            raise KeyboardInterrupt

    monkeypatch.setattr(driver.Progress, "update", update)
    model = ssmkit.HSSM(data, p_outlier=0)
    with pytest.warns(SsmkitWarning, match="draws a chain were finished"):
        traces = model.sample(draws=400_000, tune=60, chains=2, random_seed=0, progressbar=False)
    posterior = _compat.posterior(traces)
    assert posterior.attrs["partial"] == 1
    assert 0 < posterior.sizes["draw"] < 400_000
    assert model.traces is traces


def test_a_setting_of_another_sampler_is_accepted(data):
    traces = ssmkit.HSSM(data).sample("nuts_numpyro", **QUICK, random_seed=0, mp_ctx="spawn")
    assert _compat.posterior(traces).sizes["draw"] == 60


def test_a_model_without_free_parameters_is_refused(data):
    model = ssmkit.HSSM(data, v=0.5, a=1.2, z=0.5, t=0.2)
    with pytest.raises(SsmkitError, match="every parameter is fixed"):
        model.sample(**QUICK)


def test_a_log_likelihood_too_large_to_keep_is_left_out_with_a_note(data, monkeypatch):
    monkeypatch.setattr("ssmkit.inference.traces.MAX_LOG_LIKELIHOOD", 1000)
    with pytest.warns(SsmkitWarning, match="too many values to keep"):
        traces = ssmkit.HSSM(data).sample(**QUICK, random_seed=0)
    assert _compat.group(traces, "log_likelihood") is None
