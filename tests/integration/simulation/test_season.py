from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.pairing.life import TRANSITIONS, EndReason, PairingKind
from bot.domain.pairing.session import SessionState
from bot.storage.database import create_engine
from tests.integration.simulation.season import KilledSeason, Season


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


async def test_a_season_of_five_hundred_members_and_sixty_mentors(
    engine: AsyncEngine,
) -> None:
    season = Season(engine=engine)
    await season.live()
    assert season.over_capacity == []
    assert season.overdue == []
    taken = {(before, event): after for before, event, after in await season.moves()}
    assert taken == TRANSITIONS
    kinds = await season.counted("SELECT kind, count(*) FROM pairing GROUP BY kind")
    assert set(kinds) == set(PairingKind)
    ends = await season.counted(
        "SELECT ended_why, count(*) FROM pairing WHERE ended_why IS NOT NULL"
        " GROUP BY ended_why"
    )
    assert set(ends) == set(EndReason)
    sessions = await season.counted(
        "SELECT state, count(*) FROM mentor_session GROUP BY state"
    )
    assert set(sessions) >= set(SessionState) - {SessionState.PROPOSED}
    # Of two replicas that struck at once, one told each thing.
    doubled = await season.counted(
        "SELECT member_id, count(*) FROM notice"
        " GROUP BY member_id, kind, facts::text, at HAVING count(*) > 1"
    )
    assert doubled == {}


async def test_the_same_season_again_gives_the_same_pairs_through_any_deaths(
    emptied: Callable[[], str],
) -> None:
    lived = []
    for kind in (Season, KilledSeason):
        engine = create_engine(emptied())
        try:
            season = kind(
                engine=engine, members=80, mentors=12, weeks=5, rush=range(15, 19)
            )
            await season.live()
            lived.append((await season.pairs(), await season.told()))
        finally:
            await engine.dispose()
    assert isinstance(season, KilledSeason)
    assert season.deaths > 20
    assert len(lived[0][0]) > 30
    assert lived[0] == lived[1]
