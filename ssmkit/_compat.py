"""The only room that knows versions: PyMC 5 and 6, ArviZ 0.x and 1.x, PyTensor, JAX, ipywidgets.

Everything here is a thin name for something that is spelt differently on the two stacks that
ssmkit supports: stock Colab (PyMC 5.28, ArviZ 0.22) and the newest (PyMC 6, ArviZ 1).
"""

import contextlib
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np


def jax_ready() -> None:
    """Load PyTensor's JAX linker without letting it touch the user's ``jax_enable_x64``.

    The import turns the flag on behind the user's back; float32 and float64 are both supported, so
    the flag belongs to the user. JAX's compilation cache is switched on here as well.
    """
    import jax

    before = jax.config.jax_enable_x64
    import pytensor.link.jax.dispatch  # noqa: F401

    jax.config.update("jax_enable_x64", before)
    jax_cache()


def jax_cache() -> None:
    """Keep what JAX compiles, unless the user has named a folder or has switched it off."""
    import jax

    if jax.config.jax_compilation_cache_dir is None and jax.config.jax_enable_compilation_cache:
        jax.config.update("jax_compilation_cache_dir", str(cache_folder() / "xla"))
        # A model's programs are small and many: without these two nothing of theirs is kept.
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def cache_folder() -> Path:
    """Folder for what can be made again: compiled programs and downloaded data."""
    import pooch

    return Path(os.environ.get("SSMKIT_CACHE") or pooch.os_cache("ssmkit"))


@contextlib.contextmanager
def x64(on: bool) -> Iterator[None]:  # noqa: FBT001 - reads as x64(True)
    """Set JAX's float64 flag for every thread of this process, and put it back afterwards."""
    import jax

    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", on)
    try:
        yield
    finally:
        jax.config.update("jax_enable_x64", before)


