"""What the tree promises that no linter knows."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {"os.environ", "os.getenv"}
PACKAGES = ("bot", "challenges", "runner", "migrations")


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "catalogue" not in path.relative_to(ROOT).parts:
                yield path


def source(path: Path) -> str:
    return path.read_text()


def attributes(path: Path) -> Iterator[ast.Attribute]:
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.Attribute):
            yield node


def classes(path: Path) -> Iterator[str]:
    """Public ones. A port may be named as what stands behind it."""
    for node in ast.parse(source(path)).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            bases = [ast.unparse(base) for base in node.bases]
            yield from [] if "Protocol" in bases else [node.name]


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        # Inside the sandbox there is no setting to read.
        if not {"harness", "hostile"} & set(path.parts)
        and ENVIRONMENT & {ast.unparse(node) for node in attributes(path)}
    ]
    assert [path for path in readers if path != "bot/settings.py"] == []


def test_a_name_means_one_thing() -> None:
    where = defaultdict(list)
    for path in modules():
        for name in classes(path):
            where[name].append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "base"])
def test_no_module_is_named_for_nothing(word: str) -> None:
    assert [path for path in modules() if path.stem == word] == []


def test_no_module_grows_past_four_hundred_lines() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): len(source(path).splitlines())
        for path in modules()
    }
    assert {path: lines for path, lines in long.items() if lines > 400} == {}
