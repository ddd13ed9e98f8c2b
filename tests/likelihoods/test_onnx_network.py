"""A network in the ONNX format is what ONNX's own reference evaluates."""

from pathlib import Path

import jax
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.likelihoods import log_ddm
from ssmkit.likelihoods.onnx_network import OPERATORS, log_density_of


def network(path, nodes, weights, *, shape=(1, 6), end="y"):
    """Write a network of these nodes and weights."""
    size = [None if n is None else n for n in shape]
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, size)],
        [helper.make_tensor_value_info(end, TensorProto.FLOAT, [1, 1])],
        [numpy_helper.from_array(w.astype(np.float32), name) for name, w in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path.write_bytes(model.SerializeToString())
    return str(path)


@pytest.fixture(params=["Tanh", "Relu", "Sigmoid", "Softplus"])
def path(request, tmp_path):
    rng = np.random.default_rng(0)
    weights = {
        "w0": rng.normal(size=(8, 6)) / 3,
        "b0": rng.normal(size=8),
        "w1": rng.normal(size=(8, 1)),
        "b1": rng.normal(size=1),
    }
    nodes = [
        helper.make_node("Gemm", ["x", "w0", "b0"], ["h"], transB=1, alpha=0.5),
        helper.make_node(request.param, ["h"], ["g"]),
        helper.make_node("MatMul", ["g", "w1"], ["m"]),
        helper.make_node("Add", ["m", "b1"], ["y"]),
    ]
    return network(tmp_path / "net.onnx", nodes, weights)


def test_values_are_those_of_onnx_itself(path):
    rows = np.random.default_rng(1).normal(size=(50, 6)).astype(np.float32)
    reference = ReferenceEvaluator(onnx.load(path))
    wanted = [reference.run(None, {"x": row[None]})[0].item() for row in rows]
    *params, rt, response = rows.T
    found = log_density_of(path, 4)(rt, response, *params)
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-5)


def test_it_broadcasts_and_has_slopes(path):
    density = log_density_of(path, 4)
    whole = density(np.linspace(0.4, 1, 3)[:, None], np.array([-1, 1]), 0.5, 1.0, 0.5, 0.3)
    assert whole.shape == (3, 2)
    slope = jax.grad(lambda v: density(0.6, 1, v, 1.0, 0.5, 0.3))(0.5)
    step = density(0.6, 1, 0.51, 1.0, 0.5, 0.3) - density(0.6, 1, 0.49, 1.0, 0.5, 0.3)
    assert slope == pytest.approx(float(step) / 0.02, rel=0.02)


def test_a_function_belongs_to_what_the_file_holds(path):
    first = log_density_of(path, 4)
    assert log_density_of(path, 4) is first
    model = onnx.load(path)
    model.doc_string = "trained again"
    Path(path).write_bytes(model.SerializeToString())
    assert log_density_of(path, 4) is not first


LINEAR = {"w": np.full((6, 1), 0.1)}


@pytest.mark.parametrize(
    ("nodes", "weights", "shape", "words"),
    [
        ([("Gemm", "xw", "y")], LINEAR, (None, 6), "left open"),
        ([("Gemm", "xw", "y")], LINEAR, (1, 7), "the model has 4 parameters"),
        ([("MatMul", "xw", "h"), ("Elu", "h", "y")], LINEAR, (1, 6), "operator Elu"),
        ([("Gemm", "xw", "y")], {"w": np.full((6, 1), np.nan)}, (1, 6), "no finite number"),
    ],
)
def test_what_cannot_be_a_likelihood_is_refused_by_name(tmp_path, nodes, weights, shape, words):
    made = [helper.make_node(name, list(inputs), [output]) for name, inputs, output in nodes]
    path = network(tmp_path / "bad.onnx", made, weights, shape=shape)
    with pytest.raises(SsmkitError, match=words):
        log_density_of(path, 4)


@pytest.mark.parametrize("content", [b"", b"no network at all"])
def test_a_file_that_is_no_network(tmp_path, content):
    path = tmp_path / "bad.onnx"
    path.write_bytes(content)
    with pytest.raises(SsmkitError, match="is no ONNX network"):
        log_density_of(path, 4)
    with pytest.raises(SsmkitError, match="cannot be read"):
        log_density_of(tmp_path / "nowhere.onnx", 4)


def test_every_operator_of_the_list_is_tried_here():
    assert set(OPERATORS) == {"Gemm", "MatMul", "Add", "Tanh", "Relu", "Sigmoid", "Softplus"}


def test_a_model_takes_a_network_or_a_jax_function_as_its_likelihood(path):
    """The spec keeps the path; the log density is the network's, -inf outside the bounds."""
    data = ssmkit.simulate_data("ddm", [0.5, 1.2, 0.5, 0.3], size=60, random_state=0, exact=True)
    point = {"v": 0.4, "a": 1.1, "z": 0.5, "t": 0.2}
    for loglik, kind in ((path, "approx_differentiable"), (log_ddm, "analytical")):
        given = {} if loglik is path else {"loglik_kind": kind}
        model = ssmkit.HSSM(data, loglik=loglik, p_outlier=0, v={"name": "Normal", "mu": 0,
                            "sigma": 1}, a=1.1, z=0.5, t=0.2, **given)  # fmt: skip
        assert f"Likelihood: {kind}" in repr(model)
        function = log_density_of(path, 4) if loglik is path else log_ddm
        rt, response = data["rt"].to_numpy(), data["response"].to_numpy()
        wanted = np.sum(np.asarray(function(rt, response, *point.values()), float))
        prior = -0.5 * 0.4**2 - 0.5 * np.log(2 * np.pi)
        found = model.compile_logp()({"v": np.array(0.4)})
        assert float(found) == pytest.approx(wanted + prior, rel=1e-4)
    spec = ssmkit.HSSM(data, loglik=path).spec
    assert type(spec).from_json(spec.to_json()) == spec
    assert type(spec).from_code(spec.to_code()) == spec
