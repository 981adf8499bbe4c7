"""A judged submission as its author reads it: what was called, what came, why."""

from collections.abc import Mapping

from bot.chat import report_notes
from bot.chat.buttons import (
    browse_button,
    hint_button,
    leaderboard_button,
    solution_button,
    submit_button,
)
from bot.chat.evidence_report import evidence_reply
from bot.chat.reply import (
    Banner,
    Block,
    Buttons,
    Code,
    Details,
    Heading,
    Line,
    Reply,
    Text,
    Tone,
)
from bot.chat.review_buttons import ask_button
from bot.chat.texts import Texts
from bot.domain.review import Review
from bot.domain.submission import Submission
from challenges.challenge import Challenge, Kind
from challenges.grading.grade import CaseFeedback, Grade
from runner.report import MemberError, Reason
from runner.verdict import Verdict

# Of many failing visible cases the first few teach; the rest is noise on a phone.
CASES_SHOWN = 3

_TONES: Mapping[Verdict, Tone] = {
    Verdict.ACCEPTED: Tone.GOOD,
    Verdict.PARTIAL: Tone.WAITING,
    Verdict.JUDGE_ERROR: Tone.NEUTRAL,
}
_BANNER_KEYS: Mapping[tuple[Kind, Verdict], str] = {
    (Kind.TESTS, Verdict.ACCEPTED): "report.suite_accepted",
    (Kind.TESTS, Verdict.PARTIAL): "report.suite_partial",
    (Kind.TESTS, Verdict.WRONG_ANSWER): "report.suite_wrong_answer",
    (Kind.ARTIFACT, Verdict.COMPILE_ERROR): "report.artifact_invalid",
}
# Wrong answers that no other input would make right.
_CALL_LANGUAGES: Mapping[Kind, str] = {
    Kind.PROGRAM: "console",
    Kind.TESTS: "console",
    Kind.ARTIFACT: "text",
}
_NO_ANSWER_KEYS = frozenset(
    {"reason.not_plain_value", "reason.returned_nothing", "reason.printed_instead"}
)


def report_reply(
    texts: Texts,
    challenge: Challenge,
    submission: Submission,
    *,
    progress: tuple[Line, ...] = (),
    reviews: tuple[Review, ...] = (),
) -> Reply:
    """`progress` are lines on points and streak to put after the verdict; `reviews`
    what readers of evidence said.

    The submission must be judged.
    """
    grade = submission.grade
    if grade is None:
        raise ValueError(submission.id)
    if challenge.kind is Kind.REVIEW and grade.verdict is not Verdict.JUDGE_ERROR:
        return evidence_reply(
            texts, challenge, grade, progress=progress, reviews=reviews
        )
    blocks: list[Block] = [_banner(texts, challenge, grade)]
    blocks.extend(Text(line) for line in progress)
    if grade.verdict is Verdict.ACCEPTED:
        blocks.append(_all_passed(texts, challenge, grade))
    elif grade.verdict is not Verdict.JUDGE_ERROR:
        blocks.extend(_failures(texts, challenge, grade))
    blocks.extend(report_notes.warnings(texts, grade))
    blocks.append(_buttons(texts, challenge, grade))
    return Reply(blocks=tuple(blocks))


def _banner(texts: Texts, challenge: Challenge, grade: Grade) -> Banner:
    line = texts.line(
        _banner_key(challenge, grade),
        title=challenge.title.in_(texts.language),
        **_counts(challenge, grade),
    )
    return Banner(line, _TONES.get(grade.verdict, Tone.BAD))


def _counts(challenge: Challenge, grade: Grade) -> dict[str, int]:
    """Of cases; of a suite, the kinds of mistake that it finds."""
    if challenge.kind is not Kind.TESTS:
        return {"passed": grade.passed, "total": grade.total}
    hidden = [group.id for group in challenge.groups if not group.visible]
    found = sum(group not in grade.failed_groups for group in hidden)
    return {"passed": found, "total": len(hidden)}


def _banner_key(challenge: Challenge, grade: Grade) -> str:
    """A quiz has answers where other challenges have cases."""
    special = _BANNER_KEYS.get((challenge.kind, grade.verdict))
    if special is not None:
        return special
    if challenge.kind is not Kind.QUIZ or grade.verdict is Verdict.JUDGE_ERROR:
        return f"report.{grade.verdict}"
    is_right = grade.verdict is Verdict.ACCEPTED
    return "report.quiz_right" if is_right else "report.quiz_not_yet"


def _all_passed(texts: Texts, challenge: Challenge, grade: Grade) -> Text:
    if challenge.kind is Kind.QUIZ:
        return Text(texts.line("report.all_right", n=grade.total))
    return Text(
        texts.line(
            "report.usage",
            cases=grade.total,
            milliseconds=round(grade.usage.cpu_time_s * 1000),
            memory_mib=round(grade.usage.peak_memory_kib / 1024),
        )
    )


def _failures(texts: Texts, challenge: Challenge, grade: Grade) -> list[Block]:
    if grade.error is not None:
        advice = Text(texts.line("report.unreadable"))
        return [*_error_blocks(texts, grade.error, challenge.file), advice]
    if challenge.kind is Kind.QUIZ:
        return [Text(texts.line("report.quiz_again"))]
    visible = [one for one in grade.cases if one.visible and not _passed(one)]
    if _is_one_fault(challenge, grade):
        first = _case_blocks(texts, challenge, visible[0])
        return [*first, Text(texts.line("report.one_fault"))]
    blocks: list[Block] = []
    for case in visible[:CASES_SHOWN]:
        blocks.extend(_case_blocks(texts, challenge, case))
    if len(visible) > CASES_SHOWN:
        blocks.append(
            Text(texts.line("report.more_cases", n=len(visible) - CASES_SHOWN))
        )
    blocks.extend(_hidden_blocks(texts, challenge, grade))
    return blocks


