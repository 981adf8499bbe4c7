"""How long one waits, as it is."""

from bot.chat.reply import Line
from bot.chat.texts import Texts
from bot.domain.pairing.waiting import WaitingTimes


def waiting_line(texts: Texts, times: WaitingTimes | None) -> Line:
    if times is None:
        return texts.line("mentor.waits.few")
    if times.half_days is None:
        return texts.line("mentor.waits.long", times.longest_days)
    half = texts("mentor.waits.days", times.half_days)
    if times.most_days is None:
        return texts.line("mentor.waits.half", None, half=half, waits=times.waits)
    most = texts("mentor.waits.days", times.most_days)
    return texts.line(
        "mentor.waits.both", None, half=half, most=most, waits=times.waits
    )
