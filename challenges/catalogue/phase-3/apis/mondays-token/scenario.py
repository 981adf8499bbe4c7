"""A provider of OAuth 2.0 on loopback, which rotates its refresh tokens.

Its clock is the one that the client is given, so that nobody has to wait.
"""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import requests

CLIENT = ("clinics", "s3creto-de-las-clinicas")
LIFE_S = 600
START = 1000
BROKEN_PATHS = {"get nothing": "/v1/nothing", "change a visit": "/v1/visits/7/move"}


class Provider(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, rotates):
        super().__init__(("127.0.0.1", 0), Counter)
        self.rotates = rotates
        self.now = START
        self.number = 1
        self.access = {"A1": START + LIFE_S}
        self.refresh = {"R1"}
        self.refuses_all = self.is_broken = False
        self.journal, self.paths = [], []

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def tokens(self):
        return {
            "access_token": "A1",
            "refresh_token": "R1",
            "expires_at": START + LIFE_S,
        }

    def happen(self, step):
        match step:
            case int():
                self.now += step
            case "withdraw":
                self.access.clear()
            case "withdraw all":
                self.access.clear()
                self.refresh.clear()
            case "refuse all":
                self.refuses_all = True
            case "break down":
                self.is_broken = True

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class Counter(BaseHTTPRequestHandler):
    def do_GET(self):
        provider = self.server
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self.note(f"GET {token or 'without a token'}")
        is_good = provider.access.get(token, 0) > provider.now
        if not is_good or provider.refuses_all:
            self.challenge(401, 'error="invalid_token"')
        elif provider.is_broken:
            self.answer(500, {"error": "out of order"})
        elif self.path.endswith("/move"):
            self.challenge(403, 'error="insufficient_scope", scope="visits.write"')
        elif self.path == "/v1/visits":
            self.answer(200, "visits")
        else:
            self.answer(404, {"error": "not found"})

    def do_POST(self):
        provider = self.server
        length = int(self.headers.get("Content-Length", 0))
        form = parse_qs(self.rfile.read(length).decode())
        old = form.get("refresh_token", ["nothing"])[0]
        self.note(f"POST {old}")
        if not self.is_form() or form.get("grant_type") != ["refresh_token"]:
            self.answer(400, {"error": "invalid_request"})
        elif not self.is_client():
            self.answer(401, {"error": "invalid_client"})
        elif old not in provider.refresh:
            self.answer(400, {"error": "invalid_grant"})
        else:
            self.answer(200, self.new_tokens(old))

    def new_tokens(self, old):
        provider = self.server
        provider.number += 1
        access, refresh = f"A{provider.number}", f"R{provider.number}"
        provider.access = {access: provider.now + LIFE_S}
        given = {"access_token": access, "token_type": "Bearer", "expires_in": LIFE_S}
        if not provider.rotates:
            return given
        provider.refresh = (provider.refresh - {old}) | {refresh}
        return given | {"refresh_token": refresh}

    def is_form(self):
        kind = self.headers.get("Content-Type", "")
        return kind.startswith("application/x-www-form-urlencoded")

    def is_client(self):
        pair = base64.b64encode(":".join(CLIENT).encode()).decode()
        return self.headers.get("Authorization") == f"Basic {pair}"

    def note(self, what):
        self.server.journal.append(what)
        self.server.paths.append(self.path)

    def challenge(self, status, error):
        self.answer(status, {"error": "refused"}, {"WWW-Authenticate": f"Bearer {error}"})

    def answer(self, status, body, headers=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        """The journal is the provider's."""


def signed_in(module, provider, tokens, save):
    return module.Calendar(
        provider.base_url, *CLIENT, dict(tokens), save, lambda: provider.now
    )


def outcome(module, calendar, path):
    try:
        return calendar.get(path)
    except module.SignInAgain:
        return "SignInAgain"
    except module.MissingScope as error:
        return f"MissingScope {error.scope}"
    except requests.HTTPError as error:
        return f"HTTPError {error.response.status_code}"


def is_request(step):
    return step == "get" or step in BROKEN_PATHS


def lived(module, provider, steps, save):
    """For each request of the client's: what came of it, and what it asked for."""
    calendar = signed_in(module, provider, provider.tokens(), save)
    for step in steps:
        if not is_request(step):
            provider.happen(step)
            continue
        before = len(provider.journal)
        got = outcome(module, calendar, BROKEN_PATHS.get(step, "/v1/visits"))
        yield got, provider.journal[before:]


def night(module, steps, rotates=True):
    with Provider(rotates) as provider:
        return list(lived(module, provider, steps, lambda tokens: None))


def saved_after(module, steps):
    """Copies of what was saved, in the state that it was saved in."""
    saved = []
    with Provider(True) as provider:
        for _ in lived(module, provider, steps, lambda given: saved.append(dict(given))):
            pass
    return saved


def restarted_each_night(module, nights):
    """A new client each night, with what the last one saved. The first GET fails."""
    found = []
    with Provider(True) as provider:
        disk = provider.tokens()
        for _ in range(nights):
            provider.now += LIFE_S

            def save(given):
                disk.clear()
                disk.update(given)

            provider.is_broken = True
            outcome(module, signed_in(module, provider, disk, save), "/v1/visits")
            provider.is_broken = False
            calendar = signed_in(module, provider, disk, save)
            found.append(outcome(module, calendar, "/v1/visits"))
    return found


def secrets_shown(module):
    with Provider(True) as provider:
        tokens = {"access_token": "A1", "refresh_token": "R1-secreto", "expires_at": 9e9}
        calendar = signed_in(module, provider, tokens, lambda given: None)
        shown = repr(calendar) + str(calendar)
    return [one for one in (CLIENT[1], "R1-secreto") if one in shown]


def addresses(module):
    with Provider(True) as provider:
        list(lived(module, provider, [600, "get"], lambda given: None))
        return provider.paths
