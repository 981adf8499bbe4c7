import parking


def test_a_short_stay_is_free():
    assert parking.fee(10) == 0
