"""A model in a folder of plain files: written whole or not at all, read without running code."""

import json
import platform
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from ssmkit._compat import from_datasets, group, groups
from ssmkit.errors import refuse
from ssmkit.inference.table import read_table, write_table
from ssmkit.spec import ModelSpec

FORMAT = "ssmkit.model"
VERSION = 1
MANIFEST = "versions.json"
SPEC, DATA, COLUMNS, TRACES = "spec.json", "data.csv", "columns.json", "traces.nc"
_PACKAGES = ("ssmkit", "pymc", "arviz", "jax", "numpyro", "numpy", "pandas")


@dataclass(frozen=True)
class Saved:
    """What a folder held; ``traces`` is None for a model that was not sampled."""

    spec: ModelSpec
    data: pd.DataFrame
    traces: Any


def write(
    folder: str | Path, spec: ModelSpec, data: pd.DataFrame, traces: Any, *, overwrite: bool = False
) -> Path:
    """Write a model into a folder of its own.

    Parameters
    ----------
    folder
        A folder that is not there yet, or is empty.
    spec, data, traces
        The model; ``traces`` is None when it was not sampled.
    overwrite
        Whether a model that was saved there before may be replaced.

    Returns
    -------
    Path
        The folder, with ``spec.json``, ``data.csv``, ``columns.json``, ``versions.json`` and
        ``traces.nc``, a NetCDF file that ``arviz.from_netcdf`` reads too.

    Raises
    ------
    SsmkitError
        When something else is there, or something has no form on paper.
    """
    folder = Path(folder).expanduser().absolute()
    _check_place(folder, overwrite=overwrite)
    loglik = spec.loglik if callable(spec.loglik) else None
    # A function is kept by its name alone: to read it back would be to run it.
    named = spec if loglik is None else replace(spec, loglik=None, kind=None)
    text, columns = write_table(data)
    with _moved_into_place(folder) as work:
        (work / SPEC).write_text(named.to_json(), "utf-8")
        (work / DATA).write_bytes(text.encode())
        (work / COLUMNS).write_text(json.dumps(columns, indent=1), "utf-8")
        if traces is not None:
            _write_traces(work / TRACES, traces)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "loglik": None if loglik is None else getattr(loglik, "__name__", repr(loglik)),
            "kind": None if loglik is None else spec.kind,
            "versions": {name: version(name) for name in _PACKAGES}
            | {"python": platform.python_version()},
            "sha256": {path.name: _digest(path) for path in sorted(work.iterdir())},
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=2), "utf-8")
    return folder


def read(folder: str | Path, loglik: Callable | None = None) -> Saved:
    """Read a model that :func:`write` wrote; nothing in the folder is run.

    Parameters
    ----------
    folder
        The folder.
    loglik
        The Python function that was the likelihood, for a model that had one.

    Returns
    -------
    Saved

    Raises
    ------
    SsmkitError
        When the folder holds no model, a newer form of one, or files that are missing or changed.
    """
    folder = Path(folder).expanduser()
    manifest = _manifest(folder)
    for name, digest in manifest["sha256"].items():
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            found = "has changed since it was saved" if path.is_file() else "is missing"
            refuse(str(path), f"the file {found}", "load a copy of the folder that is whole")
    name = manifest["loglik"]
    if (name is None) != (loglik is None):
        found = "the model had no likelihood of its own" if name is None else (
            f"its likelihood is the Python function {name}, which is not kept in files"
        )  # fmt: skip
        fix = "leave loglik out" if name is None else f"type HSSM.load(folder, loglik={name})"
        refuse("loglik", found, fix)
    spec = ModelSpec.from_json((folder / SPEC).read_text("utf-8"))
    if loglik is not None:
        spec = replace(spec, loglik=loglik, kind=manifest.get("kind"))
    columns = json.loads((folder / COLUMNS).read_text("utf-8"))
    # As bytes: reading text would change the line ends within words.
    data = read_table((folder / DATA).read_bytes().decode(), columns)
    traces = _read_traces(folder / TRACES) if TRACES in manifest["sha256"] else None
    return Saved(spec, data, traces)


def _check_place(folder: Path, *, overwrite: bool) -> None:
    if not folder.parent.is_dir():
        refuse(
            str(folder), f"there is no folder {folder.parent}", "make it first, or check the name"
        )
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    # Only what save() made may be replaced: a slip of the name must not cost a person's files.
    if not folder.is_dir() or not (folder / MANIFEST).is_file():
        refuse(str(folder), "something else is there", "give the name of a new folder")
    if not overwrite:
        refuse(
            str(folder), "a model is saved there", "give another name, or add overwrite=True"
        )  # fmt: skip


@contextmanager
def _moved_into_place(folder: Path) -> Iterator[Path]:
    """Give a new folder beside the wanted one, and rename it when all is written."""
    work = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
    old = work.with_name(f"{work.name}.old")
    work.mkdir()
    try:
        yield work
        if folder.exists():
            folder.rename(old)
        try:
            work.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        refuse(str(folder), f"there is no saved model: {MANIFEST} is missing", "check the name")
    try:
        manifest = json.loads(path.read_text("utf-8"))
        known, made_by = manifest["format"] == FORMAT, manifest["versions"]["ssmkit"]
        number = int(manifest["version"])
        manifest["sha256"].items(), manifest["loglik"]
    except (ValueError, KeyError, TypeError, AttributeError):
        known = False
    if not known:
        refuse(str(path), "this is not what save() writes", "load a copy that is whole")
    if number > VERSION:
        refuse(
            str(path),
            f"ssmkit {made_by} wrote it in form {number}, and this one reads up to {VERSION}",
            "type pip install --upgrade ssmkit",
        )
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _write_traces(path: Path, traces: Any) -> None:
    import xarray as xr

    datasets = {name: group(traces, name) for name in groups(traces)}
    xr.DataTree.from_dict(datasets).to_netcdf(path, engine="h5netcdf")


def _read_traces(path: Path) -> Any:
    import xarray as xr

    with xr.open_datatree(path, engine="h5netcdf") as tree:
        return from_datasets(
            {name: child.to_dataset().load() for name, child in tree.children.items()}
        )
