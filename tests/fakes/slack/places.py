"""Addresses beside the Web API: response URLs, uploads and downloads."""

from dataclasses import dataclass

from aiohttp import web

from tests.fakes.slack import answers
from tests.fakes.slack.errors import Refused
from tests.fakes.slack.state import State
from tests.fakes.slack.world import File, Token

LOGIN = "<!DOCTYPE html><html><title>Slack</title>Sign in to your workspace</html>"


@dataclass(kw_only=True)
class Places:
    state: State

    async def respond(self, request: web.Request) -> web.Response:
        """A response URL."""
        try:
            response = self.state.triggers.respond(request.match_info["path"])
            answers.respond(self.state, response, await request.json())
        except Refused as refused:
            self.state.violate(refused.error, "response_url", refused)
            return web.json_response(refused.body(), status=404)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.Response:
        """The second step: bytes, as they are or in a form."""
        workspace = self.state.workspaces[request.match_info["team"]]
        file = workspace.files.get(request.match_info["file"])
        if file is None or file.complete or file.content:
            raise web.HTTPNotFound
        if request.content_type == "multipart/form-data":
            part = next(iter((await request.post()).values()))
            assert isinstance(part, web.FileField)
            file.content = part.file.read()
        else:
            file.content = await request.read()
        return web.Response(text=f"OK - {len(file.content)}")

    def _file(self, token: Token, file_id: str) -> File:
        if token.workspace is None or "files:read" not in token.scopes:
            raise Refused("missing_scope")
        return self.state.file(token.workspace, file_id)

    async def download(self, request: web.Request) -> web.Response:
        """Who shows no token gets the page to sign in, with a status of 200."""
        header = request.headers.get("Authorization", "")
        try:
            token = self.state.valid_token(header.removeprefix("Bearer "))
            file = self._file(token, request.match_info["file"])
        except Refused as refused:
            self.state.violate("download", refused.error, request.path)
            return web.Response(text=LOGIN, content_type="text/html")
        return web.Response(body=file.content, content_type=file.mimetype)
