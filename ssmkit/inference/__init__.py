"""The engine: PyMC distributions, the sampling driver, initial values, predictive draws."""

from ssmkit._compat import jax_ready

# Before anything in here, or in PyMC, loads PyTensor's JAX linker and turns the user's flag on.
jax_ready()
