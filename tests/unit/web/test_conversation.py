"""Lines and their answers as entries, read as one member sees them."""

import pytest

from bot.chat.command import Actor, Message, Place, Platform
from bot.chat.reply import Action, Form, Reply
from bot.chat.texts import texts_in
from bot.chat.web.body import Answered, Body, Broken, Gone, Said, restored
from bot.chat.web.conversation import Conversation, Speaker
from bot.chat.web.errors import UndeliverableReply
from tests.fakes.transcript import FakeTranscript
from tests.fakes.web_router import FakeRouter, words


class QuickJudge(FakeRouter):
    """Its verdict is there before its own answer is."""

    conversation: Conversation

    async def run_line(self, actor: Actor, place: Place, line: str) -> Reply | Form:
        await self.conversation.deliver(place, words("verdict"))
        return words("judging")


class Trial:
    def __init__(self, router: FakeRouter | None = None) -> None:
        self.router = router or FakeRouter()
        self.transcript = FakeTranscript()
        self.conversation = Conversation(
            self.router, self.transcript, community="local"
        )

    async def speaker(self, name: str) -> Speaker:
        actor = Actor(external_id=name.casefold(), name=name)
        member = await self.router.enter(actor, self.conversation.place())
        return Speaker(actor=actor, member=member, texts=texts_in("en"))

    async def seen_by(self, speaker: Speaker) -> list[Body]:
        entries = await self.conversation.since(speaker, 0)
        in_order = sorted(entries, key=lambda entry: entry.id)
        return [restored(entry.body) for entry in in_order]


async def test_line_becomes_what_was_said_and_its_answer() -> None:
    trial = Trial()
    ana = await trial.speaker("Ana")
    await trial.conversation.say(ana, "/help")
    assert await trial.seen_by(ana) == [
        Said(name="Ana", text="/help"),
        Answered(reply=words("ran /help")),
    ]


async def test_plain_text_is_read_as_a_message() -> None:
    trial = Trial()
    await trial.conversation.say(await trial.speaker("Ana"), "```python\nx = 1\n```")
    (asked,) = trial.router.asked
    assert isinstance(asked, Message)
    assert asked.text == "```python\nx = 1\n```"


async def test_private_conversation_is_seen_by_nobody_else() -> None:
    trial = Trial()
    await trial.conversation.say(await trial.speaker("Ana"), "/help")
    assert await trial.seen_by(await trial.speaker("Berta")) == []


async def test_public_answer_goes_to_the_channel_with_who_asked() -> None:
    trial = Trial()
    ana = await trial.speaker("Ana")
    await trial.conversation.say(ana, "/leaderboard")
    (seen,) = await trial.seen_by(await trial.speaker("Berta"))
    assert isinstance(seen, Answered)
    assert (seen.asked_by, seen.asked) == ("Ana", "/leaderboard")
    assert [type(body) for body in await trial.seen_by(ana)] == [Said, Gone, Answered]


async def test_verdict_takes_the_place_of_the_first_answer() -> None:
    trial = Trial()
    ana = await trial.speaker("Ana")
    await trial.conversation.press(
        ana, Action(("challenge", "submit"), (("code", "x"),))
    )
    await trial.conversation.deliver(trial.router.places[0], words("accepted"))
    bodies = await trial.seen_by(ana)
    assert bodies[1:] == [Answered(reply=words("accepted"))]


async def test_verdict_delivered_twice_is_there_once() -> None:
    trial = Trial()
    ana = await trial.speaker("Ana")
    await trial.conversation.say(ana, "/help")
    for _ in range(2):
        await trial.conversation.deliver(trial.router.places[0], words("accepted"))
    assert len(await trial.seen_by(ana)) == 2


async def test_first_answer_never_covers_a_quicker_verdict() -> None:
    router = QuickJudge()
    trial = Trial(router)
    router.conversation = trial.conversation
    ana = await trial.speaker("Ana")
    await trial.conversation.say(ana, "/submit")
    assert (await trial.seen_by(ana))[1:] == [Answered(reply=words("verdict"))]


async def test_fault_of_ours_leaves_nobody_waiting() -> None:
    trial = Trial()
    ana = await trial.speaker("Ana")
    await trial.conversation.say(ana, "/fall")
    assert (await trial.seen_by(ana))[1:] == [Broken()]


async def test_answer_without_an_entry_is_appended_for_its_member() -> None:
    trial = Trial()
    ana = await trial.speaker("Ana")
    place = trial.conversation.place(
        {"member": str(ana.member.id), "community_id": "7"}
    )
    await trial.conversation.deliver(place, words("good morning"))
    assert await trial.seen_by(ana) == [Answered(reply=words("good morning"))]
    assert await trial.seen_by(await trial.speaker("Berta")) == []


async def test_answer_to_a_lost_entry_is_appended() -> None:
    trial = Trial()
    ana = await trial.speaker("Ana")
    detail = {"entry": "99", "member": str(ana.member.id), "community_id": "7"}
    await trial.conversation.deliver(trial.conversation.place(detail), words("late"))
    assert await trial.seen_by(ana) == [Answered(reply=words("late"))]


async def test_answer_for_the_community_needs_it_to_be_known() -> None:
    trial = Trial()
    place = Place(platform=Platform.WEB, community="local")
    with pytest.raises(UndeliverableReply) as refused:
        await trial.conversation.deliver(place, words("daily", public=True))
    assert not refused.value.permanent
    ana = await trial.speaker("Ana")
    trial.conversation.knows(ana.community_id)
    await trial.conversation.deliver(place, words("daily", public=True))
    assert await trial.seen_by(ana) == [Answered(reply=words("daily", public=True))]


async def test_entry_of_another_conversation_is_not_handed_out() -> None:
    trial = Trial()
    ana, berta = await trial.speaker("Ana"), await trial.speaker("Berta")
    await trial.conversation.say(ana, "/help")
    assert await trial.conversation.entry_for(ana, 2) is not None
    assert await trial.conversation.entry_for(berta, 2) is None
    assert await trial.conversation.entry_for(ana, 99) is None


async def test_plain_talk_is_not_quoted_in_the_channel() -> None:
    class PublicReader(FakeRouter):
        async def read(self, message: Message) -> Reply:
            return words("for all", public=True)

    trial = Trial(PublicReader())
    ana = await trial.speaker("Ana")
    await trial.conversation.say(ana, "my secret")
    channel = (await trial.seen_by(ana))[-1]
    assert channel == Answered(reply=words("for all", public=True), asked_by="Ana")


async def test_who_has_everything_deleted_is_told_to_the_page_not_written_down() -> (
    None
):
    trial = Trial()
    ana = await trial.speaker("Ana")

    class Forgetting(FakeRouter):
        async def run_line(self, actor: Actor, place: Place, line: str) -> Reply | Form:
            trial.transcript.forget(ana.member.id)
            return words("gone")

    forgetting = Conversation(Forgetting(), trial.transcript, community="local")
    assert await trial.conversation.say(ana, "/help")
    assert not await forgetting.say(ana, "/privacy delete")
    assert await trial.seen_by(ana) == []
