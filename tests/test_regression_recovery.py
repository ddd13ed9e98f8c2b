"""What is simulated with predictors is found again, at default settings.

Data are drawn from the exact density and no lapses are simulated or fitted, so that nothing but
priors and engine are under test. z is (posterior mean - truth) / posterior sd.
"""

import numpy as np
import pytest
from arviz_stats.base import array_stats

import ssmkit
from ssmkit import _compat

pytestmark = pytest.mark.full

FEW = range(5)
DRIFT = {"v_Intercept": 0.6, "v_x": 0.4, "v_y": -0.3}
REST = {
    "ddm": {"a": 1.2, "z": 0.5, "t": 0.3},
    "angle": {"a": 1.2, "z": 0.5, "t": 0.3, "theta": 0.2},
}


def fit(data, seed=0, **how):
    """Return the model, its draws, (chains, draws, ...) by name, and its divergences."""
    model = ssmkit.HSSM(data, p_outlier=0, **how)
    traces = model.sample(
        random_seed=seed, progressbar=False, idata_kwargs={"log_likelihood": False}
    )
    posterior = _compat.posterior(traces)
    draws = {name: posterior[name].to_numpy() for name in posterior.data_vars}
    return model, draws, _compat.group(traces, "sample_stats")["diverging"].to_numpy()


def z_scores(draws, truth):
    return {name: (draws[name].mean() - x) / draws[name].std() for name, x in truth.items()}


def assert_mixed(draws, diverging):
    assert diverging.mean() <= 0.005
    for name, values in draws.items():
        for one in np.moveaxis(values.reshape(*values.shape[:2], -1), -1, 0):
            assert array_stats.rhat(one, chain_axis=0, draw_axis=1) <= 1.02, name
            assert array_stats.ess(one, chain_axis=0, draw_axis=1) >= 400, name


def predictors(seed, n=1000):
    return np.random.default_rng(seed).normal(size=(2, n))


def drift_data(model, seed):
    """1,000 trials in which the drift follows x and y."""
    x, y = predictors(seed)
    v = DRIFT["v_Intercept"] + DRIFT["v_x"] * x + DRIFT["v_y"] * y
    theta = {"v": v} | REST[model]
    data = ssmkit.simulate_data(model, theta, size=1, random_state=seed, exact=True)
    return data.assign(x=x, y=y)


# Drift and boundary together, of a model whose bounds collapse.

TOGETHER = {"a_Intercept": 0.2, "a_x": 0.15, "a_y": -0.1, "z": 0.5, "t": 0.3, "theta": 0.2} | DRIFT


@pytest.fixture(scope="module")
def together():
    """20 fits of ``angle`` in which v and a follow x and y, a through the log link.

    The priors are the defaults: slopes Normal(0, 1) for v and Normal(0, .3) for log a, and theta
    uniform; with posterior sds of about .05, .02 and .03 they shrink by less than a tenth of an sd.
    """
    include = [
        {"name": "v", "formula": "v ~ 1 + x + y"},
        {"name": "a", "formula": "a ~ 1 + x + y", "link": "log"},
    ]
    runs = []
    for seed in range(20):
        x, y = predictors(seed)
        line = {
            name: TOGETHER[f"{name}_Intercept"]
            + TOGETHER[f"{name}_x"] * x
            + TOGETHER[f"{name}_y"] * y
            for name in "va"
        }
        theta = REST["angle"] | {"v": line["v"], "a": np.exp(line["a"])}
        data = ssmkit.simulate_data("angle", theta, size=1, random_state=seed, exact=True)
        runs.append(fit(data.assign(x=x, y=y), seed, model="angle", include=include)[1:])
    return runs


@pytest.mark.parametrize("name", list(TOGETHER))
def test_drift_and_boundary_of_angle_are_found_together(together, name):
    """Means of 20 z have an sd of .22: one false alarm in 1,500 runs of each coefficient."""
    z = np.array([z_scores(draws, {name: TOGETHER[name]})[name] for draws, _ in together])
    assert abs(z.mean()) < 0.8, z
    assert np.abs(z).max() < 4.3, z


def test_drift_and_boundary_of_angle_mix(together):
    for draws, diverging in together:
        assert_mixed(draws, diverging)


