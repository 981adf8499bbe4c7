from pathlib import Path

import pytest

from runner.__main__ import main
from runner.report import Report
from runner.verdict import Verdict
from tests.integration.runner.given import calls, job


def test_a_job_from_a_file_is_reported_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "job.json"
    told = job("def one():\n    return {1, (2,)}\n", calls("one", returns={1, (2,)}))
    path.write_text(told.model_dump_json())
    assert main([str(path), "--backend", "process"]) == 0
    report = Report.model_validate_json(capsys.readouterr().out)
    assert (report.verdict, report.backend) == (Verdict.ACCEPTED, "process")
