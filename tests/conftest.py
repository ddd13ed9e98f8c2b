"""Fixtures that every room's tests share."""

import pytest


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
