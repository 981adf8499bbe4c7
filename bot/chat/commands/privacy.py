"""`/privacy`: have all that is held of you, or have it deleted."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.parse.names import folded
from bot.chat.reply import (
    Banner,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    FileToKeep,
    Form,
    FormField,
    Heading,
    Reply,
    Text,
    Tone,
    Visibility,
)
from bot.services.errors import Refused
from bot.services.privacy import delete_data, export_data


async def handle_export(context: Context, _: Mapping[str, str]) -> Reply:
    export = await export_data(context.world, context.member)
    texts = context.texts
    file = FileToKeep(
        filename=export.filename,
        content=export.content,
        label=texts("privacy.file"),
    )
    return Reply(
        blocks=(Text(texts.line("privacy.exported")), file),
        visibility=Visibility.PRIVATE,
    )


async def handle_delete(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """What it means; then the form in which a word is typed; then it is done."""
    texts = context.texts
    match options.get("view"):
        case "form":
            return _form(context)
        case "sure":
            word = texts("privacy.word")
            if folded(options.get("word", "")) != folded(word):
                raise Refused("delete_word", word=word)
            accounts = await delete_data(context.world, context.member)
            gone = Banner(texts.line("privacy.deleted", n=accounts), Tone.GOOD)
            return Reply(blocks=(gone, Text(texts.line("privacy.begin_again"))))
    keep = Button(texts("privacy.export_first"), action("privacy", "export"))
    go = Button(
        texts("privacy.go_on"),
        action("privacy", "delete", view="form"),
        ButtonStyle.DANGER,
    )
    return Reply(
        blocks=(
            Heading(texts.line("privacy.delete_title")),
            Text(texts.line("privacy.delete_what")),
            Bullets(
                (
                    texts.line("privacy.stays_log"),
                    texts.line("privacy.stays_platform"),
                    texts.line("privacy.stays_words"),
                )
            ),
            Buttons((keep, go)),
        )
    )


def _form(context: Context) -> Form:
    texts = context.texts
    word = texts("privacy.word")
    return Form(
        title=texts("privacy.form_title"),
        action=action("privacy", "delete", view="sure"),
        submit=texts("privacy.form_submit"),
        fields=(
            FormField(
                name="word",
                label=texts("privacy.type_word", word=word),
                max_length=len(word) + 8,
            ),
        ),
    )


COMMANDS = (
    CommandSpec(path=("privacy", "export"), handler=handle_export),
    CommandSpec(
        path=("privacy", "delete"),
        handler=handle_delete,
        options=(
            Option(
                name="view",
                kind=OptionKind.CHOICE,
                choices=("form", "sure"),
                is_listed=False,
            ),
            Option(name="word", is_listed=False),
        ),
        opens_form=lambda options: options.get("view") == "form",
    ),
)
