"""Every lesson runs from top to bottom, and shows what it was saved with.

nbval is used rather than nbclient because it fails on an error inside a widget's callback. It goes
on after a failing cell unless told otherwise, so each lesson has a process of its own with ``-x``.
"""

import subprocess
import sys
from pathlib import Path

import pytest

TUTORIALS = Path(__file__).parents[2] / "tutorials"


@pytest.mark.full
@pytest.mark.parametrize("path", sorted(TUTORIALS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_lesson_runs_from_top_to_bottom(path):
    options = ["--nbval-lax", "--nbval-current-env", "-x", "--nbval-cell-timeout=300"]
    # A configuration of its own: our strict one would judge the notebook machinery's warnings.
    alone = ["-c", "/dev/null", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *alone, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=580,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
