import gettext
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.command import CommandSpec, Option, OptionKind, Path
from bot.chat.context import Context
from bot.chat.parse import ParseError, parse_line, read_options
from bot.chat.parse.errors import (
    BadBoolean,
    BadChoice,
    BadInteger,
    IncompleteCommand,
    MissingOption,
    NulInCode,
    RepeatedOption,
    SurplusValue,
    UnknownCommand,
    UnknownOption,
)
from bot.chat.reply import Reply
from bot.chat.texts import Texts


class Words(gettext.NullTranslations):
    """A catalogue that holds what it is given."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        return self._words.get(message, message)


async def say_nothing(context: Context, options: Mapping[str, str]) -> Reply:
    return Reply(blocks=())


def spec(
    *path: str, options: tuple[Option, ...] = (), listed: bool = True
) -> CommandSpec:
    return CommandSpec(
        path=path, handler=say_nothing, options=options, is_listed=listed
    )


CHALLENGE = Option(name="challenge", kind=OptionKind.CHALLENGE, required=True)
PHASE = Option(name="phase", kind=OptionKind.INTEGER, minimum=1, maximum=7)
TABLE = (
    spec("challenge", "today"),
    spec("challenge", "show", options=(CHALLENGE,)),
    spec("challenge", "browse", options=(PHASE, Option(name="text"))),
    spec(
        "challenge",
        "submit",
        options=(CHALLENGE, Option(name="code", kind=OptionKind.CODE, is_listed=False)),
    ),
    spec("challenge", "press", listed=False),
    spec(
        "leaderboard",
        options=(
            Option(name="period", kind=OptionKind.CHOICE, choices=("week", "all_time")),
            PHASE,
        ),
    ),
    spec("streak"),
    spec("streak", "why"),
    spec("settings", options=(Option(name="hidden", kind=OptionKind.BOOLEAN),)),
)
SPANISH = Texts(
    "es",
    Words(
        {
            "command.challenge.name": "reto",
            "command.challenge.show.name": "ver",
            "command.challenge.browse.name": "explorar",
            "command.challenge.show.option.challenge.name": "reto",
            "command.leaderboard.name": "clasificación",
            "command.leaderboard.option.period.name": "período",
            "command.leaderboard.option.period.choice.week": "semana",
            "command.leaderboard.option.period.choice.all_time": "Desde siempre",
            "command.settings.name": "ajustes",
            "command.settings.option.hidden.name": "oculto",
        }
    ),
)
ENGLISH = Texts("en", Words({"command.challenge.name": "challenge"}))
TEXTS = (SPANISH, ENGLISH)


def parsed(line: str) -> tuple[Path, dict[str, str]]:
    one = parse_line(line, TABLE, TEXTS)
    return one.path, dict(one.options)


@pytest.mark.parametrize(
    "line",
    [
        "/challenge show regex-basics",
        "/reto ver regex-basics",
        "/reto show regex-basics",
        "  /RETO  Ver   regex-basics ",
        "/challenge show challenge:regex-basics",
        "/reto ver reto:regex-basics",
        "/reto ver reto=regex-basics",
        "/reto ver reto: regex-basics",
        '/reto ver RETO:"regex-basics"',
        "/reto ver “regex-basics”",
        "/reto ver «regex-basics»",
        "reto ver 'regex-basics'",
    ],
)
def test_the_ways_to_type_one_command(line: str) -> None:
    assert parsed(line) == (("challenge", "show"), {"challenge": "regex-basics"})


@pytest.mark.parametrize("name", ["clasificación", "clasificacion", "CLASIFICACIÓN"])
def test_accents_and_case_do_not_matter(name: str) -> None:
    assert parsed(f"/{name} periodo:SEMANA") == (("leaderboard",), {"period": "week"})


def test_an_accent_may_come_as_a_letter_of_its_own() -> None:
    assert parsed("/clasificacio\N{COMBINING ACUTE ACCENT}n")[0] == ("leaderboard",)


def test_a_command_that_is_a_group_too_takes_its_longest_name() -> None:
    assert parsed("/streak") == (("streak",), {})
    assert parsed("/streak why") == (("streak", "why"), {})


def test_words_fill_the_options_in_the_order_declared() -> None:
    assert parsed("/leaderboard week 3")[1] == {"period": "week", "phase": "3"}


def test_words_fill_what_the_names_left() -> None:
    assert parsed("/leaderboard phase:3 week")[1] == {"period": "week", "phase": "3"}


def test_a_word_that_is_no_number_passes_an_optional_number_over() -> None:
    assert parsed("/reto explorar regex")[1] == {"text": "regex"}
    assert parsed("/reto explorar 4")[1] == {"phase": "4"}


def test_the_last_free_option_takes_the_rest() -> None:
    assert parsed("/reto ver Parse an access line")[1] == {
        "challenge": "Parse an access line"
    }
    assert parsed("/reto explorar 4 see logs: level=INFO")[1] == {
        "phase": "4",
        "text": "see logs: level=INFO",
    }


def test_a_label_of_a_choice_may_have_spaces() -> None:
    assert parsed("/leaderboard period:'desde siempre'")[1] == {"period": "all_time"}


def test_a_link_is_no_named_option() -> None:
    assert parsed("/reto ver https://example.org/a?b=c")[1] == {
        "challenge": "https://example.org/a?b=c"
    }


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert parsed("/reto ver Ana's rope 'n ladder")[1] == {
        "challenge": "Ana's rope 'n ladder"
    }


@pytest.mark.parametrize("word", ["sí", "Si", "yes", "TRUE", "on", "1"])
def test_yes_is_true_in_both_languages(word: str) -> None:
    assert parsed(f"/ajustes oculto:{word}")[1] == {"hidden": "true"}


@pytest.mark.parametrize("word", ["no", "false", "OFF", "0"])
def test_no_is_false_in_both_languages(word: str) -> None:
    assert parsed(f"/settings {word}")[1] == {"hidden": "false"}


def test_an_empty_option_is_an_option_left_out() -> None:
    assert parsed('/leaderboard period:"" phase:2')[1] == {"phase": "2"}


def test_an_empty_name_does_not_swallow_the_next_option() -> None:
    assert parsed("/leaderboard period: phase:2")[1] == {"phase": "2"}


def test_a_fenced_block_is_the_option_that_is_code() -> None:
    line = "/challenge submit rope\n```python\nx = 1\n```"
    assert parsed(line)[1] == {"challenge": "rope", "code": "x = 1\n"}
    assert parsed("/challenge submit rope code: ```x```")[1]["code"] == "x"


def test_code_in_a_line_is_checked_as_any_code() -> None:
    with pytest.raises(NulInCode):
        parsed("/challenge submit rope\n```python\nx = '\0'\n```")


@pytest.mark.parametrize("line", ["/challenge", "/RETO", "/reto "])
def test_a_bare_group_tells_its_listed_subcommands(line: str) -> None:
    with pytest.raises(IncompleteCommand) as caught:
        parsed(line)
    assert caught.value.path == ("challenge",)
    assert caught.value.subcommands == tuple(
        ("challenge", name) for name in ("today", "show", "browse", "submit")
    )


@pytest.mark.parametrize(
    ("line", "typed", "near"),
    [
        ("/leaderbord", "leaderbord", ("leaderboard",)),
        ("/clasificasion", "clasificasion", ("leaderboard",)),
        ("/chalenge show x", "chalenge", ("challenge", "show")),
        ("/challenge shwo x", "shwo", ("challenge", "show")),
        ("/show x", "show", ("challenge", "show")),
        ("/why", "why", ("streak", "why")),
    ],
)
def test_an_unknown_command_brings_the_nearest(
    line: str, typed: str, near: Path
) -> None:
    with pytest.raises(UnknownCommand) as caught:
        parsed(line)
    assert caught.value.typed == typed
    assert caught.value.near[0] == near


def test_what_only_buttons_issue_is_never_suggested() -> None:
    with pytest.raises(UnknownCommand) as caught:
        parsed("/challenge pres")
    assert ("challenge", "press") not in caught.value.near


@pytest.mark.parametrize("line", ["", "/", "/ ", "/xyzzy"])
def test_a_line_near_to_nothing_suggests_nothing(line: str) -> None:
    with pytest.raises(UnknownCommand) as caught:
        parsed(line)
    assert caught.value.near == ()


@pytest.mark.parametrize("line", ["/reto ver", '/reto ver reto:""', "/reto ver reto:"])
def test_a_required_option_is_asked_for(line: str) -> None:
    with pytest.raises(MissingOption) as caught:
        parsed(line)
    assert (caught.value.path, caught.value.option) == (
        ("challenge", "show"),
        "challenge",
    )


def test_an_unknown_option_brings_the_nearest() -> None:
    with pytest.raises(UnknownOption) as caught:
        parsed("/leaderboard perod:week")
    assert (caught.value.option, caught.value.near) == ("perod", ("period",))


def test_an_option_twice_is_refused() -> None:
    with pytest.raises(RepeatedOption) as caught:
        parsed("/leaderboard period:week periodo:semana")
    assert caught.value.option == "period"


@pytest.mark.parametrize("line", ["/challenge today now", "/leaderboard week 3 now"])
def test_a_word_too_many_is_named(line: str) -> None:
    with pytest.raises(SurplusValue) as caught:
        parsed(line)
    assert caught.value.value == "now"


def test_a_bad_choice_tells_the_good_ones() -> None:
    with pytest.raises(BadChoice) as caught:
        parsed("/leaderboard year")
    assert (caught.value.value, caught.value.choices) == ("year", ("week", "all_time"))


@pytest.mark.parametrize("value", ["x", "0", "8", "1.5", "1_0", "9" * 5000])
def test_a_bad_integer_tells_the_bounds(value: str) -> None:
    with pytest.raises(BadInteger) as caught:
        parsed(f"/leaderboard phase:{value}")
    one = caught.value
    assert (one.value, one.minimum, one.maximum) == (value, 1, 7)


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(BadBoolean) as caught:
        parsed("/settings maybe")
    assert caught.value.value == "maybe"


@given(st.text())
@example("/challenge show \N{COMBINING ACUTE ACCENT}:x")
def test_only_typed_errors_leave(text: str) -> None:
    try:
        parsed(text)
    except ParseError:
        return


@given(
    st.sampled_from(
        ["/reto ver ", "/leaderboard ", "/challenge submit ", "/reto explorar "]
    ),
    st.text(alphabet="ab:=\"'“”«»` \n/1", max_size=40),
)
def test_only_typed_errors_leave_whatever_the_options(command: str, rest: str) -> None:
    try:
        parsed(command + rest)
    except ParseError:
        return


values = st.text(st.characters(codec="utf-8", exclude_characters='"\0'), min_size=1)


@given(values.filter(str.strip))
def test_a_quoted_value_comes_out_as_it_was_typed(value: str) -> None:
    assert parsed(f'/reto ver reto:"{value}"')[1] == {"challenge": value.strip()}


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "period": st.sampled_from(["week", "Desde siempre", "SEMANA"]),
            "phase": st.integers(1, 7).map(str),
        },
    )
)
def test_reading_what_was_read_changes_nothing(given_options: dict[str, str]) -> None:
    leaderboard = next(one for one in TABLE if one.path == ("leaderboard",))
    once = read_options(leaderboard, given_options, TEXTS)
    assert read_options(leaderboard, once, TEXTS) == once
    assert once.keys() == given_options.keys()


def test_read_options_refuses_a_name_that_the_command_lacks() -> None:
    with pytest.raises(UnknownOption):
        read_options(TABLE[0], {"code": "x"}, TEXTS)