def test_a_boundary_on_its_own_scale_is_found_where_it_stays_positive():
    """The identity link, which is warned about: three fits, false alarm 1 in 2,000."""
    truth = {"v_Intercept": 0.6, "v_x": 0.4, "a_Intercept": 1.3, "a_x": 0.2, "theta": 0.2}
    uniform = {"name": "Uniform", "lower": -3, "upper": 3}
    include = [
        {"name": "v", "formula": "v ~ 1 + x", "prior": {"Intercept": uniform, "x": uniform}},
        {
            "name": "a",
            "formula": "a ~ 1 + x",
            "prior": {"Intercept": {"name": "Uniform", "lower": 0.3, "upper": 3}, "x": uniform},
            "link": "identity",
        },
    ]
    for seed in range(3):
        x = np.random.default_rng(seed).uniform(-1, 1, 1000)
        theta = REST["angle"] | {"v": 0.6 + 0.4 * x, "a": 1.3 + 0.2 * x}
        data = ssmkit.simulate_data("angle", theta, size=1, random_state=seed, exact=True)
        with pytest.warns(ssmkit.SsmkitWarning, match="link"):
            _, draws, diverging = fit(data.assign(x=x), seed, model="angle", include=include)
        assert max(map(abs, z_scores(draws, truth).values())) < 4.3
        assert_mixed(draws, diverging)


# The drift alone: by default priors, by priors given as dicts, by Param and Prior.

UNIFORM = {"name": "Uniform", "lower": -3, "upper": 3}
AS_DICT = {
    "name": "v",
    "formula": "v ~ 1 + x + y",
    "prior": {"Intercept": UNIFORM, "x": UNIFORM, "y": UNIFORM},
}
AS_PARAM = ssmkit.Param(
    "v",
    formula="v ~ 1 + x + y",
    prior=dict.fromkeys(("Intercept", "x", "y"), ssmkit.Prior("Uniform", lower=-3, upper=3)),
)


@pytest.mark.parametrize("model", ["ddm", "angle"])
@pytest.mark.parametrize(
    "param", [{"name": "v", "formula": "v ~ 1 + x + y"}, AS_DICT], ids=["default", "uniform"]
)
def test_a_drift_that_follows_predictors_is_found(model, param):
    """|z| below 4.3 for 6 or 7 numbers of 5 data sets: one false alarm in 1,500 runs.

    The narrowest prior, Normal(0, .25) of a default slope of ddm, moves a mean by .4 sd at most.
    """
    for seed in FEW:
        data = drift_data(model, seed)
        _, draws, diverging = fit(data, seed, model=model, include=[param])
        z = z_scores(draws, DRIFT | REST[model])
        assert max(map(abs, z.values())) < 4.3, (seed, z)
        assert_mixed(draws, diverging)


@pytest.mark.parametrize("model", ["ddm", "angle"])
def test_priors_by_dict_and_by_param_are_the_same_model_with_the_same_draws(model):
    data = drift_data(model, 0)
    one, draws, _ = fit(data, model=model, include=[AS_DICT])
    two, again, _ = fit(data, model=model, include=[AS_PARAM])
    assert repr(one) == repr(two)
    assert "        v_x ~ Uniform(lower: -3.0, upper: 3.0)" in repr(one)
    assert all(np.array_equal(draws[name], again[name]) for name in draws)


def test_cell_means_beside_a_slope_are_found():
    """|z| below 4.3 for 7 numbers of 5 data sets: one false alarm in 1,500 runs."""
    means = {"easy": 1.2, "hard": 0.2, "medium": 0.7}
    for seed in FEW:
        _, y = predictors(seed)
        condition = np.resize(list(means), 1000)
        v = np.array([means[word] for word in condition]) - 0.3 * y
        theta = {"v": v} | REST["ddm"]
        data = ssmkit.simulate_data("ddm", theta, size=1, random_state=seed, exact=True)
        data = data.assign(y=y, condition=condition)
        include = [{"name": "v", "formula": "v ~ 0 + C(condition) + y"}]
        model, draws, diverging = fit(data, seed, include=include)
        assert "v_C(condition) ~ Normal(mu: 2.0, sigma: 3.0)" in repr(model)
        cells = draws.pop("v_C(condition)")
        draws |= {word: cells[..., i] for i, word in enumerate(means)}
        z = z_scores(draws, means | {"v_y": -0.3} | REST["ddm"])
        assert max(map(abs, z.values())) < 4.3, (seed, z)
        assert_mixed(draws, diverging)


