import pytest

import parking

DAY = 24 * 60


@pytest.mark.parametrize(
    ("minutes", "cents"),
    [
        (0, 0),
        (15, 0),
        (16, 200),
        (60, 200),
        (61, 400),
        (75, 400),
        (8 * 60, 1600),
        (9 * 60, 1800),
        (10 * 60, 1800),
        (DAY, 1800),
        (DAY + 1, 2000),
        (DAY + 10, 2000),
        (2 * DAY, 3600),
        (3000, 4000),
    ],
)
def test_a_stay_costs_what_the_contract_says(minutes, cents):
    assert parking.fee(minutes) == cents


@pytest.mark.parametrize("minutes", [-1, -60])
def test_a_negative_stay_is_refused(minutes):
    with pytest.raises(ValueError):
        parking.fee(minutes)
