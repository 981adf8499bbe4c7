"""The form in which a review is written, and the opinion that comes back.

Four fields, for Discord's modals hold five: a line a criterion in one of them.
"""

from collections.abc import Mapping, Sequence

from bot.chat.answer_form import TITLE_LENGTH, shortened
from bot.chat.buttons import action
from bot.chat.parse.review import read_comments, read_marks
from bot.chat.reply import FieldKind, Form, FormField
from bot.chat.review_view import criterion_name
from bot.chat.texts import Texts
from bot.domain.review import Decision, Opinion, RequestKind
from bot.services.errors import Refused
from bot.services.reviewer import rubric_of
from bot.services.take_review import TakenReview

FIELDS = ("marks", "comments", "summary", "decision")
# A rubric of evidence asks in whole sentences.
_NAME_LENGTH = 60


def review_form(texts: Texts, taken: TakenReview, earlier: Sequence[str] = ()) -> Form:
    """`earlier` is what was written already, in the order of FIELDS."""
    values = dict(zip(FIELDS, earlier, strict=True)) if earlier else {}
    kind = taken.request.kind
    title = taken.challenge.title.in_(texts.language)
    return Form(
        title=shortened(texts("review.form.title", title=title), TITLE_LENGTH),
        action=action("review", "give", review=str(taken.review.id)),
        fields=(
            FormField(
                name="marks",
                label=texts(f"review.form.marks_{kind}"),
                kind=FieldKind.PARAGRAPH,
                value=values.get("marks") or _blank_marks(texts, taken),
            ),
            FormField(
                name="comments",
                label=texts("review.form.comments"),
                kind=FieldKind.PARAGRAPH,
                value=values.get("comments", ""),
                required=False,
            ),
            FormField(
                name="summary",
                label=texts("review.form.summary"),
                kind=FieldKind.PARAGRAPH,
                value=values.get("summary", ""),
                max_length=2000,
            ),
            FormField(
                name="decision",
                label=texts("review.form.decision"),
                kind=FieldKind.CHOICE,
                value=values.get("decision", ""),
                choices=tuple(
                    (one.value, texts(f"review.form.decision_{kind}.{one}"))
                    for one in Decision
                ),
            ),
        ),
        submit=texts("review.form.submit"),
    )


def opinion_in(taken: TakenReview, options: Mapping[str, str]) -> Opinion:
    """Raises Refused, as `bot.chat.parse.review` does; review_no_decision."""
    if "decision" not in options:
        raise Refused("review_no_decision")
    saved = {one.name: one.text for one in taken.saved}
    return Opinion(
        decision=Decision(options["decision"]),
        summary=options.get("summary", ""),
        marks=read_marks(
            options.get("marks", ""), rubric_of(taken.challenge, taken.request.kind)
        ),
        comments=read_comments(options.get("comments", ""), saved),
    )


def _blank_marks(texts: Texts, taken: TakenReview) -> str:
    rubric = rubric_of(taken.challenge, taken.request.kind)
    return "\n".join(
        f"{number} {_short(texts, taken, line.criterion)} ({line.least}-{line.most}): "
        for number, line in enumerate(rubric, start=1)
    )


def _short(texts: Texts, taken: TakenReview, criterion: str) -> str:
    name = criterion_name(texts, taken.challenge, criterion)
    if taken.request.kind is RequestKind.EVIDENCE:
        # What stands before the colon is the criterion.
        name = name.replace(":", " ")
    return shortened(name, _NAME_LENGTH)
