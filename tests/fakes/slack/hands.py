"""Where a person's hand goes: the element with that id that is nearest."""

from collections.abc import Iterator

from tests.fakes.slack.forms import Found, NotThere, Upload
from tests.fakes.slack.kit.blocks import elements
from tests.fakes.slack.presence import Presence
from tests.fakes.slack.state import State
from tests.fakes.slack.world import File, Message, View


def find(
    person: Presence,
    action_id: str,
    on: Message | View | None = None,
    value: object = None,
) -> Found:
    """On the modal on top, else on the newest message or the App Home.

    :raises NotThere: nothing has that id.
    """
    seen = []
    for where in [on] if on else _places(person):
        for _, block, element in elements(where.blocks):
            seen.append(element["action_id"])
            if element["action_id"] == action_id and _is_meant(element, value):
                return Found(where=where, block=block, element=element)
    raise NotThere(f"no {action_id} {value or ''}; there is {sorted(set(seen))}")


def _is_meant(element: dict[str, object], value: object) -> bool:
    is_button = element["type"] == "button"
    return not is_button or value is None or element.get("value") == value


def _places(person: Presence) -> Iterator[View | Message]:
    if person.view:
        yield person.view
        return
    messages = [
        message
        for channel in person.workspace.channels.values()
        if person.id in channel.members
        for message in channel.messages.values()
        if message.only_for in (None, person.account)
    ]
    yield from sorted(messages, key=lambda message: message.ts, reverse=True)
    if home := person.workspace.homes.get(person.id):
        yield home


def upload_for(state: State, person: Presence, upload: Upload) -> File:
    file = File(
        id=state.new_id("F"),
        name=upload.name,
        owner=person.account,
        content=upload.content,
        snippet=upload.snippet,
    )
    state.hear(upload.content.decode(errors="replace"))
    person.workspace.files[file.id] = file
    return file
