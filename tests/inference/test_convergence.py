"""What is wrong with a sampler's work is found, and nothing is found where all is well."""

import numpy as np
import pytest
from inference.made import TYPICAL, traces
from scipy.stats import norm

from ssmkit import _compat
from ssmkit.inference.convergence import estimates, sampler_problems


def found(made):
    return {p.path: p for p in sampler_problems(made, estimates(made))}


def walk(chains=4, draws=1000, step=0.05):
    """Return a random walk that forgets slowly: an AR(1) with stationary sd 1."""
    rng = np.random.default_rng(1)
    x = np.empty((chains, draws))
    x[:, 0] = rng.normal(size=chains)
    for i in range(1, draws):
        x[:, i] = (1 - step) * x[:, i - 1] + np.sqrt(2 * step - step**2) * rng.normal(size=chains)
    return x


def test_the_table_is_that_of_the_normal_it_was_drawn_from():
    """Standard errors of 4,000 draws: within 5 of them in 16 comparisons, about one in 1e5."""
    table = estimates(traces())
    for name, (mean, sd) in TYPICAL.items():
        row, error = table.loc[name], 5 * sd / np.sqrt(4000)
        assert row["mean"] == pytest.approx(mean, abs=error)
        assert row["sd"] == pytest.approx(sd, abs=error)
        for key, at in (("low", 0.03), ("high", 0.97)):
            assert row[key] == pytest.approx(norm(mean, sd).ppf(at), abs=3 * error)


def test_every_number_of_a_vector_has_its_row():
    made = _compat.from_datasets(
        {"posterior": _compat.posterior(traces()).assign(
            {"v_1|g": (("chain", "draw", "g"), np.random.default_rng(0).normal(size=(4, 1000, 2)))}
        ).assign_coords(g=["anna", "ben"])}
    )  # fmt: skip
    table = estimates(made)
    assert list(table.index) == [*TYPICAL, "v_1|g[anna]", "v_1|g[ben]"]
    assert table.notna().all(axis=None)


def test_a_good_fit_has_no_problems():
    assert not found(traces())


def test_chains_apart_are_an_error():
    apart = traces()
    v = _compat.posterior(apart)["v"].to_numpy() + np.array([0, 0, 0, 1.0])[:, None]
    problems = found(traces({"v": v}))
    assert problems["r_hat"].severity == "error"
    assert "do not agree on v" in problems["r_hat"].message


@pytest.mark.parametrize(("step", "severity"), [(0.1, "warning"), (0.01, "error")])
def test_few_effective_draws_are_said_by_weight(step, severity):
    problem = found(traces({"a": walk(step=step)}))["ess"]
    assert problem.severity == severity
    assert problem.message.startswith("a rests on few effective draws")


def test_draws_that_do_not_move_are_no_convergence():
    problems = found(traces({"a": np.repeat([[1.0], [1.0], [1.0], [2.0]], 1000, axis=1)}))
    assert problems["r_hat"].severity == "error"


@pytest.mark.parametrize(("number", "severity"), [(3, "warning"), (40, "error")])
def test_divergences(number, severity):
    diverging = np.zeros((4, 1000), bool)
    diverging.flat[:number] = True
    problem = found(traces(stats={"diverging": diverging}))["divergences"]
    assert problem.severity == severity
    assert f"{number} of 4,000" in problem.message
    assert "target_accept=0.95" in problem.fix


def test_longest_paths_and_slow_energy():
    stats = {"tree_depth": np.full((4, 1000), 10), "energy": 10 * walk(step=0.01)}
    assert {"tree_depth", "energy"} == set(found(traces(stats=stats)))


def test_one_chain_is_not_compared_with_itself():
    one = traces(chains=1, draws=4000)
    assert list(found(one)) == ["r_hat"]
    assert estimates(one)["r_hat"].isna().all()


def test_draws_of_an_interrupted_fit_say_so():
    (problem,) = found(traces(attrs={"partial": 1})).values()
    assert "interrupted" in problem.message


@pytest.mark.parametrize(("rate", "severity"), [(0.3, "warning"), (1.5, "error")])
def test_an_approximation_is_judged_by_its_importance_weights(rate, severity):
    """Weights of exponential logarithm with mean k are Pareto of shape k; up to .7 they serve."""
    weights = np.random.default_rng(0).exponential(rate, (4, 1000))
    given = traces(attrs={"approximation": "laplace"}, stats={"log_weight": weights})
    (problem,) = found(given).values()
    assert "approximation (laplace)" in problem.message
    assert problem.severity == severity


def test_a_bare_posterior_is_judged_by_its_draws():
    dataset = _compat.posterior(traces())
    assert not found(dataset)
