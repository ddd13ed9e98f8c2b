"""Conventions: the same density in each program's own units, and there and back."""

import numpy as np
import pandas as pd
import pytest

import ssmkit
from ssmkit.data.conventions import CONVENTIONS
from ssmkit.errors import SsmkitError

FULL = {"v": 0.7, "a": 0.9, "z": 0.42, "t": 0.35, "sv": 0.6, "sz": 0.2, "st": 0.1}
PLAIN = {name: FULL[name] for name in ("v", "a", "z", "t")}
OTHERS = [name for name in CONVENTIONS if name != "ssmkit"]
WITH_ALL = [name for name in OTHERS if name not in {"brms", "pyddm"}]


def first_passage(t, v, separation, start, noise):
    """Density of ending at 0, with bounds at 0 and ``separation``, by Feller's (1968) series."""
    n = np.arange(1, 200)[:, None]
    scale = np.pi * noise**2 / separation**2 * np.exp(-v * start / noise**2)
    decay = (v**2 / noise**2 + (np.pi * n * noise / separation) ** 2) * t / 2
    return scale * np.sum(n * np.exp(-decay) * np.sin(np.pi * n * start / separation), axis=0)


def density(rt, v, separation, start, earliest, noise, sv=0.0, width=0.0, st=0.0):
    """Mean over drifts, starts and non-decision times, in the units that are given.

    ``start`` is the middle of the starts above the lower bound, ``width`` their whole range, and
    the non-decision time lies between ``earliest`` and ``earliest + st``.
    """
    x, wx = np.polynomial.legendre.leggauss(12)
    h, wh = np.polynomial.hermite_e.hermegauss(15)
    total = 0.0
    for drift, one in zip(v + sv * h, wh / wh.sum(), strict=True):
        for where, two in zip(start + width * x / 2, wx / 2, strict=True):
            for early, three in zip(earliest + st * (x + 1) / 2, wx / 2, strict=True):
                parts = first_passage(rt - early, drift, separation, where, noise)
                total = total + one * two * three * parts
    return np.log(total)


def told(name, p):
    """A convention as its own manual tells it: the arguments of ``density``."""
    return {
        "ssmkit": lambda: (
            p["v"],
            2 * p["a"],
            2 * p["a"] * p["z"],
            p["t"] - p["st"],
            1.0,
            p["sv"],
            2 * p["sz"],
            2 * p["st"],
        ),
        "hssm": lambda: (
            p["v"],
            2 * p["a"],
            2 * p["a"] * p["z"],
            p["t"] - p["st"] / 2,
            1.0,
            p["sv"],
            p["sz"] * 2 * p["a"],
            p["st"],
        ),
        "hddm": lambda: (
            p["v"],
            p["a"],
            p["a"] * p["z"],
            p["t"] - p["st"] / 2,
            1.0,
            p["sv"],
            p["sz"] * p["a"],
            p["st"],
        ),
        "brms": lambda: (p["mu"], p["bs"], p["bs"] * p["bias"], p["ndt"], 1.0),
        "rtdists": lambda: (p["v"], p["a"], p["z"], p["t0"], 1.0, p["sv"], p["sz"], p["st0"]),
        "fast-dm": lambda: (
            p["v"],
            p["a"],
            p["a"] * p["zr"],
            p["t0"] - p["st0"] / 2,
            1.0,
            p["sv"],
            p["szr"] * p["a"],
            p["st0"],
        ),
        "emc2": lambda: (
            p["v"],
            p["a"],
            p["a"] * p["Z"],
            p["t0"],
            1.0,
            p["sv"],
            2 * p["SZ"] * min(p["a"] * p["Z"], p["a"] * (1 - p["Z"])),
            p["st0"],
        ),
        "pyddm": lambda: (
            p["drift"],
            2 * p["B"],
            p["x0"] + p["B"],
            p["nondectime"] - p["halfwidth"],
            1.0,
            0.0,
            2 * p["sz"],
            2 * p["halfwidth"],
        ),
        "ratcliff": lambda: (
            p["v"],
            p["a"],
            p["z"],
            p["Ter"] - p["st"] / 2,
            0.1,
            p["eta"],
            p["sz"],
            p["st"],
        ),
    }[name]()


@pytest.mark.parametrize("name", OTHERS)
def test_the_density_is_the_same_in_each_programs_units(name):
    person = FULL if name in WITH_ALL else PLAIN if name == "brms" else FULL | {"sv": 0.0}
    rt = np.array([0.6, 0.9, 2.0])
    ours = density(rt, *told("ssmkit", {"sv": 0.0, "sz": 0.0, "st": 0.0} | person))
    theirs = density(rt, *told(name, ssmkit.convert(person, to=name)))
    np.testing.assert_allclose(theirs, ours, rtol=1e-10)


