"""`/streak` as a picture: a year of days, in two rows of weeks.

Each state has a shape of its own; colour comes on top of it:
    solved        a full square     rest    a bar
    freeze spent  a diamond         missed  a cross
    excused       a ring            open    an outline
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from bot.chat.pictures.canvas import drawn
from bot.chat.texts import Texts
from bot.domain.streak import DayState, Streak

# Two rows of 27: a year and a bit, in squares that a phone still shows.
WEEKS_IN_ROW = 27
ROWS = 2
STEP = 33
LEFT, TOP = 56, 196
ROW_HEIGHT = 7 * STEP + 62

SHAPES: Mapping[DayState, str] = {
    DayState.SOLVED: "solved",
    DayState.FREEZE_SPENT: "freeze",
    DayState.EXCUSED: "excused",
    DayState.SKIPPED: "excused",
    DayState.REST: "rest",
    DayState.MISSED: "missed",
    DayState.OPEN: "open",
}
LEGEND = ("solved", "freeze", "excused", "rest", "missed")


@dataclass(frozen=True, kw_only=True)
class DaySign:
    x: int
    y: int
    shape: str
    """`none` before the first solved day."""


@dataclass(frozen=True, kw_only=True)
class MonthLabel:
    x: int
    y: int
    text: str


def streak_svg(texts: Texts, streak: Streak, today: date) -> str:
    first = _first_day(today)
    states = {day.on: SHAPES[day.state] for day in streak.days}
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    return drawn(
        "streak",
        texts,
        title=texts("streak.title", n=streak.current),
        longest=texts("streak.days", n=streak.longest),
        freezes=str(streak.freezes),
        days=[
            DaySign(**_place(on, first), shape=states.get(on, "none")) for on in days
        ],
        months=_months(texts.language, days, first),
        legend=[(one, texts(f"picture.day.{one}")) for one in LEGEND],
        height=TOP + ROWS * ROW_HEIGHT + 66,
        step=STEP,
    )


def streak_alt(texts: Texts, streak: Streak, today: date) -> str:
    shown = [day.state for day in streak.days if day.on >= _first_day(today)]
    return texts(
        "picture.streak.alt",
        current=streak.current,
        longest=streak.longest,
        solved=shown.count(DayState.SOLVED),
        freezes=shown.count(DayState.FREEZE_SPENT),
        missed=shown.count(DayState.MISSED),
    )


def _first_day(today: date) -> date:
    """The Monday with which the weeks shown begin; the last of them holds today."""
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(weeks=WEEKS_IN_ROW * ROWS - 1)


def _place(on: date, first: date) -> dict[str, int]:
    row, week = divmod((on - first).days // 7, WEEKS_IN_ROW)
    y = TOP + row * ROW_HEIGHT + on.weekday() * STEP
    return {"x": LEFT + week * STEP, "y": y}


def _months(language: str, days: Sequence[date], first: date) -> list[MonthLabel]:
    """Above the week in which each month begins, where there is room for its name."""
    labels: list[MonthLabel] = []
    for on in days:
        if on.day == 1:
            at = _place(on, first)
            x, y = at["x"], at["y"] - on.weekday() * STEP - 12
            if x < LEFT + (WEEKS_IN_ROW - 1) * STEP:
                text = format_date(on, "LLL", locale=language).rstrip(".")
                labels.append(MonthLabel(x=x, y=y, text=text))
    return labels
