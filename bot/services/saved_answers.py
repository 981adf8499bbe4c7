"""What a reviewer keeps to say again, by a name of their own."""

from collections.abc import Sequence

from bot.domain.member import Member
from bot.services.errors import Refused
from bot.services.ports.reviews import SavedAnswer
from bot.services.world import World

MOST_SAVED = 25
MOST_NAME = 20
MOST_TEXT = 500


async def save_answer(
    world: World, member: Member, name: str, text: str
) -> SavedAnswer:
    """Raises Refused: answer_name, answer_text, answers_full."""
    name = name.strip().casefold()
    if not 0 < len(name) <= MOST_NAME or not name.replace("-", "").isalnum():
        raise Refused("answer_name", most=MOST_NAME)
    if not 0 < len(text.strip()) <= MOST_TEXT:
        raise Refused("answer_text", most=MOST_TEXT)
    answer = SavedAnswer(name=name, text=text.strip())
    async with world.unit_of_work() as unit:
        known = await unit.saved_answers.of_person(member.person_id)
        if len(known) >= MOST_SAVED and name not in {one.name for one in known}:
            raise Refused("answers_full", most=MOST_SAVED)
        await unit.saved_answers.put(member.id, answer, world.now())
        await unit.commit()
    return answer


async def read_answers(world: World, member: Member) -> Sequence[SavedAnswer]:
    async with world.unit_of_work() as unit:
        return await unit.saved_answers.of_person(member.person_id)


async def remove_answer(world: World, member: Member, name: str) -> None:
    """Raises Refused(answer_unknown)."""
    async with world.unit_of_work() as unit:
        if not await unit.saved_answers.remove(
            member.person_id, name.strip().casefold()
        ):
            raise Refused("answer_unknown", name=name.strip()[:MOST_NAME])
        await unit.commit()
