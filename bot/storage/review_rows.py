"""Requests and reviews as rows."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from sqlalchemy import Row

from bot.domain.review import (
    Comment,
    Decision,
    Opinion,
    RequestKind,
    Review,
    ReviewRequest,
    ReviewRequestState,
    ReviewState,
)
from bot.domain.review_rubric import Mark

_REQUEST = tuple(field.name for field in fields(ReviewRequest))
_REVIEW = tuple(field.name for field in fields(Review) if field.name != "opinion")


def request_values(request: ReviewRequest) -> Mapping[str, object]:
    values = {name: getattr(request, name) for name in _REQUEST}
    return values | {"place": dict(request.place)}


def request_of(row: Row[tuple[object, ...]]) -> ReviewRequest:
    values = {name: getattr(row, name) for name in _REQUEST}
    values["kind"] = RequestKind(row.kind)
    values["state"] = ReviewRequestState(row.state)
    return ReviewRequest(**values)


def review_values(review: Review) -> Mapping[str, object]:
    values = {name: getattr(review, name) for name in _REVIEW}
    opinion = review.opinion
    return values | {
        "decision": opinion and opinion.decision,
        "summary": opinion.summary if opinion else "",
        "marks": [asdict(one) for one in opinion.marks] if opinion else [],
        "comments": [asdict(one) for one in opinion.comments] if opinion else [],
    }


def review_of(row: Row[tuple[object, ...]]) -> Review:
    values = {name: getattr(row, name) for name in _REVIEW}
    values["state"] = ReviewState(row.state)
    if row.decision is not None:
        values["opinion"] = Opinion(
            decision=Decision(row.decision),
            summary=row.summary,
            marks=tuple(Mark(**one) for one in row.marks),
            comments=tuple(Comment(**one) for one in row.comments),
        )
    return Review(**values)
