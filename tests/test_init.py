import subprocess
import sys

import pytest

import ssmkit

HEAVY = ("arviz", "bambi", "ipywidgets", "jax", "matplotlib", "numba", "pandas", "pymc", "scipy")


def loaded_after(code):
    """Return the top-level modules that a fresh Python has loaded after some code."""
    script = f"{code}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize(
    "code", ["import ssmkit", "import ssmkit.lessons.cli", "import ssmkit.spec"]
)
def test_importing_loads_nothing_heavy(code):
    assert not set(HEAVY) & set(loaded_after(code))


@pytest.mark.parametrize("name", ssmkit.__all__)
def test_every_public_name_is_there_and_is_explained(name):
    assert getattr(ssmkit, name).__doc__


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="HSM"):
        ssmkit.HSM  # noqa: B018