def test_an_intercept_far_from_the_data_keeps_its_prior():
    """x is about 3, so the intercept is the drift of trials that nobody saw, near its limit.

    Beyond the limit would be a sixth of the mass. One false alarm in 50,000 runs for the slope.
    """
    x = 3 + predictors(0)[0]
    theta = {"v": -2.8 + 1.2 * x} | REST["ddm"]
    data = ssmkit.simulate_data("ddm", theta, size=1, random_state=0, exact=True).assign(x=x)
    prior = {"Intercept": UNIFORM, "x": UNIFORM}
    _, draws, diverging = fit(data, include=[{"name": "v", "formula": "v ~ 1 + x", "prior": prior}])
    assert draws["v_Intercept"].min() >= -3
    assert draws["v_Intercept"].max() < -2
    assert abs(z_scores(draws, {"v_x": 1.2})["v_x"]) < 4.3
    assert_mixed(draws, diverging)


# Participants.


def of_participants(draws, name, term="1|participant_id"):
    """Return the posterior mean of each participant on the scale of the link."""
    whole = draws[f"{name}_Intercept"][..., None] + draws[f"{name}_{term}"]
    return whole.mean(axis=(0, 1))


def people(count, trials):
    number = np.repeat(np.arange(count), trials)
    return number, np.array([f"p{i:02}" for i in number])


def test_a_random_intercept_of_15_people_is_found_and_shrinks():
    """|z| below 4.3 for 21 numbers: one false alarm in 2,500 runs.

    The estimates of the same model without pooling spread more, at any seed.
    """
    number, person = people(15, 200)
    x, y = predictors(0, len(number))
    effect = np.random.default_rng(1).normal(0, 0.3, 15)
    truth = {"v_Intercept": 0.6, "v_x": 0.3, "v_y": -0.2, "a": 1.2, "z": 0.5, "t": 0.3}
    theta = {"v": 0.6 + effect[number] + 0.3 * x - 0.2 * y} | REST["ddm"]
    data = ssmkit.simulate_data("ddm", theta, size=1, random_state=0, exact=True)
    data = data.assign(x=x, y=y, participant_id=person)
    include = [{"name": "v", "formula": "v ~ 1 + (1|participant_id) + x + y"}]
    _, draws, diverging = fit(data, include=include)
    assert_mixed(draws, diverging)
    assert max(map(abs, z_scores(draws, truth).values())) < 4.3
    each = draws["v_Intercept"][..., None] + draws["v_1|participant_id"]
    z = (each.mean((0, 1)) - 0.6 - effect) / each.std((0, 1))
    assert np.abs(z).max() < 4.3
    _, apart, _ = fit(data, include=[{"name": "v", "formula": "v ~ 0 + participant_id + x + y"}])
    separate = apart["v_participant_id"].mean(axis=(0, 1))
    pooled = of_participants(draws, "v")
    assert pooled.std() < 0.98 * separate.std()
    assert np.corrcoef(pooled, separate)[0, 1] > 0.99


def test_three_parameters_of_20_people_mix_and_shrink():
    """|z| below 4.3 for 5 numbers: one false alarm in 10,000 runs.

    100 trials say little of one person's boundary and non-decision time: EZ's separate estimates
    spread more than those of the hierarchy.
    """
    number, person = people(20, 100)
    x = predictors(0, len(number))[0]
    v, slope, a, t = np.random.default_rng(1).normal(size=(4, 20)) * [[0.4], [0.15], [0.15], [0.15]]
    theta = {
        "v": 0.8 + v[number] + (0.3 + slope[number]) * x,
        "a": np.exp(0.1 + a[number]),
        "z": 0.5,
        "t": np.exp(-1.2 + t[number]),
    }
    data = ssmkit.simulate_data("ddm", theta, size=1, random_state=0, exact=True)
    data = data.assign(x=x, participant_id=person)
    include = [
        {"name": "v", "formula": "v ~ 1 + x + (1 + x | participant_id)"},
        {"name": "a", "formula": "a ~ 1 + (1 | participant_id)", "link": "log"},
        {"name": "t", "formula": "t ~ 1 + (1 | participant_id)", "link": "log"},
    ]
    _, draws, diverging = fit(data, include=include)
    assert_mixed(draws, diverging)
    truth = {"v_Intercept": 0.8, "v_x": 0.3, "a_Intercept": 0.1, "t_Intercept": -1.2, "z": 0.5}
    assert max(map(abs, z_scores(draws, truth).values())) < 4.3
    separate = ssmkit.ez_ddm(data, by="participant_id")
    for name, inverse in {"v": np.array, "a": np.exp, "t": np.exp}.items():
        assert inverse(of_participants(draws, name)).std() < separate[name].std(ddof=0), name
