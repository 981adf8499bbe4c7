"""What is pressed or chosen, as rows of actions.

A button's whole state is its `value`, a menu's is its `action_id`: what was posted
before a restart still works.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.chat.action_code import coded
from bot.chat.answer_form import shortened
from bot.chat.reply import Block, Button, Buttons, ButtonStyle, Select
from bot.chat.slack.escape import clean

SlackBlock = Mapping[str, object]

# Slack's bounds.
BUTTONS_IN_ROW = 25
CHOICES_IN_SELECT = 100
LABEL_LENGTH = 75
CHOICE_LENGTH = 75
PLACEHOLDER_LENGTH = 150
VALUE_LENGTH = 2000
ID_LENGTH = 255

_STYLES = {ButtonStyle.PRIMARY: "primary", ButtonStyle.DANGER: "danger"}


def rows(block: Block) -> list[SlackBlock]:
    """None for a block of which there is nothing to press. Raises ActionTooLong."""
    match block:
        case Buttons():
            return list(_button_rows(block))
        case Select():
            return list(_menus(block))
        case _:
            return []


def plain_label(text: str, length: int) -> SlackBlock:
    """A text object that shows what it holds as it is, emoji's names too."""
    told = shortened(" ".join(clean(text).split()), length) or "…"
    return {"type": "plain_text", "text": told, "emoji": False}


def menu_option(value: str, label: str) -> SlackBlock:
    return {"text": plain_label(label, CHOICE_LENGTH), "value": value}


def _button_rows(block: Buttons) -> Iterator[SlackBlock]:
    for start in range(0, len(block.buttons), BUTTONS_IN_ROW):
        # Within a row no id may come twice.
        seen: Counter[str] = Counter()
        drawn = []
        for one in block.buttons[start : start + BUTTONS_IN_ROW]:
            name = " ".join(one.action.path)
            seen[name] += 1
            number = f"#{seen[name]}" if seen[name] > 1 else ""
            drawn.append(_button(one, name + number))
        yield {"type": "actions", "elements": drawn}


def _button(button: Button, action_id: str) -> SlackBlock:
    drawn: dict[str, object] = {
        "type": "button",
        "action_id": action_id,
        "text": plain_label(button.label, LABEL_LENGTH),
        "value": coded(button.action, most=VALUE_LENGTH),
    }
    style = _STYLES.get(button.style)
    return drawn | ({"style": style} if style else {})


def _menus(block: Select) -> Iterator[SlackBlock]:
    action_id = coded(block.action, most=ID_LENGTH, option=block.option)
    for start in range(0, len(block.choices), CHOICES_IN_SELECT):
        options = {
            value: menu_option(value, label)
            for value, label in block.choices[start : start + CHOICES_IN_SELECT]
        }
        menu: dict[str, object] = {
            "type": "static_select",
            "action_id": action_id,
            "placeholder": plain_label(block.label, PLACEHOLDER_LENGTH),
            "options": list(options.values()),
        }
        if block.chosen in options:
            menu |= {"initial_option": options[block.chosen]}
        yield {"type": "actions", "elements": [menu]}
