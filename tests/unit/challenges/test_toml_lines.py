import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.toml_lines import line_of, lines_by_path

TEXT = '''\
# A comment = with [brackets]
id = "a"                     # and [another]
tags = [
  "x",  # one
  "y",
]

[title]
es = """
[not.a.table]
key = 1
"""
en = 'it is "x" = [1'

[[case]]
call = "f({'a': [1]})"
files = { "a.log" = "#", "b" = "}" }
[[case]]
group.id = "g"
[[question]]
id = "one"
[[question.choice]]
id = "a"
[[question.choice]]
id = "b"
[[question]]
[[question.choice]]
"quoted key" = 1
'''


def test_every_key_has_its_line() -> None:
    lines = lines_by_path(TEXT)
    assert tomllib.loads(TEXT)
    wanted = {
        ("id",): 2,
        ("tags",): 3,
        ("title",): 8,
        ("title", "es"): 9,
        ("title", "en"): 13,
        ("case", 0): 15,
        ("case", 0, "call"): 16,
        ("case", 0, "files"): 17,
        ("case", 1): 18,
        ("case", 1, "group"): 19,
        ("case", 1, "group", "id"): 19,
        ("question", 0, "choice", 0, "id"): 23,
        ("question", 0, "choice", 1, "id"): 25,
        ("question", 1, "choice", 0): 27,
        ("question", 1, "choice", 0, "quoted key"): 28,
    }
    assert {path: lines.get(path) for path in wanted} == wanted


def test_a_missing_key_is_told_at_its_table() -> None:
    lines = lines_by_path(TEXT)
    assert line_of(lines, ("case", 1, "call")) == 18
    assert line_of(lines, ("case", 0, "files", "a.log", 3)) == 17
    assert line_of(lines, ("nothing",)) == 1


quoted = st.text(max_size=12).map(
    lambda text: '"' + "".join(f"\\U{ord(mark):08X}" for mark in text) + '"'
)
literal = st.text(st.characters(codec="ascii", exclude_characters="'"), max_size=12)
values = (
    quoted
    | literal.filter(str.isprintable).map(lambda text: f"'{text}'")
    | literal.filter(str.isprintable).map(lambda text: f"'''\n{text}\n'''")
    | st.integers().map(str)
)


@settings(deadline=None)
@given(
    st.lists(values | st.lists(values, max_size=3).map(", ".join).map("[{}]".format))
)
def test_values_of_any_look_do_not_shift_the_lines(texts: list[str]) -> None:
    text = ""
    wanted = {}
    for number, value in enumerate(texts):
        wanted[(f"key{number}",)] = text.count("\n") + 1
        text += f"key{number} = {value} # [note\n"
    tomllib.loads(text)
    assert dict(lines_by_path(text)) == wanted
