"""What an application may answer to an interaction, and each way to get it wrong."""

import pytest

from tests.fakes.slack import Channel, FakeSlack, Person, answers
from tests.fakes.slack.errors import Json
from tests.fakes.slack.modals import new_view
from tests.fakes.slack.payloads import new_response_url
from tests.fakes.slack.world import Message, View
from tests.integration.chat.slack.small_app import button, form, plain, section


@pytest.fixture
def view(slack: FakeSlack, ana: Person) -> View:
    """On ana's screen."""
    view = new_view(slack.state, ana.workspace, ana.account, form())
    ana.screen.stack.append(view)
    return view


def titles(person: Person) -> list[str]:
    return [view.definition["title"]["text"] for view in person.screen.stack]


def after(slack: FakeSlack, view: View, body: object) -> None:
    answers.after_submission(slack.state, slack.workspace, view, body)


async def test_a_submission_may_change_the_view_lay_one_on_it_or_clear_all(
    slack: FakeSlack, ana: Person, view: View
) -> None:
    after(slack, view, {"response_action": "update", "view": form("Changed")})
    assert titles(ana) == ["Changed"]
    after(slack, view, {"response_action": "push", "view": form("Above")})
    assert titles(ana) == ["Changed", "Above"]
    above = ana.screen.stack[-1]
    assert above.root is view
    after(slack, above, {"response_action": "clear"})
    assert titles(ana) == []
    assert [sight.kind for sight in ana.screen.sights] == ["view", "view", "closed"]


async def test_closing_the_upper_view_shows_the_one_below(
    slack: FakeSlack, ana: Person, view: View
) -> None:
    after(slack, view, {"response_action": "push", "view": form("Above")})
    after(slack, ana.screen.stack[-1], None)
    assert ana.view is view


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ({"response_action": "errors"}, "invalid_errors"),
        ({"response_action": "errors", "errors": {"no": "a"}}, "invalid_errors"),
        ({"response_action": "update"}, "invalid_arguments"),
        ({"response_action": "push", "view": form("a" * 25)}, "invalid_arguments"),
        ({"response_action": "explode"}, "invalid_response_action"),
        ("fine", "invalid_response_action"),
    ],
)
async def test_a_wrong_answer_to_a_submission_fails_before_the_person(
    slack: FakeSlack, ana: Person, view: View, body: object, rule: str
) -> None:
    after(slack, view, body)
    assert slack.take_violations() == [rule]
    assert [sight.kind for sight in ana.screen.sights] == ["failure"]


async def test_a_body_after_an_action_is_noticed(slack: FakeSlack) -> None:
    answers.after_action(slack.state, "block_actions", {"text": "nobody reads this"})
    assert slack.take_violations() == ["body_ignored"]


@pytest.mark.parametrize(
    "body",
    [
        None,
        {"options": [{"text": plain("a")}]},
        {"options": [{"text": plain(str(n)), "value": str(n)} for n in range(101)]},
        {"option_groups": [{"label": plain("a"), "options": []}]},
    ],
)
async def test_options_keep_to_their_limits(slack: FakeSlack, body: Json) -> None:
    assert answers.suggested(slack.state, body) == []
    assert slack.take_violations() == ["invalid_options"]


async def test_options_come_in_groups_too(slack: FakeSlack) -> None:
    one = {"text": plain("One"), "value": "1"}
    groups = {"option_groups": [{"label": plain("Numbers"), "options": [one]}]}
    assert answers.suggested(slack.state, groups) == [one]


async def test_a_command_answered_with_broken_blocks_fails(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    body: Json = {"text": "a", "blocks": [section("a" * 3001)]}
    answers.after_command(slack.state, ana.account, channel, body)
    assert slack.take_violations() == ["invalid_blocks"]
    assert (await ana.sees()).kind == "failure"


async def test_a_command_may_be_answered_for_all(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    ben = slack.add_person("ben")
    slack.enter(ben, channel)
    body: Json = {"text": "look", "response_type": "in_channel"}
    answers.after_command(slack.state, ana.account, channel, body)
    assert ben.reads(channel) == ["look"]


async def test_a_response_url_replaces_and_deletes_what_was_pressed(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    body: Json = {"text": "a", "blocks": [button("b", "B")]}
    answers.after_command(slack.state, ana.account, channel, body)
    source = (await ana.sees("ephemeral")).message
    assert source is not None
    await _respond(slack, ana, source, {"text": "b", "replace_original": True})
    assert ana.reads(channel) == ["b"]
    await _respond(slack, ana, source, {"delete_original": True})
    assert ana.reads(channel) == []


async def _respond(
    slack: FakeSlack, person: Person, source: Message, body: Json
) -> None:
    url = new_response_url(slack.state, person.account, source.channel, source)
    async with slack.session.post(url, json=body) as answer:
        assert await answer.text() == "ok"
