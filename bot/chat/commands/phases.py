"""The option and the choices that name a phase."""

from bot.chat.command import Option, OptionKind
from bot.chat.context import Context

PHASE = Option(name="phase", kind=OptionKind.INTEGER, minimum=1, maximum=7)


def phase_choices(context: Context) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(one.number), f"{one.number}. {one.name.in_(context.language)}")
        for one in context.world.catalogue.roadmap.phases
    )


def phase_name(context: Context, phase: int) -> str:
    return context.world.catalogue.roadmap.phase(phase).name.in_(context.language)
