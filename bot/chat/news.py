"""What a community's channel reads of its members: the poster, and the lines.

Whoever brings news about wakes the poster of their own process, so that they are read
at once; the clockwork sweeps up what a process left that is no more.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import structlog

from bot.chat.milestones import moved_line
from bot.chat.operations import Channels, Posts
from bot.chat.reply import Line, Reply, Text, Visibility
from bot.chat.texts import Texts, texts_in
from bot.domain.member import Community, Member
from bot.domain.news import CLAIM, News, NewsKind
from bot.services.spread_news import (
    ClaimedNews,
    claim_news,
    communities_with_news,
    finish_news,
)
from bot.services.world import World

# Well within the claim.
TRY_MOST_S = CLAIM.total_seconds() * 2 / 3

log = structlog.get_logger(__name__)


class PublicPlaces(Posts, Channels, Protocol):
    pass


class NewsPoster:
    """At least once, and twice only where the platform cannot say what it has."""

    def __init__(self, world: World, platforms: Mapping[str, PublicPlaces]) -> None:
        """`platforms` by name; communities of others are left to others."""
        self._world = world
        self._platforms = platforms
        self._posting: dict[int, asyncio.Task[None]] = {}
        self._woken: set[int] = set()

    def wake(self, community: Community) -> None:
        """Returns at once: no verdict waits for its news, or is told again for them."""
        if community.platform not in self._platforms:
            return
        self._woken.add(community.id)
        if community.id not in self._posting:
            task = asyncio.ensure_future(self._post_all(community))
            self._posting[community.id] = task

    async def sweep(self) -> None:
        """Raises what the database does."""
        for community in await communities_with_news(self._world):
            self.wake(community)

    async def settle(self, most_s: float | None = None) -> None:
        """Until nothing is on its way; what takes longer is left to the next sweep."""
        if self._posting:
            tasks = list(self._posting.values())
            _, late = await asyncio.wait(tasks, timeout=most_s)
            for one in late:
                one.cancel()

    async def _post_all(self, community: Community) -> None:
        try:
            while community.id in self._woken:
                self._woken.discard(community.id)
                while claimed := await claim_news(self._world, community):
                    await self._post(community, claimed)
        except Exception:
            log.warning("news_not_posted", community=community.id, exc_info=True)
        finally:
            del self._posting[community.id]

    async def _post(self, community: Community, claimed: ClaimedNews) -> None:
        """Raises what may be better in a minute; the claim keeps it until then."""
        platform = self._platforms[community.platform]
        try:
            async with asyncio.timeout(TRY_MOST_S):
                await self._send(platform, community, claimed)
        except Exception as error:
            if not getattr(error, "permanent", False):
                raise
            log.warning("news_not_taken", community=community.id, exc_info=True)
        await finish_news(self._world, claimed)

    async def _send(
        self, platform: PublicPlaces, community: Community, claimed: ClaimedNews
    ) -> None:
        channel = await platform.own_channel(community.external_id)
        if channel is None or not claimed.items:
            return
        texts = texts_in(community.language)
        lines = (news_line(self._world, texts, *one) for one in claimed.items)
        await platform.post_once(
            channel,
            Reply(
                blocks=tuple(Text(line) for line in lines),
                visibility=Visibility.PUBLIC,
            ),
            key=f"news:{claimed.batch.id}",
            language=texts.language,
            again=claimed.batch.again,
        )


def news_line(world: World, texts: Texts, news: News, member: Member) -> Line:
    """Who did what, never how."""
    match news.kind:
        case NewsKind.SOLVED:
            challenge = str(news.facts["challenge"])
            title = challenge
            if world.catalogue.has(challenge):
                title = world.catalogue.get(challenge).title.in_(texts.language)
            points = int(news.facts["points"])
            return texts.line(
                "news.solved", name=member.name, title=title, points=points
            )
        case NewsKind.MOVED:
            return moved_line(texts, world, news.facts, "news", name=member.name)
