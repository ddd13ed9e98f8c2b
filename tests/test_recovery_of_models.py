"""Every model beyond the first three is found again: two data sets of 1,000 trials each.

Data are drawn from the exact density, and no lapses are simulated or fitted. With
z = (posterior mean - truth) / posterior sd, a correct engine keeps every |z| below 4.3, but for one
run in several thousand.
"""

import pytest
from arviz_stats.base import array_stats

import ssmkit
from ssmkit import _compat
from ssmkit.modelconfig import get_config

# One data set on every commit, and another in the slowest tier.
SEEDS = (0, pytest.param(1, marks=pytest.mark.study))
# Parameters that are fixed at the truth, priors other than the default, and more draws where a
# model asks for them, with reasons.
FIXED = {
    # 1,000 trials say nothing of the variability of the start.
    "full_ddm": ("sz",),
}
PRIORS = {
    # 1,000 trials know how far the bound is from the start, a (1 - z), and next to nothing of how
    # far the start is from 0, where evidence is reflected. Flat priors leave a and z a ridge from
    # one wall of the box to the other, on which chains do not mix.
    "race_no_bias_angle_4": "scaled",
}
SETTINGS = {
    # The more the drift varies, the larger are its mean and the bounds: a ridge in v, a and sv.
    "angle_sdv": {"draws": 2500},
    "full_ddm": {"draws": 2000},
    # A ridge in a, t and alpha: bounds that start higher, later or fall sooner are much the same.
    "weibull": {"draws": 2500},
    # All four drifts together look much like a bound that falls: they correlate at .9, near 0.
    "race_no_bias_angle_4": {"draws": 2500, "target_accept": 0.95},
}
# A fit of these takes many minutes: they are for the slowest tier.
SLOW = ("exponential", "lba2", "lba3", "race_no_bias_angle_4", "levy", "ornstein")
MODELS = (
    "angle_sdv",
    "ddm_seq2_no_bias",
    "full_ddm",
    "weibull",
    *(pytest.param(model, marks=pytest.mark.study) for model in SLOW),
)


@pytest.mark.full
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("model", MODELS)
def test_the_truth_is_found_again(model, seed):
    truth = dict(get_config(model).example)
    fixed = {name: truth.pop(name) for name in FIXED.get(model, ())}
    data = ssmkit.simulate_data(model, truth | fixed, size=1000, random_state=seed, exact=True)
    priors = {"prior_settings": PRIORS[model]} if model in PRIORS else {}
    fit = ssmkit.HSSM(data, model=model, p_outlier=0, **fixed, **priors)
    settings = SETTINGS.get(model, {})
    traces = fit.sample(
        random_seed=seed, progressbar=False, idata_kwargs={"log_likelihood": False}, **settings
    )
    posterior = _compat.posterior(traces)
    assert _compat.group(traces, "sample_stats")["diverging"].to_numpy().mean() <= 0.005
    for name, value in truth.items():
        draws = posterior[name].to_numpy()
        assert abs(draws.mean() - value) < 4.3 * draws.std(), name
        assert array_stats.rhat(draws, chain_axis=0, draw_axis=1) <= 1.02, name
        assert array_stats.ess(draws, chain_axis=0, draw_axis=1) >= 400, name
