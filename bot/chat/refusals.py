"""What goes wrong, told kindly: what it is, and what to do now."""

from collections.abc import Sequence

from bot.chat.answer_form import shortened
from bot.chat.buttons import action, show_button, today_button
from bot.chat.command import CommandSpec, Path
from bot.chat.context import Context
from bot.chat.names import choice_labels, command_name, option_name, spec_of
from bot.chat.parse.errors import (
    BadBoolean,
    BadChoice,
    BadInteger,
    CodeTooLong,
    EmptyCode,
    IncompleteCommand,
    MissingOption,
    NoCode,
    NotUtf8,
    NulInCode,
    OptionError,
    ParseError,
    RepeatedOption,
    SeveralCodeBlocks,
    SurplusValue,
    UnknownCommand,
    UnknownOption,
    WrongFile,
    WrongLanguage,
)
from bot.chat.reply import Banner, Block, Button, Buttons, Code, Line, Reply, Text, Tone
from bot.chat.texts import Texts
from bot.services.errors import (
    ChallengeNotFound,
    Refused,
    ReviewNotFound,
    ServiceError,
    SubmissionNotFound,
)
from challenges.challenge import SOLUTION_FILE, language_of

PYTHON = language_of(SOLUTION_FILE)
# More would be a menu, not a hint.
NEAR_SHOWN = 3
# Enough to recognise what one typed.
TYPED_SHOWN = 40

_CODE_KEYS: dict[type[ParseError], str] = {
    NoCode: "refusal.no_code",
    EmptyCode: "refusal.empty_code",
}


def refusal_reply(context: Context, error: ParseError | ServiceError) -> Reply:
    if isinstance(error, ParseError):
        blocks = _parse_blocks(context, error)
    else:
        blocks = _service_blocks(context, error)
    return Reply(blocks=tuple(blocks))


def fault_reply(texts: Texts) -> Reply:
    """We failed: said plainly, without blame and without detail."""
    return Reply(blocks=(_told(texts.line("refusal.fault")),))


def personal_reply(texts: Texts) -> Reply:
    """In place of what others could read along."""
    return Reply(blocks=(_told(texts.line("refusal.personal")),))


def _told(line: Line) -> Banner:
    return Banner(line, Tone.WAITING)


def _parse_blocks(context: Context, error: ParseError) -> list[Block]:
    texts = context.texts
    match error:
        case UnknownCommand(group=group, typed=typed, near=near):
            known = [texts(f"command.{word}.name") for word in group]
            whole = "/" + " ".join([*known, _short(typed)])
            line = texts.line("refusal.unknown_command", typed=whole)
            return [_told(line), _command_buttons(context, near)]
        case IncompleteCommand(path=path, subcommands=subcommands):
            command = "/" + texts(f"command.{path[0]}.name")
            line = texts.line("refusal.incomplete_command", command=command)
            return [_told(line), _command_buttons(context, subcommands)]
        case SurplusValue(path=path, value=value):
            usage = _usage(context, path)
            line = texts.line("refusal.surplus", value=_short(value), command=usage)
            return [_told(line)]
        case OptionError():
            return [_told(_option_line(context, error))]
        case _:
            return [_told(_code_line(context, error)), *_example(context, error)]


def _option_line(context: Context, error: OptionError) -> Line:
    texts = context.texts
    command = _usage(context, error.path)
    option = _option(context, error.path, error.option)
    match error:
        case UnknownOption(near=near):
            known = ", ".join(_option(context, error.path, one) for one in near)
            key = "refusal.unknown_option_near" if near else "refusal.unknown_option"
            return texts.line(key, option=_short(option), command=command, near=known)
        case MissingOption():
            return texts.line("refusal.missing_option", option=option, command=command)
        case RepeatedOption():
            return texts.line("refusal.repeated_option", option=option)
        case BadChoice(value=value):
            listed = ", ".join(_labels(context, error.path, error.option))
            return texts.line(
                "refusal.bad_choice", option=option, value=_short(value), choices=listed
            )
        case BadInteger(value=value, minimum=minimum, maximum=maximum):
            return texts.line(
                "refusal.bad_integer",
                option=option,
                value=_short(value),
                minimum=str(minimum),
                maximum=str(maximum),
            )
        case BadBoolean(value=value):
            return texts.line("refusal.bad_boolean", option=option, value=_short(value))
        case _:
            return texts.line("refusal.fault")