@contextlib.contextmanager
def quiet_truncation() -> Iterator[None]:
    """Silence JAX's remark that float64 constants of a graph become float32 when x64 is off."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*(float64|int64).*truncated.*")
        yield


def x64_here() -> contextlib.AbstractContextManager:
    """Compute in float64 in this thread, within a with statement."""
    import jax

    if hasattr(jax, "enable_x64"):
        return jax.enable_x64(True)  # noqa: FBT003 - positional only
    from jax.experimental import enable_x64

    return enable_x64()


def jax_op(function: Callable, inputs: list, output_dims: int, name: str) -> Any:
    """Apply a JAX function to PyTensor variables; the same function gives equal graphs.

    ``pytensor.wrap_jax`` makes a new closure at each call, so two graphs of one model would never
    compare equal and nothing compiled could be used again; its Op, built on the function itself,
    compares by that function.
    """
    from pytensor.tensor.type import TensorType

    output = TensorType("float64", shape=(None,) * output_dims)
    types = [variable.type for variable in inputs]
    return _precise_op()(types, [output], function, name=name)(*inputs)


@cache
def _precise_op() -> type:
    """Return PyTensor's Op of a JAX function, made to keep PyTensor's float64.

    Outside of a JAX program PyTensor calls the function by itself, with float64 numbers that it
    expects back, whatever the user has set for JAX.
    """
    from pytensor.link.jax.ops import JAXOp

    class PreciseOp(JAXOp):
        def perform(self, node: Any, inputs: list, outputs: list) -> None:
            with x64_here():
                super().perform(node, inputs, outputs)

        def pullback(self, inputs: list, outputs: list, gradients: list) -> list:
            return self._rebuilt(super().pullback(inputs, outputs, gradients))

        def grad(self, inputs: list, gradients: list) -> list:
            return self._rebuilt(super().grad(inputs, gradients))

        def _rebuilt(self, gradients: list) -> list:
            node = gradients[0].owner
            op = node.op
            mine = type(self)(op.input_types, op.output_types, op.jax_func, name=op.name)
            return mine(*node.inputs, return_list=True)

    if not hasattr(JAXOp, "pullback"):
        del PreciseOp.pullback  # PyTensor 2 asks for grad; PyTensor 3 must not find it
    else:
        del PreciseOp.grad
    return PreciseOp


def ancestors(outputs: list) -> Iterator[Any]:
    """Every variable that the outputs of a PyTensor graph rest on."""
    try:
        from pytensor.graph.traversal import ancestors as walk
    except ImportError:
        from pytensor.graph.basic import ancestors as walk
    return walk(outputs)


def bambi_components(model: Any) -> Mapping[str, Any]:
    """Return the components of a Bambi model by the names of their parameters."""
    return model._components if hasattr(model, "_components") else model.components  # noqa: SLF001


def bambi_noncentered(wanted: list[bool | Mapping[str, bool]]) -> bool:
    """Return the one parametrisation of group effects that older versions of Bambi can have."""
    flat = {x for one in wanted for x in (one.values() if isinstance(one, Mapping) else [one])}
    if len(flat) > 1 and not bambi_mixes_parametrisations():
        from ssmkit.errors import refuse

        refuse(
            "noncentered",
            "the installed Bambi knows one parametrisation for all group effects",
            "write noncentered=False, or pip install -U 'bambi>=0.21'",
        )
    return next(iter(flat)) if len(flat) == 1 else True


def bambi_new_groups() -> dict[str, bool]:
    """Return what asks Bambi to predict for groups that were not fitted."""
    import inspect

    import bambi

    known = inspect.signature(bambi.Model.predict).parameters
    return {"sample_new_groups": True} if "sample_new_groups" in known else {}


def bambi_mixes_parametrisations() -> bool:
    """Whether a group term of the installed Bambi may have a parametrisation of its own."""
    import inspect

    import bambi

    return "noncentered" in inspect.signature(bambi.Prior.__init__).parameters


def equal_graphs(left: list, right: list, left_inputs: list, right_inputs: list) -> bool:
    """Whether two PyTensor graphs compute the same outputs from their inputs."""
    try:
        from pytensor.graph.basic import equal_computations
    except ImportError:
        from pytensor.graph.rewriting.utils import equal_computations
    return equal_computations(left, right, left_inputs, right_inputs)


def build_traces(
    groups: Mapping[str, Mapping[str, np.ndarray]],
    dims: Mapping[str, list[str]] | None = None,
    coords: Mapping[str, np.ndarray] | None = None,
    attrs: Mapping[str, Any] | None = None,
) -> Any:
    """Make the trace object of the installed ArviZ: DataTree on 1.x, InferenceData on 0.x.

    Variables are (chains, draws, ...), of ``observed_data`` (...). The groups are made here and
    not by ArviZ's converter, whose import would take longer than a small fit.
    """
    import xarray as xr

    datasets = {}
    for name, variables in groups.items():
        sample = [] if name == "observed_data" else ["chain", "draw"]
        arrays = {}
        for variable, values in variables.items():
            rest = np.ndim(values) - len(sample)
            own = (dims or {}).get(variable, [f"{variable}_dim_{i}" for i in range(rest)])
            arrays[variable] = ([*sample, *own], np.asarray(values))
        datasets[name] = xr.Dataset(arrays)
        sizes = datasets[name].sizes
        known = coords or {}
        datasets[name] = datasets[name].assign_coords(
            {dim: known.get(dim, np.arange(sizes[dim])) for dim in sizes}
        )
        datasets[name].attrs["created_at"] = datetime.now(UTC).isoformat()
    datasets[next(iter(datasets))].attrs.update(attrs or {})
    return from_datasets(datasets)


def from_datasets(datasets: Mapping[str, Any]) -> Any:
    """Return the trace object of the installed ArviZ, a group for each xarray Dataset."""
    if not _arviz_is_old():
        import xarray as xr

        return xr.DataTree.from_dict(dict(datasets))
    from arviz import InferenceData

    return InferenceData(**datasets)


def _arviz_is_old() -> bool:
    from importlib.metadata import version

    return version("arviz").startswith("0.")


def groups(traces: Any) -> tuple[str, ...]:
    """Return the names of the groups of traces."""
    names = traces.children if hasattr(traces, "children") else traces.groups()
    return tuple(str(name) for name in names)


def group(traces: Any, name: str) -> Any:
    """Return one group of traces as an xarray Dataset, or None when it is not there."""
    if hasattr(traces, "data_vars") and not hasattr(traces, "children"):
        return traces if name == "posterior" else None
    if hasattr(traces, "children"):
        return traces[name].to_dataset() if name in traces.children else None
    return traces[name] if name in traces.groups() else None


def posterior(traces: Any) -> Any:
    """Return the posterior of traces (or a bare Dataset) as an xarray Dataset."""
    found = group(traces, "posterior")
    if found is None:
        from ssmkit.errors import refuse

        refuse("traces", "there is no posterior group in them", "call model.sample() first")
    return found


def set_group(traces: Any, name: str, dataset: Any) -> None:
    """Add a group to traces, or replace it."""
    if hasattr(traces, "children"):
        import xarray as xr

        traces[name] = xr.DataTree(dataset)
        return
    if name in traces.groups():
        delattr(traces, name)
    traces.add_groups({name: dataset})


def convergence(posterior: Any) -> dict[str, Any]:
    """Return R-hat and effective draws, each an xarray Dataset like the posterior's variables."""
    import arviz

    # A chain that does not move divides by zero, and its NaN or infinity says what it should.
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            # A single chain has no R-hat; ArviZ would log that for each variable.
            "r_hat": arviz.rhat(posterior) if posterior.sizes["chain"] > 1 else None,
            "ess_bulk": arviz.ess(posterior, method="bulk"),
            "ess_tail": arviz.ess(posterior, method="tail"),
        }


