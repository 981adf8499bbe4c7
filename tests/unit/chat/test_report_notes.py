"""What a report tells of suites, measures, bounds and warnings, and what it keeps."""

from dataclasses import replace

import pytest

from bot.chat.reply import Block, Reply
from bot.chat.report import report_reply
from bot.chat.texts import texts_in
from challenges.challenge import Bilingual, Challenge, Kind
from challenges.grading.grade import CaseFeedback, Grade
from runner.report import MemberError, MemberWarning, Reason, Usage
from runner.verdict import Verdict
from tests.fakes.catalogue import ADD
from tests.unit.chat.test_report import HIDDEN, LESSON, judged, visible, words

SUITE = replace(ADD, kind=Kind.TESTS, file="test_solution.py")
PASSED = CaseFeedback(group="examples", visible=True, verdict=Verdict.ACCEPTED)
ALL = tuple(group.id for group in ADD.groups)


def told(
    challenge: Challenge,
    *cases: CaseFeedback,
    failed: tuple[str, ...] = ALL,
    **more: object,
) -> Reply:
    verdict = next(
        (one.verdict for one in cases if one.verdict is not Verdict.ACCEPTED),
        Verdict.ACCEPTED,
    )
    grade = Grade(
        verdict=verdict,
        share=0.0,
        passed=0,
        total=len(cases),
        cases=cases,
        failed_groups=failed,
    ).model_copy(update=more)
    return report_reply(texts_in("en"), challenge, judged(grade))


def said(reply: Reply) -> str:
    blocks: tuple[Block, ...] = reply.blocks
    return words(blocks)


def hidden(reason: Reason, **facts: object) -> CaseFeedback:
    wrong = {"verdict": Verdict.WRONG_ANSWER, "reason": reason}
    return HIDDEN.model_copy(update={**wrong, **facts})


def test_a_survivor_is_told_by_its_lesson() -> None:
    text = said(told(SUITE, PASSED, hidden(Reason.SURVIVED), failed=("negative",)))
    assert "A wrong version goes unnoticed" in text
    assert LESSON in text


def test_survivors_are_not_told_before_the_suite_passes_on_right_code() -> None:
    shown = visible(Reason.FAILS_ON_RIGHT, error=MemberError(type="AssertionError"))
    text = said(told(SUITE, shown, hidden(Reason.SUITE_UNSOUND)))
    assert "fails on code that is right" in text
    assert "Wrong versions count once" in text
    assert LESSON not in text


def test_another_right_version_is_named_as_such() -> None:
    other = visible(Reason.FAILS_ON_RIGHT, visible=False, called="", expected="")
    text = said(told(SUITE, PASSED, other, hidden(Reason.SUITE_UNSOUND)))
    assert "another one that is right as well" in text
    assert LESSON not in text


def test_a_hidden_measure_is_told_with_its_mark() -> None:
    challenge = replace(ADD, kind=Kind.METRIC)
    short = hidden(Reason.METRIC_SHORT, got="f1 = 0.7", expected="f1 ≥ 0.8")
    text = said(told(challenge, PASSED, short))
    assert "f1 = 0.7" in text
    assert "f1 ≥ 0.8" in text


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (Verdict.TIME_LIMIT, Reason.CPU_TIME),
        (Verdict.MEMORY_LIMIT, Reason.MEMORY),
    ],
)
def test_a_bound_is_told_with_its_figures(verdict: Verdict, reason: Reason) -> None:
    usage = Usage(cpu_time_s=2.04, wall_time_s=2.5, peak_memory_kib=20 << 10)
    case = visible(reason, verdict=verdict, usage=usage)
    figures = "2.0\n s of processor time, \n2.5\n s in all, \n20\n MiB"
    assert figures.replace("\n", "") in said(told(ADD, case)).replace("\n", "")


def test_a_lesson_of_the_challenges_checker_is_told() -> None:
    lessons = {"too-long": Bilingual(es="Es larguísimo.", en="It is far too long.")}
    challenge = replace(ADD, lessons=lessons)
    shown = said(told(challenge, visible(Reason.CHECKER_SAYS, lesson="too-long")))
    assert "It is far too long." in shown
    unknown = said(told(challenge, visible(Reason.CHECKER_SAYS, lesson="other")))
    assert "other" not in unknown


def test_a_warning_is_a_note_beside_a_pass() -> None:
    warning = MemberWarning(type="SyntaxWarning", message="invalid escape", line=3)
    reply = told(ADD, PASSED, failed=(), warnings=(warning,))
    assert "Line 3: SyntaxWarning: invalid escape" in said(reply)


def test_an_artifact_that_cannot_be_read_is_told_by_its_own_name() -> None:
    challenge = replace(ADD, kind=Kind.ARTIFACT, file="query.sql")
    error = MemberError(type="query.sql", message='near "FORM"', line=2)
    grade = Grade(
        verdict=Verdict.COMPILE_ERROR, share=0.0, passed=0, total=1, error=error
    )
    text = said(report_reply(texts_in("en"), challenge, judged(grade)))
    assert "cannot be read as it stands" in text
    assert "query.sql" in text
    assert "Python" not in text
