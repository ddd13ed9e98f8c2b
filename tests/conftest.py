"""Fixtures that every room's tests share."""

import gc
import sys

import pytest


@pytest.fixture(autouse=True, scope="module")
def _a_file_leaves_nothing_behind():
    """Give back what a file's tests compiled, and forget the models that they registered.

    Each program holds some maps of memory, of which the kernel gives a process 65,530; with a few
    thousand programs the next one is the end of the process.
    """
    yield
    registry = sys.modules.get("ssmkit.modelconfig.registry")
    # Models that an example or a test registered are its own.
    for name in list(registry._OWN if registry else ()):
        del registry._MODELS[name], registry._OWN[name]
    if "jax" in sys.modules:
        sys.modules["jax"].clear_caches()
        gc.collect()


@pytest.fixture
def x64():
    """JAX computes in float64 within the test; the flag is afterwards what it was."""
    import jax

    if hasattr(jax, "enable_x64"):
        context = jax.enable_x64(True)  # noqa: FBT003 - positional only
    else:
        from jax.experimental import enable_x64

        context = enable_x64()
    with context:
        yield