def _code_line(context: Context, error: ParseError) -> Line:
    texts = context.texts
    match error:
        case SeveralCodeBlocks(count=count):
            return texts.line("refusal.several_code_blocks", n=count)
        case WrongLanguage(language=language, file=file):
            is_python = language_of(file) == PYTHON
            return texts.line(
                "refusal.wrong_language" if is_python else "refusal.not_this_language",
                language=_short(language),
                file=file,
                asked=language_of(file),
            )
        case CodeTooLong(size=size, limit=limit):
            return texts.line(
                "refusal.code_too_long",
                size_kib=-(-size // 1024),
                limit_kib=limit // 1024,
            )
        case NulInCode(line=line):
            return texts.line("refusal.nul_in_code", line=line)
        case WrongFile(filename=filename, file=file):
            is_python = language_of(file) == PYTHON
            key = "refusal.not_python_file" if is_python else "refusal.not_this_file"
            return texts.line(key, filename=_short(filename), file=file)
        case NotUtf8():
            return texts.line("refusal.not_utf8")
        case _:
            return texts.line(_CODE_KEYS.get(type(error), "refusal.fault"))


def _example(context: Context, error: ParseError) -> list[Block]:
    if not isinstance(error, NoCode | WrongLanguage):
        return []
    language = language_of(error.file)
    # Of no artifact is there a line that says nothing of what is asked for.
    line = context.texts("refusal.example_code") if language == PYTHON else "…"
    example = f"```{language}\n{line}\n```"
    buttons = Buttons(
        (
            Button(context.texts("button.submit_code"), action("challenge", "submit")),
            today_button(context.texts),
        )
    )
    return [Code(example, "text"), buttons]


def _service_blocks(context: Context, error: ServiceError) -> list[Block]:
    texts = context.texts
    match error:
        case ChallengeNotFound(challenge_id=challenge_id, near=near):
            line = texts.line("refusal.unknown_challenge", typed=_short(challenge_id))
            found = tuple(_show(context, one) for one in near[:NEAR_SHOWN])
            browse = Button(texts("button.browse"), action("challenge", "browse"))
            return [_told(line), Buttons((*found, browse))]
        case SubmissionNotFound():
            return [_told(texts.line("refusal.submission_not_found"))]
        case ReviewNotFound():
            return [_told(texts.line("refusal.review_not_found"))]
        case Refused(reason=reason, facts=facts):
            if reason == "challenge_closed":
                return _closed_blocks(context, str(facts["needs"]).split(", "))
            return [_told(texts.line(f"refusal.{reason}", None, **facts))]
        case _:
            return [_told(texts.line("refusal.unavailable"))]


def _closed_blocks(context: Context, needed: Sequence[str]) -> list[Block]:
    shown = tuple(_show(context, one) for one in needed[:NEAR_SHOWN])
    titles = ", ".join(button.label for button in shown)
    line = context.texts.line("refusal.challenge_closed", needs=titles)
    return [_told(line), Buttons(shown)]


def _show(context: Context, challenge_id: str) -> Button:
    title = context.world.catalogue.get(challenge_id).title.in_(context.language)
    return show_button(context.texts, challenge_id, label=title)


def _command_buttons(context: Context, paths: tuple[Path, ...]) -> Buttons:
    specs = [spec_of(context.table, path) for path in paths]
    listed = [one for one in specs if one is not None and one.is_listed]
    help_button = Button(context.texts("button.help"), action("help"))
    return Buttons((*(_issue(context, one) for one in listed[:4]), help_button))


def _issue(context: Context, spec: CommandSpec) -> Button:
    return Button(command_name(context.texts, spec), action(*spec.path))


def _usage(context: Context, path: Path) -> str:
    spec = spec_of(context.table, path)
    return "" if spec is None else command_name(context.texts, spec)


def _option(context: Context, path: Path, name: str) -> str:
    """The option's name in the reader's language; what was typed, when it is none."""
    spec = spec_of(context.table, path)
    for option in () if spec is None else spec.options:
        if spec is not None and option.name == name and option.is_listed:
            return option_name(context.texts, spec, option)
    return name


def _labels(context: Context, path: Path, name: str) -> list[str]:
    """What can be typed for an option, as the reader's language has it."""
    spec = spec_of(context.table, path)
    if spec is None:
        return []
    option = next(one for one in spec.options if one.name == name)
    return [label for _, label in choice_labels(context.texts, spec, option)]


def _short(typed: str) -> str:
    return shortened(typed, TYPED_SHOWN)


def with_code(reply: Reply, heading: Line, source: str) -> Reply:
    """The same, with the code that was refused: nobody types it twice."""
    return Reply(blocks=(*reply.blocks, Text(heading), Code(source)))
