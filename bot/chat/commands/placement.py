"""`/phase placement`: start in a later phase by showing the one before it."""

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.buttons import action, show_button, today_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.phases import phase_choices, phase_name
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
from bot.domain.placement import (
    DAYS,
    FIRST_PLACED,
    LAST_PLACED,
    RETAKE_AFTER_DAYS,
    TRIES,
    Sitting,
    SittingState,
    Task,
    needed_of,
)
from bot.services.placement import PlacementView, read_placement, start_placement

PLACED_PHASE = Option(
    name="phase", kind=OptionKind.INTEGER, minimum=FIRST_PLACED, maximum=LAST_PLACED
)


async def handle_placement(context: Context, options: Mapping[str, str]) -> Reply:
    phase = int(options["phase"]) if "phase" in options else None
    if options.get("start") == "true" and phase is not None:
        view = await start_placement(context.world, context.member, phase)
    else:
        view = await read_placement(context.world, context.member, phase)
    return Reply(blocks=_blocks(context, view))


def _blocks(context: Context, view: PlacementView) -> tuple[Block, ...]:
    name = phase_name(context, view.phase)
    line = context.texts.line("placement.title", phase=view.phase, name=name)
    title = Heading(line)
    if view.sitting is not None and view.state is SittingState.OPEN:
        return (title, *_open(context, view.sitting))
    if view.is_reached:
        return (title, *_reached(context, view.phase))
    if view.sitting is not None and view.state is SittingState.FAILED:
        return (title, *_failed(context, view, view.sitting))
    return (title, *_offer(context, view))


def _offer(context: Context, view: PlacementView) -> tuple[Block, ...]:
    texts = context.texts
    if not view.asked:
        line = texts.line("placement.nothing", phase=view.phase, before=view.phase - 1)
        return (Text(line), _other_phase(context, view.phase))
    last_on = view.today + timedelta(days=DAYS - 1)
    again_on = view.today + timedelta(days=RETAKE_AFTER_DAYS)
    return (
        Text(texts.line("placement.about", before=view.phase - 1, phase=view.phase)),
        Bullets(
            (
                texts.line("placement.rule_asked", n=view.asked),
                texts.line("placement.rule_needed", n=needed_of(view.asked)),
                texts.line("placement.rule_tries", tries=TRIES),
                texts.line("placement.rule_days", on=last_on.isoformat()),
                texts.line("placement.rule_counts"),
                texts.line("placement.rule_again", on=again_on.isoformat()),
            )
        ),
        _other_phase(context, view.phase),
        Buttons((_start_button(texts, view.phase), today_button(texts))),
    )


def _start_button(texts: Texts, phase: int) -> Button:
    return Button(
        texts("button.start_placement"),
        action("phase", "placement", phase=str(phase), start="true"),
        ButtonStyle.PRIMARY,
    )


def _open(context: Context, sitting: Sitting) -> tuple[Block, ...]:
    texts = context.texts
    state = texts.line(
        "placement.open",
        solved=sitting.solved,
        needed=sitting.needed,
        on=sitting.last_on.isoformat(),
    )
    left = [task for task in sitting.tasks if task.tries_left]
    return (
        Banner(state, Tone.WAITING),
        Table(
            header=(
                texts("placement.column.challenge"),
                texts("placement.column.state"),
            ),
            rows=tuple(
                (_title(context, task), _task_state(texts, task))
                for task in sitting.tasks
            ),
        ),
        Text(texts.line("placement.unaided")),
        Buttons(_open_buttons(context, left)),
    )


def _task_state(texts: Texts, task: Task) -> str:
    if task.solved:
        return texts("placement.task.solved")
    if task.lost:
        return texts("placement.task.lost")
    return texts("placement.task.open", n=task.tries_left)


def _failed(
    context: Context, view: PlacementView, sitting: Sitting
) -> tuple[Block, ...]:
    texts = context.texts
    missed = [task for task in sitting.tasks if not task.solved]
    told = texts.line("placement.failed", solved=sitting.solved, needed=sitting.needed)
    blocks: list[Block] = [
        Banner(told, Tone.WAITING),
        Text(texts.line("placement.look_at")),
        Bullets(tuple(_missed_line(context, task) for task in missed)),
    ]
    buttons = [*_open_buttons(context, missed)]
    if view.again_on is not None:
        on = view.again_on.isoformat()
        blocks.append(Text(texts.line("placement.again", on=on)))
    elif view.asked:
        blocks.append(Text(texts.line("placement.again_now")))
        buttons.insert(0, _start_button(texts, view.phase))
    return (*blocks, _other_phase(context, view.phase), Buttons(tuple(buttons[:5])))


def _missed_line(context: Context, task: Task) -> Line:
    """The topic, which is what to look at, and the challenge that showed it."""
    title = _title(context, task)
    catalogue = context.world.catalogue
    if not catalogue.has(task.challenge_id):
        return context.texts.line("placement.missed_gone", title=title)
    topic = catalogue.roadmap.topic(catalogue.get(task.challenge_id).topic)
    name = topic.name.in_(context.language)
    return context.texts.line("placement.missed", topic=name, title=title)


def _reached(context: Context, phase: int) -> tuple[Block, ...]:
    texts = context.texts
    choose = Button(
        texts("button.move_on", phase=phase),
        action("phase", "choose", phase=str(phase)),
        ButtonStyle.PRIMARY,
    )
    line = texts.line("placement.reached", phase=phase)
    return (Text(line), _other_phase(context, phase), Buttons((choose,)))


def _open_buttons(context: Context, tasks: list[Task]) -> tuple[Button, ...]:
    return tuple(
        show_button(context.texts, task.challenge_id, label=_title(context, task))
        for task in tasks
        if context.world.catalogue.has(task.challenge_id)
    )


def _title(context: Context, task: Task) -> str:
    catalogue = context.world.catalogue
    if not catalogue.has(task.challenge_id):
        return task.challenge_id
    return catalogue.get(task.challenge_id).title.in_(context.language)


def _other_phase(context: Context, phase: int) -> Select:
    return Select(
        label=context.texts("placement.choose"),
        action=action("phase", "placement"),
        option="phase",
        choices=phase_choices(context)[FIRST_PLACED - 1 :],
        chosen=str(phase),
    )


COMMANDS = (
    CommandSpec(
        path=("phase", "placement"),
        handler=handle_placement,
        options=(
            PLACED_PHASE,
            Option(name="start", kind=OptionKind.BOOLEAN, is_listed=False),
        ),
    ),
)
