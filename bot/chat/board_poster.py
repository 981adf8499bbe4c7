"""Send a community's board, and change the message as the board changes."""

import asyncio
from collections.abc import Mapping

import structlog

from bot.chat.operations import Channel, Operations, Posted
from bot.chat.reply import Block, Heading, Moment, Reply, Table, Text, Visibility
from bot.chat.texts import Texts, texts_in
from bot.domain.member import Community
from bot.services.board_posts import (
    ClaimedBoard,
    claim_board,
    keep_message,
    keep_unsent,
)
from bot.services.world import World

TRY_MOST_S = 30

log = structlog.get_logger(__name__)


class BoardPoster:
    def __init__(self, world: World, operations: Mapping[str, Operations]) -> None:
        """`operations` by platform; communities of others are left to others."""
        self._world = world
        self._operations = operations

    async def __call__(self, community: Community) -> None:
        """Does what is due; what a platform refuses is tried when it is due again."""
        operations = self._operations.get(community.platform)
        if operations is None:
            return
        claimed = await claim_board(self._world, community)
        if claimed is None:
            return
        try:
            async with asyncio.timeout(TRY_MOST_S):
                posted = await self._send(operations, community, claimed)
        except Exception as error:
            log.warning("board_not_shown", community=community.id, exc_info=True)
            if not getattr(error, "permanent", False):
                await keep_unsent(self._world, claimed)
                return
            # Deleted, or out of our reach.
            posted = None
        is_pinned = posted is not None and (
            claimed.post.is_pinned or await self._pin(operations, community, posted)
        )
        await keep_message(
            self._world,
            claimed,
            channel=posted.channel.id if posted else None,
            message=posted.id if posted else None,
            is_pinned=is_pinned,
        )

    async def _pin(
        self, operations: Operations, community: Community, posted: Posted
    ) -> bool:
        """Once: who takes the pin off again, has it off. Without it the board is good,
        too, and the adapter has told the organisers what lacks.
        """
        try:
            async with asyncio.timeout(TRY_MOST_S):
                await operations.pin(posted)
        except Exception:
            log.warning("board_not_pinned", community=community.id, exc_info=True)
            return False
        return True

    async def _send(
        self, operations: Operations, community: Community, claimed: ClaimedBoard
    ) -> Posted | None:
        texts, post = texts_in(community.language), claimed.post
        reply = self._reply(texts, claimed)
        if post.channel is not None and post.message is not None:
            place = Channel(community=community.external_id, id=post.channel)
            posted = Posted(channel=place, id=post.message)
            await operations.update(posted, reply, language=texts.language)
            return posted
        if claimed.channel is not None:
            channel = Channel(community=community.external_id, id=claimed.channel)
        else:
            own = await operations.own_channel(community.external_id)
            if own is None:
                return None
            channel = own
        key = f"board:{community.id}:{post.drawn_at}"
        return await operations.post_once(
            channel, reply, key=key, language=texts.language
        )

    def _reply(self, texts: Texts, claimed: ClaimedBoard) -> Reply:
        period = texts(f"board.period.{claimed.board.period}")
        blocks: list[Block] = [Heading(texts.line("board.title", period=period))]
        if claimed.rows:
            blocks.append(board_table(texts, claimed))
        else:
            blocks.append(Text(texts.line("board.empty.community")))
        now = Moment(self._world.now())
        blocks.append(Text(texts.line("board_post.as_of", at=now)))
        return Reply(blocks=tuple(blocks), visibility=Visibility.PUBLIC)


def board_table(texts: Texts, claimed: ClaimedBoard) -> Table:
    names = ("rank", "name", "points", "solved")
    return Table(
        header=tuple(texts(f"board.column.{name}") for name in names),
        rows=tuple(
            (str(row.rank), row.name, str(row.points), str(row.solved))
            for row in claimed.rows
        ),
        numeric=(0, 2, 3),
    )
