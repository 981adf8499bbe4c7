"""Where `process` has its libraries; nothing is fetched here."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from runner.environments import FOR_GRADERS, Environments
from runner.errors import LibraryFault, SandboxFault
from runner.job import Call, Profile, Suite
from runner.libraries import lock
from runner.process import ProcessSandbox
from runner.sandbox import Work


def work(profile: Profile, source: str = "x = 1", **more: object) -> Work:
    given = {"limits": {}, "actions": [Call(function="f")], **more}
    return Work.model_validate({"profile": profile, "source": source, **given})


class Installer:
    def __init__(self) -> None:
        self.made: list[Profile] = []

    def __call__(self, profile: Profile, folder: Path) -> None:
        self.made.append(profile)
        folder.mkdir()


@pytest.mark.parametrize("profile", [Profile.DATA, Profile.WEB, Profile.ML])
def test_each_profile_is_installed_once(tmp_path: Path, profile: Profile) -> None:
    install = Installer()
    first = Environments(tmp_path, install=install).prepared(work(profile))
    again = Environments(tmp_path, install=install).prepared(work(profile))
    assert first == again
    assert first is not None
    assert (first / "site").is_dir()
    assert install.made == [profile]


def test_two_at_once_install_once(tmp_path: Path) -> None:
    install, together = Installer(), Barrier(2)

    def prepare() -> Path | None:
        environments = Environments(tmp_path, install=install)
        together.wait()
        return environments.prepared(work(Profile.DATA))

    with ThreadPoolExecutor(2) as threads:
        one, other = (threads.submit(prepare) for _ in range(2))
        assert one.result() == other.result()
    assert install.made == [Profile.DATA]


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        "import json",
        "from yaml_like import a",
        "# import yaml",
    ],
)
def test_base_awaits_nothing_that_it_does_not_import(
    tmp_path: Path, source: str
) -> None:
    install = Installer()
    environments = Environments(tmp_path, install=install)
    assert environments.prepared(work(Profile.BASE, source)) is None
    assert install.made == []


@pytest.mark.parametrize(
    "more",
    [
        {"source": "import yaml"},
        {"source": "def f():\n    from jsonschema import validate\n"},
        {"scenario": "import sqlglot"},
        {"actions": [Suite(module="m", implementation="")]},
    ],
)
def test_base_has_what_graders_need(tmp_path: Path, more: dict[str, object]) -> None:
    install = Installer()
    environments = Environments(tmp_path, install=install)
    assert environments.prepared(work(Profile.BASE, **more)) is not None  # type: ignore[arg-type]
    assert install.made == [Profile.BASE]


def test_what_graders_need_is_in_the_lock_of_base() -> None:
    locked = lock(Profile.BASE).read_text("utf-8").replace("-", "_")
    for module in FOR_GRADERS - {"yaml"}:
        assert f"\n{module}==" in locked
    assert "\npyyaml==" in locked


def fails(profile: Profile, folder: Path) -> None:
    folder.mkdir()
    raise LibraryFault(profile.value, "no route to host")


def lacks_space(profile: Profile, folder: Path) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("install", "why"), [(fails, "no route to host"), (lacks_space, "No space left")]
)
def test_a_failed_installation_is_told_and_leaves_nothing(
    tmp_path: Path, install: Callable[[Profile, Path], None], why: str
) -> None:
    with pytest.raises(SandboxFault, match=why):
        Environments(tmp_path, install=install).prepared(work(Profile.DATA))
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []
    later = Environments(tmp_path, install=Installer())
    assert later.prepared(work(Profile.DATA)) is not None


async def test_without_environments_a_profile_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises(SandboxFault, match="no libraries for data"):
        await ProcessSandbox(folder=tmp_path).run(work(Profile.DATA))
