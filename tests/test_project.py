"""What the project's papers promise: one version, one set of commands, two stacks, small wheels."""

import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ssmkit

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
LESSONS = sorted((ROOT / "tutorials").glob("*.ipynb"))


def pins(path):
    lines = (ROOT / path).read_text("utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def requirements(words):
    return [requirement for requirement in map(Requirement, words) if requirement.name != "ssmkit"]


def test_the_package_says_the_version_of_the_project():
    assert ssmkit.__version__ == PROJECT["version"]


@pytest.mark.parametrize(
    "ends", [r"\.venv/bin/ssmkit lab", r"\.venv/bin/python -m pytest -n 2 --dist worksteal"]
)
def test_the_readme_gives_each_command_once_and_on_one_line(ends):
    assert len(re.findall(rf"^python -m venv \.venv && .*{ends}$", README, re.MULTILINE)) == 1


def test_badges_are_those_that_the_project_makes():
    badges = runpy.run_path(str(ROOT / "tools" / "badges.py"))
    for path in (ROOT / "README.md", *LESSONS):
        assert badges["renewed"](path) == path.read_text("utf-8"), "run: python tools/badges.py"


def test_badges_follow_the_version_and_keep_the_rest(tmp_path):
    marked = runpy.run_path(str(ROOT / "tools" / "badges.py"))["marked"]
    fresh = marked("# Title\nWords", "tutorials/01_x.ipynb")
    stale = fresh.replace(f"v{PROJECT['version']}", "v0.0.0")
    assert marked(stale, "tutorials/01_x.ipynb") == fresh
    assert f"/blob/v{PROJECT['version']}/tutorials/01_x.ipynb" in fresh
    assert fresh.startswith("# Title\n")
    assert fresh.endswith("\nWords")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_installs_this_version_and_on_colab_changes_nothing_else(path):
    text = path.read_text("utf-8")
    assert set(re.findall(r"ssmkit(?:\[\w+\])?==([\w.]+)", text)) == {PROJECT["version"]}
    assert f"%pip install -q 'ssmkit[colab]=={PROJECT['version']}'" in text


@pytest.mark.parametrize("requirement", requirements(PROJECT["dependencies"]), ids=str)
def test_colab_has_what_is_needed_or_nothing_of_it(requirement):
    version = pins("tests/colab-constraints.txt").get(canonicalize_name(requirement.name))
    assert version is None or version in requirement.specifier


@pytest.mark.parametrize("requirement", requirements(PROJECT["dependencies"]), ids=str)
def test_binder_pins_what_is_needed(requirement):
    version = pins("binder/requirements.txt")[canonicalize_name(requirement.name)]
    assert version in requirement.specifier


def test_binder_builds_the_kit_from_the_clone_and_nothing_else_of_it():
    assert (ROOT / "binder" / "runtime.txt").read_text("utf-8") == "python-3.12\n"
    assert "ssmkit" not in pins("binder/requirements.txt")
    post_build = ROOT / "binder" / "postBuild"
    assert post_build.stat().st_mode & 0o111
    assert "set -euo pipefail" in post_build.read_text("utf-8")
    assert "pip install --no-cache-dir --no-deps ." in post_build.read_text("utf-8")


def test_every_gate_runs_the_same_commands():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    for command in re.findall(r"entry: (.+)", hooks):
        assert f"\n{command}\n" in CI
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert "- run: bash .ci/run\n" in workflow
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for command in re.findall(r"^python -m venv .*pytest$", README, re.MULTILINE):
        assert command in contributing


@pytest.mark.full
def test_the_wheel_is_small_and_carries_the_lessons(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size < 5e6
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        said = archive.read(metadata).decode()
    carried = {name for name in names if name.startswith("ssmkit/lessons/notebooks/")}
    assert carried == {f"ssmkit/lessons/notebooks/{path.name}" for path in LESSONS}
    assert LESSONS
    assert not [name for name in names if not name.startswith(("ssmkit/", "ssmkit-"))]
    # A package index has the README and none of the files that it links to.
    links = re.findall(r"\]\(([^)]+)\)", said.partition("\n\n")[2])
    assert f"/v{PROJECT['version']}/pictures/model_builder.png" in "".join(links)
    assert [link for link in links if not link.startswith("https://")] == []


def test_what_the_readme_shows_is_there_and_small():
    pictures = re.findall(r"!\[[^\]]{20,}\]\((?!https)([^)]+)\)", README)
    assert pictures
    assert all((ROOT / path).stat().st_size < 200_000 for path in pictures)
    for path in re.findall(r"\]\((?!https?:|#)([^)]+)\)", README):
        assert (ROOT / path).exists()
