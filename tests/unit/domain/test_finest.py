from bot.domain.finest import MOST_SHOWN, DailySolution, finest


def solution(
    name: str, points: int = 50, source: str | None = "x = 1"
) -> DailySolution:
    return DailySolution(submission_id=name, name=name, points=points, source=source)


def test_it_is_the_one_that_earned_most() -> None:
    best = finest([solution("a", 40), solution("b", 60), solution("c", 50)])
    assert best is not None
    assert best.name == "b"


def test_nobody_is_shown_who_did_not_say_so() -> None:
    assert finest([solution("a", source=None)]) is None
    assert finest([solution("a", source="x" * (MOST_SHOWN + 1))]) is None
    assert finest([]) is None


def test_among_equals_it_is_neither_the_first_nor_the_shortest() -> None:
    names = [str(n) for n in range(20)]
    chosen = {
        best.name
        for n in range(20)
        if (best := finest([solution(one) for one in names[n:] + names[:n]]))
    }
    assert len(chosen) == 1, "the order does not matter"
    firsts = [
        best.name == f"{n}-a"
        for n in range(40)
        if (best := finest([solution(f"{n}-a"), solution(f"{n}-b")]))
    ]
    assert 8 < sum(firsts) < 32
