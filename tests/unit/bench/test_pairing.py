from bot.bench.pairing import measure_pairing, pairing_table


def test_each_size_is_paired_by_both_solvers() -> None:
    (figure,) = measure_pairing([(40, 10)])
    assert (figure.requests, figure.mentors) == (40, 10)
    assert 0 < figure.paired <= 40
    assert min(figure.seconds, figure.dense_seconds, figure.peak_mib) > 0
    assert pairing_table([figure]).row_count == 1
