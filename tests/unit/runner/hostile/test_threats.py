import pytest

from runner.hostile.catalogue import AREAS
from runner.hostile.threats import THREATS


@pytest.mark.parametrize("area", AREAS)
def test_every_threat_has_programs_that_try_it(area: str) -> None:
    tried = {program.name for program in AREAS[area]}
    for threat, names in THREATS[area].items():
        assert names, threat
        assert set(names) <= tried, threat


def test_every_area_is_there() -> None:
    assert set(THREATS) == set(AREAS)
