"""`/phase` show and choose: where a member stands, and what another would mean."""

from collections.abc import Mapping

from bot.chat.buttons import action, today_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.bar import bar
from bot.chat.commands.evidence import evidence_blocks
from bot.chat.commands.phases import PHASE, phase_choices, phase_name
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    Heading,
    Line,
    Reply,
    Select,
    Table,
    Text,
    Tone,
)
from bot.chat.texts import Texts
from bot.domain.progression import LAST_PHASE, PhaseStanding
from bot.services.change_phase import choose_phase
from bot.services.errors import Refused
from bot.services.phase import PhaseView, read_phase
from bot.services.roadmap import read_map


async def handle_phase(context: Context, _: Mapping[str, str]) -> Reply:
    view = await read_phase(context.world, context.member)
    texts, phase = context.texts, context.member.phase
    title = texts.line("phase.title", phase=phase, name=phase_name(context, phase))
    return Reply(
        blocks=(
            Heading(title, level=1),
            Text(_share_line(texts, view.standing)),
            _topics(context, view.standing),
            *await _evidence(context),
            _choose(context),
            Buttons((*_ways_on(context, view), today_button(texts))),
        )
    )


def _share_line(texts: Texts, phase: PhaseStanding) -> Line:
    share = phase.share
    if share.complete:
        return texts.line("phase.complete")
    if share.exhausted:
        return texts.line("phase.exhausted", n=share.total - share.mastered)
    if phase.phase == LAST_PHASE:
        return texts.line("phase.left_last", n=share.open)
    if phase.has_gaps:
        return texts.line("phase.left_with_gaps", n=share.open)
    return texts.line("phase.left", n=share.open)


async def _evidence(context: Context) -> tuple[Block, ...]:
    if context.member.phase != LAST_PHASE:
        return ()
    view = await read_map(context.world, context.member)
    return evidence_blocks(context.texts, view)


def _topics(context: Context, phase: PhaseStanding) -> Table:
    texts = context.texts
    roadmap = context.world.catalogue.roadmap
    return Table(
        header=(
            texts("phase.column.topic"),
            texts("phase.column.progress"),
            texts("phase.column.skills"),
        ),
        rows=tuple(
            (
                roadmap.topic(topic.id).name.in_(context.language),
                bar(topic.share.mastered, topic.share.total),
                f"{topic.share.mastered}/{topic.share.total}",
            )
            for topic in phase.topics
        ),
        numeric=(2,),
    )


def _ways_on(context: Context, view: PhaseView) -> list[Button]:
    texts, phase = context.texts, context.member.phase
    ways = [
        Button(texts("button.roadmap"), action("roadmap", phase=str(phase))),
    ]
    if view.farthest > phase:
        ways.insert(0, _choose_button(texts, view.farthest))
    elif view.farthest < LAST_PHASE:
        ways.append(placement_button(texts, view.farthest + 1))
    return ways


def _choose_button(texts: Texts, phase: int) -> Button:
    return Button(
        texts("button.move_on", phase=phase),
        action("phase", "choose", phase=str(phase)),
        ButtonStyle.PRIMARY,
    )


def placement_button(texts: Texts, phase: int) -> Button:
    return Button(
        texts("button.placement"), action("phase", "placement", phase=str(phase))
    )


async def handle_choose(context: Context, options: Mapping[str, str]) -> Reply:
    """Another phase, once its consequences are read and confirmed."""
    texts = context.texts
    if "phase" not in options:
        return Reply(blocks=(Text(texts.line("phase.which")), _choose(context)))
    phase = int(options["phase"])
    if phase == context.member.phase:
        line = texts.line("phase.already", phase=phase)
        return Reply(blocks=(Text(line), Buttons((today_button(texts),))))
    view = await read_phase(context.world, context.member)
    if phase > view.farthest:
        return _unproven(texts, phase)
    if options.get("confirm") != "true":
        return Reply(blocks=_consequences(context, phase))
    try:
        await choose_phase(context.world, context.member, phase)
    except Refused:
        # Something faded between the question and its answer.
        return _unproven(texts, phase)
    name = phase_name(context, phase)
    return Reply(
        blocks=(
            Banner(texts.line("phase.chosen", phase=phase, name=name), Tone.GOOD),
            Buttons((today_button(texts),)),
        )
    )


def _unproven(texts: Texts, phase: int) -> Reply:
    line = texts.line("phase.unproven", phase=phase)
    test = placement_button(texts, phase)
    return Reply(blocks=(Text(line), Buttons((test, today_button(texts)))))


def _consequences(context: Context, phase: int) -> tuple[Block, ...]:
    texts, name = context.texts, phase_name(context, phase)
    confirm = Button(
        texts("button.move_on", phase=phase),
        action("phase", "choose", phase=str(phase), confirm="true"),
        ButtonStyle.PRIMARY,
    )
    stay = Button(
        texts("button.stay", phase=context.member.phase), action("phase", "show")
    )
    return (
        Heading(texts.line("phase.moving", phase=phase, name=name)),
        Bullets(
            (
                texts.line("phase.means_daily", phase=phase),
                texts.line("phase.means_kept"),
                texts.line("phase.means_role"),
                texts.line("phase.means_back", phase=context.member.phase),
            )
        ),
        Buttons((confirm, stay)),
    )


def _choose(context: Context) -> Select:
    return Select(
        label=context.texts("phase.choose"),
        action=action("phase", "choose"),
        option="phase",
        choices=phase_choices(context),
        chosen=str(context.member.phase),
    )


COMMANDS = (
    CommandSpec(path=("phase", "show"), handler=handle_phase),
    CommandSpec(
        path=("phase", "choose"),
        handler=handle_choose,
        options=(
            PHASE,
            Option(name="confirm", kind=OptionKind.BOOLEAN, is_listed=False),
        ),
    ),
)