def pointwise_loo(traces: Any, variable: str) -> dict[str, Any]:
    """Return ArviZ's leave-one-out estimate of each trial of a log-likelihood.

    The keys are ``elpd`` and ``pareto_k`` (both arrays), ``p``, and ``good_k``, up to which a
    Pareto k is good enough.
    """
    import arviz

    with warnings.catch_warnings():
        # It warns of large Pareto k without a name of the model; who asks says it with one.
        warnings.simplefilter("ignore")
        found = arviz.loo(traces, var_name=variable, pointwise=True)
    old = hasattr(found, "loo_i")
    return {
        "elpd": np.ravel(found.loo_i if old else found.elpd_i),
        "p": float(found.p_loo if old else found.p),
        "pareto_k": np.ravel(found.pareto_k),
        "good_k": float(found.good_k),
    }


def pareto_k(log_weights: np.ndarray) -> float:
    """Return the shape of the tail of importance weights; above .7 they are of no use."""
    import arviz

    if hasattr(arviz, "psislw"):
        return float(arviz.psislw(log_weights)[1])
    from arviz_stats.base import array_stats

    # The newer one is given log-likelihoods, of which the weights are the inverse.
    return float(array_stats.psislw(-log_weights)[1])


def summary(traces: Any, **kwargs: Any) -> Any:
    """Return ArviZ's summary table of traces."""
    import arviz

    return arviz.summary(traces, **kwargs)


def widgets_display_themselves() -> bool:
    """Whether the installed ipywidgets (7) shows a widget by a call and not by what it returns."""
    import ipywidgets

    return hasattr(ipywidgets.Widget, "_ipython_display_")


def set_tooltip(widget: Any, words: str) -> None:
    """Say what a field is to who rests the pointer on it."""
    setattr(widget, "tooltip" if hasattr(widget, "tooltip") else "description_tooltip", words)


def widget_bundle(widget: Any) -> dict[str, Any]:
    """Return what a front end needs to show a widget."""
    mime = "application/vnd.jupyter.widget-view+json"
    return {mime: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}
