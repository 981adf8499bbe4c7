"""Requests and reviews as people read them: code with its lines numbered, and words.

What members wrote stands in spans and in code, never in a sentence of ours, so that it
can neither become mark-up nor call anybody.
"""

from collections.abc import Sequence

from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Code,
    Heading,
    Line,
    Moment,
    SpanStyle,
    Text,
    Tone,
    Words,
)
from bot.chat.texts import Texts, plain
from bot.domain.review import Comment, Decision, Opinion, RequestKind, ReviewRequest
from bot.domain.review_rubric import CodeCriterion, Mark
from bot.domain.submission import Submission
from bot.services.read_reviews import ReadRequest, ReadReview
from challenges.challenge import Challenge

# Of what is handed in as an artifact, colours would be those of another language.
_NUMBERED = "text"
# A stretch of lines that a comment is about is shown whole up to here.
_LINES_SHOWN = 12

_TONES = {Decision.ACCEPTED: Tone.GOOD, Decision.NOT_YET: Tone.NEUTRAL}


def numbered(source: str, first: int = 1, last: int | None = None) -> Code:
    """Lines `first` to `last` with their numbers, as comments count them."""
    lines = source.rstrip("\n").split("\n")
    shown = lines[first - 1 : last]
    width = len(str(first + len(shown) - 1))
    return Code(
        "\n".join(
            f"{number:>{width}} \N{BOX DRAWINGS LIGHT VERTICAL} {line}".rstrip()
            for number, line in enumerate(shown, start=first)
        ),
        _NUMBERED,
    )


def submission_block(request: ReviewRequest, submission: Submission) -> Block:
    if request.kind is RequestKind.EVIDENCE:
        return Text(plain(submission.source))
    return numbered(submission.source)


def criterion_name(texts: Texts, challenge: Challenge | None, criterion: str) -> str:
    """Of code one of ours; of evidence the first sentence of the challenge's own: the
    rest says which mark is given for what.
    """
    if criterion in set(CodeCriterion):
        return texts(f"review.criterion.{criterion}")
    known = challenge.rubric if challenge is not None else ()
    own = next((one for one in known if one.id == criterion), None)
    if own is None:
        return criterion
    return own.text.in_(texts.language).partition(". ")[0].rstrip(".")


def how_marked(texts: Texts, challenge: Challenge, criterion: str) -> str:
    """What follows in a criterion of evidence after its first sentence."""
    own = next(one for one in challenge.rubric if one.id == criterion)
    return own.text.in_(texts.language).partition(". ")[2]


def reader_name(texts: Texts, request: ReviewRequest, read: ReadReview) -> str:
    """Who judges evidence is not named to its author."""
    is_evidence = request.kind is RequestKind.EVIDENCE
    return texts("review.a_reader") if is_evidence else read.reviewer.name


def review_blocks(
    texts: Texts, challenge: Challenge | None, found: ReadRequest, read: ReadReview
) -> tuple[Block, ...]:
    review = read.review
    opinion = review.opinion
    if opinion is None or review.given_at is None:
        raise ValueError(review.id)
    by = texts.line(
        "review.by" if read.is_own else "review.by_of_equal",
        None,
        name=reader_name(texts, found.request, read),
        at=Moment(review.given_at),
    )
    decided = texts.line(f"review.decision.{opinion.decision}")
    return (
        Banner(decided, _TONES[opinion.decision]),
        Text(by),
        *_words(opinion.summary),
        *_marks(texts, challenge, opinion.marks),
        *_comments(texts, found.submission, opinion),
        *_thanks(texts, review.thanks),
    )


def _words(text: str) -> tuple[Block, ...]:
    return (Text(plain(text)),) if text else ()


def _marks(
    texts: Texts, challenge: Challenge | None, marks: Sequence[Mark]
) -> tuple[Block, ...]:
    if not marks:
        return ()
    return (Bullets(tuple(_mark(texts, challenge, one) for one in marks)),)


def _mark(texts: Texts, challenge: Challenge | None, mark: Mark) -> Line:
    name = criterion_name(texts, challenge, mark.criterion)
    said = [Words(name, SpanStyle.STRONG), Words(f": {mark.mark}/{mark.most}")]
    if mark.reason:
        said.append(Words(f" \N{EN DASH} {mark.reason}"))
    return tuple(said)


def _comments(
    texts: Texts, submission: Submission, opinion: Opinion
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if opinion.comments:
        heading = texts.line("review.comments", len(opinion.comments))
        blocks.append(Heading(heading, level=3))
    for one in opinion.comments:
        shown = min(one.last, one.first + _LINES_SHOWN - 1)
        blocks.append(numbered(submission.source, one.first, shown))
        blocks.append(Text((*_lines(texts, one), Words(one.text))))
    return tuple(blocks)


def _lines(texts: Texts, comment: Comment) -> Line:
    if comment.first == comment.last:
        return texts.line("review.line", None, line=comment.first)
    return texts.line("review.lines", None, first=comment.first, last=comment.last)


def _thanks(texts: Texts, thanks: str) -> tuple[Block, ...]:
    if not thanks:
        return ()
    return (Text((*texts.line("review.thanks_said"), Words(thanks))),)
