"""`/roadmap`: phases, topics and skills, and where the member stands among them."""

from collections.abc import Mapping, Sequence

from bot.chat.buttons import action, browse_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.bar import bar
from bot.chat.commands.phases import PHASE, phase_choices
from bot.chat.context import Context
from bot.chat.markdown import inline
from bot.chat.pictures.drawings import draw_roadmap
from bot.chat.pictures.pictured import VIEW, pictured
from bot.chat.reply import (
    Block,
    Bullets,
    Buttons,
    Heading,
    Line,
    Reply,
    Select,
    Table,
    Words,
)
from bot.chat.texts import plain
from bot.domain.mastery import SkillState
from bot.domain.progression import PhaseStanding, SkillStanding
from bot.services.roadmap import read_progress


async def handle_roadmap(context: Context, options: Mapping[str, str]) -> Reply:
    chosen = int(options.get("phase", context.member.phase))
    standings = await read_progress(context.world, context.member)
    return Reply(
        blocks=(
            Heading(context.texts.line("roadmap.title"), level=1),
            _roadmap_table(context, standings, chosen),
            *_phase_blocks(context, standings[chosen - 1]),
            _other_phase(context, chosen),
            Buttons((browse_button(context.texts, chosen),)),
        )
    )


def _roadmap_table(
    context: Context, standings: Sequence[PhaseStanding], chosen: int
) -> Table:
    texts = context.texts
    roadmap = context.world.catalogue.roadmap
    return Table(
        header=(
            texts("roadmap.column.phase"),
            texts("roadmap.column.progress"),
            texts("roadmap.column.skills"),
        ),
        rows=tuple(
            (
                f"{one.phase}. {roadmap.phase(one.phase).name.in_(context.language)}",
                bar(one.share.mastered, one.share.total),
                f"{one.share.mastered}/{one.share.total}",
            )
            for one in standings
        ),
        numeric=(2,),
        highlighted=chosen - 1,
    )


def _phase_blocks(context: Context, phase: PhaseStanding) -> list[Block]:
    """The phase's topics, each with its skills and how they stand."""
    roadmap = context.world.catalogue.roadmap
    blocks: list[Block] = []
    for topic in phase.topics:
        name = roadmap.topic(topic.id).name.in_(context.language)
        blocks.append(Heading(plain(name), level=3))
        blocks.append(Bullets(tuple(_skill_line(context, one) for one in topic.skills)))
    return blocks


def _skill_line(context: Context, skill: SkillStanding) -> Line:
    name = context.world.catalogue.roadmap.skill(skill.id).name.in_(context.language)
    if skill.challenges or skill.state is not SkillState.UNSEEN:
        key = f"roadmap.skill.{skill.state}"
    else:
        key = "roadmap.skill.none_yet"
    return (*context.texts.line(key), Words(" "), *inline(name))


def _other_phase(context: Context, chosen: int) -> Select:
    return Select(
        label=context.texts("roadmap.choose_phase"),
        action=action("roadmap"),
        option="phase",
        choices=phase_choices(context),
        chosen=str(chosen),
    )


COMMANDS = (
    CommandSpec(
        path=("roadmap",),
        handler=pictured(("roadmap",), handle_roadmap, draw_roadmap),
        options=(PHASE, Option(name="view", kind=OptionKind.CHOICE, choices=(VIEW,))),
    ),
)
