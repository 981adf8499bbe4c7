"""The methods of the Web API, by name."""

from tests.fakes.slack.methods import (
    chat,
    conversations,
    files,
    marks,
    people,
    views,
)
from tests.fakes.slack.methods.request import Handler

HANDLERS: dict[str, Handler] = {
    name: handler
    for module in (chat, conversations, files, marks, people, views)
    for name, handler in module.METHODS.items()
}
