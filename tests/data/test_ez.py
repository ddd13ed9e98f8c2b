import numpy as np
import pandas as pd
import pytest

import ssmkit
from ssmkit.data.ez import ez_ddm, ez_from_moments
from ssmkit.errors import SsmkitError, SsmkitWarning


def test_the_example_of_the_paper():
    """Wagenmakers et al. (2007) print v = .0999, a = .1400, Ter = .300 with s = .1."""
    v, a, t = ez_from_moments(0.802, 0.112, 0.723)
    assert 0.1 * v == pytest.approx(0.09993, abs=1e-5)
    assert 0.1 * 2 * a == pytest.approx(0.13997, abs=1e-5)
    assert t == pytest.approx(0.30003, abs=1e-5)


@pytest.mark.parametrize("v", [-2.5, -0.4, 0.0, 1e-4, 1e-3, 0.7, 3.0])
@pytest.mark.parametrize("a", [0.4, 1.0, 2.2])
def test_it_inverts_the_moments_of_the_exact_density(v, a):
    """Moments by Simpson's rule over the kit's density, an independent computation."""
    from scipy.integrate import simpson

    from ssmkit._compat import x64
    from ssmkit.likelihoods import log_density

    u = np.linspace(np.log(1e-4), np.log(200), 8001)
    tau = np.exp(u)
    with x64(True):  # noqa: FBT003 - reads as a switch
        g = [
            np.exp(np.asarray(log_density("ddm", tau, r, v=v, a=a, z=0.5, t=0.0)) + u)
            for r in (-1, 1)
        ]
    total = g[0] + g[1]
    mean = simpson(total * tau, x=u)
    variance = simpson(total * (tau - mean) ** 2, x=u)
    estimate = ez_from_moments(simpson(g[1], x=u), variance, mean + 0.3)
    assert estimate == pytest.approx((v, a, 0.3), abs=1e-4)


def test_swapped_responses_swap_the_drift():
    data = ssmkit.simulate_data("ddm", [0.8, 1.0, 0.5, 0.3], 500, random_state=0, exact=True)
    one, other = ez_ddm(data), ez_ddm(data.assign(response=-data["response"]))
    assert one["v"][0] == pytest.approx(-other["v"][0])
    assert one[["a", "t", "n"]].to_numpy() == pytest.approx(other[["a", "t", "n"]].to_numpy())


def test_cells_are_estimated_apart():
    """Three drifts of 5,000 trials each within .15, some 5 standard errors: one in 1e6."""
    data = pd.concat(
        ssmkit.simulate_data("ddm", [v, 1.0, 0.5, 0.3], 5_000, random_state=i, exact=True).assign(
            stim=name, block=i // 2
        )
        for i, (name, v) in enumerate([("hard", 0.5), ("medium", 1.0), ("easy", 2.0)])
    )
    table = ez_ddm(data, by="stim")
    assert table.index.name == "stim"
    np.testing.assert_allclose(table.loc[["hard", "medium", "easy"], "v"], [0.5, 1, 2], atol=0.15)
    assert list(table["n"]) == [5_000] * 3
    assert (table["z"] == 0.5).all()
    crossed = ez_ddm(data, by=["block", "stim"])
    assert crossed.index.names == ["block", "stim"]
    assert crossed.loc[(1, "easy"), "v"] == table.loc["easy", "v"]


def test_no_errors_are_taken_as_half_an_error():
    rt = np.linspace(0.4, 0.9, 50)
    got = ez_ddm(pd.DataFrame({"rt": rt, "response": 1}))
    wanted = ez_from_moments(1 - 1 / 100, np.var(rt, ddof=1), np.mean(rt))
    assert tuple(got.loc[0, ["v", "a", "t"]]) == pytest.approx(wanted)


def test_missing_trials_are_left_out():
    data = ssmkit.simulate_data("ddm", [0.8, 1.0, 0.5, 0.3], 100, random_state=0, exact=True)
    lost = pd.DataFrame({"rt": [np.nan, -999.0], "response": [np.nan, -999.0]})
    pd.testing.assert_frame_equal(ez_ddm(pd.concat([data, lost])), ez_ddm(data))


def test_a_cell_without_variance_is_nan_with_a_warning():
    data = pd.DataFrame({"rt": [0.5, 0.6, 0.7, 0.8], "response": 1, "stim": list("aaab")})
    with pytest.warns(SsmkitWarning, match="1 of 2 cells have too few different times"):
        table = ez_ddm(data, by="stim")
    assert np.isnan(table.loc["b", "v"])
    assert np.isfinite(table.loc["a", "v"])


@pytest.mark.parametrize(
    ("data", "by", "words"),
    [
        (pd.DataFrame({"rt": [0.5, 0.6], "response": [0, 1]}), None, "code_responses"),
        (pd.DataFrame({"rt": [0.5, 0.6], "response": [1, 1]}), "stim", "no column 'stim'"),
    ],
)
def test_data_with_errors_are_refused(data, by, words):
    with pytest.raises(SsmkitError, match=words):
        ez_ddm(data, by=by)
