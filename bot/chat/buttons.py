"""Buttons that several replies share. Each is a command, so it survives a restart."""

from bot.chat.reply import Action, Button, ButtonStyle
from bot.chat.texts import Texts
from challenges.challenge import Challenge, Kind


def action(*path: str, **options: str) -> Action:
    return Action(path=path, options=tuple(options.items()))


def today_button(texts: Texts) -> Button:
    return Button(texts("button.today"), action("challenge", "today"))


def browse_button(texts: Texts, phase: int) -> Button:
    return Button(
        texts("button.browse"), action("challenge", "browse", phase=str(phase))
    )


def show_button(texts: Texts, challenge_id: str, *, label: str | None = None) -> Button:
    return Button(
        label or texts("button.show"),
        action("challenge", "show", challenge=challenge_id),
    )


def submit_button(texts: Texts, challenge: Challenge, *, again: bool = False) -> Button:
    """Opens the form to answer in, named for what the challenge asks for."""
    if again:
        key = "button.submit_again"
    elif challenge.kind in {Kind.QUIZ, Kind.REVIEW}:
        key = f"button.submit_{challenge.kind}"
    else:
        key = "button.submit_code"
    return Button(
        texts(key),
        action("challenge", "submit", challenge=challenge.id),
        ButtonStyle.PRIMARY,
    )


def hint_button(texts: Texts, challenge_id: str) -> Button:
    return Button(
        texts("button.hint"), action("challenge", "hint", challenge=challenge_id)
    )


def solution_button(texts: Texts, challenge_id: str) -> Button:
    return Button(
        texts("button.solution"),
        action("challenge", "solution", challenge=challenge_id),
    )


def leaderboard_button(texts: Texts) -> Button:
    return Button(texts("button.leaderboard"), action("leaderboard"))
