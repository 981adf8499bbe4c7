"""A form as a modal of Slack's, and what comes back of it."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.command import Place, Platform
from bot.chat.reply import Action, FieldKind, Form, FormField
from bot.chat.slack.heard import HeardView
from bot.chat.slack.modal import filled_in, modal, objections
from bot.chat.texts import texts_in
from tests.fakes.any_reply import HOSTILE
from tests.fakes.slack.errors import Json
from tests.fakes.slack.kit import surfaces
from tests.fakes.slack.modals import initial_values
from tests.fakes.web_router import sheet

ENGLISH = texts_in("en")
ACTION = Action(("challenge", "submit"), (("challenge", "add-up"),))
PLACE = Place(
    platform=Platform.SLACK,
    community="T1",
    detail={"asked": "1.2.3", "channel": "C1", "url": "https://hooks.example/1"},
)
FIELDS = st.builds(
    FormField,
    name=st.just("field"),
    label=HOSTILE,
    kind=st.sampled_from(FieldKind),
    value=HOSTILE,
    required=st.booleans(),
    max_length=st.integers(0, 10_000),
    choices=st.lists(HOSTILE, min_size=1, max_size=120).map(
        lambda labels: tuple((str(n), one) for n, one in enumerate(labels))
    ),
)


def form(*fields: FormField, title: str = "Title") -> Form:
    return Form(title=title, action=ACTION, fields=fields, submit="Send")


def drawn(shown: Form) -> Json:
    view = dict(modal(shown, ENGLISH, PLACE))
    assert list(surfaces.view(view)) == []
    assert not surfaces.too_large(view)
    return view


def sent(view: Json, values: Mapping[str, Mapping[str, Any]]) -> HeardView:
    """As Slack sends it when the fields of these names hold that."""
    state = initial_values(view["blocks"])
    for name, value in values.items():
        state[name] = {name: {"type": "any", **value}}
    return HeardView.model_validate({**view, "id": "V1", "state": {"values": state}})


@given(field=FIELDS, title=HOSTILE, submit=HOSTILE)
def test_slack_takes_any_form(field: FormField, title: str, submit: str) -> None:
    shown = Form(title=title, action=ACTION, fields=(field,), submit=submit)
    drawn(shown)


def test_code_is_typed_or_attached() -> None:
    view = drawn(sheet("north-face"))
    code, upload, mood = view["blocks"]
    assert code["element"]["multiline"]
    assert code["element"]["initial_value"].startswith("def highest")
    assert upload["element"]["type"] == "file_input"
    assert mood["element"]["type"] == "radio_buttons"
    assert mood["element"]["options"][0]["text"]["text"] == "A walk"


def test_code_that_is_too_long_to_edit_is_not_cut_but_asked_for_as_a_file() -> None:
    long = FormField(name="code", label="Code", kind=FieldKind.CODE, value="x" * 3001)
    typed, _ = drawn(form(long))["blocks"]
    assert "initial_value" not in typed["element"]
    assert "attach a file" in typed["hint"]["text"]


def test_answers_too_long_for_an_option_are_read_above_it_by_letter() -> None:
    choices = (("a", "One"), ("b", "long " * 60))
    question = FormField(
        name="answer_1", label="Which?", kind=FieldKind.CHOICE, choices=choices
    )
    told, asked = drawn(form(question))["blocks"]
    assert "B. long long" in json.dumps(told)
    options = asked["element"]["options"]
    assert [one["text"]["text"] for one in options] == ["A", "B"]
    assert [one["value"] for one in options] == ["a", "b"]


def test_what_was_filled_in_comes_back_with_where_it_was_asked_for() -> None:
    code = FormField(name="code", label="Code", kind=FieldKind.CODE)
    view = drawn(form(code))
    filled = filled_in(sent(view, {"code": {"value": "print(1)"}}), "T1")
    assert filled.path == ("challenge", "submit")
    assert filled.options == {"challenge": "add-up", "code": "print(1)"}
    assert filled.place == PLACE


def test_a_file_stands_in_for_what_was_typed() -> None:
    code = FormField(name="code", label="Code", kind=FieldKind.CODE)
    view = drawn(form(code))
    files = {"files": [{"id": "F1", "name": "a.py", "size": 3}]}
    filled = filled_in(
        sent(view, {"code": {"value": "print(1)"}, "code?file": files}), "T1"
    )
    assert "code" not in filled.options
    assert filled.files["code"].id == "F1"


def test_neither_code_nor_file_is_an_objection_and_either_is_none() -> None:
    code = FormField(name="code", label="Code", kind=FieldKind.CODE)
    view = drawn(form(code))
    assert objections(sent(view, {})).keys() == {"code"}
    assert objections(sent(view, {"code": {"value": " \n"}})).keys() == {"code"}
    assert objections(sent(view, {"code": {"value": "x"}})) == {}
    files = {"files": [{"id": "F1", "name": "a.py", "size": 3}]}
    assert objections(sent(view, {"code?file": files})) == {}


def test_a_channel_is_chosen_from_those_there_are_and_comes_back_by_its_id() -> None:
    channel = FormField(
        name="channel",
        label="Channel",
        kind=FieldKind.CHANNEL,
        value="C0123",
        required=False,
    )
    view = drawn(form(channel))
    (block,) = view["blocks"]
    assert block["element"]["initial_conversation"] == "C0123"
    chosen = sent(view, {"channel": {"selected_conversation": "C0456"}})
    assert filled_in(chosen, "T1").options["channel"] == "C0456"
