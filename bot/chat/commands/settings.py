"""`/settings`: language, zone, visibility."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
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
from bot.chat.texts import LANGUAGES, Texts, plain, texts_in
from bot.domain.member import Member
from bot.services.change_settings import Change, change_settings


async def handle_settings(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """With nothing, shows them; with `view:edit` the form; with values, sets them."""
    if options.get("view") == "edit":
        return _form(context)
    if options.get("view") == "form":
        options = _changed(context, options)
    change = Change(
        language=options.get("language"),
        time_zone=options.get("time_zone"),
        hidden={"hidden": True, "shown": False}.get(options.get("visibility", "")),
    )
    if change == Change():
        return Reply(blocks=_shown(context.texts, context.member))
    member = await change_settings(context.world, context.member, change)
    # The answer is in the new language already: it shows that the change holds.
    texts = texts_in(language_for(member, context.actor.locale))
    saved = Banner(texts.line("settings.saved"), Tone.GOOD)
    return Reply(blocks=(saved, *_shown(texts, member)))


def _changed(context: Context, options: Mapping[str, str]) -> Mapping[str, str]:
    """The form shows what is in force: left so, it is no choice of the person's."""
    shown = {field.name: field.value for field in _form(context).fields}
    return {name: one for name, one in options.items() if one != shown.get(name)}


def _shown(texts: Texts, member: Member) -> tuple[Heading | Fields | Buttons, ...]:
    visibility = "hidden" if member.hidden else "shown"
    return (
        Heading(texts.line("settings.title")),
        Fields(
            (
                (
                    texts("settings.language"),
                    texts.line(f"settings.language.{texts.language}"),
                ),
                (texts("settings.time_zone"), plain(member.zone)),
                (
                    texts("settings.visibility"),
                    texts.line(f"settings.visibility.{visibility}"),
                ),
            )
        ),
        Buttons((Button(texts("button.edit"), action("settings", view="edit")),)),
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
            Option(
                name="visibility",
                kind=OptionKind.CHOICE,
                choices=("shown", "hidden"),
            ),
            Option(
                name="view",
                kind=OptionKind.CHOICE,
                choices=("edit", "form"),
                is_listed=False,
            ),
        ),
        opens_form=lambda options: options.get("view") == "edit",
    ),
)
