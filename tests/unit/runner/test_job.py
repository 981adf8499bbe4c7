import pytest
from pydantic import ValidationError

from runner.job import Call, Case, Expectation, Job, Run

OUTSIDE = ["../x", "/etc/x", "a/../../x", "a//x", "./x", "", "x\0y", "a/", ".."]


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_file_of_a_job_lies_outside_its_folder(name: str) -> None:
    case = Case(name="c", group="g", action=Call(function="f"), expected=Expectation())
    with pytest.raises(ValidationError):
        Run(files={name: b""})
    with pytest.raises(ValidationError):
        Run(collect=(name,))
    with pytest.raises(ValidationError):
        Job(id="j", source="", data={name: b""}, cases=(case,))


def test_a_file_may_lie_in_a_folder_and_have_any_letters() -> None:
    names = ("a/b.txt", "año 1.csv", "..x", "x\n")
    assert Run(collect=names).collect == names
