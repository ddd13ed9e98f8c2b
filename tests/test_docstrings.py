"""Every example in a docstring runs, and gives what it says."""

import doctest
import importlib
import pkgutil

import pytest

import ssmkit

MODULES = [m.name for m in pkgutil.walk_packages(ssmkit.__path__, "ssmkit.") if not m.ispkg]


@pytest.mark.full
@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(importlib.import_module(name), optionflags=options).failed == 0
