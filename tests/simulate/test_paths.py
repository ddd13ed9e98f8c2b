import subprocess
import sys

import numpy as np
import pytest
from oracles.usual import each_model, in_steps, slow, usual
from scipy import stats

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.density import log_survival
from ssmkit.simulate.paths import draw_paths, exact_step


def paths(model, n, seed=0, *, change=None, **kwargs):
    params = usual(model)
    params |= {name: x for name, x in (change or {}).items() if name in params}
    vectors = {name: np.broadcast_to(x, n) for name, x in params.items()}
    return draw_paths(get_config(model), vectors, np.random.default_rng(seed), **kwargs)


@pytest.mark.parametrize("model", each_model())
@pytest.mark.usefixtures("x64")
def test_paths_agree_with_the_density_once_the_bound_is_moved(model):
    """Kolmogorov and Smirnov on 2,000 paths, with a raised by Siegmund's shift; alarm 1e-5."""
    rt, _ = paths(model, 2_000, delta_t=1e-4)
    params = in_steps(model, 0.5826 * np.sqrt(exact_step(1e-4, 20.0)))
    uniform = np.exp(log_survival(model, rt, **params))
    assert stats.kstest(np.asarray(uniform), "uniform").pvalue > 1e-5


@pytest.mark.parametrize("model", each_model())
def test_undecided_paths_are_never_responses(model):
    rt, response = paths(model, 200, change=slow(model), max_t=2.0)
    undecided = np.isinf(rt)
    assert 0 < undecided.sum() < 200
    assert (response[undecided] == 0).all()
    assert np.isin(response[~undecided], get_config(model).choices).all()
    assert (rt[~undecided] <= 2.0 + usual(model).get("t", 0.0) + 1e-3).all()


def test_as_many_are_undecided_as_the_survival_function_says():
    """Binomial count of 4,000 paths; the bound's shift is far below its error; alarm 1e-6."""
    change = {"v": 0.2, "a": 1.5, "z": 0.5}
    rt, _ = paths("ddm", 4_000, change=change, max_t=1.5)
    params = usual("ddm") | change
    expected = float(np.exp(log_survival("ddm", 1.5 + params["t"], **params)))
    assert stats.binomtest(int(np.isinf(rt).sum()), 4_000, expected).pvalue > 1e-6


def test_each_flight_has_its_own_alpha():
    """Jumps end 5 % of the flights early and normal noise 1 %, of 2,000 each; alarm 1e-6."""
    alpha = np.where(np.arange(4_000) % 2, 1.05, 2.0)
    change = {"alpha": alpha, "v": 0.0, "a": 2.0}
    rt, _ = paths("levy", 4_000, change=change, delta_t=1e-3, max_t=0.2)
    early = np.isfinite(rt)
    assert early[alpha < 2].mean() > 2.5 * early[alpha == 2].mean()


@pytest.mark.parametrize(("delta_t", "max_t"), [(1e-4, 20.0), (5e-5, 20.0), (5e-5, 60.0)])
def test_the_clock_is_exact_to_the_horizon(delta_t, max_t):
    step = exact_step(delta_t, max_t)
    assert delta_t <= step < 1.2 * delta_t
    n = int(max_t / step)
    clock = np.cumsum(np.full(n, step, dtype=np.float32), dtype=np.float32)
    assert float(clock[-1]) == n * step


def test_long_undecided_paths_do_not_crash():
    """With plain 5e-5 s steps to 60 s the packaged simulator writes beyond its arrays."""
    still = {"v": 0.0, "a": 90.0, "b": 90.0, "sv": 0.1, "theta": 0.0, "beta": 1e6, "alpha": 2.0}
    still |= dict.fromkeys(("v0", "v1", "v2", "v3"), 0.0)
    people = {
        model: {name: still.get(name, x) for name, x in usual(model).items()}
        for model in list_models()
    }
    code = (
        "import numpy as np\n"
        "from ssmkit.modelconfig import get_config\n"
        "from ssmkit.simulate.paths import draw_paths\n"
        f"for model, person in {people!r}.items():\n"
        "    params = {name: np.full(3, x) for name, x in person.items()}\n"
        "    rng = np.random.default_rng(0)\n"
        "    rt, _ = draw_paths(get_config(model), params, rng, delta_t=5e-5, max_t=60.0)\n"
        "    assert np.isinf(rt).all()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_trialwise_rows_get_their_own_parameters():
    n = 200
    params = {"v": np.tile([-8.0, 8.0], n), "a": np.full(2 * n, 2.0)}
    params |= {"z": np.full(2 * n, 0.5), "t": np.tile([0.1, 5.0], n)}
    rt, response = draw_paths(get_config("ddm"), params, np.random.default_rng(0))
    np.testing.assert_array_equal(response, np.tile([-1.0, 1.0], n))
    assert (rt[1::2] > 5.0).all()


def test_the_seed_is_the_generators_and_global_randomness_is_left_alone():
    np.random.seed(0)  # noqa: NPY002 - it is the global state that is watched
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - as above
    first, second, other = (paths("ddm_sdv", 50, seed=seed)[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert (first != other).any()
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002 - as above


def test_no_noise_goes_straight_to_the_bound():
    rt, response = paths("ddm", 3, change={"v": 2.0, "a": 1.0, "z": 0.5}, no_noise=True)
    np.testing.assert_allclose(rt, 0.3 + 0.5, atol=5e-4)
    np.testing.assert_array_equal(response, 1.0)


@pytest.mark.parametrize(
    ("settings", "path", "words"),
    [
        ({"smoth_unif": True}, "smoth_unif", "Did you mean 'smooth_unif'"),
        ({"max_t": -1.0}, "max_t", "longest decision time is -1.0 s"),
        ({"max_t": float("inf")}, "max_t", "longest decision time is inf s"),
        ({"delta_t": 0.0}, "delta_t", "step of 0.0 s"),
        ({"delta_t": 30.0}, "delta_t", "not between 0 and max_t, 20.0 s"),
    ],
)
def test_settings_without_sense(settings, path, words):
    with pytest.raises(SsmkitError, match=words) as caught:
        paths("ddm", 2, **settings)
    assert caught.value.problems[0].path == path