def _is_one_fault(challenge: Challenge, grade: Grade) -> bool:
    """Nothing passes, and everywhere for a reason that is no answer's fault.

    A wrong name or a loop at import, say: of the other cases there is nothing to learn
    before that is mended.
    """
    visible = [one for one in grade.cases if one.visible]
    if grade.passed or len(visible) < 2:  # noqa: PLR2004 - all of one
        return False
    faults = {_fault(challenge, one) for one in visible}
    return (
        len(faults) == 1
        and None not in faults
        and len({one.verdict for one in grade.cases}) == 1
    )


def _fault(challenge: Challenge, case: CaseFeedback) -> tuple[object, ...] | None:
    """What tells one fault from another; None for an answer that is merely wrong."""
    key = _reason_key(challenge, case)
    if case.verdict is Verdict.WRONG_ANSWER and key not in _NO_ANSWER_KEYS:
        return None
    error = case.error
    return (case.verdict, error and error.type, error and error.line)


def _passed(case: CaseFeedback) -> bool:
    return case.verdict is Verdict.ACCEPTED


def _case_blocks(texts: Texts, challenge: Challenge, case: CaseFeedback) -> list[Block]:
    blocks: list[Block] = [Heading(texts.line("report.called"), level=3)]
    blocks.append(Code(case.called, _CALL_LANGUAGES.get(challenge.kind, "python")))
    if case.stdin:
        blocks.append(Text(texts.line("report.stdin")))
        blocks.append(Code(case.stdin, "text"))
    blocks.extend(_came_blocks(texts, challenge, case))
    if case.expected:
        blocks.append(Text(texts.line("report.expected")))
        blocks.append(Code(case.expected, "text"))
    if case.stdout and case.stdout != case.got:
        blocks.append(Details(texts("report.stdout"), (Code(case.stdout, "text"),)))
    return blocks


def _came_blocks(texts: Texts, challenge: Challenge, case: CaseFeedback) -> list[Block]:
    """What came of the call, and why that is not it."""
    blocks: list[Block] = []
    # An exception says for itself that it was raised, and is what came.
    if case.reason not in {None, Reason.RAISED}:
        blocks.append(Text(texts.line(_reason_key(challenge, case))))
    blocks.extend(report_notes.lesson(texts, challenge, case.lesson))
    blocks.extend(report_notes.figures(texts, challenge, case))
    if case.reason is Reason.FUNCTION_MISSING:
        return blocks
    # There the error is the harness's note on the value: nothing was raised.
    if case.error is not None and case.reason is not Reason.NOT_PLAIN_VALUE:
        blocks.extend(_error_blocks(texts, case.error, challenge.file))
    elif case.got:
        blocks.append(Text(texts.line("report.got")))
        blocks.append(Code(case.got, "text"))
    return blocks


def _reason_key(challenge: Challenge, case: CaseFeedback) -> str:
    is_nothing = case.reason is Reason.RETURNED_OTHER and case.got == "None"
    if challenge.kind is not Kind.FUNCTION or not is_nothing:
        return f"reason.{case.reason}"
    # The commonest slip of beginners has a sentence of its own.
    return "reason.printed_instead" if case.stdout else "reason.returned_nothing"


def _error_blocks(texts: Texts, error: MemberError, file: str) -> list[Block]:
    if error.type == file:
        where = texts.line("report.artifact_at", line=error.line or 1, file=file)
    elif error.line is None:
        where = texts.line("report.error", type=error.type)
    else:
        where = texts.line("report.error_at", type=error.type, line=error.line)
    blocks: list[Block] = [Text(where)]
    blocks.append(Code(error.traceback or f"{error.type}: {error.message}", "pytb"))
    return blocks


def _hidden_blocks(texts: Texts, challenge: Challenge, grade: Grade) -> list[Block]:
    """Of hidden cases: the group's title, how they failed, and the author's lesson."""
    if challenge.kind is Kind.TESTS:
        return report_notes.survivors(texts, challenge, grade)
    blocks: list[Block] = []
    for group in challenge.groups:
        failed = [
            one for one in grade.cases if one.group == group.id and not _passed(one)
        ]
        if group.visible or not failed:
            continue
        blocks.append(
            Text(
                texts.line(
                    "report.hidden",
                    n=len(failed),
                    group=group.title.in_(texts.language),
                    verdict=texts(f"verdict.{failed[0].verdict}"),
                )
            )
        )
        blocks.extend(report_notes.measures(texts, failed))
        for key in dict.fromkeys(one.lesson for one in failed):
            blocks.extend(report_notes.lesson(texts, challenge, key))
        if group.feedback is not None:
            lesson = group.feedback.in_(texts.language)
            blocks.append(Text(texts.line("report.lesson", lesson=lesson)))
    return blocks


def _buttons(texts: Texts, challenge: Challenge, grade: Grade) -> Buttons:
    if grade.verdict is Verdict.ACCEPTED:
        has_code = challenge.kind is not Kind.QUIZ
        return Buttons(
            (
                solution_button(texts, challenge.id),
                *([ask_button(texts, challenge.id)] if has_code else []),
                browse_button(texts, challenge.phase),
                leaderboard_button(texts),
            )
        )
    again = submit_button(texts, challenge, again=True)
    if not challenge.hints:
        return Buttons((again,))
    return Buttons((again, hint_button(texts, challenge.id)))
