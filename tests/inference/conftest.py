"""Data and models that the laws of the engine share."""

import numpy as np
import pytest

import ssmkit

TRUTH = {"v": 0.5, "a": 1.2, "z": 0.5, "t": 0.3}


@pytest.fixture(scope="session")
def data():
    return ssmkit.simulate_data("ddm", TRUTH, size=200, random_state=0, exact=True)


@pytest.fixture(scope="session")
def other_data():
    return ssmkit.simulate_data("ddm", TRUTH, size=200, random_state=1, exact=True)


@pytest.fixture(scope="session")
def fitted(data):
    model = ssmkit.HSSM(data, p_outlier=0)
    model.sample(draws=300, tune=300, chains=2, random_seed=0, progressbar=False)
    return model


@pytest.fixture
def rng():
    return np.random.default_rng(0)
