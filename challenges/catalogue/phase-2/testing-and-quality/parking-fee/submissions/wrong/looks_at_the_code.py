import parking


def test_the_day_is_divided_out():
    assert "divmod" in parking.fee.__code__.co_names


def test_fee():
    assert parking.fee(15) == 0
    assert parking.fee(16) == 200
