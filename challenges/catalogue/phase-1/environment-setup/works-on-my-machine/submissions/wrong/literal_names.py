import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def canonical(name: str) -> str:
    return name.lower()


def requirements(text: str) -> Iterator[tuple[str, str]]:
    """Name and version of each requirement; no version is an empty string."""
    for line in text.splitlines():
        requirement = line.split("#")[0].strip()
        if requirement:
            name, _, version = requirement.partition("==")
            yield name.strip(), version.strip()


def installed_versions(lines: Iterable[str]) -> dict[str, str]:
    versions = {}
    for line in lines:
        if line.startswith(("#", "-e")) or "==" not in line:
            continue
        name, _, version = line.strip().partition("==")
        versions[canonical(name)] = version
    return versions


def problems(text: str, versions: dict[str, str]) -> Iterator[str]:
    for name, wanted in requirements(text):
        installed = versions.get(canonical(name))
        if installed is None:
            yield f"missing: {name}"
        elif wanted and installed != wanted:
            yield f"different: {name} has {installed}, needs {wanted}"


def main() -> int:
    path = Path("requirements.txt")
    if not path.exists():
        print("no requirements.txt")
        return 2
    found = list(problems(path.read_text("utf-8"), installed_versions(sys.stdin)))
    print("\n".join(found) if found else "ready")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
