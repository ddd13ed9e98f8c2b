"""A network in the ONNX format as a log density in JAX."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import refuse

if TYPE_CHECKING:
    from jax import Array

OPERATORS = ("Gemm", "MatMul", "Add", "Tanh", "Relu", "Sigmoid", "Softplus")
_FLAGS = {"Gemm": {"alpha": 1.0, "beta": 1.0, "transA": 0, "transB": 0}}


def log_density_of(path: str | Path, n_params: int) -> Callable[..., "Array"]:
    """Read a network that maps one trial to its log density.

    Parameters
    ----------
    path
        An ONNX file. Its one input is ``(n_params + 2,)`` or ``(1, n_params + 2)`` numbers: the
        parameters in the model's order, the reaction time in seconds, the response. Its one output
        is the log density. Nothing in the file is run but the operators of :data:`OPERATORS`.
    n_params
        Number of parameters of the model.

    Returns
    -------
    callable
        ``f(rt, response, *params)``, pure JAX; all arguments broadcast. The same content gives the
        same function.

    Raises
    ------
    SsmkitError
        When the file is no ONNX network of that kind, or the package onnx is not installed.

    Notes
    -----
    A density below zero time is the network's own affair: it is called at every reaction time.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        refuse("loglik", f"{str(path)!r} cannot be read: {error}", "check the path of the network")
    return _read(content, str(path), n_params)


@lru_cache(maxsize=16)
def _read(content: bytes, path: str, n_params: int) -> Callable[..., "Array"]:
    graph = _graph(content, path)
    weights = _weights(graph, path)
    entry = _entry(graph, weights, path, n_params)
    if len(graph.output) != 1:
        refuse(
            "loglik", f"{path!r} has {len(graph.output)} outputs", "export the log density alone"
        )
    steps = [_step(node, path) for node in graph.node]
    _check_wires(steps, {entry, *weights}, graph.output[0].name, path)

    def log_density(rt: Any, response: Any, *params: Any) -> "Array":
        import jax.numpy as jnp

        columns = jnp.broadcast_arrays(*map(jnp.asarray, (*params, rt, response)))
        dtype = jnp.result_type(*columns, jnp.float32)
        values = {name: jnp.asarray(x, dtype) for name, x in weights.items()}
        values[entry] = jnp.stack(columns, axis=-1).astype(dtype)
        for operator, inputs, output, flags in steps:
            values[output] = _apply(operator, [values[name] for name in inputs], flags)
        return values[graph.output[0].name][..., 0]

    return log_density


def _graph(content: bytes, path: str) -> Any:
    try:
        import onnx
    except ImportError:
        refuse("loglik", "the package onnx is not installed", "type pip install 'ssmkit[onnx]'")
    try:
        model = onnx.load_model_from_string(content)
        onnx.checker.check_model(model)
    except Exception as error:  # noqa: BLE001 - protobuf and the checker raise types of their own
        first = str(error).strip().partition("\n")[0]
        refuse("loglik", f"{path!r} is no ONNX network: {first}", "export it again")
    return model.graph


def _weights(graph: Any, path: str) -> dict[str, np.ndarray]:
    from onnx import numpy_helper

    weights = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    for name, array in weights.items():
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            refuse("loglik", f"{name} of {path!r} holds what is no finite number", "train it again")
    return weights


def _entry(graph: Any, weights: Mapping[str, np.ndarray], path: str, n_params: int) -> str:
    """Return the name of the input, of the right size."""
    inputs = [one for one in graph.input if one.name not in weights]
    if len(inputs) != 1:
        refuse("loglik", f"{path!r} has {len(inputs)} inputs", "export it with one")
    dims = inputs[0].type.tensor_type.shape.dim
    sizes = [dim.dim_value if dim.HasField("dim_value") else None for dim in dims]
    if None in sizes:
        refuse(
            "loglik",
            f"the input of {path!r} has a size that is left open",
            f"export it for one trial, with an input of shape (1, {n_params + 2})",
        )
    if sizes not in ([n_params + 2], [1, n_params + 2]):
        refuse(
            "loglik",
            f"the input of {path!r} has the shape {tuple(sizes)}, and the model has {n_params}"
            " parameters",
            f"export it with an input of shape (1, {n_params + 2}): parameters, rt, response",
        )
    return inputs[0].name


def _step(node: Any, path: str) -> tuple[str, tuple[str, ...], str, dict[str, float]]:
    from onnx import helper

    if node.op_type not in OPERATORS:
        refuse(
            "loglik",
            f"{path!r} has the operator {node.op_type}, which is not known here",
            f"build the network of {', '.join(OPERATORS)}",
        )
    given = {one.name: helper.get_attribute_value(one) for one in node.attribute}
    flags = _FLAGS.get(node.op_type, {}) | given
    if flags.get("transA"):
        refuse("loglik", f"{path!r} turns its input round (transA)", "export it with transA=0")
    return node.op_type, tuple(node.input), node.output[0], flags


def _check_wires(steps: list, known: set[str], end: str, path: str) -> None:
    for operator, inputs, output, _ in steps:
        unknown = [name for name in inputs if name not in known]
        if unknown:
            refuse("loglik", f"{operator} of {path!r} reads {unknown[0]!r}, which nothing makes",
                   "export it again")  # fmt: skip
        known.add(output)
    if end not in known:
        refuse("loglik", f"nothing makes the output {end!r} of {path!r}", "export it again")


def _apply(operator: str, inputs: list, flags: Mapping[str, float]) -> "Array":
    import jax
    import jax.numpy as jnp

    if operator == "Gemm":
        x, w, *bias = inputs
        out = flags["alpha"] * (x @ (w.T if flags["transB"] else w))
        return out + flags["beta"] * bias[0] if bias else out
    if operator in ("MatMul", "Add"):
        one, two = inputs
        return one @ two if operator == "MatMul" else one + two
    alone = {
        "Tanh": jnp.tanh,
        "Relu": jax.nn.relu,
        "Sigmoid": jax.nn.sigmoid,
        "Softplus": jax.nn.softplus,
    }
    return alone[operator](inputs[0])
