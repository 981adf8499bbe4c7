import pytest

import parking


@pytest.mark.parametrize(
    ("minutes", "cents"),
    [(15, 0), (16, 200), (61, 400), (600, 1800), (2880, 3600)],
)
def test_fee(minutes, cents):
    assert parking.fee(minutes) == cents


def test_negative():
    try:
        parking.fee(-10)
    except ValueError:
        pass
