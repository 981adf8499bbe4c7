"""What a person types, as the client sends it, or refuses to."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.discord.command_rules import Option
from tests.fakes.discord.errors import Json
from tests.fakes.discord.wire import account_json, attachment_json, member_json
from tests.fakes.discord.world import Account, Attachment, Channel, File, Role

Store = Callable[[File], Attachment]


class CannotDo(AssertionError):
    """Discord's client does not let a person do this."""


class Resolved:
    """Things that an interaction names by number, sent along in full."""

    def __init__(self, channel: Channel, store: Store) -> None:
        self.body: Json = {}
        self._channel = channel
        self._store = store

    def account(self, account: Account) -> str:
        self._put("users", account.id, account_json(account))
        server = self._channel.server
        if server and account.id in server.members:
            member = member_json(server.members[account.id])
            del member["user"]
            member["permissions"] = str(int(self._channel.permissions(account)))
            self._put("members", account.id, member)
        return account.id

    def file(self, file: File) -> str:
        attachment = self._store(file)
        self._put("attachments", attachment.id, attachment_json(attachment))
        return attachment.id

    def _put(self, kind: str, key: str, body: Json) -> None:
        self.body.setdefault(kind, {})[key] = body

    def value(self, given: Any) -> Any:
        match given:
            case Account():
                return self.account(given)
            case File():
                return self.file(given)
            case Channel() | Role():
                return given.id
            case _:
                return given


def has_name(one: Json, name: str, locale: str) -> bool:
    localised = (one.get("name_localizations") or {}).get(locale)
    return name in (one["name"], localised)


def find_command(
    commands: Mapping[str, Json], line: str, locale: str
) -> tuple[Json, list[Json]]:
    """The command and, under it, the options that lead to what the line says."""
    first, *rest = line.removeprefix("/").split()
    for command in commands.values():
        if command["type"] == 1 and has_name(command, first, locale):
            return command, _path(command, rest, line, locale)
    raise CannotDo(f"no command /{line} is registered")


def _path(command: Json, words: list[str], line: str, locale: str) -> list[Json]:
    path, here = [], command
    for word in words:
        options = [one for one in here.get("options") or () if _leads(one)]
        found = [one for one in options if has_name(one, word, locale)]
        if not found:
            raise CannotDo(f"no command /{line} is registered")
        path.append(found[0])
        here = found[0]
    if any(map(_leads, here.get("options") or ())):
        raise CannotDo(f"/{line} needs a subcommand")
    return path


def _leads(option: Json) -> bool:
    return option["type"] in (Option.SUBCOMMAND, Option.GROUP)


def command_data(
    command: Json,
    path: list[Json],
    given: Mapping[str, Any],
    resolved: Resolved,
    *,
    locale: str,
    focused: str | None = None,
) -> Json:
    """:raises CannotDo: an option unknown, missing or out of bounds."""
    leaf = path[-1] if path else command
    options = _options(leaf, given, resolved, locale=locale, focused=focused)
    for option in reversed(path):
        body = {"type": option["type"], "name": option["name"], "options": options}
        options = [body]
    data = {"id": command["id"], "name": command["name"], "type": 1}
    data |= {"options": options}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data | ({"resolved": resolved.body} if resolved.body else {})


def _options(
    leaf: Json,
    given: Mapping[str, Any],
    resolved: Resolved,
    *,
    locale: str,
    focused: str | None,
) -> list[Json]:
    left = dict(given)
    options = []
    for declared in leaf.get("options") or ():
        key = next((key for key in left if has_name(declared, key, locale)), None)
        if key is None:
            if declared.get("required") and focused is None:
                raise CannotDo(f"option {declared['name']} is required")
            continue
        value = left.pop(key)
        option = {"type": declared["type"], "name": declared["name"]}
        if key == focused:
            if not declared.get("autocomplete"):
                raise CannotDo(f"option {key} completes nothing")
            options.append(option | {"value": value, "focused": True})
        else:
            _check(declared, value)
            options.append(option | {"value": resolved.value(value)})
    if left:
        raise CannotDo(f"no options {sorted(left)} in {leaf['name']}")
    return options


WANTED: Mapping[Option, Any] = {
    Option.STRING: str,
    Option.INTEGER: int,
    Option.BOOLEAN: bool,
    Option.USER: Account,
    Option.CHANNEL: Channel,
    Option.ROLE: Role,
    Option.NUMBER: (int, float),
    Option.ATTACHMENT: File,
}


def _check(declared: Json, value: Any) -> None:
    name = declared["name"]
    wanted = WANTED.get(Option(declared["type"]), object)
    if not isinstance(value, wanted):
        raise CannotDo(f"option {name} takes no {value!r}")
    choices = [one["value"] for one in declared.get("choices") or ()]
    if choices and value not in choices:
        raise CannotDo(f"option {name} has the choices {choices}, not {value!r}")
    size = len(value) if isinstance(value, str) else value
    kind = "length" if isinstance(value, str) else "value"
    least, most = declared.get(f"min_{kind}"), declared.get(f"max_{kind}")
    if (least is not None and size < least) or (most is not None and size > most):
        raise CannotDo(f"option {name}: {value!r} is not within {least} and {most}")
