"""A PyMC model as JAX programs whose data are arguments, compiled once for each model shape.

Constants of the graph that have a value a trial (data, design matrices, fixed vectors) are lifted
out and become inputs. A second fit of the same model, or of other data of the same shape, then
finds an equal graph and uses what was compiled for the first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pymc.sampling.jax import get_jaxified_graph
from pytensor.compile.sharedvalue import SharedVariable
from pytensor.graph.basic import Constant
from pytensor.graph.replace import clone_replace, graph_replace

from ssmkit._compat import ancestors, equal_graphs, quiet_truncation
from ssmkit.inference.variables import shape_of, visible

MAX_PROGRAMS = 32
# Below this size a constant may be a shape, which has to stay one; to compile for so few trials
# again costs what it cost before.
SMALL = 10


@dataclass(eq=False)
class Program:
    """The functions of one model shape; ``compiled`` keeps what was made from them.

    Parameters
    ----------
    shapes
        Shapes of the free variables.
    names
        Names of the visible variables, see :func:`ssmkit.inference.variables.visible`.
    graph
        The lifted outputs and their inputs, to compare with those of another model.
    log_density
        Flat unconstrained position and data to the log density of both.
    constrained
        Flat unconstrained position and data to the visible variables on their natural scale.
    pointwise
        Visible variables on their natural scale and data to the log-likelihood of each trial.
    """

    shapes: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]
    graph: tuple[list, list]
    log_density: Callable[[Any, list], Any]
    constrained: Callable[[Any, list], list]
    pointwise: Callable[[list, list], Any]
    compiled: dict = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of unconstrained values."""
        return sum(int(np.prod(shape)) for shape in self.shapes)


_PROGRAMS: list[Program] = []


def lift(model: pm.Model, n_obs: int) -> tuple[Program, list[np.ndarray]]:
    """Return the program of a model and the data to call it with.

    Parameters
    ----------
    model
        A PyMC model with one observed variable.
    n_obs
        Number of trials; a constant with as many values or more is data.

    Returns
    -------
    Program
        An earlier one where the model has the same graph and shapes.
    list of ndarray
        The values of the lifted constants.
    """
    naturals, each = trial_log_density(model)
    shown = visible(model)
    outputs = [model.logp(), each, *model.replace_rvs_by_values(shown)]
    outputs = _still(outputs)
    constants = [
        variable
        for variable in ancestors(outputs)
        if isinstance(variable, Constant) and np.size(variable.data) >= max(n_obs, SMALL)
    ]
    data = [np.asarray(constant.data) for constant in constants]
    inputs = [constant.type() for constant in constants]
    lifted = graph_replace(outputs, dict(zip(constants, inputs, strict=True)), strict=False)
    arguments = [*model.value_vars, *naturals, *inputs]
    names = tuple(x.name for x in shown)
    for program in _PROGRAMS:
        if _same(program.graph, lifted, arguments):
            # Equal graphs may have other names, as `v ~ x + y` and `v ~ y + x` have.
            return program if program.names == names else replace(program, names=names), data
    shapes = tuple(shape_of(model, rv) for rv in model.free_RVs)
    program = _build(shapes, names, lifted, arguments)
    _PROGRAMS.append(program)
    del _PROGRAMS[:-MAX_PROGRAMS]
    return program, data


def _still(outputs: list) -> list:
    """Make constants of what could be changed from outside, such as the number of groups.

    Two graphs with a shared variable each never compare equal, whatever the variables hold.
    """
    shared = {
        variable: pt.constant(variable.get_value())
        for variable in ancestors(outputs)
        if isinstance(variable, SharedVariable)
    }
    return clone_replace(outputs, shared) if shared else outputs


def trial_log_density(model: pm.Model) -> tuple[list, Any]:
    """Return inputs for the visible variables, and the log density of each trial in their terms."""
    observed = model.observed_RVs[0]
    shown = visible(model)
    naturals = [variable.type(name=variable.name) for variable in shown]
    each = pm.logp(observed, model.rvs_to_values[observed])
    return naturals, clone_replace(each, dict(zip(shown, naturals, strict=True)))


