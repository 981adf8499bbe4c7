from bot.domain.evidence import graded
from bot.domain.review import Decision
from bot.domain.review_rubric import Mark
from challenges.challenge import Bilingual, Criterion
from runner.verdict import Verdict

RUBRIC = tuple(
    Criterion(id=name, text=Bilingual(es=name, en=name), points=points)
    for name, points in (("clear", 3), ("proven", 4))
)


def marks(clear: int, proven: int) -> list[Mark]:
    return [
        Mark(criterion="clear", mark=clear, most=3, reason="because"),
        Mark(criterion="proven", mark=proven, most=4, reason="because"),
    ]


def test_readers_decide_and_marks_only_say_how_far_it_got() -> None:
    low = graded(RUBRIC, Decision.ACCEPTED, [marks(0, 0)])
    high = graded(RUBRIC, Decision.NOT_YET, [marks(3, 4)])
    assert (low.verdict, low.passed) == (Verdict.ACCEPTED, 0)
    assert (high.verdict, high.share) == (Verdict.PARTIAL, 1)


def test_of_two_readers_the_middle_is_shown() -> None:
    grade = graded(RUBRIC, Decision.NOT_YET, [marks(3, 1), marks(2, 4)])
    assert [(one.got, one.expected) for one in grade.cases] == [
        ("2.5", "3"),
        ("2.5", "4"),
    ]
    assert (grade.passed, grade.total) == (5, 7)
    assert grade.failed_groups == ("clear", "proven")
