"""What the page of a board shows."""

from collections.abc import Mapping

from starlette.datastructures import QueryParams
from starlette.requests import Request

from bot.chat.pages.links import page_path
from bot.chat.pages.visitor import NotHere, Visitor
from bot.domain.leaderboard import Measure, Period
from bot.services.board_page import Stretch, read_board_page
from bot.services.leaderboard import Scope
from bot.services.world import World

# As many digits as a member's id can have.
ID_LENGTH = 18
FRIENDS = Scope.FRIENDS.value


async def board_facts(
    world: World, visitor: Visitor, request: Request
) -> Mapping[str, object]:
    """Raises NotHere for a period, a phase or a page that there is not, and for the
    friends of who has none.
    """
    community = visitor.community
    if community is None:
        raise NotHere
    asked = request.query_params
    phases = world.catalogue.roadmap.phases
    period, measure = _period(asked), _measure(asked)
    phase = _number(asked, "phase")
    if phase is not None and (
        phase not in {one.number for one in phases} or measure is Measure.REPUTATION
    ):
        raise NotHere
    among_friends = _among_friends(asked)
    if among_friends and (visitor.member is None or measure is Measure.REPUTATION):
        raise NotHere
    board = await read_board_page(
        world,
        community,
        member=visitor.member,
        period=period,
        phase=phase,
        measure=measure,
        stretch=_stretch(asked),
        among_friends=among_friends,
    )

    def to(**other: object) -> str:
        chosen = {
            "period": period.value,
            "phase": phase,
            "by": asked.get("by"),
            "among": asked.get("among"),
        }
        return visitor.url(page_path(community.id, "boards", **(chosen | other)))

    return {
        "board": board,
        "period": period,
        "periods": tuple(Period),
        "phase": phase,
        "phases": phases,
        "among_friends": among_friends,
        "by_reputation": measure is Measure.REPUTATION,
        "most": max((row.points for row in board.rows), default=0),
        "to": to,
    }


def _period(asked: QueryParams) -> Period:
    try:
        return Period(asked.get("period", Period.WEEK))
    except ValueError:
        raise NotHere from None


def _measure(asked: QueryParams) -> Measure:
    try:
        return Measure(asked.get("by", Measure.POINTS))
    except ValueError:
        raise NotHere from None


def _among_friends(asked: QueryParams) -> bool:
    among = asked.get("among")
    if among not in {None, FRIENDS}:
        raise NotHere
    return among == FRIENDS


def _stretch(asked: QueryParams) -> Stretch:
    return Stretch(
        after=_number(asked, "after"),
        before=_number(asked, "before"),
        around_own=asked.get("at") == "me",
    )


def _number(asked: QueryParams, name: str) -> int | None:
    typed = asked.get(name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= ID_LENGTH):
        raise NotHere
    return int(typed)
