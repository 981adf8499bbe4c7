import pytest

import parking


@pytest.mark.parametrize(
    ("minutes", "cents"),
    [(5, 0), (60, 200), (120, 400), (600, 1800), (2880, 3600)],
)
def test_fee(minutes, cents):
    assert parking.fee(minutes) == cents


def test_negative():
    with pytest.raises(ValueError):
        parking.fee(-10)
