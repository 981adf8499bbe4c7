"""Interactions over HTTP: for those who scale without a gateway.

Discord signs each request and now and then sends a badly signed one to see that it is
refused. The answer itself goes by Discord's API as with the gateway: 202 says so.
"""

import json

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.chat.discord.adapter import DiscordChat
from bot.chat.discord.heard import InteractionKind

PATH = "/discord/interactions"
# The largest is a message of 4,000 characters with all that belongs to it.
MOST_BYTES = 1024 * 1024


def endpoint(chat: DiscordChat, public_key: str) -> Route:
    """`public_key` in hexadecimal, as the developer portal shows it."""
    key = VerifyKey(bytes.fromhex(public_key))

    async def interactions(request: Request) -> Response:
        body = await _bounded(request)
        if body is None or not _is_signed(key, request, body):
            return Response("bad signature", status_code=401)
        payload = json.loads(body)
        if payload["type"] == InteractionKind.PING:
            return JSONResponse({"type": 1})
        chat.hear_interaction(payload)
        return Response(status_code=202)

    return Route(PATH, interactions, methods=["POST"])


async def _bounded(request: Request) -> bytes | None:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return body


def _is_signed(key: VerifyKey, request: Request, body: bytes) -> bool:
    signature = request.headers.get("X-Signature-Ed25519", "")
    timestamp = request.headers.get("X-Signature-Timestamp", "")
    try:
        key.verify(timestamp.encode() + body, bytes.fromhex(signature))
    except (BadSignatureError, ValueError):
        return False
    return True
