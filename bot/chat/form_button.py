"""A way to a form that cannot be opened now: it takes a press of its own."""

from bot.chat.reply import Action, Button, Buttons, ButtonStyle, Reply, Text
from bot.chat.texts import Texts


def form_button(action: Action, texts: Texts) -> Reply:
    """`action` is answered with the form."""
    label = texts("platform.button.open_form")
    opening = Button(label, action, ButtonStyle.PRIMARY)
    return Reply(blocks=(Text(texts.line("platform.open_form")), Buttons((opening,))))
