"""One message that follows the board: never doubled, never too often."""

from datetime import timedelta

import pytest

from bot.chat.board_poster import BoardPoster
from bot.chat.command import Actor, Command, Place, Platform
from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.domain.board_post import MOST_OFTEN
from bot.domain.member import Member
from bot.metrics import Metrics
from bot.services.board_posts import set_shown
from tests.fakes.operations import FakeOperations
from tests.fakes.site import SiteTrial

CHANNEL = "general"


class Trial(SiteTrial):
    def __init__(self) -> None:
        super().__init__()
        self.operations = FakeOperations(own={"home": CHANNEL})
        self.poster = BoardPoster(self.world, {"web": self.operations})

    def messages(self) -> list[str]:
        return [one.text for one in self.operations.said.get(CHANNEL, {}).values()]

    async def post(self, member: Member) -> None:
        await self.poster(member.community)


@pytest.fixture
async def trial() -> Trial:
    return Trial()


@pytest.fixture
async def ada(trial: Trial) -> Member:
    ada, *_ = await trial.crew(["Ada", "Ben"])
    await set_shown(trial.world, ada, is_shown=True)
    return ada


async def test_nothing_is_posted_where_nobody_asked_for_it(trial: Trial) -> None:
    await trial.post(await trial.join("Ada"))
    assert trial.messages() == []


async def test_message_follows_the_board_and_stays_one(
    trial: Trial, ada: Member
) -> None:
    await trial.post(ada)
    (first,) = trial.messages()
    assert first.index("Ada") < first.index("Ben")
    await trial.score(await trial.join("Ben"), 500, "another")
    trial.clock.advance(MOST_OFTEN)
    await trial.post(ada)
    (then,) = trial.messages()
    assert then.index("Ben") < then.index("Ada")


async def test_message_is_not_changed_more_often_than_allowed(
    trial: Trial, ada: Member
) -> None:
    await trial.post(ada)
    before = trial.messages()
    await trial.score(await trial.join("Ben"), 500, "another")
    trial.clock.advance(MOST_OFTEN - timedelta(seconds=1))
    await trial.post(ada)
    assert trial.messages() == before


async def test_a_board_that_stands_still_is_not_sent_again(
    trial: Trial, ada: Member
) -> None:
    await trial.post(ada)
    before = trial.messages()
    trial.clock.advance(MOST_OFTEN)
    # The time in it would be another one.
    await trial.post(ada)
    assert trial.messages() == before


def pins(trial: Trial) -> list[bool]:
    return [one.is_pinned for one in trial.operations.said[CHANNEL].values()]


async def test_it_is_pinned_once_and_as_soon_as_the_bot_may(
    trial: Trial, ada: Member
) -> None:
    trial.operations.unpinnable.add(CHANNEL)
    await trial.post(ada)
    assert pins(trial) == [False]
    trial.operations.unpinnable.clear()
    await trial.score(await trial.join("Ben"), 500, "another")
    trial.clock.advance(MOST_OFTEN)
    await trial.post(ada)
    assert pins(trial) == [True]
    # Who takes it off has it off.
    (message,) = trial.operations.said[CHANNEL].values()
    message.is_pinned = False
    await trial.score(await trial.join("Ben"), 500, "a third")
    trial.clock.advance(MOST_OFTEN)
    await trial.post(ada)
    assert pins(trial) == [False]


async def test_what_a_platform_refuses_is_posted_anew_when_due(
    trial: Trial, ada: Member
) -> None:
    trial.operations.mute.add(CHANNEL)
    await trial.post(ada)
    assert trial.messages() == []
    trial.operations.mute.clear()
    await trial.post(ada)
    assert trial.messages() == [], "not at once"
    trial.clock.advance(MOST_OFTEN)
    await trial.post(ada)
    assert len(trial.messages()) == 1


async def test_turned_off_it_is_left_alone(trial: Trial, ada: Member) -> None:
    await trial.post(ada)
    before = trial.messages()
    await set_shown(trial.world, ada, is_shown=False)
    await trial.score(await trial.join("Ben"), 500, "another")
    trial.clock.advance(MOST_OFTEN)
    await trial.post(ada)
    assert trial.messages() == before


async def test_organisers_turn_it_on_and_off_and_it_is_written_down(
    trial: Trial,
) -> None:
    router = Router(trial.world, COMMANDS, Metrics())
    organiser = Actor(external_id="ada", name="Ada", is_organiser=True)
    for channel in ("on", "on", "off"):
        reply = await router.run(
            Command(
                actor=organiser,
                place=Place(platform=Platform.WEB, community="home"),
                path=("admin", "boards"),
                options={"channel": channel},
            )
        )
        assert isinstance(reply, Reply)
    async with trial.world.unit_of_work() as unit:
        acts = [one.entry.act for one in await unit.audit.read(1, limit=9)]
    assert acts == ["board_not_shown", "board_shown"]
