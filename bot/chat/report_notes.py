"""What a report adds for some kinds of challenge: figures, survivors, notes."""

from collections.abc import Sequence

from bot.chat.reply import Block, Code, Details, Text
from bot.chat.texts import Texts
from challenges.challenge import Challenge
from challenges.grading.grade import CaseFeedback, Grade
from runner.report import Reason
from runner.verdict import Verdict

BOUNDS = frozenset({Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT})


def warnings(texts: Texts, grade: Grade) -> list[Block]:
    lines = [
        texts("report.warning", line=one.line, type=one.type, message=one.message)
        for one in grade.warnings
    ]
    if not lines:
        return []
    return [Details(texts("report.warnings"), (Code("\n".join(lines), "text"),))]


def lesson(texts: Texts, challenge: Challenge, key: str) -> list[Block]:
    """What the challenge's own checker says is wrong."""
    if key not in challenge.lessons:
        return []
    told = challenge.lessons[key].in_(texts.language)
    return [Text(texts.line("report.lesson", lesson=told))]


def figures(texts: Texts, challenge: Challenge, case: CaseFeedback) -> list[Block]:
    """Of a case that came to a bound of time or memory."""
    if case.verdict not in BOUNDS:
        return []
    usage, limits = case.usage, challenge.limits
    line = texts.line(
        "report.figures",
        cpu=f"{usage.cpu_time_s:.1f}",
        wall=f"{usage.wall_time_s:.1f}",
        memory=round(usage.peak_memory_kib / 1024),
        cpu_limit=f"{limits.cpu_time_s:g}",
        wall_limit=f"{limits.wall_time_s:g}",
        memory_limit=limits.memory_mib,
    )
    return [Text(line)]


def measures(texts: Texts, failed: Sequence[CaseFeedback]) -> list[Block]:
    return [
        Text(texts.line("report.measure", got=one.got, expected=one.expected))
        for one in failed
        if one.reason is Reason.METRIC_SHORT
    ]


def survivors(texts: Texts, challenge: Challenge, grade: Grade) -> list[Block]:
    """The wrong implementations that a suite lets pass, once it may judge them."""
    failed = [one for one in grade.cases if one.verdict is not Verdict.ACCEPTED]
    visible_groups = {group.id for group in challenge.groups if group.visible}
    unsound = [one for one in failed if one.group in visible_groups]
    if unsound:
        shown = any(one.visible for one in unsound)
        key = "reason.suite_unsound" if shown else "report.other_right"
        return [Text(texts.line(key))]
    blocks: list[Block] = []
    for group in challenge.groups:
        if group.id not in grade.failed_groups:
            continue
        title = group.title.in_(texts.language)
        blocks.append(Text(texts.line("report.survived", group=title)))
        if group.feedback is not None:
            told = group.feedback.in_(texts.language)
            blocks.append(Text(texts.line("report.lesson", lesson=told)))
    return blocks
