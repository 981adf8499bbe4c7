"""A text over places that are each too short for it."""

from bot.chat.answer_form import shortened


def flowed(text: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    """Over places of these lengths, broken between words; "" for those unused.

    What is left after the last place is shortened there.
    """
    places = []
    left = " ".join(text.split())
    for length in lengths[:-1]:
        at = len(left) if len(left) <= length else left.rfind(" ", 0, length + 1)
        at = at if at > 0 else length
        places.append(left[:at].rstrip())
        left = left[at:].lstrip()
    return (*places, shortened(left, lengths[-1]))
