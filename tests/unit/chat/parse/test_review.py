"""What a reviewer types, hostile until it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.parse.review import MOST_COMMENTS, read_comments, read_marks
from bot.domain.review import Comment
from bot.domain.review_rubric import CODE_RUBRIC, RubricLine
from bot.services.errors import Refused

SAVED = {"sets": "Use a set where you only ask whether it is in there."}


def test_comments_are_read_with_their_lines_and_go_on_below() -> None:
    typed = """12: use a set here
    or a dict, when you need both
14-12: = SETS
L\N{LATIN SMALL LETTER I WITH ACUTE}nea 3 \N{EN DASH} 5 :  dos: puntos

7:
"""
    assert read_comments(typed, SAVED) == (
        Comment(
            first=12, last=12, text="use a set here\nor a dict, when you need both"
        ),
        Comment(first=12, last=14, text=SAVED["sets"]),
        Comment(first=3, last=5, text="dos: puntos"),
    )


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("use a set here", "review_bad_comment"),
        ("0: nothing is there", "review_bad_comment"),
        ("1: =lists", "answer_unknown"),
        ("1: x\n" * (MOST_COMMENTS + 1), "review_many_comments"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    typed: str, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_comments(typed, SAVED)
    assert refused.value.reason == reason


def test_marks_are_read_by_number_whatever_else_stands_before_the_colon() -> None:
    typed = """4 Edge cases (1-4): 2, empty lists
2 things are missing: None and nan
1 Legibilidad (1-4): 3/4 \N{EN DASH} nombres cortos
3:4
2 Correctness (1-4):
9 No such criterion: 1
"""
    found = read_marks(typed, CODE_RUBRIC)
    assert [(one.criterion, one.mark, one.reason) for one in found] == [
        ("readability", 3, "nombres cortos"),
        ("idiom", 4, ""),
        ("edges", 2, "empty lists\n2 things are missing: None and nan"),
    ]


@given(st.text(max_size=200), st.integers(1, 5))
def test_no_text_breaks_the_reading_and_what_is_read_keeps_to_its_bounds(
    typed: str, criteria: int
) -> None:
    rubric = [
        RubricLine(criterion=str(number), least=0, most=10)
        for number in range(criteria)
    ]
    marks = read_marks(typed, rubric)
    assert len({one.criterion for one in marks}) == len(marks) <= criteria
    try:
        comments = read_comments(typed, SAVED)
    except Refused:
        return
    assert all(1 <= one.first <= one.last and one.text for one in comments)
