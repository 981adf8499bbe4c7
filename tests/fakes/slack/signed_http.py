"""Signed HTTP: we post to the application, its response is the acknowledgement."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession

from tests.fakes.slack.delivery import Deliveries, Delivery
from tests.fakes.slack.errors import Json
from tests.fakes.slack.state import State

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
# docs.slack.dev/authentication/verifying-requests-from-slack: five minutes.
TOO_OLD_S = 301


def signature(secret: str, timestamp: str, body: str) -> str:
    text = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def body_of(delivery: Delivery) -> tuple[str, str]:
    """Content type and body."""
    match delivery.sort:
        case "events_api":
            return JSON, json.dumps(delivery.payload)
        case "slash_commands":
            return FORM, urlencode(delivery.payload)
        case "interactive":
            return FORM, urlencode({"payload": json.dumps(delivery.payload)})


@dataclass(kw_only=True, repr=False)
class SignedHttp:
    state: State
    url: str
    session: ClientSession
    deliveries: Deliveries
    # slack-bolt holds a signature's age against the machine's clock.
    signing_clock: Callable[[], float] = field(default=time.time)

    def headers(self, kind: str, body: str, *, age_s: int = 0) -> dict[str, str]:
        timestamp = str(int(self.signing_clock()) - age_s)
        secret = self.state.application.signing_secret
        return {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(secret, timestamp, body),
        }

    async def send(self, delivery: Delivery) -> None:
        kind, body = body_of(delivery)
        headers = self.headers(kind, body)
        if delivery.attempt:
            headers["X-Slack-Retry-Num"] = str(delivery.attempt)
            headers["X-Slack-Retry-Reason"] = str(delivery.reason)
        try:
            async with self.session.post(
                self.url, data=body, headers=headers
            ) as answer:
                text = await answer.text()
                retry = answer.headers.get("X-Slack-No-Retry") != "1"
                if answer.status == 200:
                    self.deliveries.acknowledge(delivery.id, _parsed(text))
                else:
                    told = f"{answer.status} {text}"
                    self.state.violate("not_acknowledged", delivery.name, told)
                    self.deliveries.fail(delivery, "http_error", retry=retry)
        except ClientError:
            self.deliveries.fail(delivery, "connection_failed")

    async def verify_url(self) -> None:
        """What Slack does when the address is entered; no answer is a violation."""
        challenge = self.state.new_id("challenge-")
        asked: Json = {
            "type": "url_verification",
            "challenge": challenge,
            "token": self.state.application.verification_token,
        }
        body = json.dumps(asked)
        headers = self.headers(JSON, body)
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            if answer.status != 200 or challenge not in await answer.text():
                self.state.violate("url_verification", self.url, answer.status)

    async def probe(self) -> None:
        """Forged, old and unsigned requests, each of which must be refused."""
        body = json.dumps({"type": "event_callback", "event": {"type": "app_mention"}})
        sound = self.headers(JSON, body)
        probes = {
            "forged": sound | {"X-Slack-Signature": "v0=" + "0" * 64},
            "old": self.headers(JSON, body, age_s=TOO_OLD_S),
            "unsigned": {"Content-Type": JSON},
        }
        for name, headers in probes.items():
            async with self.session.post(
                self.url, data=body, headers=headers
            ) as answer:
                if answer.status < 400:
                    self.state.violate("signature_not_checked", self.url, name)


def _parsed(text: str) -> Json | str | None:
    try:
        value = json.loads(text)
    except ValueError:
        return text or None
    return value if isinstance(value, dict) else text
