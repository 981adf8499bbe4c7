"""Whatever a reply may hold, hostile words among it, as strategies of hypothesis."""

from hypothesis import strategies as st

from bot.chat.reply import (
    Action,
    Banner,
    Bullets,
    Button,
    Buttons,
    Code,
    Details,
    Fields,
    FileToKeep,
    Heading,
    Link,
    Moment,
    Picture,
    Reply,
    Select,
    SpanStyle,
    Table,
    Text,
    Tone,
    Words,
)

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "@everyone",
            "<@123>",
            "<@&5>",
            "</challenge today:1>",
            "**bold** __u__ ~~s~~ ||spoiler||",
            "```py\nx\n```",
            "``a`b```",
            "# heading\n- item\n1. one\n> quote\n-# small",
            "[label](https://example.org)",
            "https://example.org/?a=b",
            "<t:0:R> <:smile:1> <id:home>",
            "<!channel> <!here|x> <@U1> <#C1|c> <!subteam^S1> :tada: &amp;",
            "<https://example.org|bank> *b* _i_ ~s~",
            "\0\x07 \ud800",
            "\\",
            "\N{RIGHT-TO-LEFT OVERRIDE}",
            "x" * 5000,
            "`" * 200,
            "漢字" * 30,
        ]
    ),
)
SPANS = st.one_of(
    st.builds(Words, HOSTILE, st.sampled_from(SpanStyle)),
    st.builds(Link, HOSTILE, HOSTILE),
    st.builds(Moment, st.datetimes(timezones=st.timezones())),
)
LINES = st.lists(SPANS, max_size=4).map(tuple)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Table,
        st.tuples(*[HOSTILE] * width),
        st.lists(st.tuples(*[HOSTILE] * width), max_size=6).map(tuple),
        caption=HOSTILE,
        highlighted=st.one_of(st.none(), st.integers(0, 5)),
    )
)
ACTIONS = st.builds(
    Action,
    st.sampled_from([("challenge", "show"), ("streak",)]),
    st.lists(st.tuples(st.just("text"), st.text(max_size=20)), max_size=1).map(tuple),
)
PROSE = st.one_of(
    st.builds(Heading, LINES, st.sampled_from([1, 2, 3])),
    st.builds(Text, LINES),
    st.builds(Bullets, st.lists(LINES, max_size=5).map(tuple), st.booleans()),
    st.builds(Code, HOSTILE, st.sampled_from(["python", "text", "```", "a b"])),
    st.builds(Fields, st.lists(st.tuples(HOSTILE, LINES), max_size=4).map(tuple)),
    TABLES,
)
CHOICES = st.lists(
    st.tuples(st.integers(0, 10**9).map(str), HOSTILE),
    max_size=60,
    unique_by=lambda one: one[0],
).map(tuple)
BLOCKS = st.one_of(
    PROSE,
    st.builds(Banner, LINES, st.sampled_from(Tone)),
    st.builds(Details, HOSTILE, st.lists(PROSE, max_size=3).map(tuple)),
    st.builds(Picture, st.binary(max_size=20), HOSTILE, HOSTILE),
    st.builds(FileToKeep, HOSTILE, st.binary(max_size=20), HOSTILE),
    st.builds(
        Buttons,
        st.lists(st.builds(Button, HOSTILE, ACTIONS), max_size=12).map(tuple),
    ),
    st.builds(Select, HOSTILE, ACTIONS, st.just("challenge"), CHOICES),
)
REPLIES = st.lists(BLOCKS, max_size=25).map(lambda blocks: Reply(blocks=tuple(blocks)))
