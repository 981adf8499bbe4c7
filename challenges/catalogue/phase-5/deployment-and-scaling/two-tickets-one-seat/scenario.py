"""Reads the configuration by nginx's own grammar, and sends requests through it.

The balancer is small and does what nginx does: smooth weighted turns, `least_conn`,
servers that are left out after `max_fails`, spares, and who is asked next.
"""

import re
import tempfile
from pathlib import Path

import crossplane

MAIN = "events {}\nhttp { include tickets.conf; }\n"
VISITOR, HOST = "203.0.113.7", "tickets.example"
SAFE = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"}


class Server:
    def __init__(self, args):
        self.name = args[0]
        options = dict(word.partition("=")[::2] for word in args[1:])
        self.weight = int(options.get("weight", 1))
        self.max_fails = int(options.get("max_fails", 1))
        self.fail_timeout_s = seconds(options.get("fail_timeout", "10s"))
        self.is_spare = "backup" in options
        self.is_down = "down" in options
        self.turn = self.open = 0
        self.failed_at = []

    def is_available(self, now_s):
        if self.is_down:
            return False
        recent = [one for one in self.failed_at if now_s - one < self.fail_timeout_s]
        return not self.max_fails or len(recent) < self.max_fails


class Balancer:
    """The server of the configuration that answers for `tickets.example`."""

    def __init__(self, text):
        self.http = read(text)
        self.server = one_of(self.http, "server")
        self.now_s = 0.0
        self.asked = []

    def location(self, path):
        """Exact ones first, then the longest beginning, then as they are written."""
        best = None
        for place in self.server["block"]:
            if place["directive"] != "location":
                continue
            args = place["args"]
            if args[0] == "=" and args[1] == path:
                return place
            if args[0] in {"~", "~*"}:
                flags = re.IGNORECASE if args[0] == "~*" else 0
                if re.search(args[1], path, flags):
                    return place
            elif path.startswith(args[-1]) and (
                best is None or len(args[-1]) > len(best["args"][-1])
            ):
                best = place
        return best

    def request(self, method, path, behave):
        """The status that the visitor gets; `behave` says what each server does."""
        place = self.location(path)
        if place is None:
            return 404
        answer = one_of(place["block"], "return")
        if answer:
            return int(answer["args"][0])
        passed = one_of(place["block"], "proxy_pass")
        if not passed:
            return 404
        return self._pass_on(method, place, passed["args"][0], behave)

    def _pass_on(self, method, place, address, behave):
        servers, least = self.group(address)
        when = set(self.inherited(place, "proxy_next_upstream") or ["error", "timeout"])
        most = int((self.inherited(place, "proxy_next_upstream_tries") or ["0"])[0])
        tried, status = [], 502
        while not most or len(tried) < most:
            server = self._choose(servers, least, tried)
            if server is None:
                break
            tried.append(server)
            did = behave(server.name)
            if did != "refuses":
                self.asked.append(server.name)
            if did == "hangs":
                server.open += 1
            if did in {"serves", "hangs"}:
                return 200
            status = {"refuses": 502, "goes silent": 504}.get(did, did)
            reason = {"refuses": "error", "goes silent": "timeout"}.get(
                did, f"http_{did}"
            )
            if reason in {"error", "timeout"} or reason in when:
                server.failed_at.append(self.now_s)
            was_sent = did != "refuses"
            if was_sent and method not in SAFE and "non_idempotent" not in when:
                break
            if reason not in when:
                break
        return status

    def _choose(self, servers, least, tried):
        for is_spare in (False, True):
            ready = [
                one
                for one in servers
                if one.is_spare == is_spare
                and one not in tried
                and one.is_available(self.now_s)
            ]
            if not ready:
                continue
            if least:
                fewest = min(one.open / one.weight for one in ready)
                ready = [one for one in ready if one.open / one.weight == fewest]
            for one in ready:
                one.turn += one.weight
            chosen = max(ready, key=lambda one: one.turn)
            chosen.turn -= sum(one.weight for one in ready)
            return chosen
        return None

    def group(self, address):
        name = re.sub(r"^https?://", "", address).split("/")[0]
        for block in self.http:
            if block["directive"] == "upstream" and block["args"] == [name]:
                if not hasattr(self, "_servers"):
                    self._servers = [
                        Server(one["args"])
                        for one in block["block"]
                        if one["directive"] == "server"
                    ]
                return self._servers, bool(one_of(block["block"], "least_conn"))
        raise ArtifactError(f'host not found in upstream "{name}"')

    def inherited(self, place, directive):
        """Its arguments in the innermost block that has it."""
        for block in (place["block"], self.server["block"], self.http):
            found = one_of(block, directive)
            if found:
                return found["args"]
        return None

    def headers(self, path):
        """What the application is sent: one level's headers replace those above."""
        place = self.location(path)
        sent = {"Host": "$proxy_host", "Connection": "close"}
        for block in (place["block"], self.server["block"], self.http):
            found = [one for one in block if one["directive"] == "proxy_set_header"]
            if found:
                sent |= {one["args"][0].title(): one["args"][1] for one in found}
                break
        return {name: self._filled(value) for name, value in sent.items()}

    def _filled(self, value):
        known = {
            "$proxy_add_x_forwarded_for": VISITOR,
            "$remote_addr": VISITOR,
            "$http_host": HOST,
            "$host": HOST,
            "$scheme": "http",
            "$proxy_host": "tickets",
        }
        for name, filling in (self._mapped() | known).items():
            value = value.replace(name, filling)
        return value

    def _mapped(self):
        """What `map` makes of the `Upgrade` that a WebSocket's visitor sends."""
        made = {}
        for block in self.http:
            if block["directive"] == "map" and block["args"][0] == "$http_upgrade":
                cases = {one["directive"]: one["args"][0] for one in block["block"]}
                otherwise = cases.get("default", "")
                made[block["args"][1]] = cases.get("websocket", otherwise)
        return made


