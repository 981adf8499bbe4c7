"""What came of evidence: the rubric line by line, and what its readers say."""

from collections.abc import Iterable

from bot.chat.buttons import browse_button, hint_button, submit_button
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Buttons,
    Heading,
    Line,
    Reply,
    Text,
    Tone,
    Words,
)
from bot.chat.review_view import criterion_name
from bot.chat.texts import Texts, plain
from bot.domain.review import Review
from challenges.challenge import Challenge
from challenges.grading.grade import CaseFeedback, Grade
from runner.verdict import Verdict


def evidence_reply(
    texts: Texts,
    challenge: Challenge,
    grade: Grade,
    *,
    progress: Iterable[Line],
    reviews: Iterable[Review],
) -> Reply:
    is_accepted = grade.verdict is Verdict.ACCEPTED
    line = texts.line(
        "evidence_report.accepted" if is_accepted else "evidence_report.sent_back",
        title=challenge.title.in_(texts.language),
        points=grade.passed,
        total=grade.total,
    )
    tone = Tone.GOOD if is_accepted else Tone.WAITING
    buttons = [browse_button(texts, challenge.phase)]
    if not is_accepted:
        buttons = [submit_button(texts, challenge, again=True)]
        if challenge.hints:
            buttons.append(hint_button(texts, challenge.id))
    return Reply(
        blocks=(
            Banner(line, tone),
            *(Text(one) for one in progress),
            Bullets(
                tuple(_criterion(texts, challenge, one) for one in grade.cases),
            ),
            *_said(texts, challenge, reviews),
            *([] if is_accepted else [Text(texts.line("evidence_report.again"))]),
            Buttons(tuple(buttons)),
        )
    )


def _said(
    texts: Texts, challenge: Challenge, reviews: Iterable[Review]
) -> tuple[Block, ...]:
    """In their words, which are text and nothing else; without their names."""
    blocks: list[Block] = []
    for number, review in enumerate(reviews, start=1):
        opinion = review.opinion
        if opinion is None:
            continue
        title = texts.line("evidence_report.reader", number=number)
        blocks += [Heading(title, level=3), Text(plain(opinion.summary))]
        reasons = [one for one in opinion.marks if one.reason.strip()]
        if reasons:
            blocks.append(
                Bullets(
                    tuple(
                        (
                            Words(criterion_name(texts, challenge, one.criterion)),
                            Words(f" ({one.mark}/{one.most}): {one.reason}"),
                        )
                        for one in reasons
                    )
                )
            )
    return tuple(blocks)


def _criterion(texts: Texts, challenge: Challenge, case: CaseFeedback) -> Line:
    mark = Words(f": {case.got}/{case.expected}")
    return (Words(criterion_name(texts, challenge, case.group)), mark)
