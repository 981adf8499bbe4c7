"""The community's pages on a store in memory, and a browser that looks at them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx

from bot.chat.pages.links import sign_in_path
from bot.chat.pages.site import Site, SiteSettings
from bot.chat.web.app import build_app
from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.totals import board_facts
from bot.services.enter import enter
from bot.services.keep_score import keep_score
from bot.services.ports.members import Account
from bot.services.sign_in import make_link
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

HERE = "http://127.0.0.1:8000"


class SiteTrial:
    def __init__(self, *, url: str | None = None, world: World | None = None) -> None:
        self.clock = FakeClock()
        self.store = FakeStore()
        self.world = world or World(
            unit_of_work=fake_unit_of_work_factory(self.store),
            now=self.clock,
            catalogue=fake_catalogue(),
        )
        self.url = url or HERE
        self.site = Site(self.world, settings=SiteSettings(url=url))
        self.app = build_app(
            [*self.site.routes, *self.site.front],
            health=self._is_healthy,
            metrics=str,
        )

    async def _is_healthy(self) -> bool:
        return True

    async def join(self, name: str, community: str = "home") -> Member:
        account = Account(platform="web", external_id=name.lower(), name=name)
        return await enter(self.world, account, community)

    async def score(self, member: Member, points: int, challenge: str = "c") -> None:
        """As if the member had solved something of their phase today."""
        on = self.world.today_of(member)
        solved = Event(
            kind=EventKind.SOLVED,
            key=f"solved:{member.person_id}:{challenge}",
            person_id=member.person_id,
            member_id=member.id,
            occurred_at=self.world.now(),
            local_on=on,
            challenge_id=challenge,
            points=points,
            facts=board_facts(on, member.phase),
        )
        async with self.world.unit_of_work() as unit:
            await unit.members.get(member.id, lock=True)
            before = await unit.events.of_person(member.person_id)
            await keep_score(unit, before, [solved])
            await unit.commit()

    async def crew(self, names: Sequence[str]) -> list[Member]:
        """Members with fewer points from one to the next."""
        members = [await self.join(name) for name in names]
        for place, member in enumerate(members):
            await self.score(member, 1000 - 10 * place)
        return members

    @asynccontextmanager
    async def browser(
        self, *, language: str = "en", origin: str | None = None, **headers: str
    ) -> AsyncIterator[httpx.AsyncClient]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app),
            base_url=self.url,
            headers={
                "accept-language": language,
                "origin": self.url if origin is None else origin,
                **headers,
            },
        ) as client:
            yield client

    async def link_for(self, member: Member, goes_to: str = "") -> str:
        return sign_in_path(await make_link(self.world, member), goes_to)

    @asynccontextmanager
    async def signed_in(
        self, member: Member, language: str = "en"
    ) -> AsyncIterator[httpx.AsyncClient]:
        async with self.browser(language=language) as browser:
            answer = await browser.post(await self.link_for(member))
            assert answer.status_code == 303
            yield browser
