"""`/settings`: language, zone, days, visibility."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.settings_days import (
    DAYS_OPTIONS,
    chosen_rest_days,
    days_facts,
    days_form,
)
from bot.chat.commands.switches import (
    REMINDER,
    SHARING,
    SWITCH,
    switch_buttons,
    switches,
)
from bot.chat.context import Context
from bot.chat.language import language_for
from bot.chat.reply import (
    Banner,
    Button,
    Buttons,
    FieldKind,
    Fields,
    Form,
    FormField,
    Heading,
    Reply,
    Tone,
)
from bot.chat.texts import LANGUAGES, Texts, texts_in
from bot.domain.member import Member
from bot.services.change_settings import Change, change_settings
from bot.services.rest_days import read_rest_days


async def handle_settings(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """With nothing, shows them; with a view a form; with values, sets them."""
    rest_days = await read_rest_days(context.world, context.member)
    if options.get("view") == "edit":
        return _form(context)
    if options.get("view") == "days":
        return days_form(context, rest_days)
    if options.get("view") == "form":
        options = _changed(_form(context), options)
    if options.get("view") == "days_form":
        options = _changed(days_form(context, rest_days), options)
    start = options.get("day_start")
    change = Change(
        language=options.get("language"),
        time_zone=options.get("time_zone"),
        day_start_hour=None if start is None else int(start),
        rest_days=chosen_rest_days(options, rest_days),
        hidden={"hidden": True, "shown": False}.get(options.get("visibility", "")),
        shares=SWITCH.get(options.get("sharing", "")),
        reminded=SWITCH.get(options.get("reminder", "")),
    )
    if change == Change():
        return Reply(blocks=_shown(context.texts, context.member, rest_days))
    member = await change_settings(context.world, context.member, change)
    rest_days = rest_days if change.rest_days is None else change.rest_days
    # The answer is in the new language already: it shows that the change holds.
    texts = texts_in(language_for(member, context.actor.locale))
    saved = [Banner(texts.line("settings.saved"), Tone.GOOD)]
    if _waits(change):
        saved.append(Banner(texts.line("settings.from_tomorrow"), Tone.NEUTRAL))
    return Reply(blocks=(*saved, *_shown(texts, member, rest_days)))


def _waits(change: Change) -> bool:
    days = (change.time_zone, change.day_start_hour, change.rest_days)
    return any(one is not None for one in days)


def _changed(form: Form, options: Mapping[str, str]) -> Mapping[str, str]:
    """The form shows what is in force: left so, it is no choice of the person's."""
    shown = {field.name: field.value for field in form.fields}
    return {name: one for name, one in options.items() if one != shown.get(name)}


def _shown(
    texts: Texts, member: Member, rest_days: frozenset[int]
) -> tuple[Heading | Fields | Buttons, ...]:
    visibility = "hidden" if member.hidden else "shown"
    return (
        Heading(texts.line("settings.title")),
        Fields(
            (
                (
                    texts("settings.language"),
                    texts.line(f"settings.language.{texts.language}"),
                ),
                *days_facts(texts, member, rest_days),
                (
                    texts("settings.visibility"),
                    texts.line(f"settings.visibility.{visibility}"),
                ),
                *switches(texts, member),
            )
        ),
        Buttons(
            (
                Button(texts("button.edit"), action("settings", view="edit")),
                Button(texts("button.edit_days"), action("settings", view="days")),
                *switch_buttons(texts, member),
            )
        ),
    )


def _form(context: Context) -> Form:
    texts, member = context.texts, context.member
    return Form(
        title=texts("settings.title"),
        action=action("settings", view="form"),
        submit=texts("form.save"),
        fields=(
            FormField(
                name="language",
                label=texts("settings.language"),
                kind=FieldKind.CHOICE,
                value=texts.language,
                choices=tuple(
                    (one, texts(f"settings.language.{one}")) for one in LANGUAGES
                ),
            ),
            FormField(
                name="time_zone",
                label=texts("settings.time_zone_label"),
                value=member.zone,
                max_length=64,
            ),
            FormField(
                name="visibility",
                label=texts("settings.visibility"),
                kind=FieldKind.CHOICE,
                value="hidden" if member.hidden else "shown",
                choices=tuple(
                    (one, texts(f"settings.visibility.{one}"))
                    for one in ("shown", "hidden")
                ),
            ),
        ),
    )


COMMANDS = (
    CommandSpec(
        path=("settings",),
        handler=handle_settings,
        options=(
            Option(name="language", kind=OptionKind.CHOICE, choices=LANGUAGES),
            Option(name="time_zone"),
            *DAYS_OPTIONS,
            Option(
                name="visibility",
                kind=OptionKind.CHOICE,
                choices=("shown", "hidden"),
            ),
            REMINDER,
            SHARING,
            Option(
                name="view",
                kind=OptionKind.CHOICE,
                choices=("edit", "form", "days", "days_form"),
                is_listed=False,
            ),
        ),
        opens_form=lambda options: options.get("view") in {"edit", "days"},
    ),
)