def _same(graph: tuple[list, list], outputs: list, arguments: list) -> bool:
    old_outputs, old_arguments = graph
    return (
        len(old_outputs) == len(outputs)
        and [x.type for x in old_arguments] == [x.type for x in arguments]
        and equal_graphs(old_outputs, outputs, old_arguments, arguments)
    )


def _build(shapes: tuple, names: tuple[str, ...], outputs: list, arguments: list) -> Program:
    import jax.numpy as jnp

    values, rest = arguments[: len(shapes)], arguments[len(shapes) :]
    naturals, inputs = rest[: len(names)], rest[len(names) :]
    with quiet_truncation():
        total, *constrained = (
            get_jaxified_graph(inputs=[*values, *inputs], outputs=[output])
            for output in (outputs[0], *outputs[2:])
        )
        each = get_jaxified_graph(inputs=[*naturals, *inputs], outputs=[outputs[1]])

    def split(position: Any) -> list:
        parts, start = [], 0
        for shape in shapes:
            size = int(np.prod(shape))
            parts.append(jnp.reshape(position[start : start + size], shape))
            start += size
        return parts

    return Program(
        shapes=shapes,
        names=names,
        graph=(outputs, arguments),
        log_density=lambda position, data: jnp.sum(total(*split(position), *data)[0]),
        constrained=lambda position, data: [f(*split(position), *data)[0] for f in constrained],
        pointwise=lambda natural, data: each(*natural, *data)[0],
    )


@dataclass(frozen=True)
class Inputs:
    """The data of a program as JAX arrays of the precision that is switched on."""

    values: list
    dtype: type
    shapes: tuple


def as_inputs(data: list[np.ndarray]) -> Inputs:
    """Return data as JAX arrays, with what tells one compiled program from another."""
    import jax
    import jax.numpy as jnp

    dtype = np.float64 if jax.config.jax_enable_x64 else np.float32
    values = [
        jnp.asarray(x.astype(dtype) if np.issubdtype(x.dtype, np.floating) else x) for x in data
    ]
    return Inputs(values, dtype, (dtype.__name__, *((x.shape, str(x.dtype)) for x in values)))


def aot(function: Callable, *example: Any) -> Callable[[], Any]:
    """Trace a function now, on this thread; the returned call compiles it, on any thread."""
    import jax

    with quiet_truncation():
        lowered = jax.jit(function).lower(*example)
    return lowered.compile


def over_draws(
    name: str, program: Program, data: list[np.ndarray], draws: Any, values_a_draw: int
) -> Any:
    """Evaluate a function of the program at every draw, a batch of draws at a time.

    Parameters
    ----------
    name
        ``"constrained"`` or ``"pointwise"``.
    program, data
        From :func:`lift`.
    draws
        An array, or list of arrays, (chains, draws, ...).
    values_a_draw
        What the function makes of one draw; bounds the batch to about a million values.

    Returns
    -------
    ndarray or list of ndarray
        (chains, draws, ...) in float64.
    """
    import jax

    inputs = as_inputs(data)
    chains, kept = jax.tree.leaves(draws)[0].shape[:2]
    total = chains * kept
    flat = jax.tree.map(lambda x: np.asarray(x, inputs.dtype).reshape(total, *x.shape[2:]), draws)
    batch = int(np.clip(1_000_000 // max(values_a_draw, 1), 1, total))
    shelf = (name, batch, inputs.shapes)
    if shelf not in program.compiled:
        mapped = jax.vmap(getattr(program, name), in_axes=(0, None))
        example = jax.tree.map(lambda x: x[:batch], flat)
        program.compiled[shelf] = aot(mapped, example, inputs.values)()
    call, pieces = program.compiled[shelf], []
    for start in range(0, total, batch):
        # The last batch is moved back to be full: a short one would be compiled by itself.
        first = min(start, total - batch)
        out = call(jax.tree.map(lambda x, i=first: x[i : i + batch], flat), inputs.values)
        pieces.append(jax.tree.map(lambda x, i=start - first: np.asarray(x)[i:], out))
    joined = jax.tree.map(lambda *parts: np.concatenate(parts), *pieces)
    return jax.tree.map(lambda x: x.reshape(chains, kept, *x.shape[1:]).astype(float), joined)
