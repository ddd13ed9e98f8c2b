"""Write the Colab and Binder badges of the README and of every lesson.

The repository and the version are those of pyproject.toml. Run it after a change of either, or
after a new lesson: ``python tools/badges.py``; ``--check`` only says what is out of date.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_LESSON = "tutorials/00_start_here.ipynb"
OPEN, CLOSE = "<!-- badges -->", "<!-- /badges -->"


def badges(lesson: str) -> str:
    """Return the marked block of badges that open one lesson, as Markdown.

    The marks stand on lines of their own: Markdown on the line of a comment is not rendered.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    repository = project["urls"]["Repository"].removeprefix("https://github.com/")
    version = f"v{project['version']}"
    colab = f"https://colab.research.google.com/github/{repository}/blob/{version}/{lesson}"
    binder = f"https://mybinder.org/v2/gh/{repository}/{version}?urlpath=lab/tree/{lesson}"
    return (
        f"{OPEN}\n"
        "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
        f"({colab}) "
        f"[![Open on Binder](https://mybinder.org/badge_logo.svg)]({binder})"
        f"\n{CLOSE}"
    )


def marked(text: str, lesson: str) -> str:
    """Return the text with its marked block renewed, or put below its first line."""
    block = badges(lesson)
    if OPEN in text:
        return re.sub(f"{OPEN}.*?{CLOSE}", lambda _: block, text, flags=re.DOTALL)
    heading, _, rest = text.partition("\n")
    return f"{heading}\n\n{block}\n{rest}"


def renewed(path: Path) -> str:
    """Return the content that the README or a lesson should have."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        return marked(text, FIRST_LESSON)
    notebook = json.loads(text)
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    source = marked("".join(cell["source"]), path.relative_to(ROOT).as_posix())
    cell["source"] = source.splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Renew what is out of date; with ``--check`` only name it."""
    paths = [ROOT / "README.md", *sorted((ROOT / "tutorials").glob("*.ipynb"))]
    stale = {path: new for path in paths if (new := renewed(path)) != path.read_text("utf-8")}
    for path, new in stale.items():
        sys.stdout.write(f"{path.relative_to(ROOT)}: badges out of date\n")
        if "--check" not in arguments:
            path.write_text(new, "utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
