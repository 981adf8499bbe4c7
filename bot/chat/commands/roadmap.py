"""`/roadmap`: phases, topics and skills as a map, and where the member stands on it.

    the whole     seven phases, and the topics of one with their skills
    └─ a topic    its skills with their levels, and its challenges

Each page fits a message of every platform: the widest phase has seven topics and 22
skills, the widest topic four skills.
"""

from collections import Counter
from collections.abc import Mapping

from bot.chat.buttons import action, browse_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.bar import bar
from bot.chat.commands.evidence import evidence_blocks
from bot.chat.commands.phases import PHASE, phase_choices
from bot.chat.context import Context
from bot.chat.markdown import inline
from bot.chat.pictures.drawings import draw_roadmap
from bot.chat.pictures.pictured import VIEW, pictured
from bot.chat.reply import (
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Line,
    Reply,
    Select,
    Table,
    Text,
    Words,
)
from bot.chat.texts import plain
from bot.domain.mastery import SkillState
from bot.domain.progression import LAST_PHASE, PhaseStanding, SkillStanding
from bot.services.roadmap import RoadmapView, read_map
from challenges.challenge import Challenge
from challenges.roadmap import Topic

# The most that a select holds on every platform.
CHALLENGES_SHOWN = 25
# Those that ask for something come after what is well, as one reads a map.
TOLD = (SkillState.FADING, SkillState.FADED, SkillState.FAILING, SkillState.LEARNING)


async def handle_roadmap(context: Context, options: Mapping[str, str]) -> Reply:
    view = await read_map(context.world, context.member)
    topic = context.world.catalogue.roadmap.topics_by_id.get(options.get("topic", ""))
    if topic is not None:
        return Reply(blocks=_topic_page(context, view, topic))
    chosen = int(options.get("phase", context.member.phase))
    return Reply(
        blocks=(
            Heading(context.texts.line("roadmap.title"), level=1),
            Text(_summary(context, view)),
            _roadmap_table(context, view, chosen),
            *_phase_blocks(context, view.phases[chosen - 1]),
            *(evidence_blocks(context.texts, view) if chosen == LAST_PHASE else ()),
            _topics(context, chosen),
            _other_phase(context, chosen),
            Buttons((browse_button(context.texts, chosen),)),
        )
    )


def _summary(context: Context, view: RoadmapView) -> Line:
    """What is mastered, and of the rest what asks for something."""
    texts = context.texts
    skills = [
        skill
        for phase in view.phases
        for topic in phase.topics
        for skill in topic.skills
    ]
    mastered = sum(skill.mastered for skill in skills)
    line = texts.line("roadmap.mastered", mastered=mastered, total=len(skills))
    counts = Counter(skill.state for skill in skills)
    told = [
        texts(f"roadmap.count.{state}", n=counts[state])
        for state in TOLD
        if counts[state]
    ]
    return (*line, Words(f" {' · '.join(told)}")) if told else line


def _roadmap_table(context: Context, view: RoadmapView, chosen: int) -> Table:
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
            for one in view.phases
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
    return (*context.texts.line(_state_key(skill)), Words(" "), *inline(name))


def _state_key(skill: SkillStanding) -> str:
    if skill.challenges or skill.state is not SkillState.UNSEEN:
        return f"roadmap.skill.{skill.state}"
    return "roadmap.skill.none_yet"


def _topic_page(context: Context, view: RoadmapView, topic: Topic) -> tuple[Block, ...]:
    texts = context.texts
    standing = next(
        one for one in view.phases[topic.phase - 1].topics if one.id == topic.id
    )
    name = topic.name.in_(context.language)
    blocks: list[Block] = [
        Heading(texts.line("roadmap.topic", phase=topic.phase, name=name)),
        Bullets(
            tuple(
                (
                    *_skill_line(context, skill),
                    *texts.line("roadmap.level", level=round(100 * skill.level)),
                )
                for skill in standing.skills
            )
        ),
        Text(texts.line("roadmap.rules")),
    ]
    challenges = [
        one
        for one in context.world.catalogue.of_phase(topic.phase)
        if one.topic == topic.id
    ]
    if challenges:
        blocks.append(_challenges(context, view, challenges))
    back = Button(texts("button.roadmap"), action("roadmap", phase=str(topic.phase)))
    return (*blocks, _topics(context, topic.phase, topic.id), Buttons((back,)))


def _challenges(
    context: Context, view: RoadmapView, challenges: list[Challenge]
) -> Select:
    """The unsolved first: whatever does not fit is solved."""
    texts = context.texts
    ordered = sorted(challenges, key=lambda one: one.id in view.solved)

    def label(challenge: Challenge) -> str:
        title = challenge.title.in_(texts.language)
        if challenge.id not in view.solved:
            return title
        return f"{title} · {texts('browse.state.solved')}"

    return Select(
        label=texts("browse.open"),
        action=action("challenge", "show"),
        option="challenge",
        choices=tuple((one.id, label(one)) for one in ordered[:CHALLENGES_SHOWN]),
    )


def _topics(context: Context, phase: int, chosen: str | None = None) -> Select:
    topics = context.world.catalogue.roadmap.phase(phase).topics
    return Select(
        label=context.texts("roadmap.choose_topic"),
        action=action("roadmap"),
        option="topic",
        choices=tuple((one.id, one.name.in_(context.language)) for one in topics),
        chosen=chosen,
    )


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
        options=(
            PHASE,
            Option(name="topic", is_listed=False),
            Option(name="view", kind=OptionKind.CHOICE, choices=(VIEW,)),
        ),
    ),
)
