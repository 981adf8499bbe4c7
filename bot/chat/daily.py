"""Post what a community's dailies need: the daily, its thread, what never came.

plan ─► prepare ─► claim ─► the platform ─► keep ─► thread
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.chat.daily_view import daily_reply, thread_name, thread_reply
from bot.chat.operations import Channel, Operations, Posted
from bot.chat.texts import texts_in
from bot.domain.daily_post import CLAIM, DailyPost, Trouble
from bot.domain.member import Community
from bot.metrics import Metrics
from bot.services.plan_dailies import Plan, plan, prepare
from bot.services.post_daily import (
    Claimed,
    claim_daily,
    close_dailies,
    keep_delivered,
    keep_failed,
    keep_thread,
    of_post,
)
from bot.services.world import World

# Well within the claim: whoever takes over must find nobody at it.
TRY_MOST_S = CLAIM.total_seconds() * 2 / 3
# Until a community without a channel is asked for one again.
NO_CHANNEL = timedelta(minutes=10)

log = structlog.get_logger(__name__)


class DailyPoster:
    def __init__(
        self, world: World, operations: Mapping[str, Operations], metrics: Metrics
    ) -> None:
        """`operations` by platform; communities of others are left to others."""
        self._world = world
        self._operations = operations
        self._metrics = metrics
        self._channels: dict[int, tuple[Channel | None, datetime]] = {}

    async def __call__(self, community: Community) -> None:
        """Does what is due. A platform's refusals are kept and tried again.

        Raises what the database does.
        """
        operations = self._operations.get(community.platform)
        if operations is None:
            return
        todo = await plan(self._world, community)
        if todo.is_empty:
            return
        channel = await self._channel(operations, todo)
        if channel is None:
            return
        for on, phases in todo.closed.items():
            for post in await close_dailies(self._world, todo.community, on, phases):
                self._count("skipped")
                log.warning("daily_skipped", community=community.id, phase=post.phase)
        if todo.on is not None and todo.phases:
            await prepare(self._world, todo.settings, todo.community, todo.on)
            for phase in todo.phases:
                claimed = await claim_daily(self._world, todo.community, phase, todo.on)
                if claimed is not None:
                    await self._post(operations, channel, claimed)
        for post in todo.threadless:
            await self._open(operations, todo.community, post)

    async def _channel(self, operations: Operations, todo: Plan) -> Channel | None:
        community = todo.community.external_id
        if todo.settings.channel is not None:
            return Channel(community=community, id=todo.settings.channel)
        now = self._world.now()
        found, asked_at = self._channels.get(todo.community.id, (None, now))
        if found is None and asked_at <= now:
            try:
                found = await operations.own_channel(community)
            except Exception as error:
                log.warning("channel_unknown", community=community, exc_info=error)
            self._channels[todo.community.id] = (found, now + NO_CHANNEL)
        return found

    async def _post(
        self, operations: Operations, channel: Channel, claimed: Claimed
    ) -> None:
        texts = texts_in(claimed.community.language)
        post = claimed.post
        try:
            async with asyncio.timeout(TRY_MOST_S):
                posted = await operations.post_once(
                    channel,
                    daily_reply(texts, self._world.catalogue.roadmap, claimed),
                    key=post.key,
                    language=texts.language,
                    calling=claimed.mention,
                    again=post.tries > 1,
                )
        except Exception as error:
            # A fault of ours has no `permanent`: it is tried again, and logged.
            is_refused = getattr(error, "permanent", False)
            log.warning(
                "daily_not_posted",
                community=claimed.community.id,
                phase=post.phase,
                exc_info=True,
            )
            trouble = Trouble.REFUSED if is_refused else Trouble.UNAVAILABLE
            self._count("failed")
            self._channels.pop(claimed.community.id, None)
            await keep_failed(self._world, claimed, trouble)
            return
        kept = await keep_delivered(
            self._world, claimed, channel=channel.id, message=posted.id
        )
        self._count("late" if kept.is_late else "posted")
        await self._open(operations, claimed.community, kept.post, claimed)

    async def _open(
        self,
        operations: Operations,
        community: Community,
        post: DailyPost,
        claimed: Claimed | None = None,
    ) -> None:
        """Its thread; a daily without one is a daily all the same."""
        if post.channel is None or post.message is None:
            return
        channel = Channel(community=community.external_id, id=post.channel)
        posted = Posted(channel=channel, id=post.message)
        claimed = claimed or await of_post(self._world, community, post)
        texts = texts_in(community.language)
        try:
            async with asyncio.timeout(TRY_MOST_S):
                thread = await operations.open_thread(
                    posted, thread_name(texts, claimed)
                )
                if thread != channel:
                    await operations.post_once(
                        thread,
                        thread_reply(texts, claimed.challenge),
                        key=f"{post.key}:thread",
                        language=texts.language,
                        again=True,
                    )
        except Exception as error:
            log.warning("daily_without_thread", community=community.id, exc_info=True)
            if not getattr(error, "permanent", False):
                return
            # Not asked for once more each minute of the day.
            thread = channel
        await keep_thread(self._world, post, thread.id)

    def _count(self, outcome: str) -> None:
        self._metrics.dailies.labels(outcome).inc()
