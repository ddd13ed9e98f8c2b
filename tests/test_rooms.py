"""The house: which room may import which, and what every file owes its reader."""

import ast
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ssmkit"
# From the ground up: each imports only from those before it, and from the two that stand outside.
ORDER = ["likelihoods", "modelconfig", "simulate", "data", "spec", "inference", "model", "plots"]
ORDER += ["studies", "widgets", "lessons"]
OUTSIDE = {"errors", "_compat"}
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
ROOMS = {name: name.split("/")[0].removesuffix(".py") for name in FILES}
INSTALLED_AS = {"lazy_loader": "lazy-loader", "PIL": "pillow", "ssms": "ssm-simulators"}
# Parts of ArviZ 1.x, and extras: imported only where they are installed.
OPTIONAL = {
    "arviz_base",
    "arviz_stats",
    "bambi",
    "blackjax",
    "jupyter_server",
    "jupyterlab",
    "nutpie",
    "onnx",
}


def public_names():
    """Return the room of each name of the public API, read from the table in ``__init__``."""
    tree = ast.parse(FILES["__init__.py"].read_text("utf-8"))
    words = {word.arg: word.value for word in ast.walk(tree) if isinstance(word, ast.keyword)}
    rooms = ast.literal_eval(words["submod_attrs"])
    return {name: room for room, names in rooms.items() for name in names}


def imports(path):
    """Return the modules that a file imports when it runs; ours as ``ssmkit.room``."""
    found, waiting = set(), [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "ssmkit":
            public = public_names()
            found |= {f"ssmkit.{public.get(alias.name, alias.name)}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
        waiting.extend(ast.iter_child_nodes(node))
    return found


@pytest.mark.parametrize("name", [n for n, room in ROOMS.items() if room in ORDER])
def test_a_room_imports_only_from_rooms_below_it(name):
    own = ROOMS[name]
    used = {module.split(".")[1] for module in imports(FILES[name]) if module.startswith("ssmkit.")}
    assert used <= {*OUTSIDE, *ORDER[: ORDER.index(own) + 1]}


def test_every_room_has_its_place():
    assert set(ROOMS.values()) <= {"__init__", *OUTSIDE, *ORDER}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_short(name):
    assert len(FILES[name].read_text("utf-8").splitlines()) <= 350


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {word.split(">")[0].split("<")[0] for word in project["dependencies"]}
    found = {module.split(".")[0] for path in FILES.values() for module in imports(path)}
    found -= {"ssmkit", *sys.stdlib_module_names, *OPTIONAL}
    found = {INSTALLED_AS.get(name, name).lower() for name in found}
    assert found - declared == set()
    # PyMC draws with graphviz, tqdm with ipywidgets in a notebook, xarray writes with h5netcdf;
    # pathos is held back for Colab.
    assert declared - found <= {"graphviz", "h5netcdf", "h5py", "ipywidgets", "pathos"}
