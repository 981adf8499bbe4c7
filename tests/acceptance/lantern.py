"""A command that is not written yet: its specification and its sentences."""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.reply import Action, Button, Buttons, Reply, Text
from bot.chat.texts import LANGUAGES, texts_in

SENTENCES = {
    "es": {
        "command.lantern.name": "farol",
        "command.lantern.about": "Ilumina el camino",
        "command.lantern.option.colour.name": "color",
        "command.lantern.option.colour.about": "De qué color",
        "command.lantern.option.colour.choice.red": "rojo",
        "lantern.lit": "{name} enciende el farol",
    },
    "en": {
        "command.lantern.name": "lantern",
        "command.lantern.about": "Lights the way",
        "command.lantern.option.colour.name": "colour",
        "command.lantern.option.colour.about": "Of which colour",
        "command.lantern.option.colour.choice.red": "red",
        "lantern.lit": "{name} lights the lantern",
    },
}


class _Sentences(gettext.NullTranslations):
    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__()
        self._sentences = sentences

    def gettext(self, message: str) -> str:
        return self._sentences.get(message, message)


async def _light(context: Context, options: Mapping[str, str]) -> Reply:
    assert options == {"colour": "red"}
    lit = context.texts.line("lantern.lit", name=context.member.name)
    again = Button(
        context.texts("command.lantern.about"),
        Action(("lantern",), tuple(options.items())),
    )
    return Reply(blocks=(Text(lit), Buttons((again,))))


LANTERN = CommandSpec(
    path=("lantern",),
    handler=_light,
    options=(
        Option(name="colour", kind=OptionKind.CHOICE, choices=("red",), required=True),
    ),
)


@contextmanager
def lantern_texts() -> Iterator[None]:
    """The catalogues with its sentences in them."""
    texts_in.cache_clear()
    for language in LANGUAGES:
        sentences = _Sentences(SENTENCES[language])
        texts_in(language)._catalogue.add_fallback(sentences)
    yield
    texts_in.cache_clear()