@pytest.mark.usefixtures("x64")
def test_the_tests_own_density_is_that_of_the_kit():
    rt = np.array([0.6, 0.9, 2.0])
    from ssmkit.likelihoods import log_ddm, log_full_ddm

    plain = density(rt, *told("ssmkit", FULL | {"sv": 0.0, "sz": 0.0, "st": 0.0}))
    np.testing.assert_allclose(plain, log_ddm(rt, -1, **PLAIN), rtol=1e-9)
    full = density(rt, *told("ssmkit", FULL))
    np.testing.assert_allclose(full, log_full_ddm(rt, -1, **FULL), atol=1e-4)


@pytest.mark.parametrize("name", OTHERS)
def test_there_and_back(name):
    rng = np.random.default_rng(0)
    person = {key: x * rng.uniform(0.5, 1.0, 5) for key, x in FULL.items()}
    person = {key: x for key, x in person.items() if key in CONVENTIONS[name].names}
    there = ssmkit.convert(person, to=name)
    assert list(there) == [CONVENTIONS[name].names[key] for key in person]
    back = ssmkit.convert(there, from_=name)
    assert list(back) == list(person)
    for key, x in person.items():
        np.testing.assert_allclose(back[key], x, rtol=1e-12)
    direct = ssmkit.convert(there, to="hddm", from_=name)
    for key, x in ssmkit.convert(person, to="hddm").items():
        np.testing.assert_allclose(direct[key], x, rtol=1e-12)


def test_numbers_in_print():
    """Ratcliff & McKoon's (2008) units are a tenth: a = .11, z = .055, v = .2 are these."""
    old = {"v": 0.2, "a": 0.11, "z": 0.055, "Ter": 0.5, "eta": 0.1, "sz": 0.02, "st": 0.2}
    found = ssmkit.convert(old, from_="ratcliff")
    wanted = {"v": 2.0, "a": 0.55, "z": 0.5, "t": 0.5, "sv": 1.0, "sz": 0.1, "st": 0.1}
    assert found == pytest.approx(wanted)
    assert list(found) == list(wanted)
    assert all(type(x) is float for x in found.values())


def test_another_noise_scales_what_evidence_is_measured_in():
    one = ssmkit.convert({"v": 0.1, "a": 0.15, "z": 0.05, "t0": 0.3, "s": 0.1}, from_="rtdists")
    assert one == pytest.approx({"v": 1.0, "a": 0.75, "z": 1 / 3, "t": 0.3})
    two = ssmkit.convert({"drift": 2.0, "B": 2.0, "x0": -1.0, "noise": 2.0}, from_="pyddm")
    assert two == pytest.approx({"v": 1.0, "a": 1.0, "z": 0.25})


def test_a_data_frame_keeps_its_index_its_order_and_other_columns():
    data = pd.DataFrame(
        {"subject": ["x", "y"], "v": [1.0, 2.0], "a": [0.5, 1.0], "age": [20, 30]}, index=[7, 8]
    )
    found = ssmkit.convert(data, to="brms")
    wanted = pd.DataFrame(
        {"subject": ["x", "y"], "mu": [1.0, 2.0], "bs": [1.0, 2.0], "age": [20, 30]}, index=[7, 8]
    )
    pd.testing.assert_frame_equal(found, wanted)
    pd.testing.assert_frame_equal(ssmkit.convert(found, from_="brms"), data)
    with pytest.raises(SsmkitError, match="'mu' is no parameter of ssmkit, and brms calls"):
        ssmkit.convert(data.assign(mu=1.0), to="brms")


def test_no_variability_is_left_out_where_there_is_no_place_for_it():
    assert ssmkit.convert(PLAIN | {"sv": 0.0}, to="brms") == ssmkit.convert(PLAIN, to="brms")


@pytest.mark.parametrize(
    ("params", "settings", "path", "words"),
    [
        (PLAIN, {"to": "rtdist"}, "to", "Did you mean 'rtdists'"),
        (PLAIN, {"from_": "HDDM"}, "from_", "Did you mean 'hddm'"),
        (PLAIN | {"t0": 0.1}, {"to": "hddm"}, "params.t0", "a name of rtdists and fast-dm"),
        ({"mu": 1, "bss": 1}, {"from_": "brms"}, "params.bss", "Did you mean 'bs'"),
        (PLAIN | {"theta": 0.1}, {"to": "hddm"}, "params.theta", "no parameter 'theta'"),
        ({}, {"to": "hddm"}, "params", "no parameters to convert"),
        (FULL, {"to": "brms"}, "params.sv", "brms has no parameter for what ssmkit calls sv"),
        ({"z": 0.5}, {"to": "rtdists"}, "params.a", "rtdists measures z by a"),
        ({"a": 1.0, "SZ": 0.5}, {"from_": "emc2"}, "params.Z", "emc2 measures SZ by Z"),
    ],
)
def test_what_cannot_be_converted_is_explained(params, settings, path, words):
    with pytest.raises(SsmkitError, match=words) as caught:
        ssmkit.convert(params, **settings)
    assert caught.value.problems[0].path == path
