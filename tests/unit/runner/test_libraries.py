from pathlib import Path

import pytest

from runner import libraries
from runner.errors import LibraryFault
from runner.job import Profile


def test_libraries_that_do_not_come_in_time_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(LibraryFault) as told:
        libraries.install(Profile.BASE, tmp_path, within_s=0)
    assert told.value.why == "not within 0 s"
