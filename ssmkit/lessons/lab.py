"""JupyterLab on a folder of lessons, with one of them open."""

import os
from collections.abc import Sequence
from pathlib import Path

from ssmkit.errors import refuse
from ssmkit.lessons.catalogue import Lesson, copy_lessons, find_lesson

AT_ONCE = "--ServerApp.kernel_websocket_connection_class=ssmkit.lessons.prompt.PromptConnection"
"""The option of JupyterLab with which pictures keep up with a hand."""


def fresh_folder(base: str | Path = "ssmkit-lessons") -> Path:
    """Return the first of ``base``, ``base-2``, ``base-3``, ... that does not exist.

    Examples
    --------
    >>> fresh_folder("no-such-folder").name
    'no-such-folder'
    """
    base = Path(base)
    folder, count = base, 1
    while folder.exists():
        count += 1
        folder = base.with_name(f"{base.name}-{count}")
    return folder


def open_lab(
    lesson: Lesson | None = None,
    folder: str | Path | None = None,
    options: Sequence[str] = (),
) -> None:
    """Copy the lessons, start JupyterLab on the copy, and print the address; return when it stops.

    Parameters
    ----------
    lesson
        The lesson to open; lesson 00 when left out.
    folder
        Work in this folder: lessons that are there stay as they are, others are copied into it.
        When left out, a new folder is made: ``ssmkit-lessons``, or ``ssmkit-lessons-2`` and so on
        when there are earlier ones.
    options
        Options of JupyterLab, such as ``"--no-browser"`` or ``"--port=8890"``.

    Raises
    ------
    SsmkitError
        JupyterLab is not installed.
    """
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        refuse("lab", "JupyterLab is not installed", "pip install 'ssmkit[lab]'")
    lesson = lesson or find_lesson(0)
    folder = fresh_folder() if folder is None else Path(folder)
    copied = copy_lessons(folder)
    print(f"{len(copied)} lessons copied to {folder}/", flush=True)
    print("Starting JupyterLab ...", flush=True)
    server = LabApp.initialize_server(
        argv=[
            f"--ServerApp.root_dir={folder.resolve()}",
            f"--LabApp.default_url=/lab/tree/{lesson.path.name}",
            "--ServerApp.log_level=WARN",
            "--LabApp.log_level=WARN",
            AT_ONCE,
            *_as_root(),
            *options,
        ],
    )
    identity = server.identity_provider
    # Told that it made no token, JupyterLab does not print the address among its own remarks.
    made, identity.token_generated = identity.token_generated, False

    def announce() -> None:
        identity.token_generated = made
        print(f"Lesson {lesson.number:02d} is open at\n\n    {server.public_url}\n", flush=True)
        print("Leave this window open while you work; Control-C stops JupyterLab.", flush=True)
        print(f"Go on another day: ssmkit lab --folder {folder}", flush=True)

    # The loop does first what was asked first: by then the server listens, on a port that is free.
    server.io_loop.add_callback(announce)
    server.start()


def _as_root() -> list[str]:
    """In a container the person often is root, which JupyterLab refuses unless it is told."""
    return ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
