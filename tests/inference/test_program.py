"""Data are arguments: what was compiled for one data set serves the next of its shape."""

import numpy as np

import ssmkit
from ssmkit.inference.graph import build
from ssmkit.inference.initial import density
from ssmkit.inference.program import lift, over_draws
from ssmkit.likelihoods import log_density
from ssmkit.spec import ModelSpec


def test_a_refit_and_other_data_of_the_shape_use_the_same_program(data, other_data):
    program, values = lift(ssmkit.HSSM(data).pymc_model, len(data))
    again, others = lift(ssmkit.HSSM(other_data).pymc_model, len(data))
    assert again is program
    assert any(not np.array_equal(x, y) for x, y in zip(values, others, strict=True))


def test_equal_graphs_of_other_names_share_what_was_compiled_and_keep_their_names(data, rng):
    data = data.assign(x=rng.normal(size=len(data)), y=rng.normal(size=len(data)))
    lifted = {}
    for formula in ("v ~ 0 + x + y", "v ~ 0 + y + x"):
        model = ssmkit.HSSM(data, include=[{"name": "v", "formula": formula}], z=0.5)
        lifted[formula] = lift(model.pymc_model, len(data))
    (one, values), (other, others) = lifted.values()
    assert other.compiled is one.compiled
    assert [name for name in one.names if "v_" in name] == ["v_x", "v_y"]
    assert [name for name in other.names if "v_" in name] == ["v_y", "v_x"]
    design = next(x for x in values if x.ndim == 2 and np.array_equal(x, data[["x", "y"]]))
    at = next(i for i, x in enumerate(values) if x is design)
    np.testing.assert_array_equal(others[at], data[["y", "x"]])


def test_another_prior_model_or_size_does_not(data):
    program, _ = lift(ssmkit.HSSM(data).pymc_model, len(data))
    changed = [
        ssmkit.HSSM(data, v={"name": "Normal", "mu": 0, "sigma": 1}),
        ssmkit.HSSM(data, p_outlier=0.1),
        ssmkit.HSSM(data, z=0.5),
        ssmkit.HSSM(data, model="ddm_sdv"),
        ssmkit.HSSM(data.iloc[:150]),
    ]
    for model in changed:
        assert lift(model.pymc_model, len(model.data))[0] is not program


def test_the_log_density_is_that_of_pymc(data):
    model = ssmkit.HSSM(data).pymc_model
    program, values = lift(model, len(data))
    point = {value.name: np.asarray(0.1 * i) for i, value in enumerate(model.value_vars)}
    point["t_log__"] = np.asarray(-2.0)
    ours = density(program, values)(np.array([point[v.name] for v in model.value_vars]))
    expected = model.compile_logp()(point)
    np.testing.assert_allclose(ours, expected, rtol=1e-5)


def test_pointwise_is_the_density_by_name_at_every_draw(data, rng):
    model = ssmkit.HSSM(data, p_outlier=0).pymc_model
    draws = [
        rng.normal(0.5, 0.1, (2, 30)),
        rng.uniform(1, 1.5, (2, 30)),
        rng.uniform(0.4, 0.6, (2, 30)),
        rng.uniform(0.1, 0.25, (2, 30)),
    ]
    out = over_draws("pointwise", *lift(model, len(data)), draws, len(data))
    assert out.shape == (2, 30, len(data))
    v, a, z, t = (x[1, 7] for x in draws)
    rt, response = data["rt"].to_numpy(), data["response"].to_numpy()
    expected = log_density("ddm", rt, response, v=v, a=a, z=z, t=t)
    np.testing.assert_allclose(out[1, 7], expected, atol=2e-4)


def test_batches_do_not_change_what_is_evaluated(data, rng):
    model = ssmkit.HSSM(data, p_outlier=0, a=1.2, z=0.5, t=0.1).pymc_model
    lifted, draws = lift(model, len(data)), [rng.normal(0.5, 0.1, (1, 7))]
    whole = over_draws("pointwise", *lifted, draws, len(data))
    pieces = over_draws("pointwise", *lifted, draws, 400_000)
    np.testing.assert_array_equal(whole, pieces)


def test_a_model_of_one_trial_keeps_its_constants(data):
    program, values = lift(build(ModelSpec(), data.iloc[:1]).pymc, 1)
    assert values == []
    assert program.size == 4
