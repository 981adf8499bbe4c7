import ast
from pathlib import Path

import pytest

from runner.hostile.catalogue import AREAS, programs
from runner.hostile.threats import THREATS
from tests.unit.runner.hostile.elsewhere import ELSEWHERE

ROOT = Path(__file__).parents[4]
NAMES = {program.name for _, program in programs()}


@pytest.mark.parametrize("heading", THREATS)
def test_every_threat_is_tried_by_programs_or_by_a_test(heading: str) -> None:
    for threat, names in THREATS[heading].items():
        assert names or ELSEWHERE[threat], threat
        assert set(names) <= NAMES, threat


def test_every_area_tries_a_threat() -> None:
    named = {
        one for tried in THREATS.values() for names in tried.values() for one in names
    }
    for area, found in AREAS.items():
        assert named & {program.name for program in found}, area


@pytest.mark.parametrize("threat", ELSEWHERE)
def test_what_is_tried_elsewhere_is_there(threat: str) -> None:
    assert any(threat in tried for tried in THREATS.values())
    file, name = ELSEWHERE[threat]
    tree = ast.parse((ROOT / file).read_text())
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert name in {one.name for one in tree.body if isinstance(one, functions)}


def test_no_two_programs_have_one_name() -> None:
    assert len(NAMES) == len(programs())
