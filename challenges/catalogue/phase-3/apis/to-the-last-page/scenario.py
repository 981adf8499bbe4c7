"""A library's API on loopback, which can be busy, refuse, hang up or say nothing."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests

# Longer than the time-outs of the cases, and short enough for who does not set one.
SILENCE_S = 2.0


class Library(ThreadingHTTPServer):
    """Serves pages of so many loans; the n-th request may meet a fault instead.

    A fault is (status, seconds to retry after or None), "hang up" or "say nothing".
    """

    daemon_threads = True

    def __init__(self, sizes, faults, is_relative):
        super().__init__(("127.0.0.1", 0), Desk)
        self.pages, first = [], 1
        for size in sizes:
            self.pages.append([{"loan": n} for n in range(first, first + size)])
            first += size
        self.faults, self.is_relative = faults, is_relative
        self.asked, self.connections = [], 0
        self.closing = threading.Event()

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request, client_address):
        """Whoever gave up waiting has closed the connection: nothing to tell."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.closing.set()
        self.shutdown()
        self.server_close()


class Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def do_GET(self):
        library, address = self.server, urlsplit(self.path)
        library.asked.append(address.query)
        fault = library.faults.get(len(library.asked))
        if fault == "hang up":
            self.close_connection = True
            return
        if fault == "say nothing":
            library.closing.wait(SILENCE_S)
        elif fault is not None:
            status, retry_after = fault
            later = {} if retry_after is None else {"Retry-After": str(retry_after)}
            self.answer(status, {"error": "not now"}, later)
            return
        number = self.page_number(parse_qs(address.query))
        if address.path != "/v1/loans" or number is None:
            self.answer(400, {"error": "no such page"}, {})
            return
        items = library.pages[number - 1]
        self.answer(200, {"items": items}, self.link_after(number))

    def page_number(self, query):
        """The page that the query names; None for a query of the client's own making."""
        cursor = query.get("cursor", ["p1"])[0].removeprefix("p")
        is_known = cursor.isdecimal() and int(cursor) <= len(self.server.pages)
        return int(cursor) if is_known else None

    def link_after(self, number):
        if number == len(self.server.pages):
            return {}
        start = "/v1" if self.server.is_relative else self.server.base_url
        return {"Link": f'<{start}/loans?cursor=p{number + 1}>; rel="next"'}

    def answer(self, status, body, headers):
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        """The journal is `asked`."""


def report(module, branch, sizes, faults=None, is_relative=False, timeout_s=4):
    waits = []
    with Library(sizes, faults or {}, is_relative) as library:
        got = outcome(module, library, branch, timeout_s, waits)
        return {"loans": got, "requests": library.asked, "waits": waits}


def outcome(module, library, branch, timeout_s, waits):
    def sleep(seconds):
        waits.append(float(seconds))

    try:
        found = module.loans(
            library.base_url, branch, timeout_s=timeout_s, sleep=sleep
        )
    except requests.HTTPError as error:
        return f"HTTPError {error.response.status_code}"
    except requests.Timeout:
        return "Timeout"
    except requests.ConnectionError:
        return "ConnectionError"
    all_loans = [loan for page in library.pages for loan in page]
    return f"{len(found)} in order" if found == all_loans[: len(found)] else found


def tries(module, sizes, faults, timeout_s=4):
    """The report, with how many requests there were in place of what they asked."""
    told = report(module, "Suba", sizes, faults, False, timeout_s)
    return told | {"requests": len(told["requests"])}


def branch_asked_for(module, branch):
    """What a server reads in the first request."""
    with Library([1], {}, False) as library:
        outcome(module, library, branch, 4, [])
        query = parse_qs(library.asked[0])
        return [query.get(name, [""])[0] for name in ("branch", "per_page")]


def connections(module, sizes, faults=None):
    with Library(sizes, faults or {}, False) as library:
        outcome(module, library, "Suba", 4, [])
        return library.connections
