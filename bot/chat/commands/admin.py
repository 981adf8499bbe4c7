"""`/admin` setup, channel, hour, phases, roles, pause: how the dailies come."""

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.commands.look_ahead import look_ahead
from bot.chat.commands.phases import PHASE
from bot.chat.context import Context
from bot.chat.daily_words import phases_in, read_phases, read_weekdays, weekdays_in
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    FieldKind,
    Fields,
    Form,
    FormField,
    Heading,
    Line,
    Moment,
    Named,
    Reply,
    Tone,
)
from bot.chat.texts import Texts, plain
from bot.domain.schedule import (
    ALL_PHASES,
    FIRST_HOUR,
    LAST_HOUR,
    MOST_PAUSED,
    next_post_at,
)
from bot.services.daily_settings import (
    NO_ROLE,
    Dailies,
    DailyChange,
    change_dailies,
    read_dailies,
)
from bot.services.errors import Refused


async def handle_setup(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """Without an hour the form; what it sends back is everything at once."""
    if "hour" not in options:
        dailies = await read_dailies(context.world, context.member.community)
        return _form(context.texts, dailies)
    return await _change(context, _read(options), is_whole=True)


async def handle_change(context: Context, options: Mapping[str, str]) -> Reply:
    return await _change(context, _read(options))


async def handle_roles(context: Context, options: Mapping[str, str]) -> Reply:
    """With nothing, shows them. Without a phase, those of all phases."""
    phase = int(options.get("phase", ALL_PHASES))
    mention, role = options.get("mention"), options.get("role")
    if role is not None and phase == ALL_PHASES:
        raise Refused("role_needs_phase")
    if options.get("clear") == "true":
        mention, role = mention or NO_ROLE, role or NO_ROLE
    if mention is None and role is None:
        dailies = await read_dailies(context.world, context.member.community)
        return Reply(blocks=_shown(context, dailies))
    change = DailyChange(
        mentions={} if mention is None else {phase: mention},
        roles={} if role is None else {phase: role},
    )
    return await _change(context, change)


async def _change(
    context: Context, change: DailyChange, *, is_whole: bool = False
) -> Reply:
    """What cannot work is not kept, and told before the rest."""
    looked = await look_ahead(context, change, is_whole=is_whole)
    if looked.change == DailyChange():
        dailies = await read_dailies(context.world, context.member.community)
        return Reply(blocks=(*looked.told, *_shown(context, dailies)))
    dailies = await change_dailies(context.world, context.member, looked.change)
    saved = Banner(context.texts.line("admin.saved"), Tone.GOOD)
    return Reply(blocks=(*looked.told, saved, *_shown(context, dailies)))


def _read(options: Mapping[str, str]) -> DailyChange:
    weekdays, phases = options.get("weekdays"), options.get("phases")
    return DailyChange(
        channel=options.get("channel"),
        hour=int(options["hour"]) if "hour" in options else None,
        time_zone=options.get("time_zone"),
        weekdays=None if weekdays is None else read_weekdays(weekdays),
        phases=None if phases is None else read_phases(phases),
        pause_days=int(options["days"]) if "days" in options else None,
    )


def _shown(context: Context, dailies: Dailies) -> tuple[Block, ...]:
    texts, settings = context.texts, dailies.settings
    channel: Line = texts.line("admin.channel.own")
    if settings.channel is not None:
        channel = (Named("channel", settings.channel),)
    facts = [
        (texts("admin.fact.channel"), channel),
        (texts("admin.fact.hour"), plain(f"{settings.hour}:00 ({dailies.zone})")),
        (
            texts("admin.fact.weekdays"),
            plain(weekdays_in(texts.language, settings.weekdays)),
        ),
        (texts("admin.fact.phases"), plain(phases_in(settings.phases))),
    ]
    at = next_post_at(settings, dailies.zone, context.world.now())
    if at is not None:
        facts.append((texts("admin.fact.next"), (Moment(at),)))
    blocks: list[Block] = [Heading(texts.line("admin.title")), Fields(tuple(facts))]
    if settings.is_paused(context.world.today_in(dailies.community)):
        until = str(settings.paused_until)
        blocks.append(Banner(texts.line("admin.paused", until=until), Tone.WAITING))
    if settings.mentions or settings.roles:
        blocks.append(Fields(_roles(texts, dailies)))
    edit = Button(texts("button.edit"), action("admin", "setup"))
    return (*blocks, Buttons((edit,)))


def _roles(texts: Texts, dailies: Dailies) -> tuple[tuple[str, Line], ...]:
    settings = dailies.settings
    listed: list[tuple[str, Line]] = []
    for phase in sorted({*settings.mentions, *settings.roles}):
        key = "admin.roles.all" if phase == ALL_PHASES else "admin.roles.phase"
        if phase in settings.mentions:
            called = Named("role", settings.mentions[phase])
            line = texts.line("admin.roles.mention", role=called)
            listed.append((texts(key, phase=phase), line))
        if phase in settings.roles:
            given = Named("role", settings.roles[phase])
            line = texts.line("admin.roles.given", role=given)
            listed.append((texts(key, phase=phase), line))
    return tuple(listed)


def _form(texts: Texts, dailies: Dailies) -> Form:
    settings = dailies.settings
    return Form(
        title=texts("admin.title"),
        action=action("admin", "setup"),
        submit=texts("form.save"),
        fields=(
            FormField(
                name="channel",
                label=texts("admin.form.channel"),
                kind=FieldKind.CHANNEL,
                value=settings.channel or "",
                required=False,
            ),
            FormField(
                name="hour",
                label=texts("admin.form.hour"),
                value=str(settings.hour),
                max_length=2,
            ),
            FormField(
                name="time_zone",
                label=texts("admin.form.time_zone"),
                value=dailies.zone,
                max_length=64,
            ),
            FormField(
                name="weekdays",
                label=texts("admin.form.weekdays"),
                value=weekdays_in(texts.language, settings.weekdays),
                max_length=80,
            ),
            FormField(
                name="phases",
                label=texts("admin.form.phases"),
                value=phases_in(settings.phases),
                max_length=40,
            ),
        ),
    )


CHANNEL = Option(name="channel", kind=OptionKind.CHANNEL)
HOUR = Option(
    name="hour", kind=OptionKind.INTEGER, minimum=FIRST_HOUR, maximum=LAST_HOUR
)
ZONE = Option(name="time_zone")
WEEKDAYS = Option(name="weekdays")
PHASES = Option(name="phases")


def _required(option: Option) -> Option:
    return replace(option, required=True)


COMMANDS = (
    CommandSpec(
        path=("admin", "setup"),
        handler=handle_setup,
        # What the form sends.
        options=tuple(
            replace(one, is_listed=False)
            for one in (CHANNEL, HOUR, ZONE, WEEKDAYS, PHASES)
        ),
        audience=Audience.ORGANISER,
        opens_form=lambda options: "hour" not in options,
    ),
    CommandSpec(
        path=("admin", "channel"),
        handler=handle_change,
        options=(_required(CHANNEL),),
        audience=Audience.ORGANISER,
    ),
    CommandSpec(
        path=("admin", "hour"),
        handler=handle_change,
        options=(_required(HOUR), WEEKDAYS, ZONE),
        audience=Audience.ORGANISER,
    ),
    CommandSpec(
        path=("admin", "phases"),
        handler=handle_change,
        options=(_required(PHASES),),
        audience=Audience.ORGANISER,
    ),
    CommandSpec(
        path=("admin", "roles"),
        handler=handle_roles,
        options=(
            PHASE,
            Option(name="mention", kind=OptionKind.ROLE),
            Option(name="role", kind=OptionKind.ROLE),
            Option(name="clear", kind=OptionKind.BOOLEAN),
        ),
        audience=Audience.ORGANISER,
    ),
    CommandSpec(
        path=("admin", "pause"),
        handler=handle_change,
        options=(
            Option(
                name="days",
                kind=OptionKind.INTEGER,
                minimum=0,
                maximum=MOST_PAUSED,
                required=True,
            ),
        ),
        audience=Audience.ORGANISER,
    ),
)
