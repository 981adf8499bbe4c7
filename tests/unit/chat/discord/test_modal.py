"""A form as a modal of Discord's."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.discord.modal import modal
from bot.chat.flowed import flowed
from bot.chat.reply import Action, FieldKind, Form, FormField
from bot.chat.texts import texts_in
from tests.fakes.web_router import sheet

ENGLISH = texts_in("en")
LONG = "Which of these is printed when the list of the sums is read twice over? " * 3


def form(*fields: FormField, title: str = "Title") -> Form:
    action = Action(("challenge", "submit"))
    return Form(title=title, action=action, fields=fields, submit="Send")


def parts(shown: Form) -> list[Mapping[str, Any]]:
    drawn: Mapping[str, Any] = modal(shown, ENGLISH)
    assert 1 <= len(drawn["components"]) <= 5
    assert len(drawn["title"]) <= 45
    for part in drawn["components"]:
        assert 1 <= len(part["label"]) <= 45
        assert len(part.get("description", "x")) in range(1, 101)
    return list(drawn["components"])


def test_code_is_typed_or_attached() -> None:
    code, mood, upload = parts(sheet("north-face"))
    assert code["component"]["style"] == 2
    assert code["component"]["value"].startswith("def highest")
    assert mood["component"]["options"][0]["label"] == "A walk"
    assert upload["component"]["type"] == 19
    assert upload["component"]["custom_id"] == "code?file"


def test_code_that_is_too_long_to_edit_is_not_cut_but_asked_for_as_a_file() -> None:
    long = FormField(name="code", label="Code", kind=FieldKind.CODE, value="x" * 4001)
    typed, _ = parts(form(long))
    assert "value" not in typed["component"]
    assert "attach a file" in typed["description"]


def test_a_long_question_flows_into_description_and_placeholder() -> None:
    choices = (("a", "One"), ("b", LONG[:150]))
    question = FormField(
        name="answer_1", label=LONG, kind=FieldKind.CHOICE, choices=choices
    )
    (part,) = parts(form(question))
    shown = [part["label"], part["description"], part["component"]["placeholder"]]
    assert " ".join(shown) == LONG.strip()
    second = part["component"]["options"][1]
    assert f"{second['label']} {second['description']}" == LONG[:150].strip()


def test_five_fields_leave_no_room_for_a_file() -> None:
    fields = [FormField(name=f"f{n}", label="F", kind=FieldKind.CODE) for n in range(5)]
    assert [one["component"]["type"] for one in parts(form(*fields))] == [4] * 5


@given(text=st.text(max_size=400))
def test_nothing_of_a_text_is_lost_while_it_fits(text: str) -> None:
    lengths = (45, 100, 400)
    places = flowed(text, lengths)
    assert all(len(one) <= most for one, most in zip(places, lengths, strict=True))
    assert "".join(places).replace(" ", "") == "".join(text.split())
