"""Which lessons there are, where they lie, and how to get a copy of one's own."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from ssmkit.errors import did_you_mean, refuse

# A wheel carries the lessons inside the package; a clone has them beside it.
_SHIPPED = Path(__file__).parent / "notebooks"
_CLONE = Path(__file__).parents[2] / "tutorials"


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Parameters
    ----------
    number
        Its place in the course.
    name
        The file's name without its ending, ``"00_start_here"``.
    title
        Its first heading.
    path
        The original, which nobody should write into: see :func:`copy_lessons`.
    """

    number: int
    name: str
    title: str
    path: Path


def list_lessons() -> tuple[Lesson, ...]:
    """List the lessons in the order of the course.

    Returns
    -------
    tuple of Lesson

    Examples
    --------
    >>> import ssmkit
    >>> [lesson.number for lesson in ssmkit.lessons.list_lessons()][:2]
    [0, 1]
    """
    folder = _SHIPPED if _SHIPPED.is_dir() else _CLONE
    paths = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not paths:
        fix = "pip install --force-reinstall ssmkit"
        refuse("lessons", f"there are no lessons in {folder}", fix)
    return tuple(Lesson(int(path.stem[:2]), path.stem, _title(path), path) for path in paths)


def find_lesson(which: int | str) -> Lesson:
    """Find one lesson by its number, its name or its file.

    Parameters
    ----------
    which
        ``2``, ``"02"``, ``"02_your_first_model"``, ``"your_first_model"``, or one of the last two
        with ``.ipynb``.

    Returns
    -------
    Lesson

    Raises
    ------
    SsmkitError
        There is no such lesson; the message names the nearest.

    Examples
    --------
    >>> import ssmkit
    >>> ssmkit.lessons.find_lesson(0).number
    0
    """
    lessons = list_lessons()
    word = str(which).removesuffix(".ipynb")
    for lesson in lessons:
        number = int(word) if word.isdecimal() else None
        if number == lesson.number or word in {lesson.name, lesson.name[3:]}:
            return lesson
    names = [lesson.name for lesson in lessons] + [lesson.name[3:] for lesson in lessons]
    return refuse(
        "lesson",
        f"there is no lesson '{which}'.{did_you_mean(word, names)}",
        f"a number from 0 to {lessons[-1].number}, or a name that `ssmkit lessons list` shows",
    )


def copy_lessons(folder: str | Path) -> tuple[Path, ...]:
    """Copy the lessons into a folder; what is there already stays as it is.

    Parameters
    ----------
    folder
        Made when it is missing.

    Returns
    -------
    tuple of Path
        The files that were written: not those that were there before.

    Examples
    --------
    >>> import ssmkit, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     first = ssmkit.lessons.copy_lessons(folder)
    ...     again = ssmkit.lessons.copy_lessons(folder)
    >>> len(first) == len(ssmkit.lessons.list_lessons()), len(again)
    (True, 0)
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        refuse("folder", f"{folder} is a file", "give the name of a folder")
    folder.mkdir(parents=True, exist_ok=True)
    missing = [lesson.path for lesson in list_lessons() if not (folder / lesson.path.name).exists()]
    return tuple(Path(shutil.copyfile(path, folder / path.name)) for path in missing)


def _title(path: Path) -> str:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    for cell in cells:
        for line in "".join(cell["source"]).splitlines():
            if cell["cell_type"] == "markdown" and line.startswith("# "):
                return line.removeprefix("# ").strip()
    return path.stem
