"""Traces as each ArviZ makes them, and models, with draws like those of a fit."""

import arviz as az
import numpy as np
import pytest

import ssmkit


def build(posterior, diverging=None, coords=None, dims=None):
    groups = {"posterior": posterior}
    if diverging is not None:
        groups["sample_stats"] = {"diverging": diverging}
    if az.__version__.startswith("0."):
        return az.from_dict(**groups, coords=coords, dims=dims)
    return az.from_dict(groups, coords=coords, dims=dims)


@pytest.fixture(scope="session")
def make():
    return build


@pytest.fixture(scope="session")
def draws():
    """Four chains of 1,000: five correlated parameters, 15 participants, 300 trials."""
    rng = np.random.default_rng(0)
    correlation = np.eye(5)
    for i, j, r in [(0, 2, -0.5), (1, 3, -0.6), (1, 4, 0.7), (3, 4, -0.4)]:
        correlation[i, j] = correlation[j, i] = r
    normal = rng.normal(size=(4, 1000, 5)) @ np.linalg.cholesky(correlation).T
    means, sds = (0.5, 1.5, 0.5, 0.31, 0.3), (0.04, 0.05, 0.011, 0.012, 0.03)
    names = ("v_Intercept", "a", "z", "t", "theta")
    found = {name: means[i] + sds[i] * normal[..., i] for i, name in enumerate(names)}
    found["v_1|participant_id"] = np.linspace(-1, 1, 15) + 0.2 * rng.normal(size=(4, 1000, 15))
    found["p"] = rng.uniform(size=(4, 1000, 300))
    return found


@pytest.fixture(scope="session")
def diverging():
    flags = np.zeros((4, 1000), dtype=bool)
    flags[[0, 1, 3], [10, 500, 999]] = True
    return flags


@pytest.fixture(scope="session")
def traces(draws, diverging):
    people = [f"s{i:02d}" for i in range(1, 16)]
    return build(
        draws,
        diverging,
        coords={"participant_id": people},
        dims={"v_1|participant_id": ["participant_id"], "p": ["__obs__"]},
    )


@pytest.fixture(scope="session")
def truth():
    """What a person passes along: more than the posterior holds, trial-wise vectors too."""
    return {
        "v_Intercept": 0.45,
        "a": np.float64(1.5),
        "z": np.array([0.5]),
        "t": 0.3,
        "v": np.zeros(200),
        "theta": np.zeros(200),
        "model": "angle",
    }


def with_draws(model, **means):
    """Give a model draws around means, as if it had been sampled: 2 chains of 60."""
    rng = np.random.default_rng(0)
    model._traces = build({name: x + 0.03 * rng.normal(size=(2, 60)) for name, x in means.items()})
    return model


@pytest.fixture(scope="session")
def plain():
    """A ddm of 200 trials, z fixed, without lapses."""
    truth = {"v": 0.8, "a": 1.2, "z": 0.5, "t": 0.3}
    data = ssmkit.simulate_data("ddm", truth, size=200, random_state=0, exact=True)
    return with_draws(ssmkit.HSSM(data, z=0.5, p_outlier=0), v=0.8, a=1.2, t=0.3)


@pytest.fixture(scope="session")
def regressed():
    """A ddm of 240 trials whose drift follows x, -1, 0 or 1, with people and words for x."""
    x = np.repeat([-1.0, 0.0, 1.0], 80)
    truth = {"v": 0.8 + 0.9 * x, "a": 1.2, "z": 0.5, "t": 0.3}
    data = ssmkit.simulate_data("ddm", truth, size=1, random_state=0, exact=True)
    data["x"], data["who"] = x, np.arange(240) % 20
    data["level"] = np.repeat(["low", "middle", "high"], 80)
    model = ssmkit.HSSM(data, include=[{"name": "v", "formula": "v ~ 1 + x"}], z=0.5)
    return with_draws(model, v_Intercept=0.8, v_x=0.9, a=1.2, t=0.3)
