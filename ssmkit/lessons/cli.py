"""The command `ssmkit`: the lessons in JupyterLab, and a fit from the terminal."""

import argparse
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ssmkit.errors import SsmkitError, SsmkitWarning


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        The words after ``ssmkit``; those of the process when left out.

    Returns
    -------
    int
        0, or 1 after an error, which was printed with what to type instead.

    Examples
    --------
    >>> main(["lessons", "list"])  # doctest: +ELLIPSIS
    00_...
    0
    """
    parser = _parser()
    given, rest = parser.parse_known_args(arguments)
    if rest and not given.passes_on:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    given.options = rest
    try:
        with warnings.catch_warnings():
            _print_notes()
            given.run(given)
    except SsmkitError as error:
        for line in str(error).splitlines():
            print(f"ssmkit: {line}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ssmkit", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    lab = commands.add_parser(
        "lab",
        help="open a fresh copy of the lessons in JupyterLab",
        epilog="Other options, such as --no-browser or --port 8890, go to JupyterLab.",
    )
    lab.add_argument("--folder", type=Path, help="go on in this folder, with what you wrote there")
    lab.set_defaults(run=_lab, passes_on=True)

    demo = commands.add_parser("demo", help="simulate or read data, fit a model, write a report")
    demo.add_argument("--data", type=Path, metavar="FILE.csv", help="your own data")
    demo.add_argument(
        "--recode",
        choices=["correct", "upper"],
        nargs="?",
        const="correct",
        help="turn responses 0/1 into -1/1: 1 is a correct response (default), or the upper bound",
    )
    demo.add_argument("--model", default="ddm", help="ddm, ddm_sdv, angle (default: ddm)")
    demo.add_argument("--out", type=Path, default=Path("ssmkit-demo"), help="folder of the report")
    demo.add_argument("--seed", type=int, default=0, help="the same seed gives the same numbers")
    demo.set_defaults(run=_demo, passes_on=False)

    lessons = commands.add_parser("lessons", help="list, copy or open the lessons")
    actions = lessons.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="show the lessons").set_defaults(run=_list, passes_on=False)
    copy = actions.add_parser("copy", help="copy them into a folder; nothing is overwritten")
    copy.add_argument("folder", type=Path, nargs="?", default=Path("ssmkit-lessons"))
    copy.set_defaults(run=_copy, passes_on=False)
    opened = actions.add_parser("open", help="open one lesson in JupyterLab")
    opened.add_argument("lesson", help="its number or its name")
    opened.add_argument("--folder", type=Path, default=Path("ssmkit-lessons"))
    opened.set_defaults(run=_open, passes_on=True)
    return parser


def _print_notes() -> None:
    """Show our own warnings as notes to a person, not as lines of code."""
    show = warnings.showwarning

    def note(message: Any, category: type[Warning], *where: Any, **more: Any) -> None:
        if issubclass(category, SsmkitWarning):
            print(f"note: {message}", file=sys.stderr)
        else:
            show(message, category, *where, **more)

    warnings.simplefilter("default", SsmkitWarning)
    warnings.showwarning = note


def _lab(given: argparse.Namespace) -> None:
    from ssmkit.lessons.lab import open_lab

    open_lab(folder=given.folder, options=given.options)


def _demo(given: argparse.Namespace) -> None:
    from ssmkit.lessons.demo import run_demo

    run_demo(given.model, data=given.data, recode=given.recode, out=given.out, seed=given.seed)


def _list(given: argparse.Namespace) -> None:  # noqa: ARG001 - every command takes what was given
    from ssmkit.lessons.catalogue import list_lessons

    for lesson in list_lessons():
        print(f"{lesson.name:<28} {lesson.title}")


def _copy(given: argparse.Namespace) -> None:
    from ssmkit.lessons.catalogue import copy_lessons, list_lessons

    copied = copy_lessons(given.folder)
    kept = len(list_lessons()) - len(copied)
    print(f"{len(copied)} lessons copied to {given.folder}/, {kept} left as they were there")


def _open(given: argparse.Namespace) -> None:
    from ssmkit.lessons.catalogue import find_lesson
    from ssmkit.lessons.lab import open_lab

    open_lab(find_lesson(given.lesson), given.folder, given.options)
