"""The room opens without loading what it does not use, and names what other rooms own."""

import subprocess
import sys

from ssmkit import likelihoods


def test_opening_the_room_loads_no_jax():
    code = "import sys, ssmkit.likelihoods; sys.exit('jax' in sys.modules or 'pymc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_name_of_the_room_is_listed_and_there():
    for name in likelihoods.__all__:
        assert callable(getattr(likelihoods, name)), name
        assert name in dir(likelihoods)
