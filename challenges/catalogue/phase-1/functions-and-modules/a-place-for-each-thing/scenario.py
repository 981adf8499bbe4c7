"""Unpacks the project and uses it as its developer and its users would.

The repository lies in one folder, the terminal stands in another, and an installation
has the package alone in a third.
"""

import contextlib
import importlib
import io
import os
import re
import runpy
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path, PurePosixPath

MARK = re.compile(r"^=== (\S+)[ \t]*$", re.MULTILINE)
MAX_FILES = 40
TABLES = {".csv", ".tsv", ".json", ".xlsx"}


def files_of(text):
    """Content by path. Raises ArtifactError for what is no such text."""
    marks = list(MARK.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        raise ArtifactError("a project begins with a line `=== path`", line=1)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = {}
    for mark, end in zip(marks, ends, strict=True):
        path = PurePosixPath(mark[1])
        line = text.count("\n", 0, mark.start()) + 1
        if path.is_absolute() or ".." in path.parts or len(found) == MAX_FILES:
            raise ArtifactError(f"{path} cannot be unpacked", line=line)
        if str(path) in found:
            raise ArtifactError(f"{path} stands there twice", line=line)
        found[str(path)] = text[mark.end() : end].strip("\n") + "\n"
    return found


def unpacked(text):
    root = Path(tempfile.mkdtemp())
    for name, content in files_of(text).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def developed(text):
    """As `pip install -e .` leaves it, with the terminal in the repository."""
    root = unpacked(text)
    os.chdir(root)
    sys.path.insert(0, str(root / "src"))
    return root


def elsewhere():
    os.chdir(tempfile.mkdtemp())


def strays(text):
    """Python outside `src/herbarium` and `tests`, tests in the package, loose data."""
    return sorted(name for name in files_of(text) if is_stray(PurePosixPath(name)))


def is_stray(path):
    in_package = path.parts[:2] == ("src", "herbarium")
    is_python = path.suffix == ".py"
    if is_python and (path.name.startswith("test_") or path.name == "conftest.py"):
        return path.parts[0] != "tests"
    if is_python:
        return not in_package and path.parts[0] != "tests"
    return path.suffix in TABLES and len(path.parts) == 1


def project(text):
    files = files_of(text)
    table = described(files).get("project", {})
    has_readme = bool(files.get("README.md", "").strip())
    return [table.get("name"), bool(table.get("version")), has_readme]


def described(files):
    try:
        return tomllib.loads(files.get("pyproject.toml", ""))
    except tomllib.TOMLDecodeError as error:
        raise ArtifactError(f"pyproject.toml: {error}") from None


def watched(action):
    """What the action wrote on each stream, and the status that it ended with."""
    out, err, status = io.StringIO(), io.StringIO(), None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = action()
        except SystemExit as end:
            status = end.code
    if status is not None and not isinstance(status, int):
        # What the interpreter does with a text: writes it, and ends with 1.
        err.write(f"{status}\n")
        status = 1
    return out.getvalue(), err.getvalue(), status or 0


def module_run(text, *argv):
    developed(text)
    sys.argv = ["herbarium", *argv]

    def run():
        runpy.run_module("herbarium", run_name="__main__", alter_sys=True)

    out, _, status = watched(run)
    return [out, status]


def imported(text, name):
    """What importing it wrote, whether it opened a table, and how it ended."""
    developed(text)
    elsewhere()
    sys.argv = ["pytest", "Q-0017"]
    tables = []

    def listen(event, args):
        if event == "open" and str(args[0]).endswith(tuple(TABLES)):
            tables.append(args[0])

    sys.addaudithook(listen)
    out, err, status = watched(lambda: importlib.import_module(name) and None)
    return [
        out + err,
        "a table was read" if tables else "no table read",
        "ready" if name in sys.modules else f"ended with {status}",
    ]


def label_from_elsewhere(text, *codes):
    developed(text)
    elsewhere()
    return labels(codes)


def label_when_installed(text, *codes):
    site = Path(tempfile.mkdtemp())
    root = unpacked(text)
    shutil.copytree(root / "src" / "herbarium", site / "herbarium")
    shutil.rmtree(root)
    sys.path.insert(0, str(site))
    elsewhere()
    return labels(codes)


def labels(codes):
    label = importlib.import_module("herbarium.labels").label
    return [label_or_error(label, code) for code in codes]


def label_or_error(label, code):
    try:
        return label(code)
    except KeyError:
        return "KeyError"


def command_run(text, *argv):
    """Does what the script does that an installation puts on the path."""
    scripts = described(files_of(text)).get("project", {}).get("scripts", {})
    module, _, function = scripts.get("herbarium-label", "").partition(":")
    if not function:
        return "no command herbarium-label"
    developed(text)
    sys.argv = ["herbarium-label", *argv]
    out, err, status = watched(
        lambda: getattr(importlib.import_module(module), function)()
    )
    told = "something" if err.strip() else "nothing"
    return [out, f"{told} on standard error", status]


def tests_run(text, body=None):
    """Whether the tests pass; with a body, after `label` was broken with it."""
    import pytest

    root = developed(text)
    if body is not None:
        path = root / "src" / "herbarium" / "labels.py"
        path.write_text(
            f"{path.read_text(encoding='utf-8')}\n\ndef label(code):\n    {body}\n",
            encoding="utf-8",
        )
    with contextlib.redirect_stdout(io.StringIO()):
        status = pytest.main(["-q", "-p", "no:cacheprovider", "tests"])
    return {0: "pass", 1: "fail", 5: "no tests"}.get(int(status), "cannot be run")
