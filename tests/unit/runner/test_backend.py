import json
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from runner.__main__ import main
from runner.backend import BackendReason, choose
from runner.docker_engine import Missing
from runner.process import ProcessSandbox


def test_process_is_taken_when_it_is_asked_for() -> None:
    backend = choose("process")
    assert isinstance(backend.sandbox, ProcessSandbox)
    assert (backend.name, backend.reason) == ("process", BackendReason.ASKED)


def test_every_reason_for_lack_of_docker_is_told_to_people() -> None:
    assert set(get_args(get_type_hints(Missing)["reason"])) < set(BackendReason)


def test_a_bad_job_is_told_with_all_its_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "job.json"
    call = {"kind": "call", "function": "f", "args": [{"$set": 1}]}
    expected = {"checker": {"name": "magic"}}
    case = {"name": "a", "group": "g", "action": call, "expected": expected}
    path.write_text(json.dumps({"id": "j", "sauce": "", "cases": [case]}))
    assert main([str(path)]) == 2
    told = capsys.readouterr().err
    for place in ("source:", "sauce:", "cases.0.action", "cases.0.expected.checker"):
        assert place in told


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]"])
def test_what_is_no_job_is_told_without_a_traceback(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "job.json"
    path.write_bytes(content)
    assert main([str(path)]) == 2
    assert capsys.readouterr().err
    assert main([str(tmp_path / "none.json")]) == 2
