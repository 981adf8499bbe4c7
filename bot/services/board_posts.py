"""Show a community's board in one message, and keep it as the board is.

set_shown ──► claim_board ──► the platform ──► keep_message
"""

from dataclasses import dataclass, replace
from hashlib import sha256

from bot.domain.audit import AuditAct, AuditEntry
from bot.domain.board_post import BoardPost
from bot.domain.leaderboard import Board, Period, Standing, starts_on
from bot.domain.member import Community, Member
from bot.services.leaderboard import BOARD_ROWS
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class ClaimedBoard:
    post: BoardPost
    channel: str | None
    """Where dailies go, when organisers chose it."""
    board: Board
    rows: tuple[Standing, ...]


async def is_shown(world: World, community: Community) -> bool:
    async with world.unit_of_work() as unit:
        return await unit.board_posts.get(community.id) is not None


async def set_shown(world: World, organiser: Member, *, is_shown: bool) -> None:
    """A message that is there already stays, and is left as it is then."""
    community_id = organiser.community.id
    async with world.unit_of_work() as unit:
        was_shown = await unit.board_posts.get(community_id, lock=True) is not None
        if was_shown is is_shown:
            return
        if is_shown:
            await unit.board_posts.put(BoardPost(community_id=community_id))
        else:
            await unit.board_posts.remove(community_id)
        act = AuditAct.BOARD_SHOWN if is_shown else AuditAct.BOARD_NOT_SHOWN
        await unit.audit.append(
            AuditEntry(
                community_id=community_id,
                act=act,
                actor_id=organiser.id,
                at=world.now(),
            )
        )
        await unit.commit()


async def claim_board(world: World, community: Community) -> ClaimedBoard | None:
    """What to send now; nobody else gets it until the board is due again.

    None too when the message shows it already.
    """
    at, board = world.now(), _board(world, community)
    async with world.unit_of_work() as unit:
        post = await unit.board_posts.get(community.id, lock=True)
        if post is None or not post.is_due(at):
            return None
        rows = tuple(await unit.boards.page(board, limit=BOARD_ROWS))
        shown = _in_short(board, rows)
        if shown == post.shown and post.message is not None:
            return None
        claimed = replace(post, shown=shown, drawn_at=at)
        await unit.board_posts.put(claimed)
        daily = await unit.schedules.get(community.id)
        await unit.commit()
    channel = daily.channel if daily else None
    return ClaimedBoard(post=claimed, channel=channel, board=board, rows=rows)


async def keep_message(
    world: World,
    claimed: ClaimedBoard,
    *,
    channel: str | None,
    message: str | None,
    is_pinned: bool,
) -> None:
    """Where the message is; None: there is none, and it is posted anew when due."""
    kept = replace(claimed.post, channel=channel, message=message, is_pinned=is_pinned)
    await _keep(world, kept)


async def keep_unsent(world: World, claimed: ClaimedBoard) -> None:
    """It shows what it showed; sent again when due, even if nothing moves by then."""
    await _keep(world, replace(claimed.post, shown=""))


async def _keep(world: World, post: BoardPost) -> None:
    async with world.unit_of_work() as unit:
        # Not if organisers turned it off meanwhile.
        if await unit.board_posts.get(post.community_id, lock=True) is not None:
            await unit.board_posts.put(post)
            await unit.commit()


def _board(world: World, community: Community) -> Board:
    on = world.today_in(community)
    return Board(
        community_id=community.id,
        period=Period.WEEK,
        starts_on=starts_on(Period.WEEK, on),
    )


def _in_short(board: Board, rows: tuple[Standing, ...]) -> str:
    return sha256(repr((board, rows)).encode(errors="replace")).hexdigest()