def read(text):
    """The blocks of `http`; raises ArtifactError at the line that nginx would name."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "tickets.conf").write_text(text)
        main = Path(folder, "nginx.conf")
        main.write_text(MAIN)
        payload = crossplane.parse(str(main), check_ctx=True, check_args=True)
    for error in payload["errors"]:
        told = str(error["error"]).split(" in /")[0]
        raise ArtifactError(told, line=error.get("line"))
    blocks = [block for file in payload["config"][1:] for block in file["parsed"]]
    if not one_of(blocks, "server"):
        raise ArtifactError("no server block")
    return blocks


def one_of(blocks, directive):
    return next((one for one in blocks if one["directive"] == directive), None)


def seconds(word):
    number, unit = re.fullmatch(r"(\d+)(ms|s|m|h)?", word).groups()
    return int(number) * {"ms": 0.001, "s": 1, "m": 60, "h": 3600, None: 1}[unit]


def spread(text, requests):
    """How many each server got, when all of them serve at once."""
    balancer = Balancer(text)
    for _ in range(requests):
        balancer.request("GET", "/seats", lambda _: "serves")
    return {one: balancer.asked.count(one) for one in sorted(set(balancer.asked))}


def answers(text, path, down):
    """The status at a path, while the servers named refuse connections."""
    behave = lambda name: "refuses" if name in down else "serves"  # noqa: E731
    return Balancer(text).request("GET", path, behave)


def stuck(text, slow, requests):
    """How many of the requests wait for ever on a server that finishes none."""
    balancer = Balancer(text)
    for _ in range(requests):
        behave = lambda name: "hangs" if name == slow else "serves"  # noqa: E731
        balancer.request("GET", "/seats", behave)
    return balancer.asked.count(slow)


def purchase(text, method, trouble):
    """How many servers got the request, when the first to be asked is in trouble."""
    balancer = Balancer(text)
    first = []

    def behave(name):
        first.append(name)
        return trouble if name == first[0] else "serves"

    status = balancer.request(method, "/purchases", behave)
    return [status, len(balancer.asked)]


def tries(text, trouble):
    """The status of one request, and how many servers it tried, all in trouble."""
    tried = []

    def behave(name):
        tried.append(name)
        return trouble

    return [Balancer(text).request("GET", "/seats", behave), len(tried)]


def last_resort(text, failures):
    """Who serves once each server but the spare has failed that many times."""
    balancer = Balancer(text)
    servers, _ = balancer.group("tickets")
    for one in servers:
        if one.name != "spare:8000":
            one.failed_at = [0.0] * failures
    balancer.now_s = 1.0
    for _ in range(5):
        balancer.request("GET", "/seats", lambda _: "serves")
    return sorted(set(balancer.asked))


def left_out(text, failures, then_s):
    """Of 50 requests, how many app1 gets after so many failures, that much later."""
    balancer = Balancer(text)
    servers, _ = balancer.group("tickets")
    app = next(one for one in servers if one.name == "app1:8000")
    app.failed_at = [0.0] * failures
    balancer.now_s = then_s
    for _ in range(50):
        balancer.request("GET", "/seats", lambda _: "serves")
    return balancer.asked.count("app1:8000")


def told(text, path):
    """Who the application believes that it talks to."""
    sent = Balancer(text).headers(path)
    return [sent.get(one) for one in ("Host", "X-Forwarded-For", "X-Forwarded-Proto")]


def upgraded(text):
    sent = Balancer(text).headers("/live/board")
    balancer = Balancer(text)
    version = balancer.inherited(balancer.location("/live/board"), "proxy_http_version")
    return [version, sent.get("Upgrade"), sent.get("Connection", "").lower()]
