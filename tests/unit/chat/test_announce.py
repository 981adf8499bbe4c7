"""What a member is told when the verdict is there, and that it is told once."""

from dataclasses import replace
from uuid import UUID

from bot.chat.announce import Announcer
from bot.chat.command import Place, Platform
from bot.chat.news import NewsPoster
from bot.chat.place import place_json
from bot.chat.reply import Reply, Text, Words
from bot.services.enter import enter
from bot.services.judge_submission import judge_submission
from bot.services.ports.members import Account
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from challenges.roadmap import load_roadmap
from tests.fakes.catalogue import RIGHT, FakeJudge, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

PLACE = Place(platform=Platform.WEB, community="home", locale="en")


class Heard:
    """An adapter that keeps what it was given."""

    def __init__(self) -> None:
        self.delivered: list[Reply] = []
        self.operations = FakeOperations(own={PLACE.community: "general"})

    @property
    def posted(self) -> list[str]:
        return [one.text for one in self.operations.said.get("general", {}).values()]

    async def announce(self, world: World, submission_id: UUID) -> None:
        news = NewsPoster(world, {Platform.WEB: self.operations})
        await Announcer(world, {Platform.WEB: self}, news)(submission_id)
        await news.settle()

    async def deliver(self, place: Place, reply: Reply) -> None:
        assert place == PLACE
        self.delivered.append(reply)


def a_world() -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(FakeStore()),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )


async def announced(world: World, later: World, heard: Heard) -> None:
    """Handed in and right in one world; judged and told, twice, in a later one."""
    account = Account(platform="web", external_id="ada", name="Ada")
    member = await enter(world, account, PLACE.community)
    answer = NewSubmission(challenge_id="add-up", source=RIGHT, place=place_json(PLACE))
    accepted = await submit(world, member, answer)
    await judge_submission(later, FakeJudge(), accepted.submission.id)
    for _ in range(2):
        await heard.announce(later, accepted.submission.id)


async def test_a_verdict_is_told_once_and_the_channel_never_reads_the_code() -> None:
    world, heard = a_world(), Heard()
    await announced(world, world, heard)
    assert len(heard.delivered) == 1
    (news,) = heard.posted
    assert "Ada" in news
    assert "return" not in news


async def test_a_challenge_that_left_the_catalogue_leaves_nobody_waiting() -> None:
    world, heard = a_world(), Heard()
    empty = replace(world, catalogue=Catalogue((), load_roadmap()))
    await announced(world, empty, heard)
    (told,) = heard.delivered
    assert isinstance(told.blocks[0], Text)
    said = [span.text for span in told.blocks[0].line if isinstance(span, Words)]
    assert "our fault" in "".join(said)
    assert heard.posted == []
