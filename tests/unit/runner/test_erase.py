import os
from pathlib import Path

from runner.harness.erase import empty, erase


def test_the_deepest_tree_is_removed(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    here = Path.cwd()
    os.chdir(top)
    try:
        for _ in range(1500):
            Path("deep" * 20).mkdir()
            os.chdir("deep" * 20)
    finally:
        os.chdir(here)
    erase(str(top))
    assert not top.exists()


def test_links_are_removed_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    top = tmp_path / "top"
    (top / "inner").mkdir(parents=True)
    (top / "inner" / "out").symlink_to(kept)
    (top / "loop").symlink_to(top)
    erase(str(top))
    assert (kept / "file").exists()
    assert not top.exists()


def test_bad_names_and_closed_folders_are_removed(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    (shut / "inner").mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(shut) + b"/bad\xff\n")).touch()
    (shut / "inner").chmod(0)
    shut.chmod(0)
    empty(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
