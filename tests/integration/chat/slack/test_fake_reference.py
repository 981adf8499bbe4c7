"""The fake's own tables against the published descriptions, where they are at hand."""

import json
import os
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack
from tests.fakes.slack.errors import Json
from tests.fakes.slack.kit.limits import LIMITS
from tests.fakes.slack.methods import HANDLERS
from tests.fakes.slack.reference import (
    CONTRACTS,
    TABLE,
    Reference,
    published_method,
    table,
)

published = pytest.mark.skipif(
    not CONTRACTS.exists() and "CORDADA_CONTRACTS" not in os.environ,
    reason="the platforms' descriptions are not here",
)


@published
def test_the_table_of_methods_says_what_the_reference_says() -> None:
    ours = table()
    paths = CONTRACTS.glob("slack-methods/*.json")
    theirs = {path.stem: published_method(path) for path in paths}
    both = ours.keys() & theirs.keys()
    assert len(both) > 25
    for name in both:
        assert ours[name] == replace(theirs[name], arguments=None, errors=None)


@published
def test_block_kits_limits_are_the_published_ones() -> None:
    document = json.loads((CONTRACTS / "slack-block-limits.json").read_text())
    theirs = dict(flat("", document))
    assert {name: theirs[name] for name in LIMITS} == LIMITS


def flat(name: str, node: Json) -> list[tuple[str, tuple[int, int]]]:
    found = []
    most = next(
        (node[key] for key in ("max_length", "max_items", "max") if key in node), 0
    )
    if isinstance(most, int) and most:
        least = (node[key] for key in ("min_length", "min_items", "min") if key in node)
        found.append((name, (next(least, 0), most)))
    if "item_max_length" in node:
        found.append((f"{name}.item", (0, node["item_max_length"])))
    for key, inner in node.items():
        if isinstance(inner, dict):
            found += flat(f"{name}.{key}".strip("."), inner)
    return found


@published
async def test_an_argument_that_the_reference_does_not_know_is_noticed(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    asked = {"channel": channel.id, "text": "a", "colour": "red"}
    await client.api_call("chat.postMessage", json=asked)
    assert slack.take_violations() == ["unknown_argument"]


@published
def test_an_event_without_its_scope_is_noticed() -> None:
    features = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    events = {"event_subscriptions": {"bot_events": ["message.im", "app_mention"]}}
    slack = FakeSlack({**features, "settings": events}, FakeClock())
    assert slack.take_violations() == ["event_without_scope"] * 2


def test_every_method_of_the_table_is_answered() -> None:
    elsewhere = {"apps.connections.open", "oauth.v2.access"}
    assert table().keys() == HANDLERS.keys() | elsewhere


def test_without_the_reference_the_table_serves() -> None:
    reference = Reference(methods=table())
    assert reference.methods["views.open"].required == {"view"}
    assert reference.methods["chat.update"].arguments is None
    assert len(reference.methods) == len(TABLE.strip().splitlines())
